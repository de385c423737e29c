"""What the demo PBX takes as a request, and what it refuses."""

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basix_desktop.demo.company import COMPANY
from basix_desktop.demo.parameters import Refused, read_call, read_json, read_ticket_uri

JSON = "application/json"


def refusal(value: Any) -> tuple[int, str, str]:
    with pytest.raises(Refused) as caught:
        read_call(value, COMPANY)
    return caught.value.status, caught.value.id, caught.value.details.get("parameter", "")


def test_everything_the_interface_has_is_understood() -> None:
    call = read_call(
        {
            "target": {
                "called_number": "+81312341234",
                "calling_number": "0506868001",
                "end_user": {
                    "id": 12345678,
                    "name": "田中 太郎",
                    "organization": "",
                    "avatar": "x",
                    "prefecture": "東京都",
                },
            },
            "destination": "1001",
            "answer_timeout": 20,
            "callback_url": "https://example.test/done?a=1",
        },
        COMPANY,
    )
    assert (call.called_number, call.calling_number, call.destination) == ("+81312341234", "0506868001", "helen")
    assert (call.answer_timeout, call.callback_url) == (20, "https://example.test/done?a=1")
    assert call.end_user["prefecture"] == "東京都"


def test_what_is_left_out_has_the_documented_default() -> None:
    call = read_call({"target": "090111122222", "destination": "campaign"}, COMPANY)
    assert (call.answer_timeout, call.callback_url, call.calling_number, call.end_user) == (180, "", "", {})


TARGET = {"called_number": "0312341234"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"target": None}, (400, "invalid_parameter", "target")),
        ({"target": 312341234}, (400, "invalid_parameter", "target")),
        ({"target": "03-1234-1234"}, (400, "invalid_parameter", "target.called_number")),
        ({"target": "０３１２３４１２３４"}, (400, "invalid_parameter", "target.called_number")),
        ({"target": ""}, (400, "invalid_parameter", "target.called_number")),
        ({"target": {}}, (400, "missing_parameter", "target.called_number")),
        ({"target": {**TARGET, "number": "1"}}, (400, "unknown_parameter", "target.number")),
        ({"target": {**TARGET, "calling_number": ""}}, (400, "invalid_parameter", "target.calling_number")),
        ({"target": {**TARGET, "end_user": []}}, (400, "invalid_parameter", "target.end_user")),
        ({"target": {**TARGET, "end_user": {"id": True}}}, (400, "invalid_parameter", "target.end_user.id")),
        ({"target": {**TARGET, "end_user": {"id": 1.5}}}, (400, "invalid_parameter", "target.end_user.id")),
        ({"target": {**TARGET, "end_user": {"name": 5}}}, (400, "invalid_parameter", "target.end_user.name")),
        ({"target": {**TARGET, "end_user": {"phone": "5"}}}, (400, "unknown_parameter", "target.end_user.phone")),
        ({"answer_timeout": 0}, (400, "invalid_parameter", "answer_timeout")),
        ({"answer_timeout": "20"}, (400, "invalid_parameter", "answer_timeout")),
        ({"answer_timeout": True}, (400, "invalid_parameter", "answer_timeout")),
        ({"answer_timeout": 2.0}, (400, "invalid_parameter", "answer_timeout")),
        ({"callback_url": "ftp://example.test/"}, (400, "invalid_parameter", "callback_url")),
        ({"callback_url": "http:///nowhere"}, (400, "invalid_parameter", "callback_url")),
        ({"callback_url": "http://[::1/"}, (400, "invalid_parameter", "callback_url")),
        ({"callback_url": "http://example.test:99999/"}, (400, "invalid_parameter", "callback_url")),
        ({"callback_url": "http://example.test/a b"}, (400, "invalid_parameter", "callback_url")),
        ({"callback_url": "http://example.test/\r\nX: 1"}, (400, "invalid_parameter", "callback_url")),
        ({"destination": ""}, (400, "invalid_parameter", "destination")),
        ({"destination": 1001}, (400, "invalid_parameter", "destination")),
        ({"destination": "nobody"}, (404, "destination_not_found", "")),
        ({"destination": "0312341234"}, (400, "invalid_destination", "")),
        ({"destination": "+81312341234"}, (400, "invalid_destination", "")),
        ({"colour": "red"}, (400, "unknown_parameter", "colour")),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], expected: tuple[int, str, str]) -> None:
    assert refusal({"target": "0312341234", "destination": "sales", **change}) == expected


@pytest.mark.parametrize("missing", ["target", "destination"])
def test_what_is_missing_is_named(missing: str) -> None:
    whole = {"target": "0312341234", "destination": "sales"}
    assert refusal({name: value for name, value in whole.items() if name != missing}) == (
        400,
        "missing_parameter",
        missing,
    )


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b"\xff{}",
        b'{"a":NaN}',
        b'{"a":1,"a":2}',
        b"[" * 100_000,
        b'{"a":' + b"1" * 5000 + b"}",
    ],
)
def test_what_is_not_one_json_object_is_refused(raw: bytes) -> None:
    with pytest.raises(Refused) as caught:
        read_json(raw, JSON)
    assert (caught.value.status, caught.value.id) == (400, "invalid_json")


@pytest.mark.parametrize("content_type", ["application/json", "Application/JSON; charset=utf-8"])
def test_json_by_any_of_its_names(content_type: str) -> None:
    assert read_json(b"{}", content_type) == {}


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonp"])
def test_other_content_types_are_refused(content_type: str) -> None:
    with pytest.raises(Refused) as caught:
        read_json(b"{}", content_type)
    assert (caught.value.status, caught.value.id) == (415, "unsupported_content_type")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from(["target", "destination", "answer_timeout", "callback_url", "uri", "x"])


@given(st.dictionaries(names, values, max_size=4))
def test_whatever_comes_is_taken_or_refused(value: dict[str, Any]) -> None:
    for read in (lambda: read_call(value, COMPANY), lambda: read_ticket_uri(value)):
        with contextlib.suppress(Refused):
            read()


def test_the_documented_uri_gets_a_ticket() -> None:
    uri = "/basix/api/ws_cti?app_name=MyApp&user_name=user1&forced=true"
    assert read_ticket_uri({"uri": uri}) == uri


@pytest.mark.parametrize(
    "uri",
    [
        None,
        5,
        "",
        "/basix/api/ws_cti",
        "/basix/api/ws_cti?app_name=",
        "/basix/api/other?app_name=MyApp",
        "https://elsewhere.test/basix/api/ws_cti?app_name=MyApp",
        "/basix/api/ws_cti?app_name=MyApp&full_events=true",
        "http://[",
    ],
)
def test_other_uris_get_none(uri: Any) -> None:
    with pytest.raises(Refused) as caught:
        read_ticket_uri({"uri": uri})
    assert caught.value.status == 400
