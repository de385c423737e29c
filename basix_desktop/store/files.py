"""The database as a file: who may read it, what its first bytes say, moving a damaged one aside.

Nothing here opens it: see :mod:`basix_desktop.store.first_bytes`.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from pathlib import Path

from basix_desktop.store import first_bytes

#: "BSXD": says that a file is ours.
APPLICATION_ID = 0x42535844

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100


class Kind(Enum):
    """What stands at the database's path."""

    ABSENT = auto()
    EMPTY = auto()
    GARBAGE = auto()
    DATABASE = auto()


@dataclass(frozen=True, slots=True)
class Header:
    """What the first bytes say (sqlite.org/fileformat.html). They may be older than a write-ahead log beside them."""

    kind: Kind
    application_id: int = 0
    user_version: int = 0
    logged: bool = False  # is a write-ahead log used?


def beside(path: Path, suffix: str) -> Path:
    """``calls.db`` and ``-wal`` give ``calls.db-wal``."""
    return path.with_name(path.name + suffix)


def read_header(path: Path) -> Header:
    """Look at a file without SQLite, so that not a byte beside it is touched. Raises ``OSError``."""
    try:
        head = first_bytes.read(path, _HEADER)
    except FileNotFoundError:
        return Header(Kind.ABSENT)
    if not head:
        return Header(Kind.EMPTY)
    if len(head) < _HEADER or not head.startswith(_MAGIC):
        return Header(Kind.GARBAGE)
    application, version = (int.from_bytes(head[at : at + 4], "big") for at in (68, 60))
    return Header(Kind.DATABASE, application, version, logged=head[18] == 2)


def has_log(path: Path) -> bool:
    """Is there a write-ahead log with something in it?"""
    try:
        return beside(path, "-wal").stat().st_size > 0
    except FileNotFoundError:
        return False


def _marker(path: Path) -> Path:
    return beside(path, ".exists")


def remember(path: Path) -> None:
    """Note that a database of ours exists here: a file of no bytes found later is then a loss (reliability.md I5)."""
    if not _marker(path).exists():
        os.close(os.open(_marker(path), os.O_CREAT | os.O_WRONLY, 0o600))


def writable(folder: Path) -> bool:
    """May this process make files there?"""
    return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def was_here(path: Path) -> bool:
    """Has a database of ours ever existed at this path, as far as is known?"""
    return _marker(path).exists()


def make_folder(path: Path) -> None:
    """Create the database's folder if missing, 0700; take away what others may do with it (I12).

    A folder that merely holds the database among somebody's other files keeps its mode: it is not ours to close.
    """
    folder = path.parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    shared = folder.stat().st_mode & stat.S_ISVTX or folder.resolve() in (Path.home(), Path(folder.resolve().anchor))
    if not shared and (was_here(path) or not any(folder.iterdir())):
        _restrict(folder, 0o700)


def make_private(path: Path) -> None:
    """Create the file if missing, 0600; take away what others may do with it and its companions (I12)."""
    first_bytes.create(path)
    for file in (path, beside(path, "-wal"), beside(path, "-shm"), beside(path, "-journal")):
        _restrict(file, 0o600)


def _restrict(path: Path, mode: int) -> None:
    if os.name != "posix":
        return
    try:
        state = path.stat()
    except FileNotFoundError:
        return
    if state.st_uid == os.geteuid() and stat.S_IMODE(state.st_mode) & 0o077:
        path.chmod(mode)


def stamp() -> str:
    """The time for a file name: sorts by age."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")


def move_aside(path: Path) -> Path:
    """Rename a damaged database with its companions and forget the marker. Deletes nothing (I4). Raises ``OSError``.

    Returns the new path of the database file, which may be missing if only companions were there.
    """
    aside = beside(path, f".damaged-{stamp()}")
    for suffix in ("-wal", "-shm", "-journal", ""):  # the file itself last: until then the next start tries again
        old = beside(path, suffix)
        if old.exists():
            old.rename(beside(aside, suffix))
    _marker(path).unlink(missing_ok=True)
    return aside
