"""From the feed's messages to the live picture: a pure reducer, ``(live, message) -> (live, milestones)``.

Every outside leg the PBX offers is tracked, whoever asked for it: a leg may be told of before the answer to the request
that made it (reliability.md M13), and an attempt that may have been placed looks for its leg among them. Duplicates and
late messages change nothing: times once known stay, an older state never replaces a newer one, the end is final (M8).
A connection's first list of channels may be older than events that came before it: what those told of stays.

A busy PBX tells a thousand times a second: tables are ``Versioned``, so that a message costs what it changes, not what
there is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from basix_desktop.domain.feed import (
    CHANNELS_FOLLOW,
    Change,
    Channel,
    Direction,
    Element,
    ElementEvent,
    Group,
    GroupMember,
    Message,
    PeerLocation,
    Snapshot,
    Terminal,
    User,
)
from basix_desktop.domain.live import LiveCall, Milestone
from basix_desktop.domain.naming import Naming, naming_of, renamed, unnamed
from basix_desktop.domain.picture import Drawn, Names, kept, picture, recalled, told
from basix_desktop.domain.stages import Course
from basix_desktop.domain.tellings import newer, older, same
from basix_desktop.domain.versions import K, V, Versioned

#: Ended legs that are remembered, for attempts whose answer comes late; and inside legs that are gone, so that a late
#: telling does not bring one back. The oldest go first.
REMEMBERED = 500

_OUTBOUND, _EXTERNAL = Direction.OUTBOUND.value, PeerLocation.EXTERNAL.value


@dataclass(frozen=True, slots=True)
class Tables:
    """What exists at the PBX now."""

    channels: Mapping[str, Channel] = field(default_factory=Versioned)
    users: Mapping[int, User] = field(default_factory=Versioned)
    groups: Mapping[int, Group] = field(default_factory=Versioned)
    members: Mapping[int, GroupMember] = field(default_factory=Versioned)
    terminals: Mapping[int, Terminal] = field(default_factory=Versioned)


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


@dataclass(frozen=True, slots=True)
class Begun:
    """How far the lists have come that a connection begins with. ``heard`` are the channels told of since it began,
    None once their list has come. ``nameless``: the lists that give names and never came yet."""

    heard: Mapping[str, None] | None = None
    nameless: frozenset[str] = frozenset({"users", "groups"})


@dataclass(frozen=True, slots=True)
class Live:
    """Everything the feed has told. ``legs`` by UUID, oldest first, ended ones included. ``gone`` holds the UUIDs of
    inside legs that were removed."""

    tables: Tables = field(default_factory=Tables)
    legs: Mapping[str, Leg] = field(default_factory=Versioned)
    gone: Mapping[str, None] = field(default_factory=Versioned)
    naming: Naming = field(default_factory=Versioned)
    begun: Begun = Begun()


_TABLES: dict[type[Element], str] = {
    Channel: "channels",
    User: "users",
    Group: "groups",
    GroupMember: "members",
    Terminal: "terminals",
}
_KINDS = {"channel": "channels", "user": "users", "group": "groups", "group_member": "members", "terminal": "terminals"}


def track(live: Live, message: Message) -> tuple[Live, tuple[Milestone, ...]]:
    """One message further. The same ``live`` comes back where it changes nothing."""
    if isinstance(message, ElementEvent):
        return _event(live, message)
    if isinstance(message, Snapshot):
        return _snapshot(live, message)
    if message == CHANNELS_FOLLOW:
        return replace(live, begun=replace(live.begun, heard=Versioned())), ()
    return live, ()


def is_outside_leg(channel: Channel) -> bool:
    """Offered by the PBX to an outside number: what ``call_external`` makes first (basix-api.md 2.5)."""
    return channel.direction == _OUTBOUND and channel.peer_location == _EXTERNAL


def _event(live: Live, event: ElementEvent) -> tuple[Live, tuple[Milestone, ...]]:
    element = event.element
    if isinstance(element, Channel):
        live, milestones = (_channel_gone if event.change is Change.REMOVED else _channel)(live, element)
        return (live if live.begun.heard is None else _heard(live, element.uuid)), milestones
    table = _TABLES[type(element)]
    before: Mapping[int, Element] = getattr(live.tables, table)
    if event.change is Change.REMOVED:
        after = _without(before, element.id)
    elif before.get(element.id) == element:
        return live, ()
    else:
        after = _having(before, element.id, element)
    return replace(live, tables=_with(live.tables, table, after)), ()


def _heard(live: Live, uuid: str) -> Live:
    heard = live.begun.heard or Versioned()
    return live if uuid in heard else replace(live, begun=replace(live.begun, heard=_having(heard, uuid, None)))


def _with(tables: Tables, name: str, table: Mapping[Any, Element]) -> Tables:
    changed: dict[str, Any] = {name: table}
    return replace(tables, **changed)


def _having(table: Mapping[K, V], key: K, value: V) -> Mapping[K, V]:
    return (table if isinstance(table, Versioned) else Versioned(table)).having(key, value)


def _without(table: Mapping[K, V], key: K) -> Mapping[K, V]:
    return (table if isinstance(table, Versioned) else Versioned(table)).without(key)


def _channel(live: Live, told_now: Channel) -> tuple[Live, tuple[Milestone, ...]]:
    uuid = told_now.uuid
    known = live.tables.channels.get(uuid)
    leg = live.legs.get(uuid)
    if uuid in live.gone or (leg is not None and leg.call.ended_by is not None):
        return live, ()  # nothing comes after the end
    channel = told_now if known is None else newer(known, told_now)
    late = known is not None and channel is not told_now and older(told_now, known)
    remembered, milestones = _recall(live, leg, told_now) if late else (live, ())
    if known is not None and same(channel, known):
        return remembered, milestones
    outside = is_outside_leg(channel)
    if channel.hung_up_at is not None and known is None and leg is None and not outside:
        # An inside leg's end, heard before its beginning or after it was forgotten: nothing comes after it.
        return Live(live.tables, live.legs, _with_newest(live.gone, uuid), live.naming, live.begun), ()
    tables = _channels(live.tables, _having(live.tables.channels, uuid, channel))
    live = Live(tables, remembered.legs, live.gone, renamed(live.naming, known, channel), live.begun)
    drawn = [channel] if outside else []
    if not outside or known is None or known.called_number != channel.called_number:
        drawn += _concerned(live, channel)  # of an outside leg they only show the number
    live, more = _retell(live, drawn)
    return live, milestones + more


def _channels(tables: Tables, channels: Mapping[str, Channel]) -> Tables:
    return Tables(channels, tables.users, tables.groups, tables.members, tables.terminals)


def _recall(live: Live, leg: Leg | None, late: Channel) -> tuple[Live, tuple[Milestone, ...]]:
    """What a late telling adds to a leg's past."""
    if leg is None:
        return live, ()
    before = Drawn(leg.call, leg.course)
    drawn = recalled(before, late, leg.channel, _names(live))
    if drawn is before:
        return live, ()
    legs = _having(live.legs, late.uuid, Leg(drawn.call, leg.channel, drawn.course, leg.noted))
    return replace(live, legs=legs), tuple(told(leg.call, drawn.call)) if leg.noted is None else ()


