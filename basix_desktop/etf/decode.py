# ruff: noqa: SIM109, PLR1714 - in the one hot loop, two comparisons are faster than a look into a tuple of names
"""Reads the Erlang external term format, from a PBX that is not trusted (reliability.md M5, M6, S18).

No recursion, no interning, nothing allocated on the word of a length field: a container may claim no more elements
than bytes are left, and a slice never holds more than there is.
"""

from __future__ import annotations

import re
import zlib
from math import isfinite
from struct import Struct
from struct import error as struct_error
from typing import Any

from basix_desktop.etf.terms import EVENT_LIMITS, SNAPSHOT_LIMITS, USUAL_WORDS, EtfError, Limits, Term

NEW_FLOAT, COMPRESSED, SMALL_INTEGER, INTEGER, FLOAT, ATOM = 70, 80, 97, 98, 99, 100
SMALL_TUPLE, LARGE_TUPLE, NIL, STRING, LIST, BINARY, SMALL_BIG, LARGE_BIG = 104, 105, 106, 107, 108, 109, 110, 111
SMALL_ATOM, MAP, ATOM_UTF8, SMALL_ATOM_UTF8 = 115, 116, 118, 119

_FRAME = 0  # what holds the one outermost term
_WORDS: dict[bytes, Any] = {b"true": True, b"false": False, b"undefined": None}
# The PBX's commonest words (basix-api.md 2.3) are looked up with those, at no price: one object each, not one a frame.
_WORDS |= {word.encode(): word for word in USUAL_WORDS}

_u16 = Struct(">H").unpack_from
_u32 = Struct(">I").unpack_from
_i32 = Struct(">i").unpack_from
_f64 = Struct(">d").unpack_from

_FLOAT_TEXT = re.compile(rb"[+-]?\d+\.\d+(?:[eE][+-]?\d+)?")
_SNAPSHOT = re.compile(rb"(?:h.|i....)(?:[sw]\x0c|[dv]\x00\x0c)initial_info", re.DOTALL)
_LONGEST_HEAD = 20  # bytes that _SNAPSHOT may need
_TRUSTED_KEYS = 64  # see _map


def decode(data: bytes, limits: Limits = EVENT_LIMITS) -> Term:
    """The one term in ``data``, a whole frame: byte 131, then the term, then nothing.

    Atoms are ``str``, binaries and strings ``bytes`` (see ``terms``). A compressed term is inflated within the same
    limit of bytes. Functions, ports, processes, references, bit strings, improper lists, NaN and infinity are refused,
    and so is a map with equal keys, or with a list, tuple or map as a key.

    Raises ``EtfError``, nothing else. Any thread; takes time in proportion to the bytes.
    """
    if len(data) > limits.bytes:
        raise EtfError("too many bytes")
    if data[:1] != b"\x83":
        raise EtfError("wrong version")
    at = 1
    if data[1:2] == b"P":
        data, at = _inflate(data, limits), 0
    try:
        term: Term = _read(data, at, limits)
    except (IndexError, struct_error):
        raise EtfError("truncated") from None
    except UnicodeDecodeError:
        raise EtfError("atom is not UTF-8") from None
    return term


def limits_for(data: bytes) -> Limits:
    """The limits for a frame of the feed, by its first bytes: only ``{initial_info, …}`` may be large."""
    head = data[1 : 1 + _LONGEST_HEAD]
    if head[:1] == b"P":
        try:
            head = zlib.decompressobj().decompress(data[6:1024], _LONGEST_HEAD)
        except zlib.error:
            return EVENT_LIMITS
    return SNAPSHOT_LIMITS if _SNAPSHOT.match(head) else EVENT_LIMITS


