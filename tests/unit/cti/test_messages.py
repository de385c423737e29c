"""The feed's terms as messages, through the frames they come in."""

import pytest
from bench_feed import channel_events
from bench_feed import read as reading
from hypothesis import given
from hypothesis import strategies as st

from basix_desktop.cti.messages import MOST_ELEMENTS, Parser
from basix_desktop.domain.calls import EndUser
from basix_desktop.domain.feed import (
    Change,
    Channel,
    ChannelState,
    ElementEvent,
    Group,
    GroupMember,
    Hangup,
    Ignored,
    Message,
    OtherParty,
    Snapshot,
    SystemMessage,
    Target,
    Terminal,
    User,
)
from basix_desktop.etf import Chars, Term, decode, encode
from tests.unit.cti.said import MS, T0, event, frame, read, reader


def test_a_whole_channel() -> None:
    message = event(
        "channel",
        {
            "uuid": b"ede7b23e-c172-445e-832e-963b11ba2b96",
            "direction": "outbound",
            "peer_location": "external",
            "calling_name": "山田".encode(),
            "calling_number": Chars(b"05068601111"),
            "called_number": b"0312341234",
            "offer_timestamp": T0,
            "answer_timestamp": T0 + 5_000_999,
            "hangup_timestamp": T0 + 9_000_000,
            "other_uuid": b"u-2",
            "user_id": 10_001_000,
            "group_id": 10_001_111,
            "state": (T0, "bridged"),
            "target": ("group", 10_001_111, b"sales", b"0312340000"),
            "origination": b"call_external*a%2Ab%20c+d",
            "end_user": b"7*%E5%B1%B1%E7%94%B0+%E5%A4%AA%E9%83%8E*A%2BB*a.png*%E6%9D%B1%E4%BA%AC",
            "tags": b"monitoring_required;vip",
            "last_bridged_user_id": 10_001_001,
            "last_event": "CHANNEL_HANGUP",
            "last_event_data": b"recv_bye,NORMAL_CLEARING",
            "other_info": ("user", 10_001_002, "outbound", "internal", b"t1", T0, 10_001_111, b"w"),
            "call_id": b"c-1",
        },
    )
    expected = Channel(
        uuid="ede7b23e-c172-445e-832e-963b11ba2b96",
        direction="outbound",
        peer_location="external",
        calling_name="山田",
        calling_number="05068601111",
        called_number="0312341234",
        offered_at=MS,
        answered_at=MS + 5_001,
        hung_up_at=MS + 9_000,
        other_uuid="u-2",
        user_id=10_001_000,
        group_id=10_001_111,
        state=ChannelState("bridged", MS),
        target=Target("group", 10_001_111, "sales", "0312340000"),
        origination=("call_external", "a*b c+d"),
        end_users=(EndUser("7", "山田 太郎", "A+B", "a.png", "東京"),),
        tags=("monitoring_required", "vip"),
        last_bridged_user_id=10_001_001,
        last_event="CHANNEL_HANGUP",
        last_event_data="recv_bye,NORMAL_CLEARING",
        other=OtherParty("user", 10_001_002, (), "outbound", "internal", "t1", MS, 10_001_111, "w"),
        call_id="c-1",
    )
    assert message == ElementEvent(Change.UPDATED, expected)
    assert expected.hangup == Hangup("recv_bye", "NORMAL_CLEARING")


def test_uuids_are_in_small_letters_and_how_the_pbx_writes_them_is_kept() -> None:
    message = event("channel", {"uuid": b"EDE7B23E-C172", "other_uuid": b"AB-2"}, "added")
    expected = Channel("ede7b23e-c172", other_uuid="ab-2", spelling="EDE7B23E-C172")
    assert message == ElementEvent(Change.ADDED, expected)
    assert read("channel", {"uuid": b"ede7b23e-c172"}) == Channel("ede7b23e-c172")


def test_fields_go_by_name_in_any_order_with_unknown_and_missing_ones() -> None:
    parser = reader(channel="called_number shoe_size uuid state")
    row: tuple[Term, ...] = (b"0312341234", {"eu": 42}, b"u-1", (T0, "bridged"), b"more than was named")
    for count, state in ((5, ChannelState("bridged", MS)), (3, None)):
        message = parser.feed(frame(("info_event", Chars(b"channel"), row[:count], "added")))
        assert message == ElementEvent(Change.ADDED, Channel("u-1", called_number="0312341234", state=state))


