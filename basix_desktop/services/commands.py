"""Commands to a call, confirmed by the event that shows their effect (basix-api.md 2.4: no reply is defined)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping

from basix_desktop.domain.calls import Attempt
from basix_desktop.domain.errors import FeedProblem
from basix_desktop.domain.handing import handed_on
from basix_desktop.domain.live import CallPhase
from basix_desktop.domain.tracker import Live
from basix_desktop.services.followed import Followed

#: Seconds a command waits for the event that confirms it.
CONFIRM = 6.0


class Commands:
    """Net thread. ``send`` says whether the feed took a command; ``live`` is what it shows now, ``is_live`` whether it
    still does."""

    def __init__(
        self,
        send: Callable[[dict[str, str | int]], bool],
        followed: Followed,
        live: Callable[[], Live],
        is_live: Callable[[], bool],
    ) -> None:
        self._send = send
        self._followed = followed
        self._live = live
        self._is_live = is_live
        self._waiting: list[tuple[Callable[[], bool], asyncio.Event]] = []

    async def hang_up(self, attempt_id: str) -> None:
        """See ``LiveDesk.hang_up``."""
        attempt = self._find(attempt_id)
        if attempt is None:
            return

        def left() -> list[str]:
            return self._followed.open_legs(attempt, self._live().legs)

        def over() -> bool:
            return self._followed.call(attempt, self._live().legs) is not None and not left()

        if not left() and not over():
            raise self._nothing_shown()
        self._followed.hanging_up(attempt)
        try:
            await self.give([{"cmd": "hangup", "uuid": self._spelled(uuid)} for uuid in left()], over)
        except FeedProblem as problem:
            self._followed.not_hanging_up(attempt, sent=problem.id == "command_unanswered")
            raise

    async def transfer(self, attempt_id: str, destination: str) -> None:
        """See ``LiveDesk.transfer``."""
        attempt = self._find(attempt_id)
        if attempt is None:
            return
        call = self._followed.call(attempt, self._live().legs)
        if call is None:
            raise self._nothing_shown()
        if call.phase is CallPhase.RINGING:
            raise FeedProblem("not_answered_yet")
        before = self._live().legs[call.uuid]

        def fulfilled() -> bool:
            live = self._live()
            now = live.legs.get(call.uuid)
            return now is not None and (now.ended or handed_on(before, now, destination, live.tables))

        command = {"cmd": "transfer", "uuid": self._spelled(call.uuid), "destination": destination}
        await self.give([command], fulfilled)

    def _find(self, attempt_id: str) -> Attempt | None:
        """None where it has ended meanwhile. Raises ``FeedProblem`` for one that no leg is known of."""
        attempt = self._followed.attempts.get(attempt_id)
        if attempt is None and not self._followed.is_over(attempt_id):
            raise self._nothing_shown()
        return attempt

    def _nothing_shown(self) -> FeedProblem:
        return FeedProblem("call_not_shown" if self._is_live() else "feed_not_live")

    def _spelled(self, uuid: str) -> str:
        """As the PBX writes it: nobody knows whether it reads it otherwise."""
        channel = self._live().tables.channels.get(uuid)
        return channel.spelling or uuid if channel is not None else uuid

    async def give(self, commands: Iterable[Mapping[str, str]], fulfilled: Callable[[], bool]) -> None:
        """Send, and wait until ``fulfilled``. Raises ``FeedProblem``: ``feed_not_live``, ``command_unanswered``."""
        event = asyncio.Event()
        waiter = (fulfilled, event)
        self._waiting.append(waiter)
        try:
            for command in commands:
                if not self._send(dict(command)):
                    raise FeedProblem("feed_not_live")
            if not fulfilled():
                await asyncio.wait_for(event.wait(), CONFIRM)
        except TimeoutError:
            raise FeedProblem("command_unanswered") from None
        finally:
            self._waiting.remove(waiter)

    def look(self) -> None:
        """Something has happened: whose command is fulfilled goes on."""
        for fulfilled, event in self._waiting:
            if fulfilled():
                event.set()
