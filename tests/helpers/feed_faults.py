"""The ways in which a connection to the feed ends: scripts for ``FeedServer``, each with the reason to be given."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from basix_desktop.etf import encode
from tests.helpers.feed_server import BINARY, CLOSE, CONTINUED, TEXT, Peer, Script, event, frame, term

#: What a server may say, and nobody is to see (reliability.md M16).
REASON = "<b>call 0990 CANARY</b>"
BIG = 300 * 1024


@dataclass(frozen=True, slots=True)
class Fault:
    name: str
    script: Script
    reason: str = "lost"
    upgraded: bool = True


def answers(status: str, *headers: str) -> Script:
    async def run(peer: Peer) -> None:
        await peer.request()
        await peer.say(f"HTTP/1.1 {status}", "Content-Length: 0", *headers)

    return run


def begins(then: Callable[[Peer], Awaitable[None]]) -> Script:
    async def run(peer: Peer) -> None:
        await peer.begin()
        await then(peer)

    return run


def says(*frames: bytes) -> Script:
    """Live, then these bytes, then whatever the client does."""

    async def run(peer: Peer) -> None:
        await peer.begin()
        for data in frames:
            await peer.send(data)
        await peer.hold()

    return run


def closes(code: int, reason: str = REASON) -> Script:
    return begins(lambda peer: peer.close(code, reason))


async def ends_at_once(peer: Peer) -> None:
    return None


async def resets_at_once(peer: Peer) -> None:
    peer.rst()


async def half_upgrade(peer: Peer) -> None:
    await peer.request()
    await peer.send(b"HTTP/1.1 101 Switching Pro")


async def babble(peer: Peer) -> None:
    await peer.send(b"220 mail.example ESMTP\r\n\r\n")


async def endless_head(peer: Peer) -> None:
    await peer.request()
    await peer.send(b"HTTP/1.1 101 Switching Protocols\r\n")
    with contextlib.suppress(OSError):
        for _ in range(1000):
            await peer.send(b"X-Filler: " + b"x" * 1000 + b"\r\n")


async def wrong_accept(peer: Peer) -> None:
    await peer.request()
    await peer.say("HTTP/1.1 101 S", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Accept: AAAA")


async def deflates(peer: Peer) -> None:
    await peer.upgrade("Sec-WebSocket-Extensions: permessage-deflate")


async def resets(peer: Peer) -> None:
    await peer.begin()
    await peer.send(event("u1"))
    peer.rst()


async def ends(peer: Peer) -> None:
    await peer.begin()
    await peer.send(event("u1"))


async def closes_but_stays(peer: Peer) -> None:
    await peer.begin()
    await peer.send(frame(struct.pack(">H", 1001), CLOSE))
    while await peer.reader.read(1000):
        pass


async def without_pong(peer: Peer) -> None:
    peer.pongs = False
    await peer.begin()
    await peer.hold()


async def without_channels(peer: Peer) -> None:
    await peer.upgrade()
    await peer.send(term(("field_spec", "user", ["id", "name"])) + term(("initial_info", "user", [(1, b"helen")])))
    await peer.hold()


async def silent_upgrade(peer: Peer) -> None:
    await peer.request()
    await peer.reader.read()


def _fragments(count: int) -> bytes:
    return frame(b"\x83", BINARY, fin=False) + frame(b"h", CONTINUED, fin=False) * count


BEFORE = [
    Fault("ends at once", ends_at_once, upgraded=False),
    Fault("resets at once", resets_at_once, upgraded=False),
    Fault("no answer to the upgrade", silent_upgrade, upgraded=False),
    Fault("half an upgrade", half_upgrade, upgraded=False),
    Fault("not HTTP", babble, upgraded=False),
    Fault("a head without end", endless_head, upgraded=False),
    Fault("500", answers("500 Internal Server Error"), upgraded=False),
    Fault("503", answers("503 Service Unavailable", "Retry-After: Mon, 23 Nov 2026 00:00:00 GMT"), upgraded=False),
    Fault("429", answers("429 Too Many Requests"), upgraded=False),
    Fault("404", answers("404 Not Found"), "refused", upgraded=False),
    Fault("200", answers("200 OK"), "refused", upgraded=False),
    Fault("wrong accept", wrong_accept, "refused", upgraded=False),
    Fault("compresses", deflates, "refused", upgraded=False),
]
AFTER = [
    Fault("reset", resets),
    Fault("end", ends),
    *[Fault(f"close {code}", closes(code)) for code in (1000, 1001, 1006, 1008, 1011, 1012, 1013, 4000)],
    Fault("close, and stays", closes_but_stays),
    Fault("close without code", says(frame(b"", CLOSE))),
    Fault("close with half a code", says(frame(b"\x03", CLOSE))),
    Fault("unknown opcode", says(frame(b"x", 3))),
    Fault("compressed frame", says(b"\xc2\x01x")),
    Fault("masked frame", says(b"\x82\x81abcdx")),
    Fault("large ping", says(frame(b"x" * 200, 9))),
    Fault("text that is none", says(frame(b"\xff\xfe", TEXT))),
    Fault("continuation of nothing", says(frame(b"x", CONTINUED))),
    Fault("large event", says(term(("info_event", "channel", (b"u1", b"x" * BIG), "added")))),
    Fault("large text", says(frame(b"x" * BIG, TEXT))),
    Fault("announces 2^62 bytes", says(b"\x82\x7f" + struct.pack(">Q", 1 << 62))),
    Fault("announces 17 MiB", says(b"\x82\x7f" + struct.pack(">Q", 17 << 20))),
    Fault("message without end", says(frame(b"\x83", BINARY, fin=False))),
    Fault("fragments without end", says(_fragments(5000))),
    Fault("half a frame", begins(lambda peer: peer.send(term(("msg", b"x" * 100))[:50]))),
    Fault("no pong", without_pong),
    Fault("100 bad frames", says(frame(b"") * 100)),
    Fault("no channels", without_channels, "silent"),
]
#: Each is dropped, and the connection kept (reliability.md M5, M6).
BAD_FRAMES = {
    "text": frame(b"{}", TEXT),
    "empty": frame(b""),
    "wrong version": frame(b"\x82" + encode(("msg", b"x"))[1:]),
    "unknown tag": frame(b"\x83\xff"),
    "trailing bytes": frame(encode(("msg", b"x")) + b"\x00"),
    "truncated": frame(encode(("msg", b"x" * 100))[:-1]),
    "deep": frame(b"\x83" + b"h\x01" * 100_000 + b"j"),
    "claims 2^32": frame(b"\x83l\xff\xff\xff\xff"),
    "process": frame(b"\x83g"),
    "bad atom": frame(b"\x83v\x00\x01\xff"),
    "NaN": frame(b"\x83F" + struct.pack(">d", float("nan"))),
}
