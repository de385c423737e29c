"""Since when the feed's legs are known, by which clock, and which are forgotten."""

from __future__ import annotations

from dataclasses import replace

import pytest

from basix_desktop.domain.feed import Change, Channel, ChannelState, ElementEvent, Message, Snapshot
from basix_desktop.domain.legs import Leg
from basix_desktop.domain.live import LiveCall
from basix_desktop.domain.stages import Course
from basix_desktop.domain.whom import Whom
from basix_desktop.services import sightings
from basix_desktop.services.sightings import Legs, Sightings
from tests.helpers.dialing import MovedClock
from tests.unit.domain.tracker_world import LEG, outside

PBX_TIME = 1_000
TOLD = outside(at=PBX_TIME)
TO_SALES = ChannelState("calling", PBX_TIME + 5_000, "int", "group", group_id=5)
TO_KEN = ChannelState("calling", PBX_TIME + 9_000, "int", "user", user_id=12)


def event(channel: Channel) -> Message:
    return ElementEvent(Change.UPDATED, channel)


def legs(*channels: Channel) -> Legs:
    calls = [(LiveCall(channel.uuid), channel) for channel in channels]
    return {channel.uuid: Leg(call, channel, Course(call)) for call, channel in calls}


@pytest.mark.parametrize(
    ("message", "whole", "offered"),
    [
        (event(TOLD), True, "ours"),
        (event(TOLD), False, "the PBX's"),
        (Snapshot("channel", (TOLD,)), True, "the PBX's"),
        (Snapshot("channel", (TOLD,)), False, "the PBX's"),
    ],
)
def test_our_clock_dates_what_is_offered_while_we_look_on(message: Message, whole: bool, offered: str) -> None:
    clock = MovedClock()
    seen = Sightings(clock)
    at = clock.wall
    assert seen.see(message, legs(TOLD), whole=whole)
    clock.pass_ms(70_000)
    answered = replace(TOLD, answered_at=PBX_TIME + 60_000)
    assert not seen.see(event(answered), legs(answered), whole=True)
    (sighting,) = seen.all()
    assert (sighting.seen, sighting.offered) == (at, at if offered == "ours" else PBX_TIME)
    assert sighting.channel is answered


def test_a_leg_whose_time_the_pbx_does_not_tell_is_dated_by_our_clock() -> None:
    clock = MovedClock()
    seen = Sightings(clock)
    untold = replace(TOLD, offered_at=None)
    seen.see(Snapshot("channel", (untold,)), legs(untold), whole=False)
    assert seen.all()[0].offered == clock.wall


def test_the_first_destination_is_kept_when_the_call_is_handed_on() -> None:
    seen = Sightings(MovedClock())
    news = []
    for channel in (TOLD, replace(TOLD, state=TO_SALES), replace(TOLD, state=TO_KEN)):
        news.append(seen.see(event(channel), legs(channel), whole=True))
    assert seen.all()[0].whom == Whom("group", 5)
    assert news == [True, True, False]


@pytest.mark.parametrize("change", [{"end_users": ()}, {"origination": ()}, {"called_number": ""}])
def test_whatever_is_compared_is_news(change: dict[str, object]) -> None:
    seen = Sightings(MovedClock())
    less = replace(TOLD, **change)  # type: ignore[arg-type]
    seen.see(event(less), legs(less), whole=True)
    assert seen.see(event(TOLD), legs(TOLD), whole=True)


def test_who_is_who_is_news_where_there_are_legs() -> None:
    seen = Sightings(MovedClock())
    assert not seen.see(Snapshot("user", ()), legs(), whole=True)
    seen.see(event(TOLD), legs(TOLD), whole=True)
    assert seen.see(Snapshot("user", ()), legs(TOLD), whole=True)


def test_an_inside_channel_is_no_sighting() -> None:
    seen = Sightings(MovedClock())
    inside = replace(TOLD, uuid="inside", peer_location="internal")
    assert not seen.see(event(inside), legs(), whole=True)
    assert seen.all() == []


def test_the_oldest_are_forgotten_and_it_is_known_since_when(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sightings, "MOST", 3)
    clock = MovedClock()
    seen = Sightings(clock)
    seen.see(event(TOLD), legs(TOLD), whole=True)
    begun = clock.wall
    for number in range(9):
        clock.pass_ms(10)
        leg = outside(f"leg-{number}")
        seen.see(event(leg), legs(TOLD, leg), whole=True)
        assert len(seen.all()) <= 2 * (2 + 3) + 1
    assert seen.forgotten == -1
    clock.pass_ms(10)
    last = outside("last")
    seen.see(event(last), legs(TOLD, last), whole=True)
    assert [one.channel.uuid for one in seen.all()] == [LEG, "leg-6", "leg-7", "leg-8", "last"]
    assert seen.forgotten == begun + 60
