"""Text from outside made fit to stand on one line beside other text (reliability.md P12). No Qt."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

_BREAKS = re.compile("[\t\n\r\x0b\x0c\x85\u2028\u2029]+")
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def clean(text: str) -> str:
    """Text from outside on one line, without anything that could hide or reorder what stands beside it."""
    return _HIDDEN.sub("", _BREAKS.sub(" ", text)).strip()


def isolated(text: str) -> str:
    """Text from outside for use inside a sentence: its direction stays its own (FSI … PDI)."""
    return f"\u2068{text}\u2069" if text and not text.isascii() else text


def cut(text: str, columns: int) -> str:
    """At most so many columns of text, an ideograph taking two."""
    taken = 0
    for place, char in enumerate(text):
        taken += 2 if east_asian_width(char) in "WF" else 1
        if taken > columns:
            return text[:place].rstrip() + "…"
    return text
