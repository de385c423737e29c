"""How a story's reply goes out, down to the connection itself."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from basix_desktop.demo.stories import Cut, Placed, Plain, Silence, Story

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

#: Ends the connection that a request came on, once what has been written is out.
Hangup = Callable[["Scope"], None]


def placed(leg: str) -> str:
    """The success of basix-api.md 1.1, spelled as there."""
    return json.dumps({"result_code": 0, "uuids": [leg]}, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Answer:
    """An ASGI application that gives one reply. ``delay`` is in real seconds."""

    reply: Plain | Cut | Silence
    delay: float = 0.0
    text: str = ""  # what a connection is cut in the middle of
    hangup: Hangup | None = None

    @staticmethod
    def of(status: int, value: dict[str, Any], *headers: tuple[str, str]) -> Answer:
        """An answer in JSON."""
        return Answer(Plain(status, json.dumps(value, separators=(",", ":"), ensure_ascii=False), headers=headers))

    @property
    def status(self) -> int | None:
        """The HTTP status that goes out, None where none does."""
        return self.reply.status if isinstance(self.reply, Plain) else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.delay and await _gone(receive, self.delay):
            return
        match self.reply:
            case Plain():
                await _send(send, self.reply)
            case Cut():
                if self.reply.halfway:
                    await _send(send, Plain(200, self.text), cut_at=len(self.text) // 2)
                if self.hangup:
                    self.hangup(scope)
                await _gone(receive)
            case Silence():
                await _gone(receive)


def answer_of(story: Story, leg: str, speed: float, hangup: Hangup) -> Answer:
    """The reply of ``story`` for a call whose leg is ``leg``."""
    reply = Plain(200, placed(leg)) if isinstance(story.reply, Placed) else story.reply
    return Answer(reply, story.delay / speed, placed(leg), hangup)


async def _send(send: Send, plain: Plain, cut_at: int | None = None) -> None:
    body = plain.text.encode()
    headers = [("content-type", plain.content_type), ("content-length", str(len(body))), *plain.headers]
    encoded = [(name.encode(), value.encode()) for name, value in headers]
    await send({"type": "http.response.start", "status": plain.status, "headers": encoded})
    await send({"type": "http.response.body", "body": body[:cut_at], "more_body": cut_at is not None})


async def _gone(receive: Receive, within: float | None = None) -> bool:
    """Wait until the connection has ended: True, or False when ``within`` seconds have passed first."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(within):
            while (await receive())["type"] != "http.disconnect":
                pass
            return True
    return False
