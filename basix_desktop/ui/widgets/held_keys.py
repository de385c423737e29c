"""Tells a held key from fresh presses where the platform does not.

Qt 6.11 on X11 reports a held key as releases and presses without ``isAutoRepeat``. The screen's own repeat gives the
release and the next press the same time, which no finger does. While a screen reader listens, Qt passes keys on
without their time; then it is the time at which they arrive that tells.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from basix_desktop.services.boot_clock import boot_ms
from basix_desktop.ui.widgets.enter import Milliseconds

_SAME_MOMENT_MS = 3
#: Between two arrivals there is our own work too; a finger takes 30 ms and more.
_ARRIVED_TOGETHER_MS = 10


class HeldKeys(QObject):
    """Makes repeats of a held key in one window visible as such. Give it a window once that has been shown.

    Presses get ``isAutoRepeat``; shortcuts are not triggered by repeats.
    """

    def __init__(self, window: QWidget, now: Milliseconds = boot_ms) -> None:
        super().__init__(window)
        self._now = now
        self._code = 0
        self._released_at = 0
        self._release_arrived_at = 0
        window.installEventFilter(self)
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.isAutoRepeat():
            return False
        if event.type() == QEvent.Type.KeyRelease and not isinstance(watched, QWidget):
            self._code, self._released_at = event.nativeScanCode(), event.timestamp()
            self._release_arrived_at = self._now()
        elif event.type() == QEvent.Type.ShortcutOverride and self._is_repeat(event):
            event.accept()  # then it is no shortcut
            return True
        elif event.type() == QEvent.Type.KeyPress and not isinstance(watched, QWidget) and self._is_repeat(event):
            QCoreApplication.sendEvent(watched, _as_repeat(event))
            return True
        return False

    def _is_repeat(self, event: QKeyEvent) -> bool:
        if event.nativeScanCode() != self._code or self._code == 0:
            return False
        if event.timestamp() and self._released_at:
            return 0 <= event.timestamp() - self._released_at <= _SAME_MOMENT_MS
        return self._now() - self._release_arrived_at <= _ARRIVED_TOGETHER_MS


def _as_repeat(event: QKeyEvent) -> QKeyEvent:
    repeat = QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        True,
        event.count(),
    )
    repeat.setTimestamp(event.timestamp())
    return repeat
