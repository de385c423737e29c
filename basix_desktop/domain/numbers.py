"""Reading, showing and sending phone numbers.

What is shown, stored and sent agree: ``Number.shown`` has exactly the digits of ``Number.sent``, and reading either
again gives the same number. Nothing is rewritten but between the ways to dial one number (``+81 3…`` and ``03…``).
"""

from __future__ import annotations

import re
from functools import lru_cache

from basix_desktop.domain.accounts import DialFormat
from basix_desktop.domain.errors import InputRefused, NumberAmbiguous
from basix_desktop.domain.limits import MAX_TEXT
from basix_desktop.domain.number_dialling import compose, grouped
from basix_desktop.domain.number_find import find
from basix_desktop.domain.number_labels import is_fax, is_tel
from basix_desktop.domain.number_link import apply_parameters, open_link
from basix_desktop.domain.number_plan import Meaning, country_code, interpret, is_region, trunk_prefix
from basix_desktop.domain.number_runs import Found
from basix_desktop.domain.number_text import check, dialled, digits, fold
from basix_desktop.domain.number_types import Number, NumberKind
from basix_desktop.domain.number_typing import regroup

__all__ = [
    "MAX_TEXT",
    "Number",
    "NumberKind",
    "digits_for_search",
    "is_region",
    "number_key",
    "read",
    "regroup",
    "show",
    "warm_up",
]


def read(text: str, home: str = "JP", dial_format: DialFormat = DialFormat.NATIONAL) -> Number:
    """The one number in what was typed, pasted or clicked (at most 256 characters).

    Raises ``InputRefused`` with ``number_missing``, ``not_a_number``, ``number_too_long``, ``number_has_controls``,
    ``number_has_pauses``, ``number_is_code``, ``number_context_unknown``, or ``NumberAmbiguous`` where two different
    numbers are meant. A number that the numbering plan calls invalid is read (``valid`` is False). Emergency numbers
    are read too: ``guard.examine`` refuses them. Any thread.
    """
    return _read(text, home, dial_format)


@lru_cache(maxsize=8)
def _read(text: str, home: str, dial_format: DialFormat) -> Number:
    """The same text is read while it is typed and again when Call is pressed."""
    check(text)
    folded = fold(text)
    if not folded.strip():
        raise InputRefused("number_missing", "number")
    folded, left_out = open_link(folded) or _with_parameters(folded)
    numbers = _distinct(find(folded, home), home, dial_format, left_out)
    if not numbers:
        raise InputRefused("not_a_number", "number")
    return _choose(numbers)


def _with_parameters(folded: str) -> tuple[str, str]:
    """A bare number with link parameters behind it (``03-1234-5678;ext=12``)."""
    number, *parameters = folded.split(";")
    is_bare = re.fullmatch(r"[-+\d\s().]+", number)
    if is_bare and parameters and all(re.match(r"\s*[a-z-]+\s*=", parameter, re.I) for parameter in parameters):
        return apply_parameters(number, parameters)
    return folded, ""


def _distinct(found: list[Found], home: str, dial_format: DialFormat, left_out: str) -> list[tuple[str, Number]]:
    numbers: dict[str, tuple[str, Number]] = {}
    for each in found:
        sent = compose(each.meaning, home, dial_format is DialFormat.E164)
        if sent is None:
            continue
        number = _number(each.meaning, sent, home, each.left_out or left_out)
        label, first = numbers.get(sent, ("", number))
        numbers[sent] = ("/".join(part for part in (label, each.label) if part), first)
    return list(numbers.values())


def _number(meaning: Meaning, sent: str, home: str, left_out: str) -> Number:
    prefix = re.search(r"18[46]", meaning.lead)
    release = "122" if "122" in meaning.lead else ""
    return Number(
        sent=sent,
        shown=grouped(sent, home),
        region=meaning.region,
        kind=meaning.kind,
        valid=meaning.valid,
        foreign=meaning.foreign,
        e164=meaning.e164,
        prefix=prefix[0] if prefix else "",
        left_out=left_out,
        carrier=release + meaning.carrier,
    )


def _choose(numbers: list[tuple[str, Number]]) -> Number:
    """Two numbers need a question, but for a fax beside what is marked as the telephone."""
    if len(numbers) == 2:
        calls = [(label, number) for label, number in numbers if not is_fax(label)]
        if len(calls) == 1 and is_tel(calls[0][0]):
            return calls[0][1]
    if len(numbers) > 1:
        raise NumberAmbiguous(tuple((label, number.shown) for label, number in numbers))
    return numbers[0][1]


def show(sent: str, home: str = "JP") -> str:
    """A stored or sent number grouped for display, with exactly its digits; any other text as it is."""
    folded = fold(sent) if len(sent) <= MAX_TEXT else ""
    if not re.fullmatch(r"\+?[-\d ().]+", folded) or not folded.isascii():
        return sent
    plain = dialled(folded)
    shown = grouped(plain, home)
    return shown if shown != plain else sent


def number_key(sent_or_typed: str, home: str = "JP") -> str:
    """The same for every spelling of one number: with ``+``, 010 or nationally, with 184/186 or without.

    Never raises: a text that is no number is its own key.
    """
    folded = fold(sent_or_typed[:MAX_TEXT]).strip()
    if re.fullmatch(r"[-+\d\s().]+", folded):
        meaning = interpret(dialled(folded), home)
        if meaning is not None:
            return meaning.key
    try:
        number = read(sent_or_typed, home)
    except InputRefused:
        return folded.casefold()
    meaning = interpret(number.sent, home)
    return meaning.key if meaning else number.sent


def warm_up(home: str = "JP") -> None:
    """Load the numbering plan of a home region (60 ms the first time). For a thread that may wait, after the first
    paint: every other function here is then fast enough for the main thread."""
    regroup("0", 1, home)
    show("+81312345678", home)
    read("+81312345678", home)


def digits_for_search(text: str, home: str = "JP") -> str:
    """The digits in a search text as stored numbers have them: any script, ``+81 3`` as ``03``."""
    folded = fold(text[:MAX_TEXT])
    found = re.search(r"\+\s*(\d[-\d\s().]*)", folded)
    code = str(country_code(home) or "")
    if found and code and digits(found[1]).startswith(code):
        rest = digits(found[1]).removeprefix(code)
        trunk = trunk_prefix(home)
        return rest if trunk and rest.startswith(trunk) else trunk + rest
    return digits(folded)
