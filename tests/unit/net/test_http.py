"""One POST: what is sent, what is read, what is never written down."""

from __future__ import annotations

import asyncio
import logging
import resource
import subprocess
import sys
import threading

import pytest

from basix_desktop.domain.errors import NotReached, ProxyProblem
from basix_desktop.net.exchange import MAX_BODY, Broke, Exchange, Post
from basix_desktop.net.http import Http
from basix_desktop.net.loop import new_event_loop
from basix_desktop.net.proxy import Proxy
from tests.helpers import fault_scripts as do
from tests.helpers.fault_rows import NAME, SUCCESS, http
from tests.helpers.fault_server import Connection, FaultServer, tunnel
from tests.helpers.posting import PATIENT, TOKEN, open_gate, over_tls, post_to, send

HOW_MANY = 120


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


def test_no_call_waits_for_another_one_s_connection() -> None:
    """More at once than any pool of httpx's would let through: each has connections of its own (reliability.md A11)."""
    together = threading.Barrier(HOW_MANY, timeout=20)

    def when_all_are_there(connection: Connection) -> None:
        connection.read_post()
        together.wait()
        connection.send(do.http(200, SUCCESS))
        connection.hold()

    async def all_at_once() -> list[Exchange]:
        posts = (http().post(post_to(server), open_gate, PATIENT) for _ in range(HOW_MANY))
        return await asyncio.gather(*posts)

    with FaultServer(when_all_are_there) as server, asyncio.Runner(loop_factory=new_event_loop) as runner:
        exchanges = runner.run(all_at_once())
    assert [exchange.body for exchange in exchanges] == [SUCCESS] * HOW_MANY
    assert server.count() == HOW_MANY


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
