"""The PBX asked to wait (too many requests): Call rests for that long, and nothing is called by itself after it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from basix_desktop.ui.widgets.enter import Milliseconds

_MOST_SECONDS = 60


class Waiting(QObject):
    """``ticked``: the seconds left have changed."""

    ticked = Signal()

    def __init__(self, now: Milliseconds, parent: QObject) -> None:
        super().__init__(parent)
        self._now = now
        self._until = 0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)

    def start(self, seconds: int) -> None:
        """Wait this long from now, at most a minute; 0 does nothing."""
        if seconds > 0:
            self._until = self._now() + 1000 * min(seconds, _MOST_SECONDS)
            self._timer.start()

    @property
    def seconds(self) -> int:
        """Seconds left, rounded up."""
        return max(0, -((self._now() - self._until) // 1000)) if self._until else 0

    def words(self) -> str:
        if not self.seconds:
            return ""
        return self.tr("The PBX asked to wait: %n second(s)", None, self.seconds)

    def _tick(self) -> None:
        if not self.seconds:
            self._until = 0
            self._timer.stop()
        self.ticked.emit()
