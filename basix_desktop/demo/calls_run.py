"""One call from its first ring to its end: what the outside party does, what the people inside do, what commands do."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass

from basix_desktop.demo.board import Board
from basix_desktop.demo.calls_legs import Legs
from basix_desktop.demo.calls_pace import Pace
from basix_desktop.demo.company import Group, GroupType, User
from basix_desktop.demo.stories import Hunt, Inside

CutFeed = Callable[[float], None]  # how long nobody can connect, in people's seconds
_ANSWER_TO_INSIDE = 0.4  # people's seconds, as all here
_INSIDE_RINGS = (2.0, 4.0)
_TALK = (30.0, 45.0)
_NOBODY = 1.5
_BEFORE_GREETING = 0.5
_GREETING = 2.0
_IVR = 301  # the greeting's id
_SILENCE = 20.0
_LONGEST_PARK = 3600.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outside:
    """What the outside number does with a call. ``report`` is told once whether it answered."""

    hunt: Hunt
    patience: float
    report: Callable[[bool], None]


class Run:
    """Server's thread only. At any time one act is going on; a command puts another in its place."""

    def __init__(
        self,
        board: Board,
        legs: Legs,
        pace: Pace,
        rng: random.Random,
        *,
        over: Callable[[Run], None],
        cut_feed: CutFeed,
    ) -> None:
        self.legs = legs
        self.pace = pace
        self._board = board
        self._rng = rng
        self._over = over
        self._cut_feed = cut_feed
        self._act: asyncio.Task[None] | None = None
        self._ended = False
        self._report: Callable[[bool], None] | None = None

    def begin(self, act: Coroutine[None, None, None]) -> None:
        if self._act is not None:
            self._act.cancel()
        self._act = asyncio.get_running_loop().create_task(act)
        self._act.add_done_callback(self._watch)

    def _watch(self, act: asyncio.Task[None]) -> None:
        """A failure of ours ends the call, rather than leaving it on the line for ever."""
        if not act.cancelled() and (error := act.exception()) is not None:
            log.error("the demo PBX failed at a call: %s", type(error).__name__)
            self.end("send_bye", "NORMAL_TEMPORARY_FAILURE")

    def has(self, uuid: str) -> bool:
        return uuid == self.legs.uuid or uuid in self.legs.inside

    async def ring_outside(self, outside: Outside, whom: User | Group) -> None:
        """The outside number rings, and whoever answers is connected to ``whom``."""
        hunt, self._report = outside.hunt, outside.report
        await self.pace.wait(min(hunt.seconds, outside.patience))
        answers = hunt.answers and hunt.seconds <= outside.patience
        if not answers:
            side, cause = hunt.end if hunt.end and hunt.seconds <= outside.patience else ("send_cancel", "NO_ANSWER")
            self.end(side, cause)
            return
        self._tell(True)
        self.legs.answer(self.legs.uuid)
        await self.pace.wait(_ANSWER_TO_INSIDE)
        await self.reach(whom, hunt.inside)

    async def welcome(self, whom: User | Group) -> None:
        """Somebody outside calls, hears the greeting, and is connected to ``whom``."""
        await self.pace.wait(_BEFORE_GREETING)
        self.legs.announce(_IVR)
        await self.pace.wait(_GREETING)
        await self.reach(whom)

    async def reach(self, whom: User | Group, inside: Inside = Inside.ANSWERS) -> None:
        """Ring ``whom`` and connect whoever answers."""
        self.legs.calling(whom)
        ready, cause = await self._ready(whom)
        if not ready:
            await self.pace.wait(_NOBODY)
            self.end("send_bye", cause)
            return
        together = isinstance(whom, User) or whom.type is GroupType.RING
        for wave in [ready] if together else [(one,) for one in ready]:
            for user_id in wave:
                self.legs.ring(user_id, whom)
            misses = wave[-1] != ready[-1] and self._rng.random() < 0.3
            winner = await self._ring(whom, inside, misses)
            if self._ended:
                return
            if winner is not None:
                await self._talk(winner, inside)
                return
        self.end("send_bye", "NO_ANSWER")

    def end(self, side: str, cause: str) -> None:
        """Both sides of the call, as the first leg tells it."""
        if self._ended:
            return
        self._ended = True
        self._tell(False)
        inner_cause = "ORIGINATOR_CANCEL" if side.startswith("recv") else cause
        self.legs.end_all_inside(inner_cause, by_them=side == "send_bye")
        self.legs.end_first(side, cause)
        self._over(self)
        if self._act is not None and self._act is not asyncio.current_task():
            self._act.cancel()

    def _tell(self, answered: bool) -> None:
        """Whoever wants to know whether the outside number answered hears it once."""
        report, self._report = self._report, None
        if report is not None:
            report(answered)

    def hang_up(self, uuid: str) -> None:
        """The command. Of a telephone that only rings, ends that alone."""
        leg = self._board.leg(uuid)
        if leg is None or self._ended:
            return
        if uuid != self.legs.uuid and leg.answer_timestamp is None:
            self.legs.end_inside(uuid, "send_cancel", "ORIGINATOR_CANCEL")
        elif self.legs.first.answer_timestamp is None:
            self.end("send_cancel", "ORIGINATOR_CANCEL")
        else:
            self.end("send_bye", "NORMAL_CLEARING")

    def transfer(self, whom: User | Group) -> None:
        """The command. Nothing happens before the first leg has answered."""
        if not self._ended and self.legs.first.answer_timestamp is not None:
            self.legs.end_all_inside("NORMAL_CLEARING")
            self.begin(self.reach(whom))

    def park(self, timeout: float, slot: str) -> None:
        """The command. After ``timeout`` the one who parked the call is rung."""
        if self._ended or self.legs.first.answer_timestamp is None:
            return
        parker = self._user(self.legs.talking_to())
        self.legs.end_all_inside("NORMAL_CLEARING")
        self.legs.park(slot, parker)
        self.begin(self._parked(min(timeout, _LONGEST_PARK), parker))

    async def _parked(self, timeout: float, parker: User | None) -> None:
        await self.pace.wait(timeout)
        if parker is None:
            self.end("send_bye", "ALLOTTED_TIMEOUT")
        else:
            await self.reach(parker)

    async def _ready(self, whom: User | Group) -> tuple[tuple[int, ...], str]:
        """Whom to ring, or why nobody can be."""
        if isinstance(whom, User):
            user = self._board.user(whom.id)
            rung = self._colleague(whom.id, self._board.company.users[-1]) if user.fwd_always_status else whom
            cause = self._board.unreachable(rung.id)
            return ((), cause) if cause else ((rung.id,), "")
        ready = self._board.ready_members(whom.id)
        if not ready and self._board.has_queue(whom.id):
            ready = await self._queue(whom)
        return ready, "NO_ANSWER"

    async def _queue(self, group: Group) -> tuple[int, ...]:
        waiting = self.legs.wait_in(group)
        try:
            for _ in range(15):
                await self.pace.wait(2.0)
                ready = self._board.ready_members(group.id)
                if ready:
                    return ready
            return ()
        finally:
            self._board.remove(waiting)

    async def _ring(self, whom: User | Group, inside: Inside, misses: bool) -> str | None:
        """Until somebody answers: their leg. None if nobody does, or the call is over."""
        match inside:
            case Inside.SILENT:
                await self.pace.wait(_SILENCE)
            case Inside.VOICEMAIL:
                await self.pace.wait(8.0)
                self.legs.end_all_inside("NO_ANSWER")
                self.legs.voicemail(whom)
                await self.pace.wait(12.0)
                self.end("recv_bye", "NORMAL_CLEARING")
            case Inside.CALLER_GIVES_UP:
                await self.pace.wait(3.0)
                self.end("recv_bye", "NORMAL_CLEARING")
            case _:
                await self.pace.wait(6.0 if misses else self._rng.uniform(*_INSIDE_RINGS))
                if not misses and self.legs.inside:
                    return self._winner()
        if not self._ended:
            self.legs.end_all_inside("NO_ANSWER")
        return None

    def _winner(self) -> str:
        """Of the telephones that still ring, one whose owner has not taken another call meanwhile."""
        rings = self.legs.inside
        owners = {uuid: self._board.leg(uuid) for uuid in rings}
        free = [uuid for uuid, leg in owners.items() if leg and not self._board.is_talking(leg.user_id or 0)]
        return self._rng.choice(free or rings)

    async def _talk(self, winner: str, inside: Inside) -> None:
        self.legs.bridge(winner)
        if inside is Inside.TRANSFERS:
            await self.pace.wait(5.0)
            here = self.legs.talking_to() or 0
            self.legs.end_all_inside("NORMAL_CLEARING", by_them=True)
            await self.reach(self._colleague(here, self._board.company.users[0]))
            return
        if inside in (Inside.FEED_CUT, Inside.FEED_LOST):
            await self.pace.wait(4.0)
            self._cut_feed(15.0 if inside is Inside.FEED_LOST else 0.0)
            await self.pace.wait(6.0)
            if inside is Inside.FEED_LOST:
                self.end("recv_bye", "NORMAL_CLEARING")
                return
        await self.pace.wait(self._rng.uniform(*_TALK))
        self.end("recv_bye" if self._rng.random() < 0.5 else "send_bye", "NORMAL_CLEARING")

    def _colleague(self, user_id: int, usual: User) -> User:
        """``usual``, or another who can take a call, but nobody twice."""
        others = [one for one in self._board.company.users if one.id != user_id]
        ready = [one for one in others if self._board.unreachable(one.id) is None]
        return usual if usual in ready else next(iter(ready or others), usual)

    def _user(self, user_id: int | None) -> User | None:
        return next((one for one in self._board.company.users if one.id == user_id), None)
