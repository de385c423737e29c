"""The feed against a server that does everything wrong (reliability.md M, L6)."""

from __future__ import annotations

import asyncio
import base64
import gc
import logging
import random
import socket
import struct
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from basix_desktop.cti import feed
from basix_desktop.domain.accounts import Token
from basix_desktop.domain.errors import TokenUnavailable
from basix_desktop.domain.feed import ElementEvent, FeedPhase, Snapshot
from basix_desktop.etf import Limits, Term, decode, encode
from tests.helpers.feed_faults import AFTER, BAD_FRAMES, BEFORE, REASON, Fault, answers, says
from tests.helpers.feed_faults import silent_upgrade as silent
from tests.helpers.feed_probe import CANARY, Probe, quick, run
from tests.helpers.feed_server import (
    BEGINNING,
    BINARY,
    CLOSE,
    CONTINUED,
    PING,
    FeedServer,
    Peer,
    Script,
    event,
    frame,
    live,
    system,
    term,
)

log = logging.getLogger(__name__)
pytestmark = pytest.mark.logs_expected("frames that cannot be read")
_SHORT = {"open": 0.4, "snapshot": 0.5, "message": 0.3}


def _named(faults: list[Fault]) -> list[object]:
    return [pytest.param(fault, id=fault.name) for fault in faults]


def _uuids(probe: Probe) -> list[str]:
    return [m.element.uuid for m in probe.messages if isinstance(m, ElementEvent) and hasattr(m.element, "uuid")]


@pytest.mark.parametrize("fault", _named(BEFORE + AFTER))
def test_after_any_fault_it_is_live_again(fault: Fault) -> None:
    async def main() -> None:
        async with FeedServer(fault.script, live) as server, Probe(server.url, timing=quick(**_SHORT)) as probe:
            await probe.went(fault.reason)
            assert server.held == [1, 1]
            assert probe.phases.count((FeedPhase.LIVE, "")) == 1 + (fault.upgraded and fault.name != "no channels")

    run(main())


@pytest.mark.slow
def test_over_two_hundred_disconnects_leave_nothing_behind(caplog: pytest.LogCaptureFixture) -> None:
    """Every kind five times in random order: always live again, one socket at a time, no task, no memory."""
    caplog.set_level(logging.CRITICAL, "basix_desktop.cti.feed")  # pytest keeps every record
    rounds: list[tuple[float, int, int, int]] = []
    go_on = asyncio.Event()

    async def checkpoint(peer: Peer) -> None:
        await peer.begin()
        await go_on.wait()
        go_on.clear()

    scripts: list[Script] = []
    for _ in range(5):
        scripts += [fault.script for fault in random.sample(BEFORE + AFTER, len(BEFORE + AFTER))] + [checkpoint]

    async def main() -> None:
        timing = quick(**_SHORT, slow=0.05)
        async with FeedServer(*scripts, live, forgets=True) as server, Probe(server.url, timing=timing) as probe:
            for number in range(1, 6):
                at = number * (len(BEFORE + AFTER) + 1)
                await server.until(lambda at=at: len(server.held) == at, 60)  # type: ignore[misc]
                await probe.reach(FeedPhase.LIVE)
                probe.forget()
                rounds.append(await _figures())
                go_on.set()
            assert max(server.held) == 1

    began = time.monotonic()
    tracemalloc.start()
    try:
        run(main())
    finally:
        tracemalloc.stop()
    seconds = time.monotonic() - began
    log.info("%d disconnects in %.1f s; (bytes, tasks, fds, RSS): %s", 5 * len(BEFORE + AFTER), seconds, rounds)
    assert seconds < 60
    early, late = rounds[1], rounds[-1]
    assert late[0] - early[0] < 200_000
    assert late[1] <= early[1]
    assert late[2] <= early[2]
    assert late[3] - early[3] < 20_000


