"""Single values of the feed's tuples. Each reads one term and gives None where that is not of its kind, never an error.

The feed is observed, not promised (basix-api.md, top), so a number may come as text and text as a number.
"""

from __future__ import annotations

from basix_desktop.etf.terms import USUAL_WORDS, Term

LONGEST_TEXT = 16 * 1024  # characters; the feed's longest known text is some hundreds
_LONGEST_NUMBER = 18  # digits
_LATEST = 253_402_300_799_000  # the last second of the year 9999, in ms
_YES_WORDS = frozenset(
    {"true", "t", "yes", "y", "on", "enabled", "active", "registered", "logged_in", "login", "available", "online"}
)
_NO_WORDS = frozenset(
    {"false", "f", "no", "n", "off", "none", "null", "nil", "undefined", "disabled", "inactive", "unregistered"}
    | {"logged_out", "logout", "unavailable", "offline"}
)

_BYTES = {one.encode(): one for one in USUAL_WORDS}


def text(term: Term) -> str | None:
    """A binary or string in UTF-8 (what is not, is replaced), an atom, a list of code points, or a number's digits."""
    if isinstance(term, bytes):
        try:
            said = term.decode()  # the usual case, at half the price of naming what is done otherwise
        except UnicodeDecodeError:
            said = term.decode("utf-8", "replace")
        return said if len(said) <= LONGEST_TEXT else said[:LONGEST_TEXT]
    if isinstance(term, str):
        return term[:LONGEST_TEXT]
    if type(term) is int:
        return str(term)
    if isinstance(term, list):
        return _code_points(term)
    return None


def word(term: Term) -> str | None:
    """As :func:`text`, for words that channels repeat: the usual ones are one object each, not one a channel, which
    spares memory, and time wherever channels are compared."""
    if type(term) is str and len(term) <= LONGEST_TEXT:
        return term  # an atom, of which decode makes one object
    usual = _BYTES.get(term) if type(term) is bytes else None
    return usual if usual is not None else text(term)


def uuid(term: Term) -> str | None:
    """In small letters: two that differ in these alone are the same (RFC 9562 section 4)."""
    said = text(term)
    return said.lower() if said is not None else None


def number(term: Term) -> int | None:
    """A whole number from 0, also as digits."""
    if type(term) is int:
        return term if term >= 0 else None
    if isinstance(term, (bytes, str)) and 0 < len(term) <= _LONGEST_NUMBER and term.isdigit() and term.isascii():
        return int(term)
    return None


def moment(term: Term) -> int | None:
    """Microseconds since the epoch as milliseconds. None for 0 and below, and beyond the year 9999."""
    micro = term if type(term) is int else number(term)
    if micro is None:
        return None
    at = micro // 1000
    return at if 0 < at <= _LATEST else None


def flag(term: Term) -> bool | None:
    """A boolean, a number (0 is no, in digits too), no text at all (no), or a word that plainly means one of the two.
    None for any other word: taken for yes, it would warn of somebody who is free."""
    if isinstance(term, (bool, int)):
        return bool(term)
    said = text(term)
    if said is None:
        return None
    one = said.strip().lower().replace(" ", "_").replace("-", "_")
    if not one or (one.isascii() and one.isdigit()):
        return bool(one.strip("0"))
    return True if one in _YES_WORDS else False if one in _NO_WORDS else None


def _code_points(terms: list[Term]) -> str | None:
    points: list[str] = []
    for one in terms[:LONGEST_TEXT]:
        if type(one) is not int or not 0 <= one <= 0x10FFFF or 0xD800 <= one <= 0xDFFF:
            return None
        points.append(chr(one))
    return "".join(points)
