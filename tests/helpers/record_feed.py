"""Record what the demo PBX's feed says over a stretch of demo time, and read such a recording.

``python -m tests.helpers.record_feed PATH [--minutes 60] [--speed 120] [--seed 20]``. A recording is gzip: for each
frame its length in four bytes, most significant first, and its bytes.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gzip
import http.client
import itertools
import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from basix_desktop.demo.feed_elements import Leg, Value, Word
from basix_desktop.demo.feed_terms import info_event
from basix_desktop.demo.server import DemoPbx
from basix_desktop.demo.stories import STORIES
from tests.unit.demo.client import call, credentials

_CALL_EVERY = 40.0  # seconds of demo time
_DESTINATIONS = ("sales", "support", "campaign", "eigyo", "soumu", "helen", "sato", "1002", "reception")
_PEOPLE: tuple[dict[str, str | int], ...] = (
    {},
    {"id": 7, "name": "luke.s"},
    {"id": "A*7|x", "name": "山田 太郎+花子", "organization": "株式会社 50% & Co.", "prefecture": "北海道"},
    {"name": "Zoë", "avatar": "https://example.com/z.png"},
)
#: States that no call of the demo comes to (basix-api.md 2.3), so that readers meet them too.
_RARE: tuple[tuple[Value, ...], ...] = (
    (Word("calling"), Word("ext"), Word("bridged_endpoint"), ("alice", "sip.example")),
    (Word("checking_voicemail"), "受付"),
    (Word("calling_siptermination"), "sip:bob@example"),
    (Word("system_operation"), "recording"),
    (Word("conference"), "room-5"),
    (Word("xml_ivr"),),
    (Word("eavesdrop"), "ede7b23e-c172-445e-832e-963b11ba2b96", Word("listening")),
    (Word("hovering"), 3, "unheard of"),
)


def write_frames(path: Path, frames: list[bytes]) -> None:
    raw = b"".join(len(frame).to_bytes(4, "big") + frame for frame in frames)
    path.write_bytes(gzip.compress(raw, 9, mtime=0))


def read_frames(path: Path) -> Iterator[bytes]:
    raw = gzip.decompress(path.read_bytes())
    at = 0
    while at < len(raw):
        size = int.from_bytes(raw[at : at + 4], "big")
        yield raw[at + 4 : at + 4 + size]
        at += 4 + size


def record(minutes: float, speed: float, seed: int) -> list[bytes]:
    """Every frame of one listener to a busy PBX, reconnecting when the feed is cut, over ``minutes`` of demo time."""
    frames: list[bytes] = []
    stop = threading.Event()
    with DemoPbx(seed=seed, speed=speed, token="recording") as pbx:
        listener = threading.Thread(target=lambda: asyncio.run(_listen(pbx, frames, stop)))
        listener.start()
        until(lambda: bool(pbx.feed_connections))
        callers = threading.Thread(target=_place_calls, args=(pbx, speed, stop))
        callers.start()
        time.sleep(minutes * 60 / speed)
        stop.set()
        callers.join()
        _push_rare(pbx)
        pbx.system_message("connection_replaced")
        listener.join()
    return frames


async def _listen(pbx: DemoPbx, frames: list[bytes], stop: threading.Event) -> None:
    url = f"ws://{urlsplit(pbx.server).netloc}/basix/api/ws_cti?app_name=recorder&full_events=true"
    headers = {"Authorization": credentials(pbx)}
    while not stop.is_set():
        with contextlib.suppress(OSError, WebSocketException):
            async with connect(url, additional_headers=headers, compression=None, proxy=None, max_size=None) as socket:
                async for frame in socket:
                    frames.append(frame if isinstance(frame, bytes) else frame.encode())
        await asyncio.sleep(0.02)


def _place_calls(pbx: DemoPbx, speed: float, stop: threading.Event) -> None:
    rng = random.Random(3)
    for number, story in enumerate(itertools.cycle(STORIES)):
        target = {"called_number": f"0312{number % 100:02d}{story.digits}", "end_user": rng.choice(_PEOPLE)}
        with contextlib.suppress(OSError, http.client.HTTPException):
            call(pbx, target, rng.choice(_DESTINATIONS), timeout=10 / speed)
        if stop.wait(_CALL_EVERY / speed):
            return


def _push_rare(pbx: DemoPbx) -> None:
    for number, state in enumerate(_RARE):
        now = time.time_ns() // 1000
        leg = Leg(f"rare-{number}", Word("inbound"), Word("external"), "珍しい", "0312345678", "100", now)
        for change in ("added", "removed"):
            pbx.push(frame=info_event(replace(leg, state=(now, *state), tags="a;b;；", group_id=101), change))
    pbx.push(("msg", b"hello"))


def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "this never came true"
        time.sleep(0.005)


def main() -> None:
    parser = argparse.ArgumentParser(description="Record the demo PBX's feed.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--speed", type=float, default=120.0)
    parser.add_argument("--seed", type=int, default=20)
    arguments = parser.parse_args()
    frames = record(arguments.minutes, arguments.speed, arguments.seed)
    write_frames(arguments.path, frames)
    print(f"{len(frames)} frames, {sum(map(len, frames))} bytes, {arguments.path.stat().st_size} compressed")  # noqa: T201


if __name__ == "__main__":
    main()
