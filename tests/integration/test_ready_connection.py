"""The connection opened while the number is typed, from the dialer down: used by the call, opened for nobody who has a
proxy, and gone when the network ends."""

from __future__ import annotations

import contextlib
import gc
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from basix_desktop.app.net_thread import NetThread
from basix_desktop.credentials.memory import MemoryVault
from basix_desktop.domain.accounts import Account, ProxyMode, ProxySetting, Token
from basix_desktop.domain.calls import CallRequest, State
from basix_desktop.domain.numbers import read
from basix_desktop.net import ready
from basix_desktop.net.loop import new_event_loop
from basix_desktop.net.proxy import SystemProxy, from_environment
from basix_desktop.pbx.client import PbxClient
from basix_desktop.services.dialer import Dialer, Order
from tests.helpers import fault_scripts as do
from tests.helpers.dialing import Bench, Seen, bench
from tests.helpers.fault_rows import Scene
from tests.helpers.fault_server import Connection, FaultServer
from tests.helpers.fault_worlds import black_holes, leads_here
from tests.helpers.posting import PATIENT
from tests.helpers.readying import HELD, Server, Way, await_true, is_ready, new_http

TOKEN = Token("canary-7f3a")
NO_SCENE = cast(Scene, None)


def account_of(server: Server, **more: object) -> Account:
    return Account("office", "example-domain", server.url(path="/basix/api"), **more)  # type: ignore[arg-type]


class Calls:
    """A dialer that calls for real; its clock stands still."""

    def __init__(self, bench: Bench, account: Account) -> None:
        self.account = account
        self.http = new_http(bench.clock.boot_ms)
        self.dialer = Dialer(
            journal=bench.stores.journal,
            db=bench.stores.db,
            net=bench.net,
            pbx=PbxClient(self.http, "0.0", deadlines=PATIENT, system_proxy=SystemProxy),
            vault=lambda _: MemoryVault({account.key: TOKEN}),
            clock=bench.clock,
        )

    def expect(self) -> None:
        self.dialer.expect(self.account)
        await_true(lambda: is_ready(self.http))

    def call(self) -> State:
        number, seen = read("03-1234-1234"), Seen()
        order = Order(self.account, CallRequest(number.sent, "sales"), number, "", confirmed=frozenset({"*"}))
        return self.dialer.place(order, seen).done.result(10).state


@pytest.mark.parametrize("way", list(Way))
def test_a_call_takes_the_connection_that_was_expected_to_be_needed(way: Way, tmp_path: Path) -> None:
    server = Server((HELD,), way)
    with server.faults as faults, bench(tmp_path) as stand:
        calls = Calls(stand, account_of(server))
        calls.expect()
        assert server.up[0].wait(10)
        await_true(lambda: is_ready(calls.http))
        assert calls.call() is State.ACCEPTED
        assert server.over[0].wait(10)
    assert (faults.connections, faults.count()) == (1, 1)


def test_expecting_again_and_again_opens_one_and_the_next_call_gets_its_own(tmp_path: Path) -> None:
    server = Server((HELD,))
    with server.faults as faults, bench(tmp_path) as stand:
        calls = Calls(stand, account_of(server))
        for _ in range(20):
            calls.expect()
        assert (faults.connections, len(faults.received)) == (1, 0)
        assert [calls.call(), calls.call()] == [State.ACCEPTED, State.ACCEPTED]
    assert (faults.connections, faults.count()) == (2, 2)


def test_a_server_that_closes_on_the_request_leaves_it_unknown_and_gets_no_second_one(tmp_path: Path) -> None:
    server = Server((do.reads_post_then(do.rst), HELD))
    with server.faults as faults, bench(tmp_path) as stand:
        calls = Calls(stand, account_of(server))
        calls.expect()
        assert calls.call() is State.UNKNOWN
    assert (faults.connections, faults.count()) == (1, 1)


def test_expecting_a_call_of_an_ending_program_does_nothing(tmp_path: Path) -> None:
    server = Server((HELD,))
    with server.faults as faults, bench(tmp_path) as stand:
        calls = Calls(stand, account_of(server))
        assert stand.net.stop()
        calls.dialer.expect(calls.account)
        gc.collect()  # a coroutine that nobody awaited would be told of
    assert faults.connections == 0


# Who has none


class Opening:
    """A PBX client on a net thread."""

    def __init__(self, system: SystemProxy) -> None:
        self.asked_for_password: list[Account] = []
        self.net = NetThread(new_event_loop)
        self.http = new_http(lambda: 0)
        self.client = PbxClient(self.http, "0.0", self._password, PATIENT, lambda: system)

    def _password(self, account: Account) -> str:
        self.asked_for_password.append(account)
        return "secret"

    def open_for(self, account: Account) -> None:
        """To the end of the connection's life, if there is one."""
        assert self.net.run(self.client.make_ready(account)).result(10) is None


@pytest.fixture
def short_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "LIFE", 200)


