"""The phone numbers in a text. Digits alone decide nothing: what they mean from the home region does.

A text of nothing but digits and separators is *typed*: it is taken as it stands wherever that is possible. In any other
text a number must look like one, or carry a mark such as TEL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from basix_desktop.domain.errors import InputRefused
from basix_desktop.domain.number_labels import (
    is_something_else,
    label_before,
    label_behind,
    mask,
)
from basix_desktop.domain.number_plan import interpret, trunk_prefix
from basix_desktop.domain.number_runs import Found, Lookups, in_run, is_date
from basix_desktop.domain.number_text import dialled

_TYPED = re.compile(r"[-+\d\s().\[\]/・]*")
_CODE = re.compile(r"(?=.*[*#])[-+\d\s().*#]*")
_BULLETS = re.compile(r"^\s*(?:[*#]+ +|\*\*(?=[^*]))|\*\*\s*$")
#: Begins at a sign, so that no text makes it slow.
_RUN = re.compile(r"(?:(?:18[46]|122)[-\s.()]*)?(?:\+[-\s().]*)?\d(?:[-\s().\[\]/・]*\d)*", re.A)
_EXTENSION = re.compile(
    r"[\s,(\[・/]*(?:内線(?:番号)?|内|;ext=|ext(?:ension|n)?\b\.?|x|#)[\s.:-]*(\d{1,8})(?!\d)[)\]]?", re.I | re.A
)
_PAUSE = re.compile(r"\s*(?:,{2,}|;postd=)|[pw](?=[\d,;pw*#]|$)", re.I | re.A)
_COMMA = re.compile(r"[,;](?=(?P<tones>[\d*#]+))", re.A)
_PAUSE_BEFORE = re.compile(r"(?<!\d)(?:184|186|122|0)[,;pw]+$", re.I)
_LETTER_BEHIND = re.compile(r"(?!x\d|ext|p\d|w\d|fax|tel|mobile|e-?mail|[tfme][:.])[a-z_]", re.I)
_DECIMAL = re.compile(r"\s*-?\d+\.\d+\s*")
_SHORT = re.compile(r"(?<![\d.:-])(1\d\d)(?=番(?!地))")


def find(folded: str, home: str) -> list[Found]:
    """All numbers in a folded text, in its order; empty if there is none.

    Raises ``InputRefused`` for pauses (which must not be left off silently) and for codes with ``*`` and ``#``.
    """
    folded = _BULLETS.sub("", folded)
    typed = bool(_TYPED.fullmatch(folded))
    if _is_code(folded):
        raise InputRefused("number_is_code", "number", folded.strip()[:40])
    masked = mask(folded)
    look_up = Lookups(home)
    found = list(_all_runs(masked, look_up, typed))
    if look_up.left < 0 and len(found) < 2:
        return []  # not everything was looked at: no number may pass for the only one
    if not found and typed:
        found = list(_as_typed(folded, masked, home))
    if not found:
        found = list(_short_numbers(masked, home))
    return [_with_surroundings(each, masked, found, home) for each in found]


def _is_code(folded: str) -> bool:
    text = folded.strip()
    if not _CODE.fullmatch(text):
        return False
    return not re.fullmatch(r"[^*#]*\d[^*#]*# ?\d{1,8}", text) or len(re.sub(r"\D", "", text.split("#")[0])) < 8


def _all_runs(masked: str, look_up: Lookups, typed: bool) -> Iterator[Found]:
    blocked = 0  # an extension that was consumed already
    for run in _RUN.finditer(masked):
        start = max(run.start(), blocked)
        for found in in_run(masked, start, run.end(), look_up, typed):
            if not typed and _is_part_of_a_word(masked, found):
                continue
            extension = _EXTENSION.match(masked, found.end)
            blocked = extension.end() if extension else blocked
            yield replace(found, left_out=extension[1], end=extension.end()) if extension else found


def _is_part_of_a_word(masked: str, found: Found) -> bool:
    before = masked[: found.start].rstrip("(+[")
    if re.search(r"(?:^|[^*\w])[*#]$|\d[*#]$", before) and not before.endswith("**"):
        raise InputRefused("number_is_code", "number", masked.strip()[:40])
    if before.endswith("%") or (found.meaning.valid is False and re.search(r"[,.]$", before)):
        return True
    glued = re.search(r"[A-Za-z_][A-Za-z0-9_]*[-.:]?$", before)
    if glued and not label_is_known(glued[0]) and not (glued[0][-1] in ".:" and len(glued[0]) > 2):
        return True
    if is_something_else(before):
        return True
    exact = masked[found.start : found.end].isdecimal() or not found.meaning.valid
    if exact and glued and len(glued[0]) == 1 and not found.meaning.valid:
        return True  # T1234567890123 is an invoice issuer
    return exact and bool(_LETTER_BEHIND.match(masked, found.end))


def label_is_known(word: str) -> bool:
    """Whether letters glued to a number are a mark (TEL03-…)."""
    return bool(re.fullmatch(r"(?:tel|phone|ph|fax|mobile|cell|call|[tfmdp]|callto)[-.:]?", word, re.I))


def _as_typed(folded: str, masked: str, home: str) -> Iterator[Found]:
    """Digits that the numbering plan rejects, typed on their own: the PBX may know better."""
    digits = dialled(folded)
    if "+" in digits.lstrip("184602")[1:] or re.search(r"\d\s*\n\s*\d", folded) or is_date(digits):
        return
    if _DECIMAL.fullmatch(folded):
        return
    meaning = interpret(digits, home)
    grouped = not re.fullmatch(r"\s*\+?\d+\s*", folded)
    if meaning is None or (grouped and not meaning.valid and ("|" in masked or not _begins_well(digits, home))):
        return
    yield Found(digits, meaning, 0, len(folded))


def _begins_well(digits: str, home: str) -> bool:
    trunk = trunk_prefix(home)
    return len(digits) <= 4 or digits.startswith(("+", "184", "186", "122", trunk or "+")) or not trunk


def _short_numbers(masked: str, home: str) -> Iterator[Found]:
    """110番, 117番: three digits in a text are a number only when it says so."""
    for short in _SHORT.finditer(masked):
        meaning = interpret(short[1], home)
        if meaning is not None:
            yield Found(short[1], meaning, short.start(), short.end())


def _with_surroundings(found: Found, masked: str, all_found: list[Found], home: str) -> Found:
    """Add the mark, and refuse pauses on either side of the number."""
    _refuse_pauses(masked, found, home)
    start = max((other.end for other in all_found if other.end <= found.start), default=0)
    start += label_behind(masked[start:])[1] if start else 0
    behind, _ = label_behind(masked[found.end :])
    before = label_before(masked[start : found.start])
    return replace(found, label="/".join(dict.fromkeys(part for part in (before, behind) if part)))


def _refuse_pauses(masked: str, found: Found, home: str) -> None:
    comma = _COMMA.match(masked, found.end)
    paused = bool(_PAUSE.match(masked, found.end) or _PAUSE_BEFORE.search(masked[: found.start]))
    if comma and not paused:
        behind = interpret(dialled(comma["tones"]), home) if "#" not in comma["tones"] else None
        follows = masked[comma.end() : comma.end() + 25]
        longer = re.match(r"[\d().-]+", follows)
        other = interpret(dialled(longer[0]), home) if longer else behind
        paused = not (other and other.valid)
    if paused:
        raise InputRefused("number_has_pauses", "number", masked.strip()[:60])
