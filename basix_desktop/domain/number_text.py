"""What stands in a text that may hold a phone number: one spelling for digits, dashes and letters.

Digits of every script become ASCII digits, every dash of Unicode (and what Japanese keyboards give instead) becomes
``-``. Circled and raised digits are marks, not digits, and never join a number (``①03-…``). Nothing here knows
numbering plans.
"""

from __future__ import annotations

import re
import unicodedata

from basix_desktop.domain.errors import InputRefused
from basix_desktop.domain.limits import MAX_TEXT

#: Signs that people use as a dash though Unicode calls them something else.
_DASHES = "\u2212\u2500\u2501\u2043\u02d7\u00ad\u2796\u207b\u208b\u00af\u3161"
#: The Japanese long vowel and the figure one: a dash beside digits (03ー1234), a letter inside words (コード, 第一).
_LONG_VOWELS = re.compile(r"(?<![\u3041-\u30ff\u3400-\u9fff])[ー一]+(?![^\W\d_])")
#: Wave dashes mean "to" (9:00〜18:00), so they part numbers rather than join them.
_WAVES = "\u301c\uff5e\u223c\u3030\u223d"
_LINE_BREAKS = "\n\r\t\v\f\x85\u2028\u2029"
#: Left-to-right marks come along when phones copy a number; they change nothing, so they are dropped.
_HARMLESS = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u061c\u202a\u202c\u202d\u2066\u2069\u2068\ufe0e\ufe0f\u180e"
#: These show digits in another order than they stand in (reliability.md N5).
_REORDERING = "\u202b\u202e\u2067"
_SYMBOLS = {
    "☎": "TEL ",
    "☏": "TEL ",
    "✆": "TEL ",
    "📞": "TEL ",
    "🕿": "TEL ",
    "℡": "TEL ",
    "📱": "携帯 ",
    "📠": "FAX ",
    "℻": "FAX ",
    "🖷": "FAX ",
    "・": "・",
    "･": "・",
    "№": "No.",
    "♯": "#",
    "∗": "*",
    "✱": "*",
}


def check(text: str) -> None:
    """Refuse a text that is too long or holds controls. Raises ``InputRefused`` for the field ``number``."""
    if len(text) > MAX_TEXT:
        raise InputRefused("number_too_long", "number", f"{len(text)} characters")
    refuse_controls(text, allowed=_LINE_BREAKS)


def refuse_controls(text: str, allowed: str = "") -> None:
    """Raise ``InputRefused("number_has_controls")`` for controls, reordering marks and lone surrogates."""
    for char in text:
        if char in allowed:
            continue
        if char in _REORDERING or unicodedata.category(char) in ("Cc", "Cs"):
            raise InputRefused("number_has_controls", "number", f"U+{ord(char):04X}")


def fold(text: str) -> str:
    """The text with one spelling for everything that matters to a number; line breaks become ``\\n``."""
    folded = unicodedata.normalize("NFC", "".join(_fold_char(char) for char in text))
    folded = _LONG_VOWELS.sub(lambda found: "-" * len(found[0]), folded)
    return re.sub(r"(?<=\d)[の局](?=\d)", "-", folded)


def _fold_char(char: str) -> str:
    if char in " -+()0123456789":
        return char
    if char in _SYMBOLS:
        return _SYMBOLS[char]
    if char in _LINE_BREAKS:
        return "\n"  # a tab too: it parts the cells of a table
    if char in _HARMLESS:
        return ""
    if char in _WAVES:
        return "~"
    return _fold_by_category(char)


def _fold_by_category(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.digit(char))
    if category == "Pd" or char in _DASHES:
        return "-"
    if category == "Zs":
        return " "
    if category == "No":
        return "|"  # a mark such as ①: parts what stands before it from what follows
    if category == "Cf":
        return ""
    compatible = unicodedata.normalize("NFKC", char)
    if compatible == char or any(c.isdecimal() for c in compatible):
        return char if compatible == char else "|"
    return "".join("-" if c in _DASHES or unicodedata.category(c) == "Pd" else c for c in compatible)


def digits(text: str) -> str:
    """The ASCII digits of an already folded text."""
    return re.sub(r"[^0-9]+", "", text)


def dialled(text: str) -> str:
    """Digits and ``+`` of an already folded text."""
    return re.sub(r"[^+0-9]+", "", text)
