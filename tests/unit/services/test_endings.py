"""A verdict that the disk refuses: another program really holds the file while the answer comes in."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from basix_desktop.app.stores import Stores
from basix_desktop.app.wiring import LAST_RECORDS, Core
from basix_desktop.domain.calls import State, Verdict
from basix_desktop.domain.errors import Failure
from basix_desktop.services.endings import Endings
from basix_desktop.services.ports import Gate
from tests.helpers.dialing import PLACED, Bench, bench

pytestmark = pytest.mark.logs_expected("could not be recorded", "refuses how an attempt has ended")


class Held:
    """The file, held for writing by somebody else from the gate on."""

    def __init__(self, desk: Bench, path: Path) -> None:
        self.desk = desk
        desk.stores.db.submit(lambda: desk.stores._writer()[0].execute("PRAGMA busy_timeout = 20")).result(10)
        self.other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        desk.pbx.script = self.placed

    async def placed(self, gate: Gate) -> Verdict:
        await gate()
        self.other.execute("BEGIN IMMEDIATE")
        return PLACED

    def let_go(self) -> None:
        self.other.execute("ROLLBACK")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path) as made:
        yield made


@pytest.fixture
def held(desk: Bench, tmp_path: Path) -> Iterator[Held]:
    made = Held(desk, tmp_path / "calls.sqlite3")
    with closing(made.other):
        yield made


def wait_for(desk: Bench, attempt_id: str, state: State, seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while desk.on_disk(attempt_id).state is not state:
        assert time.monotonic() < until, desk.on_disk(attempt_id).state
        threading.Event().wait(0.02)


def test_it_is_recorded_by_itself_once_the_disk_takes_it(held: Held) -> None:
    attempt = held.desk.press()[0].done.result(10)
    assert attempt.state is State.ACCEPTED, "what is known is told"
    assert held.desk.on_disk(attempt.id).state is State.SENDING
    held.let_go()
    wait_for(held.desk, attempt.id, State.ACCEPTED)


def test_it_is_tried_more_than_once(held: Held) -> None:
    tries = threading.Semaphore(0)
    settle = held.desk.stores.journal.settle

    def counted(attempt_id: str, verdict: Verdict) -> object:
        tries.release()
        return settle(attempt_id, verdict)

    held.desk.stores.journal.settle = counted  # type: ignore[method-assign, assignment]
    attempt = held.desk.press()[0].done.result(10)
    for _ in range(3):
        assert tries.acquire(timeout=10)
    held.let_go()
    wait_for(held.desk, attempt.id, State.ACCEPTED)


def close(desk: Bench) -> None:
    """As ``Core.close`` does, of which the bench has these parts."""
    Core.close(_Parts(desk))  # type: ignore[arg-type]


class _Parts:
    def __init__(self, desk: Bench) -> None:
        self.net, self.dialer, self.stores, self.demo = desk.net, desk.dialer, desk.stores, None


def test_quitting_records_it(held: Held, tmp_path: Path) -> None:
    attempt = held.desk.press()[0].done.result(10)
    threading.Timer(0.3, held.let_go).start()
    close(held.desk)
    with bench(tmp_path) as next_start:
        assert next_start.on_disk(attempt.id).state is State.ACCEPTED


def test_quitting_waits_for_a_disk_that_stays_busy_no_longer_than_it_says(held: Held, tmp_path: Path) -> None:
    attempt = held.desk.press()[0].done.result(10)
    began = time.monotonic()
    close(held.desk)
    assert time.monotonic() - began < LAST_RECORDS + 2.0
    held.let_go()
    with bench(tmp_path) as next_start:
        assert next_start.on_disk(attempt.id).state is State.UNKNOWN, "never lost, and never dressed up"


def test_quitting_with_nothing_left_to_record_does_not_wait(desk: Bench) -> None:
    desk.press()[0].done.result(10)
    began = time.monotonic()
    assert desk.dialer.finish(10)
    assert time.monotonic() - began < 1.0


def test_what_the_disk_knows_better_is_not_tried_for_ever(desk: Bench) -> None:
    """A proof has settled the attempt meanwhile, so that no other verdict can be recorded any more."""
    attempt = desk.press()[0].done.result(10)
    stores: Stores = desk.stores
    endings = Endings(stores.journal, stores.db)
    endings.note(attempt.id, lambda: stores.journal.settle(attempt.id, Verdict(State.UNKNOWN, Failure("redirected"))))
    assert endings.finish(5)
    assert desk.on_disk(attempt.id).state is State.ACCEPTED


def test_an_answer_in_the_very_turn_in_which_the_program_ends_is_recorded(desk: Bench, tmp_path: Path) -> None:
    ending = threading.Thread(target=desk.net.stop)

    def end() -> None:
        """Its order to cancel everything is in the loop's queue, before what anybody puts there on our return."""
        ending.start()
        while not desk.net.stopping:
            time.sleep(0)
        with desk.net._lock:
            pass

    async def answered_while_ending(gate: Gate) -> Verdict:
        await gate()
        end()
        return PLACED

    desk.pbx.script = answered_while_ending
    press, seen = desk.press()
    with pytest.raises(BaseException):  # noqa: B017 - cancelled: nobody is told any more
        press.done.result(10)
    ending.join()
    close(desk)
    with bench(tmp_path) as next_start:
        assert next_start.on_disk(seen.attempts[0].id).state is State.ACCEPTED
