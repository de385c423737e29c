"""One WebSocket connection to the feed. Only this module knows ``websockets``; ``feed`` imports it to connect.

The connection is put together from the library's parts, not by its ``connect``: so it follows no redirect and reads no
proxy from the environment, by construction. Compression is never offered (reliability.md M4).
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import logging
import ssl
from collections.abc import AsyncGenerator, Callable
from typing import Any, cast
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection
from websockets.client import ClientProtocol
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage, InvalidStatus, WebSocketException
from websockets.frames import CTRL_OPCODES, Frame
from websockets.protocol import Event
from websockets.uri import parse_uri

from basix_desktop.cti.connection_address import Address
from basix_desktop.cti.policy import Closed, End, Timing, Why, judge_status
from basix_desktop.domain.errors import BasixError, ProxyProblem
from basix_desktop.etf import EVENT_LIMITS, SNAPSHOT_LIMITS, limits_for
from basix_desktop.net.tunnel import NotThrough, connect

_MOST_FRAGMENTS = 4096  # of one message
_HEAD = 1024  # bytes of a message that tell a snapshot from an event
_MOST_COMMANDS = 64  # waiting to be sent
_PIECE = 4096  # bytes that are looked at in one go
_MOST_CONTROLS = 1000  # pings and pongs within a tick
_MOST_UNREAD = 10_000  # frames; more than real events that fit into one read of the socket
_MOST_UNSENT = 1 << 20  # bytes; more than all commands that may wait, so it is pongs
MESSAGE_TOO_BIG = "message too big"
_TOO_BIG, _GOING_AWAY = 1009, 1001


def silent_logger() -> logging.Logger:
    """A logger that nobody can switch on by its name: the library's log of the upgrade holds the Authorization header,
    its log of an end the PBX's words (reliability.md S1, M16)."""
    logger = logging.Logger("websockets", logging.CRITICAL)
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    return logger


async def open_connection(address: Address, timing: Timing, on_pong: Callable[[], None]) -> Connection:
    """Connect and upgrade. The caller sets the time limit. Raises ``Closed``."""
    try:
        return Connection(await _upgrade(address, timing), timing, on_pong)
    except (OSError, WebSocketException, BasixError, ValueError, EOFError) as problem:
        end = explain(problem)
    raise Closed(end)  # outside "except": the library's exceptions hold what the server said


async def _upgrade(address: Address, timing: Timing) -> _Socket:
    parts = urlsplit(address.url)

    def make() -> _Socket:
        protocol = ClientProtocol(parse_uri(address.url), max_size=SNAPSHOT_LIMITS.bytes, logger=silent_logger())
        return _Socket(protocol, timing.close)

    socket = await connect(
        make,
        parts.hostname or "",
        parts.port or (443 if parts.scheme == "wss" else 80),
        context=address.context,
        proxy=address.proxy,
        user_agent=address.user_agent,
    )
    pair = base64.b64encode(f"{address.domain}:{address.token}".encode()).decode()
    try:
        await socket.handshake({"Authorization": f"Basic {pair}"}, address.user_agent or None)
    except BaseException:
        socket.transport.abort()
        await socket.wait_closed()
        raise
    return socket


def explain(problem: Exception) -> End:
    """What an exception of connecting means."""
    name = type(problem).__name__
    if isinstance(problem, InvalidStatus):
        response = problem.response
        return judge_status(response.status_code, next(iter(response.headers.get_all("Retry-After")), ""))
    if isinstance(problem, ProxyProblem):
        return End(Why.PROXY, problem.detail or problem.id)
    if isinstance(problem, ssl.SSLCertVerificationError):
        return End(Why.CERTIFICATE, f"{name} {problem.verify_code}")
    if isinstance(problem, BasixError):
        return End(Why.UNABLE, problem.id)
    if isinstance(problem, InvalidHandshake) and not isinstance(problem, InvalidMessage):
        return End(Why.REFUSED, name)
    if isinstance(problem, TimeoutError):
        return End(Why.LOST, "no answer in time")
    if isinstance(problem, NotThrough):
        return End(Why.LOST, str(problem))
    number = getattr(problem, "errno", None)
    return End(Why.LOST, f"{name} {number}" if number else name)


def _limit(parts: list[Any], size: int) -> None:
    """Only a snapshot may be large (reliability.md M3)."""
    head = b""
    for part in parts:
        if isinstance(part, str) or len(head) >= _HEAD:
            break
        head += part[:_HEAD]
    if size > limits_for(head).bytes or len(parts) > _MOST_FRAGMENTS:
        raise Closed(End(Why.LOST, MESSAGE_TOO_BIG))


