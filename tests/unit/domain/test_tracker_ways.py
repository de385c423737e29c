"""Where a call goes besides to somebody inside, who is named as talking and for how long, and who as ending it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from basix_desktop.domain.feed import Change, Channel, ChannelState, ElementEvent, Message
from basix_desktop.domain.live import CallPhase, EndedBy, LiveCall, Milestone
from basix_desktop.domain.tracker import Live, track
from tests.unit.domain.tracker_world import HELEN, KEN, LEG, PEOPLE, PLACES, START, Pbx, outside

MOBILE = "09012345678"


def _answered() -> Pbx:
    pbx = Pbx()
    pbx.offer()
    pbx.answer()
    return pbx


def _connected() -> Pbx:
    pbx = _answered()
    pbx.ring(HELEN)
    pbx.pick_up(0)
    return pbx


def _follow(messages: list[Message]) -> tuple[LiveCall, list[Milestone]]:
    live, told = Live(), list[Milestone]()
    for message in [*PEOPLE, *messages]:
        live, more = track(live, message)
        told += [each for each in more if each.uuid == LEG]
    return live.legs[LEG].call, told


def test_handed_on_to_an_outside_number_is_shown_and_told() -> None:
    pbx = _connected()
    pbx.hand_out(MOBILE)
    call, told = _follow(pbx.unheard)
    assert (call.phase, call.destination, call.ringing) == (CallPhase.TRANSFERRED, MOBILE, ())
    assert (told[-1].kind, told[-1].data) == ("transferred", {"who": MOBILE})
    pbx.pick_up(0)
    call, told = _follow(pbx.unheard)
    assert (call.phase, call.connected_with) == (CallPhase.CONNECTED, MOBILE), "not whom the PBX bridged it to before"
    assert (told[-1].kind, told[-1].data) == ("connected", {"who": MOBILE})


def test_whom_it_was_handed_on_to_is_named_also_where_that_leg_is_heard_of_last() -> None:
    pbx = _answered()
    pbx.hand_out(MOBILE)
    shown = pbx.unheard.pop()
    pbx.pick_up(0)
    tellings = [each for each in pbx.unheard if isinstance(each, ElementEvent) and each.element == pbx.leg]
    call, _ = _follow([*pbx.unheard[:2], *tellings, shown])
    assert (call.phase, call.connected_with) == (CallPhase.CONNECTED, MOBILE)


def test_a_destination_that_forwards_to_an_outside_number_rings_there() -> None:
    pbx = _answered()
    pbx.hand_out(MOBILE)
    call, _ = _follow(pbx.unheard)
    assert (call.phase, call.destination) == (CallPhase.DESTINATION_RINGING, MOBILE)


@pytest.mark.parametrize("at_answer", [0, 1])
def test_the_number_itself_is_nobody_it_is_handed_on_to(at_answer: int) -> None:
    """Until the destination rings the state is still that of the call to the number."""
    pbx = _answered()
    assert pbx.leg is not None
    assert pbx.leg.state is not None
    assert pbx.leg.answered_at is not None
    state = replace(pbx.leg.state, at=pbx.leg.answered_at + at_answer)
    call, _ = _follow([*pbx.unheard, ElementEvent(Change.UPDATED, replace(pbx.leg, state=state))])
    assert call.phase is CallPhase.ANSWERED


@pytest.mark.parametrize(("state", "phase"), PLACES.items())
@pytest.mark.parametrize("connected", [False, True])
def test_what_the_pbx_itself_takes_is_a_phase_of_its_own(connected: bool, state: str, phase: CallPhase) -> None:
    pbx = _connected() if connected else _answered()
    pbx.leave(state)
    call, told = _follow(pbx.unheard)
    assert call.phase is phase
    assert (told[-1].kind, told[-1].at) == (phase, pbx.now)
    assert told[-1].data == ({} if phase is CallPhase.MENU else {"who": "7"})


def test_from_a_menu_on_to_somebody() -> None:
    pbx = _answered()
    pbx.leave("ivr")
    pbx.ring(KEN)
    call, _ = _follow(pbx.unheard)
    assert (call.phase, call.destination) == (CallPhase.TRANSFERRED, "Ken Mori")
    pbx.pick_up(0)
    call, _ = _follow(pbx.unheard)
    assert (call.phase, call.connected_with) == (CallPhase.CONNECTED, "Ken Mori")


def test_who_takes_it_from_a_parking_place_is_not_named_after_the_place() -> None:
    pbx = _connected()
    pbx.leave("park")
    ken = Channel("ken", "inbound", "internal", other_uuid=LEG, user_id=KEN, answered_at=pbx.now)
    assert pbx.leg is not None
    taken = replace(pbx.leg, state=ChannelState("bridged", pbx.now + 1), other_uuid="ken", last_bridged_user_id=KEN)
    call, _ = _follow([*pbx.unheard, ElementEvent(Change.ADDED, ken), ElementEvent(Change.UPDATED, taken)])
    assert (call.phase, call.connected_with, call.destination) == (CallPhase.CONNECTED, "Ken Mori", "")


def test_an_unknown_state_after_a_connection_is_connected_with_nobody() -> None:
    pbx = _connected()
    pbx.leave("teleported")
    call, told = _follow(pbx.unheard)
    assert (call.phase, call.destination) == (CallPhase.SERVICE, "teleported")
    assert (told[-1].kind, told[-1].data) == ("service", {"who": "teleported"})


@pytest.mark.parametrize("then", ["ring", "teleported"])
def test_that_somebody_had_it_before_is_learned_also_last(then: str) -> None:
    pbx = _connected()
    bridged = next(each for each in reversed(pbx.unheard) if isinstance(each, ElementEvent) and _is_talk(each))
    pbx.unheard.remove(bridged)
    if then == "ring":
        pbx.ring(KEN)
    else:
        pbx.leave(then)
    assert pbx.leg is not None
    now = ElementEvent(Change.UPDATED, replace(pbx.leg, last_bridged_user_id=None))
    call, told = _follow([*pbx.unheard[:2], now, bridged])
    assert call.phase is pbx.phase
    assert told[-1].kind == pbx.phase


def test_nobody_rings_whose_telephone_has_stopped() -> None:
    pbx = _answered()
    pbx.ring(HELEN)
    for telephone in list(pbx.inside.values()):
        pbx._end_inside(telephone, "send_cancel,NO_ANSWER")
    call, _ = _follow(pbx.unheard)
    assert (call.phase, call.ringing, call.destination) == (CallPhase.DESTINATION_RINGING, (), "Helen")


def test_that_it_rang_is_told_also_where_its_time_comes_late() -> None:
    leg = outside()
    first = replace(leg, offered_at=None)
    answered = replace(leg, answered_at=leg.offered_at)
    _, told = _follow([ElementEvent(Change.ADDED, first), ElementEvent(Change.UPDATED, answered)])
    assert [(each.kind, each.at) for each in told] == [("ringing", leg.offered_at), ("answered", leg.offered_at)]


# For how long


def _seconds(pbx: Pbx) -> tuple[int, int | None, str | None]:
    """In truth with whom it was connected last, and as told."""
    pbx.hang_up("recv_bye", "NORMAL_CLEARING")
    call, told = _follow(pbx.unheard)
    assert pbx.leg is not None
    assert pbx.leg.hung_up_at is not None
    return pbx.leg.hung_up_at - pbx.connections[-1][0], call.talked_ms, told[-1].data.get("talked_ms")


def test_the_talk_with_whom_it_was_handed_on_to_is_told_without_the_time_before() -> None:
    pbx = _connected()
    pbx.leave("park")
    pbx.ring(KEN)
    pbx.pick_up(0)
    truth, length, told = _seconds(pbx)
    assert (length, told) == (truth, str(truth))


@pytest.mark.parametrize("on", ["voicemail", "conference", "ring", "hand_out"])
def test_a_talk_ends_when_the_call_goes_elsewhere(on: str) -> None:
    pbx = _connected()
    start, _ = pbx.connections[-1]
    pbx.now += 60_000
    if on == "ring":
        pbx.ring(KEN)
    elif on == "hand_out":
        pbx.hand_out()
    else:
        pbx.leave(on)
    assert pbx.leg is not None
    assert pbx.leg.state is not None
    assert pbx.leg.state.at is not None
    talked = pbx.leg.state.at - start
    pbx.now += 60_000
    _, length, told = _seconds(pbx)
    assert (length, told) == (talked, str(talked))


def test_a_talk_that_is_heard_of_late_counts_and_is_told() -> None:
    pbx = _connected()
    pbx.ring(KEN)
    pbx.pick_up(0)
    start, who = pbx.connections[-1]
    bridged = next(each for each in reversed(pbx.unheard) if isinstance(each, ElementEvent) and _is_talk(each))
    pbx.unheard.remove(bridged)
    pbx.leave("voicemail")
    left = pbx.now
    pbx.unheard.append(bridged)
    pbx.hang_up("recv_bye", "NORMAL_CLEARING")
    call, told = _follow(pbx.unheard)
    assert (call.connected_with, call.talked_ms) == (who, left - start)
    assert (start, who) in [(each.at, each.data.get("who")) for each in told if each.kind == CallPhase.CONNECTED]


def test_a_talk_that_is_heard_of_last_ended_with_what_came_first_after_it() -> None:
    pbx = _connected()
    talk = next(each for each in pbx.unheard if isinstance(each, ElementEvent) and _is_talk(each))
    pbx.unheard.remove(talk)
    pbx.leave("ivr")
    left = pbx.now
    pbx.leave("conference")
    call, _ = _follow([*pbx.unheard, talk])
    assert (call.talk_from, call.talk_to) == (pbx.connections[0][0], left)
    assert call.been == (CallPhase.CONNECTED, CallPhase.MENU, CallPhase.CONFERENCE), "in the order of the PBX's times"


def test_whom_it_was_handed_on_to_stays_named_once_that_leg_is_gone() -> None:
    pbx = _connected()
    pbx.hand_out(MOBILE)
    pbx.pick_up(0)
    (leg,) = pbx.inside.values()
    gone = ElementEvent(Change.REMOVED, leg)
    call, told = _follow([*pbx.unheard, gone, *PEOPLE])
    assert (call.phase, call.connected_with) == (CallPhase.CONNECTED, MOBILE)
    assert [each.data.get("who") for each in told if each.kind == CallPhase.CONNECTED] == ["Helen", MOBILE]


def _is_talk(event: ElementEvent) -> bool:
    element = event.element
    return (
        isinstance(element, Channel)
        and element.uuid == LEG
        and element.state is not None
        and (element.state.name == "bridged")
    )


def _then(live: Live, **changes: object) -> tuple[Live, Channel, list[str]]:
    """The leg's next telling, by the order in which it is heard alone; and what was told of it."""
    leg = replace(live.legs[LEG].channel, last_event="STATE_CHANGE", **changes)  # type: ignore[arg-type]
    live, told = track(live, ElementEvent(Change.UPDATED, leg))
    return live, leg, [each.kind for each in told]


