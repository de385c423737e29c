"""Making text from outside safe to show: one line, nothing hidden or reordered, never markup (reliability.md P12)."""

from __future__ import annotations

import re

_BREAKS = re.compile("[\t\n\r\x0b\x0c\x85\u2028\u2029]+")
_ISOLATES = re.compile("[\u2066-\u2069]")
_KEY = re.compile(r"\s*\(&[^)&]\)")  # how Japanese labels carry their key: "設定(&S)…"
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def clean(text: str) -> str:
    """Text from outside on one line, without anything that could hide or reorder what stands beside it."""
    return _HIDDEN.sub("", _BREAKS.sub(" ", text)).strip()


def isolated(text: str) -> str:
    """Cleaned text for use inside a sentence: its direction stays its own."""
    cleaned = clean(text)
    return cleaned if cleaned.isascii() else f"\u2068{cleaned}\u2069"


def spoken(text: str) -> str:
    """What is shown, as a screen reader is given it: without the marks of direction, which some read out."""
    return _ISOLATES.sub("", text)


def tooltip(text: str) -> str:
    """Plain text for ``setToolTip``, which takes for markup whatever looks like it."""
    import html  # not for the first picture

    return f"<qt>{html.escape(text)}</qt>" if text else ""


def button_text(text: str) -> str:
    """Text for a button or menu, where ``&`` would mark a key."""
    return text.replace("&", "&&")


def without_key(label: str) -> str:
    """A label's words without the mark of its key: what a screen reader says."""
    return _KEY.sub("", label).replace("&&", "\0").replace("&", "").replace("\0", "&")
