"""Calls that may have been placed, looked for on the feed: a colleague's call never becomes ours, and nobody is told
that a call was very likely not placed when its leg has been shown."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from basix_desktop.domain import legs
from basix_desktop.domain.accounts import ProxyMode, ProxySetting
from basix_desktop.domain.calls import Attempt, CallResult, EndUser, State, Verdict
from basix_desktop.domain.errors import Failure
from basix_desktop.domain.feed import (
    Change,
    Channel,
    ChannelState,
    ElementEvent,
    FeedPhase,
    Snapshot,
    Target,
    User,
)
from basix_desktop.domain.live import CallPhase
from basix_desktop.services import live, sightings
from basix_desktop.services.followed import Finding
from basix_desktop.services.ports import Gate
from tests.helpers.dialing import ACCOUNT, UUID, bench
from tests.unit.services.test_live import (
    BRIDGED,
    HELEN,
    RINGING_INSIDE,
    SALES,
    Stage,
    added,
    ended,
    leg,
    updated,
    whole_call,
)

OURS, COLLEAGUES = UUID, "7c1f02aa-0000-4000-8000-000000000001"
KEN = User(2, name="ken", label="Ken Mori", main_extension="1002")
TO_KEN = ChannelState("calling", at=30_000, location="int", target_type="user", user_id=2)
TO_HELEN = replace(RINGING_INSIDE, group_id=None, user_id=1, target_type="user")
NO_LINE = Failure("channel_limit_reached", "channel_limit_reached", 500)
INSIDE = Channel("inside", "outbound", "internal", other_uuid=OURS, user_id=1, offered_at=6_000)


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setattr(live, "SECOND", 0.0)  # whatever waits to be looked for has been when a check comes back
    with bench(tmp_path) as desk:
        made = Stage(desk)
        made.say(Snapshot("user", (HELEN, KEN)))
        yield made
        made.live.start(None).result(10)


@pytest.fixture
def forgetful(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Few legs are remembered."""
    monkeypatch.setattr(legs, "REMEMBERED", 5)
    monkeypatch.setattr(sightings, "MOST", 5)
    return stage


def finding(stage: Stage, attempt: Attempt) -> Finding:
    return stage.live.check(attempt).result(10).finding


def now(stage: Stage) -> int:
    return stage.desk.clock.wall_ms()


def settled(stage: Stage, attempt: Attempt) -> tuple[str, ...]:
    """Waits for it to be placed; its legs."""
    stage.wait(lambda: any(told.id == attempt.id and told.state is State.ACCEPTED for told in stage.told))
    return stage.desk.on_disk(attempt.id).uuids


def untouched(stage: Stage, attempt: Attempt) -> bool:
    return stage.desk.on_disk(attempt.id).state is State.UNKNOWN


def others_come_and_go(stage: Stage, how_many: int = 40) -> None:
    for _ in range(how_many):
        stage.desk.clock.pass_ms(1)
        other = leg(str(uuid4()), called_number="0399999999")
        stage.say(added(other), updated(ended(other)))


def restarted(stage: Stage) -> None:
    """As the settings of the account are changed."""
    stage.feed.started.clear()
    another = replace(ACCOUNT, name="renamed", home_region="US", proxy=ProxySetting(ProxyMode.NONE))
    stage.live.start(another).result(10)
    assert stage.feed.started.wait(10)
    stage.feed.started.clear()
    stage.live.start(ACCOUNT).result(10)
    assert stage.feed.started.wait(10)


@pytest.mark.parametrize(
    ("late", "found"),
    [(Verdict(State.ACCEPTED, uuids=(OURS,)), Finding.PLACED), (Verdict(State.REJECTED, NO_LINE), Finding.SETTLED)],
)
def test_who_asks_for_what_has_been_settled_meanwhile_is_told_so(stage: Stage, late: Verdict, found: Finding) -> None:
    """Its own leg is not taken for another attempt's, which would say that there is none."""
    attempt = stage.unknown()
    stage.desk.stores.db.submit(lambda: stage.desk.stores.journal.settle(attempt.id, late)).result(10)
    stage.say(added(leg()))
    checked = stage.live.check(attempt).result(10)
    assert (checked.finding, checked.attempt.state) == (found, late.state)


# -- our own leg, told otherwise than expected


