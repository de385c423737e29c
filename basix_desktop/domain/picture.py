"""One outside leg as people see it: ringing, answered, who rings inside, connected with whom, ended by whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any, NamedTuple

from basix_desktop.domain.feed import Channel, ChannelState, Group, Hangup, PeerLocation, User
from basix_desktop.domain.live import CallPhase, EndedBy, LiveCall, Milestone

#: Where the PBX itself takes a call, or passes it on to (basix-api.md 2.3).
_PLACES = {
    "voicemail": CallPhase.VOICEMAIL,
    "checking_voicemail": CallPhase.VOICEMAIL,
    "park": CallPhase.PARKED,
    "ivr": CallPhase.MENU,
    "xml_ivr": CallPhase.MENU,
    "conference": CallPhase.CONFERENCE,
    "calling_siptermination": CallPhase.PASSED_ON,
    "system_operation": CallPhase.SERVICE,
}
_AT_PLACES = tuple(dict.fromkeys(_PLACES.values()))
#: States in which the inside was reached: what follows is a hand-over.
_REACHED_BY = {"bridged": CallPhase.CONNECTED, **_PLACES}


class Names(NamedTuple):
    """Who is who, as the feed has told it."""

    channels: Mapping[str, Channel]
    users: Mapping[int, User]
    groups: Mapping[int, Group]
    naming: Mapping[str, tuple[str, ...]]  # UUIDs of the channels that name one as their other

    def user(self, user_id: int | None) -> str:
        user = self.users.get(user_id) if user_id is not None else None
        return (user.label or user.name) if user else ""

    def group(self, group_id: int | None) -> str:
        group = self.groups.get(group_id) if group_id is not None else None
        return (group.label or group.name) if group else ""

    def ringing_for(self, uuid: str) -> tuple[str, ...]:
        """Whose telephones ring for a leg."""
        made = [self.channels.get(each) for each in self.naming.get(uuid) or () if each != uuid]
        waiting = [self.user(c.user_id) for c in made if c and c.answered_at is None and c.hung_up_at is None]
        return tuple(sorted({name for name in waiting if name}))


def picture(before: LiveCall, channel: Channel, names: Names, *, gone: bool, unseen: bool) -> LiveCall:
    """The call as its channel now has it; the same object where that changes nothing. ``gone``: the PBX has removed it;
    ``unseen``: while the feed was lost."""
    call = before
    if (before.offered_at is None and channel.offered_at is not None) or (
        before.answered_at is None and channel.answered_at is not None
    ):
        call = _changed(
            before,
            offered_at=before.offered_at if before.offered_at is not None else channel.offered_at,
            answered_at=before.answered_at if before.answered_at is not None else channel.answered_at,
        )
    if channel.hung_up_at is not None or channel.hangup is not None or gone:
        return _ended(_at_stage(call, channel, names), channel, unseen=unseen and channel.hung_up_at is None)
    return _at_stage(call, channel, names)


_PLACE_OF = {field.name: place for place, field in enumerate(fields(LiveCall))}
_VALUES = attrgetter(*_PLACE_OF)


def _changed(call: LiveCall, **values: Any) -> LiveCall:
    """``dataclasses.replace`` in less than half its time, and the call itself where nothing differs."""
    known = _VALUES(call)
    now = list(known)
    for name, value in values.items():
        now[_PLACE_OF[name]] = value
    return call if tuple(now) == known else LiveCall(*now)


def recalled(call: LiveCall, late: Channel, names: Names) -> LiveCall:
    """What a late telling of a past state adds: that the inside had been reached, by whom last, and for how long. What
    the leg does now is then what followed, such as a hand-over: draw it anew."""
    state = late.state
    if state is None or state.at is None:
        return call
    phase = _REACHED_BY.get(state.name)
    if phase is not None:
        call = _changed(call, been=_been(call, phase))
    if phase is CallPhase.CONNECTED:
        return _connected_once(call, late, state.at, names)
    if call.talk_from is not None and call.talk_to is not None and call.talk_from < state.at < call.talk_to:
        call = _changed(call, talk_to=state.at)
    return call


def _connected_once(call: LiveCall, late: Channel, at: int, names: Names) -> LiveCall:
    if call.connected_at is None or at < call.connected_at:
        call = _changed(call, connected_at=at)
    if call.talk_from is None or at > call.talk_from:
        call = _changed(call, talk_from=at, talk_to=None, connected_with=_with_whom(late, names) or call.connected_with)
    return call


def told(before: LiveCall, after: LiveCall) -> Iterator[Milestone]:
    """What the time line gets for a change, each with the PBX's own time. Nothing for what was told already."""
    if after is before:
        return
    if before.offered_at is None and after.offered_at is not None:
        yield Milestone(after.uuid, CallPhase.RINGING, after.offered_at)
    if before.answered_at is None and after.answered_at is not None:
        yield Milestone(after.uuid, CallPhase.ANSWERED, after.answered_at, _after(after.offered_at, after.answered_at))
    if after.phase is not CallPhase.CONNECTED and after.talk_from not in (None, before.talk_from):
        yield from _stage_told(replace(after, phase=CallPhase.CONNECTED, stage_at=after.talk_from))
    if after.phase not in (before.phase, CallPhase.ENDED) or (
        after.phase is CallPhase.CONNECTED and after.connected_with != before.connected_with
    ):
        yield from _stage_told(after)
    if before.ended_by is None and after.ended_by is not None:
        data = {"by": after.ended_by.value, "cause": after.cause}
        if after.talked_ms is not None:
            data["talked_ms"] = str(after.talked_ms)
        yield Milestone(after.uuid, CallPhase.ENDED, after.ended_at or 0, {k: v for k, v in data.items() if v})


