"""Grouping while typing."""

from __future__ import annotations

import time

import pytest

from basix_desktop.domain.numbers import regroup, warm_up


def type_keys(keys: str, home: str = "JP") -> list[str]:
    text, shown = "", []
    for key in keys:
        text, _ = regroup(text + key, len(text) + 1, home)
        shown.append(text)
    return shown


def test_as_a_number_grows() -> None:
    assert type_keys("0312345678")[2:] == [
        "031",
        "03-12",
        "03-123",
        "03-1234",
        "03-1234-5",
        "03-1234-56",
        "03-1234-567",
        "03-1234-5678",
    ]


@pytest.mark.parametrize(
    ("keys", "home", "shown"),
    [
        ("09011112222", "JP", "090-1111-2222"),
        ("0120123456", "JP", "0120-123-456"),
        ("18409011112222", "JP", "184-090-1111-2222"),
        ("01012025550123", "JP", "010 1 202-555-0123"),
        ("+81312345678", "JP", "+81 3-1234-5678"),
        ("03-1234-5678", "JP", "03-1234-5678"),
        ("(03)1234-5678", "JP", "03-1234-5678"),
        ("03 1234 5678", "JP", "03-1234-5678"),
        ("090111122222", "JP", "090111122222"),
        ("0331234", "JP", "03-3123-4"),
        ("2025550123", "US", "(202) 555-0123"),
        ("02079460018", "GB", "020 7946 0018"),
    ],
)
def test_typed_to_the_end(keys: str, home: str, shown: str) -> None:
    assert type_keys(keys, home)[-1] == shown


@pytest.mark.parametrize(
    ("text", "cursor", "expected"),
    [
        ("0312345678", 0, ("03-1234-5678", 0)),
        ("0312345678", 2, ("03-1234-5678", 2)),
        ("0312345678", 3, ("03-1234-5678", 4)),
        ("03-1234-5678", 3, ("03-1234-5678", 3)),  # nothing to do: nothing moves
        ("0312345678", 10, ("03-1234-5678", 12)),
        ("03-91234-567", 4, ("03-9123-4567", 4)),  # a digit typed into the middle
        ("03-12345678", 7, ("03-1234-5678", 7)),  # Delete took the second dash
        ("031234-5678", 2, ("03-1234-5678", 2)),  # Backspace took the first dash: before it, so the next takes "3"
        ("０３１２３４５６７８", 3, ("０３-１２３４-５６７８", 4)),
    ],
)
def test_the_cursor_stays_behind_its_digit(text: str, cursor: int, expected: tuple[str, int]) -> None:
    assert regroup(text, cursor) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "TEL 0312345678",
        "tel:0312345678",
        "0312345678 0312345679",
        "03-1234-5678 03-1234-5679",
        "03-1234-5678/5679",
        "0312345678\n",
        "0312345678,9",
        "*0312345678",
        "2026-11-05",
        "1234-5678-9012",
        "1001",
        "helen",
        "0312345678①",
        "03123456780312345678031234567803",
        "\u202e0312345678",
        "03\u200b12345678",
    ],
)
def test_what_is_not_one_number_being_typed_is_left_alone(text: str) -> None:
    for cursor in range(len(text) + 1):
        assert regroup(text, cursor) == (text, cursor)


def test_two_numbers_that_read_as_one_too_are_not_joined() -> None:
    """German numbers have no fixed length."""
    assert regroup("030 1234 0301235", 16, "DE") == ("030 1234 0301235", 16)
    assert regroup("030 123456", 10, "DE") == ("030 123456", 10)


def test_a_cursor_outside_the_text_is_brought_in() -> None:
    assert regroup("0312345678", 99) == ("03-1234-5678", 12)
    assert regroup("helen", 99) == ("helen", 5)
    assert regroup("helen", -1) == ("helen", 0)


def test_it_is_fast_enough_for_every_key() -> None:
    """1 ms is the aim; each text is new, so that no cache helps. The limit leaves room for a busy machine."""
    warm_up()
    seconds = []
    for last in range(10000, 10060):
        start = time.perf_counter()
        regroup(f"03123{last}", 10)
        seconds.append(time.perf_counter() - start)
    assert sorted(seconds)[len(seconds) // 2] < 0.003
