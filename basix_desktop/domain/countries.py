"""What countries are called, for the second look at a foreign number."""

from __future__ import annotations

from basix_desktop.domain.country_names import NAMES


def country_name(region: str, language: str = "en") -> str:
    """The name of an ISO 3166-1 alpha-2 region in Japanese (``ja``, ``ja-JP``, ``ja_JP`` …) or else in English.

    A region that nobody knows comes back as it is; "" (a number that no country owns) stays "".
    """
    names = NAMES.get(region.upper())
    if names is None:
        return region
    return names[1] if language.lower().replace("_", "-").split("-")[0] == "ja" else names[0]


def regions() -> tuple[str, ...]:
    """Every region that can be a home region, in alphabetical order of its code."""
    return tuple(NAMES)
