"""Whom the feed knows, looked up by what a destination calls them."""

from __future__ import annotations

from basix_desktop.domain.feed import FeedPhase
from basix_desktop.domain.live import LiveView, Person
from basix_desktop.ui.people.readiness_words import age_words, moment_words


class Directory:
    """Made anew for each picture; what it is looked up by is kept as long as the people are the same.
    ``age`` is "as of 10:02", ``as_of`` the bare time; both are "" while the feed is live."""

    def __init__(self, live: LiveView | None = None, before: Directory | None = None) -> None:
        live = live if live is not None else LiveView()
        self.people = live.people
        self.is_live = live.status.phase is FeedPhase.LIVE
        self.age = age_words(live.status)
        self.as_of = moment_words(live.status.since) if self.age and live.status.since is not None else ""
        same = before if before is not None and before.people is live.people else None
        self._by_name: dict[str, Person] = same._by_name if same is not None else _by_name(live.people)
        self._by_label: dict[str, Person | None] = same._by_label if same is not None else _by_label(live.people)

    def find(self, destination: str) -> Person | None:
        """Whoever a call to this destination reaches: by name or extension."""
        return self._by_name.get(destination.strip().casefold())

    def named(self, text: str) -> Person | None:
        """The one person or group whose name or label this is in full; None for nobody, or for several."""
        key = text.strip().casefold()
        found = self._by_name.get(key)
        if found is not None and found.name.casefold() == key:
            return found
        return self._by_label.get(key)

    def differs(self, other: Directory) -> bool:
        """Whether anything looks different."""
        return self.people is not other.people or (self.is_live, self.age) != (other.is_live, other.age)


def _by_name(people: tuple[Person, ...]) -> dict[str, Person]:
    """A name wins where another's extension reads the same."""
    found = {person.extension.casefold(): person for person in people if person.extension}
    found.update((person.name.casefold(), person) for person in people if person.name)
    return found


def _by_label(people: tuple[Person, ...]) -> dict[str, Person | None]:
    found: dict[str, Person | None] = {}
    for person in people:
        key = person.label.strip().casefold()
        found[key] = None if key in found else person
    return found
