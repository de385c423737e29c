"""Which leg belongs to an attempt that may have been placed: exactly one, or nobody can tell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from basix_desktop.domain.calls import Attempt, CallRequest, EndUser, State
from basix_desktop.domain.feed import Channel, ChannelState, Group, Target, User
from basix_desktop.domain.matching import AFTER, BEFORE, Sighting, matching
from basix_desktop.domain.tracker import Tables
from tests.unit.domain.tracker_world import LEG, START, outside

_OLIVE = EndUser(id="12345678", name="Olive")
_TABLES = Tables(
    users={11: User(11, "helen", "Helen", "201"), 12: User(12, "ken", "Ken Mori", "202")},
    groups={5: Group(5, "sales", "Sales", 0, "300")},
)


def _attempt(number: str = "0312341234", destination: str = "sales", end_user: EndUser = _OLIVE) -> Attempt:
    request = CallRequest(number, destination, end_user=end_user)
    return Attempt("a", 1, START, START, "Example", "https://pbx.test", "example.com", request, State.UNKNOWN)


def _found(*legs: Channel | Sighting, attempt: Attempt | None = None, held: frozenset[str] = frozenset()) -> list[str]:
    sightings = [leg if isinstance(leg, Sighting) else Sighting(leg, START + 300) for leg in legs]
    found = matching(attempt or _attempt(), START, sightings, _TABLES, home="JP", held=held)
    return [one.channel.uuid for one in found]


_LEG = outside()
_TO_SALES = ChannelState("calling", START + 5_000, "int", "group", group_id=5)
_TO_KEN = ChannelState("calling", START + 5_000, "int", "user", user_id=12)


@pytest.mark.parametrize(
    "leg",
    [
        _LEG,
        replace(_LEG, called_number="+81312341234"),
        replace(_LEG, called_number="03-1234-1234"),
        replace(_LEG, end_users=()),
        replace(_LEG, end_users=(EndUser(id="9", name="Bluto"), _OLIVE)),
        replace(_LEG, state=_TO_SALES),
        replace(_LEG, group_id=5),
        replace(_LEG, target=Target("group", 5, "sales")),
        replace(_LEG, state=ChannelState("bridged", START + 9_000)),
        replace(_LEG, origination=("api", "call_external")),
    ],
)
def test_ours(leg: Channel) -> None:
    assert _found(leg) == [LEG]


@pytest.mark.parametrize(
    "leg",
    [
        replace(_LEG, called_number="0312341235"),
        replace(_LEG, direction="inbound"),
        replace(_LEG, peer_location="internal"),
        replace(_LEG, origination=()),
        replace(_LEG, origination=("call_user",)),
        replace(_LEG, end_users=(EndUser(id="9", name="Bluto"),)),
        replace(_LEG, state=_TO_KEN),
        replace(_LEG, target=Target("user", 12, "ken")),
        Sighting(_LEG, START - BEFORE - 1),
        Sighting(_LEG, START + AFTER + 1),
    ],
)
def test_not_ours(leg: Channel | Sighting) -> None:
    assert _found(leg) == []


@pytest.mark.parametrize("offered", [START - BEFORE, START + AFTER])
def test_the_ends_of_the_window_are_in_it(offered: int) -> None:
    assert _found(Sighting(_LEG, offered)) == [LEG]


def test_a_leg_that_another_attempt_holds_is_that_attempts() -> None:
    assert _found(_LEG, held=frozenset({LEG})) == []


def test_a_colleagues_identical_call_leaves_two() -> None:
    assert _found(_LEG, replace(_LEG, uuid="colleague")) == [LEG, "colleague"]


def test_a_colleagues_call_to_somebody_else_leaves_one() -> None:
    assert _found(_LEG, replace(_LEG, uuid="colleague", state=_TO_KEN)) == [LEG]


@pytest.mark.parametrize("destination", ["sales", "Sales", "300"])
def test_a_destination_by_any_of_its_names(destination: str) -> None:
    assert _found(replace(_LEG, state=_TO_SALES), attempt=_attempt(destination=destination)) == [LEG]


def test_a_caller_of_whom_nothing_was_sent_is_nobody() -> None:
    nobody = _attempt(end_user=EndUser())
    assert _found(replace(_LEG, end_users=()), attempt=nobody) == [LEG]
    assert _found(_LEG, attempt=nobody) == []


def test_the_avatar_does_not_tell_callers_apart() -> None:
    """The feed may name it by a path of its own."""
    sent = replace(_OLIVE, avatar="https://example.com/olive.png")
    assert _found(_LEG, attempt=_attempt(end_user=sent)) == [LEG]
