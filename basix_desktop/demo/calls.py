"""The calls that go on at the demo PBX, and the commands that reach into them (basix-api.md 2.4 and 2.5)."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

from basix_desktop.demo.board import Board
from basix_desktop.demo.calls_legs import (
    EXTERNAL,
    INBOUND,
    INTERNAL,
    OUTBOUND,
    Legs,
    new_uuid,
    pstn_state,
    state_of,
    target_of,
)
from basix_desktop.demo.calls_pace import Pace, Tempo
from basix_desktop.demo.calls_run import CutFeed, Outside, Run
from basix_desktop.demo.company import Group, User
from basix_desktop.demo.feed_elements import NOBODY, Leg, end_user_text
from basix_desktop.demo.parameters import Call
from basix_desktop.demo.stories import Hunt

_DAY = 86400.0
_PARK_TIMEOUT = 60.0
_LATE = 0.15  # people's seconds
_NO_NUMBER = "0312341234"  # the company's own


class Calls:
    """Server's thread only. ``rng`` is for what belongs to no call: each has one of its own, seeded by its UUID."""

    def __init__(self, board: Board, tempo: Tempo, rng: random.Random) -> None:
        self._board = board
        self._tempo = tempo
        self._rng = rng
        self._runs: list[Run] = []
        self._late: set[asyncio.Task[None]] = set()
        self._slot = 0
        self.cut_feed: CutFeed = _nothing

    def place(self, call: Call, hunt: Hunt, uuid: str, report: Callable[[bool], None], *, late: bool = False) -> None:
        """A call as ``call_external`` asks for it. ``late``: the feed hears of it only a moment from now."""
        if late and not self._tempo.by_hand:
            # A task, which ends with the server: a timer would still begin a call while everything else is ended.
            waiting = asyncio.get_running_loop().create_task(self._place_late(call, hunt, uuid, report))
            self._late.add(waiting)
            waiting.add_done_callback(self._late.discard)
            return
        whom = self._whom(call.destination)
        now = self._board.now()
        leg = Leg(
            uuid,
            OUTBOUND,
            EXTERNAL,
            "",
            call.calling_number or _NO_NUMBER,
            call.called_number,
            now,
            state=pstn_state(now, call.called_number),
            target=target_of(whom),
            origination="*".join(quote(part, safe="") for part in ("call_external", call.destination)),
            end_user=end_user_text(call.end_user),
            tags="api",
            last_event="STATE_CHANGE",
            last_event_data="calling",
            call_id=f"{uuid[:13]}@demo.example",
        )
        run = self._run(leg)
        run.begin(run.ring_outside(Outside(hunt, min(call.answer_timeout, _DAY), report), whom))

    async def _place_late(self, call: Call, hunt: Hunt, uuid: str, report: Callable[[bool], None]) -> None:
        await asyncio.sleep(self._tempo.real(_LATE))
        self.place(call, hunt, uuid, report)

    def arrive(self, number: str, whom: User | Group, name: str = "", end_user: str = NOBODY) -> str:
        """Somebody outside calls the company; the leg's UUID. ``end_user`` is written as the feed has it."""
        run = self._run(replace(self._incoming(EXTERNAL, name, number, whom), end_user=end_user))
        run.begin(run.welcome(whom))
        return run.legs.uuid

    def between(self, caller: User, whom: User) -> str:
        """A call from one user to another; the caller's leg."""
        run = self._run(self._incoming(INTERNAL, caller.label, caller.extension, whom, caller.id))
        run.begin(run.reach(whom))
        return run.legs.uuid

    def hang_up(self, uuid: str) -> bool:
        """False if there is no such leg; so with the other commands."""
        run = self.find(uuid)
        if run is not None:
            run.hang_up(uuid)
        return run is not None

    def end(self, uuid: str, side: str, cause: str) -> bool:
        """As if the outside party, or whoever ``side`` says, ended the call."""
        run = self.find(uuid)
        if run is not None:
            run.end(side, cause)
        return run is not None

    def transfer(self, uuid: str, destination: str) -> bool:
        """``destination`` is a name or an extension of the company; False if it is none."""
        run, whom = self.find(uuid), self._board.company.find(destination)
        if run is not None and whom is not None:
            run.transfer(whom)
        return run is not None and whom is not None

    def park(self, uuid: str, timeout: float = _PARK_TIMEOUT) -> bool:
        run = self.find(uuid)
        if run is not None:
            self._slot = self._slot % 20 + 1
            run.park(timeout, str(7000 + self._slot))
        return run is not None

    def find(self, uuid: str) -> Run | None:
        """The call that a leg belongs to, while it goes on."""
        return next((run for run in self._runs if run.has(uuid)), None)

    def user(self, user_id: int) -> User | None:
        return next((user for user in self._board.company.users if user.id == user_id), None)

    def _run(self, leg: Leg) -> Run:
        rng = random.Random(leg.uuid)
        legs = Legs(self._board, self._tempo, leg, rng)
        pace = Pace(self._tempo)
        run = Run(self._board, legs, pace, rng, over=self._runs.remove, cut_feed=self.cut_feed)
        self._runs.append(run)
        return run

    def _incoming(self, location: str, name: str, number: str, whom: User | Group, user_id: int | None = None) -> Leg:
        uuid = new_uuid(self._rng)
        now = self._board.now()
        return Leg(
            uuid,
            INBOUND,
            EXTERNAL if location == EXTERNAL else INTERNAL,
            name,
            number,
            whom.extension if location == INTERNAL else _NO_NUMBER,
            now,
            user_id=user_id,
            state=(now, *state_of(whom, self._board)),
            target=target_of(whom),
            last_event="STATE_CHANGE",
            call_id=f"{uuid[:13]}@demo.example",
        )

    def _whom(self, destination: str) -> User | Group:
        whom = self._board.company.find(destination)
        assert whom is not None, "checked when the request was read"
        return whom


def _nothing(seconds: float) -> None:
    pass
