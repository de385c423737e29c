"""The feed in use: follows the account's feed, joins its legs to attempts, records what happens, settles what may have
been placed, and carries Hang up and Transfer. Dialling never depends on it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from basix_desktop.domain.accounts import Account
from basix_desktop.domain.calls import Attempt, LiveSummary, State
from basix_desktop.domain.errors import FeedProblem, StoreError
from basix_desktop.domain.feed import FeedPhase, FeedStatus, Message, Snapshot
from basix_desktop.domain.live import NO_FEED, CallPhase, EndedBy, LiveCall, LiveView, Milestone, Person
from basix_desktop.domain.matching import Sighting, matching
from basix_desktop.domain.readiness import people
from basix_desktop.domain.tracker import Live, track
from basix_desktop.services.dialer import Runner
from basix_desktop.services.ports import Clock, FeedFactory, Journal, LiveFeed, Vault, Worker

log = logging.getLogger(__name__)
T = TypeVar("T")

#: Seconds between two pictures for the window (20 a second), and between two counts of who is ready.
PICTURE, PEOPLE = 0.05, 0.25
#: Seconds a command waits for the event that confirms it, and an unknown attempt for a second leg that matches.
CONFIRM, SECOND = 6.0, 2.0
#: Milliseconds after its verdict that a leg never seen is taken for ended when a snapshot does not hold it, and the age
#: up to which earlier calls are followed again.
NEVER_SEEN, OLDEST = 10_000, 4 * 3600_000


class Finding(StrEnum):
    """What *Check* came to."""

    PLACED = "placed"
    CANNOT_TELL = "cannot_tell"  # several calls match
    NOTHING = "nothing"  # the feed was live throughout and showed no such call
    NOTHING_SURE = "nothing_sure"  # the feed was not live throughout
    NO_FEED = "no_feed"


@dataclass(frozen=True, slots=True)
class Checked:
    finding: Finding
    attempt: Attempt


class LiveDesk:
    """Methods may be called from any thread; the work is done on the net thread. ``publish`` and ``changed`` are called
    there as well."""

    def __init__(
        self,
        *,
        net: Runner,
        db: Worker,
        journal: Journal,
        make_feed: FeedFactory,
        vault: Callable[[Account], Vault],
        clock: Clock,
        publish: Callable[[LiveView], None] = lambda _: None,
        changed: Callable[[Attempt], None] = lambda _: None,
    ) -> None:
        self._net = net
        self._db = db
        self._journal = journal
        self._make_feed = make_feed
        self._vault = vault
        self._clock = clock
        self.publish = publish
        self.changed = changed
        self._account: Account | None = None
        self._feed: LiveFeed | None = None
        self._task: asyncio.Task[None] | None = None
        self._reset()

    def _reset(self) -> None:
        self._live = Live()
        self._status = NO_FEED
        self._attempts: dict[str, Attempt] = {}  # followed or unknown, by id
        self._by_uuid: dict[str, str] = {}
        self._offered: dict[str, int] = {}  # legs' first sight, by our clock
        self._live_since: int | None = None  # the feed has been whole since (wall milliseconds)
        self._ours: set[str] = set()  # legs we hang up
        self._waiting: list[tuple[Callable[[], bool], asyncio.Event]] = []
        self._people: tuple[Person, ...] = ()
        self._people_due = False
        self._scheduled: dict[str, asyncio.TimerHandle] = {}

    # -- from any thread -------------------------------------------------------------------------------------------

    def start(self, account: Account | None) -> Future[None]:
        """Follow this account's feed instead of the one before; ``None`` follows none."""
        return self._net.run(self._start(account))

    def watch(self, attempt: Attempt) -> None:
        """Tell it of every change of an attempt: a placed one is followed by its UUIDs, an unknown one looked for."""
        self._net.run(self._watch(attempt))

    def use_here(self) -> None:
        """Take over from another copy of the program, or try again now."""
        self._net.run(self._use_here())

    def check(self, attempt: Attempt) -> Future[Checked]:
        """Look for the leg of an attempt that may have been placed."""
        return self._net.run(self._check(attempt))

    def hang_up(self, attempt_id: str) -> Future[None]:
        """End a call. Raises ``FeedProblem``: ``feed_not_live``, or ``command_unanswered`` when no event confirms it."""
        return self._net.run(self._hang_up(attempt_id))

    def transfer(self, attempt_id: str, destination: str) -> Future[None]:
        """Hand a call on. Raises as :meth:`hang_up`."""
        return self._net.run(self._transfer(attempt_id, destination))

    # -- life cycle ------------------------------------------------------------------------------------------------

    async def _start(self, account: Account | None) -> None:
        await self._stop()
        self._account = account
        if account is None:
            self._publish_soon()
            return
        for attempt in await self._recent(account):
            self._take(attempt)
        vault = self._vault(account)
        self._feed = self._make_feed(account, lambda: vault.get(account))
        self._task = asyncio.create_task(self._feed.run(self._on_message, self._on_status), name="feed")
        self._task.add_done_callback(_report)

    async def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        for handle in self._scheduled.values():
            handle.cancel()
        self._task = self._feed = None
        self._reset()

    async def _recent(self, account: Account) -> list[Attempt]:
        try:
            since = self._clock.wall_ms() - OLDEST
            return await self._on_db(lambda: self._journal.to_follow(*account.key, since))
        except StoreError as error:
            log.warning("earlier calls are not followed again: %s", error.id)
            return []

    async def _use_here(self) -> None:
        if self._feed is not None:
            self._feed.use_here()

    # -- what the feed says ----------------------------------------------------------------------------------------

    def _on_status(self, status: FeedStatus) -> None:
        if status.phase is not FeedPhase.LIVE:
            self._live_since = None
        self._status = status
        self._publish_soon()

    def _on_message(self, message: Message) -> None:
        before = self._live
        self._live, milestones = track(before, message)
        if isinstance(message, Snapshot) and message.kind == "channel":
            self._live_since = self._clock.wall_ms()
            self._end_never_seen()
        if self._live is before:
            return
        for uuid in self._live.legs.keys() - before.legs.keys():
            self._offered[uuid] = self._first_sight(uuid, isinstance(message, Snapshot))
            self._settle_soon()
        self._record(milestones)
        self._people_due = True
        self._publish_soon()
        for fulfilled, event in self._waiting:
            if fulfilled():
                event.set()

    def _first_sight(self, uuid: str, from_snapshot: bool) -> int:
        """A leg that is offered while we look on is dated by our clock; one from a snapshot by the PBX's."""
        offered = self._live.legs[uuid].channel.offered_at
        return offered if from_snapshot and offered is not None else self._clock.wall_ms()

    def _end_never_seen(self) -> None:
        """Placed calls that neither the feed nor this snapshot has shown are over (reliability.md M14)."""
        now = self._clock.wall_ms()
        for attempt in list(self._attempts.values()):
            never = attempt.state is State.ACCEPTED and not any(uuid in self._live.legs for uuid in attempt.uuids)
            if never and now - attempt.updated_at > NEVER_SEEN:
                end = Milestone(attempt.uuids[0], CallPhase.ENDED, now, {"by": EndedBy.UNKNOWN.value})
                self._write(attempt, LiveSummary(CallPhase.ENDED, ended_by=EndedBy.UNKNOWN), (end,))

    def _record(self, milestones: Iterable[Milestone]) -> None:
        """Append what happened to the attempts it happened to."""
        mine: dict[str, list[Milestone]] = {}
        for milestone in milestones:
            attempt_id = self._by_uuid.get(milestone.uuid)
            if attempt_id is not None:
                mine.setdefault(attempt_id, []).append(self._named(milestone))
        for attempt_id, told in mine.items():
            self._tell(self._attempts[attempt_id], tuple(told))

    def _named(self, milestone: Milestone) -> Milestone:
        """An end that we asked for is ours, whatever side the PBX names."""
        if milestone.kind == CallPhase.ENDED and milestone.uuid in self._ours:
            return replace(milestone, data={**milestone.data, "by": EndedBy.US.value})
        return milestone

    def _tell(self, attempt: Attempt, milestones: tuple[Milestone, ...]) -> None:
        call = self._call(attempt)
        if call is not None:
            self._write(attempt, _summary(call), milestones)

    def _write(self, attempt: Attempt, summary: LiveSummary, milestones: tuple[Milestone, ...]) -> None:
        known = self._attempts.get(attempt.id, attempt)
        self._attempts[attempt.id] = replace(known, live=summary)
        if summary.phase == CallPhase.ENDED:
            self._attempts.pop(attempt.id)
        journal = self._journal
        future = self._db.submit(lambda: journal.tell_live(attempt.id, summary, milestones))
        future.add_done_callback(self._written)

    def _written(self, future: Future[Attempt]) -> None:
        """Database thread."""
        if future.cancelled():
            return
        error = future.exception()
        if error is None:
            self.changed(future.result())
        else:
            log.error("what happened to a call could not be recorded: %s", error)

    # -- attempts --------------------------------------------------------------------------------------------------

    async def _watch(self, attempt: Attempt) -> None:
        if self._account is None or (attempt.server, attempt.domain) != self._account.key:
            return
        self._take(attempt)
        self._publish_soon()

    def _take(self, attempt: Attempt) -> None:
        if attempt.state is State.ACCEPTED:
            if attempt.live is not None and attempt.live.phase == CallPhase.ENDED:
                return
            self._attempts[attempt.id] = attempt
            new = [uuid for uuid in attempt.uuids if uuid not in self._by_uuid]
            self._by_uuid.update(dict.fromkeys(new, attempt.id))
            if any(uuid in self._live.legs for uuid in new):  # the feed was quicker than the answer
                self._tell(attempt, tuple(self._told_so_far(new)))
        elif attempt.state is State.UNKNOWN and attempt.needs_check:
            self._attempts[attempt.id] = attempt
            self._settle_soon()
        else:
            self._attempts.pop(attempt.id, None)

    def _told_so_far(self, uuids: list[str]) -> Iterable[Milestone]:
        from basix_desktop.domain.picture import told

        for uuid in uuids:
            leg = self._live.legs.get(uuid)
            if leg is not None:
                yield from (self._named(milestone) for milestone in told(LiveCall(uuid), leg.call))

    def _settle_soon(self) -> None:
        self._schedule("settle", SECOND, lambda: self._net.run(self._settle_unknown()))

    async def _settle_unknown(self) -> None:
        for attempt in [a for a in self._attempts.values() if a.state is State.UNKNOWN]:
            await self._check(attempt)

    async def _check(self, attempt: Attempt) -> Checked:
        account = self._account
        if account is None or self._feed is None:
            return Checked(Finding.NO_FEED, attempt)
        sent_at = await self._on_db(lambda: self._journal.sent_at(attempt.id))
        held = await self._on_db(lambda: self._journal.held(frozenset(self._live.legs)))
        sightings = [Sighting(leg.channel, self._offered[uuid]) for uuid, leg in self._live.legs.items()]
        found = matching(attempt, sent_at, sightings, self._live.tables, home=account.home_region, held=held)
        if len(found) == 1:
            proven = await self._on_db(lambda: self._journal.prove(attempt.id, found[0], "channel"))
            self._take(proven)
            self.changed(proven)
            placed = proven.state is State.ACCEPTED
            return Checked(Finding.PLACED if placed else Finding.CANNOT_TELL, proven)
        if found:
            return Checked(Finding.CANNOT_TELL, attempt)
        if self._status.phase is not FeedPhase.LIVE:
            return Checked(Finding.NO_FEED, attempt)
        whole = self._live_since is not None and self._live_since <= sent_at
        return Checked(Finding.NOTHING if whole else Finding.NOTHING_SURE, attempt)

    def _call(self, attempt: Attempt) -> LiveCall | None:
        """The furthest of an attempt's legs."""
        legs = [self._live.legs[uuid].call for uuid in attempt.uuids if uuid in self._live.legs]
        if not legs:
            return None
        call = next((c for c in legs if c.phase is not CallPhase.ENDED), legs[0])
        ours = call.ended_by is not None and call.uuid in self._ours
        return replace(call, ended_by=EndedBy.US) if ours else call

    # -- commands --------------------------------------------------------------------------------------------------

    async def _hang_up(self, attempt_id: str) -> None:
        attempt = self._attempts.get(attempt_id)
        if attempt is None:
            return  # it has ended meanwhile
        self._ours.update(attempt.uuids)
        legs = self._open_legs(attempt)
        try:
            await self._command(
                [{"cmd": "hangup", "uuid": uuid} for uuid in legs], lambda: not self._open_legs(attempt)
            )
        except FeedProblem:
            self._ours.difference_update(attempt.uuids)
            raise

    async def _transfer(self, attempt_id: str, destination: str) -> None:
        attempt = self._attempts.get(attempt_id)
        before = self._call(attempt) if attempt is not None else None
        if attempt is None or before is None:
            raise FeedProblem("feed_not_live")

        def handed_on() -> bool:
            now = self._call(attempt)
            return now is None or (now.phase, now.destination, now.connected_with, now.destination_at) != (
                before.phase,
                before.destination,
                before.connected_with,
                before.destination_at,
            )

        await self._command([{"cmd": "transfer", "uuid": before.uuid, "destination": destination}], handed_on)

    def _open_legs(self, attempt: Attempt) -> list[str]:
        legs = self._live.legs
        return [uuid for uuid in attempt.uuids if uuid not in legs or not legs[uuid].ended]

    async def _command(self, commands: list[dict[str, str]], fulfilled: Callable[[], bool]) -> None:
        """Send, and wait for the event that shows the effect."""
        event = asyncio.Event()
        waiter = (fulfilled, event)
        self._waiting.append(waiter)
        try:
            for command in commands:
                if self._feed is None or not self._feed.send(dict(command)):
                    raise FeedProblem("feed_not_live")
            if not fulfilled():
                await asyncio.wait_for(event.wait(), CONFIRM)
        except TimeoutError:
            raise FeedProblem("command_unanswered") from None
        finally:
            self._waiting.remove(waiter)

    # -- the window's picture --------------------------------------------------------------------------------------

    def _publish_soon(self) -> None:
        self._schedule("picture", PICTURE, self._publish)

    def _publish(self) -> None:
        if self._people_due:
            self._people_due = False
            self._schedule("people", PEOPLE, self._count_people)
        calls = {
            attempt.id: self._call(attempt) or LiveCall(attempt.uuids[0])
            for attempt in self._attempts.values()
            if attempt.state is State.ACCEPTED
        }
        self.publish(LiveView(self._status, calls, self._people))

    def _count_people(self) -> None:
        self._people = people(self._live.tables)
        self._publish_soon()

    def _schedule(self, name: str, delay: float, fn: Callable[[], object]) -> None:
        """Once within ``delay`` seconds, however often it is asked for."""
        if name in self._scheduled:
            return

        def run() -> None:
            self._scheduled.pop(name, None)
            fn()

        self._scheduled[name] = asyncio.get_running_loop().call_later(delay, run)

    async def _on_db(self, fn: Callable[[], T]) -> T:
        return await asyncio.wrap_future(self._db.submit(fn))


def _summary(call: LiveCall) -> LiveSummary:
    return LiveSummary(
        phase=call.phase,
        connected_with=call.connected_with,
        talked_ms=call.talked_ms,
        ended_by=call.ended_by.value if call.ended_by is not None else "",
        cause=call.cause,
    )


def _report(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("the feed ended by a defect of ours", exc_info=error)
