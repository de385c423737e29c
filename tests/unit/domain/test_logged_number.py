"""A number of the log: shown with exactly its digits, and put back only as the telephone that was called then."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from basix_desktop.domain.errors import InputRefused
from basix_desktop.domain.logged_number import shown, to_dial
from basix_desktop.domain.number_text import dialled
from basix_desktop.domain.numbers import number_key, read

HOMES = ["JP", "US", "CA", "GB", "FR", "DE", "IT", "KR", "RU", "AR", "BR"]
OSAKA = ("0612345678", "+81612345678")


@pytest.mark.parametrize(
    ("number", "key", "home", "as_shown"),
    [
        (*OSAKA, "JP", "06-1234-5678"),
        (*OSAKA, "FR", "06-1234-5678"),
        ("0612345678", "+33612345678", "FR", "06 12 34 56 78"),
        ("0612345678", "+33612345678", "JP", "06 12 34 56 78"),
        ("01033612345678", "+33612345678", "JP", "010 33 6 12 34 56 78"),
        ("01033612345678", "+33612345678", "FR", "010 33 6 12 34 56 78"),
        ("0081612345678", "+81612345678", "JP", "00 81 6-1234-5678"),
        ("1840612345678", "+81612345678", "FR", "184-06-1234-5678"),
        ("+81612345678", "+81612345678", "FR", "+81 6-1234-5678"),
        ("104", "104", "JP", "104"),
        ("312345678", "312345678", "FR", "312345678"),
        ("0612345678", "", "JP", "06-1234-5678"),
    ],
)
def test_a_number_is_grouped_as_where_it_was_dialled(number: str, key: str, home: str, as_shown: str) -> None:
    assert shown(number, key, home) == as_shown


@pytest.mark.parametrize(
    ("number", "key", "home", "same_pbx", "filled"),
    [
        (*OSAKA, "JP", True, "06-1234-5678"),
        (*OSAKA, "FR", True, "+81 6-1234-5678"),
        (*OSAKA, "FR", False, "+81 6-1234-5678"),
        ("01033612345678", "+33612345678", "FR", False, "+33 6 12 34 56 78"),
        ("1840612345678", "+81612345678", "JP", False, "184-06-1234-5678"),
        ("1840612345678", "+81612345678", "FR", False, None),  # +81… would show the caller ID
        ("18401033612345678", "+33612345678", "FR", False, None),
        ("912345678", "912345678", "ES", False, None),  # doubtful in Japan, a telephone in Spain
        ("912345678", "912345678", "ES", True, "912 34 56 78"),  # the same digits at the same PBX are the same call
        ("312345678", "312345678", "FR", False, "312345678"),  # as doubtful here as it was there
        ("104", "104", "FR", False, None),  # a service of Japan's network
        ("104", "104", "JP", False, "104"),
        ("0612345678", "", "JP", False, "06-1234-5678"),
    ],
)
def test_a_number_is_put_back_as_the_same_telephone(
    number: str, key: str, home: str, same_pbx: bool, filled: str | None
) -> None:
    assert to_dial(number, key, home, same_pbx=same_pbx) == filled


@st.composite
def telephones(draw: st.DrawFn) -> str:
    """E.164 numbers of many countries, valid ones too."""
    region = draw(st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)))
    example = phonenumbers.example_number(region)
    if example is None:
        reject()
    digits = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    last = draw(st.text("0123456789", min_size=0, max_size=4))
    return digits[: len(digits) - len(last)] + last


@given(telephones(), st.sampled_from(["", "184"]), st.sampled_from(HOMES), st.sampled_from(HOMES))
def test_whoever_called_and_whoever_calls_now_it_is_the_same_telephone(
    telephone: str, lead: str, then: str, now: str
) -> None:
    try:
        called = read((lead if then == "JP" else "") + telephone, then)
    except InputRefused:
        return
    key = number_key(called.sent, then)
    assert dialled(shown(called.sent, key, now)) == called.sent
    filled = to_dial(called.sent, key, now, same_pbx=False)
    if then == now:
        assert filled is not None
        assert read(filled, now).sent == called.sent
    if filled is None:
        return
    try:
        again = read(filled, now)
    except InputRefused:
        return  # a service or emergency number of where it is called from now
    assert number_key(again.sent, now) == key
    assert again.prefix == called.prefix
