"""The database of one session: opened late, each connection on the thread that owns it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from basix_desktop import __version__
from basix_desktop.app.db_thread import DbThread
from basix_desktop.domain.errors import StoreError
from basix_desktop.services.ports import Clock, Favourites, History, Journal
from basix_desktop.store import check
from basix_desktop.store.backups import Backup, newest_good
from basix_desktop.store.database import Database, StoreDamaged, open_database
from basix_desktop.store.faults import translated
from basix_desktop.store.favourites import SqliteFavourites
from basix_desktop.store.history import SqliteHistory
from basix_desktop.store.instance import Instance
from basix_desktop.store.journal import SqliteJournal
from basix_desktop.store.loss import Loss, noted, told
from basix_desktop.store.restore import restore, set_aside

log = logging.getLogger(__name__)
T = TypeVar("T")


#: Seconds until the reader has let go of the log.
_READER_PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Damage:
    """A damaged log: where its file is, if it still is, and the newest copy that is good, if there is one."""

    kept: Path | None
    backup: Backup | None


class _Late:
    """Stands for an object that is opened on the thread that first uses it. While opening fails, every use raises the
    same error and tries again."""

    def __init__(self, open_: Callable[[], object], failed: Callable[[StoreError], None]) -> None:
        self._open = open_
        self._failed = failed

    def __getattr__(self, name: str) -> Any:
        def call(*args: Any, **named: Any) -> Any:
            try:
                return getattr(self._open(), name)(*args, **named)
            except StoreError as error:
                self._failed(error)
                raise

        return call  # opens when called, on the thread that calls: looking a method up may happen on any


def late(_kind: type[T], open_: Callable[[], object], failed: Callable[[StoreError], None] = lambda _: None) -> T:
    """An object of that kind, opened with its first use. ``failed`` hears of its errors, on its thread."""
    return cast(T, _Late(open_, failed))


class Stores:
    """``journal`` and ``favourites`` belong on :attr:`db`, ``history`` on :attr:`reader`. Opening touches the disk on
    those threads only."""

    def __init__(self, database: Path, instances: Path, clock: Clock) -> None:
        self._path = database
        self._instances = instances
        self._clock = clock
        self.db = DbThread("db")
        self.reader = DbThread("db-reader")
        self._writing: tuple[Database, SqliteJournal, SqliteFavourites] | None = None
        self._instance: Instance | None = None  # outlives a connection: its attempts stay a living process's
        self._reading: SqliteHistory | None = None
        self._read_connection: Database | None = None
        self.journal: Journal = late(SqliteJournal, lambda: self._writer()[1], self._failed)
        self.favourites: Favourites = late(SqliteFavourites, lambda: self._writer()[2], self._failed)
        self.history: History = late(SqliteHistory, self._reader)
        self._opened: Future[Loss | None] | None = None
        self.lost: Callable[[Loss], None] = lambda _: None

    def open(self) -> Future[Loss | None]:
        """Open for writing and close the attempts of dead processes. A damaged log is kept aside and an empty one
        begun: the future tells of it until :meth:`told`, by whichever process it was met. It raises ``StoreError``.

        Whatever else opens the log may meet the damage too: :attr:`lost` hears of it, on the database thread, each time
        the log is opened or fails to be.
        """

        def run() -> Loss | None:
            try:
                self._writer()
            except StoreDamaged:
                self._writer()
            self.journal.recover()
            return noted(self._path)

        self._opened = self.db.submit(run)
        return self._opened

    def told(self) -> None:
        """A person knows of the loss. Raises ``StoreError``."""
        with translated():
            told(self._path)

    def examine(self) -> list[str]:
        """What SQLite finds wrong with the file, in technical words; empty if nothing. A thread that may wait: takes
        seconds with many calls, on a connection of its own. Raises ``StoreError`` where it cannot be told."""
        try:
            with translated(), closing(open_database(self._path, read_only=True)) as connection:
                return check.quick(connection)
        except StoreError as error:
            if error.id != "store_damaged":
                raise
            return [error.detail]

    def damage(self, loss: Loss | None = None) -> Damage:
        """What can be done about a log that is lost, or that :meth:`examine` found damaged. A thread that may wait."""
        return Damage(loss.kept if loss is not None else self._path, newest_good(self._path))

    def replace_log(self, copy: Path | None) -> Future[Path]:
        """Put a copy in the place of the log, with the calls that the log holds beyond it (``store.restore``), or begin
        an empty one; where the former file is kept. The future raises ``StoreError``: ``store_busy`` while an attempt
        is in flight or another program has the log open; then everything is as it was."""

        def run() -> Path:
            me = self._own_instance()
            with self._reader_away():
                self._close_connection()
                try:
                    return set_aside(self._path, me) if copy is None else restore(self._path, copy, instance=me)
                finally:
                    self._writer()

        return self.db.submit(run)

    def close(self) -> bool:
        """Let what is queued be written, then close. False if the disk would not let go in time."""
        read = self.reader.stop(self._close_reader, timeout=2.0)
        written = self.db.stop(self._close_writer)
        return read and written

    def _writer(self) -> tuple[Database, SqliteJournal, SqliteFavourites]:
        if self._writing is None:
            connection = self._open_to_write()
            try:
                instance = self._own_instance()
            except BaseException:
                connection.close()
                raise
            journal = SqliteJournal(connection, clock=self._clock, instance=instance, app_version=__version__)
            self._writing = (connection, journal, SqliteFavourites(connection))
        return self._writing

    def _own_instance(self) -> Instance:
        self._instance = self._instance or Instance(self._instances)
        return self._instance

    def _open_to_write(self) -> Database:
        try:
            return open_database(self._path)
        except StoreDamaged as error:
            log.error("the log is damaged: %s", error.detail)
            raise
        finally:
            if (loss := noted(self._path)) is not None:
                self.lost(loss)

    def _reader(self) -> SqliteHistory:
        if self._reading is None:
            if self._opened is not None:
                self._opened.exception()  # the writer creates and migrates; its failure is told where it was asked
            self._read_connection = open_database(self._path, read_only=True)
            self._reading = SqliteHistory(self._read_connection)
        return self._reading

    @contextmanager
    def _reader_away(self) -> Iterator[None]:
        """The reader has let go of the file, and takes it up again only afterwards."""
        away, back = threading.Event(), threading.Event()

        def wait() -> None:
            self._close_reader()
            away.set()
            back.wait()

        self.reader.submit(wait)
        try:
            if not away.wait(_READER_PATIENCE):
                raise StoreError("store_busy", "the log is being read")
            yield
        finally:
            back.set()

    def _close_reader(self) -> None:
        if self._read_connection is not None:
            self._read_connection.close()
        self._reading = self._read_connection = None

    def _close_writer(self) -> None:
        self._close_connection()
        if self._instance is not None:
            self._instance.close()

    def _failed(self, error: StoreError) -> None:
        """What a disk that failed once holds is read anew before anything else is recorded (reliability.md J4)."""
        if error.detail.startswith("SQLITE_IOERR"):
            log.error("the disk failed (%s): the log will be opened again", error.detail)
            self._close_connection()

    def _close_connection(self) -> None:
        if self._writing is not None:
            self._writing[0].close()
        self._writing = None
