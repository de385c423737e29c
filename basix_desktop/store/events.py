"""The history of an attempt: lines that are only ever added."""

from __future__ import annotations

import json
import sqlite3

from basix_desktop.domain.calls import AttemptEvent
from basix_desktop.store.rows import clean

_APPEND = """
INSERT INTO attempt_event (attempt, seq, at, kind, data)
SELECT ?1, coalesce(max(seq), -1) + 1, ?2, ?3, ?4 FROM attempt_event WHERE attempt = ?1
"""
_READ = """
SELECT e.at, e.kind, e.data FROM attempt_event e JOIN attempt a ON a.row = e.attempt WHERE a.id = ? ORDER BY e.seq
"""


def append(connection: sqlite3.Connection, row: int, kind: str, at: int, **data: str) -> None:
    """Add a line, inside the caller's transaction. ``at``: UTC milliseconds."""
    kept = {name: clean(value) for name, value in data.items() if value}
    connection.execute(_APPEND, (row, at, kind, json.dumps(kept, ensure_ascii=False)))


def read(connection: sqlite3.Connection, attempt_id: str) -> list[AttemptEvent]:
    """Oldest first."""
    return [AttemptEvent(at, kind, json.loads(data)) for at, kind, data in connection.execute(_READ, (attempt_id,))]
