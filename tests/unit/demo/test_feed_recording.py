"""An hour of the demo's feed as recorded (``tests/helpers/record_feed``): every frame means something to us.

What the vendor's own reader makes of it is compared by hand (``tests/helpers/compare_vendor``); the figures are in
``tests/data/README.md``.
"""

import hashlib
import json
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from basix_desktop.cti.messages import Parser
from basix_desktop.demo.feed_elements import ELEMENTS, Leg, Word, field_names
from basix_desktop.demo.feed_terms import field_spec, info_event
from basix_desktop.domain.feed import Channel, ElementEvent, Ignored, Message, Snapshot, SystemMessage
from basix_desktop.etf import decode
from tests.helpers.compare_vendor import Comparison
from tests.helpers.record_feed import read_frames

RECORDING = Path(__file__).parents[2] / "data" / "demo_feed.bin.gz"


@cache
def frames() -> tuple[bytes, ...]:
    return tuple(read_frames(RECORDING))


@cache
def messages() -> tuple[Message, ...]:
    parser = Parser()
    return tuple(parser.feed(decode(frame)) for frame in frames())


def channels() -> list[Channel]:
    told = [one.element for one in messages() if isinstance(one, ElementEvent)]
    return [one for one in told if isinstance(one, Channel)]


def test_it_is_an_hour_worth_of_messages_and_small() -> None:
    assert RECORDING.stat().st_size < 500 * 1024
    assert len(messages()) > 2000
    kinds = Counter(type(one.element).__name__ for one in messages() if isinstance(one, ElementEvent))
    assert min(kinds[kind] for kind in ("Channel", "User", "GroupMember", "Terminal")) > 10
    assert sum(isinstance(one, Snapshot) for one in messages()) > 10  # it was cut now and then
    assert messages()[-1] == SystemMessage("connection_replaced")


def test_the_figures_written_down_are_those_of_this_recording() -> None:
    told = (RECORDING.parent / "README.md").read_text(encoding="utf-8")
    assert f"SHA-256 `{hashlib.sha256(RECORDING.read_bytes()).hexdigest()[:12]}…`" in told, "compare it anew"
    assert f"| {len(frames()):,} |" in told


def test_nothing_is_passed_over_but_what_is_of_no_use_to_us() -> None:
    specs = {f"field_spec {element.kind}" for element in ELEMENTS}
    rest = {"initial_info channel_waiting", "info_event channel_waiting", "initial_info domain", "msg"}
    assert {one.what for one in messages() if isinstance(one, Ignored)} == specs | rest


def test_every_state_occurs_and_every_part_of_a_channel_is_filled_somewhere() -> None:
    names = {one.state.name for one in channels() if one.state}
    assert names >= {"calling", "bridged", "voicemail", "checking_voicemail", "calling_siptermination", "ivr", "park"}
    assert names >= {"system_operation", "conference", "xml_ivr", "eavesdrop", "hovering"}
    types = {one.state.target_type for one in channels() if one.state and one.state.name == "calling"}
    assert types == {"user", "group", "pstn", "bridged_endpoint"}
    for name in Channel.__dataclass_fields__.keys() - {"spelling"}:  # only of UUIDs that are not in small letters
        assert any(getattr(one, name) not in (None, "", ()) for one in channels()), name
    assert any(len(one.end_users) == 2 for one in channels())
    assert any(one.other and one.other.user_id for one in channels())
    assert any(one.other and one.other.end_users for one in channels())


def test_texts_arrive_whole() -> None:
    texts = {user.name for one in channels() for user in one.end_users}
    assert {"山田 太郎+花子", "山本 あきら", "Zoë", "北川 | 一"} <= texts
    assert not any("\N{REPLACEMENT CHARACTER}" in repr(one) for one in messages())


def test_calls_begin_with_added_and_end_with_removed() -> None:
    events = [one for one in messages() if isinstance(one, ElementEvent) and isinstance(one.element, Channel)]
    changes: dict[str, list[str]] = {}
    for one in events:
        assert isinstance(one.element, Channel)
        changes.setdefault(one.element.uuid, []).append(one.change)
    whole = [kinds for kinds in changes.values() if kinds[0] == "added" and kinds[-1] == "removed"]
    assert len(whole) > 0.9 * len(changes)
    assert all(kinds[1:-1].count("added") == kinds[:-1].count("removed") == 0 for kinds in whole)


#: What the vendor's reader says of one leg, for the frames below.
TOLD: dict[str, Any] = {
    "uuid": "u-1",
    "direction": "outbound",
    "calling_name": "\u00e5\u008f\u0097",  # one character per byte
    "offer_timestamp": 1_700_000_000_123_456,
    "user_id": 7,
    "end_user": {
        "count": 1,
        "items": [{"id": "4", "name": "太郎", "organization": "", "avatar": "", "prefecture": ""}],
    },
    "state": {"ts": 1_700_000_000_123_999, "name": "calling", "data": {"target_location": "int", "user_id": 7}},
}


EVENT = {"what": "info_event", "element": "channel", "event": "added"}


def compared(**changes: Any) -> Comparison:
    """The same leg as the vendor's reader tells it, but for ``changes``, and as ours reads it."""
    told = json.loads(json.dumps({**TOLD, **changes}))
    told["state"]["data"]["target_type"] = "user"
    leg = Leg("u-1", Word("outbound"), Word(""), "受", "", "", 1_700_000_000_123_456, user_id=7)
    state = (1_700_000_000_123_999, Word("calling"), Word("int"), Word("user"), (7,))
    leg = replace(leg, state=state, end_user="4*%E5%A4%AA%E9%83%8E***")
    comparison = Comparison()
    comparison.frame(field_spec(Leg), [])
    comparison.frame(info_event(leg, "added"), [{**EVENT, "data": told}])
    return comparison


def test_the_comparison_finds_no_difference_where_there_is_none() -> None:
    comparison = compared()
    assert comparison.differences == []
    assert comparison.counts["fields"] > 20


@pytest.mark.parametrize(
    "change",
    [
        {"uuid": "u-2"},
        {"calling_name": "x"},
        {"offer_timestamp": 1_700_000_000_124_456},
        {"answer_timestamp": 1_700_000_000_123_456},
        {"user_id": 8},
        {"end_user": None},
        {"tags": ["a"]},
        {"state": {"ts": 1_700_000_000_123_999, "name": "calling", "data": {"target_location": "ext", "user_id": 7}}},
        {"state": {"ts": 1_700_000_000_123_999, "name": "bridged", "data": {}}},
        {"target": {"type": "user"}},
    ],
)
def test_the_comparison_finds_every_difference(change: dict[str, Any]) -> None:
    assert len(compared(**change).differences) == 1


def test_the_fields_are_those_of_the_description() -> None:
    """basix-api.md 2.3, in the words that readers go by."""
    named = {element.kind: " ".join(field_names(element)) for element in ELEMENTS}
    assert named["channel_waiting"] == named["channel"]
    assert named["channel"] == (
        "uuid direction peer_location calling_name calling_number called_number offer_timestamp answer_timestamp "
        "hangup_timestamp other_uuid user_id group_id state target origination end_user tags last_bridged_user_id "
        "last_event last_event_data other_info call_id"
    )
    assert named["user"] == (
        "id name label main_extension email avatar presence do_not_disturb_status fwd_always_status followme language "
        "role park_group mwi_target flags mwi"
    )
    assert named["group"] == "id name label type main_extension queue language flags check_login_status mwi"
    assert named["group_member"] == "id group_id user_id priority login_status role"
    assert named["terminal"] == "id name assoc_user_id type user_agent registered"
