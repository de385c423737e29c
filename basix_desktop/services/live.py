"""The feed in use: follows the account's feed, joins its legs to attempts, records what happens, has settled what may
have been placed (``unknown``), and carries Hang up and Transfer. Dialling never depends on it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import TypeVar

from basix_desktop.domain.accounts import Account, Token
from basix_desktop.domain.calls import Attempt, State
from basix_desktop.domain.errors import StoreError
from basix_desktop.domain.feed import FeedPhase, FeedStatus, Message, Snapshot
from basix_desktop.domain.live import NO_FEED, LiveView, Person
from basix_desktop.domain.one_user import as_one_user_sees
from basix_desktop.domain.tracker import Live, track
from basix_desktop.services.commands import Commands
from basix_desktop.services.dialer import Runner
from basix_desktop.services.followed import Checked, Finding, Followed
from basix_desktop.services.headcount import Headcount
from basix_desktop.services.once import Once
from basix_desktop.services.ports import Clock, FeedFactory, Journal, LiveFeed, Vault, Worker
from basix_desktop.services.recorder import Recorder
from basix_desktop.services.unknown import Unknown

log = logging.getLogger(__name__)
T = TypeVar("T")

#: Seconds between two pictures for the window (20 a second).
PICTURE = 0.05
#: Seconds an unknown attempt waits for a second leg that matches.
SECOND = 2.0
#: Milliseconds: the age up to which earlier calls are followed again.
OLDEST = 4 * 3600_000


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
        self._opened = 0  # the connection in use was opened after that (milliseconds since the computer started)
        self._once = Once()
        self._reset()

    def _reset(self) -> None:
        self._once.forget()
        self._followed = followed = Followed(home=lambda: self._account.home_region if self._account else "JP")
        self._commands = Commands(self._send, followed, lambda: self._live, self._is_live)
        self._recorder = Recorder(
            followed,
            lambda: self._live,
            db=self._db,
            journal=self._journal,
            clock=self._clock,
            changed=self._tell_changed,
        )
        self._see_nothing()

    def _tell_changed(self, attempt: Attempt) -> None:
        self.changed(attempt)  # whoever that is by now

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
                self._take(attempt, age=self._clock.wall_ms() - attempt.updated_at)
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
        self._opened = self._clock.boot_ms()
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
            self._opened = self._clock.boot_ms()
        if status.since is None:  # a new connection has heard nothing: what is shown is as old as it was
            status = replace(status, since=self._status.since)
        self._status = status
        self._publish_soon()

    def _on_message(self, message: Message) -> None:
        before, whole = self._live, self._live_since is not None
        self._live, milestones = track(before, message)
        if isinstance(message, Snapshot) and message.kind == "channel" and self._sees_all():
            self._live_since = self._clock.wall_ms()
            self._recorder.end_never_seen(self._opened)
        if self._live is before:
            return
        self._look_at(message, whole=whole)
        self._recorder.record(milestones)
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

    # -- attempts --------------------------------------------------------------------------------------------------

    async def _watch(self, attempt: Attempt) -> None:
        if self._is_ours(attempt):
            self._take(attempt)
            self._publish_soon()

    def _is_ours(self, attempt: Attempt) -> bool:
        return self._account is not None and (attempt.server, attempt.domain) == self._account.key

    def _take(self, attempt: Attempt, age: int = 0) -> None:
        """``age``: how long ago it was placed, if it is (milliseconds)."""
        # A log may hold UUIDs as the PBX wrote them.
        attempt = replace(attempt, uuids=tuple(dict.fromkeys(uuid.lower() for uuid in attempt.uuids)))
        new = self._followed.take(attempt, self._clock.boot_ms() - max(0, age))
        if any(uuid in self._live.legs for uuid in new):  # the feed was quicker than the answer
            self._recorder.tell(attempt, self._followed.told_so_far(new, attempt, self._live.legs))
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
            if not same or not self._is_live():
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

    def _is_live(self) -> bool:
        return self._status.phase is FeedPhase.LIVE

    # -- the window's picture --------------------------------------------------------------------------------------

    def _publish_soon(self) -> None:
        self._once.within("picture", PICTURE, self._publish)

    def _publish(self) -> None:
        if self._people_due:
            self._people_due = False
            self._once.within("people", self._headcount.pause, self._count_people)
        calls = self._followed.pictures(self._live.legs, self._clock.boot_ms() if self._is_live() else None)
        self.publish(LiveView(self._status, calls, self._people))

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
