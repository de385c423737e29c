"""Tells a held key from fresh presses where the platform does not.

Qt 6.11 on X11 reports a held key as releases and presses without ``isAutoRepeat``. The screen's own repeat gives the
release and the next press the same time, which no finger does.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_SAME_MOMENT_MS = 3


class HeldKeys(QObject):
    """Makes repeats of a held key in one window visible as such. Give it a window once that has been shown.

    Presses get ``isAutoRepeat``; shortcuts are not triggered by repeats.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._code = 0
        self._released_at = 0
        window.installEventFilter(self)
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.isAutoRepeat():
            return False
        if event.type() == QEvent.Type.KeyRelease and not isinstance(watched, QWidget):
            self._code, self._released_at = event.nativeScanCode(), event.timestamp()
        elif event.type() == QEvent.Type.ShortcutOverride and self._is_repeat(event):
            event.accept()  # then it is no shortcut
            return True
        elif event.type() == QEvent.Type.KeyPress and not isinstance(watched, QWidget) and self._is_repeat(event):
            QCoreApplication.sendEvent(watched, _as_repeat(event))
            return True
        return False

    def _is_repeat(self, event: QKeyEvent) -> bool:
        same = event.nativeScanCode() == self._code and self._code != 0
        return same and 0 <= event.timestamp() - self._released_at <= _SAME_MOMENT_MS


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
