"""A copy of the whole database before each update of its schema."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from basix_desktop.store.files import stamp

#: How many copies are kept.
KEEP = 3


def _copies(path: Path) -> list[Path]:
    return sorted(folder.glob(f"{path.stem}-*.db"), key=_age) if (folder := path.parent / "backups").is_dir() else []


def _age(copy: Path) -> str:
    return copy.stem.rpartition("-")[2]


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that can be read: how many calls it holds, and when the last of them was made (UTC milliseconds; 0 where
    there is none)."""

    path: Path
    calls: int
    last: int


def newest_good(path: Path) -> Backup | None:
    """The newest copy of the database at ``path`` in which SQLite finds no fault. Takes a while with many calls."""
    return next(filter(None, map(_read, reversed(_copies(path)))), None)


def _read(copy: Path) -> Backup | None:
    uri = f"file://{quote(os.fsencode(copy.absolute().as_posix()))}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as database:
            if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return None
            calls, last = database.execute("SELECT count(*), coalesce(max(created_at), 0) FROM attempt").fetchone()
            return Backup(copy, int(calls), int(last))
    except sqlite3.Error:
        return None


def newest(path: Path) -> Path | None:
    """The newest copy of the database at ``path``."""
    return next(reversed(_copies(path)), None)


def make(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """Copy what ``connection`` sees. Complete or absent under its name; older copies beyond :data:`KEEP` go.

    Raises ``sqlite3.Error`` or ``OSError``: without a copy there is no update.
    """
    folder = path.parent / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    copy = folder / f"{path.stem}-v{version}-{stamp()}.db"
    part = copy.with_suffix(".part")
    part.touch(mode=0o600)
    with closing(sqlite3.connect(part, isolation_level=None)) as target:
        connection.backup(target)
    part.rename(copy)
    for old in _copies(path)[:-KEEP]:
        old.unlink(missing_ok=True)
    return copy
