"""One POST: the gate before its first byte, sent once, cancelled cleanly, no secret anywhere."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import resource
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from unittest import mock

import pytest

from basix_desktop.domain.errors import NotReached, ProxyProblem, Stopped
from basix_desktop.net.exchange import MAX_BODY, Broke, Deadlines, Exchange, Gate, Post
from basix_desktop.net.http import Http
from basix_desktop.net.loop import new_event_loop
from basix_desktop.net.proxy import Proxy
from tests.helpers import fault_scripts as do
from tests.helpers.fault_rows import NAME, SUCCESS, good_tls, http
from tests.helpers.fault_server import Connection, FaultServer, Script, tunnel

TOKEN = "canary-token-91c4"
PATIENT = Deadlines(10, 10)


async def open_gate() -> None:
    """Lets everything through."""


def post_to(server: FaultServer, body: bytes = b"{}", **more: object) -> Post:
    url = str(more.pop("url", f"http://127.0.0.1:{server.port}/basix/api/call_external"))
    headers = (("X-Request-Id", "a1"), ("User-Agent", "basix-desktop/9"))
    return Post(url, body, "domain", TOKEN, headers, **more)  # type: ignore[arg-type]


def over_tls(script: Script) -> Script:
    def run(connection: Connection) -> None:
        connection.start_tls(good_tls())
        script(connection)

    return run


def send(post: Post, gate: Gate = open_gate, deadlines: Deadlines = PATIENT) -> Exchange:
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(http().post(post, gate, deadlines))


def test_what_is_sent() -> None:
    with FaultServer(do.success) as server:
        exchange = send(post_to(server, b'{"a":1}'))
    (seen,) = server.posts
    lines = seen.head.decode().split("\r\n")
    assert lines[0] == "POST /basix/api/call_external HTTP/1.1"
    names = [line.partition(":")[0].lower() for line in lines[1:]]
    assert len(names) == len(set(names))
    headers = {line.partition(": ")[0].lower(): line.partition(": ")[2] for line in lines[1:]}
    assert headers["authorization"] == "Basic ZG9tYWluOmNhbmFyeS10b2tlbi05MWM0"
    assert headers["accept-encoding"] == "identity"
    assert headers["user-agent"] == "basix-desktop/9"
    assert headers["x-request-id"] == "a1"
    assert seen.body == b'{"a":1}'
    assert (exchange.status, exchange.body, exchange.complete, exchange.broke) == (200, SUCCESS, True, Broke.NO)
    assert exchange.body_started


def test_the_gate_is_awaited_once_before_the_first_byte() -> None:
    order: list[str] = []

    async def gate() -> None:
        await asyncio.sleep(0.05)  # time enough for a byte to arrive, if one were sent
        order.append(f"gate after {len(server.received)} bytes")

    with FaultServer(do.success) as server:
        send(post_to(server), gate)
    assert order == ["gate after 0 bytes"]
    assert server.count("a1") == 1


@pytest.mark.parametrize("problem", [Stopped("too_old"), OSError("disk"), TimeoutError(), ValueError("x")])
@pytest.mark.parametrize("encrypted", [False, True])
def test_what_the_gate_raises_passes_unchanged_and_nothing_is_sent(problem: Exception, encrypted: bool) -> None:
    async def gate() -> None:
        raise problem

    script = over_tls(do.success) if encrypted else do.success
    with FaultServer(script) as server:
        url = f"https://127.0.0.1:{server.port}/x" if encrypted else f"http://127.0.0.1:{server.port}/x"
        with pytest.raises(type(problem)) as raised:
            send(post_to(server, url=url), gate)
    assert raised.value is problem
    assert server.received == b""


def test_connect_does_not_open_the_gate_and_tells_the_proxy_no_token() -> None:
    heard_before: list[bytes] = []

    async def gate() -> None:
        heard_before.append(bytes(server.received))

    with FaultServer(over_tls(do.success)) as server, FaultServer(tunnel(lambda: server.port)) as proxy:
        post = post_to(server, url=f"https://{NAME}/x", proxy=Proxy(f"http://127.0.0.1:{proxy.port}", "me", "p@ss"))
        send(post, gate)
    assert heard_before == [b""]
    assert server.count() == 1
    assert proxy.received.startswith(f"CONNECT {NAME}:443 HTTP/1.1\r\n".encode())
    assert b"Proxy-Authorization: Basic bWU6cEBzcw==\r\n" in proxy.received
    assert b"ZG9tYWlu" not in proxy.received
    assert b"Proxy-Authorization" not in server.received


@pytest.mark.parametrize("raw", [do.http(407), do.http(503), b""])
def test_a_proxy_that_refuses_never_opens_the_gate(raw: bytes) -> None:
    async def gate() -> None:
        raise AssertionError("the gate was opened for CONNECT")

    with FaultServer(do.proxy_says(raw)) as proxy:
        post = post_to(proxy, url=f"https://{NAME}/x", proxy=Proxy(f"http://127.0.0.1:{proxy.port}"))
        with pytest.raises(ProxyProblem):
            send(post, gate)
    assert TOKEN.encode() not in proxy.received


def test_an_encrypted_proxy_works_and_its_certificate_counts() -> None:
    with FaultServer(over_tls(do.success)) as server, FaultServer(over_tls(tunnel(lambda: server.port))) as proxy:
        proxied = Proxy(f"https://127.0.0.1:{proxy.port}")
        assert send(post_to(server, url=f"https://{NAME}/x", proxy=proxied)).body == SUCCESS
        post = post_to(server, url=f"https://{NAME}/x", proxy=proxied)
        with asyncio.Runner(loop_factory=new_event_loop) as runner, pytest.raises(ProxyProblem) as problem:
            runner.run(Http().post(post, open_gate, PATIENT))
    assert problem.value.id == "proxy_unusable"
    assert server.count() == 1


def test_a_connection_serves_one_request() -> None:
    keeps_alive = do.says(do.http(200, SUCCESS), do.hold)
    with FaultServer(keeps_alive) as server, asyncio.Runner(loop_factory=new_event_loop) as runner:
        for _ in range(3):
            runner.run(http().post(post_to(server), open_gate, PATIENT))
    assert (server.count(), server.connections) == (3, 3)


def stalls_handshake(connection: Connection) -> None:
    connection.hold()


@contextlib.contextmanager
def hanging_names() -> Iterator[Callable[[], None]]:
    release, done = threading.Event(), threading.Event()

    def look_up(*_: object) -> list[object]:
        release.wait(10)
        done.set()
        return []

    with mock.patch("socket.getaddrinfo", look_up):
        yield release.set
        release.set()
        assert done.wait(10)


async def _cancel_when(post: Post, ready: Callable[[], bool], gate: Gate) -> asyncio.Task[Exchange]:
    task = asyncio.ensure_future(http().post(post, gate, PATIENT))
    async with asyncio.timeout(10):
        while not ready():  # noqa: ASYNC110 - it looks at another thread
            await asyncio.sleep(0.001)
    task.cancel()
    await asyncio.wait([task])
    return task


@pytest.mark.parametrize("stage", ["look-up", "TLS", "CONNECT", "TLS in the tunnel", "gate"])
def test_cancelled_before_the_gate_nothing_is_sent(stage: str) -> None:
    waiting = asyncio.Event()

    async def gate() -> None:
        waiting.set()
        await asyncio.Event().wait()

    script = over_tls(do.success) if stage == "gate" else stalls_handshake
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(FaultServer(script))
        url = f"https://127.0.0.1:{server.port}/x"
        proxy = None
        if stage == "look-up":
            stack.enter_context(hanging_names())
            url = f"https://{NAME}/x"
        elif stage == "CONNECT":
            proxy = Proxy(f"http://127.0.0.1:{server.port}")
        elif stage == "TLS in the tunnel":
            tunnelling = stack.enter_context(FaultServer(tunnel(lambda: server.port)))
            proxy = Proxy(f"http://127.0.0.1:{tunnelling.port}")
        if proxy:
            url = f"https://{NAME}/x"
        ready = {
            "look-up": lambda: any(thread.name == "name look-up" for thread in threading.enumerate()),
            "gate": waiting.is_set,
        }.get(stage, lambda: bool(server.received))
        runner = stack.enter_context(asyncio.Runner(loop_factory=new_event_loop))
        task = runner.run(_cancel_when(post_to(server, url=url, proxy=proxy), ready, gate))
        assert task.cancelled()
        assert waiting.is_set() is (stage == "gate")
    assert b"POST" not in server.received
    assert server.count() == 0


def test_cancelled_after_the_gate_the_connection_is_closed() -> None:
    left = threading.Event()

    def script(connection: Connection) -> None:
        connection.read_post()
        connection.hold()
        left.set()

    with FaultServer(script) as server, asyncio.Runner(loop_factory=new_event_loop) as runner:
        task = runner.run(_cancel_when(post_to(server), lambda: server.count() == 1, open_gate))
        assert task.cancelled()
        assert left.wait(10)
    assert server.count() == 1


def test_the_connect_budget_does_not_run_while_the_gate_is_awaited() -> None:
    async def slow() -> None:
        await asyncio.sleep(0.3)

    with FaultServer(do.success) as server:
        assert send(post_to(server), slow, Deadlines(connect=0.2, answer=10)).complete


def test_memory_stays_flat_whatever_comes_back() -> None:
    with FaultServer(do.floods(b"HTTP/1.1 200 OK\r\n\r\n")) as server:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        exchange = send(post_to(server))
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert (exchange.broke, len(exchange.body), exchange.complete) == (Broke.TOO_LARGE, MAX_BODY, False)
    assert after - before < 10 * 1024


def test_nothing_of_a_post_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        with FaultServer(do.answers(200, SUCCESS, reason="rude\x1b")) as server:
            send(post_to(server, b'{"target": "0312341234"}'))
        with pytest.raises(NotReached) as problem:
            send(post_to(server))
    text = caplog.text + repr(post_to(server)) + repr(problem.value)
    for secret in (TOKEN, "ZG9tYWlu", "0312341234", "rude"):
        assert secret not in text
    assert not [record for record in caplog.records if record.name.startswith(("httpx", "httpcore"))]


def test_what_is_raised_holds_no_request() -> None:
    with FaultServer(do.success) as server:
        pass
    with pytest.raises(NotReached) as problem:
        send(post_to(server))
    assert problem.value.__cause__ is None
    assert problem.value.__context__ is None


def test_a_second_request_on_one_gate_is_not_sent() -> None:
    """Should the library ever send twice by itself, the gate stays shut the second time."""
    from basix_desktop.net import post as module

    opened: list[int] = []

    async def gate() -> None:
        opened.append(1)

    async def twice() -> None:
        async with asyncio.timeout(5) as limit:
            progress = module._Progress(gate, limit, 5, False)
            request = type("Request", (), {"method": b"POST"})()
            await progress.trace("http11.send_request_headers.started", {"request": request})
            with pytest.raises(RuntimeError):
                await progress.trace("http11.send_request_headers.started", {"request": request})

    asyncio.run(twice())
    assert opened == [1]


def test_a_deadline_that_ran_out_in_front_of_the_gate_keeps_it_shut() -> None:
    """The last moment: the budget ends while the library is on its way to the gate without waiting for anything."""
    from basix_desktop.net import post as module

    opened: list[int] = []

    async def gate() -> None:
        opened.append(1)

    async def late() -> None:
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(None) as limit:
            progress = module._Progress(gate, limit, 5, False)
            limit.reschedule(loop.time())
            await asyncio.shield(asyncio.ensure_future(_swallowed()))
            request = type("Request", (), {"method": b"POST"})()
            await progress.trace("http11.send_request_headers.started", {"request": request})

    async def _swallowed() -> None:
        """Ends in the same turn of the loop in which the deadline does."""

    with pytest.raises(TimeoutError):
        asyncio.run(late())
    assert opened == []


@pytest.mark.parametrize("url", ["https://pbx.example\x00/", "https://[::1/", "https://xn--/"])
def test_an_address_that_the_library_does_not_take_is_not_reached(url: str) -> None:
    with pytest.raises(NotReached) as problem:
        send(Post(url, b"{}", "d", TOKEN))
    assert problem.value.id == "address_not_found"


def test_importing_costs_no_http_library() -> None:
    """httpx is imported by the first use, after the first paint."""
    program = "import sys, basix_desktop.net.http, basix_desktop.pbx.client; print('httpx' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert ended.stdout == "False\n"
