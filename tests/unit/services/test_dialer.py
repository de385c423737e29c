"""One press of Call: what is on disk before anything leaves, and what is said whatever happens then."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from basix_desktop.credentials.memory import MemoryVault
from basix_desktop.domain.accounts import Account, Preferences, Token
from basix_desktop.domain.calls import Attempt, State, Verdict
from basix_desktop.domain.concerns import Concern, ConcernKind
from basix_desktop.domain.errors import (
    AlreadyCalling,
    ConfirmationRequired,
    Failure,
    InputRefused,
    NotReached,
    Stopped,
    StoreError,
    TokenUnavailable,
)
from basix_desktop.services.dialer import Deadlines
from basix_desktop.services.ports import Gate, LogQuery
from tests.helpers.dialing import ACCOUNT, PLACED, UUID, Bench, bench, forever

SHORT = Deadlines(connect=0.2, answer=0.2, late=0.5)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path) as made:
        yield made


@pytest.fixture
def hurried(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path, deadlines=SHORT) as made:
        yield made


def test_a_placed_call_passes_through_every_state(desk: Bench) -> None:
    press, seen = desk.press()
    attempt = press.done.result(10)
    assert attempt.uuids == (UUID,)
    assert seen.states == [State.INTENT, State.SENDING, State.ACCEPTED]
    assert desk.on_disk(attempt.id).state is State.ACCEPTED


def test_the_journal_is_ahead_of_the_network_at_every_step(desk: Bench) -> None:
    found: list[State] = []

    async def look(gate: Gate) -> Verdict:
        found.append(await asyncio.to_thread(in_journal))
        await gate()
        found.append(await asyncio.to_thread(in_journal))
        return PLACED

    def in_journal() -> State:
        page = desk.stores.reader.submit(lambda: desk.stores.history.page(query(), None, 1)).result(10)
        return page[0].state

    desk.pbx.script = look
    desk.press()[0].done.result(10)
    assert found == [State.INTENT, State.SENDING]


def query() -> LogQuery:
    return LogQuery()


def test_cancelling_while_connecting_sends_nothing(desk: Bench) -> None:
    desk.pbx.script = forever
    press, seen = desk.press()
    seen.wait(State.INTENT)
    press.cancel()
    attempt = press.done.result(10)
    assert (attempt.state, attempt.failure and attempt.failure.id) == (State.NOT_SENT, "cancelled")
    assert desk.pbx.sent == []


def test_cancelling_while_the_disk_writes_sending_sends_nothing(desk: Bench) -> None:
    """SENDING is on disk already, but the gate has not returned: only then may the owner take it back."""
    at_gate, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        at_gate.set()
        go_on.wait(10)

    async def through(gate: Gate) -> Verdict:
        desk.stores.db.submit(hold)
        await gate()
        return PLACED

    desk.pbx.script = through
    press, _ = desk.press()
    assert at_gate.wait(10)
    press.cancel()
    go_on.set()
    attempt = press.done.result(10)
    assert (attempt.state, attempt.failure and attempt.failure.id) == (State.NOT_SENT, "cancelled")
    assert desk.pbx.sent == []
    assert desk.on_disk(attempt.id).state is State.NOT_SENT


def test_cancelling_after_the_gate_changes_nothing(desk: Bench) -> None:
    go_on = asyncio.Event()

    async def wait(gate: Gate) -> Verdict:
        await gate()
        await go_on.wait()
        return PLACED

    desk.pbx.script = wait
    press, seen = desk.press()
    seen.wait(State.SENDING)
    press.cancel()
    desk.net.run(_set(go_on)).result(10)
    assert press.done.result(10).state is State.ACCEPTED


async def _set(event: asyncio.Event) -> None:
    event.set()


def test_no_connection_in_time_is_not_placed(hurried: Bench) -> None:
    hurried.pbx.script = forever
    attempt = hurried.press()[0].done.result(10)
    assert (attempt.state, attempt.failure and attempt.failure.id) == (State.NOT_SENT, "connect_timeout")
    assert hurried.pbx.sent == []


@pytest.mark.parametrize(("boot", "wall"), [(15_001, 0), (0, 15_001), (3_600_000, 3_600_000)])
def test_an_attempt_that_slept_is_never_sent(desk: Bench, boot: int, wall: int) -> None:
    async def sleep(gate: Gate) -> Verdict:
        desk.clock.boot += boot
        desk.clock.wall += wall
        await gate()
        return PLACED

    desk.pbx.script = sleep
    attempt = desk.press()[0].done.result(10)
    assert (attempt.state, attempt.failure and attempt.failure.id) == (State.NOT_SENT, "too_old")
    assert desk.pbx.sent == []


def test_a_wall_clock_set_back_does_not_stop_a_call(desk: Bench) -> None:
    async def back(gate: Gate) -> Verdict:
        desk.clock.wall -= 3_600_000
        await gate()
        return PLACED

    desk.pbx.script = back
    assert desk.press()[0].done.result(10).state is State.ACCEPTED


def test_silence_is_shown_as_unknown_and_a_late_answer_settles_it(hurried: Bench) -> None:
    go_on = asyncio.Event()

    async def late(gate: Gate) -> Verdict:
        await gate()
        await go_on.wait()
        return PLACED

    hurried.pbx.script = late
    press, seen = hurried.press()
    shown = press.done.result(10)
    assert (shown.state, shown.failure and shown.failure.id) == (State.UNKNOWN, "no_answer_in_time")
    assert hurried.on_disk(shown.id).state is State.UNKNOWN
    hurried.net.run(_set(go_on)).result(10)
    assert seen.wait(State.ACCEPTED).uuids == (UUID,)
    assert hurried.on_disk(shown.id).state is State.ACCEPTED
    assert len(hurried.pbx.sent) == 1


def test_silence_for_ever_stays_unknown(hurried: Bench) -> None:
    ended = threading.Event()

    async def silent(gate: Gate) -> Verdict:
        await gate()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        raise AssertionError

    hurried.pbx.script = silent
    press, _ = hurried.press()
    attempt = press.done.result(10)
    assert ended.wait(10), "the socket must be let go after the last deadline"
    hurried.net.run(asyncio.sleep(0)).result(10)
    assert hurried.on_disk(attempt.id).state is State.UNKNOWN


def test_what_fails_before_the_gate_is_not_placed(desk: Bench) -> None:
    async def refused(gate: Gate) -> Verdict:
        raise NotReached("connection_refused", "errno 111")

    desk.pbx.script = refused
    attempt = desk.press()[0].done.result(10)
    assert attempt.failure == Failure("connection_refused", detail="errno 111")
    assert attempt.state is State.NOT_SENT


@pytest.mark.logs_expected("before anything was sent")
def test_a_defect_before_the_gate_is_not_placed(desk: Bench) -> None:
    async def broken(gate: Gate) -> Verdict:
        raise KeyError("defect")

    desk.pbx.script = broken
    assert desk.press()[0].done.result(10).state is State.NOT_SENT


@pytest.mark.logs_expected("after the gate")
def test_a_defect_after_the_gate_is_unknown(desk: Bench) -> None:
    async def broken(gate: Gate) -> Verdict:
        await gate()
        raise KeyError("defect")

    desk.pbx.script = broken
    attempt = desk.press()[0].done.result(10)
    assert (attempt.state, attempt.failure and attempt.failure.id) == (State.UNKNOWN, "connection_broke")


@pytest.mark.logs_expected("after the gate")
def test_a_second_request_for_the_same_attempt_never_passes_the_gate(desk: Bench) -> None:
    """Whatever a library might one day retry by itself."""

    async def twice(gate: Gate) -> Verdict:
        await gate()
        await gate()
        return PLACED

    desk.pbx.script = twice
    attempt = desk.press()[0].done.result(10)
    assert len(desk.pbx.sent) == 1
    assert attempt.state is State.UNKNOWN


class LockedVault(MemoryVault):
    def get(self, account: Account) -> Token:
        raise TokenUnavailable("keyring_locked")


class HangingVault(MemoryVault):
    """A prompt that nobody answers, until the test does."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()

    def get(self, account: Account) -> Token:
        self.answered.wait(10)
        return Token("too late")


