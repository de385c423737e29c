"""The lists that a connection begins with: older than events that came before them, and without names at first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from basix_desktop.domain import legs
from basix_desktop.domain.feed import CHANNELS_FOLLOW, Change, Channel, ElementEvent, Message, Snapshot
from basix_desktop.domain.live import CallPhase, EndedBy, Milestone
from basix_desktop.domain.tracker import Live, track
from tests.unit.domain.tracker_world import HELEN, KEN, LEG, PEOPLE, Pbx, outside

USERS, GROUPS, MEMBERS = PEOPLE
EMPTY = Snapshot("channel", ())


def _follow(messages: list[Message], live: Live | None = None) -> tuple[Live, list[Milestone]]:
    live, told = live or Live(), list[Milestone]()
    for message in messages:
        live, more = track(live, message)
        told += more
    messages.clear()
    return live, told


def _connected() -> Pbx:
    pbx = Pbx()
    pbx.offer()
    pbx.answer()
    pbx.ring(HELEN)
    pbx.pick_up(0)
    return pbx


# Older than what was heard before


def test_a_leg_heard_of_before_an_older_list_goes_on() -> None:
    pbx = Pbx()
    pbx.offer()
    live, told = _follow([*PEOPLE, CHANNELS_FOLLOW, *pbx.unheard, EMPTY])
    assert live.legs[LEG].call.phase is CallPhase.RINGING
    assert [each.kind for each in told] == ["ringing"]
    pbx.unheard.clear()
    pbx.answer()
    live, told = _follow(pbx.unheard, live)
    assert live.legs[LEG].call.phase is CallPhase.ANSWERED
    assert [each.kind for each in told] == ["answered"]


def test_only_the_first_list_of_a_connection_may_be_older() -> None:
    pbx = Pbx()
    pbx.offer()
    live, _ = _follow([*PEOPLE, CHANNELS_FOLLOW, *pbx.unheard, EMPTY, EMPTY])
    assert live.legs[LEG].call.ended_by is EndedBy.UNKNOWN


def test_a_new_connection_knows_nothing_of_what_an_earlier_one_heard() -> None:
    pbx = Pbx()
    pbx.offer()
    live, told = _follow([*PEOPLE, CHANNELS_FOLLOW, *pbx.unheard, CHANNELS_FOLLOW, EMPTY])
    assert live.legs[LEG].call.ended_by is EndedBy.UNKNOWN
    assert told[-1].kind == CallPhase.ENDED


def test_an_older_list_takes_nothing_back() -> None:
    pbx = Pbx()
    pbx.offer()
    older = pbx.snapshot()
    pbx.unheard.clear()
    pbx.answer()
    pbx.ring(HELEN)
    pbx.pick_up(0)
    live, told = _follow([*PEOPLE, CHANNELS_FOLLOW, *pbx.unheard, older])
    assert live.legs[LEG].call.phase is CallPhase.CONNECTED
    assert live.tables.channels["inside-1"].answered_at is not None
    assert [each.kind for each in told].count("connected") == 1


def test_an_older_list_brings_no_telephone_back() -> None:
    pbx = Pbx()
    pbx.offer()
    pbx.answer()
    pbx.ring(HELEN)
    older = pbx.snapshot()
    pbx.unheard.clear()
    pbx.hang_up("recv_bye", "NORMAL_CLEARING")
    pbx.remove()
    live, _ = _follow([*PEOPLE, CHANNELS_FOLLOW, *pbx.unheard, older])
    assert live.legs[LEG].call.ended_by is EndedBy.CALLER
    assert dict(live.tables.channels) == {}


def test_what_an_older_list_tells_of_the_past_is_learned() -> None:
    """It was connected before; what is heard first is that it is parked."""
    pbx = _connected()
    older = pbx.snapshot()
    pbx.unheard.clear()
    pbx.leave("park")
    live, told = _follow([*PEOPLE, CHANNELS_FOLLOW, *pbx.unheard, older])
    assert (live.legs[LEG].call.phase, live.legs[LEG].call.connected_with) == (CallPhase.PARKED, "Helen")
    assert ("connected", "Helen") in [(each.kind, each.data.get("who")) for each in told]


# Names that come later


def test_the_time_line_waits_for_the_names() -> None:
    pbx = _connected()
    live, told = _follow([CHANNELS_FOLLOW, pbx.snapshot()])
    assert told == []
    assert live.legs[LEG].call.phase is CallPhase.CONNECTED, "the card does not wait"
    live, told = _follow([USERS], live)
    assert told == []
    live, told = _follow([GROUPS, MEMBERS], live)
    assert [(each.kind, each.data.get("who")) for each in told] == [
        ("ringing", None),
        ("answered", None),
        ("connected", "Helen"),
    ]


def test_a_group_is_named_too() -> None:
    pbx = Pbx()
    pbx.offer()
    pbx.answer()
    pbx.ring(HELEN, KEN)
    assert pbx.leg is not None
    legs = Snapshot("channel", (pbx.leg,))
    _, told = _follow([CHANNELS_FOLLOW, legs, USERS, GROUPS])
    assert (told[-1].kind, told[-1].data) == ("destination_ringing", {"who": "Sales"})


def test_where_no_names_come_the_call_is_told_as_it_goes_on() -> None:
    pbx = _connected()
    live, told = _follow([CHANNELS_FOLLOW, pbx.snapshot()])
    pbx.unheard.clear()
    pbx.leave("park")
    live, told = _follow(pbx.unheard, live)
    assert [each.kind for each in told] == ["ringing", "answered", "connected", "parked"]
    pbx.hang_up("recv_bye", "NORMAL_CLEARING")
    live, told = _follow(pbx.unheard, live)
    assert [each.kind for each in told] == ["ended"]
    _, told = _follow([USERS, GROUPS], live)
    assert told == []


def test_what_changes_nothing_is_waited_out() -> None:
    pbx = _connected()
    assert pbx.leg is not None
    again = replace(pbx.leg, tags=("vip",))
    live, told = _follow([CHANNELS_FOLLOW, pbx.snapshot(), ElementEvent(Change.UPDATED, again)])
    assert told == []
    _, told = _follow([USERS, GROUPS], live)
    assert told[-1].data == {"who": "Helen"}


def test_an_end_waits_for_no_name() -> None:
    pbx = _connected()
    pbx.hang_up("recv_bye", "NORMAL_CLEARING")
    _, told = _follow([CHANNELS_FOLLOW, pbx.snapshot()])
    assert [each.kind for each in told] == ["ringing", "answered", "connected", "ended"]


def test_names_that_are_known_already_are_not_waited_for_again() -> None:
    pbx = _connected()
    live, _ = _follow([*PEOPLE])
    _, told = _follow([CHANNELS_FOLLOW, pbx.snapshot()], live)
    assert told[-1].data == {"who": "Helen"}


# Gone with nothing but a key


def test_a_leg_never_shown_that_is_gone_has_ended_unseen() -> None:
    live, told = _follow([*PEOPLE, ElementEvent(Change.REMOVED, Channel(LEG))])
    assert live.legs[LEG].ended
    assert [(each.kind, each.data) for each in told] == [("ended", {"by": "unknown"})]
    pbx = Pbx()
    pbx.offer()
    assert _follow(pbx.unheard, live)[1] == [], "a late telling brings nothing back"


def test_an_inside_leg_that_was_shown_is_none_of_them() -> None:
    pbx = Pbx()
    pbx.offer()
    pbx.answer()
    pbx.ring(HELEN)
    gone = ElementEvent(Change.REMOVED, Channel("inside-1"))
    live, _ = _follow([*PEOPLE, *pbx.unheard, gone, gone])
    assert set(live.legs) == {LEG}


def test_a_list_of_very_many_legs_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking for legs to forget at each of them took seconds, in which no call could be placed."""
    looked: list[int] = []
    within = legs._within

    def counted(all_of_them: legs.Legs) -> legs.Legs:
        looked.append(len(all_of_them))
        return within(all_of_them)

    monkeypatch.setattr(legs, "_within", counted)
    many = tuple(outside(f"leg {number}") for number in range(3 * legs.REMEMBERED))
    live, _ = track(Live(), Snapshot("channel", many))
    assert len(live.legs) == len(many), "none has ended"
    assert looked == [len(many)]
