"""Whom in the company a channel or a destination names, as far as the feed's tables can tell."""

from __future__ import annotations

from dataclasses import dataclass

from basix_desktop.domain.feed import Channel
from basix_desktop.domain.tracker import Tables

USER, GROUP = "user", "group"


@dataclass(frozen=True, slots=True)
class Whom:
    """A user or a group as a channel names it; ``name`` and ``address`` only where the channel itself tells them."""

    kind: str
    id: int | None = None
    name: str = ""
    address: str = ""


def named(channel: Channel) -> Whom | None:
    """Whom a leg is to be connected to; None before it is told. A group comes before the member that it rings."""
    target, state = channel.target, channel.state
    if target is not None and target.type in (USER, GROUP):
        return Whom(target.type, target.id, target.name, target.address)
    inside = state if state is not None and state.name == "calling" and state.location == "int" else None
    group_id = inside.group_id if inside is not None and inside.group_id is not None else channel.group_id
    if group_id is not None:
        return Whom(GROUP, group_id)
    return Whom(USER, inside.user_id) if inside is not None and inside.user_id is not None else None


def meant(destination: str, tables: Tables) -> frozenset[tuple[str, int]]:
    """The users and groups that a destination is a name or the main extension of, as (kind, id)."""
    wanted = destination.casefold()
    users = ((USER, user.id) for user in tables.users.values() if wanted in _words(user.name, user.main_extension))
    groups = ((GROUP, one.id) for one in tables.groups.values() if wanted in _words(one.name, one.main_extension))
    return frozenset((*users, *groups))


def is_meant(destination: str, whom: Whom, tables: Tables) -> bool | None:
    """Whether it is the one; None where nobody can tell, since the tables do not know the destination: they have not
    come yet, or it is somebody's second extension."""
    if destination.casefold() in _words(whom.name, whom.address):
        return True
    known = meant(destination, tables)
    return (whom.kind, whom.id) in known if known else None


def _words(*words: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in words if word)
