"""Japanese names by their sound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basix_desktop.domain.romaji import sound


@pytest.mark.parametrize(
    ("spellings", "expected"),
    [
        ("さとう サトウ ｻﾄｳ Satō Satou Satoh SATO satô", "sato"),
        ("しんばし シンバシ Shimbashi Shinbashi Sinbasi", "shinbashi"),
        ("じゅんいちろう ジュンイチロウ Jun'ichirō Jun'ichiro Zyun'itirou", "junichiro"),
        ("つちや Tsuchiya Tutiya", "tsuchiya"),
        ("おおの Ōno Oono Ohno Ono", "ono"),
        ("はっとり ハットリ Hattori", "hattori"),
        ("ふじた Fujita Huzita", "fujita"),
        ("まっちゃ Matcha maccha mattya", "maccha"),
        ("しょうじ Shoji Syouzi Shouji", "shoji"),
        ("ゆうき Yūki Yuuki", "yuki"),
        ("きょうこ Kyoko Kyouko キョーコ", "kyoko"),
        ("ファン fan", "fan"),
        ("がぎぐ ガギグ gagigu", "gagigu"),
    ],
)
def test_every_spelling_of_a_name_sounds_alike(spellings: str, expected: str) -> None:
    assert {sound(spelling) for spelling in spellings.split()} == {expected}


@pytest.mark.parametrize(
    ("one", "other"), [("さとう", "さいとう"), ("かとう", "がとう"), ("おの", "うの"), ("ほり", "はり")]
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@pytest.mark.parametrize("text", ["佐藤 健", "helen", "1004", ""])
def test_other_writing_stays_as_it_is(text: str) -> None:
    assert sound(text) == text


@given(st.text(max_size=60))
def test_any_text_has_one_sound(text: str) -> None:
    assert sound(text) == sound(text.upper().lower()) or not text.isascii()
    assert "ー" not in sound("あ" + text.replace("ー", ""))
