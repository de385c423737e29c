"""What the inside did with a call, in the order of the PBX's own times, and the picture that follows from it.

A late telling is put where it belongs and the picture is drawn anew from the whole course: so neither the order in
which stages are heard nor how often changes anything (reliability.md M8).
"""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import Any, NamedTuple

from basix_desktop.domain.feed import ChannelState
from basix_desktop.domain.live import CallPhase, LiveCall

#: Stages of one call that are remembered one by one. Of earlier ones only the picture is known: late tellings of those
#: add nothing.
REMEMBERED = 64

#: Where the PBX itself takes a call, or passes it on to (basix-api.md 2.3).
PLACES = {
    "voicemail": CallPhase.VOICEMAIL,
    "checking_voicemail": CallPhase.VOICEMAIL,
    "park": CallPhase.PARKED,
    "ivr": CallPhase.MENU,
    "xml_ivr": CallPhase.MENU,
    "conference": CallPhase.CONFERENCE,
    "calling_siptermination": CallPhase.PASSED_ON,
    "system_operation": CallPhase.SERVICE,
}
_AT_PLACES = frozenset(PLACES.values())


class Stage(NamedTuple):
    """``phase`` is CONNECTED, DESTINATION_RINGING (TRANSFERRED, where somebody had the call before) or a place's.
    ``who`` is whom it is connected with, who is called, or what the place is named; ``sure``: the other leg tells so,
    not only whom it was bridged to last. ``taken``: somebody had had it by then. ``unheard_of``: a state that nobody
    knows, which is a place only once somebody has had the call."""

    at: int | None
    state: str
    phase: CallPhase
    who: str = ""
    other_uuid: str = ""
    sure: bool = False
    taken: bool = False
    unheard_of: bool = False

    def is_again(self, stage: Stage) -> bool:
        """Whether both are tellings of one stage."""
        return self.at == stage.at and self.state == stage.state


class Course(NamedTuple):
    """``start`` is the picture before the first of ``stages``."""

    start: LiveCall
    stages: tuple[Stage, ...] = ()

    def going_on(self, stage: Stage) -> Course:
        """With its newest stage, which may be told again by then."""
        stages = self.stages
        if stages and stages[-1].is_again(stage):
            return self if stages[-1] == stage else Course(self.start, (*stages[:-1], stage))
        if len(stages) < REMEMBERED:
            return Course(self.start, (*stages, stage))
        return Course(after(self.start, stages[0]), (*stages[1:], stage))

    def recalling(self, stage: Stage) -> Course:
        """With a stage that was told late; the same where it is known, or from before everything that is remembered."""
        stages = self.stages
        if stage.at is None or any(each.is_again(stage) for each in stages):
            return self
        rings = stage.phase is CallPhase.DESTINATION_RINGING  # before what took it at once
        place = len(stages)
        while place and (stages[place - 1].at or 0) + rings > stage.at:
            place -= 1
        if len(stages) >= REMEMBERED and not place:
            return self
        stages = (*stages[:place], stage, *stages[place:])
        if len(stages) > REMEMBERED:
            return Course(after(self.start, stages[0]), stages[1:])
        return Course(self.start, stages)

    def has_passed(self, state: ChannelState) -> bool:
        """Whether this was told before the newest stage."""
        return any(each.at == state.at and each.state == state.name for each in self.stages[:-1])


def after(call: LiveCall, stage: Stage, ringing: tuple[str, ...] = ()) -> LiveCall:
    """The picture that a stage makes of ``call``. ``ringing`` are those whose telephones ring in it."""
    if stage.phase is CallPhase.CONNECTED:
        return _connected(call, stage)
    if stage.phase is CallPhase.DESTINATION_RINGING:
        return _ringing_next(call, stage, ringing)
    if stage.unheard_of and not (call.been or stage.taken):
        return call
    at = stage.at if stage.at is not None else call.stage_at
    return changed(
        call,
        phase=stage.phase,
        destination=stage.who,
        stage_at=at,
        ringing=(),
        been=_been(call, stage.phase),
        talk_to=_left(call, stage),
    )


def _connected(call: LiveCall, stage: Stage) -> LiveCall:
    at = stage.at if stage.at is not None else (call.connected_at or call.answered_at)
    return changed(
        call,
        phase=CallPhase.CONNECTED,
        connected_with=stage.who or call.connected_with,
        connected_at=call.connected_at if call.connected_at is not None else at,
        destination="" if call.phase in _AT_PLACES else call.destination,  # taken from there by somebody else
        stage_at=at,
        destination_uuid=stage.other_uuid or call.destination_uuid,
        ringing=(),
        been=_been(call, CallPhase.CONNECTED),
        talk_from=at,
        talk_to=None,
    )


def _ringing_next(call: LiveCall, stage: Stage, ringing: tuple[str, ...]) -> LiveCall:
    handed_on = bool(call.been) or stage.taken
    return changed(
        call,
        phase=CallPhase.TRANSFERRED if handed_on else CallPhase.DESTINATION_RINGING,
        destination=stage.who,
        destination_at=stage.at if stage.at is not None else call.destination_at,
        stage_at=stage.at if stage.at is not None else call.stage_at,
        ringing=ringing,
        been=_been(call, CallPhase.TRANSFERRED) if handed_on else call.been,
        talk_to=_left(call, stage),
    )


def _been(call: LiveCall, phase: CallPhase) -> tuple[CallPhase, ...]:
    return call.been if phase in call.been else (*call.been, phase)


def _left(call: LiveCall, stage: Stage) -> int | None:
    """Until when it was connected, now that it is not."""
    return call.talk_to if call.talk_to is not None or call.talk_from is None else stage.at


_PLACE_OF = {field.name: place for place, field in enumerate(fields(LiveCall))}
_VALUES = attrgetter(*_PLACE_OF)


def changed(call: LiveCall, **values: Any) -> LiveCall:
    """``dataclasses.replace`` in less than half its time, and the call itself where nothing differs."""
    known = _VALUES(call)
    now = list(known)
    for name, value in values.items():
        now[_PLACE_OF[name]] = value
    return call if tuple(now) == known else LiveCall(*now)
