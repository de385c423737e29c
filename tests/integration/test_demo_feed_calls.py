"""What the demo PBX's feed tells of calls: the stories of the table, and the commands (basix-api.md 2.4 and 2.5)."""

import contextlib
import http.client
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from basix_desktop.demo.server import DemoPbx
from basix_desktop.demo.stories import STORIES, Story
from basix_desktop.domain.calls import EndUser
from basix_desktop.domain.feed import Channel, ElementEvent, Hangup, User
from tests.helpers.feed_listener import Listener
from tests.helpers.record_feed import until
from tests.integration.test_demo_callbacks import Receiver
from tests.unit.demo.client import call

SPEED = 100


@pytest.fixture
def pbx() -> Iterator[DemoPbx]:
    with DemoPbx(speed=SPEED, lively=False) as running:
        yield running


@pytest.fixture
def slow() -> Iterator[DemoPbx]:
    """Calls go on when they are told to."""
    with DemoPbx(speed=SPEED, lively=False, by_hand=True) as running:
        yield running


def channels(listener: Listener) -> list[Channel]:
    """Every telling of every leg."""
    return [event.element for event in listener.events(Channel) if isinstance(event.element, Channel)]


def dial(pbx: DemoPbx, digits: str = "0001", destination: str = "helen", **more: Any) -> str:
    return str(call(pbx, f"031234{digits}", destination, **more).json["uuids"][0])


def ended(channel: Channel) -> bool:
    return channel.hung_up_at is not None


def is_in(name: str) -> Callable[[Channel], bool]:
    return lambda channel: channel.state is not None and channel.state.name == name


def path(listener: Listener, uuid: str) -> list[str]:
    """The states a leg went through, ``calling`` with where to, and its answer and end."""
    steps: list[str] = []
    for channel in listener.tellings(uuid):
        assert channel.state is not None
        step = f"{channel.state.name} {channel.state.target_type}".strip()
        if channel.last_event == "CHANNEL_ANSWER":
            step = "answer"
        elif channel.hangup is not None:
            step = f"{channel.hangup.side},{channel.hangup.cause}"
        steps += [step] if steps[-1:] != [step] else []
    return steps


def connected(pbx: DemoPbx, listener: Listener, destination: str = "helen") -> tuple[str, Channel]:
    """A call whose both sides talk, and its first leg as it is then."""
    leg = dial(pbx, destination=destination)
    for _ in range(3):
        assert pbx.advance(leg)
    return leg, listener.until_channel(leg, is_in("bridged"))


def test_an_answered_call_from_its_first_ring_to_its_end(pbx: DemoPbx) -> None:
    with Listener(pbx) as listener:
        leg = dial(pbx)
        listener.until_removed(leg)
        steps = path(listener, leg)
        assert steps[:4] == ["calling pstn", "answer", "calling user", "bridged"]
        assert steps[4:] in (["recv_bye,NORMAL_CLEARING"], ["send_bye,NORMAL_CLEARING"])
        last = listener.tellings(leg)[-1]
        assert (last.direction, last.peer_location, last.called_number) == ("outbound", "external", "0312340001")
        inner = listener.tellings(last.other_uuid)
        assert [one.user_id for one in inner] == [1] * len(inner)
        assert inner[0].other_uuid == leg
        assert inner[0].answered_at is None
        assert path(listener, last.other_uuid)[:3] == ["calling user", "answer", "bridged"]
        assert last.offered_at is not None
        assert last.answered_at is not None
        assert last.hung_up_at is not None
        assert last.offered_at < last.answered_at < last.hung_up_at
        assert abs(last.offered_at / 1000 - time.time()) < 60
        assert last.other is not None
        assert (last.other.type, last.other.user_id) == ("user", 1)


def test_times_never_go_back(pbx: DemoPbx) -> None:
    with Listener(pbx) as listener:
        leg = dial(pbx, "0007", "sales")
        listener.until_removed(leg)
        times = [channel.state.at or 0 for channel in listener.tellings(leg) if channel.state]
        assert times == sorted(times)


