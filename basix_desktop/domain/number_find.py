"""The phone numbers in a text. Digits alone decide nothing: what they mean from the home region does.

A text of nothing but digits and separators is *typed*: it is taken as it stands wherever that is possible. In any other
text a number must look like one, or carry a mark such as TEL. No typed digit is lost or joined: what stands apart from
the number is told as left out, what may belong to it makes it doubtful, or no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from basix_desktop.domain.errors import InputRefused
from basix_desktop.domain.number_labels import (
    has_words,
    is_something_else,
    label_before,
    label_behind,
    mask,
)
from basix_desktop.domain.number_plan import caller_id_prefixes, interpret, trunk_prefix
from basix_desktop.domain.number_runs import Found, Lookups, in_run, is_date
from basix_desktop.domain.number_text import dialled
from basix_desktop.domain.number_types import NumberKind

_TYPED = re.compile(r"[-+\d\s().\[\]/・]*")
_CODE = re.compile(r"(?=.*[*#])[-+\d\s().*#]*")
_BULLETS = re.compile(r"^\s*(?:[*#]+ +|\*\*(?=[^*]))|\*\*\s*$")
#: Begins at a sign, so that no text makes it slow.
_RUN = re.compile(r"(?:(?:18[46]|122)[-\s.()]*)?(?:\+[-\s().]*)?\d(?:[-\s().\[\]/・]*\d)*", re.A)
_EXTENSION = re.compile(
    r"[\s,(\[・/]*(?:内線(?:番号)?|内|;ext=|ext?(?:ension|n)?(?![a-z])|x|#|option|durchwahl|dw|app|poste)"
    r"[\s.:)\]-]*(\d{1,8})(?!\d)[)\]]?",
    re.I | re.A,
)
_PAUSE = re.compile(r"\s*(?:,{2,}|;postd=)|[pw](?=[\d,;pw*#]|$)", re.I | re.A)
_COMMA = re.compile(r"[,;](?=(?P<tones>[\d*#]+))", re.A)
#: Behind 184, or behind the digit for an outside line.
_PAUSE_BEFORE = re.compile(r"(?:(?<!\d)(?:184|186|122|0)|^\s*(?:\d[,;pw]+)*\d)[,;pw]+$", re.I)
_LETTER_BEHIND = re.compile(r"(?!x\d|ext|p\d|w\d|fax|tel|mobile|e-?mail|[tfme][:.])[a-z_]", re.I)
_DECIMAL = re.compile(r"\s*-?\d+\.\d+\s*")
_SHORT = re.compile(r"(?<![\d.:-])(1\d\d)(?= ?番(?!地))")
#: Digits beside a typed number that may belong to it; a day, a postal code and what ``+`` stands for do not.
_RUNS_IN = re.compile(r"\d[ -]*\+?\Z")
_RUNS_ON = re.compile(r"[ -]*\+?\d")
_APART_BEFORE = re.compile(r"\s*(?:(?:\d{1,4}(?:-\d{1,4})+|\d{1,2}/\d{1,2})[\s(]+[\d+]|(?:00|01[01])\s*\+)")
_APART_BEHIND = re.compile(r"\s*\d{3}-\d{4}\s*")
_BEHIND = re.compile(r"(?:[- ().,~\[\]/・、]*\d)+(?!\w)")
_SEPARATORS = " -+.,~()[]/・、|\n"
#: 184、03-…; 184（非通知）03-…
_PREFIX_BEFORE = re.compile(r"(?<![\d-])(\d{3,4})([^\d\n|]{1,12})$")


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
    if not typed:
        found = [replace(each, left_out=_left_out(each, masked, found)) for each in found]
    elif len(found) == 1:
        found = list(_without_loss(found[0], masked))
    if not found and typed:
        found = list(_as_typed(folded, masked, home))
    if not found:
        found = list(_short_numbers(masked, home)) or list(_lone_emergency(masked, home))
    return list(_with_surroundings(found, masked, home))


def _is_code(folded: str) -> bool:
    text = folded.strip()
    if not _CODE.fullmatch(text):
        return False
    return not re.fullmatch(r"[^*#]*\d[^*#]*# ?\d{1,8}", text) or len(re.sub(r"\D", "", text.split("#")[0])) < 8


def _all_runs(masked: str, look_up: Lookups, typed: bool) -> Iterator[Found]:
    blocked = 0  # an extension that was consumed already
    for run in _RUN.finditer(masked):
        start = max(run.start(), blocked)
        if re.search(r"(?<!\d)(?!0[01])\d+\+$", masked[: start + 1]):
            continue  # +81+3… is no number; the + in 00+81… stands for 00
        for found in in_run(masked, start, run.end(), look_up, typed):
            if not typed and _is_part_of_a_word(masked, found):
                continue
            mark, length = label_behind(masked[found.end :])
            extension = _EXTENSION.match(masked, found.end + length)
            if extension:
                blocked = extension.end()
                yield replace(found, left_out=extension[1], end=blocked, label=mark)
            else:
                yield found


def _without_loss(found: Found, masked: str) -> Iterator[Found]:
    """A typed number, if no digit beside it may belong to it; what stands apart is told as left out."""
    before, behind = masked[: found.start].rstrip("([ "), masked[found.end :]
    apart = _APART_BEFORE.fullmatch(masked, 0, found.start + 1) or is_date(dialled(before))
    if _RUNS_IN.search(before) and not apart:
        return
    if _RUNS_ON.match(behind) and not _APART_BEHIND.fullmatch(behind):
        return
    left_out = (part.strip(_SEPARATORS) for part in (before, behind))
    yield replace(found, left_out=" ".join(part for part in left_out if part))


def _left_out(found: Found, masked: str, all_found: list[Found]) -> str:
    """The extension, and the digits of no word or number that follow on the line: 03-1234-5678/5679."""
    end = min((other.start for other in all_found if other.start >= found.end), default=len(masked))
    behind = _BEHIND.match(masked, found.end, end)
    rest = behind[0].strip(_SEPARATORS) if behind else ""
    return " ".join(part for part in (found.left_out, rest) if part)


def _is_part_of_a_word(masked: str, found: Found) -> bool:
    before = masked[: found.start].rstrip("(+[")
    if re.search(r"(?:^|[^*\w])[*#]\Z|\d[*#]\Z", before) and not before.endswith("**"):
        raise InputRefused("number_is_code", "number", masked.strip()[:40])
    if before.endswith("%") or (found.meaning.valid is False and re.search(r"[,.]\Z", before)):
        return True
    glued = re.search(r"[A-Za-zÀ-ÿ_][A-Za-zÀ-ÿ0-9_]*[-.:]?\Z", before)
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
    return bool(re.fullmatch(r"(?:t[eé]l|phone|ph|fon|fax|mobile|mobil|cell|call|[tfmdp]|callto)[-.:_]?", word, re.I))


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
    return len(digits) <= 4 or digits.startswith(("+", *caller_id_prefixes(home), "122", trunk)) or not trunk


def _short_numbers(masked: str, home: str) -> Iterator[Found]:
    """110番, 117番: three digits in a text are a number only when it says so."""
    for short in _SHORT.finditer(masked):
        meaning = interpret(short[1], home)
        if meaning is not None:
            yield Found(short[1], meaning, short.start(), short.end())


def _lone_emergency(masked: str, home: str) -> Iterator[Found]:
    """TEL 110, 110に電話: no other digits are in the text, so the refusal can say why."""
    found: Found | None = None
    for group in _RUN.finditer(masked):
        digits = dialled(group[0]).lstrip("+")
        meaning = interpret(digits, home)
        if len(digits) != 3 or meaning is None or meaning.kind is not NumberKind.EMERGENCY:
            return
        found = found or Found(digits, meaning, group.start(), group.end())
    if found:
        yield found


def _with_surroundings(all_found: list[Found], masked: str, home: str) -> Iterator[Found]:
    """Add the marks and what is left off, and refuse pauses on either side of a number."""
    for found in all_found:
        _refuse_pauses(masked, found, home)
        earlier = [other for other in all_found if other.end <= found.start]
        start = max((other.end + _mark_behind(masked, other, all_found)[1] for other in earlier), default=0)
        before = label_before(masked[start : found.start])
        behind = found.label or _mark_behind(masked, found, all_found)[0]
        label = "/".join(dict.fromkeys(part for part in (before, behind) if part))
        yield from _with_prefix(replace(found, label=label), masked, start, home)


def _mark_behind(masked: str, found: Found, all_found: list[Found]) -> tuple[str, int]:
    """The mark in brackets behind a number and its length, unless it is the next number's: (TEL)03-…(FAX)03-…"""
    mark, length = label_behind(masked[found.end :])
    following = [other.start for other in all_found if other.start >= found.end]
    gap = masked[found.end + length : min(following)] if following else "-"
    if not mark or gap.strip(" (+["):
        return mark, length
    first, last = masked[: all_found[0].start], masked[all_found[-1].end :]
    is_nearer, is_further = masked[found.end] != " ", not gap.startswith(" ")
    if is_nearer == is_further:  # as near to the next number: as the other marks of the text stand
        is_nearer = bool(label_behind(last)[0]) or not label_before(first)
    return (mark, length) if is_nearer else ("", 0)


def _with_prefix(found: Found, masked: str, start: int, home: str) -> Iterator[Found]:
    """184 before a number belongs to it; words between them (184を付けて) leave that open, which is a question."""
    prefix = _PREFIX_BEFORE.search(masked, start, found.start)
    if prefix is None or prefix[1] not in caller_id_prefixes(home):
        yield found
        return
    digits = prefix[1] + found.dialled
    meaning = interpret(digits, home)
    is_open = meaning is None or has_words(prefix[2])
    found = replace(found, label="") if is_open else found
    if meaning is not None:
        yield replace(found, dialled=digits, meaning=meaning, start=prefix.start())
    if is_open:
        yield found


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
