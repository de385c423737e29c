"""The filter chips above the people: one at a time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from basix_desktop.ui.people.finding import Kind
from basix_desktop.ui.theme import GAP
from basix_desktop.ui.widgets.buttons import PressButton

_NAMES = {Kind.ALL: "chipEverybody", Kind.PEOPLE: "chipUsers", Kind.GROUPS: "chipGroups"}


class KindChips(QWidget):
    """Left and Right go from chip to chip, Space and Enter choose."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._chips = {kind: PressButton(name, "chip", self) for kind, name in _NAMES.items()}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for chip in self._chips.values():
            chip.setCheckable(True)
            self._group.addButton(chip)
            row.addWidget(chip)
        row.addStretch(1)
        self._chips[Kind.ALL].setChecked(True)
        self._group.buttonClicked.connect(lambda _: self.chosen.emit())
        self.retranslate()

    @property
    def kind(self) -> Kind:
        return next(kind for kind, chip in self._chips.items() if chip.isChecked())

    def choose(self, kind: Kind) -> None:
        """Check a chip without telling anybody."""
        self._chips[kind].setChecked(True)

    def buttons(self) -> list[PressButton]:
        return list(self._chips.values())

    def retranslate(self) -> None:
        words = {Kind.ALL: self.tr("All"), Kind.PEOPLE: self.tr("People"), Kind.GROUPS: self.tr("Groups")}
        for kind, chip in self._chips.items():
            chip.set_words(words[kind])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        chips = self.buttons()
        at = next((place for place, chip in enumerate(chips) if chip.hasFocus()), None)
        if not step or at is None:
            super().keyPressEvent(event)
            return
        chips[(at + step) % len(chips)].setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
