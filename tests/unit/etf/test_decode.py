"""Terms written by hand, tag by tag, as the format's description has them (erts, "External Term Format")."""

import struct
import zlib

import pytest

from basix_desktop.etf import EVENT_LIMITS, SNAPSHOT_LIMITS, EtfError, Limits, Term, decode, encode, limits_for

V = b"\x83"


def u32(number: int) -> bytes:
    return struct.pack(">I", number)


@pytest.mark.parametrize(
    ("body", "meant"),
    [
        (b"a\xff", 255),
        (b"b\x00\x00\x03\xe8", 1000),
        (b"b\xff\xff\xff\xfe", -2),
        (b"b\x80\x00\x00\x00", -(2**31)),
        (b"n\x06\x00\x07\x85\x14\x85\xc9\x7e", int.from_bytes(b"\x7e\xc9\x85\x14\x85\x07", "big")),
        (b"n\x05\x01\x00\x00\x00\x00\x01", -(2**32)),
        (b"n\x00\x00", 0),
        (b"o\x00\x00\x00\x10\x00" + b"\xff" * 16, 2**128 - 1),
        (b"F\x3f\xf8\x00\x00\x00\x00\x00\x00", 1.5),
        (b"c1.50000000000000000000e+00".ljust(32, b"\0"), 1.5),
        (b"c-2.25e-01".ljust(32, b"\0"), -0.225),
        (b"d\x00\x05added", "added"),
        (b"s\x05added", "added"),
        (b"v\x00\x06" + "山田".encode(), "山田"),
        (b"w\x06" + "山田".encode(), "山田"),
        (b"s\x02\xe9\xfc", "éü"),
        (b"s\x04true", True),
        (b"w\x05false", False),
        (b"d\x00\x09undefined", None),
        (b"v\x00\x04true", True),
        (b"s\x00", ""),
        (b"m" + u32(6) + "山田".encode(), "山田".encode()),
        (b"m" + u32(0), b""),
        (b"m" + u32(4) + b"true", b"true"),
        (b"k\x00\x05helen", b"helen"),
        (b"j", []),
        (b"l" + u32(2) + b"a\x01s\x01xj", [1, "x"]),
        (b"l" + u32(0) + b"j", []),
        (b"h\x00", ()),
        (b"h\x02a\x01h\x01a\x02", (1, (2,))),
        (b"i" + u32(2) + b"a\x01j", (1, [])),
        (b"i" + u32(0), ()),
        (b"t" + u32(2) + b"s\x01xa\x01m\x00\x00\x00\x01ya\x02", {"x": 1, b"y": 2}),
        (b"t" + u32(0), {}),
        (b"h\x02s\x04berts\x03nil", []),
        (b"h\x02d\x00\x04bertd\x00\x04true", True),
        (b"h\x02s\x04berts\x05false", False),
        (b"h\x02m\x00\x00\x00\x04berts\x03nil", (b"bert", "nil")),
        (b"h\x03s\x04berts\x04dictj", ("bert", "dict", [])),
        (b"h\x02s\x04berta\x01", ("bert", 1)),
    ],
)
def test_every_tag_in_use_is_read(body: bytes, meant: Term) -> None:
    got = decode(V + body)
    assert (type(got), got) == (type(meant), meant)