@pytest.mark.parametrize(
    "told",
    [
        leg(origination=()),
        leg(origination=("call_user", "helen")),
        leg(called_number=""),
        leg(answered_at=5_000, state=TO_HELEN),
        leg(answered_at=5_000, state=TO_KEN),
        leg(target=Target("user", 1, "helen", "1001")),
    ],
)
def test_a_leg_that_may_be_ours_is_no_reassurance(stage: Stage, told: Channel) -> None:
    attempt = stage.unknown()
    stage.say(added(told))
    assert finding(stage, attempt) is Finding.CANNOT_TELL
    assert untouched(stage, attempt)


@pytest.mark.parametrize(
    "told",
    [
        leg(end_users=(EndUser("77", "山田太郎", "ACME"),)),
        leg(answered_at=5_000, state=replace(RINGING_INSIDE, group_id=None, target_type="user", user_id=99, at=1)),
    ],
    ids=["the PBX knows the caller", "somebody whom no table has"],
)
def test_what_was_not_asked_for_is_not_compared(stage: Stage, told: Channel) -> None:
    attempt = stage.unknown()
    stage.say(added(replace(told, state=leg().state)), updated(told))
    assert settled(stage, attempt) == (OURS,)


def test_a_call_that_was_handed_on_before_anybody_asked_is_found(stage: Stage) -> None:
    stage.say(*whole_call()[:4])
    bridged = leg(answered_at=5_000, state=BRIDGED, other_uuid="inside")
    stage.say(updated(replace(bridged, state=TO_KEN, last_bridged_user_id=1)))
    assert settled(stage, stage.unknown()) == (OURS,)


def test_a_leg_that_was_there_before_is_not_ours(stage: Stage) -> None:
    stage.say(added(leg()))
    stage.desk.clock.pass_ms(2_001)
    attempt = stage.unknown()
    assert finding(stage, attempt) is Finding.NOTHING


# -- the snapshot


def test_the_snapshot_settles_what_was_sent_while_nobody_listened(stage: Stage) -> None:
    stage.status(FeedPhase.WAITING)
    attempt = stage.unknown()
    stage.desk.clock.pass_ms(600_000)
    stage.status(FeedPhase.LIVE)
    stage.say(Snapshot("channel", (leg(offered_at=now(stage) - 599_000),)))
    assert settled(stage, attempt) == (OURS,)


@pytest.mark.parametrize("before", [2_001, -60_001])
def test_the_snapshot_s_other_calls_settle_nothing(stage: Stage, before: int) -> None:
    stage.status(FeedPhase.WAITING)
    attempt = stage.unknown()
    sent = now(stage)
    stage.desk.clock.pass_ms(600_000)
    stage.status(FeedPhase.LIVE)
    stage.say(Snapshot("channel", (leg(offered_at=sent - before),)))
    assert finding(stage, attempt) is Finding.NOTHING_SURE
    assert untouched(stage, attempt)


def test_an_event_before_the_snapshot_does_not_make_an_old_call_new(stage: Stage) -> None:
    stage.status(FeedPhase.WAITING)
    attempt = stage.unknown()
    stage.desk.clock.pass_ms(1)
    old = leg(offered_at=now(stage) - 600_000)
    stage.say(updated(old))
    stage.status(FeedPhase.LIVE)
    stage.say(Snapshot("channel", (old,)))
    assert finding(stage, attempt) is Finding.NOTHING_SURE
    assert untouched(stage, attempt)


def test_who_the_destinations_are_may_come_last(stage: Stage) -> None:
    stage.say(Snapshot("user", ()), Snapshot("group", ()))
    attempt = stage.unknown()
    stage.say(added(leg(answered_at=5_000, state=RINGING_INSIDE)))
    assert finding(stage, attempt) is Finding.CANNOT_TELL
    stage.say(Snapshot("user", (HELEN, KEN)), Snapshot("group", (SALES,)))
    assert settled(stage, attempt) == (OURS,)


# -- a colleague's call


def test_what_cannot_be_told_apart_stays_so_when_one_has_ended_and_is_forgotten(forgetful: Stage) -> None:
    stage = forgetful
    attempt = stage.unknown()
    stage.say(added(leg(OURS)), added(leg(COLLEAGUES)))
    assert finding(stage, attempt) is Finding.CANNOT_TELL
    for uuid in (OURS, COLLEAGUES):
        stage.say(updated(ended(leg(uuid))))
        for _ in range(20):
            others_come_and_go(stage, 4)
            assert finding(stage, attempt) is Finding.CANNOT_TELL
    assert untouched(stage, attempt)