def kept(noted: LiveCall | None, before: LiveCall, after: LiveCall, *, listed: bool) -> LiveCall | None:
    """While lists that give names are still to come: the picture that the time line is left with, so that it gets what
    follows with its names. They are waited for until their lists come or the call goes on."""
    if after.ended_by is not None or (not listed and (noted is None or any(told(before, after)))):
        return None
    return noted or before


def _after(start: int | None, end: int) -> dict[str, str]:
    return {} if start is None else {"after_ms": str(max(0, end - start))}


def _stage_told(call: LiveCall) -> Iterator[Milestone]:
    at = call.stage_at
    if call.phase in (CallPhase.FOLLOWING, CallPhase.RINGING, CallPhase.ANSWERED) or at is None:
        return
    who = {
        CallPhase.CONNECTED: call.connected_with,
        CallPhase.DESTINATION_RINGING: ", ".join(call.ringing) or call.destination,
    }.get(call.phase, call.destination)
    yield Milestone(call.uuid, call.phase, at, {"who": who} if who else {})


def _at_stage(call: LiveCall, channel: Channel, names: Names) -> LiveCall:
    state = channel.state
    if state is None:
        return _without_state(call)
    if state.name == "bridged":
        return _connected(call, channel, state, names)
    if state.name == "calling":
        return _ringing_next(call, channel, state, names) if _rings_next(call, channel, state) else _without_state(call)
    if state.name in _PLACES:
        return _at_place(call, state, _PLACES[state.name], state.detail)
    if _taken(call, channel):  # an unknown state is not the one before it
        return _at_place(call, state, CallPhase.SERVICE, state.name)
    return _without_state(call)


def _taken(call: LiveCall, channel: Channel) -> bool:
    """Whether something inside has had the call."""
    return bool(call.been) or channel.last_bridged_user_id is not None


def _at_place(call: LiveCall, state: ChannelState, phase: CallPhase, name: str) -> LiveCall:
    at = state.at if state.at is not None else call.stage_at
    return _changed(
        call,
        phase=phase,
        destination="" if phase is CallPhase.MENU else name,  # its id is for machines
        stage_at=at,
        ringing=(),
        been=_been(call, phase),
        talk_to=_left(call, state),
    )


def _been(call: LiveCall, phase: CallPhase) -> tuple[CallPhase, ...]:
    return call.been if phase in call.been else (*call.been, phase)


