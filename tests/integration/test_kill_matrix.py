"""kill -9 anywhere in a call, and several processes at once: nothing lost, nothing misjudged, nothing sent twice."""

from __future__ import annotations

import json
import random
import select
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from basix_desktop.app.clock import SystemClock
from basix_desktop.app.stores import Stores
from basix_desktop.domain.calls import Attempt, State
from basix_desktop.services.ports import LogQuery
from tests.helpers import sshfs_mount
from tests.helpers.fault_server import Connection, FaultServer
from tests.helpers.kill_zygote import POINTS
from tests.helpers.mounts import mounts_with

ROUNDS = 20
SHARED_ROUNDS = 4
RANDOM_ROUNDS = 600
#: Seconds a PBX takes at least and at most to answer: a way over the internet and back, and the making of a leg.
ANSWERS_AFTER = (0.04, 0.12)
RACE_ROUNDS = 50
RACERS = 4
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 68\r\n\r\n"
    b'{"result_code":0,"uuids":["ede7b23e-c172-445e-832e-963b11ba2b96"]}\r\n'
)

#: What recovery must make of each point (reliability.md K), and how many POSTs may have arrived.
AFTER: dict[str, tuple[State | None, int]] = {
    "pressed": (None, 0),
    "database open": (None, 0),
    "intent durable": (State.NOT_SENT, 0),
    "connected": (State.NOT_SENT, 0),
    "in the gate": (State.NOT_SENT, 0),
    "sending durable": (State.UNKNOWN, 0),
    "headers out": (State.UNKNOWN, 0),
    "body out": (State.UNKNOWN, 1),
    "status in": (State.UNKNOWN, 1),
    "answer in": (State.UNKNOWN, 1),
    "answer read": (State.UNKNOWN, 1),
    "before the verdict is written": (State.UNKNOWN, 1),
    "verdict durable": (State.ACCEPTED, 1),
    "closed": (State.ACCEPTED, 1),
}


def answer(connection: Connection) -> None:
    connection.read_post()
    connection.send(ANSWER)
    connection.hold()


def answer_like_a_pbx(connection: Connection) -> None:
    """Not within a millisecond, as over loopback, where a call would be hardly more than its two records."""
    connection.read_post()
    connection.pause(random.uniform(*ANSWERS_AFTER))
    connection.send(ANSWER)
    connection.hold()


class Zygote:
    """The process that forks the victims."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.helpers.kill_zygote"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    @property
    def output(self) -> IO[str]:
        assert self.process.stdout is not None
        return self.process.stdout

    def start(self, **job: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(job) + "\n")

    def ended(self) -> list[str]:
        """What the victim said before it died, and the signal it died of."""
        said = []
        while not (line := self.output.readline().strip()).startswith("died"):
            assert line, "the zygote is gone"
            said.append(line)
        return [*said, line]

    def close(self) -> None:
        self.process.communicate(timeout=20)


@contextmanager
def zygotes(count: int) -> Iterator[list[Zygote]]:
    made = [Zygote() for _ in range(count)]
    try:
        yield made
    finally:
        for zygote in made:
            zygote.close()


def recovered(folder: Path) -> list[Attempt]:
    """The log as the next start finds it."""
    stores = Stores(folder / "calls.sqlite3", folder / "instances", SystemClock())
    stores.open().result(20)
    rows = stores.reader.submit(lambda: stores.history.page(LogQuery(), None, 10_000)).result(20)
    assert stores.close()
    return rows


@pytest.fixture(scope="module")
def pair() -> Iterator[list[Zygote]]:
    with zygotes(2) as made:
        yield made


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer(answer) as made:
        yield made


def url(server: FaultServer) -> str:
    return f"http://127.0.0.1:{server.port}/basix/api"


def posts(server: FaultServer) -> Counter[str]:
    return Counter(post.request_id for post in server.posts)


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_point(point: str, tmp_path: Path, server: FaultServer, pair: list[Zygote]) -> None:
    expected, posts_each = AFTER[point]
    for turn in range(ROUNDS):
        pair[0].start(folder=str(tmp_path), server=url(server), number=f"03-1234-{turn:04}", point=point)
        assert pair[0].ended()[-1] == "died 9", "the point was never reached"
    rows = recovered(tmp_path)
    assert recovered(tmp_path) == rows, "recovering twice changes nothing"
    assert len(rows) == (0 if expected is None else ROUNDS)
    assert {row.state for row in rows} == ({expected} if expected else set())
    wait_for_posts(server, ROUNDS * posts_each)
    assert posts(server) == Counter({row.id: posts_each for row in rows} if posts_each else {})


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_point_over_a_shared_file_system(
    point: str, tmp_path: Path, server: FaultServer, pair: list[Zygote]
) -> None:
    """A real one: what the killed process had written is behind the mount, and its journal is rolled back."""
    expected, posts_each = AFTER[point]
    mount = tmp_path / "mount"
    with sshfs_mount.mounted(tmp_path / "behind", mount):
        for turn in range(SHARED_ROUNDS):
            pair[0].start(folder=str(mount), server=url(server), number=f"03-1234-{turn:04}", point=point)
            assert pair[0].ended()[-1] == "died 9", "the point was never reached"
        assert not list(mount.glob("*-wal")), "the write-ahead log is not for file systems that others have too"
        rows = recovered(mount)
    assert [row.state for row in rows] == ([expected] * SHARED_ROUNDS if expected else [])
    wait_for_posts(server, SHARED_ROUNDS * posts_each)
    assert posts(server) == Counter({row.id: posts_each for row in rows} if posts_each else {})


def wait_for_posts(server: FaultServer, count: int) -> None:
    """The last ones may still be on their way through the server's threads."""
    until = time.monotonic() + 5
    while len(server.posts) < count and time.monotonic() < until:
        server.stopping.wait(0.01)


