"""Destinations: whom in the company a call is connected to, as the PBX takes it."""

from __future__ import annotations

import re
import unicodedata

from basix_desktop.domain.errors import InputRefused
from basix_desktop.domain.limits import MAX_TEXT
from basix_desktop.domain.number_find import find
from basix_desktop.domain.number_plan import interpret
from basix_desktop.domain.number_text import dialled, fold

_LINK = re.compile(r"\s*<?(?:tel|callto):", re.I)
_DIGITS = re.compile(r"[-+\d\s().\[\]/]+")


def read_destination(text: str, home: str = "JP") -> str:
    """A name, group or extension exactly as typed, less white space around it (full-width too).

    One thing is changed: an extension typed in full-width digits alone becomes ASCII digits, since an input method left
    on is the only reason for them. Names are never touched. Raises ``InputRefused`` for the field ``destination``:
    ``destination_missing``, ``destination_is_external`` (the PBX connects to no outside number: 10 or 11 digits from 0,
    or ``+``, in any spelling), ``destination_invalid`` (controls, reordering marks, over 256 characters).
    """
    destination = text.strip().strip("\u200b\ufeff\u2060").strip()
    if not destination:
        raise InputRefused("destination_missing", "destination")
    if len(destination) > MAX_TEXT:
        raise InputRefused("destination_invalid", "destination", f"{len(destination)} characters")
    for char in destination:
        if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or char in "\u202a\u202b\u202c\u202d\u202e":
            raise InputRefused("destination_invalid", "destination", f"U+{ord(char):04X}")
    if _is_external(destination, home):
        raise InputRefused("destination_is_external", "destination", destination[:40])
    return fold(destination) if destination.isdecimal() else destination


def _is_external(destination: str, home: str) -> bool:
    folded = fold(destination)
    if _LINK.match(folded):
        return True
    digits = dialled(folded)
    if _DIGITS.fullmatch(folded) and re.search(r"\d", folded):
        if "+" in digits or re.fullmatch(r"0\d{9,10}", digits):
            return True
        meaning = interpret(digits, home)
        return meaning is not None and meaning.valid and len(digits) >= 10
    return _holds_a_number(folded, home)


def _holds_a_number(folded: str, home: str) -> bool:
    """ "TEL 03-1234-5678", "03-1234-5678 (Tanaka)": an outside number with words around it."""
    try:
        return any(found.meaning.valid and len(found.dialled) >= 10 for found in find(folded, home))
    except InputRefused:
        return False
