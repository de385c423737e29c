"""A connection opened while the number is typed: used once, while young, and only for where it leads."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from basix_desktop.domain.errors import BasixError, Stopped
from basix_desktop.net import ready
from basix_desktop.net.exchange import Deadlines
from basix_desktop.net.post import origin_of_url
from basix_desktop.net.proxy import Proxy
from tests.helpers import fault_scripts as do
from tests.helpers.fault_rows import SUCCESS
from tests.helpers.fault_server import Connection, FaultServer, tunnel
from tests.helpers.posting import PATIENT, open_gate
from tests.helpers.readying import HELD, Client, Server, Way, client, is_ready, placed

SHORT_CONNECT = Deadlines(connect=0.25, answer=10)
ways = pytest.mark.parametrize("way", list(Way))


@pytest.fixture
def made() -> Iterator[Client]:
    with client() as made:
        yield made


# Used


@ways
def test_a_request_goes_over_the_connection_that_was_opened_for_it(way: Way, made: Client) -> None:
    server = Server((HELD,), way)
    with server.faults as faults:
        made.make_ready(server)
        assert (faults.connections, len(faults.received)) == (1, 0)
        assert placed(made.send(server.post()))
        made.until(server.over[0].is_set)  # closed by us: the server holds it
    assert (faults.connections, faults.count("a1")) == (1, 1)


@ways
def test_it_carries_the_same_bytes_as_one_opened_for_the_request(way: Way, made: Client) -> None:
    server = Server((HELD,), way)
    with server.faults as faults:
        made.send(server.post(body=b'{"a":1}'))
        made.make_ready(server)
        made.send(server.post(body=b'{"a":1}'))
    cold, prepared = faults.posts
    assert (prepared.head, prepared.body) == (cold.head, cold.body)


@ways
def test_the_gate_stands_in_front_of_its_first_byte(way: Way, made: Client) -> None:
    async def gate() -> None:
        raise Stopped("cancelled")

    server = Server((HELD,), way)
    with server.faults as faults:
        made.make_ready(server)
        with pytest.raises(Stopped):
            made.send(server.post(), gate)
        made.until(server.over[0].is_set)
    assert (faults.connections, len(faults.received)) == (1, 0)


def test_cancelled_in_front_of_the_gate_it_is_closed(made: Client) -> None:
    waiting = asyncio.Event()

    async def gate() -> None:
        waiting.set()
        await asyncio.Event().wait()

    async def cancel() -> None:
        task = asyncio.ensure_future(made.http.post(server.post(), gate, PATIENT))
        await waiting.wait()
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()

    server = Server((HELD,))
    with server.faults as faults:
        made.make_ready(server)
        made.run(cancel)
        made.until(server.over[0].is_set)
    assert (faults.connections, len(faults.received)) == (1, 0)


def test_the_path_does_not_matter(made: Client) -> None:
    server = Server((HELD,))
    with server.faults as faults:
        made.make_ready(server, server.url(path="/other"))
        assert placed(made.send(server.post()))
    assert faults.connections == 1


# Not used


@pytest.mark.parametrize(("age", "connections"), [(ready.LIFE - 1, 1), (ready.LIFE, 2), (8 * 3_600_000, 2)])
def test_one_that_is_old_is_not_used_even_if_the_computer_slept(age: int, connections: int, made: Client) -> None:
    """The loop's own clock stands still while the computer sleeps; the injected one does not."""
    server = Server((HELD,))
    with server.faults as faults:
        made.make_ready(server)
        made.clock.now += age
        assert placed(made.send(server.post()))
        made.until(server.over[0].is_set)
    assert (faults.connections, faults.count("a1")) == (connections, 1)


