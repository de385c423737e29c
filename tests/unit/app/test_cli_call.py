"""Reading the arguments of ``call``: whatever is typed ends as an order or as a refusal that names its field."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basix_desktop.app import cli_call
from basix_desktop.app.cli_parser import parse
from basix_desktop.app.cli_session import Session
from basix_desktop.app.paths import Paths
from basix_desktop.app.redact import Redactor
from basix_desktop.domain.accounts import Account, DialFormat
from basix_desktop.domain.calls import Attempt, CallRequest, Outcome, State
from basix_desktop.domain.errors import InputRefused, StoreError

ACCOUNT = Account(
    "Head office",
    "example",
    default_calling_number="050-6860-1111",
    answer_timeout=45,
    callback_url="https://example.com/done",
)
ATTEMPT = Attempt("a", 1, 0, 0, "A", "s", "d", CallRequest("0312341234", "sales"), State.INTENT)

typed = st.text(max_size=60) | st.text(st.sampled_from("0123456789+-() ,;=px*#.あ０TELFAX/"), max_size=40)


def arguments(*more: str) -> argparse.Namespace:
    return parse(["call", *more, "--", "0312341234", "sales"]).arguments


def test_what_is_not_given_comes_from_the_account() -> None:
    request = cli_call.read_order(arguments(), ACCOUNT).request
    assert (request.calling_number, request.answer_timeout, request.callback_url) == (
        "05068601111",
        45,
        "https://example.com/done",
    )
    given_ = arguments("--calling-number", "", "--answer-timeout", "180", "--callback-url", "")
    request = cli_call.read_order(given_, ACCOUNT).request
    assert (request.calling_number, request.answer_timeout, request.callback_url) == ("", 180, "")


def test_the_account_decides_how_the_number_is_written() -> None:
    account = replace(ACCOUNT, dial_format=DialFormat.E164)
    assert cli_call.read_order(arguments(), account).request.number == "+81312341234"


@given(typed, typed, st.lists(typed, min_size=8, max_size=8), st.booleans())
def test_every_input_is_an_order_or_a_refusal(number: str, destination: str, rest: list[str], yes: bool) -> None:
    namespace = argparse.Namespace(
        number=number,
        destination=destination,
        calling_number=rest[0],
        answer_timeout=rest[1],
        callback_url=rest[2],
        end_user_id=rest[3],
        end_user_name=rest[4],
        end_user_organization=rest[5],
        end_user_avatar=rest[6],
        end_user_prefecture=rest[7],
        yes=yes,
    )
    try:
        order = cli_call.read_order(namespace, ACCOUNT)
    except InputRefused:
        return
    assert order.request.number == order.number.sent
    assert order.confirmed == (frozenset({"*"}) if yes else frozenset())


class Line:
    """A press of Call whose end is decided by the test."""

    def __init__(self) -> None:
        self.done: Future[Attempt] = Future()
        self.cancelled = threading.Event()

    def cancel(self) -> None:
        self.cancelled.set()


class InterruptedOnce(Future[Attempt]):
    """Ctrl+C arrives while waiting for it."""

    interrupted = False

    def result(self, timeout: float | None = None) -> Attempt:
        if not self.interrupted:
            self.interrupted = True
            raise KeyboardInterrupt
        return super().result(timeout)


def interrupted(seen: Attempt | None, end: Attempt | Exception | None, monkeypatch: pytest.MonkeyPatch) -> Attempt:
    monkeypatch.setattr(cli_call, "LAST_WORD", 0.05)
    press = Line()
    press.done = InterruptedOnce()
    if isinstance(end, Exception):
        press.done.set_exception(end)
    elif end is not None:
        press.done.set_result(end)
    attempt = cli_call.verdict(press, cli_call.Seen(seen))
    assert press.cancelled.is_set()
    return attempt


def test_interrupted_before_the_gate_it_is_the_dialers_word(monkeypatch: pytest.MonkeyPatch) -> None:
    stopped = replace(ATTEMPT, state=State.NOT_SENT)
    assert interrupted(ATTEMPT, stopped, monkeypatch) == stopped


@pytest.mark.parametrize("state", [State.INTENT, State.SENDING])
def test_interrupted_without_an_end_it_is_unknown(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    attempt = interrupted(replace(ATTEMPT, state=state), None, monkeypatch)
    assert (attempt.id, attempt.outcome) == ("a", Outcome.UNKNOWN)


def test_a_late_settled_attempt_keeps_its_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    placed = replace(ATTEMPT, state=State.ACCEPTED, uuids=("u",))
    assert interrupted(placed, None, monkeypatch) == placed


def test_interrupted_before_there_is_an_attempt_nothing_was_placed(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KeyboardInterrupt):
        interrupted(None, None, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        interrupted(None, StoreError("store_full"), monkeypatch)


class Interrupted(Session):
    """Ctrl+C arrives when the press has been handed over and nobody waits for it yet."""

    def chosen_account(self) -> tuple[Account, None]:
        return ACCOUNT, None

    @contextmanager
    def core(self, for_once: object = None) -> Iterator[Any]:
        def place(_order: object, progress: cli_call.Seen) -> None:
            progress(replace(ATTEMPT, state=State.SENDING))
            raise KeyboardInterrupt

        opened: Future[None] = Future()
        opened.set_result(None)
        yield SimpleNamespace(stores=SimpleNamespace(open=lambda: opened), dialer=SimpleNamespace(place=place))


def test_interrupted_between_pressing_and_waiting_it_is_not_called_not_placed(tmp_path: Path) -> None:
    paths = Paths.choose(tmp_path)
    assert cli_call.run(Interrupted(paths, arguments("--json"), Redactor(b"key"))) == cli_call.STATUS[Outcome.UNKNOWN]
