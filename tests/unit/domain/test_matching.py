"""Which leg belongs to an attempt that may have been placed: exactly one, or nobody can tell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from basix_desktop.domain.calls import Attempt, CallRequest, EndUser, State
from basix_desktop.domain.feed import Channel, ChannelState, Group, Target, User
from basix_desktop.domain.matching import AFTER, BEFORE, Sighting, candidates, ours
from basix_desktop.domain.tracker import Tables
from basix_desktop.domain.whom import named
from tests.unit.domain.tracker_world import LEG, START, outside

_OLIVE = EndUser(id="12345678", name="Olive")
_BLUTO = EndUser(id="9", name="Bluto")
_TABLES = Tables(
    users={11: User(11, "helen", "Helen", "201"), 12: User(12, "ken", "Ken Mori", "202")},
    groups={5: Group(5, "sales", "Sales", 0, "300")},
)
#: There are candidates, and nobody can tell; and there is none.
CANNOT_TELL, NOTHING = "cannot tell", "nothing"


def _attempt(number: str = "0312341234", destination: str = "sales", end_user: EndUser = _OLIVE) -> Attempt:
    request = CallRequest(number, destination, end_user=end_user)
    return Attempt("a", 1, START, START, "Example", "https://pbx.test", "example.com", request, State.UNKNOWN)


def _sighting(leg: Channel | Sighting, *, watched: bool = True) -> Sighting:
    return leg if isinstance(leg, Sighting) else Sighting(leg, START + 300, watched, named(leg))


def _found(*legs: Channel | Sighting, attempt: Attempt | None = None, tables: Tables = _TABLES) -> str:
    wanted = attempt or _attempt()
    possible = candidates(wanted, START, [_sighting(leg) for leg in legs], home="JP")
    leg = ours(wanted, possible, tables)
    return leg.channel.uuid if leg is not None else CANNOT_TELL if possible else NOTHING


_LEG = outside()
_COLLEAGUES = replace(_LEG, uuid="colleague")
_TO_SALES = ChannelState("calling", START + 5_000, "int", "group", group_id=5)
_TO_HELEN = ChannelState("calling", START + 5_000, "int", "user", user_id=11)
_TO_KEN = ChannelState("calling", START + 5_000, "int", "user", user_id=12)


@pytest.mark.parametrize(
    "leg",
    [
        _LEG,
        replace(_LEG, called_number="+81312341234"),
        replace(_LEG, called_number="03-1234-1234"),
        replace(_LEG, end_users=()),
        replace(_LEG, end_users=(_BLUTO, _OLIVE)),
        replace(_LEG, end_users=(replace(_OLIVE, organization="ACME"),)),
        replace(_LEG, state=_TO_SALES),
        replace(_LEG, state=_TO_HELEN, group_id=5),
        replace(_LEG, group_id=5),
        replace(_LEG, target=Target("group", 5, "sales")),
        replace(_LEG, state=ChannelState("bridged", START + 9_000)),
        replace(_LEG, origination=("api", "call_external")),
    ],
)
def test_ours(leg: Channel) -> None:
    assert _found(leg) == LEG


@pytest.mark.parametrize(
    "leg",
    [
        replace(_LEG, called_number="0312341235"),
        replace(_LEG, direction="inbound"),
        replace(_LEG, peer_location="internal"),
        Sighting(_LEG, START - BEFORE - 1),
        Sighting(_LEG, START + AFTER + 1),
        Sighting(_LEG, START - BEFORE - 1, watched=False),
        Sighting(replace(_LEG, offered_at=START - BEFORE - 1), START + 300, watched=False),
        Sighting(replace(_LEG, offered_at=START + AFTER + 1), START + AFTER, watched=False),
    ],
)
def test_not_ours(leg: Channel | Sighting) -> None:
    assert _found(leg) == NOTHING


@pytest.mark.parametrize(
    "leg",
    [
        replace(_LEG, origination=()),
        replace(_LEG, origination=(), state=_TO_SALES),
        replace(_LEG, origination=("call_user",)),
        replace(_LEG, called_number=""),
        replace(_LEG, end_users=(_BLUTO,)),
        replace(_LEG, state=_TO_KEN),
        replace(_LEG, state=_TO_HELEN),
        replace(_LEG, state=replace(_TO_KEN, user_id=99)),
        replace(_LEG, target=Target("user", 12, "ken")),
    ],
)
def test_what_differs_or_is_not_told_may_be_ours_all_the_same(leg: Channel) -> None:
    """A group hunts, a user forwards, the PBX fills in callers, and it may not tell the method."""
    assert _found(leg) == CANNOT_TELL


@pytest.mark.parametrize(
    "leg",
    [
        Sighting(_LEG, START - BEFORE),
        Sighting(_LEG, START + AFTER),
        Sighting(replace(_LEG, offered_at=START - BEFORE), START + 300, watched=False),
        Sighting(replace(_LEG, offered_at=START + AFTER), START + AFTER * 9, watched=False),
        Sighting(replace(_LEG, offered_at=None), START + AFTER, watched=False),
    ],
)
def test_the_ends_of_the_window_are_in_it(leg: Sighting) -> None:
    assert _found(leg) == LEG


def test_the_pbx_clock_counts_for_nothing_where_we_looked_on() -> None:
    assert _found(Sighting(replace(_LEG, offered_at=1_000), START + 300)) == LEG


def test_a_colleagues_identical_call_leaves_two() -> None:
    assert _found(_LEG, _COLLEAGUES) == CANNOT_TELL


def test_a_colleagues_call_to_somebody_else_is_no_rival_once_ours_names_its_destination() -> None:
    to_ken = replace(_COLLEAGUES, state=_TO_KEN)
    assert _found(_LEG, to_ken) == CANNOT_TELL  # ours may be the one that was forwarded to Ken
    assert _found(replace(_LEG, state=_TO_SALES), to_ken) == LEG
    handed_on = _sighting(to_ken, watched=False)
    assert _found(replace(_LEG, state=_TO_SALES), handed_on) == CANNOT_TELL


def test_a_colleagues_call_for_another_caller_is_no_rival_once_ours_names_its_own() -> None:
    for_bluto = replace(_COLLEAGUES, end_users=(_BLUTO,))
    assert _found(_LEG, for_bluto) == LEG
    assert _found(replace(_LEG, end_users=()), for_bluto) == CANNOT_TELL


def test_a_number_dialled_by_hand_is_no_rival_where_the_pbx_names_the_method() -> None:
    by_hand = replace(_COLLEAGUES, origination=())
    assert _found(_LEG, by_hand) == LEG
    assert _found(replace(_LEG, origination=()), by_hand) == CANNOT_TELL


def test_the_first_destination_counts() -> None:
    handed_on = replace(_LEG, state=_TO_KEN)
    assert _found(Sighting(handed_on, START + 300, whom=named(replace(_LEG, state=_TO_SALES)))) == LEG


@pytest.mark.parametrize("destination", ["sales", "Sales", "300"])
def test_a_destination_by_any_of_its_names(destination: str) -> None:
    assert _found(replace(_LEG, state=_TO_SALES), attempt=_attempt(destination=destination)) == LEG


def test_a_member_called_by_name_is_not_the_group() -> None:
    hunted = replace(_LEG, state=_TO_HELEN, group_id=5)
    assert _found(hunted, attempt=_attempt(destination="helen")) == CANNOT_TELL


def test_an_extension_that_no_table_has_is_compared_with_nothing() -> None:
    assert _found(replace(_LEG, state=_TO_HELEN), attempt=_attempt(destination="1099")) == LEG


@pytest.mark.parametrize("tables", [Tables(), Tables(users=_TABLES.users), Tables(groups=_TABLES.groups)])
def test_before_the_tables_have_come_a_named_destination_proves_nothing(tables: Tables) -> None:
    helen = replace(_LEG, state=_TO_HELEN)
    assert _found(helen, attempt=_attempt(destination="1099"), tables=tables) == CANNOT_TELL
    assert _found(replace(_LEG, target=Target("user", 11, "helen")), attempt=_attempt(destination="ken")) == CANNOT_TELL
    assert _found(_LEG, tables=tables) == LEG


def test_a_caller_of_whom_nothing_was_sent_may_be_anybody() -> None:
    """The PBX knows whose number it is."""
    nobody = _attempt(end_user=EndUser())
    assert _found(replace(_LEG, end_users=()), attempt=nobody) == LEG
    assert _found(_LEG, attempt=nobody) == LEG


def test_the_avatar_does_not_tell_callers_apart() -> None:
    """The feed may name it by a path of its own."""
    sent = replace(_OLIVE, avatar="https://example.com/olive.png")
    assert _found(_LEG, attempt=_attempt(end_user=sent)) == LEG
    only = _attempt(end_user=EndUser(avatar="https://example.com/olive.png"))
    assert _found(_LEG, attempt=only) == LEG
