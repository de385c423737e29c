"""Results that came by callback: recorded once an attempt; and answers that come after a proof."""

from __future__ import annotations

import json
import secrets
import sqlite3
from typing import Final

from basix_desktop.domain.calls import CallResult, State, Verdict
from basix_desktop.store import events
from basix_desktop.store.rows import clean

#: The kind of event that holds a result; the schema allows one of it an attempt.
KIND: Final = "callback"
_LATE: Final = "late_answer"
_PATHS: Final = "callback_paths"
#: SQL: whether all that is known of attempt ``{row}`` is a result that the PBX has told, which may name an inside leg.
ONLY_RESULT: Final = """
EXISTS (SELECT 1 FROM attempt_event p
  WHERE p.attempt = {row} AND p.kind = 'proven' AND json_extract(p.data, '$.how') = 'callback')
AND NOT EXISTS (SELECT 1 FROM leg l JOIN attempt_event r ON r.attempt = l.attempt AND r.kind = 'callback'
  WHERE l.attempt = {row} AND l.uuid <> coalesce(json_extract(r.data, '$.uuid'), ''))
"""
_NEXT_LEG = """
INSERT INTO leg (attempt, position, uuid) SELECT ?1, coalesce(max(position), -1) + 1, ?2 FROM leg WHERE attempt = ?1
"""
_LATE_ROW = "UPDATE attempt SET answer = coalesce(nullif(?, ''), answer), updated_at = ? WHERE row = ?"


def secret(connection: sqlite3.Connection) -> bytes:
    """Inside the caller's transaction; made where there is none."""
    cells = (_PATHS, secrets.token_bytes(32))
    connection.execute("INSERT OR IGNORE INTO secret (name, value) VALUES (?, ?)", cells)
    return bytes(connection.execute("SELECT value FROM secret WHERE name = ?", (_PATHS,)).fetchone()[0])


def of(connection: sqlite3.Connection, row: int) -> CallResult | None:
    """The attempt's result, if one has come."""
    found = connection.execute("SELECT data FROM attempt_event WHERE attempt = ? AND kind = 'callback'", (row,))
    told = next((json.loads(data) for (data,) in found), None)
    return None if told is None else CallResult(int(told["result_code"]), told.get("uuid", ""))


def record(connection: sqlite3.Connection, row: int, at: int, result: CallResult) -> bool:
    """Append the result; False if there is one already. ``at``: UTC milliseconds."""
    if of(connection, row) is not None:
        return False
    events.append(connection, row, KIND, at, result_code=str(result.result_code), uuid=result.uuid)
    return True


def settled_by_proof(connection: sqlite3.Connection, row: int) -> bool:
    sql = "SELECT EXISTS (SELECT 1 FROM attempt_event WHERE attempt = ? AND kind = 'proven')"
    return bool(connection.execute(sql, (row,)).fetchone()[0])


def only_result(connection: sqlite3.Connection, row: int) -> bool:
    sql = f"SELECT 1 FROM attempt a WHERE a.row = ? AND a.state = 'ACCEPTED' AND {ONLY_RESULT.format(row='a.row')}"  # noqa: S608
    return connection.execute(sql, (row,)).fetchone() is not None


def name_leg(connection: sqlite3.Connection, row: int, uuid: str, at: int, how: str) -> None:
    """The leg of an attempt of which only a result was known, beside what the result has named."""
    connection.execute(_NEXT_LEG, (row, clean(uuid)))
    events.append(connection, row, "proven", at, uuids=uuid, how=how)


def note_late(connection: sqlite3.Connection, row: int, verdict: Verdict, told: dict[str, str], at: int) -> None:
    """An answer after the proof, once: its legs are added, its words are kept, and *placed* stays."""
    sql = "SELECT EXISTS (SELECT 1 FROM attempt_event WHERE attempt = ? AND kind = ?)"
    if verdict.state is State.UNKNOWN or connection.execute(sql, (row, _LATE)).fetchone()[0]:
        return
    known = [uuid for (uuid,) in connection.execute("SELECT uuid FROM leg WHERE attempt = ?", (row,))]
    fresh = [uuid for uuid in dict.fromkeys(map(clean, verdict.uuids)) if uuid not in known]
    connection.executemany(
        "INSERT INTO leg (attempt, position, uuid) VALUES (?, ?, ?)",
        [(row, position, uuid) for position, uuid in enumerate(fresh, len(known))],
    )
    connection.execute(_LATE_ROW, (clean(verdict.answer), at, row))
    events.append(connection, row, _LATE, at, **told)
