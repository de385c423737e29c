"""A connection opened beforehand that ends, speaks, is replaced or is never used: closed, and never sent over."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from basix_desktop.net import ready
from tests.helpers import fault_scripts as do
from tests.helpers.fault_rows import SUCCESS
from tests.helpers.fault_server import Connection, Script
from tests.helpers.readying import HELD, Client, Server, Way, await_true, client, has_none, is_ready, placed

TIMED_OUT = do.http(408, b"", "Connection: close", reason="Request Timeout")
ways = pytest.mark.parametrize("way", list(Way))


@pytest.fixture
def made() -> Iterator[Client]:
    with client() as made:
        yield made


def after(event: threading.Event, act: Script) -> Script:
    """Done with a connection on which no request has come, when the test says so."""

    def run(connection: Connection) -> None:
        assert event.wait(10)
        act(connection)
        connection.hold()

    return run


def speaks(raw: bytes) -> Script:
    return lambda connection: connection.send(raw)


def speaks_and_leaves(raw: bytes) -> Script:
    def run(connection: Connection) -> None:
        connection.send(raw)
        connection.fin()

    return run


ENDS: dict[str, Script] = {
    "closed": do.fin,
    "reset": do.rst,
    "garbage": speaks(b"SSH-2.0-OpenSSH_9.2p1\r\n"),
    "408": speaks(TIMED_OUT),
    "408 and closed": speaks_and_leaves(TIMED_OUT),
    "a success": speaks(do.http(200, SUCCESS)),
}
ends = pytest.mark.parametrize("end", ENDS)


@ends
@ways
def test_one_that_ended_or_spoke_just_before_enter_is_not_used(way: Way, end: str, made: Client) -> None:
    """The loop stands still meanwhile: only the look right before the request can tell."""
    now = threading.Event()
    server = Server((after(now, ENDS[end]), HELD), way)
    with server.faults as faults:
        made.make_ready(server)
        now.set()
        await_true(lambda: not is_ready(made.http))
        assert placed(made.send(server.post()))
        made.until(server.over[0].is_set)
    assert (faults.connections, faults.count("a1")) == (2, 1)
    assert faults.received.count(b"POST ") == 1


@ends
@ways
def test_one_that_ended_or_spoke_is_given_up_at_once(
    way: Way, end: str, made: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready, "LIFE", 60_000)
    now = threading.Event()
    server = Server((after(now, ENDS[end]), HELD), way)
    with server.faults as faults:
        task = made.make_ready(server)
        now.set()
        made.until(task.done)
        assert has_none(made.http)
        made.until(server.over[0].is_set)
        assert placed(made.send(server.post()))
    assert (faults.connections, faults.count("a1")) == (2, 1)


@ends
@ways
def test_one_that_spoke_or_ended_right_behind_the_handshake_never_becomes_ready(
    way: Way, end: str, made: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it says may come in one packet with the end of the handshake, and lie where the system does not see it."""
    monkeypatch.setattr(ready, "LIFE", 60_000)
    already = threading.Event()
    already.set()
    server = Server((after(already, ENDS[end]), HELD), way)
    with server.faults as faults:
        task = made.begin(server.url())
        made.until(task.done)
        made.until(server.over[0].is_set)
        assert placed(made.send(server.post()))
    assert (faults.connections, faults.count("a1")) == (2, 1)


# Closed by us


@ways
def test_one_that_nobody_uses_is_closed(way: Way, made: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "LIFE", 300)
    server = Server((HELD,), way)
    with server.faults as faults:
        task = made.make_ready(server)
        made.until(task.done)
        assert has_none(made.http)
        made.until(server.over[0].is_set)
    assert (faults.connections, len(faults.received)) == (1, 0)


@ways
def test_a_fresh_one_is_not_opened_again_and_an_older_one_is_replaced(way: Way, made: Client) -> None:
    server = Server((HELD,), way)
    with server.faults as faults:
        first = made.make_ready(server)
        made.clock.now += ready.RENEWED - 1
        again = made.begin(server.url())
        made.until(again.done)  # at once
        assert not first.done()
        assert faults.connections == 1
        made.clock.now += 1
        second = made.make_ready(server)
        made.until(first.done)
        made.until(server.over[0].is_set)
        assert not second.done()
        made.clock.now += ready.LIFE - 1  # the new one's age counts
        assert placed(made.send(server.post()))
    assert (faults.connections, faults.count("a1")) == (2, 1)


def test_one_to_another_server_replaces_it(made: Client) -> None:
    other, server = Server((HELD,)), Server((HELD,))
    with other.faults, server.faults:
        first = made.make_ready(other)
        made.make_ready(server)
        made.until(first.done)
        made.until(other.over[0].is_set)
        assert placed(made.send(server.post()))
    assert (other.faults.connections, server.faults.connections) == (1, 1)


def test_one_replaced_while_it_was_being_opened_is_closed(made: Client) -> None:
    go_on = threading.Event()

    def late(connection: Connection) -> None:
        assert go_on.wait(10)
        other._serve(connection)

    other, server = Server((HELD,), Way.TLS_1_3), Server((HELD,))
    other.faults.script = late
    with other.faults, server.faults:
        first = made.begin(other.url())
        made.until(other.faults.connected.is_set)
        second = made.make_ready(server)
        go_on.set()
        made.until(first.done)
        made.until(other.over[0].is_set)
        assert not second.done()
        assert is_ready(made.http)
        assert placed(made.send(server.post()))
    assert (len(other.faults.received), server.faults.connections) == (0, 1)
