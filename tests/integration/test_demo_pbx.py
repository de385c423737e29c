"""The demo PBX over real sockets."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from basix_desktop.demo.server import DemoPbx
from basix_desktop.demo.stories import STORIES
from tests.unit.demo.client import call, connect, credentials, send

TARGET_AND_DESTINATION = {"target": "0312341234", "destination": "sales"}
PLACED_AT_ONCE = ["0001", "0002", "0003", "0004", "0005", "1234"]
ENDLESS = "0310000999"


@pytest.fixture
def pbx() -> Iterator[DemoPbx]:
    """Human timing a thousand times faster: the slowest story answers after 40 ms."""
    with DemoPbx(speed=1000) as running:
        yield running


def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "this never came true"
        time.sleep(0.002)


@pytest.mark.parametrize(
    "body",
    [
        {"target": "0312341234", "destination": "sales"},
        {"target": {"end_user": {"name": "luke.s"}, "called_number": "0312341234"}, "destination": "helen"},
        {"target": {"calling_number": "05068601111", "called_number": "09011112222"}, "destination": "campaign"},
        {"target": "0312341234", "destination": "1001"},
    ],
)
def test_the_documented_successes(pbx: DemoPbx, body: dict[str, Any]) -> None:
    answer = send(pbx, "/call_external", body)
    leg = answer.json["uuids"][0]
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.body.decode() == f'{{"result_code":0,"uuids":["{leg}"]}}'
    assert str(uuid.UUID(leg)) == leg
    assert pbx.requests[-1]["body"] == body
    assert pbx.requests[-1]["uuids"] == [leg]


def test_the_documented_refusal(pbx: DemoPbx) -> None:
    answer = call(pbx, "090111122222", "campaign")
    assert answer.body == b'{"result_code":500,"error":{"id":"channel_limit_reached"}}'


@pytest.mark.parametrize("digits", PLACED_AT_ONCE)
def test_calls_that_are_placed_have_legs_of_their_own(pbx: DemoPbx, digits: str) -> None:
    legs = {call(pbx, f"031234{digits}").json["uuids"][0] for _ in range(3)}
    assert len(legs) == 3


def test_an_error_nobody_documented_comes_with_details(pbx: DemoPbx) -> None:
    answer = call(pbx, "0312340102").json
    assert answer["result_code"] != 0
    assert answer["error"]["id"] == "trunk_under_maintenance"
    assert "保守" in answer["error"]["details"]["message"]


@pytest.mark.parametrize(
    ("digits", "status", "header"),
    [
        ("0401", 401, ("www-authenticate", 'Basic realm="Basix"')),
        ("0404", 404, ("content-type", "text/html")),
        ("0429", 429, ("retry-after", "20")),
        ("0500", 500, ("content-type", "text/html")),
        ("0200", 200, ("content-type", "application/json")),
    ],
)
def test_stories_told_by_http(pbx: DemoPbx, digits: str, status: int, header: tuple[str, str]) -> None:
    answer = call(pbx, f"031234{digits}")
    assert (answer.status, answer.headers[header[0]]) == (status, header[1])
    if digits in ("0200", "0500"):
        with pytest.raises(ValueError):
            answer.json  # noqa: B018


def test_success_without_a_leg(pbx: DemoPbx) -> None:
    assert call(pbx, "0312340204").json == {"result_code": 0, "uuids": []}


def test_the_connection_is_cut_without_a_byte_of_an_answer(pbx: DemoPbx) -> None:
    with pytest.raises(http.client.RemoteDisconnected):
        call(pbx, "0312340444")
    assert pbx.requests[-1]["complete"]
    assert pbx.requests[-1]["status"] is None


def test_the_connection_is_cut_in_the_middle_of_an_answer(pbx: DemoPbx) -> None:
    with pytest.raises(http.client.IncompleteRead) as caught:
        call(pbx, "0312340445")
    assert caught.value.partial.startswith(b'{"result_code":0,"uuids":["')


def test_a_late_answer_is_late_and_whole() -> None:
    with DemoPbx(speed=80) as pbx:
        begun = time.monotonic()
        assert call(pbx, "0312340040").json["result_code"] == 0
        assert time.monotonic() - begun >= 40 / 80
        begun = time.monotonic()
        assert call(pbx, "0312340041").json["error"] == {"id": "channel_limit_reached"}
        assert time.monotonic() - begun >= 40 / 80


def test_silence_lasts(pbx: DemoPbx) -> None:
    with pytest.raises(TimeoutError):
        call(pbx, ENDLESS, timeout=0.3)
    assert pbx.requests[-1]["story"] == "never_answers"


def test_every_story_leaves_the_server_well(pbx: DemoPbx) -> None:
    for story in STORIES:
        with contextlib.suppress(OSError, http.client.HTTPException):
            call(pbx, f"031234{story.digits}", timeout=0.3)
    assert [record["story"] for record in pbx.requests] == [story.id for story in STORIES]
    assert call(pbx, "0312341234").json["result_code"] == 0


@pytest.mark.parametrize(
    "authorization", ["", "Basic", "Basic !!!", "Bearer x", "Basic ZGVtbzp3cm9uZw==", "Basic 田中"]
)
def test_nobody_else_is_served(pbx: DemoPbx, authorization: str) -> None:
    for path in ("/call_external", "/gen_ws_ticket"):
        encoded = authorization.encode().decode("latin-1")
        answer = send(pbx, path, TARGET_AND_DESTINATION, authorization=encoded)
        assert answer.status == 401
        assert answer.json["error"]["id"] == "authentication_required"
        assert answer.json["result_code"] != 0


def test_credentials_are_looked_at_first(pbx: DemoPbx) -> None:
    assert send(pbx, "/call_external", b"{", authorization="").status == 401


def test_other_credentials_and_scripts() -> None:
    with DemoPbx(domain="会社.example", token="ぱす:word") as pbx:
        assert call(pbx, "0312341234").status == 200


def test_wrong_requests_are_refused_and_place_nothing(pbx: DemoPbx) -> None:
    assert send(pbx, "/call_external", TARGET_AND_DESTINATION, content_type="text/plain").status == 415
    assert send(pbx, "/call_external", b"[").status == 400
    assert send(pbx, "/call_external", b'{"target":"' + b"1" * 65536 + b'"}').status == 413
    assert send(pbx, "/call_external", b"", method="GET").headers["allow"] == "POST"
    assert send(pbx, "/call_someone", TARGET_AND_DESTINATION).json["error"]["id"] == "not_found"
    assert send(pbx, "/call_external", {**TARGET_AND_DESTINATION, "destination": "nobody"}).json["error"] == {
        "id": "destination_not_found"
    }
    assert [record["uuids"] for record in pbx.requests] == [[]] * 6


def test_a_ticket_for_the_feed(pbx: DemoPbx) -> None:
    uri = "/basix/api/ws_cti?app_name=MyApp&user_name=user1&forced=true"
    first, second = (send(pbx, "/gen_ws_ticket", {"uri": uri}).json for _ in range(2))
    assert first["result_code"] == 0
    assert first["ticket"]
    assert first["ticket"] != second["ticket"]
    assert send(pbx, "/gen_ws_ticket", {"uri": "/elsewhere"}).json["result_code"] != 0


def test_requests_are_in_the_file_before_the_answer(tmp_path: Path) -> None:
    path = tmp_path / "要求.jsonl"
    bodies = [TARGET_AND_DESTINATION, {**TARGET_AND_DESTINATION, "target": {"called_number": "0312340444"}}]
    with DemoPbx(speed=1000, requests_file=path) as pbx:
        for number, body in enumerate(bodies):
            with contextlib.suppress(http.client.RemoteDisconnected):
                send(pbx, "/call_external", body)
            line = json.loads(path.read_text().splitlines()[number])
            assert line["body"] == body
            assert line["text"] == json.dumps(body)
            assert (line["method"], line["path"]) == ("POST", "/basix/api/call_external")
        assert [json.loads(line) for line in path.read_text().splitlines()] == pbx.requests
        assert credentials(pbx).split()[1] not in path.read_text()
        assert pbx.token not in path.read_text()


def test_a_request_that_breaks_off_is_recorded_as_such(pbx: DemoPbx) -> None:
    parts = urlsplit(pbx.server)
    with socket.create_connection((parts.hostname or "", parts.port or 0)) as sock:
        head = f"POST {parts.path}/call_external HTTP/1.1\r\nHost: x\r\nAuthorization: {credentials(pbx)}\r\n"
        sock.sendall(head.encode() + b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
    until(lambda: len(pbx.requests) == 1)
    assert not pbx.requests[0]["complete"]
    assert pbx.requests[0]["uuids"] == []


def test_what_is_not_http_is_survived_in_silence(pbx: DemoPbx) -> None:
    parts = urlsplit(pbx.server)
    for garbage in (b"\x16\x03\x01\x02\x00\x01\x00", b"GET\r\n\r\n", b"\x00" * 70_000):
        with socket.create_connection((parts.hostname or "", parts.port or 0)) as sock, contextlib.suppress(OSError):
            sock.sendall(garbage)
            sock.recv(1024)
    assert call(pbx, "0312341234").status == 200


def test_it_stops_within_a_second_whatever_is_going_on() -> None:
    pbx = DemoPbx()
    pbx.start()
    waiting = [connect(pbx) for _ in range(4)]
    head = {"Authorization": credentials(pbx), "Content-Type": "application/json"}
    for connection, number in zip(waiting, (ENDLESS, "0312340040", "0312340008"), strict=False):
        body = json.dumps({"target": number, "destination": "sales", "callback_url": "http://127.0.0.1:9/"})
        connection.request("POST", "/basix/api/call_external", body, head)
    waiting[3].connect()
    until(lambda: len(pbx.requests) == 3)
    begun = time.monotonic()
    pbx.stop()
    assert time.monotonic() - begun < 1.0
    assert not any("demo" in thread.name for thread in threading.enumerate())
    for connection in waiting:
        with pytest.raises((http.client.HTTPException, OSError)):
            connection.getresponse()
        connection.close()
    pbx.stop()


def test_it_can_be_started_again() -> None:
    pbx = DemoPbx()
    for _ in range(3):
        with pbx:
            assert call(pbx, "0312341234").status == 200
            with pytest.raises(RuntimeError):
                pbx.start()


def test_a_port_that_is_taken_says_so(pbx: DemoPbx) -> None:
    with pytest.raises(OSError):
        DemoPbx(urlsplit(pbx.server).port or 0).start()


def test_a_file_that_cannot_be_opened_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        DemoPbx(requests_file=tmp_path / "nowhere" / "x").start()


def test_ipv6() -> None:
    with DemoPbx(host="::1") as pbx:
        assert pbx.server.startswith("http://[::1]:")
        assert call(pbx, "0312340444"[:-4] + "1234").status == 200


@pytest.mark.parametrize("wrong", [{"host": "0.0.0.0"}, {"speed": 0}, {"speed": float("nan")}, {"speed": float("inf")}])
def test_senseless_settings_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        DemoPbx(**wrong)


def test_a_seed_makes_the_legs_repeat() -> None:
    def legs(seed: int | None) -> list[str]:
        with DemoPbx(seed=seed) as pbx:
            return [call(pbx, "0312341234").json["uuids"][0] for _ in range(2)]

    assert legs(7) == legs(7) != legs(8)
    assert legs(None) != legs(None)


def test_the_token_shows_nowhere(pbx: DemoPbx) -> None:
    assert pbx.token not in repr(pbx)
    assert DemoPbx().token != pbx.token


SERVE = """
import json, sys
from basix_desktop.demo.server import DemoPbx, serve_forever
serve_forever(DemoPbx(), lambda pbx: print(json.dumps([pbx.server, pbx.domain, pbx.token]), flush=True))
print("stopped")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for one process")
def test_serving_for_ever_ends_at_ctrl_c() -> None:
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-X", "dev", "-c", SERVE],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    try:
        assert process.stdout is not None
        server, domain, token = json.loads(process.stdout.readline())
        other = DemoPbx(domain=domain, token=token)
        other._server = server
        assert call(other, "0312341234").status == 200
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=20) == ("stopped\n", "")
    finally:
        process.kill()
        process.communicate()