def test_a_new_field_spec_replaces_the_old_one() -> None:
    parser = reader(user="id name")
    parser.feed(("field_spec", b"user", ["name", "id"]))
    message = parser.feed(("info_event", b"user", (b"helen", 7), "added"))
    assert message == ElementEvent(Change.ADDED, User(7, "helen"))


def test_parsers_do_not_share_what_they_were_told() -> None:
    reader(user="id name")
    assert isinstance(Parser().feed(("info_event", b"user", (7, b"helen"), "added")), Ignored)


def test_a_user_as_the_pbx_shows_it() -> None:
    values: dict[str, Term] = {
        "id": 10_001_000,
        "name": b"admin",
        "fwd_always_status": 0,
        "do_not_disturb_status": 1,
        "language": 0,
        "main_extension": b"1000",
        "presence": 0,
        "role": 100,
        "followme": None,
        "email": b"admin@example.com",
        "avatar": None,
        "label": "ユーザ・10001000".encode(),
        "mwi": b"",
    }
    assert read("user", values) == User(
        id=10_001_000,
        name="admin",
        label="ユーザ・10001000",
        main_extension="1000",
        email="admin@example.com",
        presence="0",
        do_not_disturb=True,
    )


def test_groups_members_and_terminals() -> None:
    group: dict[str, Term] = {"id": 2, "name": b"sales", "label": "営業".encode(), "type": 1, "queue": 1}
    group |= {"main_extension": b"1111", "check_login_status": True}
    assert read("group", group) == Group(2, "sales", "営業", 1, "1111", queue=True, check_login=True)
    member: dict[str, Term] = {"id": 3, "group_id": 2, "user_id": 1, "priority": 0, "login_status": 0, "role": 0}
    assert read("group_member", member) == GroupMember(3, 2, 1, 0, logged_in=False, role="0")
    assert read("group_member", {"id": 3, "group_id": 2, "user_id": 1}) == GroupMember(3, 2, 1)
    terminal: dict[str, Term] = {"id": 4, "name": b"t1", "assoc_user_id": 1, "type": b"sip", "registered": True}
    assert read("terminal", terminal) == Terminal(4, "t1", 1, "sip", registered=True)


def test_every_frame_whose_cost_is_measured_is_understood() -> None:
    parsed = reading()
    said = [parsed(frame) for frame in channel_events(2_000, at_once=20)]
    changes = [message.change for message in said if isinstance(message, ElementEvent)]
    assert len(changes) == len(said)
    assert set(changes) == set(Change)


class TestSnapshots:
    def test_holds_all_that_have_a_key(self) -> None:
        parser = reader(user="id name")
        rows: list[Term] = [(1, b"helen"), (None, b"nobody"), b"nonsense", (2,), ()]
        said = parser.feed(frame(("initial_info", Chars(b"user"), rows)))
        assert said == Snapshot("user", (User(1, "helen"), User(2)))

    @pytest.mark.parametrize("modern", [False, True])
    def test_of_nothing(self, modern: bool) -> None:
        parser = reader(channel="uuid")
        data = encode(("initial_info", Chars(b"channel"), []), modern=modern)
        assert parser.feed(decode(data)) == Snapshot("channel", ())

    def test_that_cannot_be_understood_is_not_one_of_nothing(self) -> None:
        assert isinstance(Parser().feed(("initial_info", b"user", [])), Ignored)
        parser = reader(user="id")
        nonsense: list[Term] = [None, b"\x01", ("bert", "x"), {}, 5]
        for rows in nonsense:
            assert isinstance(parser.feed(("initial_info", b"user", rows)), Ignored)
        assert isinstance(parser.feed(("initial_info", b"user")), Ignored)

    def test_of_more_than_any_company_has_is_not_read_in_part(self) -> None:
        parser = reader(user="id")
        rows: list[Term] = [(index,) for index in range(MOST_ELEMENTS)]
        said = parser.feed(("initial_info", b"user", rows))
        assert isinstance(said, Snapshot)
        assert len(said.elements) == MOST_ELEMENTS
        assert isinstance(parser.feed(("initial_info", b"user", [*rows, (MOST_ELEMENTS,)])), Ignored)


