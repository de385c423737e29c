"""Reading the log: pages, counts, search. On a read-only connection of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final

from basix_desktop.domain.calls import Attempt, AttemptEvent
from basix_desktop.services.ports import LogFilter, LogQuery
from basix_desktop.store import course, events, index, rows, search
from basix_desktop.store.faults import translated
from basix_desktop.store.rows import Cell
from basix_desktop.store.search import Search

#: Settled attempts whose destinations count as recent.
_RECENT: Final = 1000
_BUCKETS: Final = ("placed", "not_placed", "to_check")
_COURSES: Final = ("connected", "not_answered")

_CANDIDATES = """
FROM attempt_index CROSS JOIN attempt_text t ON t.row = attempt_index.rowid WHERE attempt_index MATCH ?
"""
_LAST = """
WHERE a.domain = ? AND a.server = ? AND a.state IN ('SENDING', 'ACCEPTED', 'REJECTED', 'UNKNOWN')
ORDER BY a.row DESC LIMIT 1
"""
_DESTINATIONS = """
SELECT destination, destination_label FROM attempt WHERE domain = ? AND server = ? ORDER BY row DESC LIMIT ?
"""
_UNANSWERED = "WHERE a.bucket = 'to_check' AND a.user_word IS NULL"
_COUNT_UNANSWERED = f"SELECT count(*) FROM attempt a {_UNANSWERED}"  # noqa: S608 - constants only
_OF_COURSE = f"""
WHERE a.row IN (SELECT attempt FROM attempt_live l WHERE {{bounds}} {course.IS} ORDER BY attempt DESC LIMIT ?)
ORDER BY a.row DESC
"""  # noqa: S608 - constants only


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a chip shows: a bucket of attempts, and of the placed ones a course."""

    bucket: str | None
    course: str | None

    @classmethod
    def by(cls, chip: LogFilter) -> _Wanted:
        if chip in _COURSES:
            return cls("placed", chip.value)
        return cls(None if chip is LogFilter.ALL else chip.value, None)


