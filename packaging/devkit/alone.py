"""One set-up at a time, where two commands are started in the same checkout."""

import contextlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from devkit.console import say


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock file ``path``, waiting for whoever holds it; a lock ends with its process, however that ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        if not _lock(file):
            say("Another command is setting up this checkout; waiting for it.")
            while not _lock(file):
                _pause()
        yield


def _pause() -> None:
    time.sleep(0.5)


def _lock(file: IO[str]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
