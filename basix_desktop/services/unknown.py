"""Looks for the legs of attempts that may have been placed, and of those of which the PBX has told a result only.

What once may have been an attempt's leg is remembered until the attempt is settled, over every loss of the feed and
every change of settings: else a colleague's call would become ours as soon as our own is forgotten.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from basix_desktop.domain.accounts import Account
from basix_desktop.domain.calls import Attempt, State
from basix_desktop.domain.feed import Message
from basix_desktop.domain.matching import BEFORE, Sighting, candidates, in_time, ours
from basix_desktop.domain.tracker import Live, Tables
from basix_desktop.services.followed import Checked, Finding
from basix_desktop.services.ports import Clock, Journal
from basix_desktop.services.sightings import Legs, Sightings

T = TypeVar("T")

#: Candidates of one attempt that are kept; so many calls to one number in a minute are nobody's to tell apart.
_MOST = 100


class OnDb(Protocol):
    def __call__(self, fn: Callable[[], T], /) -> Awaitable[T]: ...


@dataclass(slots=True)
class _Trail:
    """What is known of one attempt's leg. Everything heard of up to ``looked`` (wall milliseconds) has been compared;
    ``missed``: something was forgotten before that, so that no number of candidates proves anything."""

    sent_at: int
    looked: int
    missed: bool = False
    candidates: dict[str, Sighting] = field(default_factory=dict)

    def add(self, found: list[Sighting]) -> None:
        for one in found:
            if one.channel.uuid in self.candidates or len(self.candidates) < _MOST:
                self.candidates[one.channel.uuid] = one
            else:
                self.missed = True


class Unknown:
    """Net thread. ``on_db`` runs a function on the database thread."""

    def __init__(self, journal: Journal, on_db: OnDb, clock: Clock) -> None:
        self._journal = journal
        self._on_db = on_db
        self._clock = clock
        self._sightings: dict[tuple[str, str], Sightings] = {}  # by account
        self._trails: dict[str, _Trail] = {}

    def see(self, account: Account, message: Message, legs: Legs, *, whole: bool) -> bool:
        """As ``Sightings.see``, for the feed of this account."""
        return self._of(account).see(message, legs, whole=whole)

    def settled(self, attempt_id: str) -> None:
        """Its leg is known, or there is none."""
        self._trails.pop(attempt_id, None)

    async def check(self, attempt: Attempt, account: Account, live: Live, since: Callable[[], int | None]) -> Checked:
        """Look for an attempt's leg, and record it. ``since``: the feed has been whole since then (wall milliseconds),
        or None. The attempt comes back as it then is."""
        journal, inside = self._journal, _inside(attempt, live)
        if attempt.state is State.ACCEPTED and attempt.uuids and not inside:
            return Checked(Finding.PLACED, attempt)  # for all that is known, its leg is the one that it was given
        sent_at, rivals = await self._on_db(lambda: (journal.sent_at(attempt.id), journal.rivals(attempt.id)))
        trail = self._look(attempt, sent_at, account)
        current, held = await self._on_db(lambda: (journal.get(attempt.id), journal.held(frozenset(trail.candidates))))
        if current is None or (current.state, current.uuids) != (attempt.state, attempt.uuids):
            return _meanwhile(current or attempt)  # else the leg that it now holds would count as another's
        self._look(attempt, sent_at, account)  # what has been shown meanwhile counts too
        found = [one for uuid, one in trail.candidates.items() if uuid not in held]
        leg = _of_result(inside, found) or self._alone(attempt, trail, found, live.tables, rivals)
        if leg is not None:
            proven = await self._on_db(lambda: journal.prove(attempt.id, leg.channel.uuid, "channel"))
            return Checked(Finding.PLACED if proven.state is State.ACCEPTED else Finding.CANNOT_TELL, proven)
        return Checked(self._finding(attempt, trail, found, since()), attempt)

    def _look(self, attempt: Attempt, sent_at: int, account: Account) -> _Trail:
        trail, sightings = self._trails.setdefault(attempt.id, _Trail(sent_at, sent_at - BEFORE)), self._of(account)
        trail.missed |= sightings.forgotten >= trail.looked
        trail.looked = self._clock.wall_ms()
        trail.add(candidates(attempt, sent_at, sightings.all(), home=account.home_region))
        return trail

    def _of(self, account: Account) -> Sightings:
        found = self._sightings.get(account.key)
        if found is None:
            found = self._sightings[account.key] = Sightings(self._clock)
        return found

    def _alone(
        self, attempt: Attempt, trail: _Trail, found: list[Sighting], tables: Tables, rivals: tuple[int, ...]
    ) -> Sighting | None:
        """The only leg that can be this attempt's; one that another attempt's may be as well is not."""
        leg = ours(attempt, found, tables) if not trail.missed else None
        return None if leg is None or any(in_time(rival, leg) for rival in rivals) else leg

    def _finding(self, attempt: Attempt, trail: _Trail, found: list[Sighting], since: int | None) -> Finding:
        if attempt.state is State.ACCEPTED:
            return Finding.PLACED
        if found:
            return Finding.CANNOT_TELL
        if since is None:
            return Finding.NO_FEED
        return Finding.NOTHING if since <= trail.sent_at and not trail.missed else Finding.NOTHING_SURE


def _meanwhile(attempt: Attempt) -> Checked:
    """It is no longer as it was when somebody asked."""
    return Checked(Finding.PLACED if attempt.state is State.ACCEPTED else Finding.SETTLED, attempt)


def _inside(attempt: Attempt, live: Live) -> dict[str, str]:
    """The attempt's UUIDs that are inside legs, and the leg that each was made for or is bridged to ("" where it is
    gone): a result names the channel that answered (basix-api.md 1.2)."""
    found = {uuid: "" for uuid in attempt.uuids if uuid in live.gone}
    for uuid in attempt.uuids:
        channel = live.tables.channels.get(uuid)
        if channel is not None and uuid not in live.legs:
            found[uuid] = channel.other_uuid
    return found


def _of_result(inside: dict[str, str], found: list[Sighting]) -> Sighting | None:
    named = [one for one in found if one.channel.uuid in inside.values()]
    return named[0] if len(named) == 1 else None
