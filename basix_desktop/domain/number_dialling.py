"""How a number that is understood is dialled from a home region, and how people there write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from basix_desktop.domain.number_plan import (
    Meaning,
    country_code,
    international_prefix,
    interpret,
    national_digits,
    trunk_prefix,
)
from basix_desktop.domain.number_text import dialled, fold
from basix_desktop.domain.number_types import NumberKind

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

#: Numbers that only exist inside their own country's network: never written as E.164.
_NATIONAL_ONLY = frozenset({NumberKind.TOLL_FREE, NumberKind.SHARED_COST, NumberKind.SERVICE})


def compose(meaning: Meaning, home: str, e164: bool) -> str | None:
    """What is sent from ``home``; None if no spelling means the same number there."""
    e164 = e164 and not meaning.lead
    as_dialled = meaning.rest if e164 else meaning.rest.replace("+", international_prefix(home))
    for body in (_body(meaning, home, e164), as_dialled, meaning.e164):
        again = interpret(meaning.lead + body, home)
        if again is not None and (again.key == meaning.key or not (again.country or meaning.country)):
            return meaning.lead + body
    return None


def _body(meaning: Meaning, home: str, e164: bool) -> str:
    if meaning.carrier or meaning.kind is NumberKind.EMERGENCY:
        return meaning.rest
    if not meaning.country:
        prefix = "+" if e164 else international_prefix(home)
        return prefix + meaning.national if meaning.national else meaning.rest.replace("+", prefix)
    at_home = meaning.country == country_code(home)
    if e164 and not (at_home and meaning.kind in _NATIONAL_ONLY):
        return meaning.e164
    if not at_home:
        return f"{international_prefix(home)}{meaning.country}{meaning.national}"
    if meaning.valid:
        return national_digits(_parsed(meaning))
    return meaning.rest if not meaning.rest.startswith("+") else trunk_prefix(home) + meaning.national


def grouped(sent: str, home: str) -> str:
    """``sent`` with the separators that people write there; unchanged where there is no custom for it."""
    meaning = interpret(sent, home)
    if meaning is None or not meaning.valid or not meaning.country:
        return sent
    lead = meaning.lead and meaning.lead.replace("122", "122-").replace("18", "-18").strip("-") + "-"
    lead = lead.replace("--", "-")
    carrier = f"{meaning.carrier}-" if meaning.carrier else ""
    body = meaning.rest[len(meaning.carrier) :]
    for shown in (lead + carrier + spelling for spelling in _spellings(meaning, body)):
        if dialled(fold(shown)) == sent:
            return shown
    return sent


def _spellings(meaning: Meaning, body: str) -> tuple[str, ...]:
    import phonenumbers as lib

    parsed = _parsed(meaning)
    abroad = lib.format_number(parsed, lib.PhoneNumberFormat.INTERNATIONAL)
    code = f"{meaning.country}{meaning.national}"
    before = body[: -len(code)] if body.endswith(code) else ""
    return lib.format_number(parsed, lib.PhoneNumberFormat.NATIONAL), abroad, f"{before} {abroad.lstrip('+')}".strip()


def _parsed(meaning: Meaning) -> PhoneNumber:
    import phonenumbers as lib

    return lib.parse(meaning.e164, None)
