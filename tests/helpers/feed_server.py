"""A WebSocket server on a loopback port that does what a script says, down to the bytes of its frames."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import json
import re
import socket
import ssl
import struct
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from basix_desktop.etf import Term, encode

TEXT, BINARY, CONTINUED, CLOSE, PING, PONG = 1, 2, 0, 8, 9, 10
FIELDS: list[Term] = ["uuid", "direction", "called_number", "answer_timestamp"]
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
#: States of a TCP socket that somebody in this process still holds: ESTABLISHED, SYN_SENT, CLOSE_WAIT.
_HELD = {"01", "02", "08"}


def frame(payload: bytes, opcode: int = BINARY, fin: bool = True) -> bytes:
    """One frame as a server sends it: not masked."""
    size = len(payload)
    if size < 126:
        length = bytes([size])
    elif size < 1 << 16:
        length = b"\x7e" + struct.pack(">H", size)
    else:
        length = b"\x7f" + struct.pack(">Q", size)
    return bytes([opcode | (0x80 if fin else 0)]) + length + payload


def term(value: Term) -> bytes:
    return frame(encode(value))


def event(uuid: str, change: str = "added") -> bytes:
    """A channel's ``info_event``."""
    return term(("info_event", "channel", (uuid.encode(), "outbound", b"0312341234", None), change))


def system(word: str) -> bytes:
    return term(("system_msg", word.encode()))


#: What makes a feed live: the fields' names and a list of no channels.
BEGINNING = term(("field_spec", "channel", FIELDS)) + term(("initial_info", "channel", []))


class Peer:
    """One accepted connection. A script calls these methods in order."""

    def __init__(self, server: FeedServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.server = server
        self.reader = reader
        self.writer = writer
        self.head = ""
        self.pongs = True
        self.commands: list[dict[str, Any]] = []
        self.closed_with: int | None = None

    async def request(self) -> None:
        """Read the upgrade's head."""
        self.head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        self.server.heads.append(self.head)
        self.server.stir()

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.head.split(" ", 2)[1]).query)

    async def upgrade(self, *headers: str) -> None:
        await self.request()
        found = re.search(r"(?im)^sec-websocket-key: *(\S+)", self.head)
        assert found is not None
        accept = base64.b64encode(hashlib.sha1(found[1].encode() + _GUID).digest()).decode()
        await self.say("HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade",
                       f"Sec-WebSocket-Accept: {accept}", *headers)  # fmt: skip

    async def begin(self) -> None:
        """Upgrade, and say what makes the feed live."""
        await self.upgrade()
        await self.send(BEGINNING)

    async def say(self, *lines: str) -> None:
        await self.send("\r\n".join([*lines, "", ""]).encode())

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def close(self, code: int, reason: str = "") -> None:
        await self.send(frame(struct.pack(">H", code) + reason.encode(), CLOSE))
        await self.hold()

    def rst(self) -> None:
        raw = self.writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    async def hold(self) -> None:
        """Read what the client sends, answer its pings, until it leaves."""
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                await self._take(*await self._frame())

    async def _frame(self) -> tuple[int, bytes]:
        first, second = await self.reader.readexactly(2)
        size = second & 0x7F
        if size == 126:
            size = struct.unpack(">H", await self.reader.readexactly(2))[0]
        elif size == 127:
            size = struct.unpack(">Q", await self.reader.readexactly(8))[0]
        assert second & 0x80, "a client masks its frames"
        mask = await self.reader.readexactly(4)
        data = await self.reader.readexactly(size)
        return first & 0x0F, bytes(byte ^ mask[i % 4] for i, byte in enumerate(data))

    async def _take(self, opcode: int, data: bytes) -> None:
        if opcode == PING and self.pongs:
            await self.send(frame(data, PONG))
        elif opcode == TEXT:
            self.commands.append(json.loads(data))
            self.server.stir()
        elif opcode == CLOSE:
            self.closed_with = struct.unpack(">H", data[:2])[0] if data else 1005
            self.server.stir()
            self.writer.close()


Script = Callable[[Peer], Awaitable[None]]


async def live(peer: Peer) -> None:
    """A PBX without calls."""
    await peer.begin()
    await peer.hold()


class FeedServer:
    """An async context manager. ``scripts`` are used up one per connection; the last one serves all that follow."""

    def __init__(self, *scripts: Script, context: ssl.SSLContext | None = None, forgets: bool = False) -> None:
        """``forgets`` peers that have left, for measuring memory."""
        self.scripts = list(scripts)
        self.forgets = forgets
        self.context = context
        self.peers: list[Peer] = []
        self.heads: list[str] = []
        self.held: list[int] = []  # the client's sockets to this server, counted at every connection
        self.port = 0
        self._stirred = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        return f"{'https://localhost' if self.context else 'http://127.0.0.1'}:{self.port}/basix/api"

    async def __aenter__(self) -> Self:
        self._listener = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self.context)
        self.port = self._listener.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._listener.close()
        for peer in self.peers:
            with contextlib.suppress(AttributeError):  # up to Python 3.11.3 for TLS that was closed twice
                peer.writer.transport.abort()
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        await self._listener.wait_closed()

    def stir(self) -> None:
        self._stirred.set()

    async def until(self, holds: Callable[[], bool], seconds: float = 10) -> None:
        async with asyncio.timeout(seconds):
            while not holds():
                self._stirred.clear()
                await self._stirred.wait()

    def count_client(self) -> int:
        """The sockets to this port that this process holds as a client."""
        rows = [line.split() for line in Path("/proc/self/net/tcp").read_text().splitlines()[1:]]
        return sum(row[2].endswith(f":{self.port:04X}") and row[3] in _HELD for row in rows)

    @property
    def tasks(self) -> set[asyncio.Task[None]]:
        """The server's own."""
        return set(self._tasks)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        peer = Peer(self, reader, writer)
        self.peers.append(peer)
        self.held.append(self.count_client())
        self.stir()
        script = self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]
        try:
            await script(peer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client left in the middle, or the server ends; asyncio would log a cancelled one as an error
        finally:
            self._tasks.discard(task)
            writer.close()
            if self.forgets:
                self.peers.remove(peer)
                self.heads.clear()
            self.stir()
