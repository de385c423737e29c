"""What one failure is said in."""

from __future__ import annotations

from typing import NamedTuple


class Sentence(NamedTuple):
    """``short`` fits a log row; ``{word}`` is the PBX's own word or the HTTP status, ``{seconds}`` how long it asks to
    wait. Japanese is written for Japanese receptionists, not translated."""

    short_en: str
    title_en: str
    text_en: str
    action_en: str
    short_ja: str
    title_ja: str
    text_ja: str
    action_ja: str


def refused_input(en: str, action_en: str, ja: str, action_ja: str) -> Sentence:
    """What was typed cannot be used: the same words stand beside the field and in a log row."""
    short_en, short_ja = "input refused", "入力を確認"
    return Sentence(
        short_en, "Please check this field", en, action_en, short_ja, "入力を確認してください", ja, action_ja
    )
