"""The database of one session: opened late, each connection on the thread that owns it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar, cast

from basix_desktop import __version__
from basix_desktop.app.db_thread import DbThread
from basix_desktop.services.ports import Clock, Favourites, History, Journal
from basix_desktop.store.database import Database, open_database
from basix_desktop.store.favourites import SqliteFavourites
from basix_desktop.store.history import SqliteHistory
from basix_desktop.store.instance import Instance
from basix_desktop.store.journal import SqliteJournal

log = logging.getLogger(__name__)
T = TypeVar("T")


class _Late:
    """Stands for an object that is opened on the thread that first uses it. While opening fails, every use raises the
    same error and tries again."""

    def __init__(self, open_: Callable[[], object]) -> None:
        self._open = open_

    def __getattr__(self, name: str) -> Any:
        def call(*args: Any, **named: Any) -> Any:
            return getattr(self._open(), name)(*args, **named)

        return call  # opens when called, on the thread that calls: looking a method up may happen on any


def late(_kind: type[T], open_: Callable[[], object]) -> T:
    """An object of that kind, opened with its first use."""
    return cast(T, _Late(open_))


class Stores:
    """``journal`` and ``favourites`` belong on :attr:`db`, ``history`` on :attr:`reader`. Opening touches the disk on
    those threads only."""

    def __init__(self, database: Path, instances: Path, clock: Clock) -> None:
        self._path = database
        self._instances = instances
        self._clock = clock
        self.db = DbThread("db")
        self.reader = DbThread("db-reader")
        self._writing: tuple[Database, SqliteJournal, SqliteFavourites, Instance] | None = None
        self._reading: SqliteHistory | None = None
        self._read_connection: Database | None = None
        self.journal: Journal = late(SqliteJournal, lambda: self._writer()[1])
        self.favourites: Favourites = late(SqliteFavourites, lambda: self._writer()[2])
        self.history: History = late(SqliteHistory, self._reader)
        self._opened: Future[None] | None = None

    def open(self) -> Future[None]:
        """Open for writing and close the attempts of dead processes. The future raises ``StoreError``."""

        def run() -> None:
            self._writer()
            self.journal.recover()

        self._opened = self.db.submit(run)
        return self._opened

    def close(self) -> bool:
        """Let what is queued be written, then close. False if the disk would not let go in time."""
        read = self.reader.stop(self._close_reader, timeout=2.0)
        written = self.db.stop(self._close_writer)
        return read and written

    def _writer(self) -> tuple[Database, SqliteJournal, SqliteFavourites, Instance]:
        if self._writing is None:
            connection = open_database(self._path)
            try:
                instance = Instance(self._instances)
            except BaseException:
                connection.close()
                raise
            journal = SqliteJournal(connection, clock=self._clock, instance=instance, app_version=__version__)
            self._writing = (connection, journal, SqliteFavourites(connection), instance)
        return self._writing

    def _reader(self) -> SqliteHistory:
        if self._reading is None:
            if self._opened is not None:
                self._opened.exception()  # the writer creates and migrates; its failure is told where it was asked
            self._read_connection = open_database(self._path, read_only=True)
            self._reading = SqliteHistory(self._read_connection)
        return self._reading

    def _close_reader(self) -> None:
        if self._read_connection is not None:
            self._read_connection.close()

    def _close_writer(self) -> None:
        if self._writing is not None:
            connection, _, _, instance = self._writing
            connection.close()
            instance.close()
