"""Who is ready, counted anew whenever the feed has told something."""

from __future__ import annotations

from basix_desktop.domain.live import Person
from basix_desktop.domain.readiness import people, tells_of_telephones
from basix_desktop.domain.tracker import Tables
from basix_desktop.services.ports import Clock

#: Seconds between two counts, and how many times as long as the last one took the next one waits at least: the net
#: thread, which counts, has calls to place, and how many people there are is for the PBX to say.
PEOPLE, _REST = 0.25, 10


class Headcount:
    """Net thread. ``pause`` is in how many seconds to count again at the soonest."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._with_telephones: set[tuple[str, str]] = set()
        self.pause = PEOPLE

    def count(self, place: tuple[str, str], tables: Tables, before: tuple[Person, ...]) -> tuple[Person, ...]:
        """``place`` is the account's key: a PBX that has once told of a registered telephone keeps account of them."""
        began = self._clock.boot_ms()
        if tells_of_telephones(tables):
            self._with_telephones.add(place)
        found = people(tables, before, telephones=place in self._with_telephones)
        self.pause = max(PEOPLE, _REST * (self._clock.boot_ms() - began) / 1000)
        return found
