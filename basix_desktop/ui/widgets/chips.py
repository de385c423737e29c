"""A row of chips of which one is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from basix_desktop.ui.theme import GAP
from basix_desktop.ui.widgets.buttons import PressButton
from basix_desktop.ui.widgets.flow import FlowLayout

K = TypeVar("K", bound=Enum)


class ChipRow(QWidget, Generic[K]):
    """Left and Right go from chip to chip, Space and Enter choose. In a narrow window they stand in several lines."""

    chosen = Signal()

    def __init__(self, names: Mapping[K, str], parent: QWidget | None = None) -> None:
        """``names``: what each chip stands for, and its object name, in the order shown; the first one is chosen."""
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self.chips = {one: PressButton(name, "chip", self) for one, name in names.items()}
        line = FlowLayout(GAP, self)
        for chip in self.chips.values():
            chip.setCheckable(True)
            self._group.addButton(chip)
            line.addWidget(chip)
        self.buttons()[0].setChecked(True)
        self._group.buttonClicked.connect(lambda _: self.chosen.emit())
        self.retranslate()

    @property
    def current(self) -> K:
        return next(one for one, chip in self.chips.items() if chip.isChecked())

    def buttons(self) -> list[PressButton]:
        """In the order shown."""
        return list(self.chips.values())

    def choose(self, wanted: K) -> None:
        """Check a chip without telling anybody."""
        self.chips[wanted].setChecked(True)

    def words(self) -> dict[K, str]:
        """What stands on each chip, in the window's language."""
        raise NotImplementedError

    def retranslate(self) -> None:
        for one, text in self.words().items():
            self.chips[one].set_words(text)

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
