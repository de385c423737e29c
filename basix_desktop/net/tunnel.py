"""An asyncio connection to a server, directly or through an HTTP proxy's CONNECT, with TLS where it belongs.

For protocols other than HTTP's requests; ``post`` has httpx for those. The proxy's sign-in is sent to the proxy alone
and is in no exception.
"""

from __future__ import annotations

import asyncio
import base64
import ssl
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from basix_desktop.domain.errors import ProxyProblem
from basix_desktop.net.proxy import Proxy

_LONGEST_HEAD = 16 * 1024


class NotThrough(ConnectionError):
    """The proxy does not get through to the server just now."""


P = TypeVar("P", bound=asyncio.Protocol)


async def connect(
    make: Callable[[], P],
    host: str,
    port: int,
    *,
    context: ssl.SSLContext | None,
    proxy: Proxy | None = None,
    user_agent: str = "",
) -> P:
    """A protocol with its connection made; ``context`` None is plain TCP. The caller sets the time limit: cancelled, it
    leaves no socket behind.

    Raises ``OSError`` (with ``ssl.SSLError``) for the server, or for a proxy that is not reached or leaves,
    ``NotThrough`` among them where the proxy says so (HTTP 5xx); ``ProxyProblem`` for its other answers:
    ``proxy_sign_in``, ``proxy_refused``, the detail with the status.
    """
    loop = asyncio.get_running_loop()
    name = host if context is not None else None
    if proxy is None:
        return (await loop.create_connection(make, host, port, ssl=context, server_hostname=name))[1]
    transport = await _through(proxy, host, port, context, user_agent)
    protocol = make()
    if context is not None:
        transport = await _secured(transport, protocol, context, host)
    else:
        transport.set_protocol(protocol)
    protocol.connection_made(transport)
    return protocol


async def _through(
    proxy: Proxy, host: str, port: int, context: ssl.SSLContext | None, user_agent: str
) -> asyncio.Transport:
    """The connection to the proxy, once it leads to the server."""
    parts = urlsplit(proxy.url)
    secure = parts.scheme == "https"
    answer = asyncio.get_running_loop().create_future()
    transport, _ = await asyncio.get_running_loop().create_connection(
        lambda: _Connect(_request(proxy, host, port, user_agent), answer),
        parts.hostname or "",
        parts.port or (443 if secure else 80),
        ssl=context if secure else None,
    )
    try:
        _check(await answer)
    except BaseException:
        transport.abort()
        raise
    return transport


async def _secured(
    transport: asyncio.Transport, protocol: asyncio.Protocol, context: ssl.SSLContext, host: str
) -> asyncio.Transport:
    try:
        secured = await asyncio.get_running_loop().start_tls(transport, protocol, context, server_hostname=host)
        if secured is None:
            raise ConnectionResetError("the proxy left")
    except BaseException:
        transport.abort()  # closing would wait for a proxy's farewell
        raise
    return secured


def _request(proxy: Proxy, host: str, port: int, user_agent: str) -> bytes:
    target = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
    if user_agent:
        lines.append(f"User-Agent: {user_agent}")
    if proxy.user:
        pair = f"{proxy.user}:{proxy.password}".encode("utf-8", "replace")
        lines.append(f"Proxy-Authorization: Basic {base64.b64encode(pair).decode()}")
    return "\r\n".join([*lines, "", ""]).encode("ascii")


def _check(head: bytes) -> None:
    """The first line of the proxy's answer; what follows it does not matter."""
    words = head.split(b"\r\n", 1)[0].split(b" ", 2)
    if not words[0].startswith(b"HTTP/1.") or len(words) < 2 or len(words[1]) != 3 or not words[1].isdigit():
        raise ProxyProblem("proxy_refused", "CONNECT: not an answer in HTTP")
    status = int(words[1])
    if status >= 500:
        raise NotThrough(f"CONNECT answered with HTTP {status}")
    if not 200 <= status < 300:
        id_ = "proxy_sign_in" if status == 407 else "proxy_refused"
        raise ProxyProblem(id_, f"CONNECT answered with HTTP {status}")


class _Connect(asyncio.Protocol):
    """Sends CONNECT and gives the head of the answer; b"" where it is none of a CONNECT's."""

    def __init__(self, request: bytes, answer: asyncio.Future[bytes]) -> None:
        self._request = request
        self._answer = answer
        self._head = bytearray()

    def connection_made(self, transport: Any) -> None:
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._head += data[: _LONGEST_HEAD + 1 - len(self._head)]
        head, end, more = self._head.partition(b"\r\n\r\n")
        if end and not more:
            self._settle(bytes(head))
        elif more or len(self._head) > _LONGEST_HEAD:  # a server speaks TLS only when spoken to
            self._settle(b"")

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._answer.done():
            self._answer.set_exception(ConnectionResetError("the proxy left"))

    def _settle(self, head: bytes) -> None:
        if not self._answer.done():
            self._answer.set_result(head)
