"""A result out of whatever the PBX may send."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basix_desktop.callback.reading import read_result
from basix_desktop.domain.calls import CallResult

UUID = "ede7b23e-c172-445e-832e-963b11ba2b96"
ANSWERED, NOBODY = CallResult(0, UUID), CallResult(500)


@pytest.mark.parametrize(
    ("query", "body", "expected"),
    [
        (f"result_code=0&uuid={UUID}", b"", ANSWERED),
        ("", f"result_code=0&uuid={UUID}".encode(), ANSWERED),
        ("", json.dumps({"result_code": 0, "uuid": UUID}).encode(), ANSWERED),
        ("", f'\ufeff {{"result_code": "0", "uuid": "{UUID}"}}\r\n'.encode(), ANSWERED),
        ("", f'{{"uuid": "{UUID}", "more": {{"result_code": 7}}, "result_code": 0}}'.encode(), ANSWERED),
        (f"uuid={UUID}", b"result_code=0", ANSWERED),
        (f"result_code=0&uuid={UUID}", json.dumps({"result_code": 0, "uuid": UUID}).encode(), ANSWERED),
        ("result_code=500", b"", NOBODY),
        ("result_code=500&uuid=", b"", NOBODY),
        ("", b'{"result_code": 500, "uuid": null}', NOBODY),
        ("result_code=-1", b"", CallResult(-1)),
        ("result_code=0&uuid=%3Cb%3E", b"", CallResult(0)),
        (f"result_code=0&uuid={UUID}&uuid={UUID[:-1]}7", b"", CallResult(0)),
        ("", b'{"result_code": 0, "uuid": ["x"]}', CallResult(0)),
    ],
)
def test_every_encoding_is_understood(query: str, body: bytes, expected: CallResult) -> None:
    assert read_result(query, body) == expected


@pytest.mark.parametrize(
    ("query", "body"),
    [
        ("", b""),
        (f"uuid={UUID}", b""),
        ("result_code=", b""),
        ("result_code=zero", b""),
        ("result_code=0x0", b""),
        ("result_code=1e3", b""),
        ("result_code=9999999999", b""),
        ("result_code=0&result_code=500", b""),
        ("result_code=0", b'{"result_code": 500}'),
        ("", b'{"result_code": true}'),
        ("", b'{"result_code": 0.0}'),
        ("", b'{"result_code": 0, "result_code": 1}'),
        ("", b'{"result_code": 0'),
        ("", b'[{"result_code": 0}]'),
        ("", b'{"a":' * 1500),
        ("", b'{"a": ' + b"[" * 4000),
        ("", b'{"result_code": ' + b"9" * 5000 + b"}"),
        ("", b"\xff\xfe\x00"),
        ("&".join(f"a{number}=1" for number in range(100)) + "&result_code=0", b""),
        ("result_code=%ff", b""),
    ],
)
def test_what_is_no_plain_result_is_none(query: str, body: bytes) -> None:
    assert read_result(query, body) is None


@given(st.text(), st.binary())
def test_nothing_makes_it_raise(query: str, body: bytes) -> None:
    read_result(query, body)
    read_result(query, b"{" + body)
