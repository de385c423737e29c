"""Which outside leg an attempt that may have been placed has made: exactly one, or nobody can tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from basix_desktop.domain.calls import Attempt, EndUser
from basix_desktop.domain.feed import Channel
from basix_desktop.domain.numbers import number_key
from basix_desktop.domain.tracker import Tables, is_outside_leg

#: Milliseconds around the moment of sending in which a leg of ours is offered.
BEFORE, AFTER = 2_000, 60_000
METHOD = "call_external"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A leg, and when it was offered by our clock (milliseconds)."""

    channel: Channel
    offered: int


def matching(
    attempt: Attempt, sent_at: int, sightings: Iterable[Sighting], tables: Tables, *, home: str, held: frozenset[str]
) -> list[Sighting]:
    """The legs that may be this attempt's: made through the API, outbound, external, to the same number in its window,
    to the same destination and end user where the feed has them, and no other attempt's (``held``)."""
    wanted = number_key(attempt.request.number, home)
    return [
        sighting
        for sighting in sightings
        if is_outside_leg(sighting.channel)
        and sighting.channel.uuid not in held
        and in_window(sent_at, sighting.offered)
        and _by_api(sighting.channel)
        and number_key(sighting.channel.called_number, home) == wanted
        and _same_destination(attempt.request.destination, sighting.channel, tables)
        and _same_end_user(attempt.request.end_user, sighting.channel.end_users)
    ]


def in_window(sent_at: int, offered: int) -> bool:
    """Whether a leg offered then may come of an attempt sent at that time (milliseconds)."""
    return sent_at - BEFORE <= offered <= sent_at + AFTER


def _by_api(channel: Channel) -> bool:
    """Somebody dialling the same number on a telephone has no origination."""
    return any(METHOD in part for part in channel.origination)


def _same_destination(destination: str, channel: Channel, tables: Tables) -> bool:
    """True unless the feed names another destination. Before the number answers it names none."""
    names = {name.casefold() for name in _destinations(channel, tables) if name}
    return not names or destination.casefold() in names


def _destinations(channel: Channel, tables: Tables) -> Iterable[str]:
    state, target = channel.state, channel.target
    if target is not None and target.type in ("user", "group"):
        yield target.name
        yield target.address
        yield from _of(
            tables, target.id if target.type == "user" else None, target.id if target.type == "group" else None
        )
    if state is not None and state.name == "calling" and state.location == "int":
        yield state.address
        yield from _of(tables, state.user_id, state.group_id)
    if channel.group_id is not None:
        yield from _of(tables, None, channel.group_id)


def _of(tables: Tables, user_id: int | None, group_id: int | None) -> Iterable[str]:
    for one in (tables.users.get(user_id or -1), tables.groups.get(group_id or -1)):
        if one is not None:
            yield one.name
            yield one.main_extension


def _same_end_user(wanted: EndUser, told: tuple[EndUser, ...]) -> bool:
    if not told:
        return True
    return any(_key(one) == _key(wanted) for one in told)


def _key(person: EndUser) -> tuple[str, ...]:
    return (person.id, person.name, person.organization, person.prefecture)
