"""Text from outside made fit to stand on one line beside other text (reliability.md P12). No Qt."""

from __future__ import annotations

from unicodedata import east_asian_width

from basix_desktop.ui.widgets.text import clean, isolated

__all__ = ["clean", "cut", "inside", "isolated"]


def inside(text: str, *names: str) -> str:
    """A line's words as they go on inside a sentence: begun with a small letter, unless a name or an abbreviation
    stands there."""
    begins_a_name = any(name and text.startswith(name) for name in names)
    return text if begins_a_name or not text[1:2].islower() else text[0].lower() + text[1:]


def cut(text: str, columns: int) -> str:
    """At most so many columns of text, an ideograph taking two."""
    taken = 0
    for place, char in enumerate(text):
        taken += 2 if east_asian_width(char) in "WF" else 1
        if taken > columns:
            return text[:place].rstrip() + "…"
    return text
