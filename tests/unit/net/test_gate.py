"""The gate stands in front of the first byte: awaited once, never by CONNECT, and shut means nothing is sent."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from unittest import mock

import pytest

from basix_desktop.domain.errors import ProxyProblem, Stopped
from basix_desktop.net import post as module
from basix_desktop.net.exchange import Deadlines, Exchange, Gate, Post
from basix_desktop.net.loop import new_event_loop
from basix_desktop.net.proxy import Proxy
from tests.helpers import fault_scripts as do
from tests.helpers.fault_rows import NAME, http
from tests.helpers.fault_server import Connection, FaultServer, tunnel
from tests.helpers.posting import PATIENT, TOKEN, open_gate, over_tls, post_to, send


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


def test_a_second_request_on_one_gate_is_not_sent() -> None:
    """Should the library ever send twice by itself, the gate stays shut the second time."""
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
