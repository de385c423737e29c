"""The attempts whose calls are followed, and which leg is whose."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from basix_desktop.domain.calls import Attempt, LiveSummary, State
from basix_desktop.domain.feed import Channel, ElementEvent, Message
from basix_desktop.domain.legs import Leg
from basix_desktop.domain.live import CallPhase, EndedBy, LiveCall, Milestone
from basix_desktop.domain.matching import is_another_number
from basix_desktop.domain.picture import told

Legs = Mapping[str, Leg]

#: Seconds in which a Hang up that nothing confirmed may still take effect.
LATE = 30.0
#: Whose doing the end of a leg that we hang up may seem: the PBX sends it, as it does for who is connected.
_SENT = (EndedBy.DESTINATION, EndedBy.PBX)
#: Milliseconds for which a placed call that the feed has not shown is pictured as being followed.
FOLLOWED = 60_000
#: Until the number called has answered.
_UNANSWERED = (CallPhase.FOLLOWING, CallPhase.RINGING)


class Finding(StrEnum):
    """What *Check* came to."""

    PLACED = "placed"
    SETTLED = "settled"  # otherwise, meanwhile: the row says how
    CANNOT_TELL = "cannot_tell"  # a call may be the attempt's, and may be another's
    NOTHING = "nothing"  # the feed was live throughout and showed no call that may be the attempt's
    NOTHING_SURE = "nothing_sure"  # the feed was not live throughout, or not everything is remembered
    NO_FEED = "no_feed"
    ONE_USER = "one_user"  # the feed shows one user's calls alone: neither that there is one nor that there is none


@dataclass(frozen=True, slots=True)
class Checked:
    finding: Finding
    attempt: Attempt


class Followed:
    """Placed attempts until their call has ended, and those that may have been placed until they are settled. Net
    thread. ``home`` is the region that the account dials from."""

    def __init__(self, now: Callable[[], float] = time.monotonic, home: Callable[[], str] = lambda: "JP") -> None:
        self._now = now
        self._home = home
        self.attempts: dict[str, Attempt] = {}
        self._legless: dict[str, Attempt] = {}  # proven by a result that names no leg
        self._by_uuid: dict[str, str] = {}
        self._placed_at: dict[str, int] = {}
        self._over: set[str] = set()
        self._ours: dict[str, float] = {}  # legs that we hang up, and until when that may take effect

    def take(self, attempt: Attempt, placed_at: int) -> list[str]:
        """Take note of an attempt as it now is; returns its legs that were not known before. ``placed_at``: when it was
        placed, if it is, in milliseconds since the computer started; the first time counts."""
        self._legless.pop(attempt.id, None)
        if attempt.state is State.ACCEPTED:
            if attempt.live is not None and attempt.live.phase == CallPhase.ENDED:
                return []
            if not attempt.uuids:  # there is no leg to follow yet
                self.attempts.pop(attempt.id, None)
                self._legless[attempt.id] = attempt
                return []
            self.attempts[attempt.id] = attempt
            self._placed_at.setdefault(attempt.id, placed_at)
            new = [uuid for uuid in attempt.uuids if uuid not in self._by_uuid]
            self._by_uuid.update(dict.fromkeys(new, attempt.id))
            return new
        if attempt.state is State.UNKNOWN and attempt.needs_check:
            self.attempts[attempt.id] = attempt
        else:
            self.attempts.pop(attempt.id, None)
        return []

    def of(self, uuid: str, legs: Legs) -> Attempt | None:
        """Whose leg it is."""
        attempt = self.attempts.get(self._by_uuid.get(uuid, ""))
        return attempt if attempt is not None and self._leg(attempt, uuid, legs) is not None else None

    def placed(self) -> list[Attempt]:
        return [attempt for attempt in self.attempts.values() if attempt.state is State.ACCEPTED]

    def placed_at(self, attempt: Attempt) -> int:
        """As :meth:`take` was told."""
        return self._placed_at[attempt.id]

    def is_over(self, attempt_id: str) -> bool:
        """Whether a call that was followed has ended."""
        return attempt_id in self._over

    def sought(self, legs: Legs) -> list[Attempt]:
        """Those whose leg is looked for: they may have been placed, or none of their UUIDs is an outside leg's."""
        shown = (each for each in self.attempts.values() if not any(uuid in legs for uuid in each.uuids))
        return [*shown, *self._legless.values()]

    def lacks(self, message: Message, legs: Legs) -> bool:
        """Whether this tells of a channel that an attempt has been given for its outside leg, and that is none."""
        if not isinstance(message, ElementEvent) or not isinstance(message.element, Channel):
            return False
        uuid = message.element.uuid
        return uuid in self._by_uuid and uuid not in legs

    def tell(self, attempt: Attempt, summary: LiveSummary) -> None:
        """An attempt's call has come that far; one that has ended is followed no longer."""
        if summary.phase == CallPhase.ENDED:
            self.attempts.pop(attempt.id, None)
            self._over.add(attempt.id)
        elif attempt.id in self.attempts:
            self.attempts[attempt.id] = replace(self.attempts[attempt.id], live=summary)

    def call(self, attempt: Attempt, legs: Legs) -> LiveCall | None:
        """The furthest of an attempt's legs; None if the feed has shown none."""
        calls = [leg.call for leg in self._legs(attempt, legs)]
        if not calls:
            return None
        call = next((each for each in calls if each.phase is not CallPhase.ENDED), calls[0])
        return replace(call, ended_by=EndedBy.US) if self._by_us(call.uuid, call.ended_by) else call

    def pictures(self, legs: Legs, now: int | None) -> dict[str, LiveCall]:
        """The placed calls as :meth:`call` has them, by their attempts' ids. One that the feed has not shown is being
        followed for a while, no longer, and only where there is a feed: else nobody knows anything of it. ``now``: None
        where there is none, otherwise as :meth:`placed_at`."""
        found: dict[str, LiveCall] = {}
        for attempt in self.placed():
            call = self.call(attempt, legs)
            if call is None and attempt.live is None and now is not None and now - self.placed_at(attempt) <= FOLLOWED:
                call = LiveCall(next(iter(attempt.uuids), ""))
            if call is not None:
                found[attempt.id] = call
        return found

    def open_legs(self, attempt: Attempt, legs: Legs) -> list[str]:
        """Those that the feed has shown, if any: beside them a result's UUID may be an inside leg's."""
        shown = self._legs(attempt, legs)
        if shown:
            return [leg.call.uuid for leg in shown if not leg.ended]
        return [uuid for uuid in attempt.uuids if uuid not in legs]

    def told_so_far(self, uuids: Iterable[str], attempt: Attempt, legs: Legs) -> tuple[Milestone, ...]:
        """What has happened to legs before anybody knew whose they are."""
        known = (leg.call for uuid in uuids if (leg := self._leg(attempt, uuid, legs)) is not None)
        return tuple(self.named(one) for call in known for one in told(LiveCall(call.uuid), call))

    def _legs(self, attempt: Attempt, legs: Legs) -> list[Leg]:
        return [leg for uuid in attempt.uuids if (leg := self._leg(attempt, uuid, legs)) is not None]

    def _leg(self, attempt: Attempt, uuid: str, legs: Legs) -> Leg | None:
        """The attempt's leg of that UUID, as far as it is its: one that calls another number is not (reliability.md
        M9). Once the call was answered, that may be the number it was handed on to."""
        leg = legs.get(uuid)
        if leg is None or (attempt.live is not None and attempt.live.phase not in _UNANSWERED):
            return leg
        return None if is_another_number(leg.channel.called_number, attempt, self._home()) else leg

    def hanging_up(self, attempt: Attempt) -> None:
        """From now on the end of its legs is our doing, where the PBX sends it."""
        self._ours.update(dict.fromkeys(attempt.uuids, math.inf))

    def not_hanging_up(self, attempt: Attempt, *, sent: bool) -> None:
        """Nothing has confirmed it. Where it was ``sent`` the PBX may only be slow."""
        for uuid in attempt.uuids:
            if sent:
                self._ours[uuid] = self._now() + LATE
            else:
                self._ours.pop(uuid, None)

    def named(self, milestone: Milestone) -> Milestone:
        """An end that we asked for and the PBX sent is ours."""
        if milestone.kind == CallPhase.ENDED and self._by_us(milestone.uuid, milestone.data.get("by")):
            return replace(milestone, data={**milestone.data, "by": EndedBy.US.value})
        return milestone

    def _by_us(self, uuid: str, by: str | None) -> bool:
        return by in _SENT and self._now() < self._ours.get(uuid, -math.inf)


def dated(milestones: tuple[Milestone, ...], now: int) -> tuple[Milestone, ...]:
    """What the PBX gave no time for, such as an end that nobody heard, happened by ``now`` (wall milliseconds)."""
    return tuple(one if one.at else replace(one, at=now) for one in milestones)


def summary(call: LiveCall) -> LiveSummary:
    return LiveSummary(
        phase=call.phase,
        connected_with=call.connected_with,
        talked_ms=call.talked_ms,
        ended_by=call.ended_by.value if call.ended_by is not None else "",
        cause=call.cause,
    )
