"""Text from outside made fit to stand on one line beside other text (reliability.md P12). No Qt."""

from __future__ import annotations

from unicodedata import east_asian_width

from basix_desktop.ui.widgets.text import clean, isolated

__all__ = ["clean", "cut", "isolated"]


def cut(text: str, columns: int) -> str:
    """At most so many columns of text, an ideograph taking two."""
    taken = 0
    for place, char in enumerate(text):
        taken += 2 if east_asian_width(char) in "WF" else 1
        if taken > columns:
            return text[:place].rstrip() + "…"
    return text
