"""Opening the database: private, durable, of our version, or refused untouched.

A connection belongs to the thread that opened it. Statements are committed by themselves unless they stand in
:func:`basix_desktop.store.faults.transaction`; ``executescript`` is never used, since it commits.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from filelock import FileLock, Timeout

from basix_desktop.domain.errors import StoreError
from basix_desktop.store import backups, files, filesystem, schema
from basix_desktop.store.faults import store_error, translated
from basix_desktop.store.files import APPLICATION_ID, Kind
from basix_desktop.store.migrations import MIGRATIONS, Step

#: Seconds to wait for another process (reliability.md I1: at most 5).
BUSY_TIMEOUT = 4.5

_ALWAYS = ("PRAGMA trusted_schema = OFF", "PRAGMA cell_size_check = ON", "PRAGMA temp_store = MEMORY")
WRITER = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten (S23)
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",  # macOS: through the drive's cache; elsewhere without effect
    "PRAGMA checkpoint_fullfsync = ON",
    "PRAGMA wal_autocheckpoint = 4000",  # the journal writes back earlier, and never between Enter and the first byte
)
READER = ("PRAGMA query_only = ON",)


class StoreDamaged(StoreError):
    """The file could not be read as a database. It was moved to ``aside``; opening again starts an empty one.

    ``backup`` is the newest copy made before an update of the program, if there is one.
    """

    def __init__(self, aside: Path, backup: Path | None, detail: str = "") -> None:
        super().__init__("store_damaged", f"moved to {aside.name}: {detail}")
        self.aside = aside
        self.backup = backup


class Database(sqlite3.Connection):
    """A connection that knows which files it opened."""

    path: Path
    opened: dict[Path, tuple[int, int]]

    def verify_files(self) -> None:
        """Raise ``StoreError`` ``store_replaced`` unless the files that were opened still stand at their paths (I7).

        Between Enter and the first byte: a look at three names. SQLite removes a write-ahead log and its shared memory
        only with the last connection, so whoever does it while this one is open is somebody else, and what is recorded
        from then on goes with this process.
        """
        for path, identity in self.opened.items():
            try:
                if _identity(path) != identity:
                    raise StoreError("store_replaced", f"{path.name}: another file")
            except OSError as error:
                raise StoreError("store_replaced", f"{path.name}: {error.strerror or ''}") from error


def open_database(path: Path, *, read_only: bool = False, steps: tuple[Step, ...] = MIGRATIONS) -> Database:
    """Open the database at ``path``; to write, create it or bring it to the newest version.

    The folder becomes 0700 and the file 0600. Raises ``StoreError``: ``store_newer`` and ``store_foreign`` leave every
    byte as it was; ``store_damaged`` (:class:`StoreDamaged`) has moved the file aside, and the next call starts afresh;
    ``store_read_only`` where nothing can be written: open it with ``read_only`` to show the log.
    """
    with translated():
        if read_only:
            return _open_for_reading(path, steps)
        files.make_folder(path)
        with alone(path):
            try:
                return _open_for_writing(path, steps)
            except sqlite3.DatabaseError as error:
                if store_error(error).id != "store_damaged":
                    raise
                raise _moved_aside(path, str(error)) from error


def _open_for_writing(path: Path, steps: tuple[Step, ...]) -> Database:
    shared = bool(filesystem.shared_kind(path))
    if shared:
        _leave_log(path, len(steps))
    _inspect(path, len(steps))
    files.make_private(path)
    database = connect(path, "rw", WRITER)
    try:
        migrate(database, steps)
        _use_journal(database) if shared else _use_log(database)
        compare(database, steps)
        _remember_companions(database)
        files.make_private(path)  # the companions made meanwhile
        files.remember(path)
    except BaseException:
        database.close()
        raise
    return database


def _open_for_reading(path: Path, steps: tuple[Step, ...]) -> Database:
    _inspect(path, len(steps), aside=False)
    database = _reader(path)
    try:
        if _version(database) != len(steps):
            raise StoreError("store_read_only", f"version {_version(database)} has to be brought up to date first")
        compare(database, steps)
    except BaseException:
        database.close()
        raise
    return database


def _reader(path: Path) -> Database:
    try:
        return connect(path, "ro", READER)
    except sqlite3.OperationalError:
        # A write-ahead log needs a file beside the database. Where none can be made, nobody else writes either.
        if files.has_log(path) or files.writable(path.parent):
            raise
        return connect(path, "ro&immutable=1", READER)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep other processes from creating, updating or moving the same database meanwhile."""
    try:
        with FileLock(files.beside(path, ".lock"), timeout=BUSY_TIMEOUT, mode=0o600):
            yield
    except Timeout as error:
        raise StoreError("store_busy", "another process is opening the database") from error


