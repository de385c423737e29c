"""Who may listen to the demo PBX's feed, and what they are told on connecting (basix-api.md 2.1)."""

import base64
import logging
import socket
import threading
import time
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from basix_desktop.demo.server import DemoPbx
from basix_desktop.domain.feed import Channel, Group, GroupMember, Ignored, Message, SystemMessage, Terminal, User
from basix_desktop.etf import decode
from tests.helpers.feed_listener import PATH, WHOLE, Listener, open_feed
from tests.helpers.record_feed import until
from tests.unit.demo.client import call, credentials, send


@pytest.fixture
def pbx() -> Iterator[DemoPbx]:
    """Nothing happens there but what a test does."""
    with DemoPbx(speed=1000, lively=False, by_hand=True) as running:
        yield running


def basic(user: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode()


def ticket(pbx: DemoPbx, query: str) -> str:
    return str(send(pbx, "/gen_ws_ticket", {"uri": f"{PATH}?{query}"}).json["ticket"])


def refused(pbx: DemoPbx, query: str = WHOLE, authorization: str | None = None) -> int:
    with pytest.raises(InvalidStatus) as caught:
        open_feed(pbx, query, authorization)
    return caught.value.response.status_code


def last_words(listener: Listener) -> Message:
    """What is said before the connection is closed, properly."""
    with pytest.raises(ConnectionClosed) as caught:
        listener.until(lambda: False)
    assert caught.value.rcvd is not None
    assert caught.value.rcvd.code == 1000
    return listener.heard[-1]


def test_everything_there_is_is_told_on_connecting(pbx: DemoPbx) -> None:
    with Listener(pbx) as listener:
        specs = [one.what for one in listener.heard if isinstance(one, Ignored) and one.what.startswith("field_spec")]
        kinds = ("channel", "channel_waiting", "user", "group", "group_member", "terminal", "domain")
        assert specs == [f"field_spec {kind}" for kind in kinds]
        users = {one.name: one for one in listener.snapshot("user") if isinstance(one, User)}
        assert (users["sato"].label, users["sato"].main_extension) == ("佐藤 健", "1011")
        assert set(users) == {user.name for user in pbx.company.users}
        groups = {one.id: one for one in listener.snapshot("group") if isinstance(one, Group)}
        assert {one.name for one in groups.values()} == {group.name for group in pbx.company.groups}
        members = [one for one in listener.snapshot("group_member") if isinstance(one, GroupMember)]
        told = {
            (groups[one.group_id].name, user.name)
            for one in members
            for user in users.values()
            if user.id == one.user_id
        }
        assert told == {(group.name, member) for group in pbx.company.groups for member in group.members}
        assert {one.user_id for one in listener.snapshot("terminal") if isinstance(one, Terminal)} == {
            user.id for user in users.values()
        }
        assert listener.snapshot("channel") == ()


def test_a_late_listener_is_told_of_calls_that_go_on(pbx: DemoPbx) -> None:
    leg = call(pbx, "0312341234", "helen").json["uuids"][0]
    pbx.advance(leg)
    with Listener(pbx) as listener:
        (channel,) = listener.snapshot("channel")
        assert isinstance(channel, Channel)
        assert channel.uuid == leg
        assert channel.answered_at is not None


@pytest.mark.parametrize(
    "authorization", ["", "Basic", "Basic !!!", "Bearer x", basic("demo", "wrong"), basic("ws_ticket", "made-up")]
)
def test_nobody_else_listens(pbx: DemoPbx, authorization: str) -> None:
    assert refused(pbx, authorization=authorization) == 401
    assert pbx.feed_connections == ()


def test_the_name_of_the_program_is_required(pbx: DemoPbx) -> None:
    assert refused(pbx, "full_events=true") == 400
    assert refused(pbx, "app_name=&full_events=true") == 400


def test_a_ticket_opens_its_address_once(pbx: DemoPbx) -> None:
    query = "app_name=MyApp&user_name=helen&forced=true"
    given = basic("ws_ticket", ticket(pbx, query))
    with Listener(pbx, query, given) as listener:
        assert len(listener.snapshot("user")) == len(pbx.company.users)
        assert refused(pbx, query, given) == 401


def test_a_ticket_opens_nothing_else(pbx: DemoPbx) -> None:
    given = basic("ws_ticket", ticket(pbx, "app_name=MyApp"))
    assert refused(pbx, "app_name=Other", given) == 401
    assert refused(pbx, "app_name=MyApp", given) == 401  # used up
    assert refused(pbx, WHOLE, basic("ws_ticket", ticket(pbx, "app_name=tests"))) == 401
    assert send(pbx, "/gen_ws_ticket", {"uri": f"{PATH}?{WHOLE}"}).json["result_code"] != 0


@pytest.mark.parametrize(
    "whose",
    [
        "user_id=1",
        "user_name=HELEN",
        f"user_label={quote('Helen Clarke')}",
        "user_extension=1001",
        "user_did=05033000001",
        "user_email=helen@demo.example",
    ],
)
def test_a_user_hears_of_no_channel_but_their_own(pbx: DemoPbx, whose: str) -> None:
    with Listener(pbx, f"app_name=tests&{whose}") as hers, Listener(pbx) as everything:
        first = call(pbx, "0312341234", "sales").json["uuids"][0]
        pbx.advance(first)
        pbx.advance(first)
        rung = {leg.user_id: leg.uuid for leg in pbx.channels if leg.uuid != first}
        everything.until(lambda: {first, *rung.values()} <= {e.element.uuid for e in everything.events(Channel)})  # type: ignore[union-attr]
        pbx.set_presence("ken", "away")
        hers.until(lambda: bool(hers.events(User)))
        assert {event.element.uuid for event in hers.events(Channel)} == {rung[1]}  # type: ignore[union-attr]


def test_whole_events_leave_the_user_aside(pbx: DemoPbx) -> None:
    with Listener(pbx, "app_name=tests&full_events=true&user_name=nobody") as listener:
        leg = call(pbx, "0312341234", "helen").json["uuids"][0]
        listener.until_channel(leg, lambda channel: channel.called_number == "0312341234")


def test_somebody_unknown_has_no_feed(pbx: DemoPbx) -> None:
    assert refused(pbx, "app_name=tests&user_name=nobody") == 404


def test_a_third_connection_is_one_too_many(pbx: DemoPbx) -> None:
    with Listener(pbx), Listener(pbx), Listener(pbx, "app_name=other&full_events=true"):
        third = open_feed(pbx)
        assert decode(bytes(third.recv(10))) == ("system_msg", b"connection_limit_reached")  # type: ignore[arg-type]
        with pytest.raises(ConnectionClosed):
            third.recv(10)
        assert third.close_code == 1000
        third.close()
        assert sorted(pbx.feed_connections) == ["other", "tests", "tests"]


def test_users_are_counted_apart(pbx: DemoPbx) -> None:
    with Listener(pbx), Listener(pbx), Listener(pbx, "app_name=tests&user_name=ken"):
        assert len(pbx.feed_connections) == 3


def test_a_forced_connection_replaces_the_oldest(pbx: DemoPbx) -> None:
    with Listener(pbx) as first, Listener(pbx) as second, Listener(pbx, f"{WHOLE}&forced=true") as third:
        assert last_words(first) == SystemMessage("connection_replaced")
        pbx.push(("system_msg", b"still here"))
        for one in (second, third):
            one.until(lambda one=one: one.heard[-1] == SystemMessage("still here"))  # type: ignore[misc]


def test_a_connection_that_is_gone_no_longer_counts(pbx: DemoPbx) -> None:
    for _ in range(4):
        with Listener(pbx), Listener(pbx):
            assert len(pbx.feed_connections) == 2
        until(lambda: not pbx.feed_connections)


def test_the_feed_is_cut_without_a_word_and_can_be_kept_shut(pbx: DemoPbx) -> None:
    with Listener(pbx) as listener:
        pbx.drop_feed(0.3)
        with pytest.raises(ConnectionClosed) as caught:
            listener.hear()
        assert caught.value.rcvd is None
        assert refused(pbx) == 503
    begun = time.monotonic()
    while pbx.feed_connections == ():
        try:
            open_feed(pbx).close()
            break
        except InvalidStatus:
            assert time.monotonic() - begun < 10


def test_whatever_is_pushed_goes_out_as_it_is(pbx: DemoPbx) -> None:
    with Listener(pbx) as listener:
        pbx.push(frame=b"\x83not a term at all")
        assert listener.socket.recv(10) == b"\x83not a term at all"
        pbx.system_message("connection_replaced")
        assert last_words(listener) == SystemMessage("connection_replaced")


def test_frames_are_binary_and_not_compressed(pbx: DemoPbx) -> None:
    parts = urlsplit(pbx.server)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=10) as sock:
        sock.sendall(
            f"GET {PATH}?{WHOLE} HTTP/1.1\r\nHost: x\r\nAuthorization: {credentials(pbx)}\r\nConnection: Upgrade\r\n"
            "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n".encode()
        )
        raw = b""
        while b"field_spec" not in raw:
            raw += sock.recv(4096)
    head, _, frames = raw.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 101")
    assert b"permessage-deflate" not in head.lower()
    assert frames[0] == 0x82  # one whole binary message


