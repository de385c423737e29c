"""Which channels name which as their other one: a telephone that rings for a leg or is bridged to it names it."""

from __future__ import annotations

from collections.abc import Mapping

from basix_desktop.domain.feed import Channel
from basix_desktop.domain.versions import Versioned

#: UUIDs of the channels that name one as their other.
Naming = Versioned[str, tuple[str, ...]]


def naming_of(channels: Mapping[str, Channel]) -> Naming:
    found: dict[str, tuple[str, ...]] = {}
    for channel in channels.values():
        if channel.other_uuid:
            found[channel.other_uuid] = (*found.get(channel.other_uuid, ()), channel.uuid)
    return Versioned(found)


def renamed(naming: Naming, known: Channel | None, channel: Channel) -> Naming:
    """The same, where a channel names the same other one as before."""
    before = known.other_uuid if known is not None else ""
    if before == channel.other_uuid:
        return naming
    return _named(unnamed(naming, channel.uuid, before), channel.uuid, channel.other_uuid)


def unnamed(naming: Naming, uuid: str, other: str) -> Naming:
    """Without ``uuid``'s having named ``other``."""
    if not other:
        return naming
    left = tuple([each for each in naming.get(other) or () if each != uuid])
    return naming.having(other, left) if left else naming.without(other)


def _named(naming: Naming, uuid: str, other: str) -> Naming:
    return naming.having(other, (*(naming.get(other) or ()), uuid)) if other else naming
