"""What the feed told of an attempt's call: a summary for its row, and milestones that are recorded once."""

from __future__ import annotations

import sqlite3
from typing import Final

from basix_desktop.domain.calls import Attempt, LiveSummary
from basix_desktop.domain.live import CallPhase, Milestone
from basix_desktop.store import events, rows
from basix_desktop.store.results import ONLY_RESULT
from basix_desktop.store.rows import clean

#: How event kinds of the feed begin.
PREFIX: Final = "live_"
#: SQLite takes at most so many parameters in one statement.
_CHUNK: Final = 500

_SUMMARY = """
INSERT INTO attempt_live (attempt, phase, connected_with, talked_ms, ended_by, cause) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (attempt) DO UPDATE SET phase = excluded.phase, connected_with = excluded.connected_with,
  talked_ms = excluded.talked_ms, ended_by = excluded.ended_by, cause = excluded.cause
WHERE attempt_live.phase <> 'ended'
"""
_TO_FOLLOW = """
WHERE a.server = ? AND a.domain = ? AND a.created_at >= ? AND (
  a.state = 'ACCEPTED' AND NOT EXISTS (SELECT 1 FROM attempt_live l WHERE l.attempt = a.row AND l.phase = 'ended')
  OR a.bucket = 'to_check'
) ORDER BY a.row
"""

_RIVALS = f"""
SELECT coalesce(other.sent_at, other.created_at) FROM attempt a JOIN attempt other
ON other.number_key = a.number_key AND other.server = a.server AND other.domain = a.domain AND other.row <> a.row
WHERE a.id = ? AND (
  other.state IN ('SENDING', 'UNKNOWN') OR other.state = 'ACCEPTED' AND {ONLY_RESULT.format(row="other.row")}
)
"""  # noqa: S608


def tell(connection: sqlite3.Connection, row: int, summary: LiveSummary, milestones: tuple[Milestone, ...]) -> None:
    """Inside the caller's transaction. A call that has ended takes no further summary, and no second end."""
    known = connection.execute("SELECT phase FROM attempt_live WHERE attempt = ?", (row,)).fetchone()
    ended = known is not None and known[0] == CallPhase.ENDED
    for milestone in milestones:
        if ended and milestone.kind == CallPhase.ENDED:
            continue
        added = connection.execute(
            "INSERT OR IGNORE INTO milestone (attempt, uuid, kind, at) VALUES (?, ?, ?, ?)",
            (row, clean(milestone.uuid), str(milestone.kind), milestone.at),
        ).rowcount
        if added:
            data = {**milestone.data, "uuid": milestone.uuid}
            events.append(connection, row, f"{PREFIX}{milestone.kind}", milestone.at, **data)
    cells = (summary.phase, clean(summary.connected_with), summary.talked_ms, summary.ended_by, clean(summary.cause))
    connection.execute(_SUMMARY, (row, *(str(cell) if isinstance(cell, str) else cell for cell in cells)))


def to_follow(connection: sqlite3.Connection, server: str, domain: str, since: int) -> list[Attempt]:
    return rows.attempts(connection, rows.WHOLE, _TO_FOLLOW, (*rows.place(server, domain), since))


def sent_at(connection: sqlite3.Connection, attempt_id: str) -> int:
    sql = "SELECT coalesce(sent_at, created_at) FROM attempt WHERE id = ?"
    found = connection.execute(sql, (attempt_id,)).fetchone()
    return int(found[0]) if found else 0


def rivals(connection: sqlite3.Connection, attempt_id: str) -> tuple[int, ...]:
    return tuple(at for (at,) in connection.execute(_RIVALS, (attempt_id,)))


def held(connection: sqlite3.Connection, uuids: frozenset[str]) -> frozenset[str]:
    wanted, found = sorted(uuids), set[str]()
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        marks = ", ".join("?" * len(part))
        found |= {uuid for (uuid,) in connection.execute(f"SELECT uuid FROM leg WHERE uuid IN ({marks})", part)}  # noqa: S608
    return frozenset(found)
