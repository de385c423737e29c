"""Country names in both languages."""

from __future__ import annotations

import re

import phonenumbers
import pytest

from basix_desktop.domain.countries import country_name, regions


def test_every_region_has_a_name_in_both_languages() -> None:
    for region in phonenumbers.SUPPORTED_REGIONS:
        english, japanese = country_name(region, "en"), country_name(region, "ja")
        assert re.search(r"[A-Za-z]", english)
        assert english != region
        assert re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", japanese)
    assert set(regions()) >= set(phonenumbers.SUPPORTED_REGIONS)


@pytest.mark.parametrize(
    ("region", "language", "name"),
    [
        ("US", "en", "United States"),
        ("US", "ja", "アメリカ合衆国"),
        ("gb", "ja_JP", "イギリス"),
        ("JP", "ja-JP", "日本"),
        ("JP", "de", "Japan"),
        ("JP", "", "Japan"),
        ("ZZ", "ja", "ZZ"),
        ("", "ja", ""),
    ],
)
def test_names(region: str, language: str, name: str) -> None:
    assert country_name(region, language) == name
