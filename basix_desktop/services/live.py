"""The feed in use: follows the account's feed, joins its legs to attempts, records what happens, has settled what may
have been placed (``unknown``), and carries Hang up and Transfer. Dialling never depends on it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import replace
from typing import TypeVar

from basix_desktop.domain.accounts import Account, Token
from basix_desktop.domain.calls import Attempt, LiveSummary, State
from basix_desktop.domain.errors import StoreError
from basix_desktop.domain.feed import FeedPhase, FeedStatus, Message, Snapshot
from basix_desktop.domain.live import NO_FEED, CallPhase, EndedBy, LiveCall, LiveView, Milestone, Person
from basix_desktop.domain.one_user import as_one_user_sees
from basix_desktop.domain.tracker import Live, track
from basix_desktop.services.commands import Commands
from basix_desktop.services.dialer import Runner
from basix_desktop.services.followed import Checked, Finding, Followed, dated, summary
from basix_desktop.services.headcount import Headcount
from basix_desktop.services.once import Once
from basix_desktop.services.ports import Clock, FeedFactory, Journal, LiveFeed, Vault, Worker
from basix_desktop.services.unknown import Unknown

log = logging.getLogger(__name__)
T = TypeVar("T")

#: Seconds between two pictures for the window (20 a second).
PICTURE = 0.05
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
        self._headcount = Headcount(clock)
        self._unknown = Unknown(journal, self._on_db, clock)
        self._starting = asyncio.Lock()
        self._token: Token | None = None  # the one that the feed was last given
        self._asked = False  # whether the feed has asked for it
        self._account: Account | None = None
        self._feed: LiveFeed | None = None
        self._task: asyncio.Task[None] | None = None
        self._once = Once()
        self._reset()

    def _reset(self) -> None:
        self._once.forget()
        self._followed = Followed()
        self._commands = Commands(self._send, self._followed, lambda: self._live)
        self._see_nothing()

    def _see_nothing(self) -> None:
        self._live = Live()
        self._status = NO_FEED
        self._live_since: int | None = None  # the feed has been whole since (wall milliseconds)
        self._people: tuple[Person, ...] = ()
        self._people_due = False

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
        """Hand a call on; done too if it ends meanwhile. Raises as :meth:`hang_up`, and ``not_answered_yet``."""
        return self._net.run(self._transfer(attempt_id, destination))

    # -- life cycle ------------------------------------------------------------------------------------------------

    async def _start(self, account: Account | None) -> None:
        async with self._starting:  # two at once would leave a feed that nobody stops
            if not self._goes_on(account):
                await self._stop()
                await self._begin(account)
            elif self._feed is not None and self._status.phase is FeedPhase.WAITING and self._status.reason == "proxy":
                self._feed.use_here()  # its password is no part of the account: it may be what has just been changed
            self._account = account  # its name and how it writes numbers are no business of the feed's

    def _goes_on(self, account: Account | None) -> bool:
        """Whether the feed at work is what this account wants, live or not: a new one would wait as long, and one that
        the PBX has stopped is not to be sent out again by a change that has nothing to do with it."""
        if account is None or self._account is None or self._task is None or self._task.done():
            return False
        token = self._vault(account).known(account)
        if self._asked and token is not None and token != self._token:
            return False
        return (account.feed, account.way) == (self._account.feed, self._account.way)

    async def _begin(self, account: Account | None) -> None:
        """Connect. What an earlier connection of the same account has shown is as true as after any other loss: it
        stays, with its age, until the new one tells."""
        before, self._account = self._account, account
        if account is None or before is None or account.key != before.key:
            self._reset()
            for attempt in await self._recent(account) if account is not None else ():
                self._take(attempt)
        elif account.feed != before.feed:  # of the same PBX, but it tells of others
            self._see_nothing()
        self._publish_soon()
        if account is not None:
            self._connect(account)

    def _connect(self, account: Account) -> None:
        vault = self._vault(account)

        def token() -> Token:
            self._asked = True
            self._token = vault.get(account)
            return self._token

        self._asked = False

        self._feed = self._make_feed(account, token)
        self._task = asyncio.create_task(self._feed.run(self._on_message, self._on_status), name="feed")
        self._task.add_done_callback(_report)

    async def _stop(self) -> None:
        task, self._task = self._task, None
        self._feed = self._token = self._live_since = None
        if task is not None:
            task.cancel()
            await asyncio.wait([task])

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
        if self._account is not None and self._token is not None and self._status.reason == "token_refused":
            self._vault(self._account).doubt(self._account, self._token)
        self._feed.use_here()

    # -- what the feed says ----------------------------------------------------------------------------------------

    def _on_status(self, status: FeedStatus) -> None:
        if self._feed is None:
            return  # the last word of one that has been ended
        if status.phase is not FeedPhase.LIVE:
            self._live_since = None
        if status.since is None:  # a new connection has heard nothing: what is shown is as old as it was
            status = replace(status, since=self._status.since)
        self._status = status
        self._publish_soon()

    def _on_message(self, message: Message) -> None:
        before, whole = self._live, self._live_since is not None
        self._live, milestones = track(before, message)
        if isinstance(message, Snapshot) and message.kind == "channel" and self._sees_all():
            self._live_since = self._clock.wall_ms()
            self._end_never_seen()
        if self._live is before:
            return
        self._look_at(message, whole=whole)
        self._record(milestones)
        self._people_due = True
        self._publish_soon()
        self._commands.look()

    def _sees_all(self) -> bool:
        """Whether the feed would show every call: one user's shows no other's, and an absence from it means nothing."""
        return self._account is not None and not self._account.feed_user

    def _look_at(self, message: Message, *, whole: bool) -> None:
        """What may help to find a leg that is looked for."""
        assert self._account is not None
        legs = self._live.legs
        news = self._unknown.see(self._account, message, legs, whole=whole)
        if news or self._followed.lacks(message, legs):
            self._settle_soon()

    def _end_never_seen(self) -> None:
        """Placed calls that neither the feed nor this snapshot has shown are over (reliability.md M14)."""
        now, live = self._clock.wall_ms(), self._live
        for attempt in self._followed.placed():
            never = not any(uuid in live.legs or uuid in live.tables.channels for uuid in attempt.uuids)
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
        sought = self._followed.sought(self._live.legs)
        if attempt.state is not State.UNKNOWN and all(each.id != attempt.id for each in sought):
            self._unknown.settled(attempt.id)
        if sought:  # what is known of one may leave another's leg beyond doubt
            self._settle_soon()

    def _settle_soon(self) -> None:
        self._once.within("settle", SECOND, lambda: self._net.run(self._settle_unknown()))

    async def _settle_unknown(self) -> None:
        for attempt in self._followed.sought(self._live.legs):
            try:
                await self._check(attempt)
            except StoreError as error:
                log.warning("a call that may have been placed could not be looked for: %s", error.id)

    async def _check(self, attempt: Attempt) -> Checked:
        account = self._account
        if account is None or self._feed is None or not self._is_ours(attempt):
            return Checked(Finding.NO_FEED, attempt)
        if account.feed_user:
            return Checked(Finding.ONE_USER, attempt)

        def since() -> int | None:
            same = self._account is not None and self._account.key == account.key
            if not same or self._status.phase is not FeedPhase.LIVE:
                return None
            return self._live_since if self._live_since is not None else self._clock.wall_ms()

        checked = await self._unknown.check(attempt, account, self._live, since)
        if checked.attempt != attempt:
            await self._watch(checked.attempt)
            self.changed(checked.attempt)
        return checked

    # -- commands --------------------------------------------------------------------------------------------------

    async def _hang_up(self, attempt_id: str) -> None:
        await self._commands.hang_up(attempt_id)

    async def _transfer(self, attempt_id: str, destination: str) -> None:
        await self._commands.transfer(attempt_id, destination)

    def _send(self, command: dict[str, str | int]) -> bool:
        return self._feed is not None and self._feed.send(command)

    def _call(self, attempt: Attempt) -> LiveCall | None:
        return self._followed.call(attempt, self._live.legs)

    # -- the window's picture --------------------------------------------------------------------------------------

    def _publish_soon(self) -> None:
        self._once.within("picture", PICTURE, self._publish)

    def _publish(self) -> None:
        if self._people_due:
            self._people_due = False
            self._once.within("people", self._headcount.pause, self._count_people)
        pictures = ((attempt.id, self._picture(attempt)) for attempt in self._followed.placed())
        calls = {attempt_id: call for attempt_id, call in pictures if call is not None}
        self.publish(LiveView(self._status, calls, self._people))

    def _picture(self, attempt: Attempt) -> LiveCall | None:
        """The call as the feed has it. One that it has not shown is being followed for a while, no longer, and only
        where there is a feed: else nobody knows anything of it."""
        call = self._call(attempt)
        unseen = call is None and attempt.live is None and self._status.phase is FeedPhase.LIVE
        if unseen and self._clock.wall_ms() - attempt.updated_at <= FOLLOWED:
            return LiveCall(next(iter(attempt.uuids), ""))
        return call

    def _count_people(self) -> None:
        account = self._account
        if account is not None:
            self._people = self._headcount.count(account.key, self._live.tables, self._people)
            if account.feed_user:
                self._people = as_one_user_sees(self._people, account.feed_user)
            self._publish_soon()

    async def _on_db(self, fn: Callable[[], T]) -> T:
        return await asyncio.wrap_future(self._db.submit(fn))


def _report(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("the feed ended by a defect of ours", exc_info=error)
