"""When the feed's legs were offered, by our clock: an attempt that may have been placed is looked for by it."""

from __future__ import annotations

from collections.abc import Mapping

from basix_desktop.domain.feed import Channel, ElementEvent, Message, Snapshot
from basix_desktop.domain.matching import Sighting
from basix_desktop.domain.tracker import REMEMBERED, Leg
from basix_desktop.services.ports import Clock

Legs = Mapping[str, Leg]


class Sightings:
    """Net thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._offered: dict[str, int] = {}

    def see(self, message: Message, legs: Legs) -> bool:
        """Date the legs that this message has shown for the first time; whether there are any. A leg that is offered
        while we look on is dated by our clock; one from a snapshot by the PBX's."""
        before = len(self._offered)
        if isinstance(message, Snapshot):
            for uuid, leg in legs.items():
                at = leg.channel.offered_at
                self._offered.setdefault(uuid, at if at is not None else self._clock.wall_ms())
        elif isinstance(message, ElementEvent) and isinstance(message.element, Channel):
            uuid = message.element.uuid
            if uuid in legs and uuid not in self._offered:
                self._offered[uuid] = self._clock.wall_ms()
        new = len(self._offered) > before
        if len(self._offered) > 2 * len(legs) + REMEMBERED:
            self._offered = {uuid: at for uuid, at in self._offered.items() if uuid in legs}
        return new

    def of(self, legs: Legs) -> list[Sighting]:
        return [
            Sighting(leg.channel, self._offered.get(uuid, leg.channel.offered_at or 0)) for uuid, leg in legs.items()
        ]
