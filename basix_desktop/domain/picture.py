"""One outside leg as people see it: ringing, answered, who rings inside, connected with whom, ended by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from basix_desktop.domain.feed import HANGUP, Channel, ChannelState, Group, Hangup, PeerLocation, User
from basix_desktop.domain.live import CallPhase, EndedBy, LiveCall, Milestone
from basix_desktop.domain.stages import PLACES, Course, Stage, after, changed

_BEFORE_STAGES = (CallPhase.FOLLOWING, CallPhase.RINGING, CallPhase.ANSWERED)


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


class Drawn(NamedTuple):
    """A call's picture, and the course that it follows from."""

    call: LiveCall
    course: Course


def picture(before: Drawn, channel: Channel, names: Names, *, gone: bool, unseen: bool) -> Drawn:
    """The call as its channel now has it; the same picture where that changes nothing. ``gone``: the PBX has removed
    it; ``unseen``: while the feed was lost."""
    call, course = before
    offered, answered = call.offered_at, call.answered_at
    if (offered is None and channel.offered_at is not None) or (answered is None and channel.answered_at is not None):
        call = changed(
            call,
            offered_at=offered if offered is not None else channel.offered_at,
            answered_at=answered if answered is not None else channel.answered_at,
        )
    last = course.stages[-1] if course.stages else None
    stage = _stage(channel, names, call, last)
    if stage is not None:
        ringing = names.ringing_for(call.uuid) if stage.phase is CallPhase.DESTINATION_RINGING else ()
        untimed = stage.at is None and call is not before.call  # then it is as old as the answer
        if stage != last or ringing != call.ringing or untimed:
            course = course.going_on(stage)
            call = after(call, stage, ringing)
    if call.phase is CallPhase.FOLLOWING or call.phase is CallPhase.RINGING:
        call = _by_itself(call)
    if gone or channel.hung_up_at is not None or channel.last_event == HANGUP:
        call = _ended(call, channel, unseen=unseen and channel.hung_up_at is None)
    return before if call is before.call and course is before.course else Drawn(call, course)


def recalled(before: Drawn, late: Channel, channel: Channel, names: Names) -> Drawn:
    """With what a late telling of a past state adds, such as that the inside had been reached, and by whom.
    ``channel`` is the leg's as it is now."""
    stage = _stage(late, names, before.call, None)
    course = before.course.recalling(stage) if stage is not None else before.course
    if course is before.course:
        return before
    call = changed(course.start, offered_at=before.call.offered_at, answered_at=before.call.answered_at)
    call = _by_itself(call)
    for each in course.stages:
        call = after(call, each)
    return picture(Drawn(call, course), channel, names, gone=False, unseen=False)


def told(before: LiveCall, after: LiveCall) -> list[Milestone]:
    """What the time line gets for a change, each with the PBX's own time. Nothing for what was told already."""
    found: list[Milestone] = []
    if after is before:
        return found
    phase, uuid = after.phase, after.uuid
    if before.offered_at is None and after.offered_at is not None:
        found.append(Milestone(uuid, CallPhase.RINGING, after.offered_at))
    if before.answered_at is None and after.answered_at is not None:
        since = _after(after.offered_at, after.answered_at)
        found.append(Milestone(uuid, CallPhase.ANSWERED, after.answered_at, since))
    if phase is not CallPhase.CONNECTED and after.talk_from is not None and after.talk_from != before.talk_from:
        found += _stage_told(replace(after, phase=CallPhase.CONNECTED, stage_at=after.talk_from))
    if (phase is not before.phase and phase is not CallPhase.ENDED) or (
        phase is CallPhase.CONNECTED and after.connected_with != before.connected_with
    ):
        found += _stage_told(after)
    if before.ended_by is None and after.ended_by is not None:
        data = {"by": after.ended_by.value, "cause": after.cause}
        if after.talked_ms is not None:
            data["talked_ms"] = str(after.talked_ms)
        found.append(Milestone(uuid, CallPhase.ENDED, after.ended_at or 0, {k: v for k, v in data.items() if v}))
    return found


def kept(noted: LiveCall | None, before: LiveCall, after: LiveCall, *, listed: bool) -> LiveCall | None:
    """While lists that give names are still to come: the picture that the time line is left with, so that it gets what
    follows with its names. They are waited for until their lists come or the call goes on."""
    if after.ended_by is not None or (not listed and (noted is None or told(before, after))):
        return None
    return noted or before


