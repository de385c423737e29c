"""From what SQLite and the operating system raise to :class:`StoreError`: one id per remedy."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from basix_desktop.domain.errors import StoreError

_BY_CODE = {
    sqlite3.SQLITE_BUSY: "store_busy",
    sqlite3.SQLITE_LOCKED: "store_busy",
    sqlite3.SQLITE_FULL: "store_full",
    sqlite3.SQLITE_READONLY: "store_read_only",
    sqlite3.SQLITE_PERM: "store_read_only",
    sqlite3.SQLITE_CORRUPT: "store_damaged",
    sqlite3.SQLITE_NOTADB: "store_damaged",
}

_BY_ERRNO = {
    errno.ENOSPC: "store_full",
    errno.EDQUOT: "store_full",
    errno.EROFS: "store_read_only",
    errno.EACCES: "store_read_only",
    errno.EPERM: "store_read_only",
}


def store_error(error: Exception) -> StoreError:
    """The ``StoreError`` for an exception of ``sqlite3`` or the operating system. No data in the detail."""
    if isinstance(error, sqlite3.Error):
        return _sqlite_error(error)
    if isinstance(error, OSError):
        return StoreError(_BY_ERRNO.get(error.errno or 0, "cannot_record"), error.strerror or type(error).__name__)
    return StoreError("cannot_record", type(error).__name__)


def _sqlite_error(error: sqlite3.Error) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0)
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    if code == sqlite3.SQLITE_READONLY_DBMOVED:
        return StoreError("store_replaced", name)
    return StoreError(_BY_CODE.get(code & 0xFF, "cannot_record"), f"{name}: {error}")


@contextmanager
def translated() -> Iterator[None]:
    """Raise ``StoreError`` for whatever goes wrong in the store below; our own errors pass."""
    try:
        yield
    except (sqlite3.Error, OSError, OverflowError, UnicodeError, MemoryError) as error:
        raise store_error(error) from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One durable transaction that takes the write lock at once. Leaves no transaction open, whatever happens.

    Raises ``StoreError`` (``store_busy`` after the connection's busy time-out); what the body raises undoes its work.
    """
    with translated():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # SQLite may have rolled back by itself
                connection.execute("ROLLBACK")
            raise
