"""The feed in use: follows the account's feed, joins its legs to attempts, records what happens, settles what may have
been placed, and carries Hang up and Transfer. Dialling never depends on it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from typing import TypeVar

from basix_desktop.domain.accounts import Account, Token
from basix_desktop.domain.calls import Attempt, LiveSummary, State
from basix_desktop.domain.errors import FeedProblem, StoreError
from basix_desktop.domain.feed import FeedPhase, FeedStatus, Message, Snapshot
from basix_desktop.domain.live import NO_FEED, CallPhase, EndedBy, LiveCall, LiveView, Milestone, Person
from basix_desktop.domain.matching import in_window, matching
from basix_desktop.domain.readiness import people
from basix_desktop.domain.tracker import Live, track
from basix_desktop.services.commands import Commands
from basix_desktop.services.dialer import Runner
from basix_desktop.services.followed import Checked, Finding, Followed, dated, summary
from basix_desktop.services.once import Once
from basix_desktop.services.ports import Clock, FeedFactory, Journal, LiveFeed, Vault, Worker
from basix_desktop.services.sightings import Sightings

log = logging.getLogger(__name__)
T = TypeVar("T")

#: Seconds between two pictures for the window (20 a second), and between two counts of who is ready.
PICTURE, PEOPLE = 0.05, 0.25
#: Seconds an unknown attempt waits for a second leg that matches.
SECOND = 2.0
#: Milliseconds after its verdict that a leg never seen is taken for ended when a snapshot does not hold it, and the age
#: up to which earlier calls are followed again.
NEVER_SEEN, OLDEST = 10_000, 4 * 3600_000
#: Milliseconds for which a placed call that the feed has not shown is pictured as being followed.
FOLLOWED = 60_000


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
        self._starting = asyncio.Lock()
        self._token: Token | None = None  # the one that the feed was last given
        self._account: Account | None = None
        self._feed: LiveFeed | None = None
        self._task: asyncio.Task[None] | None = None
        self._reset()

    def _reset(self) -> None:
        self._live = Live()
        self._status = NO_FEED
        self._followed = Followed()
        self._sightings = Sightings(self._clock)
        self._live_since: int | None = None  # the feed has been whole since (wall milliseconds)
        self._commands = Commands(lambda command: self._feed is not None and self._feed.send(command))
        self._people: tuple[Person, ...] = ()
        self._people_due = False
        self._once = Once()

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
        """End a call. Raises ``FeedProblem``: ``feed_not_live``; ``command_unanswered`` if no event confirms it."""
        return self._net.run(self._hang_up(attempt_id))

    def transfer(self, attempt_id: str, destination: str) -> Future[None]:
        """Hand a call on. Raises as :meth:`hang_up`."""
        return self._net.run(self._transfer(attempt_id, destination))

    # -- life cycle ------------------------------------------------------------------------------------------------

    async def _start(self, account: Account | None) -> None:
        async with self._starting:  # two at once would leave a feed that nobody stops
            if not self._goes_on(account):
                await self._stop()
                await self._begin(account)

    def _goes_on(self, account: Account | None) -> bool:
        """Whether the feed that is live is this account's already: ending it would lose what it has shown."""
        if account is None or account != self._account or self._status.phase is not FeedPhase.LIVE:
            return False
        return self._token is not None and self._vault(account).known(account) == self._token

    async def _begin(self, account: Account | None) -> None:
        self._account = account
        if account is None:
            self._publish_soon()
            return
        for attempt in await self._recent(account):
            self._take(attempt)
        vault = self._vault(account)

        def token() -> Token:
            self._token = vault.get(account)
            return self._token

        self._feed = self._make_feed(account, token)
        self._task = asyncio.create_task(self._feed.run(self._on_message, self._on_status), name="feed")
        self._task.add_done_callback(_report)

    async def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        self._once.forget()
        self._task = self._feed = self._token = None
        self._reset()

    async def _recent(self, account: Account) -> list[Attempt]:
        try:
            since = self._clock.wall_ms() - OLDEST
            return await self._on_db(lambda: self._journal.to_follow(*account.key, since))
        except StoreError as error:
            log.warning("earlier calls are not followed again: %s", error.id)
            return []

    async def _use_here(self) -> None:
        if self._feed is None:
            return
        if self._account is not None and self._token is not None and self._status.phase is not FeedPhase.LIVE:
            self._vault(self._account).doubt(self._account, self._token)
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
        if self._sightings.see(message, self._live.legs):
            self._settle_soon()
        self._record(milestones)
        self._people_due = True
        self._publish_soon()
        self._commands.look()

    def _end_never_seen(self) -> None:
        """Placed calls that neither the feed nor this snapshot has shown are over (reliability.md M14)."""
        now = self._clock.wall_ms()
        for attempt in self._followed.placed():
            never = not any(uuid in self._live.legs for uuid in attempt.uuids)
            if never and now - attempt.updated_at > NEVER_SEEN:
                end = Milestone(next(iter(attempt.uuids), ""), CallPhase.ENDED, now, {"by": EndedBy.UNKNOWN.value})
                self._write(attempt, LiveSummary(CallPhase.ENDED, ended_by=EndedBy.UNKNOWN), (end,))

    def _record(self, milestones: Iterable[Milestone]) -> None:
        """Append what happened to the attempts it happened to."""
        mine: dict[str, tuple[Attempt, list[Milestone]]] = {}
        for milestone in milestones:
            attempt = self._followed.of(milestone.uuid)
            if attempt is not None:
                mine.setdefault(attempt.id, (attempt, []))[1].append(self._followed.named(milestone))
        for attempt, told in mine.values():
            self._tell(attempt, tuple(told))

    def _tell(self, attempt: Attempt, milestones: tuple[Milestone, ...]) -> None:
        call = self._call(attempt)
        if call is not None:
            self._write(attempt, summary(call), milestones)

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
            self.changed(future.result())
        else:
            log.error("what happened to a call could not be recorded: %s", error)

    # -- attempts --------------------------------------------------------------------------------------------------

    async def _watch(self, attempt: Attempt) -> None:
        if self._is_ours(attempt):
            self._take(attempt)
            self._publish_soon()

    def _is_ours(self, attempt: Attempt) -> bool:
        return self._account is not None and (attempt.server, attempt.domain) == self._account.key

    def _take(self, attempt: Attempt) -> None:
        new = self._followed.take(attempt)
        if any(uuid in self._live.legs for uuid in new):  # the feed was quicker than the answer
            self._tell(attempt, self._followed.told_so_far(new, self._live.legs))
        if self._followed.unknown():  # what is known of one may leave another's leg beyond doubt
            self._settle_soon()

    def _settle_soon(self) -> None:
        self._once.within("settle", SECOND, lambda: self._net.run(self._settle_unknown()))

    async def _settle_unknown(self) -> None:
        for attempt in self._followed.unknown():
            await self._check(attempt)

    async def _check(self, attempt: Attempt) -> Checked:
        account = self._account
        if account is None or self._feed is None or not self._is_ours(attempt):
            return Checked(Finding.NO_FEED, attempt)
        # Taken before anything is waited for: meanwhile the account may be another one.
        tables, sightings = self._live.tables, self._sightings.of(self._live.legs)
        sent_at, rivals = await self._on_db(
            lambda: (self._journal.sent_at(attempt.id), self._journal.rivals(attempt.id))
        )
        held = await self._on_db(lambda: self._journal.held(frozenset(one.channel.uuid for one in sightings)))
        found = matching(attempt, sent_at, sightings, tables, home=account.home_region, held=held)
        if len(found) == 1 and not any(in_window(rival, found[0].offered) for rival in rivals):
            proven = await self._on_db(lambda: self._journal.prove(attempt.id, found[0].channel.uuid, "channel"))
            await self._watch(proven)
            self.changed(proven)
            placed = proven.state is State.ACCEPTED
            return Checked(Finding.PLACED if placed else Finding.CANNOT_TELL, proven)
        if found:
            return Checked(Finding.CANNOT_TELL, attempt)
        if self._status.phase is not FeedPhase.LIVE:
            return Checked(Finding.NO_FEED, attempt)
        whole = self._live_since is not None and self._live_since <= sent_at
        return Checked(Finding.NOTHING if whole else Finding.NOTHING_SURE, attempt)

    # -- commands --------------------------------------------------------------------------------------------------

    async def _hang_up(self, attempt_id: str) -> None:
        attempt = self._followed.attempts.get(attempt_id)
        if attempt is None:
            return  # it has ended meanwhile
        self._followed.hanging_up(attempt)
        try:
            commands = [{"cmd": "hangup", "uuid": uuid} for uuid in self._open_legs(attempt)]
            await self._commands.give(commands, lambda: not self._open_legs(attempt))
        except FeedProblem as problem:
            self._followed.not_hanging_up(attempt, sent=problem.id == "command_unanswered")
            raise

    async def _transfer(self, attempt_id: str, destination: str) -> None:
        attempt = self._followed.attempts.get(attempt_id)
        before = self._call(attempt) if attempt is not None else None
        if attempt is None or before is None:
            raise FeedProblem("feed_not_live")
        if before.answered_at is None:
            raise FeedProblem("not_answered_yet")  # the PBX would take the answer for the moment, not the command

        def handed_on() -> bool:
            now = self._call(attempt)
            return now is None or now.phase is CallPhase.TRANSFERRED or _whereabouts(now) != _whereabouts(before)

        await self._commands.give([{"cmd": "transfer", "uuid": before.uuid, "destination": destination}], handed_on)

    def _call(self, attempt: Attempt) -> LiveCall | None:
        return self._followed.call(attempt, self._live.legs)

    def _open_legs(self, attempt: Attempt) -> list[str]:
        return self._followed.open_legs(attempt, self._live.legs)

    # -- the window's picture --------------------------------------------------------------------------------------

    def _publish_soon(self) -> None:
        self._once.within("picture", PICTURE, self._publish)

    def _publish(self) -> None:
        if self._people_due:
            self._people_due = False
            self._once.within("people", PEOPLE, self._count_people)
        pictures = ((attempt.id, self._picture(attempt)) for attempt in self._followed.placed())
        calls = {attempt_id: call for attempt_id, call in pictures if call is not None}
        self.publish(LiveView(self._status, calls, self._people))

    def _picture(self, attempt: Attempt) -> LiveCall | None:
        """The call as the feed has it. One that it has not shown is being followed for a while, no longer, and only
        where there is a feed: else nobody knows anything of it."""
        call = self._call(attempt)
        live = self._status.phase is FeedPhase.LIVE
        if call is None and live and self._clock.wall_ms() - attempt.updated_at <= FOLLOWED:
            return LiveCall(next(iter(attempt.uuids), ""))
        return call

    def _count_people(self) -> None:
        self._people = people(self._live.tables, self._people)
        self._publish_soon()

    async def _on_db(self, fn: Callable[[], T]) -> T:
        return await asyncio.wrap_future(self._db.submit(fn))


def _whereabouts(call: LiveCall) -> tuple[str, str, int | None]:
    return call.destination, call.connected_with, call.destination_at


def _report(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("the feed ended by a defect of ours", exc_info=error)
