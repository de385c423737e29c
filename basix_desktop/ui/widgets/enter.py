"""Which press of Enter counts: a fresh one that no input method has used up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, SignalInstance

from basix_desktop.services.boot_clock import boot_ms

if TYPE_CHECKING:
    from PySide6.QtGui import QInputMethodEvent, QKeyEvent

#: An input method may pass on the very Enter that confirmed its conversion; a second press by hand takes longer.
_SAME_PRESS_MS = 30

Milliseconds = Callable[[], int]


def is_enter(event: QKeyEvent) -> bool:
    """Enter or keypad Enter, without Ctrl, Alt or Meta."""
    plain = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain == Qt.KeyboardModifier.NoModifier


class EnterGuard:
    """Follows one field's input method and held keys."""

    def __init__(self, now: Milliseconds = boot_ms) -> None:
        self._now = now
        self._composed_at: int | None = None
        self.composing = False

    def note(self, event: QInputMethodEvent) -> None:
        """Call with every input-method event of the field."""
        was = self.composing
        self.composing = bool(event.preeditString())
        if was and not self.composing:
            self._composed_at = self._now()

    def takes(self, event: QKeyEvent, entered: SignalInstance) -> bool:
        """Whether a key was Enter: then it is used up, and ``entered`` is emitted if it counts."""
        if not is_enter(event):
            return False
        event.accept()
        if self.counts(event):
            entered.emit()
        return True

    def counts(self, event: QKeyEvent) -> bool:
        """Whether this press of Enter is the user's own, fresh one."""
        if event.isAutoRepeat() or self.composing:
            return False
        return self._composed_at is None or self._now() - self._composed_at >= _SAME_PRESS_MS