class TestEvents:
    @pytest.mark.parametrize("word", ["added", b"added", Chars(b"added")])
    def test_of_every_change_however_its_word_is_written(self, word: Term) -> None:
        assert reader(user="id").feed(("info_event", b"user", (1,), word)) == ElementEvent(Change.ADDED, User(1))

    @pytest.mark.parametrize("change", Change)
    def test_changes(self, change: Change) -> None:
        assert event("user", {"id": 1}, change.value) == ElementEvent(change, User(1))

    def test_what_went_is_known_by_its_key_alone(self) -> None:
        parser = reader(group_member="id group_id user_id")
        row: Term = (3, None, None)
        assert parser.feed(("info_event", b"group_member", row, "removed")) == ElementEvent(
            Change.REMOVED, GroupMember(3, 0, 0)
        )
        assert isinstance(parser.feed(("info_event", b"group_member", row, "updated")), Ignored)
        assert isinstance(parser.feed(("info_event", b"group_member", (None, 2, 1), "removed")), Ignored)

    @pytest.mark.parametrize("uuid", [None, b"", (), 1.5])
    def test_without_a_key_say_nothing(self, uuid: Term) -> None:
        assert isinstance(event("channel", {"uuid": uuid, "called_number": b"030"}), Ignored)

    @pytest.mark.parametrize("kind", ["domain", "channel_waiting", "parked_channel", "queued_channel", "shoe"])
    def test_about_other_elements_say_nothing(self, kind: str) -> None:
        message = event(kind, {"uuid": b"u-1", "id": 1}, "removed")
        assert message == Ignored(f"info_event {kind}")


@pytest.mark.parametrize(
    ("term", "meant"),
    [
        (("system_msg", b"connection_replaced"), SystemMessage("connection_replaced")),
        (("system_msg", "connection_limit_reached"), SystemMessage("connection_limit_reached")),
        (("system_msg", b"x" * 500), SystemMessage("x" * 80)),
        (("msg", {"any": b"thing"}), Ignored("msg")),
        (("unheard_of", 1, 2), Ignored("unheard_of")),
        (("info_event", b"user"), Ignored("info_event user")),
        (("field_spec", b"user", 5), Ignored("field_spec user")),
        ((), Ignored("no message")),
        (("system_msg",), Ignored("no message")),
        ((5, (), []), Ignored("5")),
        ([], Ignored("no message")),
        (None, Ignored("no message")),
        (b"info_event", Ignored("no message")),
    ],
)
def test_other_messages(term: Term, meant: Message) -> None:
    assert reader(user="id").feed(term) == meant


LEAVES: st.SearchStrategy[Term] = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**128), 2**128), st.floats(allow_nan=False), st.text(max_size=8)
)
WORDS: st.SearchStrategy[Term] = st.sampled_from(
    ["calling", "user", "group", "pstn", "voicemail", "park", "end_user", b"_MANY_:2|a*b|%", b"*", b"1;2", "info_event"]
)
TERMS: st.SearchStrategy[Term] = st.recursive(
    LEAVES | WORDS | st.binary(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=8)
        | st.lists(inner, max_size=8).map(tuple)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)
NAMES = (
    "uuid direction offer_timestamp user_id state target origination end_user tags last_event last_event_data "
    "other_info id name label do_not_disturb_status group_id login_status assoc_user_id registered type"
)


@given(kind=st.sampled_from(["channel", "user", "group", "group_member", "terminal"]), row=st.lists(TERMS, max_size=21))
def test_wrong_types_are_absent_and_never_an_error(kind: str, row: list[Term]) -> None:
    parser = reader(**{kind: NAMES})
    row = [b"u-1", *row[1:12], 7, *row[12:]] if len(row) > 12 else row
    rows: list[Term] = [tuple(row), row]
    hash(parser.feed(("info_event", kind, tuple(row), "updated")))
    hash(parser.feed(("initial_info", kind, rows)))


@given(term=TERMS)
def test_nothing_that_is_a_term_is_an_error(term: Term) -> None:
    parser = reader(user="id name")
    for said in (term, ("info_event", term, term, term), ("initial_info", "user", term), ("field_spec", "user", term)):
        hash(parser.feed(said))
