"""Writes down what the feed tells of followed calls."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import Future

from basix_desktop.domain.calls import Attempt, LiveSummary
from basix_desktop.domain.live import CallPhase, EndedBy, Milestone
from basix_desktop.domain.tracker import Live
from basix_desktop.services.followed import Followed, dated, summary
from basix_desktop.services.ports import Clock, Journal, Worker

log = logging.getLogger(__name__)

#: Milliseconds from a verdict after which a connection that is opened shows its leg, if there still is one.
NEVER_SEEN = 10_000


class Recorder:
    """Net thread. ``live`` is what the feed shows now; ``changed`` is told of every attempt as the log then has it, on
    the database thread."""

    def __init__(
        self,
        followed: Followed,
        live: Callable[[], Live],
        *,
        db: Worker,
        journal: Journal,
        clock: Clock,
        changed: Callable[[Attempt], None],
    ) -> None:
        self._followed = followed
        self._live = live
        self._db = db
        self._journal = journal
        self._clock = clock
        self._changed = changed

    def record(self, milestones: Iterable[Milestone]) -> None:
        """Append what happened to the attempts it happened to."""
        mine: dict[str, tuple[Attempt, list[Milestone]]] = {}
        for milestone in milestones:
            attempt = self._followed.of(milestone.uuid, self._live().legs)
            if attempt is not None:
                mine.setdefault(attempt.id, (attempt, []))[1].append(self._followed.named(milestone))
        for attempt, told in mine.values():
            self.tell(attempt, tuple(told))

    def tell(self, attempt: Attempt, milestones: tuple[Milestone, ...]) -> None:
        """How far an attempt's call has come, and what led there."""
        call = self._followed.call(attempt, self._live().legs)
        if call is not None:
            self._write(attempt, summary(call), milestones)

    def end_never_seen(self, opened: int) -> None:
        """Placed calls that neither the feed nor the list of channels has shown are over (reliability.md M14).
        ``opened``: when this connection was (milliseconds since the computer started). Its list was made after that,
        however late it has come; the wall clock, which may be put right, has no say."""
        live = self._live()
        for attempt in self._followed.placed():
            never = not any(uuid in live.legs or uuid in live.tables.channels for uuid in attempt.uuids)
            if never and opened - self._followed.placed_at(attempt) > NEVER_SEEN:
                by = {"by": EndedBy.UNKNOWN.value}
                end = Milestone(next(iter(attempt.uuids), ""), CallPhase.ENDED, self._clock.wall_ms(), by)
                self._write(attempt, LiveSummary(CallPhase.ENDED, ended_by=EndedBy.UNKNOWN), (end,))

    def _write(self, attempt: Attempt, told: LiveSummary, milestones: tuple[Milestone, ...]) -> None:
        self._followed.tell(attempt, told)
        milestones = dated(milestones, self._clock.wall_ms())
        journal = self._journal
        future = self._db.submit(lambda: journal.tell_live(attempt.id, told, milestones))
        future.add_done_callback(self._written)

    def _written(self, future: Future[Attempt]) -> None:
        """Database thread."""
        if future.cancelled():
            return
        error = future.exception()
        if error is None:
            self._changed(future.result())
        else:
            log.error("what happened to a call could not be recorded: %s", error)
