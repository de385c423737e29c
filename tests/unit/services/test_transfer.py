"""Handing a call on: done when the feed shows it, not when something else happens to the call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from basix_desktop.domain.calls import Attempt
from basix_desktop.domain.errors import FeedProblem
from basix_desktop.domain.feed import Channel, ChannelState, FeedPhase, Message, Snapshot, User
from basix_desktop.domain.live import CallPhase
from basix_desktop.services import commands
from tests.helpers.dialing import bench
from tests.unit.services.test_live import BRIDGED, HELEN, RINGING_INSIDE, Stage, added, ended, leg, updated, whole_call

KEN = User(2, name="ken", label="Ken Mori", main_extension="1002")
ANSWERED = leg(answered_at=5_000, state=RINGING_INSIDE)
CONNECTED = replace(ANSWERED, state=BRIDGED, other_uuid="inside")
TO_KEN = ChannelState("calling", at=20_000, location="int", target_type="user", user_id=2)
TO_HELEN = replace(TO_KEN, user_id=1)
KENS = Channel("ken's", "outbound", "internal", user_id=2, offered_at=20_000)
HELENS = replace(KENS, uuid="inside", user_id=1)


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setattr(commands, "CONFIRM", 0.3)
    with bench(tmp_path) as desk:
        made = Stage(desk)
        made.say(Snapshot("user", (HELEN, KEN)))
        yield made
        made.live.start(None).result(10)


def come_to(stage: Stage, *messages: Message) -> Attempt:
    """A call that has come that far."""
    attempt = stage.placed()
    stage.say(*messages)
    return attempt


def outcome(stage: Stage, attempt: Attempt, destination: str, *follows: Message) -> str:
    """Of a transfer after which this happens: "done", or what was wrong."""

    def happen(_: object) -> None:
        for message in follows:
            stage.feed.on_message(message)

    stage.feed.on_command = happen
    try:
        stage.live.transfer(attempt.id, destination).result(10)
    except FeedProblem as problem:
        return problem.id
    return "done"


@pytest.mark.parametrize("destination", ["ken", "KEN", "1002", "1099"])
def test_whoever_is_connected_is_handed_on_when_another_rings(stage: Stage, destination: str) -> None:
    attempt = come_to(stage, *whole_call()[:4])
    assert outcome(stage, attempt, destination, updated(replace(CONNECTED, state=TO_KEN))) == "done"
    view = stage.view(lambda v: attempt.id in v.calls and v.calls[attempt.id].phase is CallPhase.TRANSFERRED)
    assert view.calls[attempt.id].destination == "Ken Mori"
    command = {"cmd": "transfer", "uuid": CONNECTED.uuid, "destination": destination}
    assert stage.feed.sent == [command]


@pytest.mark.parametrize(
    ("destination", "follows"),
    [
        ("ken", [updated(replace(ANSWERED, state=TO_KEN))]),
        ("ken", [added(KENS), updated(replace(CONNECTED, state=replace(BRIDGED, at=21_000), other_uuid="ken's"))]),
        ("ken", [updated(replace(CONNECTED, other_uuid="", last_bridged_user_id=2))]),
        ("ken", [updated(replace(ANSWERED, state=ChannelState("voicemail", 21_000, "", "user", 2)))]),
        ("sales", [updated(replace(ANSWERED, state=replace(RINGING_INSIDE, at=21_000)))]),
        ("701", [updated(replace(ANSWERED, state=ChannelState("park", 21_000, user_id=1, detail="701")))]),
        ("1900", [updated(replace(ANSWERED, state=ChannelState("ivr", 21_000, detail="900")))]),
    ],
    ids=[
        "rings",
        "has taken it",
        "has taken it, by name",
        "their voicemail",
        "the group again",
        "a parking place",
        "a menu that an extension leads to",
    ],
)
def test_before_anybody_has_taken_it_the_wanted_destination_counts(
    stage: Stage, destination: str, follows: list[Message]
) -> None:
    attempt = come_to(stage, *whole_call()[:3])
    assert outcome(stage, attempt, destination, *follows) == "done"


@pytest.mark.parametrize(
    "follows",
    [
        [],
        [updated(CONNECTED)],
        [updated(replace(ANSWERED, state=TO_HELEN))],
        [updated(replace(ANSWERED, state=ChannelState("park", 21_000, user_id=1, detail="701")))],
        [added(replace(KENS, other_uuid=ANSWERED.uuid))],
    ],
    ids=["nothing", "somebody answers", "the hunt goes on", "somebody parks it", "one more telephone rings"],
)
def test_what_happens_by_itself_is_no_transfer(stage: Stage, follows: list[Message]) -> None:
    attempt = come_to(stage, *whole_call()[:3])
    assert outcome(stage, attempt, "ken", *follows) == "command_unanswered"


def test_where_the_call_is_already_is_no_transfer_either(stage: Stage) -> None:
    attempt = come_to(stage, *whole_call()[:3])
    assert outcome(stage, attempt, "sales") == "command_unanswered"


def test_a_second_transfer_is_not_done_by_the_first(stage: Stage) -> None:
    attempt = come_to(stage, *whole_call()[:4], updated(replace(CONNECTED, state=TO_HELEN)))
    assert outcome(stage, attempt, "ken") == "command_unanswered"
    again = replace(CONNECTED, state=replace(TO_HELEN, at=22_000))
    assert outcome(stage, attempt, "ken", updated(again)) == "command_unanswered"
    assert outcome(stage, attempt, "ken", updated(replace(CONNECTED, state=replace(TO_KEN, at=23_000)))) == "done"


def test_a_call_that_ends_meanwhile_is_waited_for_no_longer(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "CONFIRM", 60.0)
    attempt = come_to(stage, *whole_call()[:4])
    assert outcome(stage, attempt, "ken", updated(ended(CONNECTED))) == "done"
    stage.wait(lambda: any(told.live and told.live.ended_by == "caller" for told in stage.told))


def test_a_call_that_has_ended_already_is_no_problem_of_the_feed(stage: Stage) -> None:
    attempt = come_to(stage, *whole_call())
    assert outcome(stage, attempt, "ken") == "done"
    assert stage.feed.sent == []


def test_nobody_is_transferred_before_they_answer(stage: Stage) -> None:
    attempt = come_to(stage, added(leg()))
    assert outcome(stage, attempt, "ken") == "not_answered_yet"
    assert stage.feed.sent == []


def test_whoever_is_connected_is_handed_on_though_nobody_said_when_they_answered(stage: Stage) -> None:
    attempt = come_to(stage, added(HELENS), added(replace(CONNECTED, answered_at=None)))
    ringing = replace(CONNECTED, answered_at=None, state=TO_KEN)
    assert outcome(stage, attempt, "ken", updated(ringing)) == "done"


def test_a_leg_that_was_never_shown_is_not_handed_on(stage: Stage) -> None:
    attempt = stage.placed()
    assert outcome(stage, attempt, "ken") == "call_not_shown"
    stage.status(FeedPhase.WAITING)
    assert outcome(stage, attempt, "ken") == "feed_not_live"
