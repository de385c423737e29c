"""Putting a copy in the place of the log, without losing a call that was made since, nor the former file."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, nullcontext, suppress
from pathlib import Path

from basix_desktop.domain.calls import State
from basix_desktop.domain.errors import StoreError
from basix_desktop.store import database, files, index
from basix_desktop.store.faults import transaction, translated
from basix_desktop.store.instance import Instance
from basix_desktop.store.migrations import MIGRATIONS, Step

_IN_FLIGHT = "SELECT EXISTS (SELECT 1 FROM attempt WHERE state IN ('INTENT', 'SENDING'))"
_OURS_IN_FLIGHT = "SELECT EXISTS (SELECT 1 FROM attempt WHERE state IN ('INTENT', 'SENDING') AND instance = ?)"
_LATER = "SELECT row, state FROM later.attempt WHERE id NOT IN (SELECT id FROM main.attempt) ORDER BY row"
_BY_ATTEMPT = ("attempt_event", "leg", "attempt_live", "milestone")
_NEW_FAVOURITES = """
INSERT INTO main.favourite (server, domain, destination, label, position)
SELECT server, domain, destination, label, position + (SELECT count(*) FROM main.favourite) FROM later.favourite f
WHERE NOT EXISTS (SELECT 1 FROM main.favourite m
                  WHERE m.server = f.server AND m.domain = f.domain AND m.destination = f.destination)
"""
_POSITIONS = """
SELECT row_number() OVER (PARTITION BY server, domain ORDER BY position, id) - 1, id FROM main.favourite
"""


def restore(path: Path, copy: Path, steps: tuple[Step, ...] = MIGRATIONS, *, instance: Instance | None = None) -> Path:
    """Make a log of ``copy`` and of what the one at ``path`` holds beyond it, put it there, and return where the former
    file is kept. Killed anywhere, no file is lost. A log that cannot be read is kept likewise, but nothing taken out.

    Nothing in this process may have the log open; ``instance`` is this process. Raises ``StoreError``: ``store_busy``
    while another process has it open or lives, or while an attempt is in flight; ``store_damaged`` if ``copy`` is; then
    everything is as it was.
    """
    part = files.beside(path, f".restoring-{files.stamp()}")
    with translated(), database.alone(path):
        try:
            _copied(copy, part)
            with closing(database.connect(part, "rw", database.WRITER)) as made:
                _bring_up(made, steps)
                alone = _take_over(made, path)
            with instance.only_one() if instance is not None else nullcontext():
                return _put(part, path, alone=alone)
        except BaseException:
            for suffix in ("", "-journal"):
                files.beside(part, suffix).unlink(missing_ok=True)
            raise


def set_aside(path: Path, instance: Instance) -> Path:
    """Keep a damaged log under another name, so that opening starts an empty one. Nothing in this process may have it
    open; ``instance`` is this process.

    Raises ``StoreError``: ``store_busy`` while another process lives, whose attempts the file may hold without telling,
    or while an attempt of ours is in flight, as far as the file can be read; then everything is as it was.
    """
    with translated(), database.alone(path), instance.only_one():
        if _ours_in_flight(path, instance.id):
            raise StoreError("store_busy", "an attempt is in flight")
        return files.move_aside(path, files.aside_of(path))


def _ours_in_flight(path: Path, instance_id: str) -> bool:
    """A dead process's attempt that the damage keeps from being recovered must not keep the log for ever."""
    try:  # not "ro", which would leave its write-ahead log behind
        with translated(), closing(database.connect(path, "rw", database.READER)) as log:
            return bool(log.execute(_OURS_IN_FLIGHT, (instance_id,)).fetchone()[0])
    except StoreError:
        return False


def _copied(copy: Path, part: Path) -> None:
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(part, isolation_level=None)) as target:
        source.backup(target)


def _bring_up(made: database.Database, steps: tuple[Step, ...]) -> None:
    found = [line for (line,) in made.execute("PRAGMA integrity_check") if line != "ok"]
    if found:
        raise StoreError("store_damaged", "the copy: " + found[0][:100])
    database.migrate(made, steps, back_up=False)
    database.compare(made, steps)


def _take_over(made: database.Database, path: Path) -> bool:
    """Add what ``path`` holds beyond the copy; False if that file cannot be read."""
    if not path.exists():
        return False
    try:
        with translated():
            _have_alone(path)
            made.execute("ATTACH ? AS later", (str(path),))
            with transaction(made):
                _add_attempts(made)
                _add_rest(made)
            made.execute("DETACH later")
    except StoreError as error:
        if error.id != "store_damaged":
            raise
        return False
    return True


def _have_alone(path: Path) -> None:
    """Bring its write-ahead log into the file, which takes that nobody else has it open."""
    with closing(database.connect(path, "rw", database.WRITER)) as later:
        if later.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
            raise StoreError("store_busy", "another program has the log open")
        if later.execute(_IN_FLIGHT).fetchone()[0]:
            raise StoreError("store_busy", "an attempt is in flight")


def _add_attempts(made: database.Database) -> None:
    columns = _columns(made, "attempt", leave_out={"row", "state", "indexed"})
    copied = f"INSERT INTO main.attempt (state, {columns}) SELECT 'INTENT', {columns} FROM later.attempt WHERE row = ?"  # noqa: S608
    for former, state in made.execute(_LATER).fetchall():
        row = int(made.execute(copied, (former,)).lastrowid or 0)
        for step in _way(State(state)):  # the state machine holds for what is copied, too
            made.execute("UPDATE main.attempt SET state = ? WHERE row = ?", (step.value, row))
        for table in _BY_ATTEMPT:
            cells = _columns(made, table, leave_out={"attempt"})
            made.execute(
                f"INSERT INTO main.{table} (attempt, {cells}) SELECT ?, {cells} FROM later.{table} WHERE attempt = ?",  # noqa: S608
                (row, former),
            )
        index.add(made, row)


def _way(state: State) -> tuple[State, ...]:
    return (state,) if state is State.NOT_SENT else (State.SENDING, state)


def _add_rest(made: database.Database) -> None:
    """Favourites, countries, and the secret of the paths that are under way now."""
    made.execute(_NEW_FAVOURITES)
    made.executemany("UPDATE main.favourite SET position = ? WHERE id = ?", made.execute(_POSITIONS).fetchall())
    made.execute("INSERT OR IGNORE INTO main.allowed_country SELECT * FROM later.allowed_country")
    made.execute("INSERT OR REPLACE INTO main.secret SELECT * FROM later.secret")


def _columns(made: database.Database, table: str, leave_out: set[str]) -> str:
    """Those that can be written, in order."""
    names = [row[1] for row in made.execute(f"PRAGMA main.table_info({table})")]  # leaves generated ones out
    return ", ".join(name for name in names if name not in leave_out)


def _put(part: Path, path: Path, *, alone: bool) -> Path:
    if not alone:  # damaged: with whatever lies beside it
        kept = files.move_aside(path, files.aside_of(path))
    else:
        kept = files.beside(path, f".replaced-{files.stamp()}")
        os.link(path, kept)
        for suffix in ("-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):  # empty: nobody had it open
                files.beside(path, suffix).unlink()
    part.replace(path)
    files.remember(path)
    return kept
