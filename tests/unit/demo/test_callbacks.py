"""The result callback on the wire."""

import json

import pytest

from basix_desktop.demo.callbacks import Result, encode

UUID = "ede7b23e-c172-445e-832e-963b11ba2b96"


def test_get_keeps_the_query_of_the_url() -> None:
    line = encode(0, "http://example.test/done?a=1#part", Result(0, UUID)).split(b"\r\n")[0]
    assert line == f"GET /done?a=1&result_code=0&uuid={UUID} HTTP/1.1".encode()


def test_form_and_json_have_the_fields_in_the_body() -> None:
    form = encode(1, "http://example.test", Result(500))
    assert form.startswith(b"POST / HTTP/1.1\r\nHost: example.test\r\n")
    assert form.endswith(b"\r\nContent-Length: 15\r\n\r\nresult_code=500")
    body = encode(2, "http://example.test/", Result(0, UUID)).partition(b"\r\n\r\n")[2]
    assert json.loads(body) == {"result_code": 0, "uuid": UUID}


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://user:password@example.test/", b"example.test"),
        ("https://example.test:8443/", b"example.test:8443"),
        ("http://[::1]:80/", b"[::1]:80"),
        ("http://例え.テスト/", b"xn--r8jz45g.xn--zckzah"),
    ],
)
def test_the_host_header_holds_the_host_alone(url: str, host: bytes) -> None:
    assert b"\r\nHost: " + host + b"\r\n" in encode(0, url, Result(0))


def test_paths_in_any_script_are_sent_in_ascii() -> None:
    request = encode(0, "http://example.test/受付/%E5?名=1", Result(0))
    assert request.startswith(b"GET /%E5%8F%97%E4%BB%98/%E5?%E5%90%8D=1&result_code=0 HTTP/1.1\r\n")
