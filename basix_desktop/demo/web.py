"""The demo PBX's addresses, as an ASGI application."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from basix_desktop.demo.exchange import DemoExchange
from basix_desktop.demo.feed_web import FeedEndpoint
from basix_desktop.demo.parameters import WS_PATH, Refused
from basix_desktop.demo.replies import Answer, Hangup

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

BASE = "/basix/api"
BODY_LIMIT = 64 * 1024
log = logging.getLogger(__name__)

Method = Callable[["Request", bytes], Awaitable[tuple[Answer, dict[str, Any]]]]


def application(exchange: DemoExchange, hangup: Hangup, feed: FeedEndpoint) -> Starlette:
    """Answers under ``/basix/api``; whatever is asked for over HTTP, the request is recorded."""
    from starlette.applications import Starlette
    from starlette.routing import Route, WebSocketRoute

    methods: tuple[tuple[str, Method], ...] = (
        (f"{BASE}/call_external", exchange.call_external),
        (f"{BASE}/gen_ws_ticket", exchange.gen_ws_ticket),
        ("/{path:path}", _nothing_here),
    )
    routes = [Route(path, Endpoint(exchange, method, hangup)) for path, method in methods]
    return Starlette(routes=[WebSocketRoute(WS_PATH, feed), *routes])


async def _nothing_here(request: Request, raw: bytes) -> tuple[Answer, dict[str, Any]]:
    raise Refused(404, "not_found")


class Endpoint:
    """An address: reads the request, checks who asks, records it, answers."""

    def __init__(self, exchange: DemoExchange, method: Method, hangup: Hangup) -> None:
        self._exchange = exchange
        self._method = method
        self._hangup = hangup

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._serve(scope, receive, send)
        except Exception as error:
            # Not re-raised: the server would log the request with it.
            log.error("the demo PBX failed at a request: %s", type(error).__name__)
            self._hangup(scope)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        from starlette.requests import ClientDisconnect, Request

        request = Request(scope, receive)
        raw = b""
        told: dict[str, Any] = {}
        try:
            async for chunk in request.stream():
                raw += chunk
                if len(raw) > BODY_LIMIT:
                    raise Refused(413, "request_too_large")
            answer, told = await self._decide(request, raw)
        except ClientDisconnect:
            self._exchange.record(request, raw, complete=False, status=None)
            return
        except Refused as refused:
            answer, told = _refusal(refused), {"error": refused.id}
        self._exchange.record(request, raw, complete=len(raw) <= BODY_LIMIT, status=answer.status, **told)
        await answer(scope, receive, send)

    async def _decide(self, request: Request, raw: bytes) -> tuple[Answer, dict[str, Any]]:
        self._exchange.authorize(request.headers.get("authorization", ""))
        if request.method != "POST" and self._method is not _nothing_here:
            raise Refused(405, "method_not_allowed")
        return await self._method(request, raw)


def _refusal(refused: Refused) -> Answer:
    headers = {401: ("www-authenticate", 'Basic realm="Basix"'), 405: ("allow", "POST")}
    return Answer.of(refused.status, refused.answer, *(headers[code] for code in (refused.status,) if code in headers))