def _channel_gone(live: Live, channel: Channel) -> tuple[Live, tuple[Milestone, ...]]:
    uuid = channel.uuid
    known = live.tables.channels.get(uuid)
    last = channel if known is None else newer(known, channel)
    tables = live.tables if known is None else _channels(live.tables, _without(live.tables.channels, uuid))
    naming = live.naming if known is None else unnamed(live.naming, uuid, known.other_uuid)
    leg = live.legs.get(uuid)
    # Nothing but its key is told of one that was never shown: it may be an outside leg that somebody waits for.
    bare = known is None and leg is None and not last.direction and uuid not in live.gone
    if leg is None and not bare and not is_outside_leg(last):
        live = Live(tables, live.legs, _with_newest(live.gone, uuid), naming, live.begun)
        return _retell(live, _concerned(live, last))
    if known is not None:
        live = Live(tables, live.legs, live.gone, naming, live.begun)
    if leg is not None and leg.ended:
        return live, ()
    return _retell(live, [last], gone=True, unseen=bare)


def _snapshot(live: Live, snapshot: Snapshot) -> tuple[Live, tuple[Milestone, ...]]:
    table = _KINDS.get(snapshot.kind)
    if table is None:
        return live, ()
    if table == "channels":
        return _listed(live, [element for element in snapshot.elements if isinstance(element, Channel)])
    fresh = Versioned({_key(element): element for element in snapshot.elements if _TABLES[type(element)] == table})
    live = replace(live, tables=_with(live.tables, table, fresh))
    if table not in ("users", "groups"):
        return live, ()
    # Told after the channels, they give them their names.
    live = replace(live, begun=replace(live.begun, nameless=live.begun.nameless - {table}))
    return _retell(live, [leg.channel for leg in live.legs.values() if not leg.ended], listed=True)


