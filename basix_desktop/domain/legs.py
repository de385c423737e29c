"""The outside legs that are followed: each one's picture, and drawing it anew when something has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from basix_desktop.domain.feed import Channel
from basix_desktop.domain.live import LiveCall, Milestone
from basix_desktop.domain.picture import Drawn, Names, kept, picture, recalled, told
from basix_desktop.domain.records import quickly_made
from basix_desktop.domain.stages import Course
from basix_desktop.domain.versions import Versioned

#: Ended legs that are remembered, for attempts whose answer comes late. The oldest go first.
REMEMBERED = 500


@quickly_made
@dataclass(frozen=True, slots=True)
class Leg:
    """An outside leg: its picture, its channel as it was last told, and the course that the picture follows from.
    ``noted`` is the picture that the time line has, where that waits for names."""

    call: LiveCall
    channel: Channel
    course: Course
    noted: LiveCall | None = None

    @property
    def ended(self) -> bool:
        return self.call.ended_by is not None


#: By UUID, oldest first, ended ones included.
Legs = Versioned[str, Leg]


def redrawn(
    legs: Legs,
    channels: Sequence[Channel],
    names: Names,
    *,
    nameless: bool,
    gone: bool = False,
    unseen: bool = False,
    listed: bool = False,
) -> tuple[Legs, tuple[Milestone, ...]]:
    """These channels' legs as they now are, and what there is to tell of them. ``nameless``: lists that give names have
    not come yet. ``unseen``: they ended while nobody was listening. ``listed``: because a list has come."""
    milestones: list[Milestone] = []
    grown = False
    for channel in channels:
        leg = legs.get(channel.uuid)
        before = Drawn(leg.call, leg.course) if leg is not None else _undrawn(channel.uuid)
        if before.call.ended_by is not None:
            continue
        drawn = picture(before, channel, names, gone=gone, unseen=unseen)
        noted = leg.noted if leg is not None else None
        keeps = kept(noted, before.call, drawn.call, listed=listed) if nameless else None
        if drawn is before and leg is not None and leg.channel is channel and keeps is noted:
            continue
        legs = legs.having(channel.uuid, Leg(drawn.call, channel, drawn.course, keeps))
        grown |= leg is None
        if keeps is None:
            milestones += told(noted or before.call, drawn.call)
    return _within(legs) if grown else legs, tuple(milestones)


def with_late(legs: Legs, leg: Leg, late: Channel, names: Names) -> tuple[Legs, tuple[Milestone, ...]]:
    """With what a late telling adds to a leg's past."""
    before = Drawn(leg.call, leg.course)
    drawn = recalled(before, late, leg.channel, names)
    if drawn is before:
        return legs, ()
    legs = legs.having(late.uuid, Leg(drawn.call, leg.channel, drawn.course, leg.noted))
    return legs, tuple(told(leg.call, drawn.call)) if leg.noted is None else ()


def _undrawn(uuid: str) -> Drawn:
    call = LiveCall(uuid)
    return Drawn(call, Course(call))


def _within(legs: Legs) -> Legs:
    """Without the oldest ended ones, where there are too many."""
    if len(legs) <= REMEMBERED:
        return legs
    ended = (uuid for uuid, leg in legs.items() if leg.ended)
    for uuid in list(islice(ended, len(legs) - REMEMBERED)):
        legs = legs.without(uuid)
    return legs
