"""What is shown, stored and sent agree, for every input; nothing but a refusal is ever raised."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from basix_desktop.domain.accounts import DialFormat
from basix_desktop.domain.errors import InputRefused, NumberAmbiguous
from basix_desktop.domain.guard import GuardRules, examine
from basix_desktop.domain.number_text import dialled, fold
from basix_desktop.domain.numbers import Number, digits_for_search, number_key, read, regroup, show
from tests.unit.domain.reading_table import JAPAN
from tests.unit.domain.reading_texts import TEXTS
from tests.unit.domain.reading_texts_abroad import ABROAD

EVERY_TEXT = [text for rows in (TEXTS, *ABROAD.values()) for text, _ in rows]
HOME_REGIONS = ["JP", "JP", "JP", "US", "GB", "DE", "IT", "KR", "RU", "AR"]
EMERGENCY = ("110", "118", "119")

fragments = st.sampled_from(
    [text for text in (*(row[0] for row in JAPAN), *EVERY_TEXT) if len(text) < 60]
    + [
        "TEL ",
        "FAX ",
        "携帯：",
        "代表 ",
        "直通:",
        "〒100-0001 ",
        "東京都千代田区1-2-3",
        "\n",
        "\t",
        " / ",
        "株式会社",
        "担当 山田",
        " 内線 12",
    ]
    + [
        ",,,9",
        "p12",
        "184-",
        "186 ",
        "0033-",
        "001-010-",
        "tel:",
        ";ext=5",
        ";phone-context=+81",
        "%20",
        "%E3%80%80",
        "No.",
        "注文番号 ",
    ]
    + [
        "ー",
        "〜",
        "・",
        "(",
        ")",
        "[",
        "]",
        "+",
        "\u200b",
        "\u202d",
        "\u202c",
        "x",
        "w",
        ";",
        "=",
        "０",
        "①",
        "*",
        "#",
        "9時",
        "¥3,980",
    ]
)
business_cards = st.lists(fragments, min_size=1, max_size=10).map("".join)
dialled_digits = st.builds(
    str.__add__,
    st.sampled_from(
        ["", "0", "+", "+81", "+1", "010", "184", "186", "122", "00", "0033", "001", "0120", "0570", "110", "119"]
    ),
    st.text("0123456789", max_size=14),
)
separated = st.text("0123456789-+() ./０１２−ー　の・①\u202e\u200b", max_size=30)
anything = st.text(max_size=300)
texts = st.one_of(business_cards, dialled_digits, separated, anything)
homes = st.sampled_from(HOME_REGIONS)
formats = st.sampled_from(list(DialFormat))
many = settings(max_examples=400, deadline=None)


def digits(text: str) -> str:
    return dialled(fold(text))


def reading(text: str, home: str, dial_format: DialFormat) -> Number | None:
    try:
        return read(text, home, dial_format)
    except InputRefused:
        return None


def outcome(text: str, home: str) -> object:
    """What reading comes to, comparable."""
    try:
        return read(text, home).sent
    except NumberAmbiguous as question:
        return question.candidates
    except InputRefused as refusal:
        return refusal.id


@many
@given(texts, homes, formats)
def test_shown_stored_and_sent_agree(text: str, home: str, dial_format: DialFormat) -> None:
    number = reading(text, home, dial_format)
    if number is None:
        return
    assert number.sent.lstrip("+").isdecimal()
    assert number.sent.isascii()
    assert digits(number.shown) == number.sent
    for again in (number.sent, number.shown, show(number.sent, home), show(number.shown, home)):
        assert read(again, home, dial_format).sent == number.sent
    assert number_key(number.shown, home) == number_key(number.sent, home)
    assert number.sent.startswith(number.prefix + number.carrier) or number.carrier


@many
@given(texts, homes)
def test_showing_never_changes_digits(text: str, home: str) -> None:
    shown = show(text, home)
    assert digits(shown) == digits(text)
    assert show(shown, home) == shown


@many
@given(texts, homes, st.integers(0, 300))
def test_regrouping_only_moves_separators(text: str, home: str, place: int) -> None:
    cursor = min(place, len(text))
    grouped, moved = regroup(text, cursor, home)
    assert digits(grouped) == digits(text)
    assert 0 <= moved <= len(grouped)
    if grouped == text:
        return
    assert digits(grouped[:moved]) == digits(text[:cursor])
    assert regroup(grouped, moved, home) == (grouped, moved)
    assert outcome(grouped, home) == outcome(text, home)


@many
@given(texts, homes)
def test_a_question_offers_numbers_that_need_none(text: str, home: str) -> None:
    try:
        read(text, home)
    except InputRefused as error:
        refusal = error
    else:
        return
    assert refusal.field == "number"
    if isinstance(refusal, NumberAmbiguous):
        sent = [read(number, home).sent for _, number in refusal.candidates]
        assert len(set(sent)) == len(sent) > 1


@many
@given(st.one_of(business_cards, st.text(max_size=600)), homes)
def test_nothing_but_a_refusal_is_raised(text: str, home: str) -> None:
    outcome(text, home)
    number_key(text, home)
    digits_for_search(text, home)


@many
@given(texts)
def test_no_emergency_number_passes_the_guard(text: str) -> None:
    number = reading(text, "JP", DialFormat.NATIONAL)
    if number is None:
        return
    try:
        examine(number, GuardRules("JP", frozenset(), allow_premium=True))
    except InputRefused:
        return
    sent = number.sent.removeprefix("122").removeprefix(number.prefix).removeprefix("122")
    assert not sent.startswith(EMERGENCY)
    assert sent not in ("112", "911", "999")


@pytest.mark.parametrize("dial_format", list(DialFormat))
@pytest.mark.parametrize("home", ["JP", "US"])
def test_every_country_can_be_called(home: str, dial_format: DialFormat) -> None:
    for region in phonenumbers.SUPPORTED_REGIONS:
        example = phonenumbers.example_number(region)
        if example is None:
            continue
        e164 = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
        written = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        number = read(written, home, dial_format)
        assert (number.e164, number.valid, number.foreign) == (e164, True, region != home)
        assert number_key(number.sent, home) == e164
        assert read(number.shown, home, dial_format) == number


def test_every_country_can_be_home() -> None:
    """National spelling there and back, and a number abroad."""
    for region in phonenumbers.SUPPORTED_REGIONS:
        example = phonenumbers.example_number(region)
        if example is None:
            continue
        national = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.NATIONAL)
        number = read(national, region)
        assert number.e164 == phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
        assert number.sent == digits(national)
        assert read("+81312345678", region).e164 == "+81312345678"
