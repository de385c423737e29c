"""Finding destinations from their first letters. No Qt."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_KATAKANA = range(0x30A1, 0x30F7)
_TO_HIRAGANA = 0x60
_MOST = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """A destination to choose. ``key`` is the favourite's key (1 to 9) or 0; ``reading`` is searched, never shown."""

    destination: str
    label: str = ""
    key: int = 0
    reading: str = ""
    typed: bool = False  # exactly what was typed, known or not

    @property
    def name(self) -> str:
        return self.label or self.destination


def fold(text: str) -> str:
    """One spelling for what people hold to be the same: NFKC, no case, hiragana for katakana."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(chr(ord(c) - _TO_HIRAGANA) if ord(c) in _KATAKANA else c for c in folded).strip()


def known(favourites: Iterable[Choice], recent: Iterable[Choice]) -> tuple[Choice, ...]:
    """Favourites, then recent destinations that are none of them."""
    result = {choice.destination: choice for choice in favourites}
    for choice in recent:
        result.setdefault(choice.destination, choice)
    return tuple(result.values())


def suggestions(text: str, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """What to propose for what was typed, best first, what was typed among it.

    Letters are the beginning of a name: matches come first. Digits are an extension, complete as it stands: what was
    typed comes first, so that Enter never turns 100 into 1001.
    """
    wanted = fold(text)
    if not wanted:
        return ()
    ranked = sorted(((_rank(wanted, choice), place) for place, choice in enumerate(choices)))
    matches = [choices[place] for rank, place in ranked if rank < _NO_MATCH][:_MOST]
    exact = resolve(text, choices)
    if exact is not None:
        return (exact, *(choice for choice in matches if choice != exact))
    as_typed = Choice(text.strip(), typed=True)
    return (as_typed, *matches) if wanted.isdecimal() else (*matches, as_typed)


def resolve(text: str, choices: Sequence[Choice]) -> Choice | None:
    """The one choice that this text names in full: its destination, else its label; None if none or several."""
    typed = text.strip()
    for choice in choices:
        if choice.destination == typed:
            return choice
    wanted = fold(text)
    if not wanted:
        return None
    for texts in zip(*((c.destination, c.label, c.reading) for c in choices), strict=True):
        found = [choice for choice, text in zip(choices, texts, strict=True) if fold(text) == wanted]
        if found:
            return found[0] if len(found) == 1 else None
    return None


_NO_MATCH = 9


def _rank(wanted: str, choice: Choice) -> int:
    texts = [fold(text) for text in (choice.label, choice.destination, choice.reading) if text]
    if wanted in texts:
        return 0
    if any(text.startswith(wanted) for text in texts):
        return 1
    if any(word.startswith(wanted) for text in texts for word in text.replace("-", " ").replace("_", " ").split()):
        return 2
    return 3 if any(wanted in text for text in texts) else _NO_MATCH