def _talking(at: int | None = None) -> Live:
    pbx = _connected()
    live = Live()
    for message in [*PEOPLE, *pbx.unheard]:
        live, _ = track(live, message)
    assert pbx.leg is not None
    state = ChannelState("bridged", at if at is not None else pbx.connections[0][0])
    return _then(live, state=state)[0]


@pytest.mark.parametrize("untimed", [True, False])
@pytest.mark.parametrize("place", ["", "ivr", "park"])
def test_without_times_apart_the_order_in_which_it_is_told_counts(untimed: bool, place: str) -> None:
    """A feed that gives states no time, or all within one millisecond."""
    live = _talking()
    at = None if untimed else live.legs[LEG].call.stage_at
    live, _, _ = _then(live, state=ChannelState("bridged", at))
    if place:
        live, _, told = _then(live, state=ChannelState(place, at, detail="7"))
        assert told == [PLACES[place]]
    before = live.legs[LEG].channel
    live, _, told = _then(live, state=ChannelState("calling", at, "int", "user", user_id=KEN))
    assert told == ["transferred"]
    assert (live.legs[LEG].call.phase, live.legs[LEG].call.destination) == (CallPhase.TRANSFERRED, "Ken Mori")
    if untimed:
        assert _then(live, state=ChannelState("bridged"))[2] == ["connected"]
    else:
        legs = dict(live.legs)
        again, told_again = track(live, ElementEvent(Change.UPDATED, before))
        assert (dict(again.legs), told_again) == (legs, ()), "told before, it is not told anew"


