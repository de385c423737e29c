"""The phone numbers in a text. Digits alone decide nothing: what they mean from the home region does.

A text of nothing but digits and separators is *typed*: it is taken as it stands wherever that is possible. In any other
text a number must look like one, or carry a mark such as TEL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from basix_desktop.domain.errors import InputRefused
from basix_desktop.domain.number_labels import (
    is_something_else,
    is_tel,
    label_before,
    label_behind,
    mask,
)
from basix_desktop.domain.number_plan import Meaning, international_prefix, interpret, trunk_prefix
from basix_desktop.domain.number_text import dialled

_TYPED = re.compile(r"[-+\d\s().\[\]/・]*")
_CODE = re.compile(r"(?=.*[*#])[-+\d\s().*#]*")
_BULLETS = re.compile(r"^\s*(?:[*#]+ +|\*\*(?=[^*]))|\*\*\s*$")
#: Begins at a sign, so that no text makes it slow.
_RUN = re.compile(r"(?:(?:18[46]|122)[-\s.()]*)?(?:\+[-\s().]*)?\d(?:[-\s().\[\]/・]*\d)*", re.A)
_ATOM = re.compile(r"[^\s/・()\[\]]+")
_EXTENSION = re.compile(
    r"[\s,(\[・/]*(?:内線(?:番号)?|内|;ext=|ext(?:ension|n)?\b\.?|x|#)[\s.:-]*(\d{1,8})(?!\d)[)\]]?", re.I | re.A
)
_PAUSE = re.compile(r"\s*(?:,{2,}|;postd=)|[pw](?=[\d,;pw*#]|$)|;(?=[\d*#])", re.I | re.A)
_COMMA = re.compile(r",(?=(?P<tones>[\d*#]+))", re.A)
_PAUSE_BEFORE = re.compile(r"(?<!\d)(?:184|186|122|0)[,;pw]+$", re.I)
_SHORT = re.compile(r"(?<![\d.:-])(1\d\d)(?=番(?!地))")
#: Windows of digits looked up in one text; more than any real text needs, few enough for a hostile one.
_MAX_LOOKUPS = 120
_MAX_ATOMS = 8


@dataclass(frozen=True, slots=True)
class Found:
    """One number in the text: what would be dialled, what it means, its place, its mark, what is left off."""

    dialled: str
    meaning: Meaning
    start: int
    end: int
    label: str = ""
    left_out: str = ""


def find(folded: str, home: str) -> list[Found]:
    """All numbers in a folded text, in its order; empty if there is none.

    Raises ``InputRefused`` for pauses (which must not be left off silently) and for codes with ``*`` and ``#``.
    """
    folded = _BULLETS.sub("", folded)
    typed = bool(_TYPED.fullmatch(folded))
    if _is_code(folded):
        raise InputRefused("number_is_code", "number", folded.strip()[:40])
    masked = mask(folded)
    found = list(_all_runs(masked, home, typed))
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


class _Lookups:
    """Counts look-ups in the numbering plan, so that no text takes long."""

    def __init__(self, home: str) -> None:
        self.home = home
        self.left = _MAX_LOOKUPS
        self.trunk = trunk_prefix(home)

    def __call__(self, digits: str) -> Meaning | None:
        if not 6 <= len(digits.lstrip("+")) <= 28 or self.left <= 0:
            return None
        self.left -= 1
        return interpret(digits, self.home)

    def looks_dialled(self, digits: str) -> bool:
        """Begins as numbers from this home region begin."""
        return digits.startswith(("+", self.trunk or digits))

    def begins_unit(self, atom: str) -> bool:
        """Whether the digits behind this one mean something else without it."""
        digits = dialled(atom)
        if self.home == "JP" and re.fullmatch(r"18[46]|122|00\d{1,4}", digits):
            return True
        return digits.startswith("+") or digits == international_prefix(self.home)


def _all_runs(masked: str, home: str, typed: bool) -> Iterator[Found]:
    look_up = _Lookups(home)
    blocked = 0  # an extension that was consumed already
    for run in _RUN.finditer(masked):
        start = max(run.start(), blocked)
        for found in _in_run(masked, start, run.end(), look_up, typed):
            if not typed and _is_part_of_a_word(masked, found):
                continue
            extension = _EXTENSION.match(masked, found.end)
            blocked = extension.end() if extension else blocked
            yield replace(found, left_out=extension[1]) if extension else found


def _in_run(masked: str, start: int, end: int, look_up: _Lookups, typed: bool) -> Iterator[Found]:
    """The numbers among digits joined by separators: the whole if it is a number, else the longest parts that are."""
    atoms = [(m.start(), m.end()) for m in _ATOM.finditer(masked, start, end) if re.search(r"[\d+]", m[0])]
    whole = dialled(masked[start:end])
    meaning = look_up(whole) if atoms else None
    if meaning is not None and meaning.valid:
        yield Found(whole, meaning, atoms[0][0], atoms[-1][1])
        return
    parts = list(_valid_windows(masked, atoms, look_up))
    if typed and len(parts) == 1 and _runs_on(masked, atoms, parts[0]):
        return  # more digits belong to it: none may be left off
    if parts:
        yield from sorted([*parts, *_doubtful_atoms(masked, atoms, parts, look_up, typed)], key=lambda f: f.start)
    elif meaning is not None and not typed and _is_doubtful_number(masked, atoms[0][0], whole, meaning, look_up):
        yield Found(whole, meaning, atoms[0][0], atoms[-1][1])
    elif not typed:
        yield from _doubtful_atoms(masked, atoms, [], look_up, typed)


def _valid_windows(masked: str, atoms: list[tuple[int, int]], look_up: _Lookups) -> Iterator[Found]:
    """The longest valid numbers from left to right. What ``+``, 010 or 184 begins is never read without it."""
    first = 0
    while first < len(atoms):
        last = min(len(atoms), first + _MAX_ATOMS)
        found = _window(masked, atoms, first, last, look_up)
        while last > first + 1 and not (found and found.meaning.valid):
            last -= 1
            found = _window(masked, atoms, first, last, look_up)
        if found and found.meaning.valid:
            yield found
            first = last
        elif look_up.begins_unit(masked[slice(*atoms[first])]):
            last = _end_of_unit(masked, atoms, first)
            found = _window(masked, atoms, first, last, look_up)
            if found:
                yield found
            first = last
        else:
            first += 1


def _window(masked: str, atoms: list[tuple[int, int]], first: int, last: int, look_up: _Lookups) -> Found | None:
    start, end = atoms[first][0], atoms[last - 1][1]
    digits = dialled(masked[start:end])
    meaning = look_up(digits) if "+" not in digits[4:] else None
    return Found(digits, meaning, start, end) if meaning is not None else None


def _end_of_unit(masked: str, atoms: list[tuple[int, int]], first: int) -> int:
    for index in range(first + 1, len(atoms)):
        gap = masked[atoms[index - 1][1] : atoms[index][0]]
        begins = masked[atoms[index][0]] == "+" and index > first + 1
        if begins or re.search(r"[\n/・]", gap):
            return index
    return len(atoms)


def _runs_on(masked: str, atoms: list[tuple[int, int]], part: Found) -> bool:
    """Whether a few digits follow a typed number behind nothing but a space."""
    behind = [atom for atom in atoms if atom[0] >= part.end]
    if not behind or atoms[0][0] < part.start:
        return False
    return masked[part.end : behind[0][0]] == " " and len(dialled(masked[part.end :])) <= 5


def _doubtful_atoms(
    masked: str, atoms: list[tuple[int, int]], parts: list[Found], look_up: _Lookups, typed: bool
) -> Iterator[Found]:
    for start, end in atoms:
        if any(part.start <= start < part.end for part in parts):
            continue
        digits = dialled(masked[start:end])
        meaning = look_up(digits)
        if meaning is not None and _is_doubtful_number(masked, start, digits, meaning, look_up):
            yield Found(digits, meaning, start, end)


def _is_doubtful_number(masked: str, start: int, digits: str, meaning: Meaning, look_up: _Lookups) -> bool:
    """Digits that the numbering plan rejects but that stand where a number stands."""
    if _is_date(digits[:8]):
        return False
    if 9 <= len(digits) <= 15 and look_up.trunk and look_up.looks_dialled(digits):
        return bool(meaning.country or digits.startswith("+"))
    return len(digits) >= 8 and (digits.startswith("+") or is_tel(label_before(masked[:start])))


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
    behind = masked[found.end : found.end + 1]
    plain = masked[found.start : found.end].isdecimal()
    return plain and bool(re.match(r"[A-Za-z_]", behind)) and not re.match(r"[xpwXPWeEfFtTmM]", behind)


def label_is_known(word: str) -> bool:
    """Whether letters glued to a number are a mark (TEL03-…)."""
    return bool(re.fullmatch(r"(?:tel|phone|ph|fax|mobile|cell|call|[tfmdpx]|callto|ext)[-.:]?", word, re.I))


def _as_typed(folded: str, masked: str, home: str) -> Iterator[Found]:
    """Digits that the numbering plan rejects, typed on their own: the PBX may know better."""
    digits = dialled(folded)
    if "+" in digits.lstrip("184602")[1:] or re.search(r"\d\s*\n\s*\d", folded) or _is_date(digits):
        return
    meaning = interpret(digits, home)
    grouped = not re.fullmatch(r"\s*\+?\d+\s*", folded)
    if meaning is None or (grouped and not meaning.valid and ("|" in masked or not _begins_well(digits, home))):
        return
    yield Found(digits, meaning, 0, len(folded))


def _begins_well(digits: str, home: str) -> bool:
    trunk = trunk_prefix(home)
    return len(digits) <= 4 or digits.startswith(("+", "184", "186", "122", trunk or "+")) or not trunk


def _is_date(digits: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{4}|\d{6})?", digits))


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
