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
from typing import Any

from basix_desktop.domain.feed import (
    CHANNELS_FOLLOW,
    Change,
    Channel,
    ChannelState,
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
from basix_desktop.domain.legs import Leg, Legs, redrawn, with_late
from basix_desktop.domain.live import Milestone
from basix_desktop.domain.naming import Naming, naming_of, renamed, unnamed
from basix_desktop.domain.picture import Names
from basix_desktop.domain.records import quickly_made
from basix_desktop.domain.tellings import newer, older, same
from basix_desktop.domain.versions import Versioned

#: Inside legs that are gone and remembered, so that a late telling does not bring one back. The oldest go first.
REMEMBERED = 500

_OUTBOUND, _EXTERNAL = Direction.OUTBOUND.value, PeerLocation.EXTERNAL.value


@quickly_made
@dataclass(frozen=True, slots=True)
class Tables:
    """What exists at the PBX now."""

    channels: Versioned[str, Channel] = field(default_factory=Versioned)
    users: Mapping[int, User] = field(default_factory=Versioned)
    groups: Mapping[int, Group] = field(default_factory=Versioned)
    members: Mapping[int, GroupMember] = field(default_factory=Versioned)
    terminals: Mapping[int, Terminal] = field(default_factory=Versioned)


@dataclass(frozen=True, slots=True)
class Begun:
    """How far the lists have come that a connection begins with. ``heard`` are the channels told of since it began,
    None once their list has come. ``nameless``: the lists that give names and never came yet."""

    heard: Versioned[str, None] | None = None
    nameless: frozenset[str] = frozenset({"users", "groups"})


@quickly_made
@dataclass(frozen=True, slots=True)
class Live:
    """Everything the feed has told. ``legs`` by UUID, oldest first, ended ones included. ``gone`` holds the UUIDs of
    inside legs that were removed."""

    tables: Tables = field(default_factory=Tables)
    legs: Legs = field(default_factory=Versioned)
    gone: Versioned[str, None] = field(default_factory=Versioned)
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
    told: Mapping[int, Element] = getattr(live.tables, table)
    before = told if isinstance(told, Versioned) else Versioned(told)
    if event.change is Change.REMOVED:
        after = before.without(element.id)
    elif before.get(element.id) == element:
        return live, ()
    else:
        after = before.having(element.id, element)
    return replace(live, tables=_with(live.tables, table, after)), ()


def _heard(live: Live, uuid: str) -> Live:
    heard = live.begun.heard
    if heard is None or uuid in heard:
        return live
    return replace(live, begun=replace(live.begun, heard=heard.having(uuid, None)))


def _with(tables: Tables, name: str, table: Versioned[Any, Element]) -> Tables:
    changed: dict[str, Any] = {name: table}
    return replace(tables, **changed)


def _channel(live: Live, told_now: Channel) -> tuple[Live, tuple[Milestone, ...]]:
    uuid, tables = told_now.uuid, live.tables
    known, leg = tables.channels.get(uuid), live.legs.get(uuid)
    if uuid in live.gone or (leg is not None and leg.call.ended_by is not None):
        return live, ()  # nothing comes after the end
    legs = live.legs
    milestones: tuple[Milestone, ...] = ()
    if known is None:
        channel = told_now
    else:
        late = older(told_now, known) or (leg is not None and _has_passed(leg, told_now.state, known.state))
        channel = newer(known, told_now, late=late)
        if late and leg is not None:
            legs, milestones = with_late(legs, leg, told_now, _names(live))
        if same(channel, known):
            return live if legs is live.legs else _with_legs(live, legs), milestones
    outside = is_outside_leg(channel)
    if channel.hung_up_at is not None and known is None and leg is None and not outside:
        # An inside leg's end, heard before its beginning or after it was forgotten: nothing comes after it.
        return Live(tables, legs, _with_newest(live.gone, uuid), live.naming, live.begun), milestones
    channels, naming = tables.channels.having(uuid, channel), renamed(live.naming, known, channel)
    drawn = [channel] if outside else []
    if not outside or known is None or known.called_number != channel.called_number:
        drawn += _concerned(channels, naming, channel)  # of an outside leg they only show the number
    if drawn:
        names = Names(channels, tables.users, tables.groups, naming)
        legs, more = redrawn(legs, drawn, names, nameless=bool(live.begun.nameless))
        milestones += more
    return Live(_channels(tables, channels), legs, live.gone, naming, live.begun), milestones


def _has_passed(leg: Leg, now: ChannelState | None, then: ChannelState | None) -> bool:
    """Whether, of two states of one moment, ``now`` was told before ``then``."""
    if now is None or then is None or now.at != then.at or now.name == then.name or now.at is None:
        return False
    return leg.course.has_passed(now)


def _channel_gone(live: Live, channel: Channel) -> tuple[Live, tuple[Milestone, ...]]:
    uuid, leg = channel.uuid, live.legs.get(channel.uuid)
    known = live.tables.channels.get(uuid)
    last = channel if known is None else newer(known, channel)
    # Nothing but its key is told of one that was never shown: it may be an outside leg that somebody waits for.
    bare = known is None and leg is None and not last.direction and uuid not in live.gone
    if known is not None:
        tables = _channels(live.tables, live.tables.channels.without(uuid))
        live = Live(tables, live.legs, live.gone, unnamed(live.naming, uuid, known.other_uuid), live.begun)
    if leg is None and not bare and not is_outside_leg(last):
        live = Live(live.tables, live.legs, _with_newest(live.gone, uuid), live.naming, live.begun)
        return _redrawn(live, _concerned(live.tables.channels, live.naming, last))
    return _redrawn(live, [last], gone=True, unseen=bare)


def _channels(tables: Tables, channels: Versioned[str, Channel]) -> Tables:
    return Tables(channels, tables.users, tables.groups, tables.members, tables.terminals)


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
    return _redrawn(live, [leg.channel for leg in live.legs.values() if not leg.ended], listed=True)


def _listed(live: Live, channels: Sequence[Channel]) -> tuple[Live, tuple[Milestone, ...]]:
    """The list of the channels that there are. It may be older than what was heard since the connection began: that
    stays, and what it says of those channels is one telling more."""
    heard, known = live.begun.heard or Versioned[str, None](), live.tables.channels
    fresh = {channel.uuid: channel for channel in channels if channel.uuid not in heard}
    fresh |= {uuid: known[uuid] for uuid in heard if uuid in known}
    begun = replace(live.begun, heard=None)
    live = Live(_channels(live.tables, Versioned(fresh)), live.legs, live.gone, naming_of(fresh), begun)
    missing = [leg.channel for uuid, leg in live.legs.items() if not leg.ended and uuid not in fresh]
    live, milestones = _redrawn(live, missing, gone=True, unseen=True)
    live, more = _redrawn(live, [each for each in fresh.values() if is_outside_leg(each)], listed=True)
    milestones += more
    for channel in [each for each in channels if each.uuid in heard]:
        live, more = _channel(live, channel)
        milestones += more
    return live, milestones


def _names(live: Live) -> Names:
    return Names(live.tables.channels, live.tables.users, live.tables.groups, live.naming)


def _redrawn(
    live: Live, channels: Sequence[Channel], *, gone: bool = False, unseen: bool = False, listed: bool = False
) -> tuple[Live, tuple[Milestone, ...]]:
    if not channels:
        return live, ()
    nameless = bool(live.begun.nameless)
    legs, milestones = redrawn(
        live.legs, channels, _names(live), nameless=nameless, gone=gone, unseen=unseen, listed=listed
    )
    return live if legs is live.legs else _with_legs(live, legs), milestones


def _with_legs(live: Live, legs: Legs) -> Live:
    return Live(live.tables, legs, live.gone, live.naming, live.begun)


def _concerned(channels: Versioned[str, Channel], naming: Naming, channel: Channel) -> list[Channel]:
    """The outside legs whose picture another channel may change: the one it was made for or is bridged to."""
    named_by = naming.get(channel.uuid)
    uuids = (channel.other_uuid,) if not named_by else dict.fromkeys((channel.other_uuid, *named_by))
    found = [channels.get(uuid) for uuid in uuids]
    return [each for each in found if each is not None and is_outside_leg(each)]


def _key(element: Element) -> str | int:
    return element.uuid if isinstance(element, Channel) else element.id


def _with_newest(gone: Versioned[str, None], uuid: str) -> Versioned[str, None]:
    gone = gone.without(uuid).having(uuid, None)
    return gone.without(next(iter(gone))) if len(gone) > REMEMBERED else gone
