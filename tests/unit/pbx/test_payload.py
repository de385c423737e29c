"""The exact JSON of call_external."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basix_desktop.domain.calls import CallRequest, EndUser
from basix_desktop.pbx.payload import call_external_body


@pytest.mark.parametrize(
    ("request_", "body"),
    [
        (CallRequest("0312341234", "sales"), '{"target": "0312341234", "destination": "sales"}'),
        (
            CallRequest("0312341234", "helen", end_user=EndUser(name="luke.s")),
            '{"target": {"end_user": {"name": "luke.s"}, "called_number": "0312341234"}, "destination": "helen"}',
        ),
        (
            CallRequest("09011112222", "campaign", calling_number="05068601111"),
            '{"target": {"calling_number": "05068601111", "called_number": "09011112222"}, "destination": "campaign"}',
        ),
        (CallRequest("090111122222", "campaign"), '{"target": "090111122222", "destination": "campaign"}'),
        (CallRequest("0312341234", "1001"), '{"target": "0312341234", "destination": "1001"}'),
    ],
    ids=["1", "2", "3", "4", "5"],
)
def test_the_documented_exchanges(request_: CallRequest, body: str) -> None:
    assert call_external_body(request_) == body


def test_everything_at_once() -> None:
    person = EndUser("42", "田中", "株式会社 山", "https://a.example/t.png", "東京都")
    request = CallRequest("0312341234", "sales", "05068601111", 30, "https://c.example/cb?a=1&b=2", person)
    body = call_external_body(request)
    assert json.loads(body) == {
        "target": {
            "end_user": {
                "id": 42,
                "name": "田中",
                "organization": "株式会社 山",
                "avatar": "https://a.example/t.png",
                "prefecture": "東京都",
            },
            "calling_number": "05068601111",
            "called_number": "0312341234",
        },
        "answer_timeout": 30,
        "destination": "sales",
        "callback_url": "https://c.example/cb?a=1&b=2",
    }
    assert "田中" in body


@pytest.mark.parametrize("seconds", [1, 179, 181, 3600])
def test_another_answer_timeout_is_sent_as_an_integer(seconds: int) -> None:
    assert json.loads(call_external_body(CallRequest("1", "d", answer_timeout=seconds)))["answer_timeout"] == seconds


def test_the_default_answer_timeout_is_left_out() -> None:
    assert "answer_timeout" not in call_external_body(CallRequest("1", "d", answer_timeout=180))


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("0", 0),
        ("7", 7),
        ("9007199254740991", 2**53 - 1),
        ("9007199254740992", "9007199254740992"),
        ("99999999999999999", "99999999999999999"),
        ("007", "007"),
        ("-1", "-1"),
        ("1.0", "1.0"),
        ("1e3", "1e3"),
        ("１２", "１２"),
        ("12\n", "12\n"),
        ("A12", "A12"),
    ],
)
def test_a_customers_id_is_an_integer_only_where_nothing_is_lost(typed: str, sent: object) -> None:
    body = json.loads(call_external_body(CallRequest("1", "d", end_user=EndUser(id=typed))))
    assert body["target"]["end_user"] == {"id": sent}
    assert type(body["target"]["end_user"]["id"]) is type(sent)


@given(st.text(min_size=1), st.text(max_size=20))
def test_any_text_is_valid_json_in_utf8(name: str, destination: str) -> None:
    body = call_external_body(CallRequest("0312341234", destination, end_user=EndUser(name=name)))
    read = json.loads(body.encode("utf-8"))
    assert read["target"]["end_user"]["name"] == name
    assert read["destination"] == destination


def test_half_a_surrogate_pair_is_replaced() -> None:
    body = call_external_body(CallRequest("1", "d", end_user=EndUser(name="a\ud83d")))
    assert json.loads(body.encode("utf-8"))["target"]["end_user"]["name"] == "a\ufffd"
