"""The listener by raw bytes over real sockets: what it answers, what it refuses, and that nothing wears it down."""

from __future__ import annotations

import asyncio
import random
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from basix_desktop.app.net_thread import NetThread
from basix_desktop.callback import connection
from basix_desktop.callback.server import CallbackServer
from basix_desktop.demo.callbacks import Result, encode
from basix_desktop.domain.calls import CallResult
from basix_desktop.domain.errors import CallbackProblem, StoreError
from basix_desktop.net.loop import new_event_loop

UUID = "ede7b23e-c172-445e-832e-963b11ba2b96"
TOKEN = "a5" * 32
PATH = f"/results/{TOKEN}"
GET = f"GET {PATH}?result_code=0&uuid={UUID} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
CHUNKED = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
SECRET = "canary-0c51"


class Taken:
    """Knows one path, and remembers the results that came on it."""

    def __init__(self) -> None:
        self.results: list[CallResult] = []
        self.failure: Exception | None = None
        self.hold: asyncio.Event | None = None

    def knows(self, token: str) -> bool:
        return token == TOKEN

    async def take(self, token: str, result: CallResult) -> None:
        if self.hold is not None:
            await self.hold.wait()
        if self.failure is not None:
            raise self.failure
        self.results.append(result)


class World:
    def __init__(self, *, deadline: float = 10.0, connections: int = 64) -> None:
        self.taken = Taken()
        self.net = NetThread(new_event_loop)
        self.server = CallbackServer(self.taken, deadline=deadline, max_connections=connections)
        self.net.run(self.server.start("127.0.0.1", 0)).result(10)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.server.port), timeout=10)

    def ask(self, *parts: bytes) -> bytes:
        """Everything that comes back until the server ends the connection."""
        with self.connect() as peer:
            for part in parts:
                try:
                    peer.sendall(part)
                except OSError:  # it has heard enough
                    break
            return drained(peer)

    def status(self, *parts: bytes) -> int:
        answer = self.ask(*parts)
        return int(answer.split(b" ")[1]) if answer else 0

    def wait(self, condition: Callable[[], bool]) -> None:
        give_up = time.monotonic() + 10
        while not condition():
            assert time.monotonic() < give_up, "it did not come about"
            self.net.run(asyncio.sleep(0.005)).result(10)


def drained(peer: socket.socket) -> bytes:
    answer = b""
    try:
        while part := peer.recv(65536):
            answer += part
    except ConnectionError:
        pass
    return answer


@pytest.fixture
def world() -> Iterator[World]:
    made = World()
    yield made
    assert made.net.stop()  # with whatever is open


def post(body: bytes, *headers: str, path: str = PATH) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: x", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


@pytest.mark.parametrize("way", [0, 1, 2])
def test_each_way_of_calling_is_taken(world: World, way: int) -> None:
    assert world.status(encode(way, f"http://office.example.com{PATH}", Result(0, UUID))) == 200
    assert world.status(encode(way, f"http://office.example.com{PATH}", Result(500))) == 200
    assert world.taken.results == [CallResult(0, UUID), CallResult(500)]


