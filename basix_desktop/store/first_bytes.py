"""A look into the database file past SQLite, which costs SQLite none of its locks.

The rule: **nothing but SQLite and this module opens the database file, its ``-wal`` or its ``-shm``, and on POSIX this
module never closes what it has opened.** There a lock belongs to the process, and closing *any* descriptor of a file
drops every lock that the process holds on it (sqlite.org/howtocorrupt.html, section 2.2). Without the lock that says
"in use", the next program to close the log takes itself for the last one and deletes the write-ahead log from under
this one, with every call in it. Looking at names, modes and sizes opens nothing and is free.

So one descriptor stays for each file ever looked at: one in a usual run, one more for each file put in its place. It
also keeps the file's number from being given to another. On Windows locks belong to handles, and a file that is open
cannot be moved: there it is closed at once.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Final

_POSIX: Final = os.name == "posix"
_kept: Final[dict[tuple[int, int], int]] = {}
_lock: Final = threading.Lock()


def read(path: Path, count: int) -> bytes:
    """The first ``count`` bytes, or as many as there are. Any thread. Raises ``OSError``."""
    if not _POSIX:
        with path.open("rb") as file:
            return file.read(count)
    with _lock:
        return os.pread(_descriptor(path), count, 0)


def create(path: Path) -> None:
    """Make an empty file, 0600, unless there is one. Follows links, as SQLite does. Raises ``OSError``."""
    try:
        descriptor = os.open(os.path.realpath(path), os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    except FileExistsError:
        return
    if _POSIX:
        with _lock:
            _keep(descriptor)
    else:
        os.close(descriptor)


def _descriptor(path: Path) -> int:
    state = path.stat()
    known = _kept.get((state.st_dev, state.st_ino))
    return known if known is not None else _keep(os.open(path, os.O_RDONLY))


def _keep(descriptor: int) -> int:
    """If the name has changed hands since it was looked up, two are kept of one file: neither is closed."""
    state = os.fstat(descriptor)
    _kept[state.st_dev, state.st_ino] = descriptor
    return descriptor