def _read(data: bytes, i: int, limits: Limits) -> Any:  # noqa: C901, PLR0912, PLR0915
    """The term at ``i``, in one loop, since a call for each node would cost more than the node.

    A leaf may be sliced beyond the end: then ``i`` is too, which the next read or the end sees.
    """
    size = len(data)
    nodes = limits.nodes - 1
    open_: list[tuple[list[Any], int, int]] = []  # the containers around this one
    items: list[Any] = []
    append = items.append
    left = 1  # elements that are still to come
    kind = _FRAME
    value: Any
    while True:
        tag = data[i]
        if tag == BINARY:
            j = i + 5
            i = j + _u32(data, i + 1)[0]
            value = data[j:i]
        elif tag == SMALL_ATOM or tag == SMALL_ATOM_UTF8:
            j = i + 2
            i = j + data[i + 1]
            raw = data[j:i]
            value = _WORDS.get(raw, raw)
            if value is raw:
                value = raw.decode("latin-1" if tag == SMALL_ATOM else "utf-8")
        elif tag == SMALL_INTEGER:
            value = data[i + 1]
            i += 2
        elif tag == SMALL_TUPLE or tag == LIST or tag == LARGE_TUPLE or tag == MAP:
            if tag == SMALL_TUPLE:
                count = data[i + 1]
                i += 2
            else:
                count = _u32(data, i + 1)[0]
                i += 5
                if tag == MAP:
                    count *= 2
            if count > size - i:
                raise EtfError("truncated")
            nodes -= count
            if nodes < 0:
                raise EtfError("too many nodes")
            if len(open_) == limits.depth:
                raise EtfError("too deep")
            open_.append((items, left, kind))
            items = []
            append = items.append
            left = count
            kind = tag
            if count:
                continue
            value = None  # an empty container closes at once, below
        elif tag == SMALL_BIG or tag == LARGE_BIG:
            if tag == SMALL_BIG:
                count = data[i + 1]
                j = i + 3
            else:
                count = _u32(data, i + 1)[0]
                j = i + 6
            if count > limits.integer:
                raise EtfError("integer too large")
            i = j + count
            value = int.from_bytes(data[j:i], "little")
            if data[j - 1]:
                value = -value
        elif tag == INTEGER:
            value = _i32(data, i + 1)[0]
            i += 5
        elif tag == STRING:
            j = i + 3
            i = j + _u16(data, i + 1)[0]
            value = data[j:i]
        elif tag == NIL:
            value = []
            i += 1
        elif tag == ATOM or tag == ATOM_UTF8:
            j = i + 3
            i = j + _u16(data, i + 1)[0]
            raw = data[j:i]
            value = _WORDS.get(raw, raw)
            if value is raw:
                value = raw.decode("latin-1" if tag == ATOM else "utf-8")
        elif tag == NEW_FLOAT:
            value = _finite(_f64(data, i + 1)[0])
            i += 9
        elif tag == FLOAT:
            value = _float_of(data[i + 1 : i + 32])
            i += 32
        else:
            raise EtfError("tag refused")
        if left:
            append(value)
            left -= 1
        while not left:
            if kind == SMALL_TUPLE or kind == LARGE_TUPLE:
                value = tuple(items)
                if len(value) == 2 and value[0] == "bert":
                    value = _bert(value)
            elif kind == LIST:
                if data[i] != NIL:
                    raise EtfError("improper list")
                i += 1
                value = items
            elif kind == MAP:
                value = _map(items)
            else:
                if i != size:
                    raise EtfError("truncated" if i > size else "trailing bytes")
                return items[0]
            items, left, kind = open_.pop()
            append = items.append
            append(value)
            left -= 1


def _inflate(data: bytes, limits: Limits) -> bytes:
    """What a compressed frame holds: as much as it says, and no more than the limit."""
    if len(data) < 6:
        raise EtfError("truncated")
    claimed: int = _u32(data, 2)[0]
    if claimed > limits.bytes:
        raise EtfError("too many bytes")
    inflater = zlib.decompressobj()
    try:
        plain = inflater.decompress(data[6:], claimed + 1)
    except zlib.error:
        raise EtfError("compression broken") from None
    if len(plain) != claimed or not inflater.eof or inflater.unused_data:
        raise EtfError("compression broken")
    return plain


def _bert(pair: tuple[Any, Any]) -> Any:
    """BERT's own words: ``{bert, nil}`` is the empty list, ``{bert, true}`` and ``{bert, false}`` the booleans."""
    word = pair[1]
    if word == "nil":
        return []
    return word if isinstance(word, bool) else pair


def _map(flat: list[Any]) -> dict[Any, Any]:
    """A map of ``[key, value, …]``.

    Numbers can be chosen so that their hashes collide and a large map takes minutes; those of texts cannot.
    """
    keys = flat[::2]
    allowed: tuple[type, ...] = (str, bytes)
    if len(keys) <= _TRUSTED_KEYS:
        allowed = (str, bytes, int, float, type(None))
    if not all(isinstance(key, allowed) for key in keys):
        raise EtfError("key refused")
    made = dict(zip(keys, flat[1::2], strict=True))
    if len(made) != len(keys):
        raise EtfError("equal keys")
    return made


def _float_of(text: bytes) -> float:
    """Erlang's old floats: 31 bytes of decimal text, filled up with zeros."""
    if len(text) < 31:
        raise EtfError("truncated")
    digits = text.partition(b"\0")[0]
    if not _FLOAT_TEXT.fullmatch(digits):
        raise EtfError("not a float")
    return _finite(float(digits))


def _finite(value: float) -> float:
    if not isfinite(value):
        raise EtfError("not a finite float")
    return value
