"""What the demo PBX writes: the tags that every BERT reader knows."""

import math

import pytest

from basix_desktop.etf import Chars, EtfError, Limits, Term, decode, encode

_WIDE = Limits(bytes=100_000, nodes=1_000, integer=1_000)


@pytest.mark.parametrize(
    ("value", "body"),
    [
        ("added", b"s\x05added"),
        (None, b"s\x09undefined"),
        (True, b"s\x04true"),
        (b"x", b"m\0\0\0\x01x"),
        (Chars(b"x"), b"k\0\x01x"),
        (0, b"a\0"),
        (256, b"b\0\0\x01\0"),
        (-1, b"b\xff\xff\xff\xff"),
        (2**31, b"n\x04\0\0\0\0\x80"),
        (-(2**40), b"n\x06\x01\0\0\0\0\0\x01"),
        ([], b"h\x02s\x04berts\x03nil"),
        ([1], b"l\0\0\0\x01a\x01j"),
        ((), b"h\0"),
        ("山", b"w\x03" + "山".encode()),
    ],
)
def test_in_the_tags_of_the_pbx(value: Term, body: bytes) -> None:
    assert encode(value) == b"\x83" + body


def test_in_the_tags_of_a_current_erlang() -> None:
    assert encode(["é", [], 1.0], modern=True) == b"\x83l\0\0\0\x03w\x02" + "é".encode() + b"jF?\xf0" + bytes(6) + b"j"


def test_what_needs_longer_lengths() -> None:
    for value in (tuple(range(300)), 2**3000, "x" * 300, Chars(b"x" * 65_535)):
        assert decode(encode(value), limits=_WIDE) == value


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, "x" * 65_536, "\udc00", Chars(b"x" * 65_536), {1, 2}, (object(),), [bytearray(b"x")]]
)
def test_what_is_no_term_is_refused(value: Term) -> None:
    with pytest.raises(EtfError):
        encode(value)
