"""A second look because of earlier calls, decided within the transaction that records the press."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from basix_desktop.domain.calls import Attempt, LiveSummary, State, UserWord
from basix_desktop.domain.concerns import Concern, ConcernKind
from basix_desktop.domain.errors import AlreadyCalling, ConfirmationRequired
from basix_desktop.domain.live import CallPhase
from basix_desktop.services.ports import RepeatRules
from tests.helpers.make_calls import make_calls
from tests.unit.store.kit import DOMAIN, NO_RULES, OFFLINE, PLACED, REFUSED, SERVER, UNKNOWN, Desk, intent
from tests.unit.store.kit import desk as other_process

RULES = RepeatRules()
ON_CALL = ConcernKind.ON_CALL
JUST_NOW, MAY = ConcernKind.CALLED_JUST_NOW, ConcernKind.MAY_HAVE_BEEN_PLACED


def asked(desk: Desk, rules: RepeatRules = RULES, **changes: Any) -> list[tuple[ConcernKind, str, int | None]]:
    """What a press of Call now would ask; the press itself leaves nothing behind."""
    probe = intent(**changes)
    try:
        begun = desk.journal.begin(probe, (), rules)
    except ConfirmationRequired as refused:
        return [(concern.kind, concern.attempt_id, concern.seconds_ago) for concern in refused.concerns]
    desk.journal.not_sent(begun.id, OFFLINE)
    return []


def test_the_same_number_again_within_ten_seconds(desk: Desk) -> None:
    placed = desk.call()
    desk.clock.pass_(9.9)
    assert asked(desk) == [(JUST_NOW, placed.id, 9)]
    assert asked(desk, number="+81312345678") == [(JUST_NOW, placed.id, 9)]
    assert asked(desk, key="+81399998888") == asked(desk, domain="b") == asked(desk, server="https://b") == []
    desk.clock.pass_(0.2)
    assert asked(desk) == []


def test_the_ten_seconds_count_from_the_verdict(desk: Desk) -> None:
    attempt = desk.sent()
    desk.clock.pass_(60)
    desk.journal.settle(attempt.id, PLACED)
    desk.clock.pass_(5)
    assert asked(desk) == [(JUST_NOW, attempt.id, 5)]


def test_a_call_that_goes_on_asks_until_it_has_ended(desk: Desk) -> None:
    placed = desk.call()
    desk.journal.tell_live(placed.id, LiveSummary(CallPhase.CONNECTED, "Helen"), ())
    desk.clock.pass_(5)
    assert asked(desk) == [(ON_CALL, placed.id, 5)]
    desk.clock.pass_(3 * 3600)
    assert asked(desk) == [(ON_CALL, placed.id, 3 * 3600 + 5)]
    desk.clock.pass_(2 * 3600)
    assert asked(desk) == [], "nobody has heard of it for so long"
    second = desk.call()
    desk.journal.tell_live(second.id, LiveSummary(CallPhase.RINGING), ())
    desk.journal.tell_live(second.id, LiveSummary(CallPhase.ENDED), ())
    desk.clock.pass_(11)
    assert asked(desk) == []


def test_a_call_not_placed_asks_nothing(desk: Desk) -> None:
    desk.call(REFUSED)
    desk.journal.not_sent(desk.begin().id, OFFLINE)
    assert asked(desk) == []


def test_an_unsettled_call_asks_for_an_hour(desk: Desk) -> None:
    attempt = desk.call(UNKNOWN)
    desk.clock.pass_(1)
    assert asked(desk) == [(MAY, attempt.id, 1)]
    desk.clock.pass_(3598)
    assert asked(desk) == [(MAY, attempt.id, 3599)]
    desk.clock.pass_(2)
    assert asked(desk) == []


@pytest.mark.parametrize(
    ("word", "kinds"), [(UserWord.RANG, [JUST_NOW]), (UserWord.DID_NOT_RING, []), (UserWord.DONT_KNOW, [MAY])]
)
def test_the_users_word_settles_it(desk: Desk, word: UserWord, kinds: list[ConcernKind]) -> None:
    attempt = desk.call(UNKNOWN)
    desk.journal.say(attempt.id, word)
    assert [kind for kind, _, _ in asked(desk)] == kinds


def test_a_late_answer_settles_it(desk: Desk) -> None:
    attempt = desk.call(UNKNOWN)
    desk.clock.pass_(100)
    desk.journal.settle(attempt.id, PLACED)
    assert asked(desk) == [(JUST_NOW, attempt.id, 0)]


def test_a_confirmation_holds_for_what_was_shown(desk: Desk) -> None:
    older = desk.call(UNKNOWN)
    shown = f"{MAY}:{older.id}"
    newer = desk.call(UNKNOWN)
    assert asked(desk, confirmed=(shown,)) == [(MAY, newer.id, 0)]
    begun = desk.journal.begin(intent(confirmed=(f"{MAY}:{newer.id}", shown)), (), RULES)
    assert begun.confirmed == (f"{MAY}:{newer.id}",)


def test_all_reasons_come_at_once(desk: Desk) -> None:
    unsettled, placed = desk.call(UNKNOWN), desk.call(PLACED)
    with pytest.raises(ConfirmationRequired) as refused:
        desk.journal.begin(intent(), (Concern(ConcernKind.COST),), RepeatRules(per_minute=2))
    assert {(concern.kind, concern.attempt_id, concern.count) for concern in refused.value.concerns} == {
        (ConcernKind.COST, "", 0),
        (MAY, unsettled.id, 0),
        (JUST_NOW, placed.id, 0),
        (ConcernKind.DIAL_RATE, "", 2),
    }


def test_the_wall_clock_does_not_matter_while_the_computer_runs(desk: Desk) -> None:
    placed = desk.call()
    desk.clock.wall -= 3_600_000
    desk.clock.boot += 3000
    assert asked(desk) == [(JUST_NOW, placed.id, 3)]
    desk.clock.wall += 3_600_000 + 5000
    desk.clock.boot += 8000
    assert asked(desk) == []


def test_after_a_restart_the_wall_clock_decides(desk: Desk) -> None:
    attempt = desk.call(UNKNOWN)
    desk.clock.restart(300)
    assert asked(desk) == [(MAY, attempt.id, 300)]
    desk.clock.wall -= 86_400_000  # put back by a day: still to be settled, and said to be now
    assert asked(desk) == [(MAY, attempt.id, 0)]


def test_a_clock_put_right_does_not_ask_for_ever(desk: Desk) -> None:
    desk.clock.wall += 10 * 365 * 86_400_000
    for _ in range(5):
        desk.call()
    desk.clock.restart(0)
    desk.clock.wall -= 10 * 365 * 86_400_000
    assert asked(desk, RepeatRules(per_minute=3, per_hour=4)) == []


def rate(desk: Desk, rules: RepeatRules) -> tuple[int, int | None] | None:
    try:
        desk.journal.not_sent(desk.journal.begin(intent(key="+8190000"), (), rules).id, OFFLINE)
    except ConfirmationRequired as refused:
        (concern,) = refused.concerns
        assert (concern.kind, concern.key) == (ConcernKind.DIAL_RATE, "dial_rate")
        return concern.count, concern.seconds_ago
    return None


def test_more_than_ten_calls_a_minute_ask(desk: Desk) -> None:
    for verdict in (PLACED, REFUSED, UNKNOWN) * 3:
        desk.call(verdict)
    for _ in range(3):  # these never reached the PBX
        desk.journal.not_sent(desk.begin().id, OFFLINE)
        desk.journal.not_sent(desk.sent().id, OFFLINE, gate_never_returned=True)
    assert rate(desk, RULES) is None
    desk.call(domain="another account, the same person")
    assert rate(desk, RULES) == (10, 60)
    desk.clock.pass_(61)
    assert rate(desk, RULES) is None


def test_more_than_a_number_an_hour_ask(desk: Desk) -> None:
    rules = RepeatRules(per_minute=5, per_hour=6)
    for _ in range(6):
        desk.call()
        desk.clock.pass_(100)
    assert rate(desk, rules) == (6, 3600)
    desk.clock.pass_(3600 - 550)
    assert rate(desk, rules) is None


def test_the_rate_is_counted_across_restarts(desk: Desk) -> None:
    for _ in range(3):
        desk.call()
    desk.clock.restart(30)
    assert rate(desk, RepeatRules(per_minute=3)) == (3, 60)
    desk.clock.restart(40)
    assert rate(desk, RepeatRules(per_minute=3)) is None


def _leave(desk: Desk, state: State) -> Attempt:
    return desk.sent() if state is State.SENDING else desk.begin()


@pytest.mark.parametrize(("left", "found"), [(State.INTENT, State.NOT_SENT), (State.SENDING, State.UNKNOWN)])
def test_a_dead_processs_attempt_gives_way_and_is_not_forgotten(
    desk: Desk, tmp_path: Path, left: State, found: State
) -> None:
    with other_process(tmp_path, desk.clock) as other:
        attempt = _leave(other, left)
        with pytest.raises(AlreadyCalling):
            desk.begin(rules=NO_RULES)
    pressed = asked(desk)
    assert desk.state(attempt.id) is found  # recorded even though the press itself was refused
    assert pressed == ([(MAY, attempt.id, 0)] if found is State.UNKNOWN else [])


def test_zero_allowed_asks_always(desk: Desk) -> None:
    assert rate(desk, RepeatRules(per_hour=0)) == (0, 3600)


def test_a_long_log_does_not_slow_a_press(desk: Desk) -> None:
    """Counted in steps of SQLite's machine: a search that walks an account's whole log grows with it."""
    desk.clock.wall = time.time_ns() // 1_000_000  # as the made calls have it
    few = _steps(desk)
    make_calls(desk.path, 3000, server=SERVER, domain=DOMAIN)
    assert _steps(desk) < few + 3000


def _steps(desk: Desk) -> int:
    count = 0

    def tick() -> None:
        nonlocal count
        count += 1

    desk.database.set_progress_handler(tick, 1)
    try:
        asked(desk)
    finally:
        desk.database.set_progress_handler(None, 1)
    return count
