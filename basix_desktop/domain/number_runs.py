"""The numbers in one run of digits and separators.

The whole run is a number if it means one; else the longest parts that do, from left to right; else what at least stands
like one. What ``+``, 010 or 184 begins is never read without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from basix_desktop.domain.number_labels import is_tel, label_before
from basix_desktop.domain.number_plan import (
    Meaning,
    caller_id_prefixes,
    country_code,
    international_prefix,
    interpret,
    trunk_prefix,
)
from basix_desktop.domain.number_text import dialled

_ATOM = re.compile(r"[^\s/・()\[\]]+")
#: Strings of digits looked up in one text; more than any real text needs, few enough for a hostile one.
_MAX_LOOKUPS = 60
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


class Lookups:
    """Counts look-ups in the numbering plan, so that no text takes long."""

    def __init__(self, home: str) -> None:
        self.home = home
        self.left = _MAX_LOOKUPS
        self.trunk = trunk_prefix(home)
        long = ("+", international_prefix(home), *caller_id_prefixes(home), *(("122", "00") if home == "JP" else ()))
        self.long = long  # what may begin more than 17 digits (Germany has 16)
        self.beginnings = (*long, self.trunk)

    def __call__(self, digits: str) -> Meaning | None:
        longest = 28 if digits.startswith(self.long) else 17
        if not 6 <= len(digits) <= longest or not digits.startswith(self.beginnings):
            return None
        self.left -= 1
        if self.left < 0:
            return None
        return interpret(digits, self.home)

    def looks_dialled(self, digits: str) -> bool:
        """Begins as numbers from this home region begin."""
        return digits.startswith(("+", self.trunk or digits))

    def begins_unit(self, atom: str) -> bool:
        """Whether the digits behind this one mean something else without it."""
        digits = dialled(atom)
        if digits.startswith("+") or digits in (international_prefix(self.home), *caller_id_prefixes(self.home)):
            return True
        return bool(re.fullmatch(r"122|00\d{0,4}", digits))  # a carrier's, or another country's international prefix

    def is_abroad(self, digits: str) -> bool:
        """Whether this is a number with its country code, only the ``+`` was not written."""
        meaning = self("+" + digits)
        return meaning is not None and meaning.valid and meaning.country != country_code(self.home)


def in_run(masked: str, start: int, end: int, look_up: Lookups, typed: bool) -> Iterator[Found]:
    """The numbers among digits joined by separators: the whole if it is a number, else the longest parts that are."""
    atoms = [(m.start(), m.end()) for m in _ATOM.finditer(masked, start, end) if re.search(r"[\d+]", m[0])]
    if not atoms:
        return
    start, end = atoms[0][0], atoms[-1][1]
    whole = dialled(masked[start:end])
    meaning = look_up(whole)
    if meaning is not None and meaning.valid and _cut(masked, atoms, 0, len(atoms), look_up) == len(atoms):
        yield Found(whole, meaning, start, end)
        return
    parts = list(_valid_windows(masked, atoms, look_up))
    if parts:
        yield from sorted([*parts, *_doubtful_atoms(masked, atoms, parts, look_up)], key=lambda f: f.start)
    elif meaning is not None and not typed and _is_doubtful_number(masked, start, whole, meaning, look_up):
        yield Found(whole, meaning, start, end)
    elif not typed:
        yield from _doubtful_atoms(masked, atoms, [], look_up)


def _valid_windows(masked: str, atoms: list[tuple[int, int]], look_up: Lookups) -> Iterator[Found]:
    """The longest valid numbers from left to right. What ``+``, 010 or 184 begins is never read without it."""
    first = loose = 0
    while first < len(atoms):
        last, found = _longest(masked, atoms, first, look_up)
        if found:
            cut = _cut(masked, atoms, first, last, look_up)
            shorter = _window(masked, atoms, first, cut, look_up) if cut < last else None
            if shorter:
                yield shorter
            if not shorter or (last == len(atoms) and "\n" not in _gap(masked, atoms, cut)):
                yield from _with_country(masked, atoms, (loose, first, last), found, look_up)
            first = loose = cut
        elif look_up.begins_unit(masked[slice(*atoms[first])]):
            last = _end_of_unit(masked, atoms, first)
            found = _window(masked, atoms, first, last, look_up)
            if found:
                yield found
            first = loose = last
        else:
            first += 1
            loose = first if _is_apart(masked, atoms, first) else loose


def _longest(masked: str, atoms: list[tuple[int, int]], first: int, look_up: Lookups) -> tuple[int, Found | None]:
    for last in range(min(len(atoms), first + _MAX_ATOMS), first, -1):
        found = _window(masked, atoms, first, last, look_up)
        if found and found.meaning.valid:
            return last, found
    return first, None


def _gap(masked: str, atoms: list[tuple[int, int]], index: int) -> str:
    """What stands before an atom."""
    return masked[atoms[index - 1][1] : atoms[index][0]]


def _is_apart(masked: str, atoms: list[tuple[int, int]], index: int) -> bool:
    """Whether more than a space stands before an atom, or it is a postal code with its town (10115 Berlin)."""
    return (
        index >= len(atoms)
        or bool(re.search(r"[\n/・]", _gap(masked, atoms, index)))
        or bool(re.match(r"\d{5} [^\W\d_]", masked[atoms[index][0] :]))
    )


def _cut(masked: str, atoms: list[tuple[int, int]], first: int, last: int, look_up: Lookups) -> int:
    """Where numbers have no fixed length (Germany), two may read as one: it ends where it is complete and what follows
    stands apart, or is a number too."""
    for index in range(first + 1, last):
        begins = look_up.trunk and re.match(rf"{look_up.trunk}\d\d", masked[atoms[index][0] :])
        if not begins and not _is_apart(masked, atoms, index):
            continue
        left = _window(masked, atoms, first, index, look_up)
        if left and left.meaning.valid and (not begins or _longest(masked, atoms, index, look_up)[1]):
            return index
    return last


def _with_country(
    masked: str, atoms: list[tuple[int, int]], place: tuple[int, int, int], found: Found, look_up: Lookups
) -> Iterator[Found]:
    """The number with the digits before it where they are another country's code: 44 20 7946 0018 in the USA is not
    20 7946 0018, nor is 44 (0)20 7946 0018 anywhere 020 7946 0018."""
    loose, first, last = place
    trunk, own = look_up.trunk, str(country_code(look_up.home))
    in_brackets = bool(trunk) and masked[found.start - 1 : found.end].startswith(f"({trunk})")
    for begin in range(loose, first if in_brackets or not trunk else loose):
        before = dialled(masked[atoms[begin][0] : found.start])
        if in_brackets and before == own:
            yield replace(found, start=atoms[begin][0])
            return
        if look_up.is_abroad(before + found.dialled.removeprefix(trunk)):
            longer = _window(masked, atoms, begin, last, look_up)
            if longer:
                yield longer
            return
    yield found


def _window(masked: str, atoms: list[tuple[int, int]], first: int, last: int, look_up: Lookups) -> Found | None:
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


def _doubtful_atoms(masked: str, atoms: list[tuple[int, int]], parts: list[Found], look_up: Lookups) -> Iterator[Found]:
    """What is left of the run where it stands like a number: neighbours together, or else each by itself."""
    for group in _left_over(masked, atoms, parts):
        together = _doubtful(masked, group[0][0], group[-1][1], look_up)
        if together:
            yield together
        elif len(group) > 1 and not look_up.begins_unit(masked[slice(*group[0])]):
            yield from filter(None, (_doubtful(masked, start, end, look_up) for start, end in group))


def _left_over(masked: str, atoms: list[tuple[int, int]], parts: list[Found]) -> list[list[tuple[int, int]]]:
    groups: list[list[tuple[int, int]]] = []
    last = -1
    for start, end in atoms:
        if any(part.start <= start < part.end for part in parts):
            last = -1
        elif last >= 0 and not re.search(r"[\n/・]", masked[last:start]):
            groups[-1].append((start, end))
            last = end
        else:
            groups.append([(start, end)])
            last = end
    return groups


def _doubtful(masked: str, start: int, end: int, look_up: Lookups) -> Found | None:
    digits = dialled(masked[start:end])
    meaning = look_up(digits) or _marked(masked, start, digits, look_up.home)
    if meaning is None or not _is_doubtful_number(masked, start, digits, meaning, look_up):
        return None
    return Found(digits, meaning, start, end)


def _marked(masked: str, start: int, digits: str, home: str) -> Meaning | None:
    """Digits that begin as no number does, but are called one: TEL 1234-5678."""
    return interpret(digits, home) if len(digits) >= 8 and is_tel(label_before(masked[:start])) else None


def _is_doubtful_number(masked: str, start: int, digits: str, meaning: Meaning, look_up: Lookups) -> bool:
    """Digits that the numbering plan rejects but that stand where a number stands."""
    if is_date(digits[:8]):
        return False
    if 9 <= len(digits) <= 15 and look_up.trunk and look_up.looks_dialled(digits):
        return bool(meaning.country or digits.startswith("+"))
    return len(digits) >= 8 and (digits.startswith("+") or is_tel(label_before(masked[:start])))


def is_date(digits: str) -> bool:
    """YYYYMMDD, with a time behind it or without."""
    return bool(re.fullmatch(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{4}|\d{6})?", digits))
