"""Tells when a window is on the screen for the first time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_PAINTING = frozenset({QEvent.Type.UpdateRequest, QEvent.Type.Paint})


class FirstPaint(QObject):
    """Calls ``then`` once, from the event loop, after ``window`` has been painted; from then on it costs nothing.

    An override of ``event`` would send every event of the window through Python for as long as the program runs.
    """

    def __init__(self, window: QWidget, then: Callable[[], object]) -> None:
        super().__init__(window)
        self._then = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _PAINTING and isinstance(watched, QWidget) and watched.isVisible():
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        self._then()
        self.deleteLater()