async def _figures() -> tuple[float, int, int, int]:
    """Traced bytes, tasks, open files, resident pages' kilobytes, once what has ended is gone."""
    await asyncio.sleep(0.1)
    gc.collect()
    return (
        tracemalloc.get_traced_memory()[0],
        len(asyncio.all_tasks()),
        sum(1 for _ in Path("/proc/self/fd").iterdir()),
        _resident(),
    )


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden"])
def test_a_refused_token_stops_it_until_somebody_acts(status: str) -> None:
    tokens = ["old", "new"]

    async def main() -> None:
        async with (
            FeedServer(answers(status), live) as server,
            Probe(server.url, token=lambda: Token(tokens[len(server.heads)])) as probe,
        ):
            await probe.reach(FeedPhase.STOPPED, "token_refused")
            await asyncio.sleep(0.3)  # many times the longest wait
            assert len(server.held) == 1
            probe.feed.use_here()
            await probe.reach(FeedPhase.LIVE)
            assert [_authorization(head) for head in server.heads] == ["example:old", "example:new"]
            assert "forced" not in "".join(server.heads)

    run(main())


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int) -> None:
    async def main() -> None:
        async with FeedServer(live) as other:
            where = f"Location: ws://127.0.0.1:{other.port}/basix/api/ws_cti"
            async with FeedServer(answers(f"{status} Elsewhere", where), live) as server, Probe(server.url) as probe:
                await probe.went("refused")
                assert len(server.held) == 2
                assert other.held == []

    run(main())


def test_nobody_listening() -> None:
    async def main() -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            async with Probe(f"http://127.0.0.1:{taken.getsockname()[1]}/basix/api") as probe:
                await probe.until(lambda: probe.count(FeedPhase.WAITING, "lost") >= 5)

    run(main())


@pytest.mark.parametrize("name", BAD_FRAMES)
def test_a_frame_that_cannot_be_read_is_dropped_and_the_connection_kept(name: str) -> None:
    async def main() -> None:
        script = says(*[BAD_FRAMES[name]] * 99, event("after"))
        async with FeedServer(script) as server, Probe(server.url) as probe:
            await probe.until(lambda: _uuids(probe) == ["after"])
            assert len(server.held) == 1

    run(main())


def test_the_sum_of_bad_frames_counts_not_their_row() -> None:
    async def main() -> None:
        pair = BAD_FRAMES["empty"] + event("u")
        async with FeedServer(says(*[pair] * 100), live) as server, Probe(server.url) as probe:
            await probe.went("lost")
            assert len(_uuids(probe)) == 99
            assert len(server.held) == 2

    run(main())


def test_messages_arrive_in_order_however_they_are_cut() -> None:
    uuids = [f"u{n}" for n in range(500)]
    stream = BEGINNING + b"".join(event(uuid) for uuid in uuids)

    async def dribble(peer: Peer) -> None:
        await peer.upgrade()
        at = 0
        while at < len(stream):
            step = random.choice([1, 2, 7, 100, 4000])
            await peer.send(stream[at : at + step])
            at += step
            await asyncio.sleep(0)
        await peer.hold()

    async def main() -> None:
        async with FeedServer(dribble) as server, Probe(server.url) as probe:
            await probe.until(lambda: len(_uuids(probe)) == len(uuids))
            assert _uuids(probe) == uuids

    run(main())


def test_a_large_snapshot_in_fragments_is_read() -> None:
    rows = [(f"{n:08}".encode() * 14, "outbound", b"0312341234", None) for n in range(15_000)]
    data = encode(("initial_info", "channel", rows))  # type: ignore[arg-type]
    pieces = [data[i : i + 100_000] for i in range(0, len(data), 100_000)]

    async def snapshot(peer: Peer) -> None:
        await peer.upgrade()
        await peer.send(term(("field_spec", "channel", ["uuid", "direction", "called_number", "answer_timestamp"])))
        for number, piece in enumerate(pieces):
            await peer.send(frame(piece, BINARY if number == 0 else CONTINUED, fin=number == len(pieces) - 1))
        await peer.send(event("after"))
        await peer.hold()

    async def main() -> None:
        async with FeedServer(snapshot) as server, Probe(server.url) as probe:
            await probe.until(lambda: _uuids(probe) == ["after"], 20)
            tables = [m for m in probe.messages if isinstance(m, Snapshot)]
            assert [len(table.elements) for table in tables] == [len(rows)]
            assert len(server.held) == 1

    run(main())


