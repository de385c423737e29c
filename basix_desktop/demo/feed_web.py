"""The WebSocket of the feed: who may listen, to what, and the frames going out (basix-api.md 2.1)."""

from __future__ import annotations

import asyncio
import base64
import binascii
import contextlib
import json
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from basix_desktop.demo.calls import Calls
from basix_desktop.demo.company import Company, User
from basix_desktop.demo.feed import Connection, Feed, Subscription
from basix_desktop.demo.feed_commands import obey
from basix_desktop.demo.parameters import Refused
from basix_desktop.demo.tickets import Tickets

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

Authorize = Callable[[str], None]
Abort = Callable[["Scope"], None]
_TICKET_USER = "ws_ticket"
_CLOSED_NORMALLY = 1000
log = logging.getLogger(__name__)


class FeedEndpoint:
    """``authorize`` raises :class:`Refused` for a wrong Authorization header; ``abort`` ends a request's socket."""

    def __init__(
        self, feed: Feed, calls: Calls, company: Company, *, tickets: Tickets, authorize: Authorize, abort: Abort
    ) -> None:
        self._feed = feed
        self._calls = calls
        self._company = company
        self._tickets = tickets
        self._authorize = authorize
        self._abort = abort

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await receive()  # websocket.connect
            try:
                wanted = self._admit(scope)
            except Refused as refused:
                await _refuse(send, refused)
                return
            await send({"type": "websocket.accept"})
            await self._serve(self._feed.open(wanted, lambda: self._abort(scope)), receive, send)
        except OSError:
            pass  # the reader is gone
        except Exception as error:
            # Not re-raised: the server would log the request with it.
            log.error("the demo PBX failed at a feed: %s", type(error).__name__)
            self._abort(scope)

    async def _serve(self, connection: Connection, receive: Receive, send: Send) -> None:
        writer = asyncio.create_task(_write(connection, send))
        try:
            while True:
                message = await receive()
                if message["type"] == "websocket.disconnect":
                    return
                if message.get("text") is not None:
                    obey(message["text"], self._calls)
        finally:
            self._feed.leave(connection)
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)

    def _admit(self, scope: Scope) -> Subscription:
        if self._feed.is_closed:
            raise Refused(503, "temporarily_unavailable")
        query = {
            name: found[0]
            for name, found in parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True).items()
        }
        self._check(scope)
        app_name = query.get("app_name", "")
        if not app_name:
            raise Refused(400, "missing_parameter", parameter="app_name")
        forced = query.get("forced") == "true"
        if query.get("full_events") == "true":
            return Subscription(app_name, forced=forced)
        return Subscription(app_name, self._user_id(query), forced)

    def _check(self, scope: Scope) -> None:
        """Raises :class:`Refused`. (No ticket is issued for ``full_events=true``.)"""
        header = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"authorization"), "")
        user, ticket = _credentials(header)
        if user != _TICKET_USER:
            self._authorize(header)
            return
        uri = b"?".join((scope["raw_path"], scope["query_string"])).decode("latin-1")
        if not self._tickets.redeem(ticket, uri):
            raise Refused(401, "authentication_required")

    def _user_id(self, query: dict[str, str]) -> int | None:
        """Whose events are asked for; None where nobody is named."""
        for name, value in query.items():
            if name in _USERS:
                found = next((user.id for user in self._company.users if _USERS[name](user) == value.casefold()), None)
                if found is None:
                    raise Refused(404, "user_not_found", parameter=name)
                return found
        return None


_USERS: dict[str, Callable[[User], str]] = {
    "user_id": lambda user: str(user.id),
    "user_name": lambda user: user.name.casefold(),
    "user_label": lambda user: user.label.casefold(),
    "user_extension": lambda user: user.extension,
    "user_did": lambda user: f"050330{user.id:05d}",
    "user_email": lambda user: f"{user.name}@demo.example",
}


async def _write(connection: Connection, send: Send) -> None:
    with contextlib.suppress(OSError):
        while (frames := await connection.frames()) is not None:
            for frame in frames:
                await send({"type": "websocket.send", "bytes": frame})
                await asyncio.sleep(0)  # asyncio complains of writes to a socket whose end had no chance to be noticed
        await send({"type": "websocket.close", "code": _CLOSED_NORMALLY})


async def _refuse(send: Send, refused: Refused) -> None:
    headers = [(b"content-type", b"application/json")]
    if refused.status == 401:
        headers.append((b"www-authenticate", b'Basic realm="Basix"'))
    await send({"type": "websocket.http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": json.dumps(refused.answer).encode()})


def _credentials(header: str) -> tuple[str, str]:
    scheme, _, encoded = header.partition(" ")
    with contextlib.suppress(binascii.Error, ValueError):
        if scheme.lower() == "basic":
            user, _, secret = base64.b64decode(encoded.strip(), validate=True).decode("latin-1").partition(":")
            return user, secret
    return "", ""