def test_a_call_that_has_ended_and_that_the_picture_has_forgotten_is_found(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(legs, "REMEMBERED", 5)
    stage.say(added(leg()), updated(ended(leg())))
    others_come_and_go(stage)
    assert settled(stage, stage.unknown()) == (OURS,)


@pytest.mark.parametrize("colleagues", [(), (COLLEAGUES,)])
def test_after_forgetting_legs_that_nobody_has_compared_nothing_is_sure(
    forgetful: Stage, colleagues: tuple[str, ...]
) -> None:
    """They came and went while the request was under way."""
    stage, answer = forgetful, asyncio.Event()

    async def slow(gate: Gate) -> Verdict:
        await gate()
        await answer.wait()
        return Verdict(State.UNKNOWN, Failure("no_answer_in_time"))

    async def come() -> None:
        answer.set()

    stage.desk.pbx.script = slow
    press, seen = stage.desk.press()
    seen.wait(State.SENDING)
    stage.say(added(leg()), updated(ended(leg())), *(added(leg(uuid)) for uuid in colleagues))
    others_come_and_go(stage)
    stage.desk.net.run(come()).result(10)
    attempt = press.done.result(10)
    stage.live.watch(attempt)
    assert finding(stage, attempt) is (Finding.CANNOT_TELL if colleagues else Finding.NOTHING_SURE)
    assert untouched(stage, attempt)


def test_what_is_forgotten_after_it_was_compared_leaves_the_finding_sure(forgetful: Stage) -> None:
    attempt = forgetful.unknown()
    for _ in range(20):
        others_come_and_go(forgetful, 4)
        assert finding(forgetful, attempt) is Finding.NOTHING


def test_a_change_of_settings_forgets_no_rival(stage: Stage) -> None:
    attempt = stage.unknown()
    at = now(stage)
    stage.say(added(leg(OURS, offered_at=at)), added(leg(COLLEAGUES, offered_at=at)))
    restarted(stage)
    stage.status(FeedPhase.LIVE)
    stage.say(Snapshot("user", (HELEN, KEN)), Snapshot("channel", (leg(COLLEAGUES, offered_at=at),)))
    assert finding(stage, attempt) is Finding.CANNOT_TELL
    assert untouched(stage, attempt)


def test_another_account_between_forgets_no_rival(stage: Stage) -> None:
    at = now(stage)
    stage.say(added(leg(OURS, offered_at=at)), added(leg(COLLEAGUES, offered_at=at)))
    for account in (replace(ACCOUNT, domain="other.example"), ACCOUNT):
        stage.feed.started.clear()
        stage.live.start(account).result(10)
        assert stage.feed.started.wait(10)
        stage.status(FeedPhase.LIVE)
        stage.say(Snapshot("user", (HELEN, KEN)), Snapshot("group", (SALES,)))
        stage.say(Snapshot("channel", () if account is not ACCOUNT else (leg(COLLEAGUES, offered_at=at),)))
    attempt = stage.unknown()
    assert finding(stage, attempt) is Finding.CANNOT_TELL
    assert untouched(stage, attempt)


def test_a_colleague_s_call_to_somebody_else_is_told_apart_as_soon_as_ours_names_its_destination(stage: Stage) -> None:
    attempt = stage.unknown()
    stage.say(added(leg(OURS)), added(leg(COLLEAGUES)), updated(leg(COLLEAGUES, answered_at=5_000, state=TO_KEN)))
    assert finding(stage, attempt) is Finding.CANNOT_TELL
    stage.say(updated(leg(OURS, answered_at=5_000, state=RINGING_INSIDE)))
    assert settled(stage, attempt) == (OURS,)


# -- results that name the inside leg, or none


def reported(stage: Stage, attempt: Attempt, uuid: str = "") -> Attempt:
    finding(stage, attempt)  # nobody looks for it any more as for one that may have been placed
    journal = stage.desk.stores.journal
    result = CallResult(0 if uuid else 500, uuid)
    proven = stage.desk.stores.db.submit(lambda: journal.take_result(attempt.id, result)).result(10)
    assert proven is not None
    assert proven.state is State.ACCEPTED
    stage.live.watch(proven)
    return proven


def looked(stage: Stage, attempt: Attempt) -> None:
    """As often as the desk looks by itself: once now, and nothing is left to be looked for at once."""
    assert finding(stage, stage.desk.on_disk(attempt.id)) is Finding.PLACED


def test_the_inside_leg_of_a_result_leads_to_the_outside_leg(stage: Stage) -> None:
    stage.say(*whole_call()[:4], added(leg(COLLEAGUES)))
    attempt = stage.unknown()
    assert finding(stage, attempt) is Finding.CANNOT_TELL
    reported(stage, attempt, "inside")
    view = stage.view(lambda v: attempt.id in v.calls and v.calls[attempt.id].phase is CallPhase.CONNECTED)
    assert (view.calls[attempt.id].uuid, view.calls[attempt.id].connected_with) == (OURS, "Helen Clarke")
    assert stage.desk.on_disk(attempt.id).uuids == ("inside", OURS)


def test_the_result_may_be_quicker_than_the_feed(stage: Stage) -> None:
    attempt = reported(stage, stage.unknown(), "inside")
    stage.say(added(leg(OURS)), added(leg(COLLEAGUES)))
    looked(stage, attempt)
    assert stage.desk.on_disk(attempt.id).uuids == ("inside",)
    stage.say(added(INSIDE))
    stage.wait(lambda: any(told.uuids == ("inside", OURS) for told in stage.told))


def test_the_outside_leg_is_found_when_the_inside_one_is_gone(stage: Stage) -> None:
    attempt = reported(stage, stage.unknown(), "inside")
    stage.say(added(leg()), added(INSIDE), ElementEvent(Change.REMOVED, INSIDE))
    stage.wait(lambda: any(told.uuids == ("inside", OURS) for told in stage.told))
    assert stage.desk.on_disk(attempt.id).state is State.ACCEPTED


def test_a_result_s_channel_that_the_feed_does_not_know_proves_no_other_leg(stage: Stage) -> None:
    """It may be the outside leg itself, which has ended; the one that is shown is then a colleague's."""
    attempt = reported(stage, stage.unknown(), OURS)
    stage.say(added(leg(COLLEAGUES)))
    looked(stage, attempt)
    assert stage.desk.on_disk(attempt.id).uuids == (OURS,)


def test_a_result_without_a_channel_does_not_end_the_search(stage: Stage) -> None:
    attempt = reported(stage, stage.unknown())
    stage.say(added(leg()))
    stage.view(lambda v: attempt.id in v.calls and v.calls[attempt.id].phase is CallPhase.RINGING)
    assert stage.desk.on_disk(attempt.id).uuids == (OURS,)


def test_a_result_without_a_channel_takes_no_leg_that_may_be_a_colleague_s(stage: Stage) -> None:
    attempt = reported(stage, stage.unknown())
    stage.say(added(leg()), added(leg(COLLEAGUES)))
    looked(stage, attempt)
    assert stage.desk.on_disk(attempt.id).uuids == ()


def test_a_leg_that_may_be_a_reported_call_s_does_not_settle_another(stage: Stage) -> None:
    first = reported(stage, stage.unknown())
    second = stage.unknown(confirmed=frozenset({"*"}))
    stage.say(added(leg()))
    assert finding(stage, second) is Finding.CANNOT_TELL
    looked(stage, first)
    assert stage.desk.on_disk(first.id).uuids == ()
    assert untouched(stage, second)


def test_only_the_outside_leg_of_a_reported_call_is_hung_up(stage: Stage) -> None:
    attempt = reported(stage, stage.unknown(), "inside")
    stage.say(*whole_call()[:4])
    stage.view(lambda v: attempt.id in v.calls and v.calls[attempt.id].uuid == OURS)
    stage.feed.on_command = lambda _: stage.feed.on_message(updated(ended(leg(answered_at=5_000))))
    stage.live.hang_up(attempt.id).result(10)
    assert stage.feed.sent == [{"cmd": "hangup", "uuid": OURS}]


def test_a_reported_call_is_not_over_while_its_inside_leg_goes_on(stage: Stage) -> None:
    attempt = reported(stage, stage.unknown(), "inside")
    stage.say()  # it has heard of it
    stage.desk.clock.pass_ms(10_001)
    stage.status(FeedPhase.CONNECTING)
    stage.say(Snapshot("channel", (INSIDE,)))
    stage.desk.stores.db.submit(lambda: None).result(10)
    assert stage.desk.on_disk(attempt.id).live is None
    stage.say(Snapshot("channel", ()))
    stage.wait(lambda: any(told.live and told.live.phase == "ended" for told in stage.told))
