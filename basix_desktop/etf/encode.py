"""Writes the Erlang external term format, for the demo PBX and for tests."""

from __future__ import annotations

from struct import pack

from basix_desktop.etf.terms import Chars, EtfError, Term

_LONGEST_STRING = 0xFFFF
_UNDEFINED, _TRUE, _FALSE = b"undefined", b"true", b"false"


def encode(term: Term, *, modern: bool = False) -> bytes:
    """``term`` as a frame: what ``decode`` reads back as an equal value.

    As the PBX writes it, in tags that every BERT reader knows; ``bytes`` become a binary, ``Chars`` a string, and the
    empty list ``{bert, nil}``. ``modern``: in the tags of a current Erlang (atoms in UTF-8, binary floats, plain nil).
    Raises ``EtfError`` for what is no term: NaN, infinity, a text or an integer that no tag can hold.
    """
    parts: list[bytes] = [b"\x83"]
    _write(term, parts, modern)
    return b"".join(parts)


def _write(term: Term, parts: list[bytes], modern: bool) -> None:
    match term:
        case tuple():
            head = b"h" + pack(">B", len(term)) if len(term) <= 255 else b"i" + pack(">I", len(term))
            _write_all(head, term, parts, modern)
        case list():
            _write_list(term, parts, modern)
        case dict():
            pairs = [part for pair in term.items() for part in pair]
            _write_all(b"t" + pack(">I", len(term)), pairs, parts, modern)
        case _:
            parts.append(_leaf(term, modern))


def _leaf(term: Term, modern: bool) -> bytes:
    match term:
        case None:
            return _atom(_UNDEFINED, modern)
        case bool():
            return _atom(_TRUE if term else _FALSE, modern)
        case int():
            return _integer(term)
        case float():
            return _float(term, modern)
        case str():
            return _named(term, modern)
        case bytes():
            return _text(term)
        case _:
            raise EtfError("not a term")


def _write_all(head: bytes, terms: tuple[Term, ...] | list[Term], parts: list[bytes], modern: bool) -> None:
    parts.append(head)
    for one in terms:
        _write(one, parts, modern)


def _write_list(terms: list[Term], parts: list[bytes], modern: bool) -> None:
    if not terms and not modern:
        _write(("bert", "nil"), parts, modern)
        return
    if terms:
        _write_all(b"l" + pack(">I", len(terms)), terms, parts, modern)
    parts.append(b"j")


def _named(name: str, modern: bool) -> bytes:
    try:
        return _atom(name.encode("utf-8" if modern else "latin-1"), modern)
    except UnicodeEncodeError:
        pass
    try:
        return _atom(name.encode(), modern=True)  # only UTF-8 can write it
    except UnicodeEncodeError:
        raise EtfError("not a text") from None


def _atom(name: bytes, modern: bool) -> bytes:
    if len(name) <= 255:
        return (b"w" if modern else b"s") + pack(">B", len(name)) + name
    if len(name) > _LONGEST_STRING:
        raise EtfError("atom too long")
    return (b"v" if modern else b"d") + pack(">H", len(name)) + name


def _text(text: bytes) -> bytes:
    if not isinstance(text, Chars):
        return b"m" + pack(">I", len(text)) + text
    if len(text) > _LONGEST_STRING:
        raise EtfError("string too long")
    return b"k" + pack(">H", len(text)) + text


def _integer(value: int) -> bytes:
    if 0 <= value <= 255:
        return b"a" + pack(">B", value)
    if -(2**31) <= value < 2**31:
        return b"b" + pack(">i", value)
    magnitude = abs(value)
    digits = magnitude.to_bytes((magnitude.bit_length() + 7) // 8, "little")
    head = b"n" + pack(">B", len(digits)) if len(digits) <= 255 else b"o" + pack(">I", len(digits))
    return head + (b"\1" if value < 0 else b"\0") + digits


def _float(value: float, modern: bool) -> bytes:
    if value - value != 0:  # NaN and infinity
        raise EtfError("not a finite float")
    if modern:
        return b"F" + pack(">d", value)
    return b"c" + (b"%.20e" % value).ljust(31, b"\0")
