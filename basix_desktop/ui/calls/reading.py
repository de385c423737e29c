"""What the pane reads from the log, one function per question. Reader thread; no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from basix_desktop.domain.calls import Attempt, AttemptEvent, State
from basix_desktop.services.ports import History, LogFilter, LogQuery

#: Rows read at once: the first page fills a tall window, later ones keep ahead of a fast hand on the scroll bar.
FIRST_PAGE = 100
NEXT_PAGE = 400
#: How many attempts to be asked about are read: enough to go from one to the next.
_WAITING = 50


@dataclass(frozen=True, slots=True)
class LogRow:
    """An attempt with its number as people write it."""

    attempt: Attempt
    number: str


@dataclass(frozen=True, slots=True)
class Page:
    """Newest first. ``complete``: nothing older follows."""

    rows: tuple[LogRow, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """``counts`` are for the chips (under the search); ``waiting`` counts every attempt that the user has still to be
    asked about, and ``to_ask`` holds the newest of them. ``newest`` is the newest one to be checked: where nobody is
    asked any more, one of which the user does not know."""

    counts: dict[LogFilter, int] = field(default_factory=dict)
    waiting: int = 0
    to_ask: tuple[LogRow, ...] = ()
    newest: LogRow | None = None

    def next_to_ask(self, after: str) -> LogRow | None:
        """The newest one that the user has said nothing of, other than ``after``."""
        return next((row for row in self.to_ask if row.attempt.id != after), None)


@dataclass(frozen=True, slots=True)
class Details:
    """One attempt, whole, with its history (oldest first)."""

    row: LogRow
    events: tuple[AttemptEvent, ...]

    @property
    def asked(self) -> bool:
        """Whether the user is asked if it rang: only of what may have been placed, and the answer may be changed."""
        return self.row.attempt.state is State.UNKNOWN


class LogReader:
    """Reads rows ready to be shown, so that neither the disk nor the grouping of numbers costs the main thread time.
    ``show`` writes an attempt's number for people."""

    def __init__(self, history: History, show: Callable[[Attempt], str]) -> None:
        self._history = history
        self._show = show

    def row(self, attempt: Attempt) -> LogRow:
        """Any thread."""
        return LogRow(attempt, self._show(attempt))

    def page(self, query: LogQuery, before: int | None, limit: int) -> Page:
        """Raises ``StoreError``."""
        attempts = self._history.page(query, before, limit)
        return Page(tuple(self.row(attempt) for attempt in attempts), len(attempts) < limit)

    def summary(self, text: str) -> Summary:
        """Raises ``StoreError``."""
        counts = self._history.counts(text)
        number, attempts = self._history.unanswered(_WAITING)
        to_ask = tuple(self.row(attempt) for attempt in attempts)
        newest = to_ask or self.page(LogQuery(LogFilter.TO_CHECK), None, 1).rows
        return Summary(counts, number, to_ask, next(iter(newest), None))

    def details(self, attempt_id: str) -> Details | None:
        """Raises ``StoreError``."""
        attempt = self._history.attempt(attempt_id)
        if attempt is None:
            return None
        return Details(self.row(attempt), tuple(self._history.events(attempt_id)))

    def version(self) -> int:
        """Raises ``StoreError``."""
        return self._history.version()
