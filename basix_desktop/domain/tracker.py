"""From the feed's messages to the live picture: a pure reducer, ``(live, message) -> (live, milestones)``.

Every outside leg the PBX offers is tracked, whoever asked for it: a leg may be told of before the answer to the request
that made it (reliability.md M13), and an attempt that may have been placed looks for its leg among them. Duplicates and
late messages change nothing: times once known stay, an older state never replaces a newer one, the end is final (M8).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from basix_desktop.domain.feed import (
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
from basix_desktop.domain.picture import Names, picture, recalled, told

#: Ended legs that are remembered, for attempts whose answer comes late; and inside legs that are gone, so that a late
#: telling does not bring one back. The oldest go first.
REMEMBERED = 500


@dataclass(frozen=True, slots=True)
class Tables:
    """What exists at the PBX now."""

    channels: Mapping[str, Channel] = field(default_factory=dict)
    users: Mapping[int, User] = field(default_factory=dict)
    groups: Mapping[int, Group] = field(default_factory=dict)
    members: Mapping[int, GroupMember] = field(default_factory=dict)
    terminals: Mapping[int, Terminal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Leg:
    """An outside leg: its picture, and its channel as it was last told."""

    call: LiveCall
    channel: Channel

    @property
    def ended(self) -> bool:
        return self.call.ended_by is not None


@dataclass(frozen=True, slots=True)
class Live:
    """Everything the feed has told. ``legs`` by UUID, oldest first, ended ones included. ``gone`` holds the UUIDs of
    inside legs that were removed."""

    tables: Tables = field(default_factory=Tables)
    legs: Mapping[str, Leg] = field(default_factory=dict)
    gone: Mapping[str, None] = field(default_factory=dict)


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
    return live, ()


def is_outside_leg(channel: Channel) -> bool:
    """Offered by the PBX to an outside number: what ``call_external`` makes first (basix-api.md 2.5)."""
    return channel.direction == Direction.OUTBOUND and channel.peer_location == PeerLocation.EXTERNAL


def _event(live: Live, event: ElementEvent) -> tuple[Live, tuple[Milestone, ...]]:
    element = event.element
    if isinstance(element, Channel):
        gone = event.change is Change.REMOVED
        return _channel_gone(live, element) if gone else _channel(live, element)
    table = _TABLES[type(element)]
    before: Mapping[int, Element] = getattr(live.tables, table)
    if event.change is Change.REMOVED:
        after = {key: value for key, value in before.items() if key != element.id}
    elif before.get(element.id) == element:
        return live, ()
    else:
        after = {**before, element.id: element}
    return replace(live, tables=_with(live.tables, table, after)), ()


def _with(tables: Tables, name: str, table: Mapping[Any, Element]) -> Tables:
    changed: dict[str, Any] = {name: table}
    return replace(tables, **changed)


def _channel(live: Live, told_now: Channel) -> tuple[Live, tuple[Milestone, ...]]:
    known = live.tables.channels.get(told_now.uuid)
    leg = live.legs.get(told_now.uuid)
    if told_now.uuid in live.gone or (leg is not None and leg.ended):
        return live, ()  # nothing comes after the end
    channel = told_now if known is None else newer(known, told_now)
    remembered, milestones = _recall(live, leg, told_now) if known and _older(told_now, known) else (live, ())
    if channel == known:
        return remembered, milestones
    if channel.hung_up_at is not None and known is None and leg is None and not is_outside_leg(channel):
        return live, ()  # an inside leg's end, heard after it was forgotten
    tables = replace(live.tables, channels={**live.tables.channels, channel.uuid: channel})
    live, more = _retell(replace(remembered, tables=tables), _concerned(tables, live.legs, channel))
    return live, milestones + more


def _recall(live: Live, leg: Leg | None, late: Channel) -> tuple[Live, tuple[Milestone, ...]]:
    """What a late telling adds to a leg's past."""
    call = recalled(leg.call, late) if leg is not None else None
    if leg is None or call is None or call == leg.call:
        return live, ()
    return replace(live, legs={**live.legs, call.uuid: Leg(call, leg.channel)}), tuple(told(leg.call, call))


def _channel_gone(live: Live, channel: Channel) -> tuple[Live, tuple[Milestone, ...]]:
    known = live.tables.channels.get(channel.uuid)
    last = channel if known is None else newer(known, channel)
    channels = {uuid: each for uuid, each in live.tables.channels.items() if uuid != channel.uuid}
    tables = replace(live.tables, channels=channels)
    live = replace(live, tables=tables)
    leg = live.legs.get(channel.uuid)
    if leg is None and not is_outside_leg(last):
        live = replace(live, gone=_with_newest(live.gone, channel.uuid))
        return _retell(live, _concerned(tables, live.legs, last))
    if leg is not None and leg.ended:
        return live, ()
    return _retell(live, [last], gone=True)