def test_it_is_as_old_as_its_first_packet(made: Client) -> None:
    """Some servers count from there until the request has come."""
    go_on = threading.Event()

    def slow_handshake(connection: Connection) -> None:
        first = len(server.faults._threads) == 2
        if first:
            assert go_on.wait(10)
        server._serve(connection)

    server = Server((HELD,), Way.TLS_1_3)
    server.faults.script = slow_handshake
    with server.faults as faults:
        made.begin(server.url())
        made.until(faults.connected.is_set)
        made.clock.now += ready.LIFE
        go_on.set()
        made.until(lambda: is_ready(made.http))
        assert placed(made.send(server.post()))
    assert (faults.connections, faults.count("a1")) == (2, 1)


def test_another_server_s_is_not_used(made: Client) -> None:
    other, server = Server((HELD,)), Server((HELD,))
    with other.faults, server.faults:
        made.make_ready(other)
        assert placed(made.send(server.post()))
        made.until(other.over[0].is_set)
    assert (other.faults.connections, len(other.faults.received)) == (1, 0)
    assert (server.faults.connections, server.faults.count("a1")) == (1, 1)


@pytest.mark.parametrize("way", [Way.PLAIN, Way.TLS_1_3])
def test_one_to_another_name_of_the_same_server_is_not_used(way: Way, made: Client) -> None:
    """Its certificate was looked at for the other name."""
    server = Server((HELD,), way)
    with server.faults as faults:
        made.make_ready(server, server.url("localhost"))
        assert placed(made.send(server.post()))
    assert faults.connections == 2


def test_one_of_another_scheme_is_not_used(made: Client) -> None:
    """Nothing that is to be encrypted is ever sent over a connection that is not."""
    server = Server((HELD,))
    with server.faults as faults:
        made.make_ready(server)
        with pytest.raises(BasixError):
            made.send(server.post(url=server.url().replace("http:", "https:")), deadlines=SHORT_CONNECT)
    assert b"POST" not in faults.received


def test_a_request_through_a_proxy_does_not_use_it(made: Client) -> None:
    """The proxy was set a moment ago: nothing passes it by any more."""
    server = Server((HELD,), Way.TLS_1_3)
    with server.faults as faults, FaultServer(tunnel(lambda: faults.port)) as proxy:
        made.make_ready(server)
        assert placed(made.send(server.post(proxy=Proxy(f"http://127.0.0.1:{proxy.port}"))))
    assert (faults.connections, faults.count("a1"), proxy.connections) == (2, 1, 1)


def test_where_an_address_leads() -> None:
    assert origin_of_url("https://Pbx.Example/x") == ready.Origin("https", "pbx.example", 443)
    assert origin_of_url("https://pbx.example:443/y") == ready.Origin("https", "pbx.example", 443)
    assert origin_of_url("http://[::1]/x") == ready.Origin("http", "::1", 80)
    assert origin_of_url("https://bücher.example:8443/") == ready.Origin("https", "xn--bcher-kva.example", 8443)
    for unusable in ("https://pbx.example\x00/", "https://[::1/"):
        assert origin_of_url(unusable) is None


@ways
def test_it_is_never_used_twice(way: Way, made: Client) -> None:
    server = Server((HELD,), way)
    with server.faults as faults:
        made.make_ready(server)
        assert placed(made.send(server.post()))
        assert placed(made.send(server.post()))
    assert (faults.connections, faults.count("a1")) == (2, 2)


def test_two_requests_at_once_share_nothing(made: Client) -> None:
    together = threading.Barrier(2, timeout=10)

    def when_both_are_there(connection: Connection) -> None:
        connection.receive()
        together.wait()
        connection.send(do.http(200, SUCCESS))
        connection.hold()

    async def both() -> None:
        posts = (made.http.post(server.post(), open_gate, PATIENT) for _ in range(2))
        assert all(placed(exchange) for exchange in await asyncio.gather(*posts))

    server = Server((when_both_are_there,))
    with server.faults as faults:
        made.make_ready(server)
        made.run(both)
    assert (faults.connections, faults.count("a1")) == (2, 2)
