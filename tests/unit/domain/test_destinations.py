"""Destinations: as the PBX takes them, and never an outside number."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from basix_desktop.domain.destinations import read_destination
from basix_desktop.domain.errors import InputRefused


def refusal(text: str) -> str:
    with pytest.raises(InputRefused) as refused:
        read_destination(text)
    assert refused.value.field == "destination"
    return refused.value.id


@pytest.mark.parametrize(
    "text",
    [
        "helen",
        "sales",
        "campaign",
        "1001",
        "10",
        "0",
        "001",
        "100100",
        "12345678",
        "012345678",
        "营业部",
        "営業部",
        "luke.s",
        "Sales Team",
        "営業\u3000第一",
        "*98",
        "#1",
        "*21*1001#",
        "10-01",
        "0-1",
        "a@b",
        "tel",
        "user03",
        "１階受付",
        "team-0312345678a",
        "1234567890",
        "123456789012",
        "012345678901",
        "ａｂｃ",
    ],
)
def test_names_groups_and_extensions_stay_as_they_are(text: str) -> None:
    assert read_destination(text) == text


@pytest.mark.parametrize(
    ("text", "destination"),
    [
        ("  helen\n", "helen"),
        ("\u3000営業部\u3000", "営業部"),
        ("１００１", "1001"),
        ("\ufeffhelen\u200b", "helen"),
        ("\t1001 ", "1001"),
    ],
)
def test_white_space_around_and_full_width_digits(text: str, destination: str) -> None:
    assert read_destination(text) == destination


@pytest.mark.parametrize("text", ["", " ", "\u3000\u3000", "\n\t", "\u200b"])
def test_missing(text: str) -> None:
    assert refusal(text) == "destination_missing"


@pytest.mark.parametrize(
    "text",
    [
        "0312341234",
        "09011112222",
        "03-1234-1234",
        "０３－１２３４－１２３４",
        "(03)1234-1234",
        "03 1234 1234",
        "+81312341234",
        "＋８１３１２３４１２３４",
        "+1",
        "tel:0312341234",
        "TEL:1001",
        "callto:0312341234",
        "05068601111",
        "0120-123-456",
        "0000000000",
        "010-1-202-555-0123",
        "18409011112222",
        "TEL 03-1234-1234",
        "03-1234-1234 (田中)",
        "０３ー１２３４ー１２３４",
        "+81 (0)3-1234-1234",
    ],
)
def test_outside_numbers_are_refused_in_any_spelling(text: str) -> None:
    assert refusal(text) == "destination_is_external"


@pytest.mark.parametrize("text", ["he\x00len", "he\nlen", "a\x1b[0m", "a\u202eb", "\ud800", "x" * 257, "a\u2028b"])
def test_invalid(text: str) -> None:
    assert refusal(text) == "destination_invalid"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_what_is_accepted_is_what_was_typed(text: str) -> None:
    try:
        destination = read_destination(text)
    except InputRefused:
        return
    assert destination == read_destination(destination)
    assert destination in text or text.strip().strip("\u200b\ufeff\u2060").strip().isdecimal()
