"""The result callback (basix-api.md 1.2). How it is encoded is specified nowhere, so three usual ways take turns."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlencode, urlsplit

BUDGET = 5.0  # seconds for a delivery, name look-up and TLS included
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Result:
    """``uuid`` is "" where nobody answered."""

    result_code: int
    uuid: str = ""

    @property
    def fields(self) -> dict[str, int | str]:
        return {"result_code": self.result_code, **({"uuid": self.uuid} if self.uuid else {})}


def trusted() -> ssl.SSLContext:
    """The operating system's trust store."""
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class Callbacks:
    """Delivers results. Server's thread only. ``first`` chooses which encoding comes first."""

    def __init__(self, first: int = 0, tls: Callable[[], ssl.SSLContext] = trusted, budget: float = BUDGET) -> None:
        self._turn = first
        self._tls = tls
        self._budget = budget

    async def deliver(self, url: str, result: Result) -> bool:
        """Call ``url`` once, directly (no proxy, no redirect). False unless it answers 2xx within the budget."""
        way = self._turn % 3
        self._turn += 1
        try:
            async with asyncio.timeout(self._budget):
                return await self._exchange(urlsplit(url), encode(way, url, result))
        except (OSError, ValueError, TimeoutError, EOFError):
            return False

    async def _exchange(self, parts: SplitResult, request: bytes) -> bool:
        host = parts.hostname or ""
        secure = parts.scheme == "https"
        reader, writer = await self._connect(host, parts.port or (443 if secure else 80), secure)
        try:
            writer.write(request)
            await writer.drain()
            status = (await reader.readline()).split(b" ", 2)
            return len(status) > 1 and status[0].startswith(b"HTTP/") and status[1][:1] == b"2"
        finally:
            writer.transport.abort()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _connect(self, host: str, port: int, secure: bool) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        tls = self._tls() if secure else None
        failure: OSError = ConnectionError("no address")
        for address in await _resolve(host):
            try:
                return await asyncio.open_connection(
                    address, port, limit=8192, ssl=tls, server_hostname=host if secure else None
                )
            except OSError as error:
                failure = error
        raise failure


def encode(way: int, url: str, result: Result) -> bytes:
    """The whole HTTP request. ``way``: 0 GET with a query, 1 POST with a form, 2 POST with JSON."""
    parts = urlsplit(url)
    query, body, kind = parts.query, b"", ""
    if way == 0:
        query = "&".join(part for part in (query, urlencode(result.fields)) if part)
    elif way == 1:
        body, kind = urlencode(result.fields).encode(), _FORM
    else:
        body, kind = json.dumps(result.fields).encode(), "application/json"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        "?" + quote(query, safe="/%:@!$&'()*+,;=~-._?") if query else ""
    )
    lines = [
        f"{'GET' if way == 0 else 'POST'} {path} HTTP/1.1",
        f"Host: {_host(parts)}",
        "User-Agent: Basix demo PBX",
        "Connection: close",
    ]
    if way:
        lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


def _host(parts: SplitResult) -> str:
    host = (
        (parts.hostname or "").encode("idna").decode() if ":" not in (parts.hostname or "") else f"[{parts.hostname}]"
    )
    return host + (f":{parts.port}" if parts.port else "")


async def _resolve(host: str) -> list[str]:
    """The addresses of ``host``. Looked up on a daemon thread: a hanging look-up must not hold the program's end, which
    asyncio's own threads would do."""
    with contextlib.suppress(ValueError):
        return [str(ipaddress.ip_address(host))]
    loop = asyncio.get_running_loop()
    found: asyncio.Future[list[str]] = loop.create_future()

    def settle(addresses: list[str]) -> None:
        if not found.done():
            found.set_result(addresses)

    def look_up() -> None:
        try:
            addresses = [str(info[4][0]) for info in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]
        except (OSError, UnicodeError):
            addresses = []
        with contextlib.suppress(RuntimeError):  # the server has stopped meanwhile
            loop.call_soon_threadsafe(settle, addresses)

    threading.Thread(target=look_up, name="demo-pbx-lookup", daemon=True).start()
    return await found