@pytest.mark.parametrize(
    ("message", "compressed", "beside"),
    [
        (("initial_info", "channel", []), True, True),
        (("initial_info", "channel", []), False, True),
        (("info_event", "channel", (b"u1", "outbound", b"0312341234", None), "added"), True, False),
        (("info_event", "channel", (b"u1", "outbound", b"0312341234", None), "added"), False, False),
    ],
)
def test_what_may_be_large_is_read_beside_the_loop(
    message: Term, compressed: bool, beside: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever its size on the wire: 11 KB may hold 4.5 MB."""
    plain = encode(message)[1:]
    packed = b"\x83P" + struct.pack(">I", len(plain)) + zlib.compress(plain)
    readers: list[int] = []

    def watched(data: bytes, limits: Limits) -> Term:
        readers.append(threading.get_ident())
        return decode(data, limits)

    monkeypatch.setattr(feed, "decode", watched)

    async def main() -> None:
        script = says(frame(packed if compressed else b"\x83" + plain), event("after"))
        async with FeedServer(script) as server, Probe(server.url) as probe:
            await probe.until(lambda: "after" in _uuids(probe))
            *_, mine, after = readers
            assert (mine != threading.get_ident()) == beside
            assert after == threading.get_ident()

    run(main())


@pytest.mark.parametrize(("word", "reason"), [("connection_replaced", "replaced"),
                                              ("connection_limit_reached", "limit_reached")])  # fmt: skip
def test_two_copies_wage_no_war(word: str, reason: str) -> None:
    """Cut off for another copy, it stays away until the user wants it here; then it forces once, and not again."""

    async def main() -> None:
        script = says(system(word))
        async with FeedServer(script) as server, Probe(server.url) as probe:
            await probe.reach(FeedPhase.STOPPED, reason)
            await asyncio.sleep(0.3)
            assert len(server.held) == 1
            await server.until(lambda: server.peers[0].closed_with == 1001)
            probe.feed.use_here()
            await server.until(lambda: len(server.heads) == 2)
            await probe.until(lambda: probe.count(FeedPhase.STOPPED, reason) == 2)
            assert server.peers[1].query["forced"] == ["true"]
            assert "forced" not in server.peers[0].query

    run(main())


def test_forcing_is_forgotten_once_connected() -> None:
    async def main() -> None:
        scripts = [says(system("connection_replaced")), resets_after_live, live]
        async with FeedServer(*scripts) as server, Probe(server.url) as probe:
            await probe.reach(FeedPhase.STOPPED, "replaced")
            probe.feed.use_here()
            await server.until(lambda: len(server.heads) == 3)
            assert [peer.query.get("forced") for peer in server.peers] == [None, ["true"], None]

    run(main())


def test_forcing_outlives_an_attempt_that_did_not_connect() -> None:
    async def main() -> None:
        scripts = [says(system("connection_replaced")), answers("503 Busy"), live]
        async with FeedServer(*scripts) as server, Probe(server.url) as probe:
            await probe.reach(FeedPhase.STOPPED, "replaced")
            probe.feed.use_here()
            await probe.reach(FeedPhase.LIVE)
            assert [peer.query.get("forced") for peer in server.peers] == [None, ["true"], ["true"]]

    run(main())


def test_a_limit_reached_by_our_own_ghost_is_waited_for() -> None:
    async def main() -> None:
        scripts = [resets_after_live, says(system("connection_limit_reached")), live]
        async with FeedServer(*scripts) as server, Probe(server.url) as probe:
            await probe.until(lambda: len(server.held) == 3 and probe.status.phase is FeedPhase.LIVE)
            assert (FeedPhase.WAITING, "limit_reached") in probe.phases
            assert "forced" not in "".join(server.heads)

    run(main())


def test_after_a_sleep_the_connection_is_cut_and_a_new_one_made_at_once() -> None:
    async def main() -> None:
        async with FeedServer(live) as server, Probe(server.url, timing=quick(first=30, longest=30)) as probe:
            await probe.reach(FeedPhase.LIVE)
            probe.clock.slept += 29_000
            await asyncio.sleep(0.2)
            assert len(server.held) == 1  # the clock may leap a little
            probe.clock.slept += 31_000
            await probe.until(lambda: probe.phases.count((FeedPhase.LIVE, "")) == 2, 5)
            assert server.held == [1, 1]

    run(main())


def test_a_process_that_was_stopped_reconnects_too() -> None:
    """Stopped by a signal, all clocks run on and the loop does not; the socket may be dead as after a sleep."""

    async def main() -> None:
        async with FeedServer(live) as server, Probe(server.url, timing=quick(jump=0.3)) as probe:
            await probe.reach(FeedPhase.LIVE)
            time.sleep(0.6)  # noqa: ASYNC251 - as the signal does
            await probe.until(lambda: probe.phases.count((FeedPhase.LIVE, "")) == 2, 5)
            assert server.held == [1, 1]

    run(main())


def test_a_sleep_ends_a_long_wait_but_not_a_stop() -> None:
    async def main() -> None:
        timing = quick(first=300, longest=300, ghost=0)
        scripts = [resets_after_live, says(system("connection_replaced")), live]
        async with FeedServer(*scripts) as server, Probe(server.url, timing=timing) as probe:
            await probe.reach(FeedPhase.WAITING, "lost")
            assert probe.status.retry_in == pytest.approx(150, abs=1)
            probe.clock.slept += 40_000
            await probe.reach(FeedPhase.STOPPED, "replaced")
            probe.clock.slept += 40_000
            await asyncio.sleep(0.2)
            assert len(server.held) == 2

    run(main())


def test_a_sleep_while_connecting_begins_anew() -> None:
    async def main() -> None:
        async with FeedServer(silent, live) as server, Probe(server.url, timing=quick(open=100)) as probe:
            await server.until(lambda: len(server.heads) == 1)
            probe.clock.slept += 40_000
            await probe.reach(FeedPhase.LIVE, seconds=5)
            assert server.held == [1, 1]

    run(main())


def test_a_wait_is_counted_down_and_ends_when_asked() -> None:
    async def main() -> None:
        timing = quick(first=20, longest=20)
        async with FeedServer(resets_after_live, live) as server, Probe(server.url, timing=timing) as probe:
            await probe.until(lambda: len({s.retry_in for s in probe.statuses if s.phase is FeedPhase.WAITING}) >= 3)
            figures = [s.retry_in for s in probe.statuses if s.phase is FeedPhase.WAITING]
            assert figures == sorted(figures, reverse=True)
            assert figures[0] == 10
            probe.feed.use_here()
            await probe.reach(FeedPhase.LIVE)
            assert "forced" not in server.heads[1]

    run(main())


def test_it_is_live_only_when_the_channels_are_known() -> None:
    go_on = asyncio.Event()

    async def slowly(peer: Peer) -> None:
        await peer.upgrade()
        await peer.send(event("too early") + term(("msg", b"x")))
        await go_on.wait()
        await peer.send(BEGINNING + event("u1"))
        await peer.hold()

    async def main() -> None:
        async with FeedServer(slowly) as server, Probe(server.url) as probe:
            await probe.until(lambda: len(probe.messages) == 2)
            assert probe.phases == [(FeedPhase.CONNECTING, "")]
            assert not probe.feed.send({"cmd": "hangup", "uuid": "u1"})
            go_on.set()
            await probe.until(lambda: _uuids(probe) == ["u1"])
            kinds = [type(one).__name__ for one in probe.events]
            assert kinds.index("Snapshot") < kinds.index("ElementEvent")
            assert probe.phases == [(FeedPhase.CONNECTING, ""), (FeedPhase.LIVE, "")]
            live_at = next(i for i, one in enumerate(probe.events) if getattr(one, "phase", "") is FeedPhase.LIVE)
            assert kinds[live_at - 1] == "Snapshot"

    run(main())


def test_commands_are_sent_in_order_and_only_while_live() -> None:
    commands = [{"cmd": "hangup", "uuid": f"u{n}"} for n in range(3)]
    commands.append({"cmd": "transfer", "uuid": "u", "destination": "受付"})

    async def main() -> None:
        async with FeedServer(live) as server, Probe(server.url) as probe:
            assert not probe.feed.send(commands[0])  # type: ignore[arg-type]
            await probe.reach(FeedPhase.LIVE)
            assert all(probe.feed.send(command) for command in commands)  # type: ignore[arg-type]
            await server.until(lambda: len(server.peers[0].commands) == 4)
            assert server.peers[0].commands == commands
        assert not probe.feed.send(commands[0])  # type: ignore[arg-type]

    run(main())


def test_a_command_is_never_sent_over_a_later_connection() -> None:
    async def main() -> None:
        async with FeedServer(resets_after_live, live) as server, Probe(server.url) as probe:

            def hang_up(message: object) -> None:
                if isinstance(message, ElementEvent):
                    probe.feed.send({"cmd": "hangup", "uuid": "u1"})

            probe.on_message = hang_up
            await probe.went("lost")
            await asyncio.sleep(0.1)
            assert server.peers[-1].commands == []

    run(main())


def test_the_age_of_what_is_shown_follows_messages_and_pongs() -> None:
    async def main() -> None:
        async with FeedServer(live) as server, Probe(server.url, timing=quick(tick=0.05, ping=0.1)) as probe:
            await probe.reach(FeedPhase.LIVE)
            first = probe.status.since
            assert first is not None
            await probe.until(lambda: (probe.status.since or 0) >= first + 300)  # nothing but pongs came
            assert len(server.held) == 1
            seen = [s.since for s in probe.statuses if s.phase is FeedPhase.LIVE]
            assert seen == sorted(set(seen))  # type: ignore[type-var]
            server.peers[0].rst()
            await probe.until(lambda: probe.count(FeedPhase.WAITING) == 1)
            lost = next(s for s in probe.statuses if s.phase is FeedPhase.WAITING)
            assert lost.since is not None
            assert lost.since >= (seen[-1] or 0)

    run(main())


@pytest.mark.parametrize(
    ("problem", "phase"),
    [("token_missing", FeedPhase.STOPPED), ("keyring_locked", FeedPhase.STOPPED), ("keyring_absent", FeedPhase.STOPPED),
     ("keyring_timeout", FeedPhase.WAITING), ("keyring_failed", FeedPhase.WAITING)],
)  # fmt: skip
def test_a_token_that_is_not_to_be_had(problem: str, phase: FeedPhase) -> None:
    tokens: list[Token] = []

    def token() -> Token:
        if not tokens:
            raise TokenUnavailable(problem)
        return tokens[0]

    async def main() -> None:
        async with FeedServer(live) as server, Probe(server.url, token=token, timing=quick(slow=60)) as probe:
            await probe.reach(phase, "token_missing")
            assert server.held == []
            tokens.append(Token(CANARY))
            probe.feed.use_here()
            await probe.reach(FeedPhase.LIVE)

    run(main())


def test_a_keyring_that_is_slow_to_answer_is_named_and_holds_up_nothing() -> None:
    answer = threading.Event()

    def token() -> Token:
        answer.wait(10)
        return Token(CANARY)

    async def main() -> None:
        async with FeedServer(live) as server, Probe(server.url, token=token) as probe:
            await probe.reach(FeedPhase.CONNECTING, "keyring")
            assert server.held == []
            answer.set()
            await probe.reach(FeedPhase.LIVE)
            connecting = (FeedPhase.CONNECTING, "")
            asking = (FeedPhase.CONNECTING, "keyring")
            assert probe.phases == [connecting, asking, connecting, (FeedPhase.LIVE, "")]

    try:
        run(main())
    finally:
        answer.set()


@pytest.mark.parametrize("end", ["keyring_timeout", "token_missing"])
def test_a_keyring_that_has_answered_is_no_longer_named(end: str) -> None:
    answer = threading.Event()

    def token() -> Token:
        answer.wait(10)
        raise TokenUnavailable(end)

    async def main() -> None:
        async with FeedServer(live) as server, Probe(server.url, token=token, timing=quick(slow=60)) as probe:
            await probe.reach(FeedPhase.CONNECTING, "keyring")
            answer.set()
            await probe.until(lambda: probe.status.phase is not FeedPhase.CONNECTING)
            assert probe.status.reason == "token_missing"

    run(main())


def test_a_token_that_is_slow_to_come_holds_up_nothing_and_can_be_cancelled() -> None:
    asked, answer = threading.Event(), threading.Event()

    def token() -> Token:
        asked.set()
        answer.wait(10)
        return Token(CANARY)

    async def main() -> None:
        async with FeedServer(live) as server:
            async with Probe(server.url, token=token) as probe:
                for _ in range(100):
                    await asyncio.sleep(0.005)
                assert asked.is_set()
                assert {phase for phase, _ in probe.phases} == {FeedPhase.CONNECTING}
            assert probe.status.phase is FeedPhase.OFF
            assert server.held == []

    try:
        run(main())
    finally:
        answer.set()


@pytest.mark.logs_expected("its consumer failed")
def test_a_consumer_that_fails_does_not_end_the_feed(caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        async with FeedServer(says(*[event(f"u{n}") for n in range(50)])) as server, Probe(server.url) as probe:
            probe.on_message = lambda _: 1 / 0  # type: ignore[assignment]
            await probe.until(lambda: len(_uuids(probe)) == 50)
            assert probe.status.phase is FeedPhase.LIVE
            assert len(server.held) == 1

    run(main())
    assert sum("consumer failed" in record.message for record in caplog.records) == 1


@pytest.mark.parametrize("script", [silent, live, says(frame(b"\x83", BINARY, fin=False)), answers("500 No")])
def test_cancelled_at_any_time_it_leaves_no_task_and_no_socket(script: Script) -> None:
    async def main() -> None:
        async with FeedServer(script) as server:
            for wait in (0, 0.001, 0.01, 0.05, 0.1):
                before = asyncio.all_tasks()
                probe = Probe(server.url)
                async with probe:
                    await asyncio.sleep(wait)
                assert probe.task.cancelled() or wait == 0
                left = asyncio.all_tasks() - before - server.tasks
                assert not left
                await _until(lambda: server.count_client() == 0)

    run(main())


@pytest.mark.parametrize(
    ("data", "kept"),
    [(event("u1", "updated"), True), (term(("msg", 1)), False), (frame(b"x" * 125, 9), False), (frame(b""), False)],
    ids=["events", "tiny messages", "pings", "empty frames"],
)
def test_a_flood_neither_starves_the_loop_nor_fills_memory(data: bytes, kept: bool) -> None:
    """As many events as can be are read; what can only be meant ill is cut short."""
    much = data * (400_000 // len(data))

    async def flood(peer: Peer) -> None:
        await peer.begin()
        while True:
            await peer.send(much)

    async def main() -> None:
        async with FeedServer(flood) as server, Probe(server.url, timing=quick(ping=60)) as probe:
            probe.on_message = lambda _: probe.forget()
            await server.until(lambda: len(server.heads) > 0)
            longest, resident = 0.0, _resident()
            began = last = time.monotonic()
            while time.monotonic() - began < 2:
                await asyncio.sleep(0.005)
                now = time.monotonic()
                longest, last = max(longest, now - last), now
            log.info("longest gap %.0f ms, RSS growth %d KiB", longest * 1000, _resident() - resident)
            assert longest < 1.0
            assert _resident() - resident < 50_000
            assert max(server.held) == 1
            assert (len(server.held) == 1) == kept

    run(main())


@pytest.mark.parametrize("name", ["large event", "large text", "fragments without end", "announces 17 MiB"])
def test_what_is_too_big_is_refused_by_its_name(name: str) -> None:
    """reliability.md M3: close 1009."""
    fault = next(fault for fault in AFTER if fault.name == name)

    async def main() -> None:
        async with FeedServer(fault.script, live) as server, Probe(server.url) as probe:
            await probe.went("lost")
            await server.until(lambda: server.peers[0].closed_with is not None)
            assert server.peers[0].closed_with == 1009

    run(main())


def test_whoever_asks_for_pongs_and_takes_none_is_left(caplog: pytest.LogCaptureFixture) -> None:
    """Never so many at once that they are a flood, and yet the pongs pile up here."""
    caplog.set_level(logging.INFO, "basix_desktop.cti.feed")
    some = frame(b"x" * 125, PING) * 30
    sent = 0

    async def deaf(peer: Peer) -> None:
        nonlocal sent
        await peer.begin()
        peer.writer.transport.pause_reading()  # type: ignore[attr-defined]
        while sent < 1 << 26:
            sent += len(some)
            await peer.send(some)
            await asyncio.sleep(0.001)

    async def main() -> None:
        async with FeedServer(deaf, live) as server, Probe(server.url, timing=quick(ping=60)) as probe:
            await probe.until(lambda: probe.count(FeedPhase.WAITING, "lost") > 0, 60)
            assert "feed: lost (what is sent is not taken)" in caplog.text
            await probe.went("lost")
            assert max(server.held) == 1

    run(main())


def test_no_log_holds_the_token_or_the_servers_words(caplog: pytest.LogCaptureFixture) -> None:
    """Not even with everything at DEBUG."""
    noisy = ["", "websockets", "websockets.client", "asyncio", "basix_desktop"]
    for name in noisy:
        caplog.set_level(logging.DEBUG, name or None)

    async def main() -> None:
        closing = says(event("u1"), frame(struct.pack(">H", 1008) + REASON.encode(), CLOSE))
        scripts = [closing, answers(f"500 {REASON}"), answers(f"404 {REASON}", f"X-Why: {REASON}"), silent, live]
        async with FeedServer(*scripts) as server, Probe(server.url, timing=quick(open=0.3)) as probe:
            await server.until(lambda: len(server.heads) == 5)
            await probe.reach(FeedPhase.LIVE)

    run(main())
    pair = base64.b64encode(f"example:{CANARY}".encode()).decode()
    text = caplog.text + repr(caplog.records)
    assert "feed: lost (closed with 1008)" in text
    for secret in ("CANARY", CANARY, pair, pair[8:24]):
        assert secret not in text


async def resets_after_live(peer: Peer) -> None:
    await peer.begin()
    await peer.send(event("u1"))
    await asyncio.sleep(0.02)
    peer.rst()


def _authorization(head: str) -> str:
    line = next(line for line in head.split("\r\n") if line.lower().startswith("authorization:"))
    return base64.b64decode(line.rpartition(" ")[2]).decode()


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110 - nothing tells of these
            await asyncio.sleep(0.01)


def _resident() -> int:
    """KiB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4
