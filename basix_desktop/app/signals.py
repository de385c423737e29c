"""Ctrl+C and SIGTERM end the program as closing the window does."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier


class EndSignals(QObject):
    """Python runs its handlers only between byte codes, which an idle Qt loop never reaches: the signal wakes it
    through a socket. Main thread."""

    def __init__(self, quit_: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._quit = quit_
        self._ours, self._theirs = socket.socketpair()
        for end in (self._ours, self._theirs):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)
        self._before = signal.set_wakeup_fd(self._theirs.fileno(), warn_on_full_buffer=False)
        names = ["SIGINT", "SIGTERM"] + ([] if sys.platform == "win32" else ["SIGHUP"])
        self._handlers = {name: signal.signal(getattr(signal, name), self._came) for name in names}

    def close(self) -> None:
        """Give the signals back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        for name, handler in self._handlers.items():
            signal.signal(getattr(signal, name), handler)
        self._ours.close()
        self._theirs.close()

    def _came(self, _number: int, _frame: FrameType | None) -> None:
        """Nothing here: the wake-up does it in the event loop."""

    def _woken(self) -> None:
        try:
            self._ours.recv(64)
        except OSError:
            return
        self._quit()
