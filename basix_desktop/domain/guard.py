"""What must not be dialled, and what needs a second look first (reliability.md N7 to N9, S12, S13, section 6)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from basix_desktop.domain.concerns import Concern, ConcernKind
from basix_desktop.domain.errors import InputRefused
from basix_desktop.domain.number_types import Number, NumberKind

_EMERGENCY = ("110", "118", "119", "112", "911", "999")
#: Everything that may stand before an emergency number and still reach it.
_BEFORE = re.compile(r"(?:122|18[46]|001|0091\d\d|002\d\d|00[3-8]\d|\+81|01081|0)*")
_COSTLY = frozenset({NumberKind.SHARED_COST, NumberKind.PAGER})
_BLOCKED = frozenset({NumberKind.PREMIUM, NumberKind.SATELLITE})


@dataclass(frozen=True, slots=True)
class GuardRules:
    """What an account and the settings allow. ``allowed_countries``: those confirmed once (ISO 3166-1 alpha-2)."""

    home: str = "JP"
    allowed_countries: frozenset[str] = frozenset()
    allow_premium: bool = False


def examine(number: Number, rules: GuardRules) -> tuple[Concern, ...]:
    """The reasons for a second look, in the order in which they are told; empty if there is none.

    Raises ``InputRefused`` (field ``number``): ``emergency_number`` always, ``number_blocked`` for premium-rate and
    satellite numbers unless the settings allow them.
    """
    if number.kind is NumberKind.EMERGENCY or _reaches_emergency(number.sent):
        raise InputRefused("emergency_number", "number", number.sent)
    if number.kind in _BLOCKED and not rules.allow_premium:
        raise InputRefused("number_blocked", "number", f"{number.kind}: {number.sent}")
    return tuple(_concerns(number, rules))


def _concerns(number: Number, rules: GuardRules) -> list[Concern]:
    concerns: list[Concern] = []
    if number.foreign and (not number.region or number.region not in rules.allowed_countries | {rules.home}):
        concerns.append(Concern(ConcernKind.FOREIGN, country=number.region))
    if number.kind in _BLOCKED:
        concerns.append(Concern(ConcernKind.PREMIUM))
    if number.kind in _COSTLY or number.carrier:
        concerns.append(Concern(ConcernKind.COST))
    if number.kind is NumberKind.SERVICE:
        concerns.append(Concern(ConcernKind.SERVICE))
    if not number.valid:
        concerns.append(Concern(ConcernKind.DOUBTFUL))
    return concerns


def _reaches_emergency(sent: str) -> bool:
    """A second check on the digits alone, whatever the reading made of them."""
    before = _BEFORE.match(sent)
    return any(sent[start:] in _EMERGENCY for start in range((before.end() if before else 0) + 1))
