"""Which outside leg an attempt that may have been placed has made: exactly one, or nobody can tell.

The rule. A leg *contradicts* if it is no outside leg (inbound, internal), goes to another number, was known before the
attempt was sent or was not offered in its window, or is held by another attempt. Every other leg is a *candidate*: it
may be ours, however little speaks for it, since a PBX hunts, forwards, and fills in callers from its own lists.

A candidate *proves* that the call was placed if the feed says that ``call_external`` made it and to this number, and
names neither another destination nor another caller than we sent. What the feed does not have speaks against nothing,
but a leg that names no method proves nothing: a colleague who dials the same number by hand and hands the call on to
the same destination looks just like that.

It is ours if no other candidate can be. Another one cannot if it names no ``call_external`` though this PBX does name
it; or if it is made for somebody else, or for another caller, where this one is for ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from basix_desktop.domain.calls import Attempt, EndUser
from basix_desktop.domain.feed import Channel
from basix_desktop.domain.numbers import number_key
from basix_desktop.domain.tracker import Tables, is_outside_leg
from basix_desktop.domain.whom import Whom, is_meant

#: Milliseconds around the moment of sending in which a leg of ours is offered.
BEFORE, AFTER = 2_000, 60_000
METHOD = "call_external"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A leg as it was last told. ``seen``: when we first heard of it, by our clock (milliseconds). ``watched``: we
    looked on when it was offered, just then. ``whom``: the first destination it named, since calls are handed on."""

    channel: Channel
    seen: int
    watched: bool = True
    whom: Whom | None = None

    @property
    def offered(self) -> int:
        """Milliseconds; by the PBX's clock only where there is nothing better."""
        told = None if self.watched else self.channel.offered_at
        return self.seen if told is None else told


def candidates(attempt: Attempt, sent_at: int, sightings: Iterable[Sighting], *, home: str) -> list[Sighting]:
    """The legs that do not contradict, those of other attempts included."""
    wanted = number_key(attempt.request.number, home)
    return [
        one
        for one in sightings
        if in_time(sent_at, one)
        and is_outside_leg(one.channel)
        and (not one.channel.called_number or number_key(one.channel.called_number, home) == wanted)
    ]


def is_another_number(called: str, attempt: Attempt, home: str) -> bool:
    """Whether a leg's called number is not the attempt's, however it is written, also where the + before the country is
    missing. What is no number speaks against nothing."""
    wanted = {attempt.request.number, attempt.number_key, number_key(attempt.request.number, home)}
    key = number_key(called, home)
    if called in wanted or key in wanted or not re.fullmatch(r"\+?[0-9]+", key):
        return False
    return number_key(f"+{called}", home) not in wanted


def in_time(sent_at: int, sighting: Sighting) -> bool:
    """Whether a leg may come of an attempt sent at that time (milliseconds)."""
    return sighting.seen >= sent_at - BEFORE and sent_at - BEFORE <= sighting.offered <= sent_at + AFTER


def ours(attempt: Attempt, found: Sequence[Sighting], tables: Tables) -> Sighting | None:
    """The one of the candidates ``found`` that is this attempt's; None where nobody can tell."""
    compared = [(one, _compare(attempt, one, tables)) for one in found]
    proofs = [(one, mine) for one, mine in compared if mine.proves]
    if len(proofs) != 1:
        return None
    proof, mine = proofs[0]
    return proof if all(other.excluded_by(mine) for one, other in compared if one is not proof) else None


@dataclass(frozen=True, slots=True)
class _Likeness:
    """What a candidate has of what we asked for; None where the feed does not tell."""

    by_api: bool
    number: bool
    destination: bool | None
    caller: bool | None
    watched: bool
    legible: bool  # whom it names can be looked up, or it names nobody

    @property
    def proves(self) -> bool:
        told = self.by_api and self.number and self.legible
        return told and self.destination is not False and self.caller is not False

    def excluded_by(self, mine: _Likeness) -> bool:
        """Whether this cannot be ours, beside one that proves. Whom a leg was made for is known only if it was
        watched: who has it now may have been handed it."""
        elsewhere = self.watched and self.destination is False and mine.destination is True
        return not self.by_api or elsewhere or (self.caller is False and mine.caller is True)


def _compare(attempt: Attempt, sighting: Sighting, tables: Tables) -> _Likeness:
    channel, request, whom = sighting.channel, attempt.request, sighting.whom
    destination = is_meant(request.destination, whom, tables) if whom is not None else None
    return _Likeness(
        by_api=any(METHOD in part for part in channel.origination),
        number=bool(channel.called_number),
        destination=destination,
        caller=_same_caller(request.end_user, channel.end_users),
        watched=sighting.watched,
        legible=whom is None or destination is not None or bool(tables.users and tables.groups),
    )


def _same_caller(sent: EndUser, told: tuple[EndUser, ...]) -> bool | None:
    """By what was sent: the PBX may know more, and may name the avatar by a path of its own."""
    if not told:
        return None
    return any(all(part in ("", has) for part, has in zip(_parts(sent), _parts(one), strict=True)) for one in told)


def _parts(person: EndUser) -> tuple[str, ...]:
    return (person.id, person.name, person.organization, person.prefecture)