def test_the_answer_is_empty_and_says_nothing_of_the_program(world: World) -> None:
    head, _, body = world.ask(GET).partition(b"\r\n\r\n")
    names = {line.split(b":")[0].lower() for line in head.split(b"\r\n")[1:]}
    assert names == {b"date", b"content-length", b"connection"}
    assert body == b""


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (GET.replace(b"/results/", b"/"), 200),  # a proxy may have taken the prefix off
        (GET.replace(b"/results/", b"/some/where/else/"), 200),
        (GET.replace(b"?", b"/?"), 200),
        (GET.replace(b"GET /", b"GET http://office.example.com/"), 200),
        (GET.replace(b"1.1", b"1.0"), 200),
        (post(b'{"result_code": 0}', "Content-Type: text/plain"), 200),
        (post(b"", path=PATH + "?result_code=0"), 200),
        (CHUNKED + b"7\r\nresult_\r\n6\r\ncode=0\r\n0\r\n\r\n", 200),
        (GET.replace(b"a5a5", b"a5a4"), 404),
        (GET.replace(PATH.encode(), b"/"), 404),
        (GET.replace(PATH.encode(), PATH.encode() + b"/more"), 404),
        (GET.replace(b"GET /", b"GET //[/"), 404),
        (post(b"x" * 100, path="/anything"), 404),
        (b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 404),
        (b"CONNECT office.example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n", 404),
        (GET.replace(b"GET", b"HEAD"), 405),
        (GET.replace(b"GET", b"PUT"), 405),
        (GET.replace(b"GET", b"DELETE"), 405),
        (GET.replace(b"?result_code=0", b"?result=0"), 400),
        (post(b"nonsense"), 400),
        (post(b"\xff\xfe"), 400),
        (GET.replace(b"Host: x\r\n", b""), 400),
        (GET.replace(b"Host: x", b"Ho st: x"), 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500) + b"\r\n\r\n", 400),  # TLS, to the wrong door
        (post(b"x").replace(b"Content-Length: 1", b"Content-Length: -1"), 400),
        (post(b"x").replace(b"Content-Length: 1", b"Content-Length: 1\r\nContent-Length: 2"), 400),
        (post(b"x" * 8193), 413),
        (CHUNKED + b"ff\r\n" + b"x" * 255 + b"\r\n" + (b"ff\r\n" + b"x" * 255 + b"\r\n") * 40, 413),
        (CHUNKED + (b"1;" + b"e" * 100 + b"\r\nx\r\n") * 300, 413),
        (post(b"").replace(b"Content-Length: 0", b"Content-Length: " + b"9" * 18), 413),
        (GET.replace(b"Host: x", b"Host: x\r\nX: " + b"y" * 9000), 431),
        (GET.replace(b"Host: x", b"Host: x" + b"\r\nX: y" * 100), 431),
    ],
)  # fmt: skip
def test_what_each_request_gets(world: World, request_: bytes, status: int) -> None:
    assert world.status(request_) == status
    assert len(world.taken.results) == (1 if status == 200 else 0)


def test_405_says_what_is_allowed(world: World) -> None:
    assert b"\r\nAllow: GET, POST\r\n" in world.ask(GET.replace(b"GET", b"PUT"))