def test_a_locked_keyring_leaves_a_row_that_says_so(tmp_path: Path) -> None:
    with bench(tmp_path, vault=LockedVault()) as desk:
        attempt = desk.press()[0].done.result(10)
        assert (attempt.state, attempt.failure and attempt.failure.id) == (State.NOT_SENT, "keyring_locked")
        assert desk.rows() == 1


def test_a_prompt_answered_after_the_deadline_sends_nothing(tmp_path: Path) -> None:
    vault = HangingVault()
    with bench(tmp_path, deadlines=SHORT, vault=vault) as desk:
        attempt = desk.press()[0].done.result(10)
        assert attempt.state is State.NOT_SENT
        vault.answered.set()
        desk.net.run(asyncio.sleep(0.05)).result(10)
        assert desk.pbx.sent == []


def test_only_one_attempt_is_in_flight(desk: Bench) -> None:
    desk.pbx.script = forever
    first, seen = desk.press()
    running = seen.wait(State.INTENT)
    with pytest.raises(AlreadyCalling) as refused:
        desk.press("03-9999-9999")[0].done.result(10)
    assert refused.value.attempt_id == running.id
    first.cancel()
    first.done.result(10)
    assert desk.rows() == 1


def test_a_second_look_leaves_no_row_until_it_is_confirmed(desk: Bench) -> None:
    with pytest.raises(ConfirmationRequired) as asked:
        desk.press("+1 212-555-0100")[0].done.result(10)
    (concern,) = asked.value.concerns
    assert concern.kind is ConcernKind.FOREIGN
    assert desk.rows() == 0
    press, _ = desk.press("+1 212-555-0100", confirmed=frozenset({concern.key}))
    assert press.done.result(10).request.number == "01012125550100"


