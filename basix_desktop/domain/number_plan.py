"""What a string of digits means from a home region, and how it is dialled from there.

``phonenumbers`` is imported on first use: that takes some 60 ms, which the first paint must not wait for. It is only
ever given ``+`` and digits: from text it would take ``,,,9999`` or a date for part of a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from basix_desktop.domain.number_text import digits
from basix_desktop.domain.number_types import NumberKind

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

#: Emergency numbers refused from every home region (reliability.md section 6; libphonenumber does not know 118).
EMERGENCY = frozenset({"110", "118", "119", "112", "911", "999"})
_EMERGENCY_JP = ("110", "118", "119")
_SERVICES_JP = frozenset({"104", "113", "115", "116", "117", "171", "177", "188", "189"})
#: 184/186 (caller ID off/on) and 122 (ignore the preset carrier) before a Japanese number, in any order.
_LEADS_JP = re.compile(r"(?:122)?(?:18[46])?(?:122)?")
#: Digits before a number that turn the caller ID off or on. Only Japan's are understood; none is ever left off.
_CALLER_ID = {"JP": ("184", "186"), "GB": ("141", "1470")}
_CARRIER_JP = re.compile(r"001|0091\d\d|002\d\d|00[3-8]\d")
_SATELLITE = frozenset({870, 881, 882, 883})
_JP = 81
_MAX_DIGITS = 15  # E.164
_MIN_LOCAL = 7
_MIN_NATIONAL = 9


@dataclass(frozen=True, slots=True)
class Meaning:
    """What digits mean. ``rest`` is what was dialled after ``lead``; ``country`` 0 is none, or one nobody knows."""

    rest: str
    country: int = 0
    national: str = ""  # the national significant number; all of it behind + where nobody knows the country
    region: str = ""
    kind: NumberKind = NumberKind.UNKNOWN
    valid: bool = False
    foreign: bool = False
    lead: str = ""  # 184, 186 and 122 as dialled
    carrier: str = ""  # 00XY, the beginning of ``rest``

    @property
    def e164(self) -> str:
        return f"+{self.country}{self.national}" if self.country and self.kind is not NumberKind.EMERGENCY else ""

    @property
    def key(self) -> str:
        """The same for every way to dial this number from one home region."""
        return self.e164 or (self.rest if self.country or not self.national else f"+{self.national}")


@lru_cache(maxsize=4096)
def interpret(dialled: str, home: str) -> Meaning | None:
    """What ``dialled`` (``+`` and ASCII digits) means; None if it is no number: too short, too long, no such form."""
    lead = _LEADS_JP.match(dialled) if home == "JP" else None
    start = lead.end() if lead else 0
    rest = dialled[start:]
    if not re.fullmatch(r"\+?[0-9]{2,26}", rest):
        return None
    meaning = _emergency(rest, home) or _service(rest, home) or _through_carrier(rest, home) or _number(rest, home)
    if meaning is None:
        return None
    return replace(meaning, lead=dialled[:start])


def _emergency(rest: str, home: str) -> Meaning | None:
    from phonenumbers import shortnumberinfo

    local = rest in EMERGENCY or (home == "JP" and rest.startswith(_EMERGENCY_JP))
    if not local and not rest.startswith("+") and len(rest) <= 6:
        local = shortnumberinfo.connects_to_emergency_number(rest, home)
    return Meaning(rest, region=home, kind=NumberKind.EMERGENCY) if local else None


def _service(rest: str, home: str) -> Meaning | None:
    if home == "JP" and rest in _SERVICES_JP:
        return Meaning(rest, region=home, kind=NumberKind.SERVICE, valid=True)
    return None


def _through_carrier(rest: str, home: str) -> Meaning | None:
    """00XY and what follows it: 010 and a country, a national number, or (old custom) a country at once."""
    carrier = _CARRIER_JP.match(rest) if home == "JP" else None
    if carrier is None:
        return None
    behind = rest[carrier.end() :]
    if behind in EMERGENCY:
        return Meaning(rest, region=home, kind=NumberKind.EMERGENCY)
    inner = _number(behind, home) if re.match(r"0[1-9]", behind) else None
    if inner is None or not inner.valid:
        abroad = _number("+" + behind, home) if len(behind) > 7 and not behind.startswith("0") else None
        inner = abroad if abroad and abroad.valid else inner
    if inner is None:
        return None
    return replace(inner, rest=rest, carrier=carrier[0])


def _number(rest: str, home: str) -> Meaning | None:
    import phonenumbers as lib

    try:
        parsed = lib.parse(rest, home)
    except lib.NumberParseException:
        return _to_nowhere(rest, home)
    national = lib.national_significant_number(parsed)
    country = parsed.country_code or 0
    if _is_emergency_abroad(national.lstrip("0"), country):  # +81110 must not become 110
        return Meaning(rest, region=home, kind=NumberKind.EMERGENCY)
    international = bool(_behind_prefix(rest, home))
    if not international and not _written_in_full(rest, parsed, home):
        return _as_dialled(rest, home)
    kind, valid = _classify(parsed, national)
    if not valid and not international and not rest.startswith(trunk_prefix(home)):
        return _as_dialled(rest, home)
    if not valid and not _possible(parsed, rest, international):
        return _as_dialled(rest, home) if not international and len(rest) >= _MIN_NATIONAL else None
    region = lib.region_code_for_number(parsed) or lib.region_code_for_country_code(country)
    region = region if len(region) == 2 and region.isalpha() and region != "ZZ" else ""
    carrier = rest[:4] if home == "JP" and rest.startswith("00") and kind is NumberKind.UNKNOWN else ""
    return Meaning(rest, country, national, region, kind, valid, region != home, carrier=carrier)


def _is_emergency_abroad(national: str, country: int) -> bool:
    import phonenumbers as lib
    from phonenumbers import shortnumberinfo

    if national in EMERGENCY:
        return True
    region = lib.region_code_for_country_code(country)
    return len(national) <= 4 and shortnumberinfo.is_emergency_number(national, region)


def _possible(parsed: PhoneNumber, rest: str, international: bool) -> bool:
    """The prefix before a country code does not count."""
    import phonenumbers as lib

    in_full = len(f"{parsed.country_code}{parsed.national_number}")
    length = in_full if international else len(digits(rest))
    if length > _MAX_DIGITS or in_full < _MIN_LOCAL:
        return False
    reason = lib.is_possible_number_with_reason(parsed)
    if reason == lib.ValidationResult.IS_POSSIBLE:
        return True
    return length >= _MIN_LOCAL and reason != lib.ValidationResult.TOO_SHORT


def _to_nowhere(rest: str, home: str) -> Meaning | None:
    """A country code that does not exist (yet), or digits that the library cannot even parse."""
    abroad = _behind_prefix(rest, home)
    if not abroad:
        return _as_dialled(rest, home)
    length = len(rest.lstrip("+"))
    return Meaning(rest, national=abroad, foreign=True) if _MIN_LOCAL < length <= _MAX_DIGITS + 3 else None


def _as_dialled(rest: str, home: str) -> Meaning | None:
    """Digits without the trunk prefix, or of no known form: nothing is added to them, and they are doubtful."""
    return Meaning(rest, region=home) if _MIN_LOCAL < len(rest) <= _MAX_DIGITS else None


def _written_in_full(rest: str, parsed: PhoneNumber, home: str) -> bool:
    """Whether a national spelling has its trunk prefix: 312345678 is not 0312345678 (digits are never added)."""
    import phonenumbers as lib

    if rest == national_digits(parsed):
        return True
    trunk = trunk_prefix(home)
    if trunk and rest.startswith(trunk):
        return rest == trunk + lib.national_significant_number(parsed)
    return not trunk


def _behind_prefix(rest: str, home: str) -> str:
    """What stands behind ``+`` or 010: a country code and more; "" for a number inside the country."""
    if rest.startswith("+"):
        return rest[1:]
    import phonenumbers as lib

    metadata = lib.PhoneMetadata.metadata_for_region(home)
    pattern = metadata.international_prefix if metadata else None
    found = re.match(pattern, rest) if pattern else None
    abroad = rest[found.end() :] if found else ""
    return "" if abroad.startswith("0") else abroad


def _classify(parsed: PhoneNumber, national: str) -> tuple[NumberKind, bool]:
    import phonenumbers as lib

    kind = _KINDS.get(_type_name(lib.number_type(parsed)), NumberKind.UNKNOWN)
    valid = lib.is_valid_number(parsed)
    country = parsed.country_code
    if country in _SATELLITE:
        return NumberKind.SATELLITE, valid
    if country == 979 or (country == 1 and national.startswith("900")):
        return NumberKind.PREMIUM, valid
    return _classify_jp(national, kind, valid) if country == _JP else (kind, valid)


def _classify_jp(national: str, kind: NumberKind, valid: bool) -> tuple[NumberKind, bool]:
    """reliability.md section 6, also where the library knows no such number."""
    if national.startswith("990"):
        return NumberKind.PREMIUM, valid
    if national.startswith("570"):
        return NumberKind.SHARED_COST, valid
    if national.startswith(("180", "170")):
        return NumberKind.SHARED_COST, valid or len(national) == 9
    if national.startswith("20"):
        return NumberKind.PAGER, valid
    return kind, valid


def _type_name(value: int) -> str:
    import phonenumbers as lib

    return lib.PhoneNumberType.to_string(value)


_KINDS = {
    "FIXED_LINE": NumberKind.FIXED,
    "MOBILE": NumberKind.MOBILE,
    "FIXED_LINE_OR_MOBILE": NumberKind.FIXED_OR_MOBILE,
    "TOLL_FREE": NumberKind.TOLL_FREE,
    "PREMIUM_RATE": NumberKind.PREMIUM,
    "SHARED_COST": NumberKind.SHARED_COST,
    "VOIP": NumberKind.VOIP,
    "PERSONAL_NUMBER": NumberKind.PERSONAL,
    "PAGER": NumberKind.PAGER,
    "UAN": NumberKind.COMPANY,
    "VOICEMAIL": NumberKind.COMPANY,
}


@lru_cache(maxsize=256)
def trunk_prefix(home: str) -> str:
    """The digit before national numbers where they are written with one: "0" in Japan, "" in the USA."""
    import phonenumbers as lib

    metadata = lib.PhoneMetadata.metadata_for_region(home)
    trunk = metadata.national_prefix if metadata else None
    example = lib.example_number(home)
    if not trunk or example is None:
        return ""
    return trunk if national_digits(example) == trunk + lib.national_significant_number(example) else ""


@lru_cache(maxsize=256)
def international_prefix(home: str) -> str:
    """What is dialled before a country code: "010" from Japan. "+" where a carrier must be chosen (Brazil, Korea)."""
    import phonenumbers as lib

    metadata = lib.PhoneMetadata.metadata_for_region(home)
    if metadata is None:
        return "+"
    for prefix in (metadata.preferred_international_prefix, metadata.international_prefix):
        if prefix and re.fullmatch(r"\d+(?:~\d+)?", prefix):
            return digits(prefix)
    return "+"


def caller_id_prefixes(home: str) -> tuple[str, ...]:
    """184 and 186 in Japan."""
    return _CALLER_ID.get(home, ())


def country_code(home: str) -> int:
    """81 for Japan; 0 for no region of the library's."""
    import phonenumbers as lib

    return lib.country_code_for_region(home)


def is_region(home: str) -> bool:
    """Whether numbers can be read from this region."""
    import phonenumbers as lib

    return home in lib.SUPPORTED_REGIONS


def national_digits(parsed: PhoneNumber) -> str:
    """How a number is dialled inside its own country."""
    import phonenumbers as lib

    return digits(lib.format_number(parsed, lib.PhoneNumberFormat.NATIONAL))