def _left(call: LiveCall, state: ChannelState) -> int | None:
    """Until when it was connected, now that it is not."""
    return call.talk_to if call.talk_to is not None or call.talk_from is None else state.at


def _without_state(call: LiveCall) -> LiveCall:
    """The outside leg by itself: it rings, or has answered. Never a step back from further on."""
    if call.phase not in (CallPhase.FOLLOWING, CallPhase.RINGING):
        return call
    if call.answered_at is None:
        return _changed(call, phase=CallPhase.RINGING, stage_at=call.offered_at)
    return _changed(call, phase=CallPhase.ANSWERED, stage_at=call.answered_at)


def _rings_next(call: LiveCall, channel: Channel, state: ChannelState) -> bool:
    """Whether the PBX rings somebody for the number: inside, or outside after the number itself has answered."""
    if state.location == "int":
        return True
    answered = channel.answered_at if channel.answered_at is not None else call.connected_at
    later = answered is not None and state.at is not None and state.at > answered
    return later and state.address != channel.called_number


def _ringing_next(call: LiveCall, channel: Channel, state: ChannelState, names: Names) -> LiveCall:
    whom = names.user(state.user_id) or names.group(state.group_id) or state.address
    if not whom and channel.target is not None and state.location == "int":
        whom = channel.target.name
    handed_on = _taken(call, channel)
    return _changed(
        call,
        phase=CallPhase.TRANSFERRED if handed_on else CallPhase.DESTINATION_RINGING,
        destination=whom,
        destination_at=state.at if state.at is not None else call.destination_at,
        stage_at=state.at if state.at is not None else call.stage_at,
        ringing=names.ringing_for(call.uuid),
        been=_been(call, CallPhase.TRANSFERRED) if handed_on else call.been,
        talk_to=_left(call, state),
    )


def _connected(call: LiveCall, channel: Channel, state: ChannelState, names: Names) -> LiveCall:
    at = state.at if state.at is not None else (call.connected_at or call.answered_at)
    return _changed(
        call,
        phase=CallPhase.CONNECTED,
        connected_with=_with_whom(channel, names) or call.connected_with,
        connected_at=call.connected_at if call.connected_at is not None else at,
        destination="" if call.phase in _AT_PLACES else call.destination,  # taken from there by somebody else
        stage_at=at,
        destination_uuid=channel.other_uuid or call.destination_uuid,
        ringing=(),
        been=_been(call, CallPhase.CONNECTED),
        talk_from=at,
        talk_to=None,
    )


def _with_whom(channel: Channel, names: Names) -> str:
    """Who is on the other leg: a user, or an outside number it was handed on to. The user it was bridged to last
    (``last_bridged_user_id``) is somebody else where that leg is an outside one."""
    other, told = names.channels.get(channel.other_uuid), channel.other
    who = names.user(other.user_id if other is not None else None) or names.user(told.user_id if told else None)
    if who:
        return who
    if other is not None and other.peer_location == PeerLocation.EXTERNAL:
        return other.called_number or other.calling_name
    if told is not None and told.peer_location == PeerLocation.EXTERNAL and told.address:
        return told.address
    who = names.user(channel.last_bridged_user_id)
    return who or ((other.called_number or other.calling_name) if other is not None else "")


def _ended(call: LiveCall, channel: Channel, *, unseen: bool) -> LiveCall:
    hangup = channel.hangup
    return _changed(
        call,
        phase=CallPhase.ENDED,
        ended_at=channel.hung_up_at,
        ended_by=EndedBy.UNKNOWN if unseen or hangup is None else _by(hangup, call),
        cause=hangup.cause if hangup is not None else "",
        ringing=(),
    )


def _by(hangup: Hangup, call: LiveCall) -> EndedBy:
    """The sides are the PBX's: what it received came from the outside number. What it sent it did for whoever is
    connected, and else by itself."""
    if hangup.side.startswith("recv_"):
        return EndedBy.CALLER
    if not hangup.side.startswith("send_"):
        return EndedBy.UNTOLD
    return EndedBy.DESTINATION if call.phase is CallPhase.CONNECTED else EndedBy.PBX
