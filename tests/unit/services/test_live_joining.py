"""Which leg is an attempt's, and what is hung up. As ``test_live``."""

from __future__ import annotations

from dataclasses import replace

import pytest

from basix_desktop.domain.calls import Attempt, State, Verdict
from basix_desktop.domain.errors import FeedProblem
from basix_desktop.domain.feed import FeedPhase, Message
from basix_desktop.domain.live import CallPhase
from basix_desktop.services.ports import Gate
from tests.helpers.dialing import ACCOUNT, PLACED, UUID
from tests.unit.cti.said import reader
from tests.unit.services.test_live import (
    BRIDGED,
    NUMBER,
    Stage,
    added,
    ended,
    ended_unseen,
    leg,
    stage,
    updated,
    whole_call,
)

__all__ = ["stage"]  # the fixture

# -- nothing to hang up


def problem_of(stage: Stage, attempt: Attempt) -> str:
    with pytest.raises(FeedProblem) as problem:
        stage.live.hang_up(attempt.id).result(10)
    assert stage.feed.sent == []
    return problem.value.id


def test_what_may_have_been_placed_and_shows_no_leg_is_not_hung_up(stage: Stage) -> None:
    attempt = stage.unknown()
    assert problem_of(stage, attempt) == "call_not_shown"
    stage.status(FeedPhase.WAITING)
    assert problem_of(stage, attempt) == "feed_not_live"


def test_a_call_that_only_its_result_has_proven_is_not_hung_up(stage: Stage) -> None:
    attempt = replace(stage.unknown(), state=State.ACCEPTED)
    stage.live.watch(attempt)
    assert problem_of(stage, attempt) == "call_not_shown"


def test_a_call_that_nobody_follows_is_not_hung_up(stage: Stage) -> None:
    press, _ = stage.desk.press()
    assert problem_of(stage, press.done.result(10)) == "call_not_shown"


def test_what_has_ended_meanwhile_needs_no_hanging_up(stage: Stage) -> None:
    attempt = stage.placed()
    stage.say(*whole_call())
    stage.live.hang_up(attempt.id).result(10)
    assert stage.feed.sent == []


# -- another call under our UUID (reliability.md M9)


STRANGERS = leg(called_number="0990999999", answered_at=5_000, state=BRIDGED, other_uuid="inside")


@pytest.mark.parametrize("early", [True, False])
def test_a_leg_that_calls_another_number_is_not_ours(stage: Stage, early: bool) -> None:
    if early:
        stage.say(added(STRANGERS))
    attempt = stage.placed()
    stage.say(added(STRANGERS), updated(ended(STRANGERS)))
    assert not ended_unseen(stage, attempt)
    assert stage.desk.on_disk(attempt.id).live is None
    assert problem_of(stage, attempt) == "call_not_shown"


def test_a_telling_of_another_number_does_not_move_a_call_that_rings(stage: Stage) -> None:
    attempt = stage.placed()
    stage.say(added(leg()), updated(STRANGERS))
    stage.desk.stores.db.submit(lambda: None).result(10)
    found = stage.desk.on_disk(attempt.id).live
    assert found is not None
    assert found.phase == "ringing"


@pytest.mark.parametrize(
    "number",
    [
        "",
        "0312341234",
        "03-1234-1234",
        "+81312341234",
        "81312341234",
        "010-81-3-1234-1234",
        "1840312341234",
        "anonymous",
    ],
)
def test_a_number_may_be_written_in_any_way_or_not_at_all(stage: Stage, number: str) -> None:
    attempt = stage.placed()
    stage.say(added(leg(called_number=number)))
    stage.view(lambda v: attempt.id in v.calls and v.calls[attempt.id].phase is CallPhase.RINGING)


def test_a_call_that_was_answered_stays_ours_where_it_is_handed_on_to_another_number(stage: Stage) -> None:
    attempt = stage.placed()
    stage.say(*whole_call()[:4])
    bridged = leg(answered_at=5_000, state=replace(BRIDGED, at=20_000), called_number="0990999999")
    stage.say(updated(bridged), updated(ended(bridged)))
    stage.wait(lambda: any(told.live and told.live.ended_by == "caller" for told in stage.told))
    assert stage.told[-1].id == attempt.id


# -- UUIDs


@pytest.mark.parametrize("early", [True, False])
def test_a_leg_that_the_log_has_in_capital_letters_is_joined(stage: Stage, early: bool) -> None:
    async def place(gate: Gate) -> Verdict:
        await gate()
        return replace(PLACED, uuids=(UUID.upper(),))

    stage.desk.pbx.script = place
    if early:
        stage.say(added(leg()))
    attempt = stage.placed()
    stage.say(added(leg()))
    stage.view(lambda v: attempt.id in v.calls and v.calls[attempt.id].phase is CallPhase.RINGING)
    stage.live.start(None).result(10)
    stage.live.start(ACCOUNT).result(10)
    stage.say(updated(leg(answered_at=5_000)))
    stage.view(lambda v: attempt.id in v.calls and v.calls[attempt.id].phase is CallPhase.ANSWERED)


def test_a_uuid_is_the_same_in_capital_letters_and_hung_up_as_the_feed_writes_it(stage: Stage) -> None:
    parser = reader(channel="uuid direction peer_location called_number offer_timestamp hangup_timestamp")
    uuid = UUID.upper().encode()

    def told(*times: int) -> Message:
        return parser.feed(
            ("info_event", b"channel", (uuid, "outbound", "external", NUMBER.encode(), *times), "updated")
        )

    attempt = stage.placed()
    stage.say(told(1_000_000))
    stage.view(lambda v: attempt.id in v.calls and v.calls[attempt.id].phase is CallPhase.RINGING)
    stage.feed.on_command = lambda _: stage.feed.on_message(told(1_000_000, 9_000_000))
    stage.live.hang_up(attempt.id).result(10)
    assert stage.feed.sent == [{"cmd": "hangup", "uuid": UUID.upper()}]
