"""Keeping the search index in step with the attempts. Inside the caller's transaction, on the writing connection."""

from __future__ import annotations

import sqlite3

from basix_desktop.store import search

#: What a document is made of; ``row`` and ``bucket`` first.
SEARCHED = """
SELECT row, bucket, end_user_name, end_user_organization, end_user_id, typed, number, number_key, destination,
       destination_label, (SELECT group_concat(uuid, ' ') FROM leg WHERE leg.attempt = attempt.row) AS uuids
FROM attempt
"""


def folded(cells: tuple[str | int | None, ...]) -> str:
    """The document of a row of :data:`SEARCHED`."""
    texts = [str(cells[i]) for i in (2, 3, 4, 5, 6, 8, 9)]
    texts += str(cells[10] or "").split()
    return search.document(texts, (str(cells[6]), str(cells[7])))


def add(connection: sqlite3.Connection, row: int) -> None:
    """Put a settled attempt into the index, in place of what the index held of it.

    A damaged index or one without room costs no verdict: then the attempt stays out of it, and is found all the same.
    """
    connection.execute("SAVEPOINT indexing")
    try:
        _put(connection, row)
    except sqlite3.DatabaseError:
        if not connection.in_transaction:  # SQLite has undone everything by itself
            raise
        connection.execute("ROLLBACK TO indexing")
    connection.execute("RELEASE indexing")


def _put(connection: sqlite3.Connection, row: int) -> None:
    remove(connection, row)
    cells = connection.execute(SEARCHED + "WHERE row = ? AND bucket <> 'in_flight'", (row,)).fetchone()
    if cells is None:
        return
    text, bucket = folded(cells), str(cells[1])
    connection.execute("INSERT INTO attempt_text (row, bucket, folded) VALUES (?, ?, ?)", (row, bucket, text))
    connection.execute("INSERT INTO attempt_index (rowid, tokens) VALUES (?, ?)", (row, search.tokens(text, bucket)))
    connection.execute("UPDATE attempt SET indexed = 1 WHERE row = ?", (row,))


def remove(connection: sqlite3.Connection, row: int) -> None:
    """Take an attempt out of the index, if it is there."""
    known = connection.execute("SELECT bucket, folded FROM attempt_text WHERE row = ?", (row,)).fetchone()
    if known is None:
        return
    bucket, text = known
    connection.execute(
        "INSERT INTO attempt_index (attempt_index, rowid, tokens) VALUES ('delete', ?, ?)",
        (row, search.tokens(text, bucket)),
    )
    connection.execute("DELETE FROM attempt_text WHERE row = ?", (row,))
    connection.execute("UPDATE attempt SET indexed = 0 WHERE row = ?", (row,))


def missing(connection: sqlite3.Connection, limit: int) -> list[int]:
    """Settled attempts that are not in the index, at most ``limit``."""
    found = connection.execute(
        "SELECT row FROM attempt WHERE indexed = 0 AND bucket <> 'in_flight' ORDER BY row LIMIT ?", (limit,)
    )
    return [int(row) for (row,) in found]
