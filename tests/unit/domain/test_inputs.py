"""The other fields of a call: what they are read as and why they are refused."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basix_desktop.domain.calls import EndUser
from basix_desktop.domain.errors import InputRefused
from basix_desktop.domain.inputs import (
    MAX_FIELD,
    read_answer_timeout,
    read_avatar_url,
    read_callback_url,
    read_calling_number,
    read_end_user,
    read_feed_user,
    read_listener_url,
)


def refusal(read: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(InputRefused) as refused:
        read()
    return refused.value.id, refused.value.field


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1", 1), ("180", 180), (" 60 ", 60), ("１８０", 180), ("007", 7), ("86400", 86400), ("2147483647", 2147483647)],
)
def test_answer_timeout(text: str, seconds: int) -> None:
    assert read_answer_timeout(text) == seconds


@pytest.mark.parametrize(
    "text",
    ["", "0", "-1", "+1", "abc", "1.5", "1e3", "60s", "1_000", "1,000", "2147483648", "9" * 5000, "\x001", "½", "①"],
)
def test_answer_timeout_refused(text: str) -> None:
    assert refusal(lambda: read_answer_timeout(text)) == ("answer_timeout_invalid", "answer_timeout")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.jp/done",
        "http://example.jp",
        "HTTPS://Example.JP:8443/a?b=c&d=%20",
        "http://127.0.0.1:8080/x",
        "http://[::1]:8080/x",
        "http://pbx/x",
        "https://日本語.jp/結果",
        "https://example.jp./",
    ],
)
def test_urls_are_kept_as_typed(url: str) -> None:
    assert read_callback_url(f" {url}\n") == url
    assert read_avatar_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "example.jp/done",
        "ftp://example.jp/",
        "https://",
        "https:///x",
        "https://user:pw@",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:image/png;base64,AA",
        "https://example.jp:0/",
        "https://example.jp:99999/",
        "https://example.jp:x/",
        "https://exa mple.jp/",
        "https://example.jp/a b",
        "https://a\nb.jp/",
        "https://a\x00b.jp/",
        "https://[::1/",
        "https://[:zz]/",
        "https://" + "長" * 70 + ".jp/",
        "http://-a-.jp/",
        "https://a..jp/",
        "https://example.jp\\@evil.jp/",
        "//a.jp/",
    ],
)
def test_urls_refused(url: str) -> None:
    assert refusal(lambda: read_callback_url(url)) == ("callback_url_invalid", "callback_url")
    assert refusal(lambda: read_avatar_url(url)) == ("avatar_url_invalid", "end_user_avatar")


@pytest.mark.parametrize(
    ("url", "id_"),
    [
        ("https://user:pw@example.jp/", "url_has_sign_in"),
        ("http://u@example.jp", "url_has_sign_in"),
        ("https://a.jp/" + "x" * 2048, "url_too_long"),
    ],
)
def test_an_address_that_is_one_is_refused_for_what_it_holds(url: str, id_: str) -> None:
    assert refusal(lambda: read_callback_url(url)) == (id_, "callback_url")
    assert refusal(lambda: read_avatar_url(url)) == (id_, "end_user_avatar")
    assert refusal(lambda: read_listener_url(url)) == (id_, "listener_url")


def test_optional_fields_may_be_empty() -> None:
    assert (read_callback_url(" "), read_avatar_url(""), read_calling_number("\u3000")) == ("", "", "")
    assert not read_end_user()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("05068601111", "05068601111"),
        ("050-6860-1111", "05068601111"),
        ("０５０－６８６０－１１１１", "05068601111"),
        ("+81 50 6860 1111", "05068601111"),
        ("+81 (0)50-6860-1111", "05068601111"),
        ("0506868001", "0506868001"),  # basix-api.md 1.1: in the PBX's own examples, and invalid
        ("1001", "1001"),
        ("+1 202 555 0123", "+12025550123"),
        (" (03) 1234-5678 ", "0312345678"),
    ],
)
def test_calling_numbers_are_never_refused_for_validity(text: str, number: str) -> None:
    assert read_calling_number(text) == number
    assert read_calling_number(number) == number


@pytest.mark.parametrize(
    "text",
    [
        "anonymous",
        "050-6860-111x",
        "0312345678\n0312345679",
        "*67",
        "03+12",
        "+",
        "-",
        "050\x006860",
        "a" * 300,
    ],
)
def test_calling_numbers_refused(text: str) -> None:
    assert refusal(lambda: read_calling_number(text)) == ("calling_number_invalid", "calling_number")


@pytest.mark.parametrize("text", ["0" * 21, "+" + "1" * 21, "0-" * 21 + "0", "1" * 256])
def test_a_calling_number_of_digits_alone_is_refused_for_its_length(text: str) -> None:
    assert refusal(lambda: read_calling_number(text)) == ("calling_number_too_long", "calling_number")
    assert read_calling_number("0" * 20) == "0" * 20


def test_end_user_is_kept_as_typed() -> None:
    user = read_end_user(" 00012 ", "山田 太郎\u3000", "A & B <i>", "https://example.jp/a.png", "東京都")
    assert user == EndUser("00012", "山田 太郎", "A & B <i>", "https://example.jp/a.png", "東京都")


@pytest.mark.parametrize("field", ["id", "name", "organization", "prefecture"])
@pytest.mark.parametrize("text", ["a\x00b", "a\nb", "a\x1b[0m", "a\u202eb", "a\x85b", "a\ud800", "x" * (MAX_FIELD + 1)])
def test_end_user_refused(field: str, text: str) -> None:
    assert refusal(lambda: read_end_user(**{field: text})) == ("end_user_invalid", f"end_user_{field}")


@pytest.mark.parametrize(("text", "name"), [("", ""), (" \u3000", ""), (" helen\n", "helen"), ("佐藤 健", "佐藤 健")])
def test_the_user_whose_events_are_followed_is_kept_as_typed(text: str, name: str) -> None:
    assert read_feed_user(text) == name


@pytest.mark.parametrize("text", ["he\nlen", "he\0len", "\u202ehelen", "\ud800", "x" * 257])
def test_a_user_that_cannot_be_one_is_refused(text: str) -> None:
    assert refusal(lambda: read_feed_user(text)) == ("feed_user_invalid", "feed_user")


@given(st.text(max_size=300))
def test_nothing_but_a_refusal_is_raised(text: str) -> None:
    readers = (read_answer_timeout, read_callback_url, read_avatar_url, read_calling_number, read_end_user)
    for read in (*readers, read_feed_user):
        with contextlib.suppress(InputRefused):
            read(text)
