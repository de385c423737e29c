"""What the schema should be: the steps carried out in memory, compared statement by statement (reliability.md I13)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache

from basix_desktop.store.migrations import Step

# SQLite's own tables (statistics, sequences) and those behind the search index are not ours to write down.
_OURS = """
SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema
WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
AND NOT (type = 'table' AND name IN ('attempt_index_data', 'attempt_index_idx', 'attempt_index_config',
                                     'attempt_index_docsize', 'attempt_index_content'))
"""


@cache
def _expected(steps: tuple[Step, ...]) -> frozenset[tuple[str, str]]:
    with closing(sqlite3.connect(":memory:")) as memory:
        for step in steps:
            for sql in step:
                memory.execute(sql)
        return frozenset(memory.execute(_OURS))


def difference(connection: sqlite3.Connection, steps: tuple[Step, ...]) -> list[str]:
    """Names of what is missing, changed or added, sorted; empty for a schema that the steps made."""
    found = frozenset(connection.execute(_OURS))
    return sorted({name for name, _ in found ^ _expected(steps)})