def test_the_same_number_again_asks_even_in_another_spelling(desk: Bench) -> None:
    desk.press("03-1234-1234")[0].done.result(10)
    with pytest.raises(ConfirmationRequired) as asked:
        desk.press("+81 3 1234 1234")[0].done.result(10)
    assert [c.kind for c in asked.value.concerns] == [ConcernKind.CALLED_JUST_NOW]
    desk.clock.pass_ms(10_001)
    assert desk.press("03-1234-1234")[0].done.result(10).state is State.ACCEPTED


def test_the_orders_own_concerns_are_asked_about_with_the_dialers(desk: Bench) -> None:
    busy = Concern(ConcernKind.NOT_READY, destination="sales", ready="busy", is_group=True)
    desk.press("+1 212-555-0100", confirmed=frozenset({"*"}), concerns=(busy,))[0].done.result(10)
    with pytest.raises(ConfirmationRequired) as asked:
        desk.press("+1 212-555-0100", concerns=(busy,))[0].done.result(10)
    kinds = [concern.kind for concern in asked.value.concerns]
    assert kinds == [ConcernKind.FOREIGN, ConcernKind.NOT_READY, ConcernKind.CALLED_JUST_NOW]
    keys = frozenset(concern.key for concern in asked.value.concerns)
    with pytest.raises(ConfirmationRequired) as left:
        desk.press("+1 212-555-0100", confirmed=keys - {busy.key}, concerns=(busy,))[0].done.result(10)
    assert left.value.concerns == (busy,)
    assert desk.rows() == 1
    press, _ = desk.press("+1 212-555-0100", confirmed=keys, concerns=(busy,))
    assert press.done.result(10).state is State.ACCEPTED


def test_an_emergency_number_never_gets_a_row(desk: Bench) -> None:
    with pytest.raises(InputRefused) as refused:
        desk.press("110", confirmed=frozenset({"*"}))[0].done.result(10)
    assert refused.value.id == "emergency_number"
    assert desk.rows() == 0


def test_the_limits_of_the_preferences_hold(desk: Bench) -> None:
    desk.preferences = Preferences(calls_per_minute=2)
    for last in "12":
        desk.press(f"03-1234-000{last}")[0].done.result(10)
    with pytest.raises(ConfirmationRequired) as asked:
        desk.press("03-1234-0003")[0].done.result(10)
    assert [c.kind for c in asked.value.concerns] == [ConcernKind.DIAL_RATE]