def test_another_leg_in_the_same_connection_is_somebody_else() -> None:
    """An attended transfer: only who is on the other leg changes."""
    live, _, told = _then(_talking(), other_uuid="not shown", last_bridged_user_id=KEN)
    assert live.legs[LEG].call.connected_with == "Ken Mori"
    assert told == ["connected"]


def test_a_connection_without_a_time_began_with_the_answer() -> None:
    live = Live()
    for message in PEOPLE:
        live, _ = track(live, message)
    live, _ = track(live, ElementEvent(Change.ADDED, outside()))
    live, _, _ = _then(live, state=ChannelState("bridged"), last_bridged_user_id=HELEN)
    live, leg, _ = _then(live, answered_at=START + 2_000)
    call = live.legs[LEG].call
    assert (call.connected_at, call.talk_from, call.stage_at) == (leg.answered_at,) * 3


def test_handed_out_though_the_answer_was_never_told() -> None:
    live, _ = track(Live(), ElementEvent(Change.ADDED, outside()))
    live, _, _ = _then(live, state=ChannelState("bridged", START + 5_000))
    state = ChannelState("calling", START + 7_000, "ext", "pstn", address=MOBILE)
    live, _, told = _then(live, state=state)
    assert told == ["transferred"]
    assert live.legs[LEG].call.talk_to == START + 7_000