def _snapshot(live: Live, snapshot: Snapshot) -> tuple[Live, tuple[Milestone, ...]]:
    table = _KINDS.get(snapshot.kind)
    if table is None:
        return live, ()
    fresh = {_key(element): element for element in snapshot.elements if _TABLES[type(element)] == table}
    live = replace(live, tables=_with(live.tables, table, fresh))
    if table in ("users", "groups"):  # told after the channels, they give them their names
        return _retell(live, [leg.channel for leg in live.legs.values() if not leg.ended])
    if table != "channels":
        return live, ()
    milestones: list[Milestone] = []
    gone = [leg.channel for uuid, leg in live.legs.items() if not leg.ended and uuid not in fresh]
    for channels, ended in ((gone, True), ([c for c in live.tables.channels.values() if is_outside_leg(c)], False)):
        live, more = _retell(live, channels, gone=ended, unseen=ended)
        milestones += more
    return live, tuple(milestones)


def _retell(
    live: Live, channels: Iterable[Channel], *, gone: bool = False, unseen: bool = False
) -> tuple[Live, tuple[Milestone, ...]]:
    """Draw these legs anew. ``unseen``: they ended while nobody was listening."""
    legs, milestones = dict(live.legs), list[Milestone]()
    names = Names(live.tables.channels, live.tables.users, live.tables.groups)
    for channel in channels:
        leg = legs.get(channel.uuid)
        before = leg.call if leg is not None else LiveCall(channel.uuid)
        if before.ended_by is not None:
            continue
        after = picture(before, channel, names, gone=gone, unseen=unseen)
        legs[channel.uuid] = Leg(after, channel)
        milestones += told(before, after)
    if len(legs) > REMEMBERED:
        legs = _forget(legs)
    return replace(live, legs=legs), tuple(milestones)


def _concerned(tables: Tables, legs: Mapping[str, Leg], channel: Channel) -> list[Channel]:
    """The outside legs whose picture a channel may change: itself, or the one it was made for or is bridged to."""
    if is_outside_leg(channel):
        return [channel]
    uuids = {channel.other_uuid} | {uuid for uuid, leg in legs.items() if leg.channel.other_uuid == channel.uuid}
    return [
        tables.channels[uuid] for uuid in uuids if uuid in tables.channels and is_outside_leg(tables.channels[uuid])
    ]


def newer(known: Channel, told_now: Channel) -> Channel:
    """Two tellings of one channel as one: what is set stays set, and the state that is later by its own time counts.
    The order in which they were heard does not matter where times are told."""
    later, earlier = (known, told_now) if _older(told_now, known) else (told_now, known)
    values: dict[str, Any] = {}
    for name in ("offered_at", "answered_at", "hung_up_at"):
        values[name] = getattr(known, name) if getattr(known, name) is not None else getattr(told_now, name)
    ended = next((c for c in (later, earlier) if c.hangup is not None), None)
    if ended is not None:
        values |= {"last_event": ended.last_event, "last_event_data": ended.last_event_data}
    for name in ("direction", "peer_location", "called_number", "calling_number", "origination", "end_users", "target"):
        values[name] = getattr(later, name) or getattr(earlier, name)
    values["state"] = later.state or earlier.state
    return replace(later, **values)


def _older(told_now: Channel, known: Channel) -> bool:
    """Whether ``told_now`` is a late telling of a past state."""
    now, then = told_now.state, known.state
    if now is None or then is None:
        return now is None and then is not None
    if now.at is not None and then.at is not None and now.at != then.at:
        return now.at < then.at
    return (told_now.answered_at is None, told_now.hung_up_at is None) > (
        known.answered_at is None,
        known.hung_up_at is None,
    )


def _key(element: Element) -> str | int:
    return element.uuid if isinstance(element, Channel) else element.id


def _with_newest(gone: Mapping[str, None], uuid: str) -> Mapping[str, None]:
    surplus = max(0, len(gone) + 1 - REMEMBERED)
    return dict.fromkeys([*list(gone)[surplus:], uuid])


def _forget(legs: dict[str, Leg]) -> dict[str, Leg]:
    """Without the oldest ended ones."""
    surplus = len(legs) - REMEMBERED
    ended = [uuid for uuid, leg in legs.items() if leg.ended][:surplus]
    return {uuid: leg for uuid, leg in legs.items() if uuid not in set(ended)}
