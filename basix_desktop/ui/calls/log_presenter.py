"""Fills the log: query, pages, refreshing, what another process wrote. Reads on the reader thread only."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from basix_desktop.domain.calls import Attempt, State, UserWord
from basix_desktop.domain.course import was_connected, was_not_answered
from basix_desktop.domain.errors import BasixError
from basix_desktop.services.ports import LogFilter, LogQuery
from basix_desktop.ui.calls.log_model import further
from basix_desktop.ui.calls.reading import FIRST_PAGE, NEXT_PAGE, Details, LogReader, LogRow, Page, Summary
from basix_desktop.ui.calls.view import CallsView
from basix_desktop.ui.tasks import Tasks

_WATCH_MS = 2000
#: Counting takes a core for a while where the log is long: not while calls are being placed one after another. Until
#: there has been no change for so long, but at most so long after the first (ms).
_QUIET_MS, _LATEST_MS = 400, 5000
_COURSES = {LogFilter.CONNECTED: was_connected, LogFilter.NOT_ANSWERED: was_not_answered}


def belongs(attempt: Attempt, wanted: LogFilter) -> bool:
    """Whether a chip shows an attempt, as ``History`` has it: the user's word decides what may have been placed."""
    if wanted is LogFilter.ALL:
        return True
    if attempt.state.in_flight:
        return False
    if wanted in _COURSES:
        return attempt.state is State.ACCEPTED and attempt.live is not None and _COURSES[wanted](attempt.live)
    word = attempt.user_word if attempt.state is State.UNKNOWN else None
    placed = attempt.state is State.ACCEPTED or word is UserWord.RANG
    return wanted is (
        LogFilter.TO_CHECK if attempt.needs_check else LogFilter.PLACED if placed else LogFilter.NOT_PLACED
    )