def _after(start: int | None, end: int) -> dict[str, str]:
    return {} if start is None else {"after_ms": str(max(0, end - start))}


def _stage_told(call: LiveCall) -> tuple[Milestone, ...]:
    at = call.stage_at
    if at is None or call.phase in _BEFORE_STAGES:
        return ()
    who = call.destination
    if call.phase is CallPhase.CONNECTED:
        who = call.connected_with
    elif call.phase is CallPhase.DESTINATION_RINGING:
        who = ", ".join(call.ringing) or who
    return (Milestone(call.uuid, call.phase, at, {"who": who} if who else {}),)


def _stage(channel: Channel, names: Names, call: LiveCall, last: Stage | None) -> Stage | None:
    """What the inside does with ``call``, None while the outside leg is by itself. ``last`` is the newest stage that is
    known: the name that it has stays, where this telling of it has a less certain one, or none."""
    state = channel.state
    if state is None:
        return None
    if state.name == "bridged":
        return _connected(channel, state, names, last)
    if state.name == "calling":
        return _ringing_next(channel, state, names) if _rings_next(channel, state, call) else None
    taken = channel.last_bridged_user_id is not None
    phase = PLACES.get(state.name)
    if phase is None:  # an unknown state is not the one before it
        return Stage(state.at, state.name, CallPhase.SERVICE, state.name, taken=taken, unheard_of=True)
    who = "" if phase is CallPhase.MENU else state.detail  # a menu's id is for machines
    return Stage(state.at, state.name, phase, who, taken=taken)


def _by_itself(call: LiveCall) -> LiveCall:
    """The outside leg where nothing is known inside: it rings, or has answered. Never a step back from further on."""
    if call.phase not in (CallPhase.FOLLOWING, CallPhase.RINGING):
        return call
    if call.answered_at is None:
        return changed(call, phase=CallPhase.RINGING, stage_at=call.offered_at)
    return changed(call, phase=CallPhase.ANSWERED, stage_at=call.answered_at)


def _rings_next(channel: Channel, state: ChannelState, call: LiveCall) -> bool:
    """Whether the PBX rings somebody for the number: inside, or outside after the number itself has answered."""
    if state.location == "int":
        return True
    answered = channel.answered_at if channel.answered_at is not None else call.connected_at
    later = answered is not None and state.at is not None and state.at > answered
    return later and state.address != channel.called_number


def _ringing_next(channel: Channel, state: ChannelState, names: Names) -> Stage:
    whom = names.user(state.user_id) or names.group(state.group_id) or state.address
    if not whom and channel.target is not None and state.location == "int":
        whom = channel.target.name
    taken = channel.last_bridged_user_id is not None
    return Stage(state.at, state.name, CallPhase.DESTINATION_RINGING, whom, taken=taken)


def _connected(channel: Channel, state: ChannelState, names: Names, last: Stage | None) -> Stage:
    who, sure = _with_whom(channel, names)
    stage = Stage(state.at, state.name, CallPhase.CONNECTED, who, channel.other_uuid, sure, taken=True)
    if last is None or not last.is_again(stage) or stage.other_uuid not in ("", last.other_uuid):
        return stage
    if not who or (last.sure and not sure):  # the other leg is gone since
        return stage._replace(who=last.who, sure=last.sure)
    return stage


def _with_whom(channel: Channel, names: Names) -> tuple[str, bool]:
    """Who is on the other leg: a user, or an outside number it was handed on to; and whether that leg tells so. The
    user it was bridged to last (``last_bridged_user_id``) is somebody else where that leg is an outside one."""
    other, told = names.channels.get(channel.other_uuid), channel.other
    who = names.user(other.user_id if other is not None else None) or names.user(told.user_id if told else None)
    if who:
        return who, True
    if other is not None and other.peer_location == PeerLocation.EXTERNAL:
        return other.called_number or other.calling_name, True
    if told is not None and told.peer_location == PeerLocation.EXTERNAL and told.address:
        return told.address, True
    who = names.user(channel.last_bridged_user_id)
    return who or ((other.called_number or other.calling_name) if other is not None else ""), False


def _ended(call: LiveCall, channel: Channel, *, unseen: bool) -> LiveCall:
    hangup = channel.hangup
    return changed(
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
