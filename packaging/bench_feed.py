#!/usr/bin/env python3
"""Measures what a frame of the feed costs: ours decoded, and decoded and parsed, against erlang_py that only decodes.

Both read the same frames in turns, so that a busy moment of the computer meets both.
"""

import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench_table import Row, median

from basix_desktop.cti.messages import Parser
from basix_desktop.etf import Chars, Term, decode, encode, limits_for

FEED_LIMIT = 0.8  # times the rate at which erlang_py merely decodes
TURNS, FRAMES = 7, 6_000  # more calls than Parser keeps the texts of

CHANNEL_FIELDS = [
    "uuid",
    "direction",
    "peer_location",
    "calling_name",
    "calling_number",
    "called_number",
    "offer_timestamp",
    "answer_timestamp",
    "hangup_timestamp",
    "other_uuid",
    "user_id",
    "group_id",
    "state",
    "target",
    "origination",
    "end_user",
    "tags",
    "last_bridged_user_id",
    "last_event",
    "last_event_data",
    "other_info",
    "call_id",
]
_START = 1_546_839_040_024_071  # microseconds


def field_spec() -> bytes:
    """The frame that names a channel's fields."""
    return encode(("field_spec", Chars(b"channel"), list(CHANNEL_FIELDS)))


def channel_events(count: int, seed: int = 1) -> list[bytes]:
    """Frames as they come while calls are placed: each leg is added, answered, connected, ended and removed."""
    rng = random.Random(seed)
    steps: list[tuple[Term, ...]] = []
    while len(steps) < count:
        steps.extend(_call(rng))
    return [encode(step) for step in steps[:count]]


def _call(rng: random.Random) -> list[tuple[Term, ...]]:
    uuid, other = (f"{rng.getrandbits(128):032x}".encode() for _ in range(2))
    at = _START + rng.randrange(10**12)
    number = b"03%08d" % rng.randrange(10**8)
    user = rng.randrange(10_001_000, 10_003_000)
    base: dict[str, Term] = {
        "uuid": uuid,
        "direction": "outbound",
        "peer_location": "external",
        "calling_number": b"05068601111",
        "called_number": number,
        "offer_timestamp": at,
        "end_user": b"4711*%E5%B1%B1%E7%94%B0+%E5%A4%AA%E9%83%8E*ACME***",
        "origination": b"call_external*helen",
        "state": (at, "calling", "ext", "pstn", (number,)),
        "last_event": "STATE_CHANGE",
    }
    ringing = {**base, "answer_timestamp": at + 4_000_000, "last_event": "CHANNEL_ANSWER"}
    ringing["state"] = (at + 4_100_000, "calling", "int", "user", (user,))
    ringing["target"] = ("user", user, b"helen", number)
    bridged = {**ringing, "state": (at + 9_000_000, "bridged"), "other_uuid": other, "last_event": "STATE_CHANGE"}
    bridged["other_info"] = ("user", user, "outbound", "internal", b"t1001", at + 4_200_000, None, None)
    ended = {**bridged, "hangup_timestamp": at + 99_000_000, "last_event": "CHANNEL_HANGUP"}
    ended["last_event_data"] = b"recv_bye,NORMAL_CLEARING"
    changes = (("added", base), ("updated", ringing), ("updated", bridged), ("updated", ended), ("removed", ended))
    return [
        ("info_event", Chars(b"channel"), tuple(values.get(name) for name in CHANNEL_FIELDS), change)
        for change, values in changes
    ]


def rates(readers: Sequence[Callable[[bytes], object]], frames: Sequence[bytes], turns: int) -> list[float]:
    """Frames a second of each reader, at the median of the turns."""
    taken: list[list[float]] = [[] for _ in readers]
    for _ in range(turns):
        for reader, times in zip(readers, taken, strict=True):
            start = time.process_time()
            for frame in frames:
                reader(frame)
            times.append(time.process_time() - start)
    return [len(frames) / median(times) for times in taken]


def measure(after: Callable[[object], object] | None = None, turns: int = TURNS, frames: int = FRAMES) -> list[Row]:
    """The rows of the table. ``after``: what the program does with a message once it is parsed."""
    import erlang  # type: ignore[import-untyped]

    parser = Parser()
    parser.feed(decode(field_spec()))

    def whole(frame: bytes) -> object:
        message = parser.feed(decode(frame, limits_for(frame)))
        return after(message) if after else message

    theirs, ours, all_of_it = rates((erlang.binary_to_term, decode, whole), channel_events(frames), turns)
    return [
        Row("feed: erlang_py decodes", theirs, "/s", decimals=0),
        Row("feed: decoded", ours, "/s", decimals=0),
        Row("feed: decoded and read", all_of_it, "/s", decimals=0),
        Row("feed: erlang_py's rate / ours, decoded and read", theirs / all_of_it, limit=1 / FEED_LIMIT),
    ]


if __name__ == "__main__":
    for row in measure():
        print(row)
