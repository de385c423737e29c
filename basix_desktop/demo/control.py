"""The demo PBX in the hand of a test or a trainer: what happens there, made to happen now."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from basix_desktop.demo.board import Board
from basix_desktop.demo.calls import Calls
from basix_desktop.demo.company import Company, Group, User
from basix_desktop.demo.feed import Feed
from basix_desktop.demo.feed_elements import Leg
from basix_desktop.demo.presence import Life
from basix_desktop.etf import Term, encode

Result = TypeVar("Result")
_BUDGET = 5.0  # seconds for anything here


@dataclass(frozen=True, slots=True)
class World:
    """What there is behind the addresses. Server's thread only."""

    board: Board
    calls: Calls
    feed: Feed
    life: Life


class RunsCode(Protocol):
    """The server's loop."""

    def run(self, work: Coroutine[Any, Any, Result], budget: float) -> Result: ...


class Control:
    """Every method takes effect before it returns. Any thread but the server's. RuntimeError if it does not run."""

    company: Company

    def __init__(self) -> None:
        self._world: World | None = None
        self._loop: RunsCode | None = None

    @property
    def feed_connections(self) -> tuple[str, ...]:
        """The ``app_name`` of each connection, oldest first."""
        return self._do(lambda world: tuple(one.wanted.app_name for one in world.feed.connections))

    @property
    def channels(self) -> tuple[Leg, ...]:
        """Every leg that exists now, oldest first."""
        return self._do(lambda world: tuple(world.board.legs()))

    def push(self, *terms: Term, frame: bytes = b"", frames: Sequence[bytes] = ()) -> None:
        """Send terms, and frames as they are, to every connection."""
        raw = [*map(encode, terms), *([frame] if frame else []), *frames]

        def send(world: World) -> None:
            for one in raw:
                world.feed.push(one)

        self._do(send)

    def drop_feed(self, seconds: float = 0.0) -> None:
        """Cut every connection without a word; for ``seconds`` by the clock nobody can connect."""
        self._do(lambda world: world.feed.drop(seconds))

    def system_message(self, text: str) -> None:
        """Close every connection properly, after saying ``text`` (``connection_replaced``)."""

        def say(world: World) -> None:
            for connection in world.feed.connections:
                world.feed.leave(connection)
                connection.finish(text)

        self._do(say)

    def set_presence(self, user: str, presence: str) -> None:
        """``presence`` is ``available``, ``do_not_disturb``, ``forwarded`` or ``away``; it stays so."""
        who = self._user(user)

        def change(world: World) -> None:
            world.life.leave_alone(who.id)
            world.board.set_presence(who.id, presence)

        self._do(change)

    def set_login(self, user: str, group: str, logged_in: bool) -> None:
        """Whether a member of a group takes its calls."""
        who, where = self._user(user), self._group(group)

        def change(world: World) -> None:
            world.life.leave_alone(who.id)
            world.board.set_login(who.id, where.id, logged_in)

        self._do(change)

    def call_inside(self, caller: str, callee: str) -> str:
        """A user calls a user; the caller's leg."""
        return self._do(lambda world: world.calls.between(self._user(caller), self._user(callee)))

    def call_in(self, number: str, destination: str, name: str = "") -> str:
        """Somebody outside calls a user or a group; their leg."""
        whom = self.company.find(destination)
        if whom is None:
            raise ValueError(destination)
        return self._do(lambda world: world.calls.arrive(number, whom, name))

    def hang_up(self, uuid: str, side: str = "recv_bye", cause: str = "NORMAL_CLEARING") -> bool:
        """End a call as ``side`` (the outside party, unless said otherwise). False if there is no such leg."""
        return self._do(lambda world: world.calls.end(uuid, side, cause))

    def transfer(self, uuid: str, destination: str) -> bool:
        return self._do(lambda world: world.calls.transfer(uuid, destination))

    def park(self, uuid: str, timeout: float = 60.0) -> bool:
        return self._do(lambda world: world.calls.park(uuid, timeout))

    def advance(self, uuid: str) -> bool:
        """What the call of this leg waits for (a ring, an answer, the end of a talk) happens now. False if no such
        call goes on."""

        async def step() -> bool:
            while (run := self._known().calls.find(uuid)) is not None:
                if run.pace.advance():
                    await asyncio.sleep(0)  # what follows from it
                    await asyncio.sleep(0)
                    return True
                await asyncio.sleep(0)
            return False

        return self._run(step())

    def _do(self, work: Callable[[World], Result]) -> Result:
        async def at_once() -> Result:
            return work(self._known())

        return self._run(at_once())

    def _run(self, work: Coroutine[Any, Any, Result]) -> Result:
        if self._loop is None:
            work.close()
            raise RuntimeError("the demo PBX does not run")
        return self._loop.run(work, _BUDGET)

    def _known(self) -> World:
        assert self._world is not None, "built before the server starts"
        return self._world

    def _user(self, name: str) -> User:
        found = self.company.find(name)
        if not isinstance(found, User):
            raise ValueError(name)
        return found

    def _group(self, name: str) -> Group:
        found = self.company.find(name)
        if not isinstance(found, Group):
            raise ValueError(name)
        return found
