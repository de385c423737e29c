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


def parts(*fields: tuple[str, str], end: str = "--\r\n", line: str = "\r\n") -> bytes:
    """A form as browsers and HTTP libraries send it in parts."""
    said = [
        f'--B-7{line}Content-Disposition: form-data; name="{name}"{line}{line}{value}{line}' for name, value in fields
    ]
    return "".join([*said, "--B-7", end]).encode()


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
        (f"result_code=0&uuid={UUID.upper()}", json.dumps({"uuid": UUID}).encode(), ANSWERED),
        ("result_code=500", b"", NOBODY),
        ("result_code=500&uuid=", b"", NOBODY),
        ("", b'{"result_code": 500, "uuid": null}', NOBODY),
        ("result_code=-1", b"", CallResult(-1)),
        ("result_code=0&uuid=%3Cb%3E", b"", CallResult(0)),
        (f"result_code=0&uuid={UUID}&uuid={UUID[:-1]}7", b"", CallResult(0)),
        ("", b'{"result_code": 0, "uuid": ["x"]}', CallResult(0)),
        # What cannot be read does not take away what can.
        (f"result_code=0&uuid={UUID}", b"\xff\xfe", ANSWERED),
        (f"result_code=0&uuid={UUID}", b"\xff", ANSWERED),
        (f"result_code=0&uuid={UUID}", b'{"broken"', ANSWERED),
        (f"result_code=0&uuid={UUID}", b"<result/>", ANSWERED),
        ("result_code=%ff", f"result_code=0&uuid={UUID}".encode(), ANSWERED),
        ("", json.dumps([{"result_code": 0, "uuid": UUID}]).encode(), ANSWERED),
        ("", json.dumps([7, {"result_code": 0}, {"uuid": UUID}]).encode(), ANSWERED),
        ("", json.dumps({"result_code": 0, "uuid": UUID}).encode("utf-16"), ANSWERED),
        ("", json.dumps({"result_code": 0, "uuid": UUID}).encode("utf-16-le"), ANSWERED),
        ("", f"result_code=0&uuid={UUID}".encode("utf-16"), ANSWERED),
        ("", parts(("result_code", "0"), ("uuid", UUID)), ANSWERED),
        ("", parts(("result_code", "0"), ("uuid", UUID), line="\n", end="--"), ANSWERED),
        ("", parts(("result_code", "500"), ("note", "a\r\n\r\nb")), NOBODY),
        ("", parts(("result_code", "0")).replace(b"\r\n\r\n", b"\r\nContent-Type: text/plain\r\n\r\n"), CallResult(0)),
        ("", parts(("result_code", "0")).replace(b'"result_code"', b"result_code"), CallResult(0)),
        (
            "",
            parts(("file", "x"), ("result_code", "0")).replace(b'"file"', b'"file"; filename="result_code"'),
            CallResult(0),
        ),
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
        ("", b'[{"result_code": 0}, {"result_code": 1}]'),
        ("", b'[[{"result_code": 0}]]'),
        ("", b'"{\\"result_code\\": 0}"'),
        ("result_code=500", json.dumps([{"result_code": 0}]).encode()),
        ("", parts(("result_code", "0"), ("result_code", "1"))),
        ("result_code=500", parts(("result_code", "0"))),
        ("", parts(("result_code", "0"), end="")),
        ("", parts(("result_code", "\xff")).decode().encode("latin-1")),
        ("", parts(*[("a", "1")] * 100, ("result_code", "0"))),
        ("", b"--B-7\r\n\r\n0\r\n--B-7--"),
        ("", b"--B-7\r\n"),
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
    for beginning in (b"", b"{", b"[", b"\xff\xfe", b"--B\r\n", b"--B\r\nContent-Disposition: form-data; name="):
        read_result(query, beginning + body)
        read_result(query, beginning + body + b"--B--")
