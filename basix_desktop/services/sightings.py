"""The outside legs that the feed has shown, and since when: attempts that may have been placed are looked for among
them. They are remembered for longer than the live picture does."""

from __future__ import annotations

from collections.abc import Mapping

from basix_desktop.domain.feed import Channel, ElementEvent, Message, Snapshot
from basix_desktop.domain.legs import Leg
from basix_desktop.domain.matching import Sighting
from basix_desktop.domain.whom import named
from basix_desktop.services.ports import Clock

Legs = Mapping[str, Leg]

#: Legs that are remembered though the live picture holds them no longer; the oldest go first.
MOST = 1_000


class Sightings:
    """Net thread. ``forgotten``: when the newest leg that is no longer remembered was first heard of (wall
    milliseconds), or -1."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen: dict[str, Sighting] = {}
        self.forgotten = -1

    def see(self, message: Message, legs: Legs, *, whole: bool) -> bool:
        """Take note of the legs that this message is about; whether there is something new to compare. ``whole``: every
        leg there is had been told before, so that one which an event shows first has just been offered."""
        news = False
        if isinstance(message, Snapshot):
            news = bool(legs)  # one of users or groups says who the destinations are
            for uuid, leg in legs.items():
                news |= self._note(uuid, leg.channel, watched=False)
        elif isinstance(message, ElementEvent) and isinstance(message.element, Channel):
            leg_now = legs.get(message.element.uuid)
            news = leg_now is not None and self._note(message.element.uuid, leg_now.channel, watched=whole)
        if len(self._seen) > 2 * (len(legs) + MOST):
            self._forget(legs)
        return news

    def all(self) -> list[Sighting]:
        return list(self._seen.values())

    def _note(self, uuid: str, channel: Channel, *, watched: bool) -> bool:
        known = self._seen.get(uuid)
        if known is None:
            self._seen[uuid] = Sighting(channel, self._clock.wall_ms(), watched, named(channel))
            return True
        if known.channel is channel:
            return False
        whom = known.whom if known.whom is not None else named(channel)
        self._seen[uuid] = Sighting(channel, known.seen, known.watched, whom)
        return whom is not known.whom or _told_of(channel) != _told_of(known.channel)

    def _forget(self, legs: Legs) -> None:
        """Whatever is in the live picture stays, and so many others."""
        for uuid in [uuid for uuid in self._seen if uuid not in legs][:-MOST]:
            self.forgotten = max(self.forgotten, self._seen.pop(uuid).seen)


def _told_of(channel: Channel) -> tuple[object, ...]:
    return channel.origination, channel.end_users, channel.called_number
