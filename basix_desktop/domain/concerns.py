"""Reasons for a second look before a call (design.md section 6)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ConcernKind(StrEnum):
    FOREIGN = "foreign_number"  # once per country
    DOUBTFUL = "doubtful_number"  # the numbering plan calls it invalid; the PBX knows better
    PREMIUM = "premium_number"  # only when premium numbers are allowed in the settings
    COST = "cost_warning"  # 0570, 0180, 0170, 020, carrier prefixes
    SERVICE = "service_number"  # 104, 117, 171 …
    CALLED_JUST_NOW = "called_just_now"
    ON_CALL = "call_going_on"  # a call to this number has not ended, as far as the live feed has told
    MAY_HAVE_BEEN_PLACED = "may_have_been_placed"  # an earlier attempt to this number is not settled
    DIAL_RATE = "dial_rate"  # unusually many calls
    NOT_READY = "destination_not_ready"  # raised by the window alone, from the live feed


@dataclass(frozen=True, slots=True)
class Concern:
    """One reason. ``key`` is what a confirmation names, so that it holds for exactly what was shown."""

    kind: ConcernKind
    country: str = ""  # ISO 3166-1 alpha-2, with FOREIGN
    seconds_ago: int | None = None  # with CALLED_JUST_NOW and MAY_HAVE_BEEN_PLACED; with DIAL_RATE the span: 60 or 3600
    attempt_id: str = ""
    count: int = 0  # with DIAL_RATE: earlier calls in that span
    destination: str = ""  # with NOT_READY; ``name`` is what people call it
    name: str = ""
    ready: str = ""  # a ``domain.live.Ready``
    is_group: bool = False

    @property
    def key(self) -> str:
        which = self.country or self.attempt_id or self.destination
        return ":".join(part for part in (self.kind.value, which) if part)
