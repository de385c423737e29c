"""Results by callback from the demo PBX to a listener over real sockets, into a real journal."""

from __future__ import annotations

import random
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from basix_desktop.app.clock import SystemClock
from basix_desktop.app.net_thread import NetThread
from basix_desktop.app.stores import Stores
from basix_desktop.callback.server import CallbackServer
from basix_desktop.credentials.memory import MemoryVault
from basix_desktop.demo.server import DemoPbx
from basix_desktop.domain.accounts import Account, CallbackListener, Token
from basix_desktop.domain.calls import Attempt, AttemptEvent, CallRequest, State
from basix_desktop.domain.errors import CallbackProblem
from basix_desktop.domain.numbers import read
from basix_desktop.net.http import Http
from basix_desktop.net.loop import new_event_loop
from basix_desktop.pbx.client import PbxClient
from basix_desktop.services.callbacks import CallbackDesk, token_for
from basix_desktop.services.dialer import Dialer, Order
from basix_desktop.services.ports import LogFilter

CONFIRMED = frozenset({"*"})


class Process:
    """What one run of the program consists of, less the window."""

    def __init__(self, folder: Path, pbx: DemoPbx, port: int) -> None:
        clock = SystemClock()
        self.account = Account(
            "office",
            pbx.domain,
            pbx.server,
            listener=CallbackListener(True, "127.0.0.1", port, f"http://127.0.0.1:{port}/results"),
        )
        vault = MemoryVault({self.account.key: Token(pbx.token)})
        self.net = NetThread(new_event_loop)
        self.stores = Stores(folder / "calls.sqlite3", folder / "instances", clock)
        self.stores.open().result(10)
        self.told: list[Attempt] = []
        self._news = threading.Condition()
        self.callbacks = CallbackDesk(
            net=self.net,
            db=self.stores.db,
            journal=self.stores.journal,
            make_server=CallbackServer,
            changed=self._changed,
        )
        self.dialer = Dialer(
            journal=self.stores.journal,
            db=self.stores.db,
            net=self.net,
            pbx=PbxClient(Http(), "0.0"),
            vault=lambda _: vault,
            clock=clock,
            result_url=self.callbacks.url_for,
        )

    def call(self, digits: str, callback_url: str = "") -> Attempt:
        number = read(f"03-1234-{digits}")
        request = CallRequest(number.sent, "sales", callback_url=callback_url)
        order = Order(self.account, request, number, number.sent, confirmed=CONFIRMED)
        return self.dialer.place(order, lambda _: None).done.result(20)

    def result(self, attempt: Attempt) -> Attempt:
        """The attempt as it was told when its result came."""
        with self._news:
            assert self._news.wait_for(lambda: any(a.id == attempt.id for a in self.told), 15), "no result came"
            return next(a for a in self.told if a.id == attempt.id)

    def events(self, attempt: Attempt) -> list[AttemptEvent]:
        history = self.stores.history
        return self.stores.reader.submit(lambda: history.events(attempt.id)).result(10)

    def close(self) -> None:
        assert self.net.stop()
        assert self.stores.close()

    def _changed(self, attempt: Attempt) -> None:
        with self._news:
            self.told.append(attempt)
            self._news.notify_all()


@contextmanager
def process(folder: Path, pbx: DemoPbx, port: int, *, listening: bool = True) -> Iterator[Process]:
    made = Process(folder, pbx, port)
    try:
        if listening:
            made.callbacks.start(made.account).result(10)
        yield made
    finally:
        made.close()


@pytest.fixture(scope="module")
def pbx() -> Iterator[DemoPbx]:
    with DemoPbx(speed=15) as made:
        yield made


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def data(events: list[AttemptEvent], kind: str) -> list[dict[str, str]]:
    return [event.data for event in events if event.kind == kind]


def test_all_three_encodings_reach_the_journal(tmp_path: Path, pbx: DemoPbx, port: int) -> None:
    """They take turns."""
    with process(tmp_path, pbx, port) as here:
        for digits in ("0001", "1001", "2001"):
            attempt = here.call(digits)
            here.result(attempt)
            events = here.events(attempt)
            assert data(events, "callback") == [{"result_code": "0", "uuid": attempt.uuids[0]}]
            assert data(events, "proven") == []


@pytest.mark.parametrize("digits", ["0444", "0445", "0200", "0204"])
def test_a_result_settles_what_may_have_been_placed(tmp_path: Path, pbx: DemoPbx, port: int, digits: str) -> None:
    with process(tmp_path, pbx, port) as here:
        attempt = here.call(digits)
        assert attempt.state is State.UNKNOWN
        placed = here.result(attempt)
        (result,) = data(here.events(attempt), "callback")
        assert (placed.state, placed.uuids) == (State.ACCEPTED, (result["uuid"],))
        assert [event.kind for event in here.events(attempt)][-2:] == ["callback", "proven"]


