"""Finding destinations from their first letters."""

from __future__ import annotations

import pytest

from basix_desktop.ui.dial.matching import Choice, fold, known, resolve, suggestions

SALES = Choice("sales", "営業部", key=1, reading="えいぎょうぶ")
TARO = Choice("1004", "タロウ")
HELEN = Choice("helen", "Helen Smith")
ALL = (SALES, TARO, HELEN)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＡＢＣ", "abc"),
        ("タロウ", "たろう"),
        ("ﾀﾛｳ", "たろう"),
        ("ガ", "が"),
        ("１００４", "1004"),
        ("Straße", "STRASSE"),
    ],
)
def test_spellings_that_people_hold_to_be_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("typed", "first"),
    [("営", SALES), ("えい", SALES), ("エイ", SALES), ("sal", SALES), ("たろ", TARO), ("ﾀ", TARO), ("smith", HELEN)],
)
def test_the_first_letters_find_it(typed: str, first: Choice) -> None:
    assert suggestions(typed, ALL)[0] == first


def test_what_was_typed_is_always_among_them() -> None:
    assert suggestions("sal", ALL)[-1] == Choice("sal", typed=True)
    assert suggestions("nobody", ALL) == (Choice("nobody", typed=True),)


def test_digits_come_first_as_typed() -> None:
    assert suggestions("100", ALL) == (Choice("100", typed=True), TARO)
    assert suggestions("1004", ALL) == (TARO,)


def test_nothing_typed_proposes_nothing() -> None:
    assert suggestions(" ", ALL) == ()


def test_the_beginning_of_a_name_is_better_than_its_middle() -> None:
    middle, word, start = Choice("a", "Grand Hall"), Choice("b", "Big Hall"), Choice("c", "Hallway")
    assert suggestions("hall", (middle, start, word))[:3] == (start, middle, word)


def test_a_destination_in_full_wins_over_a_name() -> None:
    named = Choice("1001", "helen")
    assert resolve("helen", (named, HELEN)) == HELEN


def test_two_of_one_name_are_nobody_in_particular() -> None:
    assert resolve("Ken", (Choice("1001", "Ken"), Choice("1002", "Ken"))) is None


def test_a_recent_destination_that_is_a_favourite_appears_once() -> None:
    assert known([SALES], [Choice("sales", "old name"), TARO]) == (SALES, TARO)
