"""Who is ready to take a call, from the feed's tables (issue: do-not-disturb, forwarding, log-in, channels in use).

What the PBX does not tell is not known, which is no reason to warn: a PBX that names no members has no empty groups,
and one that calls every telephone unregistered does not say which are (the vendor's own description of terminals:
"implementation pending").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from basix_desktop.domain.feed import Channel, Direction, Group, GroupMember, PeerLocation, Terminal, User
from basix_desktop.domain.live import Person, Readiness, Ready
from basix_desktop.domain.tracker import Tables

_AWAY_WORDS = frozenset({"away", "offline", "unavailable", "logged_out"})
_FREE, _AWAY, _UNKNOWN = Readiness(Ready.FREE), Readiness(Ready.AWAY), Readiness()
_DO_NOT_DISTURB, _FORWARDED = Readiness(Ready.DO_NOT_DISTURB), Readiness(Ready.FORWARDED)


def tells_of_telephones(tables: Tables) -> bool:
    """Whether this PBX is seen to keep account of which telephones are registered."""
    return any(phone.registered for phone in tables.terminals.values())


def people(tables: Tables, before: Iterable[Person] = (), *, telephones: bool = False) -> tuple[Person, ...]:
    """Every user and group that can be a destination, by label. One pass over each table. Who is as ``before`` stays
    the same object, so that comparing thousands costs next to nothing. ``telephones``: it was seen earlier to keep
    account of them; all may have gone since."""
    believed = telephones or tells_of_telephones(tables)
    used: dict[int, list[Channel]] = defaultdict(list)
    for channel in tables.channels.values():
        if channel.user_id is not None and channel.hung_up_at is None:
            used[channel.user_id].append(channel)
    phones: dict[int, list[Terminal]] = defaultdict(list)
    for terminal in tables.terminals.values() if believed else ():
        if terminal.user_id is not None:
            phones[terminal.user_id].append(terminal)
    ready = {user.id: of_user(user, used.get(user.id, ()), phones.get(user.id, ())) for user in tables.users.values()}
    found = [
        Person(*_called(user), user.main_extension, False, ready[user.id])
        for user in tables.users.values()
        if user.name or user.main_extension
    ]
    members: dict[int, list[GroupMember]] = defaultdict(list)
    for member in tables.members.values():
        members[member.group_id].append(member)
    found += [
        _group(group, _one_each(members.get(group.id, ())), ready, tables.users, told=bool(members))
        for group in tables.groups.values()
        if group.name or group.main_extension
    ]
    same = {(person.is_group, person.name): person for person in before}
    kept = (old if (old := same.get((new.is_group, new.name))) == new and old is not None else new for new in found)
    return tuple(sorted(kept, key=lambda person: (person.label.casefold(), person.name)))


def of_user(user: User, channels: Iterable[Channel], phones: Iterable[Terminal]) -> Readiness:
    """What would keep a call from reaching somebody comes before what merely keeps them busy."""
    if user.do_not_disturb:
        return _DO_NOT_DISTURB
    if user.forward_always:
        return _FORWARDED
    talking, ringing = _in_use(channels)
    if talking:
        return Readiness(Ready.BUSY, since=min(talking))
    if ringing:
        return Readiness(Ready.RINGING, since=min(ringing))
    registered = [phone.registered for phone in phones if phone.registered is not None]
    if user.presence.casefold() in _AWAY_WORDS or (registered and not any(registered)):
        return _AWAY
    return _FREE


def _in_use(channels: Iterable[Channel]) -> tuple[list[int], list[int]]:
    """Since when somebody talks, and since when their telephone rings. A telephone that itself is calling talks."""
    talking: list[int] = []
    ringing: list[int] = []
    for channel in channels:
        is_offered = channel.direction == Direction.OUTBOUND and channel.peer_location == PeerLocation.INTERNAL
        if channel.answered_at is None and is_offered:
            ringing.append(channel.offered_at or 0)
        else:
            talking.append(channel.answered_at or channel.offered_at or 0)
    return talking, ringing


def _one_each(members: Iterable[GroupMember]) -> list[GroupMember]:
    """One row for each person, logged in if any of theirs is, at the place where they are rung first."""
    found: dict[int, GroupMember] = {}
    for member in sorted(members, key=_order):
        known = found.setdefault(member.user_id, member)
        if known.logged_in is False and member.logged_in is not False:
            found[member.user_id] = replace(known, logged_in=member.logged_in)
    return list(found.values())


def _group(
    group: Group,
    members: Sequence[GroupMember],
    ready: Mapping[int, Readiness],
    users: Mapping[int, User],
    *,
    told: bool,
) -> Person:
    """Who is logged in counts, where the group asks for it; others are not rung. Not known before the PBX has ``told``
    who belongs to groups, and where only somebody it has not told of may be free."""
    counted = [member for member in members if member.logged_in is not False or not group.check_login]
    known = [member.user_id for member in counted if member.user_id in ready]
    states = [ready[user_id].ready for user_id in known]
    free = states.count(Ready.FREE)
    # while one rings, "all on calls" is not true of them
    state = next((each for each in (Ready.FREE, Ready.RINGING, Ready.BUSY) if each in states), Ready.AWAY)
    readiness = Readiness(state, free=free, members=len(known))
    if not told or (not free and len(known) < len(counted)):
        readiness = _UNKNOWN
    names = tuple(users[user_id].label or users[user_id].name for user_id in known)
    return Person(*_called(group), group.main_extension, True, readiness, names)


def _called(one: User | Group) -> tuple[str, str]:
    """Name and label. An extension is a destination too, for who has no name."""
    name = one.name or one.main_extension
    return name, one.label or name


def _order(member: GroupMember) -> tuple[int, int]:
    return (member.priority if member.priority is not None else 1_000_000, member.id)