def test_what_nobody_answered_was_placed_too(tmp_path: Path, pbx: DemoPbx, port: int) -> None:
    with process(tmp_path, pbx, port) as here:
        attempt = here.call("0002")
        here.result(attempt)
        (result,) = data(here.events(attempt), "callback")
        assert result["result_code"] != "0"
        assert "uuid" not in result


def test_a_result_that_arrives_after_a_restart_finds_its_attempt(tmp_path: Path, pbx: DemoPbx, port: int) -> None:
    from urllib.request import urlopen

    with process(tmp_path, pbx, port, listening=False) as before:
        attempt = before.call("0500")
        assert attempt.state is State.UNKNOWN
    with process(tmp_path, pbx, port) as after:
        with urlopen(f"{attempt.request.callback_url}?result_code=500", timeout=10) as answer:
            assert (answer.status, answer.read()) == (200, b"")
        placed = after.result(attempt)
        assert (placed.id, placed.state, placed.uuids) == (attempt.id, State.ACCEPTED, ())


def test_no_result_leaves_it_to_be_checked(tmp_path: Path, pbx: DemoPbx, port: int) -> None:
    with process(tmp_path, pbx, port) as here:
        unknown, placed = here.call("0500"), here.call("0001")
        here.result(placed)
        journal = here.stores.journal
        still = here.stores.db.submit(lambda: journal.get(unknown.id)).result(10)
        assert still is not None
        assert still.needs_check


def test_an_address_typed_by_the_user_is_called_instead(tmp_path: Path, pbx: DemoPbx, port: int) -> None:
    with process(tmp_path, pbx, port) as here, socket.create_server(("127.0.0.1", 0)) as own:
        own.settimeout(15)
        attempt = here.call("0001", f"http://127.0.0.1:{own.getsockname()[1]}/mine")
        with own.accept()[0] as peer:
            assert b" /mine" in peer.recv(1000)
        assert data(here.events(attempt), "callback") == []


def test_a_taken_port_keeps_no_call_from_being_placed(tmp_path: Path, pbx: DemoPbx, port: int) -> None:
    with process(tmp_path / "one", pbx, port) as one, process(tmp_path / "two", pbx, port, listening=False) as two:
        with pytest.raises(CallbackProblem) as refused:
            two.callbacks.start(two.account).result(10)
        assert refused.value.id == "callback_port_taken"
        assert two.call("0001").state is State.ACCEPTED
        one.callbacks.stop().result(10)
        two.callbacks.start(two.account).result(10)
        two.result(two.call("1001"))


def test_a_path_of_another_database_is_unknown(tmp_path: Path, pbx: DemoPbx, port: int) -> None:
    from urllib.error import HTTPError
    from urllib.request import urlopen

    with process(tmp_path / "two", pbx, port, listening=False) as two:
        elsewhere = two.call("0500")
    with process(tmp_path / "one", pbx, port), pytest.raises(HTTPError) as refused:
        urlopen(f"{elsewhere.request.callback_url}?result_code=0", timeout=10)
    refused.value.close()
    assert refused.value.code == 404


def test_switching_it_off_closes_the_port(tmp_path: Path, pbx: DemoPbx, port: int) -> None:
    with process(tmp_path, pbx, port) as here:
        off = replace(here.account, listener=replace(here.account.listener, enabled=False))
        here.callbacks.start(off).result(10)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=10)


def test_abuse_keeps_no_result_out(tmp_path: Path, pbx: DemoPbx, port: int) -> None:
    """A call's result comes through while others knock with wrong paths, half requests and rubbish."""
    with process(tmp_path, pbx, port) as here, ExitStack() as slow:
        attempt = here.call("0444")
        chance = random.Random(11)
        for number in range(1000):
            token = token_for(chance.randbytes(32), str(uuid.UUID(bytes=chance.randbytes(16), version=4)))
            with socket.create_connection(("127.0.0.1", port), timeout=10) as peer:
                peer.sendall(f"GET /results/{token}?result_code=0 HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                assert peer.recv(100).startswith(b"HTTP/1.1 404 ")
            if number % 5 == 0:
                peer = slow.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
                peer.sendall(b"POST /results/" if number % 2 else chance.randbytes(200))
        assert here.result(attempt).state is State.ACCEPTED
        page = here.stores.history
        rows = here.stores.reader.submit(lambda: page.counts()[LogFilter.ALL]).result(10)
        assert rows == 1, "wrong paths leave nothing behind"
