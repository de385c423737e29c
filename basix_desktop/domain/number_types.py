"""A phone number as the program knows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NumberKind(StrEnum):
    """What kind of line a number reaches, as far as the numbering plan tells."""

    FIXED = "fixed"
    MOBILE = "mobile"
    FIXED_OR_MOBILE = "fixed_or_mobile"  # North America does not tell them apart
    VOIP = "voip"  # 050
    TOLL_FREE = "toll_free"  # 0120, 0800
    SHARED_COST = "shared_cost"  # 0570, 0180, 0170
    PREMIUM = "premium"  # 0990, +1 900, +979
    SATELLITE = "satellite"  # +870, +881, +882, +883
    PAGER = "pager"  # 020
    PERSONAL = "personal"
    COMPANY = "company"  # "universal access" numbers outside Japan
    SERVICE = "service"  # 104, 117, 171 …
    EMERGENCY = "emergency"  # 110, 118, 119 …; never dialled by this program
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Number:
    """One number, read. ``sent`` is what goes into ``called_number``; ``shown`` has the same digits, grouped."""

    sent: str
    shown: str
    region: str  # ISO 3166-1 alpha-2, "" where no country owns it
    kind: NumberKind
    valid: bool  # False: the numbering plan calls it invalid; a question, never a refusal
    foreign: bool
    e164: str  # "" where none exists
    prefix: str = ""  # "184" or "186", contained in sent
    left_out: str = ""  # what is not sent: an extension, a parameter, digits that stand apart
    carrier: str = ""  # 122 and carrier codes (00XY), contained in sent: they may cost
