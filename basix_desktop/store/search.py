"""What is found by what: folding of text, and the tokens of the index.

The index holds every single character and every pair of neighbours of what can be searched, so that a search works
from the first character on (田 finds 田中). Text is folded alike on both sides: NFKC, case, hiragana for katakana, no
accents on Latin letters, no white space. Numbers are held as digits, national and international, whatever their
spelling.

The tokens of a document follow from its folded text and its bucket alone; both are kept, since the index can forget a
document only when told its tokens again. So a change of :func:`tokens` needs a migration that builds the index anew.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import add

#: Characters of a query that are looked at.
MAX_QUERY = 256
#: Words and tokens that the index is asked for; the rest is compared with the text alone.
MAX_WORDS = 8
MAX_TOKENS = 8

#: Stands between the fields of a document: no folded text holds it.
SEPARATOR = "\n"

# The index's tokenizer takes ASCII letters, digits and everything beyond ASCII as part of a token.
_PUNCTUATION = {code: 0xE000 + code for code in range(0x21, 0x7F) if not chr(code).isalnum()}
_KATAKANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
_AROUND_DIGITS = frozenset("+()./~・,−ー〜")
_BUCKETS = {"placed": "placed", "not_placed": "notplaced", "to_check": "tocheck"}


@lru_cache(maxsize=8192)
def _fold_character(char: str) -> str:
    base = unicodedata.normalize("NFD", char)
    if len(base) > 1 and base[0] < "\u0590":  # Latin, Greek, Cyrillic: without their accents
        return "".join(mark for mark in base if not unicodedata.combining(mark))
    category = unicodedata.category(char)
    return "" if category[0] in "CZ" and category not in ("Co", "Cn") else char


def fold(text: str) -> str:
    """The form in which texts are compared; holds no white space and no control characters."""
    if text.isascii():
        return "".join(char for char in text.lower() if "!" <= char <= "~")
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(map(_fold_character, folded)).translate(_KATAKANA)


def digits(text: str) -> str:
    """The decimal digits of any script, as ASCII, in their order."""
    if text.isascii():
        return "".join(filter(str.isdecimal, text))
    return "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())


def _reads_as_number(text: str) -> bool:
    return any(map(str.isdecimal, text)) and all(
        char.isdecimal() or char.isspace() or char in _AROUND_DIGITS or unicodedata.category(char) == "Pd"
        for char in unicodedata.normalize("NFKC", text)
    )


# ITU-T E.164: country codes have one digit (1 and 7), three where the first two are these, else two.
_THREE_DIGITS = re.compile(r"2[1-689]|3[578]|42|5[09]|6[7-9]|8[03578]|9[679]")


def _spellings(number: str) -> Iterable[str]:
    """The digits of a number as kept, and for an international one also as dialled inside its country."""
    plain = digits(number)
    yield plain
    if number.startswith("+"):
        code = 1 if plain.startswith(("1", "7")) else 3 if _THREE_DIGITS.match(plain) else 2
        yield "0" + plain[code:]


def document(texts: Iterable[str], numbers: Iterable[str]) -> str:
    """The folded text of an attempt: each different field once."""
    fields = [fold(text) for text in texts]
    fields += [spelling for number in numbers for spelling in _spellings(number)]
    return SEPARATOR.join(dict.fromkeys(field for field in fields if field))


def tokens(folded: str, bucket: str) -> str:
    """The tokens of a document, as the index takes them."""
    found: set[str] = set()
    for field in folded.split(SEPARATOR):
        found.update(field)
        found.update(map(add, field, field[1:]))
    return " ".join([_BUCKETS[bucket], *found]).translate(_PUNCTUATION)


@dataclass(frozen=True, slots=True)
class Word:
    """One word asked for, in each form that would do."""

    forms: tuple[str, ...]

    @property
    def exact(self) -> bool:
        """Does the index alone tell whether a document holds it?"""
        return all(len(form) <= 2 for form in self.forms)

    def found_in(self, folded: str) -> bool:
        return any(form in folded for form in self.forms)

    @property
    def expression(self) -> str:
        """For the index: a superset of the documents that hold the word."""
        return "(" + " OR ".join(f"({' AND '.join(map(_quoted, _asked(form)))})" for form in self.forms) + ")"


def _asked(form: str) -> list[str]:
    if len(form) <= 2:
        return [form]
    pairs = [form[i : i + 2] for i in range(len(form) - 1)]
    step = max(1, -(-len(pairs) // MAX_TOKENS))
    return list(dict.fromkeys(pairs[::step]))


def _quoted(token: str) -> str:
    return f'"{token.translate(_PUNCTUATION)}"'


@dataclass(frozen=True, slots=True)
class Search:
    """A search, read: every word has to be found."""

    words: tuple[Word, ...]

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def exact(self) -> bool:
        return len(self.words) <= MAX_WORDS and all(word.exact for word in self.words)

    def found_in(self, folded: str) -> bool:
        return all(word.found_in(folded) for word in self.words)

    def expression(self, bucket: str | None = None) -> str:
        """For ``MATCH``; with a bucket, only what lies in it."""
        parts = [word.expression for word in self.words[:MAX_WORDS]]
        return " AND ".join([*parts, f'"{_BUCKETS[bucket]}"'] if bucket else parts)


def parse(text: str) -> Search:
    """Read what was typed into the search field. Digits, spaces and dashes alone are one number, in any spelling."""
    text = text[:MAX_QUERY]
    parts = [text] if _reads_as_number(text) else text.split()
    words = (Word(forms) for part in parts if (forms := _forms(part)))
    return Search(tuple(dict.fromkeys(words)))


def _forms(part: str) -> tuple[str, ...]:
    forms = [fold(part)]
    if _reads_as_number(part):
        text = unicodedata.normalize("NFKC", part)
        forms.append(digits(text.replace("(0)", "") if text.lstrip().startswith("+") else text))
    return tuple(dict.fromkeys(form for form in forms if form))