def test_the_customer_the_method_and_the_destination_are_told(pbx: DemoPbx) -> None:
    person = {
        "id": 12345,
        "name": "山田 * 太郎+",
        "organization": "A|B & 50%",
        "avatar": "y.png",
        "prefecture": "東京都",
    }
    target = {"called_number": "0312340001", "calling_number": "05068601111", "end_user": person}
    with Listener(pbx) as listener:
        leg = call(pbx, target, "1001").json["uuids"][0]
        channel = listener.until_channel(leg, lambda one: True)
        assert channel.end_users == (EndUser("12345", "山田 * 太郎+", "A|B & 50%", "y.png", "東京都"),)
        assert channel.calling_number == "05068601111"
        assert channel.origination == ("call_external", "helen")
        assert channel.target is not None
        assert (channel.target.type, channel.target.name, channel.target.address) == ("user", "helen", "1001")
        assert channel.tags


def test_a_ring_group_rings_together_and_one_takes_it(pbx: DemoPbx) -> None:
    with Listener(pbx) as listener:
        leg = dial(pbx, destination="sales")
        last = listener.until_channel(leg, is_in("bridged"))
        rung = {one.uuid for one in channels(listener)} - {leg}
        assert {listener.tellings(uuid)[0].user_id for uuid in rung} == {1, 2, 11, 12}
        assert {listener.tellings(uuid)[0].group_id for uuid in rung} == {101}
        for uuid in rung - {last.other_uuid}:
            lost = listener.until_channel(uuid, ended)
            assert lost.hangup == Hangup("send_cancel", "LOSE_RACE")
            assert lost.answered_at is None


def test_a_hunt_group_rings_one_after_another(pbx: DemoPbx) -> None:
    with Listener(pbx) as listener:
        for _ in range(6):
            leg = dial(pbx, destination="support")
            last = listener.until_channel(leg, is_in("bridged"))
            order = [one.user_id for one in channels(listener) if one.other_uuid == leg]
            rung = list(dict.fromkeys(order))
            assert rung == [3, 4, 13][: len(rung)]
            assert listener.tellings(last.other_uuid)[0].user_id == rung[-1]
            assert pbx.hang_up(leg)
            listener.until_removed(leg)


@pytest.mark.parametrize(
    ("digits", "steps"),
    [
        ("0002", ["calling pstn", "recv_refuse,USER_BUSY"]),
        ("0003", ["calling pstn", "send_cancel,NO_ANSWER"]),
        ("0004", ["calling pstn", "recv_refuse,CALL_REJECTED"]),
        ("0005", ["calling pstn", "answer", "calling user", "send_bye,NO_ANSWER"]),
        ("0006", ["calling pstn", "answer", "calling user", "voicemail user", "recv_bye,NORMAL_CLEARING"]),
        ("0009", ["calling pstn", "answer", "calling user", "recv_bye,NORMAL_CLEARING"]),
    ],
)
def test_calls_that_connect_nobody(pbx: DemoPbx, digits: str, steps: list[str]) -> None:
    with Listener(pbx) as listener:
        leg = dial(pbx, digits, answer_timeout=30)
        listener.until_removed(leg)
        assert path(listener, leg) == steps
        until(lambda: not pbx.channels)


def test_a_transferred_call_reaches_somebody_else(pbx: DemoPbx) -> None:
    with Listener(pbx) as listener:
        leg = dial(pbx, "0007", "ken")
        listener.until_removed(leg)
        assert path(listener, leg)[:6] == [
            "calling pstn",
            "answer",
            "calling user",
            "bridged",
            "calling user",
            "bridged",
        ]
        talked = [one.other.user_id for one in listener.tellings(leg) if is_in("bridged")(one) and one.other]
        assert list(dict.fromkeys(talked)) == [2, 1]
        first = listener.tellings(leg)[3].other_uuid
        assert listener.until_channel(first, ended).hangup == Hangup("recv_bye", "NORMAL_CLEARING")


