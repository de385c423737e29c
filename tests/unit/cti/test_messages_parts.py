"""The parts of the feed's tuples: states, people, numbers, times, texts."""

from typing import Any

import pytest

from basix_desktop.domain.calls import EndUser
from basix_desktop.domain.feed import (
    Channel,
    ChannelState,
    OtherParty,
    Terminal,
    User,
)
from basix_desktop.etf import Chars, Term
from tests.unit.cti.said import MS, T0, channel, read


@pytest.mark.parametrize(
    ("term", "meant"),
    [
        ((T0, "calling", "int", "user", (10_001_000,)), ("int", "user", 10_001_000, None, "", "", "")),
        (
            (T0, "calling", "int", "group", ("ring", 10_001_111, None, None, b"group1")),
            ("int", "group", None, 10_001_111, "", "group1", ""),
        ),
        ((T0, "calling", "ext", "pstn", (b"0312341234",)), ("ext", "pstn", None, None, "0312341234", "", "")),
        (
            (T0, "calling", "ext", "bridged_endpoint", (b"1001", b"pbx.example")),
            ("ext", "bridged_endpoint", None, None, "1001@pbx.example", "", ""),
        ),
        ((T0, "calling", "int", "robot", (1, 2)), ("int", "robot", None, None, "", "", "")),
        ((T0, "calling", "int", "user"), ("int", "user", None, None, "", "", "")),
        ((T0, "calling"), ("", "", None, None, "", "", "")),
        ((T0, "bridged"), ("", "", None, None, "", "", "")),
        ((T0, "voicemail", "user", 5, b"helen"), ("", "user", 5, None, "", "helen", "")),
        ((T0, "voicemail", "group", 6, b"sales"), ("", "group", None, 6, "", "sales", "")),
        ((T0, "checking_voicemail", b"helen"), ("", "", None, None, "", "helen", "")),
        ((T0, "calling_siptermination", b"sip:a@b"), ("", "", None, None, "", "sip:a@b", "")),
        ((T0, "ivr", 12), ("", "", None, None, "", "12", "")),
        ((T0, "system_operation", b"login"), ("", "", None, None, "", "login", "")),
        ((T0, "conference", b"room1"), ("", "", None, None, "", "room1", "")),
        ((T0, "xml_ivr"), ("", "", None, None, "", "", "")),
        ((T0, "park", 701, None, 5, "高橋".encode()), ("", "", 5, None, "", "701", "高橋")),
        ((T0, "eavesdrop", b"u-9", "listening"), ("", "", None, None, "", "u-9", "listening")),
        ((T0, "new_state", b"secret"), ("", "", None, None, "", "", "")),
    ],
)
def test_every_state(term: tuple[Term, ...], meant: tuple[Any, ...]) -> None:
    location, kind, user, group, address, detail, extra = meant
    name = str(term[1])
    assert channel(state=term).state == ChannelState(name, MS, location, kind, user, group, address, detail, extra)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("", ()),
        ("*", ()),
        ("****", ()),
        ("7", (EndUser("7"),)),
        ("*luke.s***", (EndUser("", "luke.s"),)),
        ("7*a+b*c%26d*e*f*from+a+newer+pbx", (EndUser("7", "a b", "c&d", "e", "f"),)),
        ("_MANY_:2|1*a***|2*b***", (EndUser("1", "a"), EndUser("2", "b"))),
        ("_MANY_:3|1*a|****|2*b", (EndUser("1", "a"), EndUser("2", "b"))),
        ("_MANY_:0", ()),
        ("_MANY_:x|1*%E3%81", (EndUser("1", "\N{REPLACEMENT CHARACTER}"),)),
        ("%*%zz*%4", (EndUser("%", "%zz", "%4"),)),
        ("山田*花子", (EndUser("山田", "花子"),)),
    ],
)
def test_end_users(said: str, meant: tuple[EndUser, ...]) -> None:
    for kind in (bytes, Chars):
        assert channel(end_user=kind(said.encode())).end_users == meant
    other = channel(other_info=("end_user", said.encode(), "inbound", "external", b"030", T0, None, None)).other
    assert other == OtherParty("end_user", None, meant, "inbound", "external", "030", MS)


def test_very_many_end_users_are_bounded() -> None:
    said = "_MANY_:9999|" + "|".join(f"{index}*x" for index in range(9_999))
    assert [user.id for user in channel(end_user=said.encode()).end_users] == [str(index) for index in range(50)]


@pytest.mark.parametrize(
    ("term", "meant"),
    [
        (0, False),
        (1, True),
        (2, True),
        (True, True),
        (False, False),
        (b"0", False),
        (b"1", True),
        ("off", False),
        (b"00", False),
        (b"0312341234", True),
        (b"", False),
        (b" Registered ", True),
        ("logged-in", True),
        (b"Logged out", False),
        ("logged_out", False),
        (b"unregistered", False),
        ("disabled", False),
        (b"inactive", False),
        ("null", False),
        ("f", False),
        ("n", False),
        (b"perhaps", None),
        ("²", None),
        (None, None),
        ((1,), None),
        (1.0, None),
    ],
)
def test_flags(term: Term, meant: bool | None) -> None:
    terminal = read("terminal", {"id": 1, "registered": term})
    assert isinstance(terminal, Terminal)
    assert terminal.registered is meant
    user = read("user", {"id": 1, "fwd_always_status": term})
    assert isinstance(user, User)
    assert user.forward_always is bool(meant)


@pytest.mark.parametrize(
    "micro", [0, -1, -T0, 999, 253_402_300_800 * 10**6, 2**127, 1.5e15, True, None, b"soon", (T0,), [T0]]
)
def test_impossible_times_are_absent(micro: Term) -> None:
    read_channel = channel(offer_timestamp=micro, state=(micro, "bridged"))
    assert read_channel.offered_at is None
    assert read_channel.state == ChannelState("bridged")


def test_numbers_as_text_and_text_as_numbers() -> None:
    assert channel(user_id=b"10001000", offer_timestamp=str(T0).encode(), called_number=312341234) == Channel(
        "u-1", user_id=10_001_000, offered_at=MS, called_number="312341234"
    )
    assert channel(calling_name=[ord(letter) for letter in "山田"]).calling_name == "山田"
    assert channel(calling_name=[]).calling_name == ""
    no_texts: list[Term] = [[0x110000], [0xD800], [-1], [1, b"x"], [2.5]]
    for wrong in no_texts:
        assert channel(calling_name=wrong).calling_name == ""
    for wrong_id in (b"10\xb2", "10²", "１０", b"-5", b"1e3", b"", b"9" * 19, -5, True, 1.0):
        assert channel(user_id=wrong_id).user_id is None


def test_text_is_repaired_and_bounded() -> None:
    assert channel(calling_name=b"a\xff\xfeb").calling_name == "a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}b"
    assert len(channel(calling_name=b"x" * 100_000).calling_name) == 16 * 1024


def test_parts_of_another_shape_are_absent() -> None:
    nonsense: list[Term] = [5, b"text", [b"end_user"], (), ((),), (None, None, b"x")]
    for term in nonsense:
        assert channel(other_info=term, target=term, state=term) == Channel("u-1")
    assert channel(end_user=(1, 2), origination=1.5, tags={}) == Channel("u-1")


def test_long_texts_of_many_parts_are_bounded() -> None:
    assert channel(origination=b"call_external*" + b"%41*" * 1_000).origination == ("call_external", *("A" * 99))
    assert channel(tags=b"a;" * 1_000).tags == ("a",) * 100
