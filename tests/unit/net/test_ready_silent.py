"""What keeps a connection from being opened beforehand is told by the request, and by nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterator

import pytest

from basix_desktop.domain.errors import BasixError
from basix_desktop.net import ready
from basix_desktop.net.exchange import Deadlines, Post
from basix_desktop.net.http import Http
from basix_desktop.net.loop import new_event_loop
from tests.helpers import fault_scripts as do
from tests.helpers.fault_rows import authority, tls_named, tls_of_another_authority
from tests.helpers.fault_server import Connection, FaultServer
from tests.helpers.fault_worlds import black_holes
from tests.helpers.posting import PATIENT, TOKEN, open_gate
from tests.helpers.readying import HELD, Client, MovedClock, Server, client, has_none, placed

SHORT_CONNECT = Deadlines(connect=0.25, answer=10)


@pytest.fixture
def made() -> Iterator[Client]:
    with client() as made:
        yield made


@contextlib.contextmanager
def refusing() -> Iterator[str]:
    with FaultServer(do.success) as server:
        pass
    yield f"http://127.0.0.1:{server.port}/x"


@contextlib.contextmanager
def with_certificate_of(context: Callable[[], object]) -> Iterator[str]:
    def run(connection: Connection) -> None:
        connection.start_tls(context())  # type: ignore[arg-type]
        do.success(connection)

    with FaultServer(run) as server:
        yield f"https://127.0.0.1:{server.port}/x"


@contextlib.contextmanager
def without_tls() -> Iterator[str]:
    with FaultServer(do.retorts(do.http(400))) as server:
        yield f"https://127.0.0.1:{server.port}/x"


@contextlib.contextmanager
def silent_in_the_handshake() -> Iterator[str]:
    with FaultServer(do.hold) as server:
        yield f"https://127.0.0.1:{server.port}/x"


@contextlib.contextmanager
def blackholed() -> Iterator[str]:
    with FaultServer(do.success) as server:
        pass
    with black_holes("127.0.0.2", port=server.port):
        yield f"http://127.0.0.2:{server.port}/x"


BAD: dict[str, tuple[str, Callable[[], contextlib.AbstractContextManager[str]]]] = {
    "refused": ("connection_refused", refusing),
    "another authority": ("certificate_untrusted", lambda: with_certificate_of(tls_of_another_authority)),
    "another name": ("certificate_wrong_host", lambda: with_certificate_of(lambda: tls_named("other.test"))),
    "no TLS": ("tls_failed", without_tls),
    "silent": ("connect_timeout", silent_in_the_handshake),
    "blackholed": ("connect_timeout", blackholed),
}


@pytest.mark.parametrize("bad", BAD)
def test_what_is_wrong_is_left_to_the_request(
    bad: str, made: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready, "LIFE", 50)
    failure, server = BAD[bad]
    with server() as url, caplog.at_level(logging.DEBUG):
        task = made.begin(url)
        made.until(task.done)
        assert task.result() is None
        assert has_none(made.http)
        assert {record.levelno for record in caplog.records} <= {logging.DEBUG}
        with pytest.raises(BasixError) as problem:
            made.send(Post(url, b"{}", "domain", TOKEN), deadlines=SHORT_CONNECT)
    assert problem.value.id == failure


@pytest.mark.parametrize("bad", ["silent", "blackholed"])
def test_a_request_does_not_wait_for_one_that_is_still_being_opened(bad: str, made: Client) -> None:
    failure, server = BAD[bad]
    with server() as url:
        task = made.begin(url)
        with pytest.raises(BasixError) as problem:
            made.send(Post(url, b"{}", "domain", TOKEN), deadlines=SHORT_CONNECT)
        assert not task.done()
        assert problem.value.id == failure


def test_an_address_that_the_library_does_not_take_is_nothing_to_open(made: Client) -> None:
    for url in ("https://pbx.example\x00/", "https://[::1/"):
        made.until(made.begin(url).done)
        assert has_none(made.http)


@pytest.mark.parametrize("prepared", [True, False])
def test_without_a_clock_or_before_tls_is_set_up_none_is_opened(prepared: bool) -> None:
    http = Http(authority().cert_pem.bytes(), None if prepared else MovedClock())
    if prepared:
        http.prepare()
    server = Server((HELD,))
    with server.faults as faults, asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(http.make_ready(server.url()))
        assert faults.connections == 0
        assert placed(runner.run(http.post(server.post(), open_gate, PATIENT)))
    assert faults.connections == 1
