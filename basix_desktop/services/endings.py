"""How attempts ended, recorded again and again where the disk refuses (reliability.md J3)."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Final

from basix_desktop.domain.calls import Attempt, State
from basix_desktop.domain.errors import StoreError
from basix_desktop.services.ports import Journal, Worker

log = logging.getLogger(__name__)

Record = Callable[[], Attempt]

#: Seconds until the disk is asked again: the first time, doubled from time to time, and at the most.
FIRST: Final = 0.5
LONGEST: Final = 60.0
#: Seconds between two tries when the program ends.
_HURRIED: Final = 0.1
_FINAL: Final = frozenset({State.ACCEPTED, State.REJECTED, State.NOT_SENT})


class Endings:
    """What is known is told at once and recorded as soon as the disk takes it: on a timer, before the next attempt, and
    when the program ends. Until then the row keeps the journal closed to other attempts for its account."""

    def __init__(self, journal: Journal, db: Worker) -> None:
        self._journal = journal
        self._db = db
        self._left: dict[str, Record] = {}  # by attempt; database thread only
        self._again: asyncio.Task[None] | None = None  # net thread only

    async def record(self, record: Record, truth: Attempt) -> Attempt:
        """Net thread. The attempt as recorded; ``truth`` if the disk will not have it yet. Recorded to its end even if
        this task is cancelled meanwhile."""
        try:
            return await asyncio.shield(asyncio.wrap_future(self._db.submit(lambda: self._record(truth.id, record))))
        except StoreError as error:
            log.error("the end of attempt %s could not be recorded: %s", truth.id, error.id)
            if self._again is None or self._again.done():
                self._again = asyncio.create_task(self._try_again())
            return truth

    def note(self, attempt_id: str, record: Record) -> None:
        """Any thread: record it without waiting for the result."""
        self._db.submit(lambda: self._record(attempt_id, record))

    def catch_up(self) -> None:
        """Database thread. Raises ``StoreError`` while an attempt of ours stays open on disk."""
        refusals: list[StoreError] = []
        for attempt_id, record in list(self._left.items()):
            try:
                self._record(attempt_id, record)
            except StoreError as error:
                if self._still_open(attempt_id):
                    refusals.append(error)
        if refusals:
            raise refusals[0]

    def finish(self, seconds: float) -> bool:
        """Once the network has ended, on a thread that may wait: whether everything is on disk. What is not is found at
        the next start and shown as unknown."""
        until = time.monotonic() + seconds
        while True:
            try:
                if not self._db.submit(self._rest).result(max(0.0, until - time.monotonic())):
                    return True
            except FutureTimeout:
                pass
            except CancelledError:  # the database has been closed before
                return False
            if time.monotonic() >= until:
                log.error("the disk refuses how an attempt has ended until the end")
                return False
            time.sleep(_HURRIED)

    async def _try_again(self) -> None:
        pause = FIRST
        while True:
            await asyncio.sleep(pause)
            if not await asyncio.shield(asyncio.wrap_future(self._db.submit(self._rest))):
                return
            pause = min(2 * pause, LONGEST)

    def _record(self, attempt_id: str, record: Record) -> Attempt:
        """Database thread. Only the last that is known of an attempt is tried again."""
        self._left[attempt_id] = record
        recorded = record()
        del self._left[attempt_id]
        return recorded

    def _rest(self) -> int:
        """Database thread: try once more; how many are left."""
        try:
            self.catch_up()
        except StoreError as error:
            log.debug("the disk still refuses: %s", error.id)
        return len(self._left)

    def _still_open(self, attempt_id: str) -> bool:
        """Does the disk hold it as in flight? Where it is final there, there is nothing to record any more."""
        known = self._journal.get(attempt_id)
        if known is None or known.state in _FINAL:
            del self._left[attempt_id]
        return known is not None and known.state.in_flight
