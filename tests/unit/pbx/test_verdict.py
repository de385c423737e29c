"""What an answer proves. The same table as the fault matrix, without sockets, and for any bytes at all."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from basix_desktop.domain.calls import State, Verdict
from basix_desktop.domain.errors import REFUSED_IDS, UNKNOWN_IDS
from basix_desktop.net.exchange import Broke, Exchange
from basix_desktop.pbx.answer import MAX_DEPTH, as_text, clean, read_object
from basix_desktop.pbx.verdict import judge, read_retry_after, read_uuids

LEG = "ede7b23e-c172-445e-832e-963b11ba2b96"
OTHER = "0b0c0b5e-52a6-4b8a-9d4c-3f1f6a3f9a77"
SUCCESS = json.dumps({"result_code": 0, "uuids": [LEG]}).encode()
NOW = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)


def came_back(status: int | None, body: bytes = b"", **more: object) -> Exchange:
    exchange = Exchange(True, status, body, complete=True, broke=Broke.NO)
    return replace(exchange, **more)  # type: ignore[arg-type]


#: reliability.md section 1, word for word.
NOT_DIALLED = {400, 401, 403, 404, 405, 411, 413, 414, 415, 421, 422, 426, 429, 431, 307, 308}


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"x":1}', b'{"result_code":"0"}'])
def test_without_a_readable_body_the_status_decides(body: bytes) -> None:
    states = {status: judge(came_back(status, body)).state for status in range(100, 1000)}
    assert {status for status, state in states.items() if state is State.REJECTED} == NOT_DIALLED
    assert State.ACCEPTED not in states.values()


@pytest.mark.parametrize(
    ("body", "state"),
    [
        (SUCCESS, State.ACCEPTED),
        (b'{"result_code":500}', State.REJECTED),
        (b'{"result_code":0,"uuids":[]}', State.UNKNOWN),
    ],
)
def test_a_readable_body_decides_first(body: bytes, state: State) -> None:
    assert {judge(came_back(status, body)).state for status in range(100, 1000)} == {state}


@pytest.mark.parametrize(
    ("body", "state"),
    [
        (b'{"result_code":1' + b"0" * 30 + b"}", State.REJECTED),
        (b'{"result_code":1' + b"0" * 5000 + b"}", State.UNKNOWN),
        (SUCCESS[:-1] + b',"more":1' + b"0" * 5000 + b"}", State.ACCEPTED),
    ],
)
def test_a_number_too_long_for_python_spoils_only_itself(body: bytes, state: State) -> None:
    assert judge(came_back(200, body)).state is state


@pytest.mark.parametrize("broke", list(Broke)[1:])
@pytest.mark.parametrize("body", [SUCCESS, b'{"result_code":500}'])
def test_an_incomplete_body_is_not_read(broke: Broke, body: bytes) -> None:
    verdict = judge(came_back(200, body, complete=False, broke=broke))
    assert verdict.state is State.UNKNOWN
    assert verdict.uuids == ()


@pytest.mark.parametrize(
    ("status", "broke", "id_"),
    [
        (None, Broke.TIMEOUT, "no_answer_in_time"),
        (502, Broke.TIMEOUT, "no_answer_in_time"),
        (200, Broke.CONNECTION, "connection_broke"),
        (200, Broke.TOO_LARGE, "answer_unusable"),
        (502, Broke.TOO_LARGE, "gateway_error"),
        (503, Broke.ENCODED, "gateway_error"),
        (302, Broke.ENCODED, "redirected"),
        (200, Broke.FRAMING, "answer_unusable"),
        (799, Broke.NO, "answer_unusable"),
    ],
)
def test_why_nobody_can_tell(status: int | None, broke: Broke, id_: str) -> None:
    verdict = judge(came_back(status, SUCCESS[:9], complete=broke is Broke.NO, broke=broke))
    assert verdict.failure is not None
    assert verdict.failure.id == id_
    assert verdict.failure.http_status == status


def test_nothing_begun_is_said_but_stays_unknown() -> None:
    verdict = judge(came_back(None, complete=False, broke=Broke.CONNECTION, body_started=False))
    assert verdict.state is State.UNKNOWN
    assert verdict.failure is not None
    assert verdict.failure.id == "connection_broke"
    assert "body was not begun" in verdict.failure.detail


@pytest.mark.parametrize(
    ("error", "status", "id_", "word"),
    [
        ({"id": "channel_limit_reached"}, 500, "channel_limit_reached", "channel_limit_reached"),
        ({"id": "authentication_required"}, 200, "token_refused", "authentication_required"),
        ({"id": "destination_not_found"}, 404, "destination_not_found", "destination_not_found"),
        ({"id": "invalid_destination"}, 400, "destination_refused", "invalid_destination"),
        ({"id": "moon_phase"}, 200, "pbx_refused", "moon_phase"),
        ({"id": "moon_phase"}, 401, "token_refused", "moon_phase"),
        ({"id": "channel_limit_reached"}, 401, "channel_limit_reached", "channel_limit_reached"),
        ({"id": "slow_down"}, 429, "too_many_requests", "slow_down"),
        ({"id": 42}, 200, "pbx_refused", "42"),
        ({"id": True}, 200, "pbx_refused", ""),
        ({"id": ["x"]}, 200, "pbx_refused", ""),
        ({"id": "a\u202eb\u0007c\nd\x85"}, 200, "pbx_refused", "abc d"),
        ({"id": "x" * 65}, 200, "pbx_refused", "x" * 64),
        ({"id": "<b>&amp;"}, 200, "pbx_refused", "<b>&amp;"),
        ("channel_limit_reached", 500, "pbx_refused", ""),
        (None, 500, "pbx_refused", ""),
    ],
)
def test_the_pbxs_own_word(error: object, status: int, id_: str, word: str) -> None:
    body = json.dumps({"result_code": 500, "error": error}).encode()
    verdict = judge(came_back(status, body), NOW)
    assert verdict.failure is not None
    assert (verdict.failure.id, verdict.failure.pbx_id, verdict.failure.http_status) == (id_, word, status)
    assert verdict.failure.public_id == (word or id_)


def test_the_whole_answer_is_kept() -> None:
    body = json.dumps({"result_code": 500, "error": {"id": "x", "details": {"why": "満"}}}, ensure_ascii=False)
    assert judge(came_back(500, body.encode())).answer == body


@pytest.mark.parametrize(
    ("value", "uuids"),
    [
        ([LEG], (LEG,)),
        ([LEG, OTHER], (LEG, OTHER)),
        ([LEG, LEG], (LEG,)),
        ([LEG.upper()], (LEG,)),
        ([LEG.upper(), OTHER, LEG], (LEG, OTHER)),
        ([], ()),
        (None, ()),
        (LEG, ()),
        ([LEG, 1], ()),
        ([LEG.replace("-", "")], ()),
        (["{" + LEG + "}"], ()),
        ([LEG + "\n"], ()),
        ([LEG.replace("2", "٢")], ()),
        ([LEG] * 101, ()),
    ],
)
def test_leg_ids(value: object, uuids: tuple[str, ...]) -> None:
    assert read_uuids(value) == uuids


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30", 30),
        (" 5 ", 5),
        ("0", 0),
        ("61", 60),
        ("1000000000", 60),
        ("9" * 5000, 60),
        ("-5", 0),
        ("-" + "9" * 5000, 0),
        ("Mon, 23 Nov 2026 12:00:20 GMT", 20),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 0),
        ("Mon, 23 Nov 2026 21:00:20 +0900", 20),
        ("Wed, 21 Oct 2099 07:28:00 GMT", 60),
        ("Mon, 23 Nov 2026 12:00:20 -0000", 20),
        ("", None),
        ("soon", None),
        ("1.5", None),
        ("１０", None),
        ("Mon, 99 Nov 2026 99:00:00 GMT", None),
        ("Mon, 23 Nov 99999 12:00:00 GMT", None),
    ],
)
def test_retry_after(text: str, seconds: int | None) -> None:
    assert read_retry_after(text, NOW) == seconds


@given(st.text())
def test_any_retry_after_is_between_0_and_60(text: str) -> None:
    assert read_retry_after(text, NOW) in {None, *range(61)}


def test_only_too_many_requests_waits() -> None:
    assert judge(came_back(429, retry_after="7")).retry_after == 7
    assert judge(came_back(503, retry_after="7")).retry_after is None


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)
_answers = st.fixed_dictionaries(
    {},
    optional={
        "result_code": _json | st.just(0),
        "uuids": _json | st.just([LEG]) | st.lists(st.just(LEG) | _json, max_size=3),
        "error": _json | st.fixed_dictionaries({"id": _json}),
        "more": _json,
    },
)
_bodies = st.binary(max_size=200) | _answers.map(lambda a: json.dumps(a).encode())


@settings(max_examples=400)
@given(st.none() | st.integers(100, 999), _bodies, st.booleans(), st.sampled_from(list(Broke)))
def test_any_answer_has_one_verdict(status: int | None, body: bytes, complete: bool, broke: Broke) -> None:
    verdict: Verdict = judge(came_back(status, body, complete=complete, broke=broke), NOW)
    failure = verdict.failure
    if verdict.state is State.ACCEPTED:
        assert failure is None
        assert complete
        said = json.loads(body)
        assert type(said["result_code"]) is int
        assert said["result_code"] == 0
        assert set(verdict.uuids) == set(said["uuids"])
        return
    assert failure is not None
    assert verdict.uuids == ()
    assert failure.id in (REFUSED_IDS if verdict.state is State.REJECTED else UNKNOWN_IDS)
    assert len(failure.pbx_id) <= 64
    assert failure.pbx_id.isprintable()
    assert all(c.isprintable() or c in "\n\t" or c.isspace() or ord(c) > 0x9F for c in verdict.answer)


@given(st.binary())
def test_any_bytes_are_read_or_not_without_a_crash(body: bytes) -> None:
    said = read_object(body)
    assert said is None or isinstance(said, dict)
    as_text(body).encode("utf-8")


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'[{"a":'])
def test_no_nesting_is_too_deep_to_survive(opening: bytes) -> None:
    assert read_object(opening * 20_000) is None


@pytest.mark.parametrize(("opening", "closing"), [(b'{"a":', b"}"), (b"[", b"]")])
def test_an_answer_nested_deeper_than_any_of_the_pbx_is_not_understood(opening: bytes, closing: bytes) -> None:
    def nested(levels: int) -> bytes:
        return b'{"a":' + opening * (levels - 2) + b"{}" + closing * (levels - 2) + b"}"

    assert read_object(nested(MAX_DEPTH)) is not None
    assert read_object(nested(MAX_DEPTH + 1)) is None


def test_words_are_cleaned() -> None:
    assert clean("  two \t\r\n words\x00 ") == "two words"
    assert clean(None) == ""
