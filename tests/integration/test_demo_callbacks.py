"""The result callback of the demo PBX, delivered to real servers."""

import asyncio
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import trustme

from basix_desktop.demo.callbacks import Callbacks, Result
from basix_desktop.demo.server import DemoPbx
from tests.unit.demo.client import call

UUID = "ede7b23e-c172-445e-832e-963b11ba2b96"


class Receiver:
    """Somebody's web server. ``received`` holds (way, path, fields) for each callback."""

    def __init__(self, tls: ssl.SSLContext | None = None, status: int = 200) -> None:
        self.received: Queue[tuple[str, str, dict[str, Any]]] = Queue()
        received = self.received

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                self._take("GET", parts.path, dict(parse_qsl(parts.query)))

            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["content-length"])).decode()
                kind = self.headers["content-type"]
                fields = json.loads(raw) if kind == "application/json" else dict(parse_qsl(raw))
                self._take(kind, self.path, fields)

            def _take(self, way: str, path: str, fields: dict[str, Any]) -> None:
                received.put((way, path, fields))
                self.send_response(status)
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


def url(receiver: Receiver, path: str = "/done", scheme: str = "http", host: str = "127.0.0.1") -> str:
    return f"{scheme}://{host}:{receiver.port}{path}"


def deliver(address: str, first: int = 0, **options: Any) -> bool:
    return asyncio.run(Callbacks(first, **options).deliver(address, Result(0, UUID)))


def test_all_three_encodings_come_in_turn(receiver: Receiver) -> None:
    with DemoPbx(speed=1000) as pbx:
        seen = {}
        for _ in range(3):
            leg = call(pbx, "0312341234", callback_url=url(receiver)).json["uuids"][0]
            way, path, fields = receiver.received.get(timeout=10)
            seen[way] = path
            assert {key: str(value) for key, value in fields.items()} == {"result_code": "0", "uuid": leg}
    assert set(seen) == {"GET", "application/x-www-form-urlencoded", "application/json"}
    assert set(seen.values()) == {"/done"}


@pytest.mark.parametrize(
    ("digits", "answered"), [("0001", True), ("0002", False), ("0003", False), ("0004", False), ("0005", True)]
)
def test_the_result_tells_whether_the_number_answered(receiver: Receiver, digits: str, answered: bool) -> None:
    with DemoPbx(speed=10_000) as pbx:
        call(pbx, f"031234{digits}", callback_url=url(receiver))
        fields = receiver.received.get(timeout=10)[2]
    assert (int(fields["result_code"]) == 0, "uuid" in fields) == (answered, answered)


def test_a_call_whose_answer_was_lost_has_a_result_too(receiver: Receiver) -> None:
    with DemoPbx(speed=1000) as pbx:
        with pytest.raises(OSError):
            call(pbx, "0312340444", callback_url=url(receiver))
        fields = receiver.received.get(timeout=10)[2]
        assert fields["uuid"] == pbx.requests[0]["uuids"][0]


def test_who_rings_shorter_than_they_need_is_not_answered(receiver: Receiver) -> None:
    with DemoPbx(speed=1000) as pbx:
        call(pbx, "0312341234", callback_url=url(receiver), answer_timeout=3)
        assert int(receiver.received.get(timeout=10)[2]["result_code"]) != 0


def test_the_timing_is_human_unless_scaled(receiver: Receiver) -> None:
    with DemoPbx(speed=20) as pbx:
        begun = time.monotonic()
        call(pbx, "0312341234", callback_url=url(receiver))
        receiver.received.get(timeout=10)
        assert time.monotonic() - begun >= 6 / 20


def test_refused_calls_have_no_result(receiver: Receiver) -> None:
    with DemoPbx(speed=1000) as pbx:
        call(pbx, "0312340101", callback_url=url(receiver, "/refused"))
        call(pbx, "0312341234", callback_url=url(receiver, "/placed"))
        assert receiver.received.get(timeout=10)[1] == "/placed"


def test_a_name_is_looked_up_and_every_address_tried(receiver: Receiver) -> None:
    assert deliver(url(receiver, host="localhost"))


def test_https_is_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(server)
    receiver = Receiver(server)
    knows = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.configure_trust(knows)
    try:
        assert deliver(url(receiver, scheme="https"), tls=lambda: knows)
        assert receiver.received.get(timeout=10)[2]["uuid"] == UUID
        assert not deliver(url(receiver, scheme="https"))
        assert receiver.received.empty()
    finally:
        receiver.close()


def test_no_proxy_is_asked(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert deliver(url(receiver))


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_refused_delivery_is_one(status: int) -> None:
    receiver = Receiver(status=status)
    try:
        assert not deliver(url(receiver))
        assert receiver.received.qsize() == 1
    finally:
        receiver.close()


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://nobody.invalid/", "https://127.0.0.1:1/x"])
def test_nobody_there_is_no_error(address: str) -> None:
    assert not deliver(address)


def test_an_endless_delivery_ends() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        begun = time.monotonic()
        assert not deliver(f"http://127.0.0.1:{silent.getsockname()[1]}/", budget=0.2)
        assert time.monotonic() - begun < 5


def test_stopping_does_not_wait_for_a_delivery() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        pbx = DemoPbx(speed=1000)
        pbx.start()
        call(pbx, "0312341234", callback_url=f"http://127.0.0.1:{silent.getsockname()[1]}/")
        silent.settimeout(10)
        with silent.accept()[0]:
            begun = time.monotonic()
            pbx.stop()
            assert time.monotonic() - begun < 1.0