class _Socket(ClientConnection):
    """Cuts a flood short: the library takes all that has arrived in one go, during which no call could be placed, and
    its queue has no end (reliability.md M3). And leaves a server that says farewell but does not go."""

    def __init__(self, protocol: ClientProtocol, close_timeout: float) -> None:
        super().__init__(protocol, ping_interval=None, close_timeout=close_timeout, max_queue=16)
        self.controls = 0  # pings and pongs since the last tick
        self.unread = 0  # frames in the queue
        self.flooded = False
        self._patience = close_timeout
        self._leaving = False

    def data_received(self, data: bytes) -> None:
        for at in range(0, len(data), _PIECE):
            super().data_received(data[at : at + _PIECE])
            if self.controls > _MOST_CONTROLS or self.unread > _MOST_UNREAD:
                self.flooded = True
                self.transport.abort()
                return
        if self.protocol.close_expected() and not self._leaving:
            self._leaving = True
            self.loop.call_later(self._patience, self.transport.abort)

    def process_event(self, event: Event) -> None:
        if isinstance(event, Frame):
            if event.opcode in CTRL_OPCODES:
                self.controls += 1
            else:
                self.unread += 1
        super().process_event(event)


class Connection:
    """An open connection. Event loop only; one reader."""

    def __init__(self, socket: _Socket, timing: Timing, on_pong: Callable[[], None]) -> None:
        self._socket = socket
        self._timing = timing
        self._loop = asyncio.get_running_loop()
        self._opened = self._loop.time()
        self._end: End | None = None
        self._message_began: float | None = None
        self._commands: asyncio.Queue[str] = asyncio.Queue(_MOST_COMMANDS)
        self._on_pong = on_pong
        self._tasks = [self._loop.create_task(self._pulse()), self._loop.create_task(self._write())]

    def age(self) -> float:
        """Seconds since the upgrade."""
        return self._loop.time() - self._opened

    async def receive(self) -> bytes | None:
        """The next message; None for a text message, which the feed does not have. Raises ``Closed``."""
        parts: list[Any] = []
        size = 0
        stream = cast("AsyncGenerator[Any, None]", self._socket.recv_streaming())
        try:
            async with contextlib.aclosing(stream):
                async for part in stream:
                    self._socket.unread -= 1
                    parts.append(part)
                    size += len(part)
                    if size > EVENT_LIMITS.bytes or len(parts) > _MOST_FRAGMENTS:
                        _limit(parts, size)
                    if self._message_began is None:
                        self._message_began = self._loop.time()
        except ConnectionClosed as closed:
            raise Closed(self._end or self._described(closed)) from None
        self._message_began = None
        if isinstance(parts[0], str):
            return None
        return bytes(parts[0]) if len(parts) == 1 else b"".join(parts)  # up to version 16 they are bytearrays

    def _described(self, closed: ConnectionClosed) -> End:
        """The close frame's code, never its reason (reliability.md M16)."""
        if self._socket.flooded:
            return End(Why.LOST, "flood")
        return End(Why.LOST, f"closed with {closed.rcvd.code}" if closed.rcvd is not None else "connection lost")

    def send(self, text: str) -> bool:
        """Send a text message soon, in order; False if too many are waiting."""
        try:
            self._commands.put_nowait(text)
        except asyncio.QueueFull:
            return False
        return True

    def abort(self, end: End) -> None:
        """Cut it: the other side is not waited for."""
        self._end = self._end or end
        self._socket.transport.abort()

    async def close(self, end: End | None) -> None:
        """End it, in good manners if the other side is prompt. Leaves no socket and no task."""
        code = _TOO_BIG if end is not None and end.detail == MESSAGE_TOO_BIG else _GOING_AWAY
        try:
            if self._end is None:
                async with asyncio.timeout(2 * self._timing.close):
                    await self._socket.close(code)
        except (TimeoutError, WebSocketException, OSError):
            pass
        finally:
            self._socket.transport.abort()
            for task in self._tasks:
                task.cancel()
            await asyncio.wait([*self._tasks, self._loop.create_task(self._socket.wait_closed())])

    async def _pulse(self) -> None:
        """Ping, and cut a connection whose pong does not come (reliability.md M10) or whose message does not end."""
        due = self._loop.time() + self._timing.ping
        waiting: asyncio.Task[None] | None = None
        try:
            while True:
                await asyncio.sleep(min(self._timing.tick, self._timing.ping))
                now = self._loop.time()
                self._socket.controls = 0
                if self._message_began is not None and now - self._message_began > self._timing.message:
                    self.abort(End(Why.LOST, "message without end"))
                if self._socket.transport.get_write_buffer_size() > _MOST_UNSENT:
                    self.abort(End(Why.LOST, "what is sent is not taken"))
                if waiting is not None and not waiting.done():
                    if now - due > self._timing.pong:
                        self.abort(End(Why.LOST, "no pong"))
                elif waiting is not None:
                    waiting, due = None, now + self._timing.ping
                elif now >= due:
                    due = now
                    waiting = self._loop.create_task(self._ping())
        finally:
            if waiting is not None:
                waiting.cancel()

    async def _ping(self) -> None:
        with contextlib.suppress(WebSocketException, OSError):
            await (await self._socket.ping())
            self._on_pong()

    async def _write(self) -> None:
        with contextlib.suppress(WebSocketException, OSError):
            while True:
                await self._socket.send(await self._commands.get())
