"""Looking for damage: slow with many calls, so never on the way to the first window."""

from __future__ import annotations

import sqlite3

from basix_desktop.store.faults import store_error
from basix_desktop.store.rows import FIXED, checksum, select

_PAGE = f"SELECT row, checksum, {', '.join(FIXED)} FROM attempt WHERE row > ? ORDER BY row LIMIT 500"  # noqa: S608


def check(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with the database, in technical words; empty if nothing was found (reliability.md I6).

    SQLite's own check, then the checksum of every attempt. Takes some seconds with 100,000 calls; any connection, on
    its thread. Never raises: a database that cannot be read is a finding.
    """
    try:
        return quick(connection) + _changed(connection)
    except sqlite3.Error as error:
        return [store_error(error).detail]


def quick(connection: sqlite3.Connection) -> list[str]:
    """What SQLite's own quick check finds; empty if nothing. Raises ``sqlite3.Error``: from a damaged file that is a
    finding too."""
    return [str(line) for (line,) in connection.execute("PRAGMA quick_check") if line != "ok"]


def _changed(connection: sqlite3.Connection) -> list[str]:
    found, last = [], 0
    while page := select(connection, _PAGE, (last,)):
        found += [f"attempt {row['row']} was changed" for row in page if checksum(dict(row)) != row["checksum"]]
        last = page[-1]["row"]
    return found
