"""A PBX at its busiest, in a process of its own: ``python -m tests.helpers.feed_storm SECONDS RATE FOLLOWED``.

Tells its address as a line of JSON, and once the storm is over how many events went out in how many seconds. Ends when
its standard input is closed.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from uuid import NAMESPACE_OID, UUID, uuid5

from basix_desktop.demo.feed_elements import ELEMENTS, GroupInfo, Leg, Member, UserInfo, Word
from basix_desktop.demo.feed_terms import field_spec, info_event, initial_info
from tests.helpers.feed_server import FeedServer, Peer, frame

USERS, GROUPS, MEMBERS, CHANNELS = 2_000, 300, 3_000, 500
FIRST_USER, FIRST_GROUP = 10_001_000, 20_001_000
AT_ONCE = 250  # calls that come and go during the storm
OUT, EXT, INT = Word("outbound"), Word("external"), Word("internal")
#: One event in so many is about a call that the program follows.
FOLLOWED_EVERY = 500
SECOND = 1_000_000


def followed_uuid(number: int) -> str:
    """The outside leg of a standing call; the first of them are for the program to follow."""
    return str(uuid5(NAMESPACE_OID, f"outside {number}"))


def _inside_uuid(number: int) -> str:
    return str(uuid5(NAMESPACE_OID, f"inside {number}"))


def _user(number: int) -> int:
    return FIRST_USER + number % USERS


def users() -> list[UserInfo]:
    return [
        UserInfo(_user(n), f"user{n}", f"山田 太郎 {n}" if n % 2 else f"Helen Clarke {n}", str(10_000 + n), "")
        for n in range(USERS)
    ]


def groups() -> list[GroupInfo]:
    return [GroupInfo(FIRST_GROUP + n, f"group{n}", f"Sales {n}", 0, str(30_000 + n)) for n in range(GROUPS)]


def members() -> list[Member]:
    return [Member(n, FIRST_GROUP + n % GROUPS, _user(n * 7), n) for n in range(MEMBERS)]


def standing(now: int) -> list[Leg]:
    """Calls that were there before: both legs of each, connected."""
    legs: list[Leg] = []
    for number in range(CHANNELS // 2):
        legs += _talking(followed_uuid(number), _inside_uuid(number), _user(number), now - 60 * SECOND)
    return legs


def _talking(outside: str, inside: str, user: int, at: int) -> list[Leg]:
    first = _outside(outside, at)
    bridged = (at + 9 * SECOND, Word("bridged"))
    first = replace(first, answer_timestamp=at + 4 * SECOND, state=bridged, other_uuid=inside)
    other = replace(_inside(inside, outside, user, at), answer_timestamp=at + 9 * SECOND, state=bridged)
    return [first, other]


def _outside(uuid: str, at: int, number: str = "0312341234") -> Leg:
    return Leg(
        uuid, OUT, EXT, "", "05068601111", number, at,
        state=(at, Word("calling"), Word("ext"), Word("pstn"), (number,)),
        origination="call_external*helen", end_user="4711*%E5%B1%B1%E7%94%B0+%E5%A4%AA%E9%83%8E*ACME***",
        last_event="STATE_CHANGE",
    )  # fmt: skip


def _inside(uuid: str, outside: str, user: int, at: int) -> Leg:
    return Leg(
        uuid, OUT, INT, "", "0312341234", "1001", at + 4 * SECOND, other_uuid=outside, user_id=user,
        state=(at + 4 * SECOND, Word("calling"), Word("int"), Word("user"), (user,)), last_event="STATE_CHANGE",
    )  # fmt: skip


def _call(rng: random.Random) -> Iterator[bytes]:
    """A number is called, answers, is connected to somebody inside, and hangs up."""
    outside, inside = (str(UUID(int=rng.getrandbits(128))) for _ in range(2))
    user, at = _user(rng.randrange(USERS)), time.time_ns() // 1000
    leg = _outside(outside, at, f"03{rng.randrange(10**8):08}")
    yield info_event(leg, "added")
    yield info_event(leg := replace(leg, answer_timestamp=at + 4 * SECOND, last_event="CHANNEL_ANSWER"), "updated")
    other = _inside(inside, outside, user, at)
    yield info_event(leg := replace(leg, state=other.state, last_event="STATE_CHANGE"), "updated")
    yield info_event(other, "added")
    leg, other = (
        replace(one, other_uuid=two.other_uuid or inside, state=two.state, answer_timestamp=two.answer_timestamp)
        for one, two in zip((leg, other), _talking(outside, inside, user, at), strict=True)
    )
    yield info_event(other, "updated")
    yield info_event(leg, "updated")
    for one, side in ((leg, "recv_bye"), (other, "send_bye")):
        ended = replace(
            one, hangup_timestamp=at + 99 * SECOND, last_event="CHANNEL_HANGUP",
            last_event_data=f"{side},NORMAL_CLEARING",
        )  # fmt: skip
        yield info_event(ended, "updated")
        yield info_event(ended, "removed")


def _followed(rng: random.Random, how_many: int) -> Iterator[bytes]:
    """The calls that the program follows are parked and taken back, again and again."""
    for turn in range(sys.maxsize):
        number = turn % how_many
        now = time.time_ns() // 1000
        user = _user(rng.randrange(USERS))
        leg, _ = _talking(followed_uuid(number), _inside_uuid(number), user, now - 60 * SECOND)
        parked = (now, Word("park"), "701", None, user, "helen")
        yield info_event(replace(leg, state=parked if turn // how_many % 2 == 0 else (now, Word("bridged"))), "updated")


def storm(count: int, how_many_followed: int, seed: int = 1) -> Iterator[bytes]:
    """So many events; the last ends the first of the followed calls."""
    rng = random.Random(seed)
    calls = [_call(rng) for _ in range(AT_ONCE)]
    followed = _followed(rng, how_many_followed)
    for number in range(count - 1):
        if number % FOLLOWED_EVERY == FOLLOWED_EVERY - 1:
            yield next(followed)
            continue
        turn = rng.randrange(AT_ONCE)
        step = next(calls[turn], None)
        if step is None:
            calls[turn] = _call(rng)
            step = next(calls[turn])
        yield step
    now = time.time_ns() // 1000
    leg, _ = _talking(followed_uuid(0), _inside_uuid(0), _user(0), now - 60 * SECOND)
    ended = replace(leg, hangup_timestamp=now, last_event="CHANNEL_HANGUP", last_event_data="recv_bye,NORMAL_CLEARING")
    yield info_event(ended, "updated")


def _tell(what: dict[str, str | float]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


async def _send_storm(peer: Peer, seconds: int, rate: int, how_many_followed: int) -> None:
    await peer.upgrade()
    reading = asyncio.create_task(peer.hold())  # its pings are answered meanwhile
    for element in ELEMENTS:
        await peer.send(frame(field_spec(element)))
    for elements in (standing(time.time_ns() // 1000), users(), groups(), members()):
        await peer.send(frame(initial_info(elements[0].kind, elements)))
    begun = time.monotonic()
    sent = 0
    for event in storm(seconds * rate, how_many_followed):
        await peer.send(frame(event))
        sent += 1
        ahead = begun + sent / rate - time.monotonic()
        if ahead > 0.002:
            await asyncio.sleep(ahead)
    ended = time.monotonic()
    _tell({"sent": sent, "seconds": ended - begun, "ended_at": ended})
    await reading


async def _serve(seconds: int, rate: int, how_many_followed: int) -> None:
    async with FeedServer(lambda peer: _send_storm(peer, seconds, rate, how_many_followed)) as server:
        _tell({"url": server.url})
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(*map(int, sys.argv[1:4])))