def test_the_feed_is_cut_during_a_call_that_goes_on(pbx: DemoPbx) -> None:
    with Listener(pbx) as before:
        leg = dial(pbx, "0010")
        with pytest.raises(ConnectionClosed) as caught:
            before.until(lambda: False)
        assert caught.value.rcvd is None
        assert path(before, leg)[-1] == "bridged"
    with Listener(pbx) as after:
        assert leg in {one.uuid for one in after.snapshot("channel") if isinstance(one, Channel)}
        assert after.until_channel(leg, ended).answered_at is not None


def test_a_call_ends_while_nobody_can_listen(pbx: DemoPbx) -> None:
    with Listener(pbx) as before:
        leg = dial(pbx, "0012")
        with pytest.raises(ConnectionClosed):
            before.until(lambda: False)
    after: list[Listener] = []

    def is_back() -> bool:
        with contextlib.suppress(Exception):
            after.append(Listener(pbx))
        return bool(after)

    until(is_back)
    assert leg not in {one.uuid for one in after[0].snapshot("channel") if isinstance(one, Channel)}
    after[0].socket.close()


def test_the_phone_rings_clearly_before_the_answer() -> None:
    with DemoPbx(speed=10, lively=False) as pbx, Listener(pbx) as listener:
        answers: list[float] = []

        def dial_and_note() -> None:
            dial(pbx, "0011")
            answers.append(time.monotonic())

        thread = threading.Thread(target=dial_and_note)
        thread.start()
        listener.until(lambda: bool(listener.events(Channel)))
        heard = time.monotonic()
        thread.join()
        assert answers[0] - heard > 0.2


def test_mostly_the_feed_is_first_and_sometimes_the_answer() -> None:
    first = {True: 0, False: 0}
    with DemoPbx(speed=4, seed=1, lively=False) as pbx:
        for _ in range(60):
            leg = dial(pbx)
            first[leg in {channel.uuid for channel in pbx.channels}] += 1
            until(lambda leg=leg: pbx.hang_up(leg))  # type: ignore[misc]
    assert first[True] > first[False] > 0


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_a_phone_rings_in_every_story_that_says_so_and_in_no_other(slow: DemoPbx, story: Story) -> None:
    rings = story.english.startswith("Placed") or "phone does ring" in story.english or "that it was." in story.english
    with Listener(slow) as listener:
        with contextlib.suppress(OSError, http.client.HTTPException):
            call(slow, f"031299{story.digits}", "ken", timeout=0.5)
        dial(slow, "7777", "olive")
        listener.until(lambda: "0312347777" in {one.called_number for one in channels(listener)})
        legs = {one.uuid: one.called_number for one in channels(listener)}
        assert (f"031299{story.digits}" in legs.values()) == rings
        assert set(legs) == {uuid for record in slow.requests for uuid in record["uuids"]}


def test_human_timing() -> None:
    with DemoPbx(speed=20, lively=False) as pbx, Listener(pbx) as listener:
        leg = dial(pbx)
        listener.until_channel(leg, ended)
        marks = {step: channel for channel in listener.tellings(leg) for step in [channel.last_event + _state(channel)]}
        last = listener.tellings(leg)[-1]
        ring = (last.answered_at or 0) - (last.offered_at or 0)
        inside = _at(marks["STATE_CHANGEbridged"]) - _at(marks["STATE_CHANGEcalling"])
        talk = (last.hung_up_at or 0) - _at(marks["STATE_CHANGEbridged"])
        assert 3 <= ring * 20 / 1000 <= 7
        assert 2 <= inside * 20 / 1000 <= 5
        assert 30 <= talk * 20 / 1000 <= 47


def _state(channel: Channel) -> str:
    return channel.state.name if channel.state and channel.state.target_type != "pstn" else ""


def _at(channel: Channel) -> int:
    return (channel.state and channel.state.at) or 0


