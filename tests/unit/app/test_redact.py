"""No secret and no whole number in a log."""

from __future__ import annotations

import base64
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basix_desktop.app.redact import Redactor

TOKEN = "kQ9-canary/Ωx+7=Z_02"
REDACTOR = Redactor(b"k" * 32)
REDACTOR.hide(TOKEN)


def basic(domain: str) -> str:
    return base64.b64encode(f"{domain}:{TOKEN}".encode()).decode()


@pytest.mark.parametrize("domain", ["", "d", "ex", "abc", "example", "日本"])
def test_a_known_token_is_found_in_every_dress(domain: str) -> None:
    dresses = [
        TOKEN,
        quote(TOKEN, safe=""),
        TOKEN.encode().hex(),
        basic(domain),
        base64.urlsafe_b64encode(f"{domain}:{TOKEN}".encode()).decode(),
    ]
    for dress in dresses:
        cleaned = REDACTOR.clean(f"before <{dress}> after")
        assert dress not in cleaned
        core = base64.b64encode(TOKEN.encode()).decode()[2:-4]
        assert core not in cleaned
        assert cleaned.startswith("before <")
        assert cleaned.endswith("> after")


@pytest.mark.parametrize(
    "line",
    [
        "Authorization: Basic {secret}",
        "> authorization: basic {secret}",
        "headers=[('authorization', 'Basic {secret}')]",
        '{{"Authorization": "Bearer {secret}"}}',
        "Proxy-Authorization: {secret}",
        "GET https://demo:{secret}@pbx.example/basix",
        "token={secret}",
        "api_token: '{secret}'",
        "wss://ws_ticket:{secret}@host/ticket={secret}",
        '"password": "{secret}"',
    ],
)
def test_what_stands_where_secrets_stand_is_removed_without_being_known(line: str) -> None:
    secret = "ZXhhbXBsZTpzM2NyZXQtdW5rbm93bg=="
    assert secret not in Redactor(b"key").clean(line.format(secret=secret))


@pytest.mark.parametrize(
    "number",
    [
        "0312341234",
        "03-1234-1234",
        "+81 3 1234 1234",
        "(03)1234-1234",
        "０３－１２３４－１２３４",
        "03‐1234‐1234",
        "110110110",
    ],
)
def test_numbers_keep_their_last_three_digits(number: str) -> None:
    cleaned = REDACTOR.clean(f"calling {number}, then {number!r}")
    digits = [char for char in number if char.isdigit()]
    assert number not in cleaned
    assert cleaned.count("…") == 2
    assert f"…{''.join(str(int(d)) for d in digits[-3:])}#" in cleaned


def test_the_same_number_has_the_same_mark_and_another_installation_another() -> None:
    here, there = Redactor(b"a" * 32), Redactor(b"b" * 32)
    assert here.number("03-1234-1234") == here.number("0312341234") == here.number("０３１２３４１２３４")
    assert here.number("0312341234") != there.number("0312341234")
    assert here.number("0312341234") != here.number("0412341234")


@pytest.mark.parametrize(
    "text",
    [
        "leg ede7b23e-c172-445e-832e-963b11ba2b96 placed",
        "leg 12345678-1234-1234-1234-123456789012",
        "connected to 127.0.0.1:44991",
        "took 12345 ms, status 500",
        "extension 1001",
        "Basic authentication is used",
        "a token was refused",
    ],
)
def test_what_helps_to_find_a_fault_stays(text: str) -> None:
    assert REDACTOR.clean(text) == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=4, max_size=60), st.text(), st.text())
def test_no_known_secret_survives_anywhere(secret: str, before: str, after: str) -> None:
    redactor = Redactor(b"k")
    redactor.hide(secret)
    cleaned = redactor.clean(f"{before}{secret}{after}")
    assert secret not in cleaned or secret in "***#…0123456789abcdef"


@given(st.integers(0, 10), st.text("0123456789", min_size=6, max_size=15))
def test_no_whole_number_survives(pad: int, digits: str) -> None:
    assert digits not in REDACTOR.clean(f"{'x' * pad} {digits} y")
