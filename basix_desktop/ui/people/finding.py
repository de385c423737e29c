"""Finding people by name, label, reading and extension. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from basix_desktop.domain.live import Person
from basix_desktop.domain.romaji import sound
from basix_desktop.ui.dial.matching import fold

_NO_MATCH = 9


class Kind(Enum):
    """Whom the list shows."""

    ALL = "all"
    PEOPLE = "people"
    GROUPS = "groups"


@dataclass(frozen=True, slots=True)
class _Texts:
    """What one person is found by, folded. ``members`` of a group."""

    own: tuple[str, ...]
    extension: str
    sounds: tuple[str, ...]
    members: tuple[str, ...]


@lru_cache(maxsize=8_192)
def _texts(name: str, label: str, extension: str, names: tuple[str, ...]) -> _Texts:
    own = tuple(dict.fromkeys(fold(text) for text in (label, name) if text))
    sounds = tuple(dict.fromkeys(sound(text) for text in (label, name) if text))
    return _Texts(own, fold(extension), sounds, tuple(fold(text) for text in names))


def find(text: str, people: Iterable[Person], kind: Kind = Kind.ALL) -> Sequence[Person]:
    """Who fits what was typed, best first; everybody for nothing typed."""
    chosen = [p for p in people if kind is Kind.ALL or p.is_group == (kind is Kind.GROUPS)]
    wanted, spoken = fold(text), sound(text)
    if not wanted:
        return chosen
    ranked = ((rank(wanted, spoken, person), place) for place, person in enumerate(chosen))
    return [chosen[place] for found, place in sorted(ranked) if found < _NO_MATCH]


def rank(wanted: str, spoken: str, person: Person) -> int:
    """How well one person fits, 0 best; ``wanted`` is folded, ``spoken`` its sound."""
    texts = _texts(person.name, person.label, person.extension, person.names)
    all_texts = (*texts.own, texts.extension)
    if wanted in all_texts:
        return 0
    if any(text.startswith(wanted) for text in all_texts):
        return 1
    if any(word.startswith(wanted) for text in texts.own for word in _words(text)):
        return 2
    if spoken and any(word.startswith(spoken) for text in texts.sounds for word in (text, *_words(text))):
        return 3
    if any(wanted in text for text in texts.own):
        return 4
    return 5 if any(wanted in text for text in texts.members) else _NO_MATCH


def matches(text: str, person: Person) -> bool:
    wanted = fold(text)
    return bool(wanted) and rank(wanted, sound(text), person) < _NO_MATCH


def _words(text: str) -> list[str]:
    return text.replace("-", " ").replace("_", " ").replace(".", " ").replace("・", " ").split()
