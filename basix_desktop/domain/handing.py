"""Whether a call has been handed on as asked. The feed answers no command (basix-api.md 2.4), and a call moves on by
itself too: somebody picks up, a hunt goes to the next member."""

from __future__ import annotations

from collections.abc import Iterator

from basix_desktop.domain.feed import Channel
from basix_desktop.domain.legs import Leg
from basix_desktop.domain.live import UNTOLD, CallPhase
from basix_desktop.domain.tracker import Tables
from basix_desktop.domain.whom import GROUP, USER, meant


def handed_on(before: Leg, now: Leg, destination: str, tables: Tables) -> bool:
    """Whether a leg has come into a state since ``before`` that shows it: it is at the wanted destination, or it was
    with somebody and now waits for somebody else."""
    if now.channel.state is None or now.channel.state == before.channel.state:
        return False
    if now.call.phase is CallPhase.TRANSFERRED and before.call.phase is not CallPhase.TRANSFERRED:
        return True
    if now.call.phase in UNTOLD and before.call.phase not in UNTOLD:
        return True  # a menu or a conference, which no call comes to by itself
    wanted = destination.casefold()
    if wanted in (now.channel.state.address.casefold(), now.channel.state.detail.casefold()):
        return True  # an extension, or a parking place
    return not meant(destination, tables).isdisjoint(_where(now.channel, tables))


def _where(channel: Channel, tables: Tables) -> Iterator[tuple[str, int]]:
    """Whom the leg rings or is with."""
    state, ids = channel.state, list[tuple[str, int | None]]()
    if state is not None and state.name == "bridged":
        other, told = tables.channels.get(channel.other_uuid), channel.other
        if other is not None:
            ids += [(USER, other.user_id), (GROUP, other.group_id)]
        elif told is not None:
            ids += [(USER, told.user_id), (GROUP, told.group_id)]
        else:
            ids.append((USER, channel.last_bridged_user_id))
    elif state is not None:
        ids += [(USER, state.user_id), (GROUP, state.group_id)]
    return ((kind, each) for kind, each in ids if each is not None)