# Who ended it


@pytest.mark.parametrize(
    ("data", "by", "cause"),
    [
        ("recv_bye,NORMAL_CLEARING", EndedBy.CALLER, "NORMAL_CLEARING"),
        ("send_bye,ALLOTTED_TIMEOUT", EndedBy.DESTINATION, "ALLOTTED_TIMEOUT"),
        ("", EndedBy.UNTOLD, ""),
        (",USER_BUSY", EndedBy.UNTOLD, "USER_BUSY"),
        ("MEDIA_TIMEOUT", EndedBy.UNTOLD, "MEDIA_TIMEOUT"),
        ("recv_bye", EndedBy.CALLER, ""),
        ("somehow,NORMAL_CLEARING", EndedBy.UNTOLD, "NORMAL_CLEARING"),
    ],
)
def test_who_ended_it_is_what_the_pbx_says(data: str, by: EndedBy, cause: str) -> None:
    pbx = _connected()
    assert pbx.leg is not None
    over = replace(pbx.leg, hung_up_at=pbx.now + 1, last_event="CHANNEL_HANGUP", last_event_data=data)
    call, _ = _follow([*pbx.unheard, ElementEvent(Change.UPDATED, over)])
    assert (call.ended_by, call.cause) == (by, cause)


@pytest.mark.parametrize("on", ["voicemail", "ivr"])
def test_who_has_handed_it_on_did_not_end_it(on: str) -> None:
    pbx = _connected()
    pbx.leave(on)
    pbx.hang_up("send_bye", "NORMAL_CLEARING")
    call, _ = _follow(pbx.unheard)
    assert (call.ended_by, call.connected_with) == (EndedBy.PBX, "Helen")
