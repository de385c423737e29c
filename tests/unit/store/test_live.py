"""What the feed told of a call: recorded once, never after the end; and proof for what may have been placed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from basix_desktop.domain.calls import LiveSummary, State
from basix_desktop.domain.live import UNTOLD, CallPhase, Milestone
from basix_desktop.services.ports import LogFilter, LogQuery
from tests.unit.store.kit import DOMAIN, SERVER, UNKNOWN, UUID, Desk, desk

RINGING = LiveSummary(CallPhase.RINGING)
CONNECTED = LiveSummary(CallPhase.CONNECTED, "Helen Clarke")
ENDED = LiveSummary(CallPhase.ENDED, "Helen Clarke", 130_000, "caller", "NORMAL_CLEARING")
OTHER = "7c1f02aa-0000-4000-8000-000000000001"


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as made:
        yield made


def milestone(kind: CallPhase, at: int, **data: str) -> Milestone:
    return Milestone(UUID, kind, at, data)


def kinds(one: Desk, attempt_id: str) -> list[str]:
    return [event.kind for event in one.history.events(attempt_id) if event.kind.startswith("live_")]


def test_the_row_follows_and_each_milestone_stands_once(one: Desk) -> None:
    call = one.call()
    ringing, connected = milestone(CallPhase.RINGING, 10), milestone(CallPhase.CONNECTED, 20, who="Helen Clarke")
    one.journal.tell_live(call.id, RINGING, (ringing,))
    told = one.journal.tell_live(call.id, CONNECTED, (ringing, connected))
    assert told.live == replace(CONNECTED, reached="connected")
    one.journal.tell_live(call.id, CONNECTED, (connected,))
    assert kinds(one, call.id) == ["live_ringing", "live_connected"]
    assert one.history.events(call.id)[-1].data == {"who": "Helen Clarke", "uuid": UUID}
    (row,) = one.history.page(LogQuery(), None, 10)
    assert row.live == told.live


def test_an_ended_call_keeps_how_far_it_had_come(one: Desk) -> None:
    call = one.call()
    stages = (CallPhase.RINGING, CallPhase.ANSWERED, CallPhase.DESTINATION_RINGING, CallPhase.VOICEMAIL)
    told = [milestone(phase, 10 + place) for place, phase in enumerate(stages)]
    ended = one.journal.tell_live(call.id, ENDED, (*reversed(told), milestone(CallPhase.ENDED, 30)))
    assert ended.live == replace(ENDED, reached="voicemail")


@pytest.mark.parametrize("phase", [CallPhase.VOICEMAIL, *UNTOLD])
def test_what_took_the_call_in_the_moment_of_its_answer_is_further(one: Desk, phase: CallPhase) -> None:
    told = (milestone(phase, 10), milestone(CallPhase.ANSWERED, 10), milestone(CallPhase.RINGING, 10))
    assert one.journal.tell_live(one.call().id, ENDED, told).live == replace(ENDED, reached=phase)


def test_nothing_comes_after_the_end(one: Desk) -> None:
    call = one.call()
    one.journal.tell_live(call.id, ENDED, (milestone(CallPhase.ENDED, 30),))
    told = one.journal.tell_live(call.id, RINGING, (milestone(CallPhase.ENDED, 31),))
    assert told.live == ENDED
    assert kinds(one, call.id) == ["live_ended"]


def test_proof_settles_what_may_have_been_placed(one: Desk) -> None:
    call = one.call(UNKNOWN)
    proven = one.journal.prove(call.id, OTHER, "channel")
    assert (proven.state, proven.uuids, proven.failure) == (State.ACCEPTED, (OTHER,), None)
    assert one.history.events(call.id)[-1].data["how"] == "channel"
    assert one.history.counts()[LogFilter.PLACED] == 1


def test_a_leg_proves_one_attempt_only(one: Desk) -> None:
    one.call()
    call = one.call(UNKNOWN)
    assert one.journal.prove(call.id, UUID, "channel").state is State.UNKNOWN
    assert one.journal.held(frozenset({UUID, OTHER})) == {UUID}


def test_what_is_proven_does_not_change_again(one: Desk) -> None:
    call = one.call(UNKNOWN)
    one.journal.prove(call.id, OTHER, "channel")
    again = one.journal.prove(call.id, "7c1f02aa-0000-4000-8000-000000000002", "callback")
    assert again.uuids == (OTHER,)


def test_what_is_followed_again_after_a_start(one: Desk) -> None:
    placed, unknown, ended = one.call(), one.call(UNKNOWN), one.call()
    one.journal.tell_live(ended.id, ENDED, ())
    assert [a.id for a in one.journal.to_follow(SERVER, DOMAIN, 0)] == [placed.id, unknown.id]
    assert one.journal.to_follow(SERVER, "elsewhere", 0) == []
    assert one.journal.to_follow(SERVER, DOMAIN, one.clock.wall + 1) == []


def test_a_deleted_call_takes_its_live_rows_along(one: Desk) -> None:
    call = one.call()
    one.journal.tell_live(call.id, ENDED, (milestone(CallPhase.ENDED, 30),))
    assert one.journal.delete(call.id)
    left = [
        one.database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("attempt_live", "milestone")
    ]
    assert left == [0, 0]
