"""The one QObject through which other threads reach the window (design.md section 3)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot


class Bridge(QObject):
    """Lives in the main thread for as long as the program. :meth:`post` may be called from any thread."""

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = True
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, fn: Callable[[], None]) -> None:
        """Run ``fn`` in the main thread soon; nothing happens once the bridge is closed."""
        if self._open:
            try:
                self._posted.emit(fn)
            except RuntimeError:  # the C++ side is gone: the program is ending
                self._open = False

    def close(self) -> None:
        """Main thread: drop whatever arrives from now on."""
        self._open = False

    @Slot(object)
    def _run(self, fn: Callable[[], None]) -> None:
        if self._open:
            fn()
