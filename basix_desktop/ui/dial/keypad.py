"""Digits to press with the mouse. ``*`` and ``#`` are left out: they make service codes, which are never dialled."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from basix_desktop.ui.theme import GRID
from basix_desktop.ui.widgets.buttons import PressButton
from basix_desktop.ui.widgets.roving import Roving

_ROWS = ("123", "456", "789", "+0⌫")
_ERASE = "⌫"


class Keypad(QWidget):
    """``pressed`` carries the digit or ``+``; ``erased`` takes the last one away."""

    pressed = Signal(str)
    erased = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("keypad")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, GRID, 0, 0)
        grid.setSpacing(GRID)
        buttons = []
        for row, signs in enumerate(_ROWS):
            for column, sign in enumerate(signs):
                buttons.append(self._key(sign))
                grid.addWidget(buttons[-1], row, column)
        self._roving = Roving(3, self)
        self._roving.take(buttons)

    def _key(self, sign: str) -> PressButton:
        button = PressButton(f"keypad_{sign}", "secondary")
        button.set_words(sign)
        button.setAutoRepeat(False)
        if sign == _ERASE:
            button.setAccessibleName(self.tr("Erase the last digit"))
            button.clicked.connect(self.erased)
        else:
            button.clicked.connect(lambda _=False, digit=sign: self.pressed.emit(digit))
        return button
