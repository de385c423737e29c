"""Grouping a number while it is typed."""

from __future__ import annotations

import re
from functools import lru_cache

from basix_desktop.domain.errors import InputRefused
from basix_desktop.domain.limits import MAX_TEXT
from basix_desktop.domain.number_dialling import grouped
from basix_desktop.domain.number_find import find
from basix_desktop.domain.number_plan import interpret, trunk_prefix
from basix_desktop.domain.number_text import dialled, fold

_BEING_TYPED = re.compile(r"\+?[-\d ().]*")
_LEAD = re.compile(r"(?:122)?(?:18[46])?(?:122)?")


def regroup(text: str, cursor: int, home: str = "JP") -> tuple[str, int]:
    """The number field's text with the separators people write, and where the cursor stands then.

    Only separators are added or removed, the cursor stays behind the same digit, and a text that is not purely one
    number being typed is left alone. Any thread; well under a millisecond once the metadata is loaded.
    """
    cursor = max(0, min(cursor, len(text)))
    if len(text) > MAX_TEXT or not _is_being_typed(text, home):
        return text, cursor
    signs = [char for char in text if char in "+＋" or char.isdecimal()]
    pattern = _pattern(fold("".join(signs)), home)
    before = sum(1 for char in text[:cursor] if char in "+＋" or char.isdecimal())
    grouped_text, moved = _fill(pattern, signs, before, at_end=cursor == len(text))
    return (text, cursor) if grouped_text == text else (grouped_text, moved)


def _is_being_typed(text: str, home: str) -> bool:
    folded = fold(text)
    digits = dialled(folded)
    if not _BEING_TYPED.fullmatch(folded) or "\n" in folded or not 2 <= len(digits) <= 20:
        return False
    if not all(len(fold(char)) == 1 and _BEING_TYPED.fullmatch(fold(char)) for char in text):
        return False  # a mark or an invisible character: the reading must still see it
    trunk = trunk_prefix(home)
    if not digits.startswith(("+", trunk)) and not (home == "JP" and digits.startswith(("184", "186", "122"))):
        return False
    return folded.isdecimal() or _is_one_number(folded, digits, home)


def _is_one_number(folded: str, digits: str, home: str) -> bool:
    """Whether taking the separators away would not change what the text is read as."""
    meaning = interpret(digits, home)
    try:
        found = find(folded, home)
    except InputRefused:
        return False
    return (len(found) == 0 and meaning is None) or (len(found) == 1 and found[0].dialled == digits)


@lru_cache(maxsize=1024)
def _pattern(digits: str, home: str) -> str:
    finished = grouped(digits, home)
    if finished != digits:
        return finished
    lead = _LEAD.match(digits) if home == "JP" else None
    end = lead.end() if lead else 0
    typed = _as_you_type(digits[end:], home)
    pattern = f"{digits[:end]}-{typed}" if end and typed else digits[:end] + typed
    return pattern if pattern == digits or _is_one_number(pattern, digits, home) else digits


def _as_you_type(digits: str, home: str) -> str:
    from phonenumbers import AsYouTypeFormatter

    formatter = AsYouTypeFormatter(home)
    shown = ""
    for digit in digits:
        shown = formatter.input_digit(digit)
    shown = shown.rstrip(" -")
    return shown if dialled(fold(shown)) == digits and _BEING_TYPED.fullmatch(shown) else digits


def _fill(pattern: str, signs: list[str], before: int, at_end: bool) -> tuple[str, int]:
    """Put the typed signs into the pattern's places; the cursor goes behind the ``before``-th of them."""
    shown: list[str] = []
    cursor = 0
    left = iter(signs)
    seen = 0
    for char in pattern:
        is_sign = char == "+" or char.isdecimal()
        shown.append(next(left) if is_sign else char)
        seen += is_sign
        if is_sign and seen == before:
            cursor = len(shown)
    return "".join(shown), len(shown) if at_end else cursor