@pytest.mark.logs_expected("could not be recorded")
def test_a_verdict_the_disk_refuses_is_still_told_and_written_later(desk: Bench) -> None:
    settle, refusing = desk.stores.journal.settle, True

    def flaky(attempt_id: str, verdict: Verdict) -> Attempt:
        if refusing:
            raise StoreError("store_full")
        return settle(attempt_id, verdict)

    desk.stores.journal.settle = flaky  # type: ignore[method-assign]
    first = desk.press()[0].done.result(10)
    assert (first.state, first.uuids) == (State.ACCEPTED, (UUID,))
    with pytest.raises(StoreError):
        desk.press("03-9999-9999")[0].done.result(10)  # nothing is placed while the disk is full
    assert len(desk.pbx.sent) == 1
    refusing = False
    desk.press("03-9999-9999")[0].done.result(10)
    assert desk.on_disk(first.id).state is State.ACCEPTED


@pytest.mark.logs_expected("could not be recorded")
def test_a_verdict_that_a_later_one_has_overtaken_keeps_no_call_back(hurried: Bench) -> None:
    """The disk refuses "unknown", takes the late answer, and must not be asked for "unknown" for ever after."""
    settle, answer = hurried.stores.journal.settle, asyncio.Event()

    def flaky(attempt_id: str, verdict: Verdict) -> Attempt:
        if verdict.state is State.UNKNOWN and first:
            first.clear()
            raise StoreError("store_busy")
        return settle(attempt_id, verdict)

    async def late(gate: Gate) -> Verdict:
        await gate()
        await answer.wait()
        return PLACED

    first = [True]
    hurried.stores.journal.settle = flaky  # type: ignore[method-assign]
    hurried.pbx.script = late
    press, seen = hurried.press()
    assert press.done.result(10).state is State.UNKNOWN
    hurried.net.run(_set(answer)).result(10)
    seen.wait(State.ACCEPTED)
    hurried.pbx.script = hurried.pbx.place
    other = hurried.press("03-9999-9999")[0].done.result(10)
    assert other.state is State.ACCEPTED
    assert hurried.on_disk(press.done.result(0).id).state is State.ACCEPTED


def test_a_press_that_waited_too_long_for_the_disk_is_not_sent(desk: Bench) -> None:
    """Age counts from the press: a lid that closes before the record is made must not place the call next morning."""
    held, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        held.set()
        go_on.wait(10)

    desk.stores.db.submit(hold)
    assert held.wait(10)
    press, _ = desk.press()
    desk.clock.pass_ms(60_000)
    go_on.set()
    attempt = press.done.result(10)
    assert (attempt.state, attempt.failure and attempt.failure.id) == (State.NOT_SENT, "too_old")
    assert desk.pbx.sent == []


def test_cancelling_before_the_record_is_made_does_not_wait_for_the_connection(desk: Bench) -> None:
    held, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        held.set()
        go_on.wait(10)

    desk.pbx.script = forever
    desk.stores.db.submit(hold)
    assert held.wait(10)
    press, _ = desk.press()
    press.cancel()
    go_on.set()
    attempt = press.done.result(5)  # the connection would have 15 s
    assert (attempt.state, attempt.failure and attempt.failure.id) == (State.NOT_SENT, "cancelled")


def test_a_token_the_pbx_refuses_is_asked_for_again(tmp_path: Path) -> None:
    class Noted(MemoryVault):
        doubted: list[Token]

        def doubt(self, account: Account, token: Token) -> None:
            self.doubted.append(token)

    async def refuse(gate: Gate) -> Verdict:
        await gate()
        return Verdict(State.REJECTED, Failure("token_refused"))

    vault = Noted({ACCOUNT.key: Token("old")})
    vault.doubted = []
    with bench(tmp_path, vault=vault) as desk:
        desk.press()[0].done.result(10)
        assert vault.doubted == []
        desk.pbx.script = refuse
        desk.press("03-9999-9999")[0].done.result(10)
        assert vault.doubted == [Token("old")]


def test_a_press_that_meets_the_end_of_the_network_is_answered(desk: Bench) -> None:
    held, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        held.set()
        go_on.wait(10)

    desk.stores.db.submit(hold)
    assert held.wait(10)
    press, _ = desk.press()
    desk.net.stop()
    go_on.set()
    with pytest.raises(Stopped):
        press.done.result(5)
    assert desk.pbx.sent == []
