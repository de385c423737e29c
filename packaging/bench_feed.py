#!/usr/bin/env python3
"""Measures what a frame of the feed costs: decoded, parsed and tracked by us, against erlang_py that only decodes it.

All read the same frames in turns, so that a busy moment of the computer meets them all.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import cast
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench_table import Row, median, table

from basix_desktop.cti.messages import Parser
from basix_desktop.domain.feed import Message
from basix_desktop.domain.tracker import Live, track
from basix_desktop.etf import Chars, Term, decode, encode, limits_for

FEED_LIMIT = 0.8  # times the rate at which erlang_py merely decodes
TURNS, FRAMES = 5, 6_000
CALLS_AT_ONCE = 250

Reader = Callable[[bytes], object]

CHANNEL_FIELDS = """
    uuid direction peer_location calling_name calling_number called_number offer_timestamp answer_timestamp
    hangup_timestamp other_uuid user_id group_id state target origination end_user tags last_bridged_user_id
    last_event last_event_data other_info call_id
""".split()  # noqa: SIM905
_START = 1_546_839_040_024_071  # microseconds


def field_spec() -> bytes:
    """The frame that names a channel's fields."""
    return encode(("field_spec", Chars(b"channel"), list(CHANNEL_FIELDS)))


def channel_events(count: int, seed: int = 1, at_once: int = CALLS_AT_ONCE) -> list[bytes]:
    """Frames as they come while so many calls are under way, both legs of each told from its beginning to its end."""
    rng = random.Random(seed)
    calls = [_call(rng) for _ in range(at_once)]
    frames: list[bytes] = []
    while len(frames) < count:
        turn = rng.randrange(at_once)
        step = next(calls[turn], None)
        if step is None:
            calls[turn] = _call(rng)
        else:
            frames.append(encode(step))
    return frames


def _call(rng: random.Random) -> Iterator[Term]:
    """A number is called, answers, is connected to somebody inside, and hangs up."""
    uuid, inside = (str(UUID(int=rng.getrandbits(128))).encode() for _ in range(2))
    at, user = _START + rng.randrange(10**12), rng.randrange(10_001_000, 10_003_000)
    number = b"03%08d" % rng.randrange(10**8)
    leg: dict[str, Term] = {
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
    other: dict[str, Term] = {
        **leg,
        "uuid": inside,
        "peer_location": "internal",
        "called_number": b"1001",
        "offer_timestamp": at + 4_200_000,
        "other_uuid": uuid,
        "user_id": user,
        "state": (at + 4_200_000, "calling", "int", "user", (user,)),
        "other_info": ("end_user", leg["end_user"], "outbound", "external", number, at, None, None),
    }
    yield _told("added", leg)
    leg |= {"answer_timestamp": at + 4_000_000, "last_event": "CHANNEL_ANSWER"}
    yield _told("updated", leg)
    leg |= {"state": other["state"], "target": ("user", user, b"helen", number), "last_event": "STATE_CHANGE"}
    yield _told("updated", leg)
    yield _told("added", other)
    other |= {"answer_timestamp": at + 9_000_000, "state": (at + 9_000_000, "bridged"), "last_event": "CHANNEL_ANSWER"}
    yield _told("updated", other)
    leg |= {"state": (at + 9_000_000, "bridged"), "other_uuid": inside}
    leg["other_info"] = ("user", user, "outbound", "internal", b"t1001", at + 4_200_000, None, None)
    yield _told("updated", leg)
    for one, side in ((leg, b"recv_bye"), (other, b"send_bye")):
        one |= {"hangup_timestamp": at + 99_000_000, "last_event": "CHANNEL_HANGUP"}
        one["last_event_data"] = side + b",NORMAL_CLEARING"
        yield _told("updated", one)
        yield _told("removed", one)


def _told(change: str, values: dict[str, Term]) -> Term:
    return "info_event", Chars(b"channel"), tuple(values.get(name) for name in CHANNEL_FIELDS), change


def rates(readers: Sequence[Callable[[], Reader]], frames: Sequence[bytes], turns: int) -> list[float]:
    """Frames a second of each reader, made anew for each turn, at the median of the turns."""
    taken: list[list[float]] = [[] for _ in readers]
    for _ in range(turns):
        for made, times in zip(readers, taken, strict=True):
            reader = made()
            start = time.process_time()
            for frame in frames:
                reader(frame)
            times.append(time.process_time() - start)
    return [len(frames) / median(times) for times in taken]


def read() -> Reader:
    """Decodes and parses, as a new connection does."""
    parser = Parser()
    parser.feed(decode(field_spec()))
    return lambda frame: parser.feed(decode(frame, limits_for(frame)))


def followed() -> Reader:
    """Decodes, parses and tracks, as the program does."""
    parse, live = read(), Live()

    def step(frame: bytes) -> None:
        nonlocal live
        live, _ = track(live, cast(Message, parse(frame)))

    return step


def measure(turns: int = TURNS, frames: int = FRAMES) -> list[Row]:
    """The rows of the table."""
    import erlang  # type: ignore[import-untyped]

    readers: list[Callable[[], Reader]] = [lambda: erlang.binary_to_term, lambda: decode, read, followed]
    theirs, decoded, parsed, tracked = rates(readers, channel_events(frames), turns)
    return [
        Row("feed: erlang_py decodes", theirs, "/s", decimals=0),
        Row("feed: ours decodes", decoded, "/s", decimals=0),
        Row("feed: ours decodes and parses", parsed, "/s", decimals=0),
        Row("feed: ours decodes, parses and tracks", tracked, "/s", decimals=0),
        Row("feed: erlang_py's rate / ours with all three", theirs / tracked, limit=1 / FEED_LIMIT),
    ]


if __name__ == "__main__":
    print(table(measure()))