@pytest.mark.usefixtures("short_life")
@pytest.mark.parametrize("kind", ["own", "own with sign-in", "system's", "system's, broken"])
def test_an_account_with_a_proxy_has_none(kind: str) -> None:
    server, proxy = Server((HELD,)), Server((do.hold,))
    with server.faults, proxy.faults:
        url = f"http://127.0.0.1:{proxy.faults.port}"
        own = ProxySetting(ProxyMode.CUSTOM, url, "me" if "sign-in" in kind else "")
        system = SystemProxy(url) if kind == "system's" else SystemProxy("ftp://nowhere:1" if "broken" in kind else "")
        # The system's is not used for this computer itself, so the account's server has another name.
        account = replace(account_of(server), server=f"https://pbx.test:{server.faults.port}/basix/api")
        if "own" in kind:
            account = replace(account, proxy=own)
        opening = Opening(system)
        with leads_here("pbx.test")(NO_SCENE):
            opening.open_for(account)
        assert opening.net.stop()
    assert (server.faults.connections, proxy.faults.connections) == (0, 0)
    assert opening.asked_for_password == []


@pytest.mark.usefixtures("short_life")
@pytest.mark.parametrize(
    ("setting", "environ", "connections"),
    [
        (ProxySetting(), {}, 1),
        (ProxySetting(ProxyMode.NONE), {"HTTPS_PROXY": "http://127.0.0.1:9"}, 1),
        (ProxySetting(), {"HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": "127.0.0.1"}, 1),
    ],
)
def test_an_account_that_connects_directly_has_one(
    setting: ProxySetting, environ: dict[str, str], connections: int
) -> None:
    server = Server((HELD,), Way.TLS_1_3)
    with server.faults as faults:
        opening = Opening(from_environment(environ))
        opening.open_for(account_of(server, proxy=setting))
        assert opening.net.stop()
    assert (faults.connections, len(faults.received)) == (connections, 0)


@pytest.mark.parametrize("address", ["", "pbx", "ftp://pbx.test/", "http://pbx.test/", "https://[::1/"])
def test_an_account_whose_server_cannot_be_reached_at_all_has_none_and_nothing_is_told(address: str) -> None:
    opening = Opening(SystemProxy())
    if address == "pbx":  # a name is enough: it is looked up, in vain
        address = "https://pbx\x00.test/"
    opening.open_for(Account("office", "example-domain", address))
    assert opening.net.stop()


# The end


def sockets() -> set[str]:
    """The sockets that this process holds."""
    found = set()
    for descriptor in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            name = os.readlink(descriptor)  # noqa: PTH115 - not a path
            if name.startswith("socket:"):
                found.add(name)
    return found


Stage = Callable[[], contextlib.AbstractContextManager[tuple[str, Callable[[Opening], bool]]]]


@contextlib.contextmanager
def open_already(way: Way) -> Iterator[tuple[str, Callable[[Opening], bool]]]:
    server = Server((do.hold,), way)
    with server.faults:
        yield server.url(path=""), lambda opening: server.up[0].is_set() and is_ready(opening.http)


@contextlib.contextmanager
def in_the_handshake() -> Iterator[tuple[str, Callable[[Opening], bool]]]:
    with FaultServer(do.hold) as server:
        yield f"https://127.0.0.1:{server.port}", lambda _: bool(server.received)


@contextlib.contextmanager
def in_connect() -> Iterator[tuple[str, Callable[[Opening], bool]]]:
    with FaultServer(do.hold) as server:
        pass
    with black_holes("127.0.0.2", port=server.port):
        before = sockets()
        yield f"https://127.0.0.2:{server.port}", lambda _: len(sockets() - before) > 2  # the loop has two itself


@contextlib.contextmanager
def in_the_look_up() -> Iterator[tuple[str, Callable[[Opening], bool]]]:
    release, asked, done = threading.Event(), threading.Event(), threading.Event()

    def look_up(*_: object) -> list[object]:
        asked.set()
        release.wait(10)
        done.set()
        return []

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", look_up)
        yield "https://pbx.test", lambda _: asked.is_set()
        release.set()
        assert done.wait(10)


@contextlib.contextmanager
def while_it_ends() -> Iterator[tuple[str, Callable[[Opening], bool]]]:
    """Right when the other side has reset it."""
    now = threading.Event()

    def run(connection: Connection) -> None:
        now.wait(10)
        connection.rst()

    server = Server((run,))
    with server.faults:

        def reset(opening: Opening) -> bool:
            if not now.is_set() and is_ready(opening.http):
                now.set()
                return server.over[0].wait(10)
            return False

        yield server.url(path=""), reset


STAGES: dict[str, Stage] = {
    "open, plain": lambda: open_already(Way.PLAIN),
    "open, TLS 1.2": lambda: open_already(Way.TLS_1_2),
    "open, TLS 1.3": lambda: open_already(Way.TLS_1_3),
    "handshake": in_the_handshake,
    "connect": in_connect,
    "look-up": in_the_look_up,
    "reset": while_it_ends,
}


@pytest.mark.parametrize("stage", STAGES)
def test_the_network_ends_with_one_at_any_stage_and_nothing_is_left(stage: str) -> None:
    gc.collect()
    opening = Opening(SystemProxy())
    with STAGES[stage]() as (url, reached):
        before = sockets()
        account = Account("office", "example-domain", url)
        future = opening.net.run(opening.client.make_ready(account))
        await_true(lambda: reached(opening))
        started = time.monotonic()
        assert opening.net.stop()
        assert time.monotonic() - started < 1
        assert future.done()
        # What is still open belongs to the server, whose side ends with ours.
        gc.collect()
    await_true(lambda: not sockets() - before)