def test_calls_by_hand_wait_to_be_told(slow: DemoPbx) -> None:
    with Listener(slow) as listener:
        leg, channel = connected(slow, listener)
        assert channel.other is not None
        assert channel.other.user_id == 1
        assert slow.advance(leg)
        assert listener.until_channel(leg, ended).hangup is not None
        assert not slow.advance(leg)


def test_hanging_up(slow: DemoPbx) -> None:
    with Listener(slow) as listener:
        leg, channel = connected(slow, listener)
        listener.command(cmd="hangup", uuid=leg)
        assert listener.until_channel(leg, ended).hangup == Hangup("send_bye", "NORMAL_CLEARING")
        assert listener.until_channel(channel.other_uuid, ended).answered_at is not None
        listener.until_removed(leg)


@pytest.mark.parametrize(("steps", "code"), [(0, "500"), (1, "0"), (3, "0")])
def test_whoever_asked_for_the_result_hears_it_once(slow: DemoPbx, steps: int, code: str) -> None:
    receiver = Receiver()
    try:
        leg = dial(slow, callback_url=f"http://127.0.0.1:{receiver.port}/done")
        for _ in range(steps):
            assert slow.advance(leg)
        assert slow.hang_up(leg)
        assert str(receiver.received.get(timeout=10)[2]["result_code"]) == code
        other = dial(slow, "0002", callback_url=f"http://127.0.0.1:{receiver.port}/other")
        assert slow.advance(other)
        assert receiver.received.get(timeout=10)[1] == "/other"
    finally:
        receiver.close()


def test_hanging_up_the_inside_leg_ends_both(slow: DemoPbx) -> None:
    with Listener(slow) as listener:
        leg, channel = connected(slow, listener)
        listener.command(cmd="hangup", uuid=channel.other_uuid)
        listener.until_channel(leg, ended)


def test_hanging_up_before_the_answer(slow: DemoPbx) -> None:
    with Listener(slow) as listener:
        leg = dial(slow)
        listener.command(cmd="hangup", uuid=leg)
        last = listener.until_channel(leg, ended)
        assert last.hangup == Hangup("send_cancel", "ORIGINATOR_CANCEL")
        assert last.answered_at is None


def test_hanging_up_the_only_telephone_that_rings_leaves_nobody(slow: DemoPbx) -> None:
    with Listener(slow) as listener:
        leg = dial(slow)
        assert slow.advance(leg)
        assert slow.advance(leg)
        inner = next(one.uuid for one in slow.channels if one.uuid != leg)
        listener.command(cmd="hangup", uuid=inner)
        listener.until_channel(inner, ended)
        assert slow.advance(leg)
        assert listener.until_channel(leg, ended).hangup == Hangup("send_bye", "NO_ANSWER")


@pytest.mark.parametrize(
    "whom", [{"destination": "ken"}, {"destination": "1002"}, {"user_name": "ken"}, {"user_id": 2}], ids=str
)
def test_transferring(slow: DemoPbx, whom: dict[str, object]) -> None:
    with Listener(slow) as listener:
        leg, channel = connected(slow, listener)
        listener.command(cmd="transfer", uuid=leg, **whom)
        ringing = listener.until_channel(leg, lambda one: is_in("calling")(one) and _state_user(one) == 2)
        assert ringing.other_uuid == ""
        assert listener.until_channel(channel.other_uuid, ended).hangup == Hangup("send_bye", "NORMAL_CLEARING")
        assert slow.advance(leg)
        listener.until_channel(leg, lambda one: one.other is not None and one.other.user_id == 2)


def _state_user(channel: Channel) -> int | None:
    return channel.state.user_id if channel.state else None