def test_a_reader_who_does_not_read_is_cut_off_and_holds_nobody_up(pbx: DemoPbx) -> None:
    lazy = open_feed(pbx, "app_name=lazy&full_events=true")
    with Listener(pbx) as listener:
        block = b"x" * 200_000
        pushed = 0
        while "lazy" in pbx.feed_connections:
            pbx.push(("msg", block))
            listener.hear()
            pushed += 1
        assert 20 < pushed < 200  # a short delay is forgiven
        assert pbx.feed_connections == ("tests",)
        assert call(pbx, "0312341234").status == 200
    lazy.close_socket()


def test_a_command_without_end_ends_the_connection_and_nothing_else(pbx: DemoPbx) -> None:
    with Listener(pbx) as listener, Listener(pbx) as other:
        listener.socket.send("x" * 100_000)
        with pytest.raises(ConnectionClosed) as caught:
            listener.until(lambda: False)
        assert caught.value.rcvd is not None
        assert caught.value.rcvd.code == 1009
        pbx.push(("system_msg", b"still here"))
        other.until(lambda: other.heard[-1] == SystemMessage("still here"))


def test_it_stops_within_a_second_with_listeners_and_calls(caplog: pytest.LogCaptureFixture) -> None:
    pbx = DemoPbx(speed=50)
    pbx.start()
    with caplog.at_level(logging.DEBUG, "uvicorn"), Listener(pbx) as listener, Listener(pbx) as other:
        legs = [call(pbx, f"031234{digits}").json["uuids"][0] for digits in ("0001", "0003", "0005", "0010")]
        listener.until(lambda: len({e.element.uuid for e in listener.events(Channel)} & set(legs)) > 2)  # type: ignore[union-attr]
        begun = time.monotonic()
        pbx.stop()
        assert time.monotonic() - begun < 1.0
        assert not [thread for thread in threading.enumerate() if "demo" in thread.name]
        for one in (listener, other):
            with pytest.raises(ConnectionClosed):
                one.until(lambda: False)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
    with pytest.raises(RuntimeError):
        pbx.drop_feed()


def test_the_feed_starts_afresh_with_the_pbx() -> None:
    pbx = DemoPbx(lively=False, by_hand=True)
    with pbx:
        call(pbx, "0312341234")
    with pbx, Listener(pbx) as listener:
        assert listener.snapshot("channel") == ()
