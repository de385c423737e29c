"""Results by callback: recorded once, proof for what may have been placed, never proof of the opposite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from basix_desktop.domain.calls import Attempt, AttemptEvent, CallResult, State, UserWord, Verdict
from basix_desktop.services.ports import LogQuery
from tests.unit.store.kit import OFFLINE, PLACED, REFUSED, UNKNOWN, UUID, Desk, desk

OTHER = "7c1f02aa-0000-4000-8000-000000000001"
INSIDE = "7c1f02aa-0000-4000-8000-000000000002"
ANSWERED, NOBODY = CallResult(0, OTHER), CallResult(500)


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as made:
        yield made


def results(one: Desk, attempt: Attempt) -> list[AttemptEvent]:
    return [event for event in one.history.events(attempt.id) if event.kind == "callback"]


@pytest.mark.parametrize(("result", "legs"), [(ANSWERED, (OTHER,)), (NOBODY, ()), (CallResult(0), ())])
def test_any_result_proves_that_the_call_was_placed(one: Desk, result: CallResult, legs: tuple[str, ...]) -> None:
    call = one.call(UNKNOWN)
    proven = one.journal.take_result(call.id, result)
    assert proven is not None
    assert (proven.state, proven.uuids, proven.failure, proven.needs_check) == (State.ACCEPTED, legs, None, False)
    assert one.history.events(call.id)[-1].data["how"] == "callback"
    assert results(one, call)[0].data["result_code"] == str(result.result_code)


def test_a_second_result_changes_nothing(one: Desk) -> None:
    call = one.call(UNKNOWN)
    one.journal.take_result(call.id, NOBODY)
    before = one.journal.get(call.id)
    one.clock.pass_(5)
    assert one.journal.take_result(call.id, ANSWERED) is None
    assert one.journal.get(call.id) == before
    assert len(results(one, call)) == 1


def test_the_schema_too_allows_one_result(one: Desk) -> None:
    call = one.call()
    one.journal.take_result(call.id, ANSWERED)
    with closing(sqlite3.connect(one.path)) as raw, pytest.raises(sqlite3.IntegrityError):
        raw.execute("INSERT INTO attempt_event VALUES (?, 99, 0, 'callback', '{}')", (call.row,))


@pytest.mark.parametrize("verdict", [PLACED, REFUSED])
def test_a_result_never_moves_what_is_settled(one: Desk, verdict: Verdict) -> None:
    call = one.call(verdict)
    taken = one.journal.take_result(call.id, NOBODY)
    assert taken == call
    assert len(results(one, call)) == 1


def test_nothing_comes_of_a_call_that_was_not_sent(one: Desk) -> None:
    waiting = one.begin()
    assert one.journal.take_result(waiting.id, ANSWERED) is None
    one.journal.not_sent(waiting.id, OFFLINE)
    assert one.history.events(waiting.id)[-1].kind != "callback"
    assert one.journal.take_result("00000000-0000-4000-8000-000000000000", ANSWERED) is None


def test_a_result_that_came_before_the_answer_was_given_up_counts_then(one: Desk) -> None:
    call = one.sent()
    told = one.journal.take_result(call.id, ANSWERED)
    assert told is not None
    assert told.state is State.SENDING
    given_up = one.journal.settle(call.id, UNKNOWN)
    assert (given_up.state, given_up.uuids) == (State.ACCEPTED, (OTHER,))


def test_a_result_counts_when_the_program_died_meanwhile(tmp_path: Path) -> None:
    with desk(tmp_path) as dying:
        call = dying.sent()
        dying.journal.take_result(call.id, ANSWERED)
    with desk(tmp_path) as next_start:
        (recovered,) = next_start.journal.recover()
        assert (recovered.id, recovered.state, recovered.uuids) == (call.id, State.ACCEPTED, (OTHER,))


def test_the_users_word_gives_way_to_proof(one: Desk) -> None:
    call = one.call(UNKNOWN)
    one.journal.say(call.id, UserWord.DID_NOT_RING)
    proven = one.journal.take_result(call.id, ANSWERED)
    assert proven is not None
    assert (proven.state, proven.user_word) == (State.ACCEPTED, UserWord.DID_NOT_RING)


def test_a_leg_of_another_call_is_not_taken_over(one: Desk) -> None:
    one.call(PLACED)
    call = one.call(UNKNOWN)
    proven = one.journal.take_result(call.id, CallResult(0, UUID))
    assert proven is not None
    assert (proven.state, proven.uuids) == (State.ACCEPTED, ())
    assert results(one, call)[0].data["uuid"] == UUID


def test_a_late_answer_adds_its_leg_to_what_was_proven(one: Desk) -> None:
    call = one.call(UNKNOWN)
    one.journal.take_result(call.id, NOBODY)
    for _ in range(2):
        late = one.journal.settle(call.id, PLACED)
        assert (late.state, late.uuids, late.answer) == (State.ACCEPTED, (UUID,), PLACED.answer)
    assert [event.kind for event in one.history.events(call.id)].count("late_answer") == 1


def test_a_late_refusal_does_not_undo_a_proof(one: Desk) -> None:
    """Nor does it keep the journal shut for the next call, as an error here would."""
    call = one.call(UNKNOWN)
    one.journal.take_result(call.id, ANSWERED)
    late = one.journal.settle(call.id, REFUSED)
    assert (late.state, late.uuids, late.failure) == (State.ACCEPTED, (OTHER,), None)
    assert one.history.events(call.id)[-1].data["failure"] == "channel_limit_reached"


def test_what_the_pbx_had_answered_is_kept_with_the_proof(one: Desk) -> None:
    call = one.call(Verdict(State.UNKNOWN, UNKNOWN.failure, answer='{"result_code":0,"uui'))
    proven = one.journal.take_result(call.id, ANSWERED)
    assert proven is not None
    assert proven.answer == '{"result_code":0,"uui'


def test_proof_without_a_leg(one: Desk) -> None:
    call = one.call(UNKNOWN)
    proven = one.journal.prove(call.id, "", "callback")
    assert (proven.state, proven.uuids) == (State.ACCEPTED, ())


@pytest.mark.parametrize(("result", "named"), [(NOBODY, ()), (CallResult(0, INSIDE), (INSIDE,))])
def test_what_only_a_result_proves_is_given_its_leg_once(one: Desk, result: CallResult, named: tuple[str, ...]) -> None:
    call = one.call(UNKNOWN)
    one.journal.take_result(call.id, result)
    for uuid in (UUID, OTHER):
        assert one.journal.prove(call.id, uuid, "channel").uuids == (*named, UUID)
    last = one.history.events(call.id)[-1]
    assert (last.kind, last.data) == ("proven", {"uuids": UUID, "how": "channel"})
    assert [found.id for found in one.history.page(LogQuery(text=UUID), None, 10)] == [call.id]


def test_no_leg_is_given_to_a_call_that_has_its_own(one: Desk) -> None:
    answered = one.call()
    by_channel, late, other = one.call(UNKNOWN), one.call(UNKNOWN), one.call(UNKNOWN)
    one.journal.prove(by_channel.id, INSIDE, "channel")
    one.journal.take_result(by_channel.id, NOBODY)
    one.journal.take_result(late.id, NOBODY)
    one.journal.settle(late.id, Verdict(State.ACCEPTED, uuids=(OTHER,)))
    one.journal.take_result(other.id, NOBODY)
    fresh = "7c1f02aa-0000-4000-8000-000000000009"
    assert one.journal.prove(answered.id, fresh, "channel").uuids == (UUID,)
    assert one.journal.prove(by_channel.id, fresh, "channel").uuids == (INSIDE,)
    assert one.journal.prove(late.id, fresh, "channel").uuids == (OTHER,)
    assert one.journal.prove(other.id, UUID, "channel").uuids == (), "another call's"


def test_a_call_whose_leg_only_a_result_tells_is_a_rival_until_the_leg_is_known(one: Desk) -> None:
    one.call()
    reported = one.call(UNKNOWN)
    one.journal.take_result(reported.id, CallResult(0, INSIDE))
    call = one.call(UNKNOWN)
    assert one.journal.rivals(call.id) == (one.journal.sent_at(reported.id),)
    one.journal.prove(reported.id, OTHER, "channel")
    assert one.journal.rivals(call.id) == ()


def test_the_secret_is_one_and_stays(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    with desk(tmp_path) as first, desk(tmp_path / "elsewhere") as elsewhere:
        secret = first.journal.callback_secret()
        assert first.journal.callback_secret() == secret
        assert elsewhere.journal.callback_secret() != secret
    with desk(tmp_path) as again:
        assert again.journal.callback_secret() == secret
    assert len(secret) == 32