class SqliteHistory:
    """Implements ``services.ports.History``.

    *Placed* and *not placed* hold what is proven and what the user has said of an attempt that may have been placed;
    *to check* holds those of which nobody has said anything yet, or only "don't know". What is in flight is in *all*
    alone. *Connected* and *not answered* are parts of *placed*: what the feed told of how it went on.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._whole: tuple[int, dict[str, int]] = (0, {})  # the counts of everything, and of which version

    def page(self, query: LogQuery, before: int | None, limit: int) -> list[Attempt]:
        """See ``History.page``."""
        wanted, asked = _Wanted.by(query.filter), search.parse(query.text)
        with self._snapshot():
            if not asked:
                return self._plain_page(wanted, before, limit)
            found = sorted(self._found(asked, wanted, before, limit), reverse=True)[:limit]
            marks = ", ".join("?" * len(found))
            return self._attempts(f"WHERE a.row IN ({marks}) ORDER BY a.row DESC", found)

    def counts(self, text: str = "") -> dict[LogFilter, int]:
        """How many attempts each filter shows, of those that ``text`` finds."""
        asked = search.parse(text)
        with self._snapshot():
            found = self._count(asked) if asked else self._count_all()
        everything = sum(number for name, number in found.items() if name not in _COURSES)
        return {each: found.get(each.value, 0) for each in LogFilter} | {LogFilter.ALL: everything}

    def unanswered(self, limit: int) -> tuple[int, list[Attempt]]:
        """See ``History.unanswered``."""
        with self._snapshot():
            number = int(self._connection.execute(_COUNT_UNANSWERED).fetchone()[0])
            return number, self._attempts(f"{_UNANSWERED} ORDER BY a.row DESC LIMIT ?", [limit]) if number else []

    def attempt(self, attempt_id: str) -> Attempt | None:
        """See ``History.attempt``."""
        with translated():
            return rows.find(self._connection, attempt_id)

    def events(self, attempt_id: str) -> list[AttemptEvent]:
        """See ``History.events``."""
        with translated():
            return events.read(self._connection, attempt_id)

    def last(self, server: str, domain: str) -> Attempt | None:
        """See ``History.last``."""
        server, domain = rows.place(server, domain)
        with translated():
            found = rows.attempts(self._connection, rows.WHOLE, _LAST, (domain, server))
        return found[0] if found else None

    def recent_destinations(self, server: str, domain: str, limit: int) -> list[tuple[str, str]]:
        """See ``History.recent_destinations``: of the last 1,000 attempts."""
        server, domain = rows.place(server, domain)
        found: dict[str, str] = {}
        with translated():
            for destination, label in self._connection.execute(_DESTINATIONS, (domain, server, _RECENT)):
                if len(found) >= limit:
                    break
                found.setdefault(destination, label)
        return list(found.items())[: max(0, limit)]

    def version(self) -> int:
        """See ``History.version``."""
        with translated():
            return self._version()

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """Several statements that see one state of the log."""
        with translated():
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                with suppress(sqlite3.Error):
                    self._connection.execute("COMMIT")

    def _attempts(self, where: str, cells: list[Cell] | list[int]) -> list[Attempt]:
        return rows.attempts(self._connection, rows.BRIEF, where, cells)

    def _plain_page(self, wanted: _Wanted, before: int | None, limit: int) -> list[Attempt]:
        if wanted.course:
            parts, cells = _bounds("l.attempt", before)
            where = _OF_COURSE.replace("{bounds}", "".join(f"{part} AND" for part in parts))
            return self._attempts(where, [*cells, wanted.course, limit])
        parts, cells = _bounds("a.row", before)
        if wanted.bucket:
            parts, cells = [*parts, "a.bucket = ?"], [*cells, wanted.bucket]
        where = f"WHERE {' AND '.join(parts)}" if parts else ""
        return self._attempts(f"{where} ORDER BY a.row DESC LIMIT ?", [*cells, limit])

    def _found(self, asked: Search, wanted: _Wanted, before: int | None, limit: int) -> list[int]:
        parts, cells = _bounds("attempt_index.rowid", before)
        compared, forms = _compared(asked)
        if wanted.course:
            compared, forms = [*compared, f"{course.of('t.row')} = ?"], [*forms, wanted.course]
        where = "".join(f" AND {part}" for part in [*parts, *compared])
        sql = f"SELECT t.row {_CANDIDATES}{where} ORDER BY attempt_index.rowid DESC LIMIT ?"
        indexed = self._connection.execute(sql, [asked.expression(wanted.bucket), *cells, *forms, limit])
        return [int(row) for (row,) in indexed] + [
            row
            for row, bucket in self._unindexed(asked)
            if wanted.bucket in (None, bucket)
            and (before is None or row < before)
            and (wanted.course is None or self._course(row) == wanted.course)
        ]

    def _course(self, row: int) -> str | None:
        found: str | None = self._connection.execute(f"SELECT {course.of('?')}", (row,)).fetchone()[0]
        return found

    def _unindexed(self, asked: Search) -> Iterator[tuple[int, str]]:
        """(row, bucket) of what is in flight or was left out of the index, as far as the search finds it."""
        for cells in self._connection.execute(index.SEARCHED + "WHERE indexed = 0"):
            if asked.found_in(index.folded(cells)):
                yield int(cells[0]), str(cells[1])

    def _count_all(self) -> dict[str, int]:
        version = self._version()
        if self._whole[0] != version:
            found = dict(self._connection.execute("SELECT bucket, count(*) FROM attempt GROUP BY bucket"))
            found |= {name: number for name, number in self._connection.execute(course.COUNT) if name}
            self._whole = version, found
        return self._whole[1]

    def _count(self, asked: Search) -> dict[str, int]:
        found = self._count_exact(asked) if asked.exact else self._count_compared(asked)
        found |= self._count_courses(asked)
        for row, bucket in self._unindexed(asked):
            for name in filter(None, (bucket, self._course(row))):
                found[name] = found.get(name, 0) + 1
        return found

    def _count_courses(self, asked: Search) -> dict[str, int]:
        compared, forms = _compared(asked)
        where = "".join(f" AND {part}" for part in compared)
        sql = f"SELECT {course.of('t.row')} AS course, count(*) {_CANDIDATES}{where} GROUP BY course"
        found = self._connection.execute(sql, [asked.expression("placed"), *forms])
        return {name: number for name, number in found if name}

    def _count_exact(self, asked: Search) -> dict[str, int]:
        sql = "SELECT count(*) FROM attempt_index WHERE attempt_index MATCH ?"
        return {bucket: self._connection.execute(sql, (asked.expression(bucket),)).fetchone()[0] for bucket in _BUCKETS}

    def _count_compared(self, asked: Search) -> dict[str, int]:
        compared, forms = _compared(asked)
        where = "".join(f" AND {part}" for part in compared)
        sql = f"SELECT t.bucket, count(*) {_CANDIDATES}{where} GROUP BY t.bucket"
        return dict(self._connection.execute(sql, [asked.expression(), *forms]))


def _bounds(column: str, before: int | None) -> tuple[list[str], list[Cell]]:
    return ([], []) if before is None else ([f"{column} < ?"], [before])


def _compared(asked: Search) -> tuple[list[str], list[str]]:
    """Conditions on the folded text, for the words of which the index knows only the parts."""
    words = [word for word in asked.words if not asked.exact]
    conditions = [f"({' OR '.join('instr(t.folded, ?)' for _ in word.forms)})" for word in words]
    return conditions, [form for word in words for form in word.forms]
