"""Commands to a call, confirmed by the event that shows their effect (basix-api.md 2.4: no reply is defined)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping

from basix_desktop.domain.errors import FeedProblem

#: Seconds a command waits for the event that confirms it.
CONFIRM = 6.0


class Commands:
    """Net thread. ``send`` says whether the feed took a command."""

    def __init__(self, send: Callable[[dict[str, str | int]], bool]) -> None:
        self._send = send
        self._waiting: list[tuple[Callable[[], bool], asyncio.Event]] = []

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
