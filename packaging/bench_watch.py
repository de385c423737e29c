"""Tells from the window's own events when it shows the log."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget


class Watch(QObject):
    """Calls ``then`` with the main window once rows of the log are painted and the event loop is free again.

    Only the log's viewport is watched: a filter over every event of the program would slow what is measured.
    """

    def __init__(self, then: Callable[[QWidget], None]) -> None:
        super().__init__()
        self._then = then
        self._window: QWidget | None = None
        self._view: QAbstractItemView | None = None
        self._seen = False
        QTimer.singleShot(0, self._find)

    def when_free(self, then: Callable[[], None]) -> None:
        """Call ``then`` as soon as the event loop has nothing more urgent."""
        QTimer.singleShot(0, then)

    def _find(self) -> None:
        windows = [widget for widget in QApplication.topLevelWidgets() if widget.objectName() == "mainWindow"]
        view = windows[0].findChild(QAbstractItemView, "callLogView") if windows else None
        if view is None:
            QTimer.singleShot(1, self._find)
            return
        self._window, self._view = windows[0], view
        view.viewport().installEventFilter(self)
        view.viewport().update()  # its rows may have been painted before anybody watched

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._seen and self._ready():
            self._seen = True
            QTimer.singleShot(0, self._usable)
        return False

    def _ready(self) -> bool:
        model = self._view.model() if self._view else None
        return model is not None and model.rowCount() > 0

    def _usable(self) -> None:
        if self._window is not None:
            self._then(self._window)
