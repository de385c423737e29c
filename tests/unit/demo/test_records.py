"""What is kept of a request."""

import json
from pathlib import Path

from basix_desktop.demo.records import Records, shown_body, shown_headers


def test_secrets_are_not_kept() -> None:
    headers = [(b"Authorization", b"Basic c2VjcmV0"), (b"X-Two", b"1"), (b"x-two", b"2"), (b"Cookie", b"c2VjcmV0")]
    shown = shown_headers(headers)
    assert "c2VjcmV0" not in json.dumps(shown)
    assert shown == [["authorization", "***"], ["x-two", "1"], ["x-two", "2"], ["cookie", "***"]]


def test_each_record_is_a_line_at_once(tmp_path: Path) -> None:
    path = tmp_path / "requests.jsonl"
    records = Records(path)
    try:
        for body in ({"target": "0312341234", "名": "田中\n"}, [1.5, None]):
            records.add(shown_body(json.dumps(body).encode()))
            assert json.loads(path.read_text().splitlines()[-1])["body"] == body
    finally:
        records.close()
    assert [json.loads(line) for line in path.read_text().splitlines()] == records.all()


def test_a_file_that_is_there_is_added_to(tmp_path: Path) -> None:
    path = tmp_path / "requests.jsonl"
    for _ in range(2):
        records = Records(path)
        records.add({})
        records.close()
    assert len(path.read_text().splitlines()) == 2


def test_bodies_that_are_not_json_are_kept_as_text() -> None:
    for raw in (b"{", b"\xff\xfe", b'{"a": NaN}', b"[" * 100_000):
        shown = shown_body(raw)
        assert shown["body"] is None
        assert shown["text"] == raw.decode(errors="backslashreplace")


def test_depth_that_can_be_read_but_not_written_is_kept() -> None:
    records = Records()
    for depth in range(900, 1000, 3):
        records.add(shown_body(b"[" * depth + b"]" * depth))
    assert all(record["text"] for record in records.all())
