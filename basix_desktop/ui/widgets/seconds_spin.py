"""Whole seconds, with what was typed left as it was typed."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QResizeEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from basix_desktop.ui.theme import GRID
from basix_desktop.ui.widgets.enter import EnterGuard

_LARGEST = 2**31 - 1


class SecondsSpin(QSpinBox):
    """Whole numbers from 1 to ``largest``. What was typed stays as it was typed until it reads as one: Qt's own box
    makes its minimum of "0", "abc" and "１８０"."""

    entered = Signal()

    def __init__(self, name: str, parent: QWidget | None = None, *, largest: int = _LARGEST) -> None:
        super().__init__(parent)
        self._unread = ""
        self._default = 1
        self.setObjectName(name)
        self.setRange(0, largest)  # 0 stands for a text that is no such number
        self.setSingleStep(10)
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)  # Up and Down do it; styled, they are drawn badly
        self.setMinimumWidth(22 * GRID)
        self.enter_guard = EnterGuard()

    def set_seconds(self, seconds: int) -> None:
        """Show a number; the arrows go back to it from a text that is none."""
        self._default = seconds
        self.setValue(seconds)

    def typed(self) -> str:
        """Exactly what stands in the field."""
        return self.lineEdit().text()

    def set_typed(self, text: str) -> None:
        self.lineEdit().setText(text)

    def validate(self, text: str, pos: int) -> tuple[QValidator.State, str, int]:
        return (QValidator.State.Acceptable, text, pos)

    def fixup(self, text: str) -> str:
        return text

    def valueFromText(self, text: str) -> int:
        folded = unicodedata.normalize("NFKC", text).strip()
        if folded.isascii() and folded.isdigit() and len(folded) <= 10 and 1 <= int(folded) <= self.maximum():
            return int(folded)
        self._unread = text
        return 0

    def textFromValue(self, value: int) -> str:
        return str(value) if value else self._unread

    def stepEnabled(self) -> QSpinBox.StepEnabledFlag:
        up, down = QSpinBox.StepEnabledFlag.StepUpEnabled, QSpinBox.StepEnabledFlag.StepDownEnabled
        return up | down if self.value() != 1 else up

    def stepBy(self, steps: int) -> None:
        here = self.value()
        self.setValue(max(1, min(self.maximum(), here + steps * self.singleStep())) if here else self._default)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._give_room()

    def _give_room(self) -> None:
        """Under a style sheet Qt makes a box without buttons one pixel wide inside."""
        self.lineEdit().setGeometry(self.rect().adjusted(8, 2, -4, -2))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):  # Qt hands these to the line inside at once
            self.enter_guard.note(event)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.enter_guard.takes(event, self.entered):
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
