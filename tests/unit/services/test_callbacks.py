"""Paths for results: unguessable, derived, and found again by another process."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from basix_desktop.domain.accounts import CallbackListener
from basix_desktop.domain.calls import Attempt, CallRequest, CallResult, State, Verdict
from basix_desktop.domain.errors import CallbackProblem, Failure, StoreError
from basix_desktop.domain.numbers import read
from basix_desktop.services.callbacks import CallbackDesk, Results, attempt_of, token_for
from basix_desktop.services.dialer import Dialer, Order
from basix_desktop.services.ports import Gate
from tests.helpers.dialing import ACCOUNT, Bench, Seen, bench

SECRET = bytes(range(32))
HERE = replace(ACCOUNT, listener=CallbackListener(True, "127.0.0.1", 8790, "https://office.example.com/results"))


class Server:
    """Remembers what it was told; ``fail`` is raised at the next start."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.fail: CallbackProblem | None = None

    def make(self, results: Results) -> Server:
        return self

    async def start(self, address: str, port: int) -> None:
        if self.fail is not None:
            raise self.fail
        self.told.append(f"{address} {port}")

    async def stop(self) -> None:
        self.told.append("stop")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path) as made:
        yield made


def callbacks(desk: Bench, server: Server | None = None, changed: list[Attempt] | None = None) -> CallbackDesk:
    told: list[Attempt] = [] if changed is None else changed
    return CallbackDesk(
        net=desk.net,
        db=desk.stores.db,
        journal=desk.stores.journal,
        make_server=(server or Server()).make,
        changed=told.append,
    )


def dialer(desk: Bench, results: CallbackDesk) -> Dialer:
    return Dialer(
        journal=desk.stores.journal,
        db=desk.stores.db,
        net=desk.net,
        pbx=desk.pbx,
        vault=lambda _: desk.vault,
        clock=desk.clock,
        result_url=results.url_for,
    )


def test_a_token_is_its_attempts_and_no_others() -> None:
    attempt = str(uuid.uuid4())
    token = token_for(SECRET, attempt)
    assert attempt_of(SECRET, token) == attempt
    assert attempt_of(bytes(32), token) is None
    assert token != token_for(SECRET, str(uuid.uuid4()))
    for position in range(len(token)):
        other = "0" if token[position] != "0" else "1"
        assert attempt_of(SECRET, token[:position] + other + token[position + 1 :]) is None


@pytest.mark.parametrize("text", ["", "x", "é" * 64, "0" * 63, "0" * 64, "0" * 65, "0" * 63 + "\n", "0" * 64 + "\n"])
def test_what_was_not_given_out_is_nobodys(text: str) -> None:
    assert attempt_of(SECRET, text) is None


def test_upper_case_is_another_path() -> None:
    token = token_for(SECRET, "abcdefab-cdef-4bcd-8fab-cdefabcdefab")
    assert attempt_of(SECRET, token.upper()) is None


def test_what_is_sent_is_what_is_stored(desk: Bench) -> None:
    results, number = callbacks(desk), read("03-1234-1234")
    order = Order(HERE, CallRequest(number.sent, "sales"), number, "03-1234-1234")
    attempt = dialer(desk, results).place(order, Seen()).done.result(10)
    url = attempt.request.callback_url
    assert url.startswith("https://office.example.com/results/")
    assert attempt.body == desk.pbx.body(replace(order.request, callback_url=url))
    assert desk.on_disk(attempt.id).body == attempt.body
    results.start(HERE).result(10)
    assert results.knows(url.rpartition("/")[2])


def test_an_address_of_ones_own_is_left_alone(desk: Bench) -> None:
    number, own = read("03-1234-1234"), "https://crm.example.com/done"
    order = Order(HERE, CallRequest(number.sent, "sales", callback_url=own), number, "03-1234-1234")
    attempt = dialer(desk, callbacks(desk)).place(order, Seen()).done.result(10)
    assert attempt.request.callback_url == own


@pytest.mark.parametrize("listener", [CallbackListener(), replace(HERE.listener, enabled=False)])
def test_off_means_that_nothing_is_sent_or_made(desk: Bench, listener: CallbackListener) -> None:
    number = read("03-1234-1234")
    order = Order(replace(ACCOUNT, listener=listener), CallRequest(number.sent, "sales"), number, "03-1234-1234")
    attempt = dialer(desk, callbacks(desk)).place(order, Seen()).done.result(10)
    assert attempt.request.callback_url == ""
    assert "callback_url" not in attempt.body


@pytest.mark.logs_expected("public URL cannot be used")
@pytest.mark.parametrize("url", ["", "office.example.com", "ftp://x/", "https://x/?a=1", "https://x/\r\nX: 1"])
def test_a_settings_file_with_a_useless_address_keeps_no_call_from_being_placed(desk: Bench, url: str) -> None:
    number = read("03-1234-1234")
    account = replace(HERE, listener=replace(HERE.listener, public_url=url))
    order = Order(account, CallRequest(number.sent, "sales"), number, "03-1234-1234")
    attempt = dialer(desk, callbacks(desk)).place(order, Seen()).done.result(10)
    assert (attempt.state, attempt.request.callback_url) == (State.ACCEPTED, "")


def test_starting_again_changes_nothing_and_stopping_is_harmless(desk: Bench) -> None:
    server = Server()
    results = callbacks(desk, server)
    results.stop().result(10)
    for _ in range(2):
        results.start(HERE).result(10)
    assert server.told == ["127.0.0.1 8790"]
    results.start(replace(HERE, listener=replace(HERE.listener, port=8791))).result(10)
    results.start(ACCOUNT).result(10)
    results.stop().result(10)
    assert server.told == ["127.0.0.1 8790", "stop", "127.0.0.1 8791", "stop"]


def test_what_cannot_be_listened_on_is_said_and_tried_again(desk: Bench) -> None:
    server = Server()
    server.fail = CallbackProblem("callback_port_taken")
    results = callbacks(desk, server)
    with pytest.raises(CallbackProblem):
        results.start(HERE).result(10)
    server.fail = None
    results.start(HERE).result(10)
    assert server.told == ["127.0.0.1 8790"]


def test_a_result_is_told_once(desk: Bench) -> None:
    changed: list[Attempt] = []
    results = callbacks(desk, changed=changed)
    results.start(HERE).result(10)

    async def lost(gate: Gate) -> Verdict:
        await gate()
        return Verdict(State.UNKNOWN, Failure("connection_broke"))

    desk.pbx.script = lost
    number = read("03-1234-1234")
    order = Order(HERE, CallRequest(number.sent, "sales"), number, "03-1234-1234")
    attempt = dialer(desk, results).place(order, Seen()).done.result(10)
    token = attempt.request.callback_url.rpartition("/")[2]
    for _ in range(2):
        desk.net.run(results.take(token, CallResult(0))).result(10)
    assert [(a.id, a.state) for a in changed] == [(attempt.id, State.ACCEPTED)]


def test_what_the_disk_refuses_is_not_acknowledged(desk: Bench) -> None:
    results = callbacks(desk)
    results.start(HERE).result(10)

    def full(attempt_id: str, result: CallResult) -> Attempt | None:
        raise StoreError("store_full")

    desk.stores.journal.take_result = full  # type: ignore[method-assign]
    token = desk.stores.db.submit(lambda: results.url_for(HERE, str(uuid.uuid4()))).result(10).rpartition("/")[2]
    with pytest.raises(StoreError):
        desk.net.run(results.take(token, CallResult(0))).result(10)
