"""Presses Call by keyboard in the program's window, and times each press."""

import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

_PAGE = 4096  # bytes: what a record adds to the journal at least
_TYPING = 2000  # ms between the window and the first press: nobody types a number faster
_BETWEEN = 60  # ms before and after a press, for what typing and the last call set off; people take seconds
_PATIENCE = 40_000  # ms for one call


@dataclass
class SyncProbe:
    """Two syncs of the disk itself: a page appended and synced, twice, as two records of the journal are."""

    folder: Path

    def __enter__(self) -> Self:
        self._path = self.folder / "sync-probe"
        self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        os.close(self._file)
        self._path.unlink()

    def measure(self) -> int:
        """Nanoseconds."""
        sync = getattr(os, "fdatasync", os.fsync)
        page = os.urandom(_PAGE)
        begun = time.monotonic_ns()
        for _ in range(2):
            os.write(self._file, page)
            sync(self._file)
        return time.monotonic_ns() - begun


def press(window: QWidget, folder: Path, presses: int, say: Callable[..., None]) -> None:
    """Type a number and press Enter, ``presses`` times; each time another number, to the usual destination."""
    number = window.findChild(QLineEdit, "numberEdit")
    if number is None:
        raise RuntimeError("the window has no numberEdit")
    _rest(_TYPING)
    first = random.SystemRandom().randrange(10**7)  # other numbers than the last run's: a repeated call is asked about
    with SyncProbe(folder) as probe:
        for count in range(presses):
            QTest.keyClicks(number, f"033{(first + count) % 10**7:07}")
            _rest(_BETWEEN)
            syncs = probe.measure()
            enter = time.monotonic_ns()
            QTest.keyClick(number, Qt.Key.Key_Return)
            _until_placed(window, number)
            say(press=count, enter=enter, syncs=syncs)
            _rest(_BETWEEN)


def _rest(milliseconds: int) -> None:
    """Let the program's event loop run. Not ``QTest.qWait``: that keeps the interpreter from the other threads."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _until_placed(window: QWidget, number: QLineEdit) -> None:
    """A placed call clears the number; nothing else does."""
    loop, deadline = QEventLoop(), QTimer()
    deadline.setSingleShot(True)
    deadline.timeout.connect(loop.quit)
    number.textChanged.connect(loop.quit)
    deadline.start(_PATIENCE)
    if number.text():
        loop.exec()
    number.textChanged.disconnect(loop.quit)
    if number.text():
        status: Any = window.findChild(QWidget, "statusLabel")
        raise RuntimeError(f"a call was not placed; the window says {status.text() if status else 'nothing'!r}")
