"""A connection opened while the number is being typed, so that Enter finds it ready (reliability.md A12).

Nothing of a request is in it, and it never carries more than one. It is used only while it is young: a server may end a
connection on which no request comes (some after five seconds), and a request sent into that end would leave a call of
which nobody knows whether it was placed.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpcore

log = logging.getLogger(__name__)

#: Milliseconds from the first packet after which a connection is not used any more, and after which the next one may be
#: opened in its place.
LIFE, RENEWED = 3_000, 1_500
#: Seconds between two looks at what the other side has sent, and for reading it.
_LOOK, _READ = 0.1, 0.02


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a connection leads, always directly: what one to a proxy is good for is known only when it is used."""

    scheme: str
    host: str
    port: int


@dataclass(slots=True, eq=False)
class _Opened:
    """``stream`` is None while it is being opened, and while something is read from it."""

    origin: Origin
    since: int
    stream: httpcore.AsyncNetworkStream | None = None
    taken: bool = False


class ReadyConnection:
    """At most one. Net thread. ``boot_ms`` counts the time that the computer sleeps, too."""

    def __init__(self, boot_ms: Callable[[], int]) -> None:
        self._boot_ms = boot_ms
        self._opened: _Opened | None = None

    async def open(self, origin: Origin, context: ssl.SSLContext) -> None:
        """Have a connection to ``origin`` ready, until it is taken or its time is over; returns at once while there is
        a fresh one. Raises nothing: the request itself finds out, and tells, what is wrong."""
        known = self._opened
        if known is not None and known.origin == origin and self._age(known) < RENEWED:
            return
        opened = self._opened = _Opened(origin, self._boot_ms())
        try:
            async with asyncio.timeout(LIFE / 1000):
                await self._keep(opened, context)
        except Exception as problem:
            log.debug("no connection is ready: %s", type(problem).__name__)
        finally:
            if self._opened is opened:
                self._opened = None

    async def _keep(self, opened: _Opened, context: ssl.SSLContext) -> None:
        """Until it is taken or replaced, or the other side has said anything but TLS's own messages."""
        stream = await _connect(opened.origin, context)
        unseen = opened.origin.scheme == "https"  # what came in one packet with the end of the handshake
        try:
            while self._opened is opened and await _silent(stream, unseen):
                opened.stream, unseen = stream, False
                await asyncio.sleep(_LOOK)
                if not opened.taken:
                    opened.stream = None
        finally:
            if not opened.taken:
                opened.stream = None
                await _close(stream)

    def take(self, origin: Origin) -> httpcore.AsyncNetworkStream | None:
        """The ready connection, for one request; it is the caller's to close. None if there is none that is young and
        on which the other side has been silent."""
        opened, self._opened = self._opened, None
        if opened is None or opened.stream is None or opened.origin != origin or self._age(opened) >= LIFE:
            return None
        if opened.stream.get_extra_info("is_readable"):  # its end, or what nobody asked for
            return None
        opened.taken = True
        return opened.stream

    def _age(self, opened: _Opened) -> int:
        return self._boot_ms() - opened.since


async def _connect(origin: Origin, context: ssl.SSLContext) -> httpcore.AsyncNetworkStream:
    import httpcore

    stream = await httpcore.AnyIOBackend().connect_tcp(origin.host, origin.port)
    if origin.scheme != "https":
        return stream
    context.set_alpn_protocols(["http/1.1"])
    try:
        return await stream.start_tls(context, origin.host)
    except BaseException:
        await stream.aclose()
        raise


async def _silent(stream: httpcore.AsyncNetworkStream, unseen: bool) -> bool:
    """Whether the other side has sent nothing, but for TLS's own messages: after them there is nothing to read.
    ``unseen``: there may be something that the system does not know of any more."""
    import httpcore

    if not unseen and not stream.get_extra_info("is_readable"):
        return True
    try:
        await stream.read(1, timeout=_READ)
    except httpcore.ReadTimeout:
        return True
    return False


async def _close(stream: httpcore.AsyncNetworkStream) -> None:
    try:
        async with asyncio.timeout(1):
            await stream.aclose()
    except Exception as problem:  # the other side was quicker
        log.debug("a connection that was not used ended badly: %s", type(problem).__name__)
