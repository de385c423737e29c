"""Reading the PBX's JSON strictly: an answer that can be understood in two ways is not understood at all."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

MAX_DEPTH = 32
#: More digits than any number the PBX sends; Python refuses to read some 4,300.
_MAX_DIGITS = 1000
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def read_object(body: bytes) -> dict[str, Any] | None:
    """The JSON object in ``body``, or None for anything else: other JSON, duplicate names, NaN, too deep, not UTF-8
    (reliability.md D). Integers beyond 1,000 digits are read as infinite floats."""
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object_of,
            parse_constant=_refuse_constant,
            parse_int=_read_int,
        )
    except (ValueError, RecursionError):  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        return None
    return value if isinstance(value, dict) and not _too_deep(value) else None


def as_text(body: bytes) -> str:
    """An answer as text to keep and show: undecodable bytes replaced, control and direction characters left out."""
    text = body.decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or not _is_control(c))


def clean(value: object, limit: int = 64, scrub: Callable[[str], str] = str) -> str:
    """A short word of the PBX's, such as ``error.id``, on one line: controls out, clipped (reliability.md D14).
    ``scrub`` takes secrets out while they are whole: of a clipped one it would find nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = re.sub(r"\s+", " ", "".join(c if not _is_control(c) or c.isspace() else "" for c in str(value)))
    return scrub(text.strip())[:limit]


def _is_control(character: str) -> bool:
    return character in _BIDI or unicodedata.category(character) in ("Cc", "Cs")


def _object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name occurs twice")
    return members


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _read_int(digits: str) -> int | float:
    return int(digits) if len(digits) <= _MAX_DIGITS else math.inf


def _too_deep(value: object) -> bool:
    level: list[object] = [value]
    for _ in range(MAX_DEPTH):
        level = [child for parent in level for child in _children(parent)]
        if not level:
            return False
    return True


def _children(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value