def test_parking_and_coming_back(slow: DemoPbx) -> None:
    with Listener(slow) as listener:
        leg, channel = connected(slow, listener)
        listener.command(cmd="park", uuid=leg, timeout=30)
        parked = listener.until_channel(leg, is_in("park"))
        assert parked.state is not None
        assert parked.state.detail
        assert (parked.state.user_id, parked.state.extra) == (1, "helen")
        assert listener.until_channel(channel.other_uuid, ended).hangup == Hangup("send_bye", "NORMAL_CLEARING")
        for _ in range(2):  # the time is over, and whoever parked it answers
            assert slow.advance(leg)
        again = listener.until_channel(leg, lambda one: one.other_uuid not in ("", channel.other_uuid))
        assert again.other is not None
        assert again.other.user_id == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        '"hangup"',
        "[" * 100_00,
        '{"cmd":"hangup"}',
        '{"cmd":"hangup","uuid":7}',
        '{"cmd":"hangup","uuid":"nobody"}',
        '{"cmd":"explode","uuid":"LEG"}',
        '{"cmd":["hangup"],"uuid":"LEG"}',
        '{"cmd":"transfer","uuid":"LEG"}',
        '{"cmd":"transfer","uuid":"LEG","destination":"0312345678"}',
        '{"cmd":"transfer","uuid":"LEG","user_id":[1]}',
        '{"cmd":"transfer","uuid":"LEG","user_id":1e400}',
        '{"cmd":"HANGUP","uuid":"LEG"}',
    ],
)
def test_commands_that_make_no_sense_change_nothing(slow: DemoPbx, text: str) -> None:
    with Listener(slow) as listener:
        leg, _ = connected(slow, listener)
        listener_told(listener, slow)
        heard = len(listener.heard)
        listener.socket.send(text.replace("LEG", leg))
        listener.socket.send(b"\x83binary")
        listener.command(cmd="hangup", uuid=leg)
        listener.until_channel(leg, ended)
        after = [one for one in listener.heard[heard:] if isinstance(one, ElementEvent)]
        assert after
        assert all(isinstance(one.element, Channel) and one.element.hangup is not None for one in after)


@pytest.mark.parametrize("timeout", [None, 0, -1, "x", True, 1e300, float("nan"), []])
def test_parking_for_a_senseless_time_is_parking(slow: DemoPbx, timeout: object) -> None:
    with Listener(slow) as listener:
        leg, _ = connected(slow, listener)
        listener.command(cmd="park", uuid=leg, timeout=timeout)
        listener.until_channel(leg, is_in("park"))


@pytest.mark.parametrize("command", ["transfer", "park"])
def test_nobody_is_handed_on_before_they_answer(slow: DemoPbx, command: str) -> None:
    with Listener(slow) as listener:
        leg = dial(slow)
        listener.command(cmd=command, uuid=leg, destination="ken")
        listener.command(cmd="hangup", uuid=leg)
        listener.until_channel(leg, ended)
        assert path(listener, leg) == ["calling pstn", "send_cancel,ORIGINATOR_CANCEL"]


@pytest.mark.parametrize(("presence", "cause"), [("do_not_disturb", "USER_BUSY"), ("away", "USER_NOT_REGISTERED")])
def test_somebody_who_is_not_there_is_not_rung(pbx: DemoPbx, presence: str, cause: str) -> None:
    pbx.set_presence("helen", presence)
    with Listener(pbx) as listener:
        leg = dial(pbx)
        listener.until_removed(leg)
        assert path(listener, leg) == ["calling pstn", "answer", "calling user", f"send_bye,{cause}"]
        assert {one.uuid for one in channels(listener)} == {leg}


def test_somebody_who_talks_is_busy_and_a_group_rings_the_others(slow: DemoPbx) -> None:
    with Listener(slow) as listener:
        connected(slow, listener)
        busy = dial(slow)
        for _ in range(3):
            slow.advance(busy)
        assert listener.until_channel(busy, ended).hangup == Hangup("send_bye", "USER_BUSY")
        slow.set_login("sato", "sales", False)
        slow.set_presence("tanaka", "away")
        leg = dial(slow, destination="sales")
        slow.advance(leg)
        slow.advance(leg)
        assert {one.user_id for one in slow.channels if one.other_uuid == leg} == {2}


