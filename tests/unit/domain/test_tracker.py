"""What one message does to the live picture."""

from __future__ import annotations

from dataclasses import replace

import pytest

from basix_desktop.domain.feed import Change, ChannelState, ElementEvent, Message, Snapshot, SystemMessage, User
from basix_desktop.domain.legs import REMEMBERED
from basix_desktop.domain.live import CallPhase, EndedBy, LiveCall, Milestone
from basix_desktop.domain.tracker import Live, track
from tests.unit.domain.tracker_world import HELEN, KEN, LEG, PEOPLE, Pbx, outside


def _follow(messages: list[Message], live: Live | None = None) -> tuple[Live, list[Milestone]]:
    live, told = live or Live(), list[Milestone]()
    for message in messages:
        live, more = track(live, message)
        told += more
    messages.clear()
    return live, told


def _call(live: Live) -> LiveCall:
    return live.legs[LEG].call


def test_a_call_from_ringing_to_its_end() -> None:
    pbx = Pbx()
    pbx.offer()
    pbx.answer()
    pbx.ring(HELEN, KEN)
    pbx.pick_up(0)
    pbx.hang_up("recv_bye", "NORMAL_CLEARING")
    pbx.remove()
    live, told = _follow([*PEOPLE, *pbx.unheard])
    call = _call(live)
    assert (call.connected_with, call.ended_by, call.cause) == ("Helen", EndedBy.CALLER, "NORMAL_CLEARING")
    assert call.talked_ms == 2_000
    assert [(m.kind, m.data.get("who")) for m in told] == [
        ("ringing", None),
        ("answered", None),
        ("destination_ringing", "Sales"),
        ("connected", "Helen"),
        ("ended", None),
    ]
    assert told[1].data == {"after_ms": "1000"}
    assert told[-1].data == {"by": "caller", "cause": "NORMAL_CLEARING", "talked_ms": "2000"}


def test_whose_telephones_ring() -> None:
    pbx = Pbx()
    pbx.offer()
    pbx.answer()
    pbx.ring(HELEN, KEN)
    live, _ = _follow([*PEOPLE, *pbx.unheard])
    assert _call(live).ringing == ("Helen", "Ken Mori")


def test_each_connection_has_its_own_time_and_name() -> None:
    pbx = Pbx()
    pbx.offer()
    pbx.answer()
    for user in (HELEN, KEN):
        pbx.ring(user)
        pbx.pick_up(0)
    live, told = _follow([*PEOPLE, *pbx.unheard])
    assert [(m.at, m.data["who"]) for m in told if m.kind == CallPhase.CONNECTED] == pbx.connections
    assert [m.data for m in told if m.kind == CallPhase.TRANSFERRED] == [{"who": "Ken Mori"}]
    assert _call(live).connected_at == pbx.connections[0][0]


def test_back_from_the_parking_place_is_a_connection_of_its_own() -> None:
    pbx = Pbx()
    pbx.offer()
    pbx.answer()
    pbx.ring(HELEN)
    pbx.pick_up(0)
    pbx.leave("park")
    pbx.ring(HELEN)
    pbx.pick_up(0)
    _, told = _follow([*PEOPLE, *pbx.unheard])
    kinds = [m.kind for m in told if m.kind in ("connected", "parked", "transferred")]
    assert kinds == ["connected", "parked", "transferred", "connected"]
    assert [m.at for m in told] == sorted(m.at for m in told)


def test_a_leg_missing_from_the_snapshot_has_ended_unseen() -> None:
    pbx = Pbx()
    pbx.offer()
    live, _ = _follow([*PEOPLE, *pbx.unheard])
    live, told = _follow([Snapshot("channel", ())], live)
    assert _call(live).ended_by is EndedBy.UNKNOWN
    assert [(m.kind, m.data) for m in told] == [("ended", {"by": "unknown"})]


@pytest.mark.parametrize("people_last", [False, True])
def test_names_come_from_the_snapshot_whichever_part_is_first(people_last: bool) -> None:
    pbx = Pbx()
    pbx.offer()
    pbx.answer()
    pbx.ring(HELEN)
    pbx.pick_up(0)
    channels = pbx.snapshot()
    live, _ = _follow([channels, *PEOPLE] if people_last else [*PEOPLE, channels])
    assert _call(live).connected_with == "Helen"


def test_a_late_telling_does_not_bring_a_telephone_back() -> None:
    pbx = Pbx()
    pbx.offer()
    pbx.answer()
    pbx.ring(HELEN)
    ringing = pbx.unheard[-1]
    pbx.pick_up(0)
    pbx.hang_up("recv_bye", "NORMAL_CLEARING")
    live, _ = _follow([*PEOPLE, *pbx.unheard])
    again, _ = track(live, ringing)
    assert again is live
    assert set(live.tables.channels) == {LEG}


def test_the_end_keeps_its_cause_when_only_the_removal_is_heard() -> None:
    pbx = Pbx()
    pbx.offer()
    pbx.hang_up("recv_refuse", "USER_BUSY")
    pbx.unheard.clear()
    pbx.remove()
    live, told = _follow(pbx.unheard)
    assert (_call(live).ended_by, _call(live).cause) == (EndedBy.CALLER, "USER_BUSY")
    assert [m.kind for m in told] == ["ringing", "ended"]


def test_removed_without_a_word_is_an_end_without_a_cause() -> None:
    pbx = Pbx()
    pbx.offer()
    pbx.remove()
    live, _ = _follow(pbx.unheard)
    assert (_call(live).phase, _call(live).ended_by, _call(live).cause) == (CallPhase.ENDED, EndedBy.UNKNOWN, "")


def test_the_state_of_an_unknown_name_changes_nothing() -> None:
    pbx = Pbx()
    pbx.offer()
    pbx.answer()
    live, _ = _follow(pbx.unheard)
    assert pbx.leg is not None
    told_now = replace(pbx.leg, state=ChannelState("teleported", pbx.now + 1))
    live, told = track(live, ElementEvent(Change.UPDATED, told_now))
    assert (_call(live).phase, told) == (CallPhase.ANSWERED, ())


@pytest.mark.parametrize(
    "message",
    [SystemMessage("connection_replaced"), Snapshot("queued_channel", ()), ElementEvent(Change.UPDATED, User(1))],
)
def test_what_changes_nothing_gives_the_same_picture_back(message: Message) -> None:
    live, _ = _follow([Snapshot("user", (User(1),))])
    assert track(live, message) == (live, ())
    assert track(live, message)[0] is live


def test_only_so_many_ended_legs_are_remembered_and_the_open_ones_always() -> None:
    first = outside("open")
    messages: list[Message] = [ElementEvent(Change.ADDED, first)]
    for number in range(REMEMBERED + 20):
        leg = outside(f"leg-{number}")
        messages += [ElementEvent(Change.ADDED, leg), ElementEvent(Change.REMOVED, leg)]
    live, _ = _follow(messages)
    assert len(live.legs) == REMEMBERED
    assert "open" in live.legs
    assert f"leg-{REMEMBERED + 19}" in live.legs