@pytest.mark.parametrize(
    "request_", [GET, post(b"x" * 100, path=f"/{SECRET}"), b"GET /" + SECRET.encode() + b" x\r\n\r\n"]
)
def test_nothing_that_was_sent_comes_back(world: World, request_: bytes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    answer = world.ask(request_)
    for word in (TOKEN, SECRET, UUID):
        assert word.encode() not in answer
        assert word not in caplog.text


def test_byte_by_byte_is_taken(world: World) -> None:
    assert world.status(*(bytes([byte]) for byte in GET)) == 200


def test_whoever_waits_for_leave_to_send_the_body_gets_it(world: World) -> None:
    whole = post(b"result_code=0", "Expect: 100-continue")
    head, _, body = whole.partition(b"\r\n\r\n")
    with world.connect() as peer:
        peer.sendall(head + b"\r\n\r\n")
        assert peer.recv(100).startswith(b"HTTP/1.1 100 ")
        peer.sendall(body)
        assert drained(peer).startswith(b"HTTP/1.1 200 ")


def test_only_the_first_of_many_in_one_go_counts(world: World) -> None:
    answer = world.ask(GET * 200)
    assert answer.count(b"HTTP/1.1") == 1
    assert len(world.taken.results) == 1


def test_a_client_that_has_closed_its_side_is_answered(world: World) -> None:
    world.taken.hold = asyncio.Event()
    with world.connect() as peer:
        peer.sendall(GET)
        peer.shutdown(socket.SHUT_WR)
        world.wait(lambda: world.server.connections == 1)
        world.net.run(asyncio.sleep(0.05)).result(10)  # long enough for the end of its side to be seen
        world.net.run(_set(world.taken.hold)).result(10)
        assert drained(peer).startswith(b"HTTP/1.1 200 ")


def test_half_a_request_is_no_result(world: World) -> None:
    with world.connect() as peer:
        peer.sendall(post(b"result_code=0")[:-3])
        peer.shutdown(socket.SHUT_WR)
        assert drained(peer).startswith(b"HTTP/1.1 400 ")
    assert world.taken.results == []


@pytest.mark.logs_expected("could not be recorded")
@pytest.mark.parametrize(("failure", "status"), [(StoreError("store_full"), 503), (KeyError("defect"), 500)])
def test_what_is_not_recorded_is_not_acknowledged(world: World, failure: Exception, status: int) -> None:
    world.taken.failure = failure
    assert world.status(GET) == status


def test_an_answer_is_not_taken_away_from_whoever_still_sends(world: World) -> None:
    with world.connect() as peer:
        peer.sendall(post(b"").replace(b"Content-Length: 0", b"Content-Length: 100000"))
        answer = b""
        while part := peer.recv(1000):
            answer += part
        assert answer.startswith(b"HTTP/1.1 413 ")
        for _ in range(10):
            peer.sendall(b"x" * 4096)
            world.net.run(asyncio.sleep(0)).result(10)


def test_whoever_never_stops_sending_is_cut(world: World) -> None:
    sent = 0
    with world.connect() as peer, suppress(ConnectionError):
        peer.sendall(post(b"", path="/nowhere").replace(b"Content-Length: 0", b"Content-Length: 999999999"))
        while sent < 1 << 28:
            sent += peer.send(b"x" * 65536)
    assert sent < 1 << 25


@pytest.mark.parametrize("recording", [False, True])
def test_whoever_sends_on_and_on_is_cut_by_how_much_they_send(
    world: World, recording: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not only by how long: what they may still send is bounded whether they have been answered or still wait."""
    monkeypatch.setattr(connection, "LINGER", 600.0)
    world.taken.hold = asyncio.Event()
    refused = post(b"", path="/nowhere").replace(b"Content-Length: 0", b"Content-Length: 999999999")
    sent, slack = 0, 1 << 24  # what two sockets of this computer may hold
    with world.connect() as peer, suppress(ConnectionError):
        peer.sendall(GET if recording else refused)
        while sent < connection.MAX_LINGER + slack:
            sent += peer.send(b"x" * 4096)
            if not sent % (1 << 16):
                world.net.run(asyncio.sleep(0)).result(10)  # let it read
    assert sent < connection.MAX_LINGER + slack
    world.wait(lambda: world.server.connections == 0)
    world.net.run(_set(world.taken.hold)).result(10)
    world.wait(lambda: len(world.taken.results) == recording)


def test_a_journal_that_does_not_answer_holds_no_connection(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does that lose the result: it is recorded when the journal can."""
    monkeypatch.setattr(connection, "RECORDING", 0.2)
    world.taken.hold = asyncio.Event()
    begun = time.monotonic()
    with world.connect() as peer:
        peer.sendall(GET)
        assert drained(peer) == b"", "nothing was recorded, so nothing is acknowledged"
    assert time.monotonic() - begun < 5
    world.wait(lambda: world.server.connections == 0)
    assert world.taken.results == []
    world.net.run(_set(world.taken.hold)).result(10)
    world.wait(lambda: world.taken.results == [CallResult(0, UUID)])


def test_slow_clients_are_cut(tmp_path: Path) -> None:
    world = World(deadline=0.3)
    try:
        begun = time.monotonic()
        with world.connect() as silent, world.connect() as slow:
            slow.sendall(GET[:20])
            assert drained(silent) == b""
            assert drained(slow) == b""
        assert 0.2 < time.monotonic() - begun < 5
    finally:
        assert world.net.stop()


def test_a_trickle_does_not_extend_the_time(tmp_path: Path) -> None:
    world = World(deadline=0.3)
    try:
        with world.connect() as slow:
            begun, sent = time.monotonic(), 0
            slow.settimeout(0.01)
            while time.monotonic() - begun < 5:
                try:
                    slow.sendall(b"G" if sent else b"GET /")
                    sent += 1
                    if slow.recv(1) == b"":
                        break
                except TimeoutError:
                    continue
                except OSError:
                    break
            assert time.monotonic() - begun < 3
    finally:
        assert world.net.stop()


def test_slow_ones_keep_nobody_out() -> None:
    world = World(connections=8)
    try:
        with ExitStack() as held:
            begun = time.monotonic()
            first = held.enter_context(world.connect())
            for _ in range(100):
                held.enter_context(world.connect()).sendall(b"GET /")
            assert world.status(GET) == 200
            assert world.server.connections <= 8
            assert drained(first) == b""
            assert time.monotonic() - begun < 5, "the oldest goes at once"
    finally:
        assert world.net.stop()


def test_what_is_being_recorded_is_not_ended_for_newcomers() -> None:
    world = World(connections=4)
    try:
        world.taken.hold = asyncio.Event()
        with world.connect() as first, ExitStack() as held:
            first.sendall(GET)
            world.wait(lambda: world.server.connections == 1)
            for _ in range(20):
                held.enter_context(world.connect()).sendall(b"GET /")
            world.net.run(_set(world.taken.hold)).result(10)
            assert drained(first).startswith(b"HTTP/1.1 200 ")
    finally:
        assert world.net.stop()


async def _set(event: asyncio.Event) -> None:
    event.set()


def test_abuse_leaves_it_alive_and_small(world: World) -> None:
    chance = random.Random(7)
    before = resident()
    for _ in range(1000):
        token = chance.randbytes(32).hex()
        assert world.status(GET.replace(TOKEN.encode(), token.encode())) == 404
    for _ in range(100):
        world.ask(chance.randbytes(chance.randrange(1, 5000)) + b"\r\n\r\n")
    for _ in range(5):
        assert world.status(post(b"x" * (1 << 20))) in (413, 0)
        assert world.status(post(b"x" * (1 << 20), path="/nowhere")) in (404, 0)
        assert world.status(b"GET /" + b"x" * (1 << 20)) in (431, 400, 413, 0)
    with ExitStack() as held:
        for _ in range(200):
            held.enter_context(world.connect()).sendall(b"POST /")
        assert world.status(GET) == 200
    assert len(world.taken.results) == 1
    world.wait(lambda: world.server.connections == 0)
    assert resident() - before < 16 << 20


def resident() -> int:
    """Bytes of memory in use; 0 where the system does not say."""
    pages = Path("/proc/self/statm")
    return int(pages.read_text().split()[1]) * 4096 if pages.exists() else 0


def test_a_taken_port_is_named(world: World) -> None:
    second = CallbackServer(world.taken)
    with pytest.raises(CallbackProblem) as refused:
        world.net.run(second.start("127.0.0.1", world.server.port)).result(10)
    assert refused.value.id == "callback_port_taken"
    assert world.status(GET) == 200


@pytest.mark.parametrize(
    ("address", "id_"),
    [
        ("localhost", "callback_address_invalid"),
        ("", "callback_address_invalid"),
        ("192.0.2.1", "callback_address_absent"),
        ("2001:db8::1", "callback_address_absent"),
    ],
)
def test_an_address_that_is_not_here_is_named(world: World, address: str, id_: str) -> None:
    with pytest.raises(CallbackProblem) as refused:
        world.net.run(CallbackServer(world.taken).start(address, 0)).result(10)
    assert refused.value.id == id_


def test_after_stopping_nobody_is_there(world: World) -> None:
    with world.connect() as open_one:
        world.wait(lambda: world.server.connections == 1)
        begun = time.monotonic()
        world.net.run(world.server.stop()).result(10)
        assert drained(open_one) == b""
        assert time.monotonic() - begun < 5
    with pytest.raises(ConnectionError):
        world.connect()
    world.net.run(world.server.stop()).result(10)
    again = CallbackServer(world.taken)
    world.net.run(again.start("127.0.0.1", world.server.port)).result(10)
    assert world.status(GET) == 200
