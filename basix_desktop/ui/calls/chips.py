"""The filter chips above the log: one at a time, each with its count."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from basix_desktop.services.ports import LogFilter
from basix_desktop.ui.theme import GAP
from basix_desktop.ui.widgets.buttons import PressButton

_NAMES = {
    LogFilter.ALL: "chipAll",
    LogFilter.PLACED: "chipPlaced",
    LogFilter.NOT_PLACED: "chipNotPlaced",
    LogFilter.TO_CHECK: "chipToCheck",
}


class FilterChips(QWidget):
    """Left and Right go from chip to chip, Space and Enter choose."""

    chosen = Signal(LogFilter)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[LogFilter, int] = {}
        self._locale = QLocale()
        self._group = QButtonGroup(self)
        self._chips = {one: PressButton(name, "chip", self) for one, name in _NAMES.items()}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for chip in self._chips.values():
            chip.setCheckable(True)
            self._group.addButton(chip)
            row.addWidget(chip)
        row.addStretch(1)
        self._chips[LogFilter.ALL].setChecked(True)
        self._group.buttonClicked.connect(self._clicked)
        self.retranslate()

    @property
    def filter(self) -> LogFilter:
        return next(one for one, chip in self._chips.items() if chip.isChecked())

    def buttons(self) -> list[PressButton]:
        """In the order shown."""
        return list(self._chips.values())

    def choose(self, wanted: LogFilter) -> None:
        """Check a chip without telling anybody."""
        self._chips[wanted].setChecked(True)

    def set_counts(self, counts: dict[LogFilter, int]) -> None:
        self._counts = counts
        self.retranslate()

    def set_locale(self, locale: QLocale) -> None:
        self._locale = locale
        self.retranslate()

    def retranslate(self) -> None:
        words = {
            LogFilter.ALL: self.tr("All"),
            LogFilter.PLACED: self.tr("Placed"),
            LogFilter.NOT_PLACED: self.tr("Not placed"),
            LogFilter.TO_CHECK: self.tr("To check"),
        }
        for one, chip in self._chips.items():
            count = self._counts.get(one)
            chip.setText(words[one] if count is None else f"{words[one]} {self._locale.toString(count)}")
            chip.setAccessibleName(chip.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        chips = list(self._chips.values())
        at = next((place for place, chip in enumerate(chips) if chip.hasFocus()), None)
        if not step or at is None:
            super().keyPressEvent(event)
            return
        chips[(at + step) % len(chips)].setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _clicked(self) -> None:
        self.chosen.emit(self.filter)