@pytest.mark.parametrize(
    "body",
    [
        b"M\x00\x00\x00\x01\x03\xa0",  # a bit string
        b"N\x01",  # an atom of a cache
        b"X",
        b"Y",
        b"Z",
        b"e",
        b"f",
        b"gw\x04node\x00\x00\x00\x01\x00\x00\x00\x00\x01",  # a process
        b"p" + u32(60) + bytes(56),  # a function
        b"qw\x02osw\x03cmda\x01",  # an exported function
        b"r",
        b"u",
        b"x",
        b"y",
        b"\x83a\x01",  # a version where a term should be
        b"P" + u32(1) + zlib.compress(b"j") + b"x",
        b"h\x01P" + u32(1) + zlib.compress(b"j"),  # compression within a term
    ],
)
def test_what_stands_for_code_or_connections_is_refused(body: bytes) -> None:
    with pytest.raises(EtfError):
        decode(V + body)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "wrong version"),
        (b"\x82a\x01", "wrong version"),
        (b"{}", "wrong version"),
        (V, "truncated"),
        (V + b"a\x01a\x02", "trailing bytes"),
        (V + b"h\x01a\x01j", "trailing bytes"),
        (V + b"l" + u32(1) + b"a\x01a\x02", "improper list"),
        (V + b"l" + u32(1) + b"a\x01", "truncated"),
        (V + b"F\x7f\xf8\x00\x00\x00\x00\x00\x00", "not a finite float"),
        (V + b"F\xff\xf0\x00\x00\x00\x00\x00\x00", "not a finite float"),
        (V + b"c1.0e+999".ljust(32, b"\0"), "not a finite float"),
        (V + b"cnan".ljust(32, b"\0"), "not a float"),
        (V + b"c1_0.0".ljust(32, b"\0"), "not a float"),
        (V + b"c".ljust(32, b"\0"), "not a float"),
        (V + b"w\x02\xff\xfe", "atom is not UTF-8"),
        (V + b"n\x11\x00" + b"\x01" * 17, "integer too large"),
        (V + b"t" + u32(2) + b"a\x01ja\x01j", "equal keys"),
        (V + b"t" + u32(2) + b"a\x01js\x04truej", "equal keys"),
        (V + b"t" + u32(1) + b"jj", "key refused"),
        (V + b"t" + u32(1) + b"h\x01a\x01j", "key refused"),
    ],
)
def test_broken_terms_are_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(EtfError) as caught:
        decode(data)
    assert caught.value.reason == reason


def test_a_frame_cut_anywhere_is_truncated() -> None:
    frame = encode(
        ("info_event", b"channel", (b"uuid", None, 5, -70000, 2**60, 1.5, [1, 300], {"k": b"v"}, []), "added")
    )
    for cut in range(1, len(frame)):
        with pytest.raises(EtfError, match="truncated"):
            decode(frame[:cut])
    for cut in range(1, len(modern := encode([2**100, 0.5, "é"], modern=True))):
        with pytest.raises(EtfError, match=r"truncated|UTF-8"):
            decode(modern[:cut])


@pytest.mark.parametrize("head", [b"h\x01", b"l\0\0\0\x01", b"i\0\0\0\x01", b"t\0\0\0\x01a\x01"])
def test_nesting_ends_at_its_limit(head: bytes) -> None:
    tail = b"j" if head[:1] == b"l" else b""
    decode(V + head * 32 + b"j" + tail * 32)
    with pytest.raises(EtfError, match="too deep"):
        decode(V + head * 33 + b"j" + tail * 33)
    with pytest.raises(EtfError, match="too deep"):
        decode(V + head * 100_000, SNAPSHOT_LIMITS)


@pytest.mark.parametrize("head", [b"m", b"l", b"i", b"t", b"o"])
@pytest.mark.parametrize("claimed", [2**32 - 1, 2**31, 2**31 - 1, 1_000_000])
def test_a_claimed_length_allocates_nothing(head: bytes, claimed: int) -> None:
    with pytest.raises(EtfError):
        decode(V + head + u32(claimed) + b"j" * 100, SNAPSHOT_LIMITS)


def test_nodes_are_counted_wherever_they_are() -> None:
    limits = Limits(bytes=1000, nodes=6)
    assert decode(V + b"h\x02h\x03jjjj", limits) == (([], [], []), [])
    with pytest.raises(EtfError, match="too many nodes"):
        decode(V + b"h\x03h\x03jjjjj", limits)
    with pytest.raises(EtfError, match="too many nodes"):
        decode(V + b"l" + u32(10_000) + b"j" * 10_001)
    assert len(decode(V + b"l" + u32(9_999) + b"j" * 10_000)) == 9_999  # type: ignore[arg-type]