def _inspect(path: Path, newest: int, *, aside: bool = True) -> None:
    """Refuse what is newer, foreign or damaged before anything is written."""
    header = files.read_header(path)
    if header.kind is Kind.DATABASE:
        _refuse_stranger(path, header, newest)
    elif header.kind is Kind.GARBAGE or files.has_log(path) or (header.kind is Kind.EMPTY and files.was_here(path)):
        if not aside:
            raise StoreError("store_damaged", header.kind.name.lower())
        raise _moved_aside(path, header.kind.name.lower())
    elif not aside:
        raise StoreError("cannot_record", "there is no database")


def _refuse_stranger(path: Path, header: files.Header, newest: int) -> None:
    application, version, tables = header.application_id, header.user_version, 0
    logged = files.has_log(path)  # then the first page may be newer there
    if logged or not (application or version):  # else: was nothing made of it yet, or is it somebody's?
        with closing(_reader(path) if logged else connect(path, "ro&immutable=1", READER)) as database:
            application = _number(database, "PRAGMA application_id")
            version = _version(database)
            tables = _number(database, "SELECT count(*) FROM sqlite_schema")
    if application != APPLICATION_ID and (application or version or tables):
        raise StoreError("store_foreign", f"application_id {application:#010x}")
    if version > newest:
        raise StoreError("store_newer", f"version {version}, this program knows {newest}")


def _moved_aside(path: Path, detail: str) -> StoreDamaged:
    return StoreDamaged(files.move_aside(path), backups.newest(path), detail)


def connect(path: Path, mode: str, pragmas: tuple[str, ...]) -> Database:
    place = path.absolute()
    before = _identity(place)
    name = quote(os.fsencode(place.as_posix()))
    uri = f"file://{'' if name.startswith('/') else '/'}{name}?mode={mode}"
    database = sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT, isolation_level=None, factory=Database)
    try:
        for pragma in _ALWAYS + pragmas:
            database.execute(pragma).close()
        _version(database)  # the first look at the file
        database.path, database.opened = place, {place: _identity(place)}
        if database.opened[place] != before:
            raise StoreError("store_replaced", "while it was opened")
    except BaseException:
        database.close()
        raise
    return database


def _identity(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_dev, state.st_ino


def _number(database: sqlite3.Connection, sql: str) -> int:
    return int(database.execute(sql).fetchone()[0])


def _version(database: sqlite3.Connection) -> int:
    return _number(database, "PRAGMA user_version")


def migrate(database: Database, steps: tuple[Step, ...], *, back_up: bool = True) -> None:
    """All missing steps in one transaction, after a copy of the whole (I9). Killed anywhere: old or new version."""
    if _version(database) == len(steps):
        return
    database.execute("BEGIN IMMEDIATE")
    try:
        version = _version(database)
        if back_up and 0 < version < len(steps):
            with closing(_reader(database.path)) as source:  # a copy from within a transaction would wait for itself
                backups.make(source, database.path, version)
        for step in steps[version:]:
            for sql in step:
                database.execute(sql)
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {len(steps)}")
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise


def _use_log(database: Database) -> None:
    """Write-ahead logging; where the file system cannot, the rollback journal at its most careful."""
    mode = database.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":
        _use_journal(database)


def _remember_companions(database: Database) -> None:
    """They are there once the log has been read, beside the file itself, whatever link led to it."""
    if database.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        file = Path(os.path.realpath(database.path))
        database.opened |= {each: _identity(each) for each in (files.beside(file, "-wal"), files.beside(file, "-shm"))}


def _use_journal(database: Database) -> None:
    """The rollback journal, at its most careful: its removal, which ends a transaction, is made durable too."""
    if database.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
        raise StoreError("store_busy", "the write-ahead log is in use")
    database.execute("PRAGMA synchronous = EXTRA")


def _leave_log(path: Path, newest: int) -> None:
    """Bring a write-ahead log of ours, begun where one can be, into the file without using shared memory."""
    header = files.read_header(path)
    if header.logged and header.application_id == APPLICATION_ID and header.user_version <= newest:
        with closing(connect(path, "rw", ("PRAGMA locking_mode = EXCLUSIVE", *WRITER))) as database:
            _use_journal(database)


def compare(database: Database, steps: tuple[Step, ...]) -> None:
    """Refuse a schema that our steps did not make: it could act by itself (I13)."""
    strange = schema.difference(database, steps)
    if strange:
        raise StoreError("store_foreign", f"unexpected schema: {', '.join(strange)}")