def how_long_a_call_takes(pair: list[Zygote], folder: Path, **job: str) -> float:
    """Seconds from the fork, on this machine as it is now, two at a time as the kills are."""
    taken = []
    for turn in range(5):
        started = time.monotonic()
        for place, zygote in enumerate(pair):
            zygote.start(folder=str(folder / str(place)), number=f"03-4321-{turn:03}{place}", **job)
        for zygote in pair:
            assert zygote.ended()[0] == "ACCEPTED"
        taken.append(time.monotonic() - started)
    return sorted(taken)[2]


@pytest.mark.slow
@pytest.mark.serial  # the share of needless questions is a matter of time
@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", ["", "nfs4"])
def test_killed_at_random_times(
    kind: str, tmp_path: Path, pair: list[Zygote], capsys: pytest.CaptureFixture[str]
) -> None:
    rounds = RANDOM_ROUNDS // 2 if kind else RANDOM_ROUNDS
    mounts = str(mounts_with(kind, tmp_path)) if kind else ""
    seen = killed_at_random(rounds, pair, tmp_path, mounts)
    rows = [*recovered(tmp_path / "0"), *recovered(tmp_path / "1")]
    assert max(seen.values(), default=0) <= 1, "sent twice"
    assert not set(seen) - {row.id for row in rows}, "a POST without a row"
    states = Counter(row.state for row in rows)
    for row in rows:
        assert row.state in (State.NOT_SENT, State.UNKNOWN, State.ACCEPTED)
        assert row.state is not State.NOT_SENT or seen[row.id] == 0, "placed, but called not placed"
        assert row.state is not State.ACCEPTED or seen[row.id] == 1, "not placed, but called placed"
    needless = sum(row.state is State.UNKNOWN and seen[row.id] == 0 for row in rows)
    with capsys.disabled():
        told = ", ".join(f"{state.value} {count}" for state, count in sorted(states.items()))
        sys.stdout.write(f"\nrandom kills {kind}: {rounds}, of them {told}; needless questions {needless}\n")
    assert states[State.NOT_SENT] + states[State.UNKNOWN] > 0, "the kills all missed: the times are badly chosen"
    assert needless <= 0.03 * rounds  # reliability.md G11


def killed_at_random(rounds: int, pair: list[Zygote], folder: Path, mounts: str) -> Counter[str]:
    """Kill so many processes, each anywhere in its call; the POSTs that arrived."""
    with FaultServer(answer_like_a_pbx) as server:
        job = {"server": url(server), "mounts": mounts}
        longest = how_long_a_call_takes(pair, folder, **job)
        for turn in range(0, rounds, 2):
            for place, zygote in enumerate(pair):
                own, number = str(folder / str(place)), f"03-1234-{turn + place:04}"
                zygote.start(folder=own, number=number, after=random.uniform(0.0, longest), **job)
            for zygote in pair:
                zygote.ended()
        until = time.monotonic() + 5
        while not server.idle() and time.monotonic() < until:
            server.stopping.wait(0.01)
        return posts(server)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", ["", "nfs4"])
def test_processes_that_press_at_once_send_one_post(kind: str, tmp_path: Path) -> None:
    """Each round the winner holds the line until all have pressed: the answer comes only then."""
    waiting: list[Connection] = []
    rounds, mounts = RACE_ROUNDS // 3 if kind else RACE_ROUNDS, str(mounts_with(kind, tmp_path)) if kind else ""

    def hold_back(connection: Connection) -> None:
        connection.read_post()
        waiting.append(connection)
        connection.hold()

    with FaultServer(hold_back) as server, zygotes(RACERS) as racers:
        for turn in range(rounds):
            at = time.monotonic() + 0.02
            for racer in racers:
                number = f"03-1234-{turn:04}"
                racer.start(folder=str(tmp_path), server=url(server), number=number, at=at, mounts=mounts)
            losers = refused(racers)
            wait_for_posts(server, turn + 1)
            assert len(server.posts) == turn + 1
            waiting.pop().send(ANSWER)
            (winner,) = set(racers) - set(losers)
            assert winner.ended() == ["ACCEPTED", "died 0"]
    assert len(recovered(tmp_path)) == rounds


def refused(racers: list[Zygote]) -> list[Zygote]:
    """All but one, each of which has said that a call is in progress; the winner is silent while its answer is held."""
    losers: list[Zygote] = []
    while len(losers) < RACERS - 1:
        streams = {racer.output: racer for racer in racers if racer not in losers}
        ready, _, _ = select.select(list(streams), [], [], 20)
        assert ready, "more than one is waiting for an answer"
        for stream in ready:
            assert streams[stream].ended() == ["call_in_progress", "died 0"]
            losers.append(streams[stream])
    return losers