class LogPresenter(QObject):
    """Keeps the model in step with the database. Main thread."""

    loaded = Signal()  # a query's first page is in the model
    summed = Signal(object)  # Summary
    failed = Signal(object)  # BasixError, or None once reading works again

    def __init__(self, view: CallsView, tasks: Tasks, reader: LogReader) -> None:
        super().__init__(view)
        self._view = view
        self._tasks = tasks
        self._reader = reader
        self._query: LogQuery | None = None  # what the model holds
        self._wanted = LogQuery()
        self._reading = False  # a first page or a refresh is under way
        self._stale = False  # and another refresh is due after it
        self._growing = False
        self._changes = 0
        self._told: dict[str, LogRow] = {}  # further along than the disk, as far as has been read
        self._version: int | None = None
        self._stopped = False
        self._timer = QTimer(self)
        self._timer.setInterval(_WATCH_MS)
        self._timer.timeout.connect(self._watch)
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._quiet.timeout.connect(self._sum)
        self._uncounted = QElapsedTimer()  # since the first change that is not counted yet
        self._at_once = False  # the next count does not wait: what has to be checked has changed
        view.model.more_wanted.connect(self.more)
        view.log.near_end.connect(self.more)

    @property
    def wanted(self) -> LogQuery:
        return self._wanted

    @property
    def counted(self) -> bool:
        """Whether nothing waits for being counted."""
        return not self._uncounted.isValid()

    @property
    def settled(self) -> bool:
        """Whether the model holds what is wanted."""
        return self._query == self._wanted

    def start(self) -> None:
        """Read the first page, and look every two seconds whether another process has written."""
        self._timer.start()
        self.refresh()

    def stop(self) -> None:
        """Ask nothing any more: the reader is about to end."""
        self._stopped = True
        self._timer.stop()
        self._quiet.stop()

    def ask(self, query: LogQuery) -> None:
        """Show what another query finds. While one is being read only the last one asked for is read after it."""
        self._wanted = query
        self.refresh()

    def reload(self) -> None:
        """Read everything anew, also what looks the same."""
        self._query = None
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read anew what is in sight and the newest; rows that are the same stay untouched."""
        if self._stopped:
            return
        if self._reading:
            self._stale = True
            return
        self._reading, self._stale = True, False
        query, changes, old = self._wanted, self._changes, self.settled
        ranges: list[tuple[int | None, int]] = [(None, FIRST_PAGE), *(self._in_sight() if old else ())]
        self._tasks.read(
            lambda: [self._reader.page(query, before, limit) for before, limit in ranges],
            lambda pages: self._arrived(query, changes, ranges, pages),
            self._not_read,
        )

    def _in_sight(self) -> list[tuple[int | None, int]]:
        """The rows in sight, if they are beyond the first page."""
        seen = self._view.log.visible_rows()
        if seen is None or seen[1] < FIRST_PAGE:
            return []
        return [(self._view.model.at(seen[0]).attempt.row + 1, seen[1] - seen[0] + 1)]

    def _arrived(self, query: LogQuery, changes: int, ranges: list[tuple[int | None, int]], pages: list[Page]) -> None:
        self._reading = False
        if query != self._wanted or changes != self._changes:
            self.refresh()  # read before something changed: it must not take a newer row back
            return
        fresh = query != self._query
        self._query = query
        if fresh:
            rows = [self._latest(row) for row in pages[0].rows]
            self._view.model.replace(rows, complete=pages[0].complete)
        else:
            with self._view.log.place_kept():
                for (before, _), page in zip(ranges, pages, strict=True):
                    self._merge(before, page)
        self.failed.emit(None)
        if fresh:
            self.loaded.emit()
        if fresh or self._at_once:
            self._sum()
        else:
            self._sum_soon()
        if self._stale:
            self.refresh()

    def _merge(self, before: int | None, page: Page) -> None:
        model = self._view.model
        rows = [self._latest(row) for row in page.rows]
        lowest = rows[-1].attempt.row if rows else None
        model.merge(rows, below=before, down_to=None if page.complete else lowest)
        if page.complete:
            model.set_complete(True)
        elif model.oldest == lowest:
            model.set_complete(False)

    def _sum_soon(self) -> None:
        if not self._uncounted.isValid():
            self._uncounted.start()
        if self._uncounted.elapsed() >= _LATEST_MS:
            self._sum()
        else:
            self._quiet.start()

    def _sum(self) -> None:
        """Count what the chips show, and what has to be checked."""
        text = self._wanted.text
        self._quiet.stop()
        self._uncounted.invalidate()
        self._at_once = False

        def done(summary: Summary) -> None:
            if text == self._wanted.text:
                self.summed.emit(summary)

        self._tasks.read(lambda: self._reader.summary(text), done, self.failed.emit)

    def _not_read(self, error: BasixError) -> None:
        self._reading = False
        self.failed.emit(error)

    @Slot()
    def more(self) -> None:
        """Read the next, older page."""
        model = self._view.model
        if self._growing or self._stopped or model.complete or not self.settled:
            return
        self._growing = True
        query, before = self._wanted, model.oldest
        self._tasks.read(
            lambda: self._reader.page(query, before, NEXT_PAGE),
            lambda page: self._grown(query, before, page),
            self._not_grown,
        )

    def _grown(self, query: LogQuery, before: int | None, page: Page) -> None:
        self._growing = False
        if query == self._query and before == self._view.model.oldest:
            with self._view.log.place_kept():
                self._merge(before, page)
        self._view.log.ask_for_more()

    def _not_grown(self, error: BasixError) -> None:
        self._growing = False
        self.failed.emit(error)

    def put(self, attempt: Attempt) -> LogRow:
        """An attempt has changed in this process: show it at once, then read what follows from it."""
        self._changes += 1
        row = self._latest(self._reader.row(attempt))
        model, wanted = self._view.model, self._query
        place = model.find(attempt.id)
        self._at_once |= attempt.needs_check or (place is not None and model.at(place).attempt.needs_check)
        self._told[attempt.id] = row
        with self._view.log.place_kept():
            if model.find(attempt.id) is not None:
                model.put(row)
                if wanted is not None and not belongs(attempt, wanted.filter):
                    model.remove(attempt.id)
            elif wanted == LogQuery():
                model.add(row)
        self.refresh()
        return row

    def drop(self, attempt_id: str) -> None:
        """An attempt has been deleted."""
        self._changes += 1
        self._at_once = True
        self._told.pop(attempt_id, None)
        with self._view.log.place_kept():
            self._view.model.remove(attempt_id)
        self.refresh()

    def told(self, details: Details) -> Details:
        """The details of an attempt, no less far along than this process knows it to be."""
        row = self._latest(details.row)
        if row is details.row:
            return details
        attempt = replace(row.attempt, body=details.row.attempt.body)
        return replace(details, row=replace(row, attempt=attempt))

    def _latest(self, row: LogRow) -> LogRow:
        """What this process knows of an attempt may be ahead of the disk (reliability.md J3)."""
        told = self._told.get(row.attempt.id)
        if told is None or further(row.attempt, told.attempt):
            self._told.pop(row.attempt.id, None)
            return row
        return told

    @Slot()
    def _watch(self) -> None:
        if self._view.isVisible() and not self._reading and not self._stopped:
            self._tasks.read(self._reader.version, self._compare_version, self.failed.emit)

    def _compare_version(self, version: int) -> None:
        known, self._version = self._version, version
        if known is not None and known != version:
            self.refresh()
