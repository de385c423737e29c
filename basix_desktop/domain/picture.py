"""One outside leg as people see it: ringing, answered, who rings inside, connected with whom, ended by whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any, NamedTuple

from basix_desktop.domain.feed import Channel, ChannelState, Group, Hangup, User
from basix_desktop.domain.live import CallPhase, EndedBy, LiveCall, Milestone

#: States and phases in which the inside was reached already: what follows is a hand-over.
_REACHED_STATES = ("bridged", "voicemail", "checking_voicemail", "park")
_LEFT = {"voicemail": CallPhase.VOICEMAIL, "checking_voicemail": CallPhase.VOICEMAIL, "park": CallPhase.PARKED}
_REACHED = (CallPhase.CONNECTED, CallPhase.TRANSFERRED, CallPhase.PARKED, CallPhase.VOICEMAIL)


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


_NAMES = tuple(field.name for field in fields(LiveCall))
_VALUES = attrgetter(*_NAMES)


def _changed(call: LiveCall, **values: Any) -> LiveCall:
    """``dataclasses.replace`` in half its time, and the call itself where nothing differs."""
    for name, value in values.items():
        if getattr(call, name) != value:
            return LiveCall(**dict(zip(_NAMES, _VALUES(call), strict=True), **values))
    return call


def recalled(call: LiveCall, channel: Channel) -> LiveCall:
    """What a late telling of a past state adds: that the inside had been reached, and since when. What rings now is
    then a hand-over."""
    state = channel.state
    if state is None or state.at is None or state.name not in _REACHED_STATES:
        return call
    if call.phase is CallPhase.DESTINATION_RINGING:
        call = replace(call, phase=CallPhase.TRANSFERRED)
    if state.name == "bridged" and (call.connected_at is None or state.at < call.connected_at):
        call = replace(call, connected_at=state.at)
    return call


def told(before: LiveCall, after: LiveCall) -> Iterator[Milestone]:
    """What the time line gets for a change, each with the PBX's own time. Nothing for what was told already."""
    if after is before:
        return
    if before.phase is CallPhase.FOLLOWING and after.offered_at is not None:
        yield Milestone(after.uuid, CallPhase.RINGING, after.offered_at)
    if before.answered_at is None and after.answered_at is not None:
        yield Milestone(after.uuid, CallPhase.ANSWERED, after.answered_at, _after(after.offered_at, after.answered_at))
    if before.connected_at is None and after.connected_at is not None and after.phase is not CallPhase.CONNECTED:
        yield from _stage_told(replace(after, phase=CallPhase.CONNECTED, stage_at=after.connected_at))
    if after.phase not in (before.phase, CallPhase.ENDED) or (
        after.phase is CallPhase.CONNECTED and after.connected_with != before.connected_with
    ):
        yield from _stage_told(after)
    if before.ended_by is None and after.ended_by is not None:
        data = {"by": after.ended_by.value, "cause": after.cause}
        if after.talked_ms is not None:
            data["talked_ms"] = str(after.talked_ms)
        yield Milestone(after.uuid, CallPhase.ENDED, after.ended_at or 0, {k: v for k, v in data.items() if v})


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
    if state.name == "calling" and state.location == "int":
        return _ringing_inside(call, channel, state, names)
    if state.name in _LEFT:
        at = state.at if state.at is not None else call.stage_at
        return _changed(call, phase=_LEFT[state.name], destination=state.detail, stage_at=at, ringing=())
    return _without_state(call)


def _without_state(call: LiveCall) -> LiveCall:
    """The outside leg by itself: it rings, or has answered. Never a step back from further on."""
    if call.phase not in (CallPhase.FOLLOWING, CallPhase.RINGING):
        return call
    if call.answered_at is None:
        return _changed(call, phase=CallPhase.RINGING, stage_at=call.offered_at)
    return _changed(call, phase=CallPhase.ANSWERED, stage_at=call.answered_at)


def _ringing_inside(call: LiveCall, channel: Channel, state: ChannelState, names: Names) -> LiveCall:
    whom = names.user(state.user_id) or names.group(state.group_id) or state.address
    if not whom and channel.target is not None:
        whom = channel.target.name
    handed_on = call.phase in _REACHED or channel.last_bridged_user_id is not None
    return _changed(
        call,
        phase=CallPhase.TRANSFERRED if handed_on else CallPhase.DESTINATION_RINGING,
        destination=whom,
        destination_at=state.at if state.at is not None else call.destination_at,
        stage_at=state.at if state.at is not None else call.stage_at,
        ringing=names.ringing_for(call.uuid) or call.ringing,
    )


def _connected(call: LiveCall, channel: Channel, state: ChannelState, names: Names) -> LiveCall:
    other = names.channels.get(channel.other_uuid)
    candidates = (
        other.user_id if other is not None else None,
        channel.other.user_id if channel.other is not None else None,
        channel.last_bridged_user_id,
    )
    who = next((name for name in map(names.user, candidates) if name), "")
    if not who and other is not None:
        who = other.called_number or other.calling_name
    at = state.at if state.at is not None else (call.connected_at or call.answered_at)
    return _changed(
        call,
        phase=CallPhase.CONNECTED,
        connected_with=who or call.connected_with,
        connected_at=call.connected_at if call.connected_at is not None else at,
        stage_at=at,
        destination_uuid=channel.other_uuid or call.destination_uuid,
        ringing=(),
    )


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
    inside, once they were connected, and by itself before."""
    if hangup.side.startswith("recv_"):
        return EndedBy.CALLER
    return EndedBy.DESTINATION if call.connected_at is not None else EndedBy.PBX