def test_a_frame_is_no_longer_than_its_limit() -> None:
    fits = V + b"m" + u32(EVENT_LIMITS.bytes - 6) + bytes(EVENT_LIMITS.bytes - 6)
    assert decode(fits) == bytes(EVENT_LIMITS.bytes - 6)
    with pytest.raises(EtfError, match="too many bytes"):
        decode(fits + b"\0")


def test_many_keys_that_could_be_made_to_collide_are_refused() -> None:
    keys: list[Term] = [index * (2**61 - 1) for index in range(65)]
    body = b"".join(encode(key)[1:] + b"j" for key in keys)
    with pytest.raises(EtfError, match="key refused"):
        decode(V + b"t" + u32(65) + body)
    assert len(decode(V + b"t" + u32(64) + body[: -len(encode(keys[-1])[1:] + b"j")])) == 64  # type: ignore[arg-type]
    texts = {f"key {index}": index for index in range(1000)}
    assert decode(encode(texts)) == texts  # type: ignore[arg-type]


class TestCompressed:
    def test_is_inflated(self) -> None:
        plain = encode((b"x" * 1000, [1, 2]))[1:]
        assert decode(V + b"P" + u32(len(plain)) + zlib.compress(plain)) == (b"x" * 1000, [1, 2])

    @pytest.mark.parametrize("wrong", [-1, 1, 1000])
    def test_must_hold_what_it_says(self, wrong: int) -> None:
        plain = encode((b"x" * 2000,))[1:]
        with pytest.raises(EtfError):
            decode(V + b"P" + u32(len(plain) + wrong) + zlib.compress(plain))

    @pytest.mark.parametrize("data", [b"", b"\0\0", u32(5), u32(5) + b"no zlib", u32(1) + zlib.compress(b"j")[:-2]])
    def test_broken_is_refused(self, data: bytes) -> None:
        with pytest.raises(EtfError):
            decode(V + b"P" + data)

    def test_never_inflates_beyond_the_limit(self) -> None:
        plain = b"m" + u32(EVENT_LIMITS.bytes) + bytes(EVENT_LIMITS.bytes)
        with pytest.raises(EtfError, match="too many bytes"):
            decode(V + b"P" + u32(len(plain)) + zlib.compress(plain))


class TestLimitsFor:
    @pytest.mark.parametrize("modern", [False, True])
    def test_only_a_snapshot_may_be_large(self, modern: bool) -> None:
        assert limits_for(encode(("initial_info", "user", []), modern=modern)) == SNAPSHOT_LIMITS
        assert limits_for(encode(("info_event", "user", (), "added"), modern=modern)) == EVENT_LIMITS
        assert limits_for(encode([("initial_info", "user", [])], modern=modern)) == EVENT_LIMITS

    @pytest.mark.parametrize("head", [b"h\x03d\x00\x0c", b"h\x03v\x00\x0c", b"i\0\0\0\x03s\x0c"])
    def test_however_it_is_written(self, head: bytes) -> None:
        assert limits_for(V + head + b"initial_info") == SNAPSHOT_LIMITS

    def test_compressed_too(self) -> None:
        plain = encode(("initial_info", "user", [(b"x" * 5000,)]))[1:]
        assert limits_for(V + b"P" + u32(len(plain)) + zlib.compress(plain)) == SNAPSHOT_LIMITS
        assert limits_for(V + b"P" + u32(9) + b"no zlib") == EVENT_LIMITS

    @pytest.mark.parametrize("data", [b"", V, V + b"P", V + b"h", V + b"h\x03s\x0cinitial"])
    def test_short_frames_are_events(self, data: bytes) -> None:
        assert limits_for(data) == EVENT_LIMITS
