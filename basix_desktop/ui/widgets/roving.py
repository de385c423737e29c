"""A group of buttons that is one stop for Tab; arrows move within it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -10_000, Qt.Key.Key_End: 10_000}


class Roving(QObject):
    """Keeps one button of the group in the tab order: the chosen one, else the last that had the focus."""

    def __init__(self, columns: int, parent: QObject) -> None:
        super().__init__(parent)
        self._columns = columns
        self._buttons: list[QAbstractButton] = []

    def take(self, buttons: Sequence[QAbstractButton], stop: QAbstractButton | None = None) -> None:
        """From now on these, in reading order; ``stop`` is where Tab goes."""
        for button in buttons:
            if button not in self._buttons:
                button.installEventFilter(self)
        self._buttons = list(buttons)
        self._stop_at(stop or next(iter(buttons), None))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched in self._buttons:
            if event.type() == QEvent.Type.FocusIn and isinstance(watched, QAbstractButton):
                self._stop_at(watched)
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._move(self._buttons.index(watched), event)
        return False

    def _move(self, place: int, event: QKeyEvent) -> bool:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = {**_STEPS, Qt.Key.Key_Up: -self._columns, Qt.Key.Key_Down: self._columns}.get(Qt.Key(event.key()))
        if step is None or plain != Qt.KeyboardModifier.NoModifier:
            return False
        target = place + step
        if abs(step) > self._columns or 0 <= target < len(self._buttons):
            target = max(0, min(target, len(self._buttons) - 1))
            self._buttons[target].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _stop_at(self, stop: QAbstractButton | None) -> None:
        for button in self._buttons:
            policy = Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus
            if button.focusPolicy() != policy:
                button.setFocusPolicy(policy)