def _listed(live: Live, channels: Sequence[Channel]) -> tuple[Live, tuple[Milestone, ...]]:
    """The list of the channels that there are. It may be older than what was heard since the connection began: that
    stays, and what it says of those channels is one telling more."""
    heard, known = live.begun.heard or {}, live.tables.channels
    fresh = {channel.uuid: channel for channel in channels if channel.uuid not in heard}
    fresh |= {uuid: known[uuid] for uuid in heard if uuid in known}
    begun = replace(live.begun, heard=None)
    live = Live(_channels(live.tables, Versioned(fresh)), live.legs, live.gone, naming_of(fresh), begun)
    missing = [leg.channel for uuid, leg in live.legs.items() if not leg.ended and uuid not in fresh]
    live, milestones = _retell(live, missing, gone=True, unseen=True)
    live, more = _retell(live, [each for each in fresh.values() if is_outside_leg(each)], listed=True)
    milestones += more
    for channel in [each for each in channels if each.uuid in heard]:
        live, more = _channel(live, channel)
        milestones += more
    return live, milestones


def _names(live: Live) -> Names:
    return Names(live.tables.channels, live.tables.users, live.tables.groups, live.naming)


def _retell(
    live: Live, channels: Sequence[Channel], *, gone: bool = False, unseen: bool = False, listed: bool = False
) -> tuple[Live, tuple[Milestone, ...]]:
    """Draw these legs anew. ``unseen``: they ended while nobody was listening. ``listed``: because a list has come."""
    if not channels:
        return live, ()
    legs, milestones = live.legs, list[Milestone]()
    names, nameless, grown = _names(live), bool(live.begun.nameless), False
    for channel in channels:
        leg = legs.get(channel.uuid)
        before = Drawn(leg.call, leg.course) if leg is not None else _undrawn(channel.uuid)
        if before.call.ended_by is not None:
            continue
        drawn = picture(before, channel, names, gone=gone, unseen=unseen)
        noted = leg.noted if leg is not None else None
        keeps = kept(noted, before.call, drawn.call, listed=listed) if nameless else None
        if drawn is not before or leg is None or leg.channel is not channel or keeps is not noted:
            legs = _having(legs, channel.uuid, Leg(drawn.call, channel, drawn.course, keeps))
            grown |= leg is None
            milestones += told(noted or before.call, drawn.call) if keeps is None else ()
    if grown and len(legs) > REMEMBERED:
        legs = _forget(legs)
    live = live if legs is live.legs else Live(live.tables, legs, live.gone, live.naming, live.begun)
    return live, tuple(milestones)


def _undrawn(uuid: str) -> Drawn:
    call = LiveCall(uuid)
    return Drawn(call, Course(call))


def _concerned(live: Live, channel: Channel) -> list[Channel]:
    """The outside legs whose picture another channel may change: the one it was made for or is bridged to."""
    channels = live.tables.channels
    found = [channels.get(uuid) for uuid in dict.fromkeys((channel.other_uuid, *(live.naming.get(channel.uuid) or ())))]
    return [each for each in found if each is not None and is_outside_leg(each)]


def _key(element: Element) -> str | int:
    return element.uuid if isinstance(element, Channel) else element.id


def _with_newest(gone: Mapping[str, None], uuid: str) -> Mapping[str, None]:
    gone = _having(_without(gone, uuid), uuid, None)
    return _without(gone, next(iter(gone))) if len(gone) > REMEMBERED else gone


def _forget(legs: Mapping[str, Leg]) -> Mapping[str, Leg]:
    """Without the oldest ended ones."""
    ended = (uuid for uuid, leg in legs.items() if leg.call.ended_by is not None)
    for uuid in list(islice(ended, len(legs) - REMEMBERED)):
        legs = _without(legs, uuid)
    return legs