def test_a_forwarded_call_rings_somebody_else(slow: DemoPbx) -> None:
    slow.set_presence("helen", "forwarded")
    leg = dial(slow)
    slow.advance(leg)
    slow.advance(leg)
    rung = [one.user_id for one in slow.channels if one.other_uuid == leg]
    assert len(rung) == 1
    assert rung != [1]


def test_callers_wait_where_nobody_is_free(slow: DemoPbx) -> None:
    for name in ("maria", "takahashi"):
        slow.set_presence(name, "do_not_disturb")
    with Listener(slow) as listener:
        leg = dial(slow, destination="campaign")
        for _ in range(4):
            slow.advance(leg)
        waiting = [one for one in listener_told(listener, slow) if one == "info_event channel_waiting"]
        assert len(waiting) == 1
        slow.set_presence("maria", "available")
        slow.advance(leg)
        slow.advance(leg)
        listener.until_channel(leg, is_in("bridged"))
        assert listener_told(listener, slow).count("info_event channel_waiting") == 2  # and gone again


def listener_told(listener: Listener, pbx: DemoPbx) -> list[str]:
    """The messages that mean nothing to us, everything sent so far included."""
    pbx.push(("marker", 0))
    listener.until(lambda: getattr(listener.heard[-1], "what", "") == "marker")
    return [one.what for one in listener.heard if hasattr(one, "what")]


def test_presence_is_told(slow: DemoPbx) -> None:
    with Listener(slow) as listener:
        for presence in ("do_not_disturb", "forwarded", "away", "available"):
            slow.set_presence("helen", presence)
        listener_told(listener, slow)
        told = [one.element for one in listener.events(User)]
        assert [(u.do_not_disturb, u.forward_always, u.presence) for u in told if isinstance(u, User)] == [
            (True, False, "available"),
            (False, True, "available"),
            (False, False, "away"),
            (False, False, "available"),
        ]


@pytest.mark.parametrize("wrong", [("nobody", "away"), ("sales", "away"), ("helen", "asleep")])
def test_a_presence_that_is_none_is_refused(slow: DemoPbx, wrong: tuple[str, str]) -> None:
    with pytest.raises(ValueError):
        slow.set_presence(*wrong)


def test_calls_from_outside_and_between_users(slow: DemoPbx) -> None:
    with Listener(slow) as listener:
        inside = slow.call_inside("ken", "olive")
        outside = slow.call_in("09012345678", "sales", "Aoi")
        own = listener.until_channel(inside, lambda one: True)
        assert (own.direction, own.peer_location, own.user_id) == ("inbound", "internal", 2)
        slow.advance(inside)
        assert listener.until_channel(inside, is_in("bridged")).answered_at is not None
        for _ in range(3):
            slow.advance(outside)
        talk = listener.until_channel(outside, is_in("bridged"))
        assert (talk.direction, talk.peer_location, talk.calling_number) == ("inbound", "external", "09012345678")
        assert path(listener, outside) == ["calling group", "answer", "ivr", "calling group", "bridged"]


def test_the_company_lives_while_somebody_watches() -> None:
    with DemoPbx(speed=2000, seed=5) as pbx:
        with Listener(pbx) as listener:
            listener.until(lambda: len(listener.events(User)) > 5 and len(listener.events(Channel)) > 100, 20)
            changed = {one.element.name for one in listener.events(User) if isinstance(one.element, User)}
            assert not changed & {"helen", "ken", "olive", "reception"}
        until(lambda: not pbx.feed_connections)
        quiet = [0]

        def is_quiet() -> bool:
            quiet[0] = 0 if pbx.channels else quiet[0] + 1
            return quiet[0] > 100  # at this speed, time for dozens of happenings

        until(is_quiet, 20)


def test_what_a_test_sets_stays() -> None:
    with DemoPbx(speed=5000, seed=5) as pbx, Listener(pbx) as listener:
        pbx.set_presence("maria", "do_not_disturb")
        listener.until(lambda: len(listener.events(User)) > 30, 20)
        users = [one.element for one in listener.events(User) if isinstance(one.element, User)]
        assert [one.do_not_disturb for one in users if one.name == "maria"] == [True]
