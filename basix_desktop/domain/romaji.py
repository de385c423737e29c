"""Japanese names by their sound: kana and every usual romanization of it become one spelling, to search by."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TABLE = """
あa いi うu えe おo かka きki くku けke こko がga ぎgi ぐgu げge ごgo さsa しshi すsu せse そso ざza じji ずzu ぜze ぞzo
たta ちchi つtsu てte とto だda ぢji づzu でde どdo なna にni ぬnu ねne のno
はha ひhi ふfu へhe ほho ばba びbi ぶbu べbe
ぼbo ぱpa ぴpi ぷpu ぺpe ぽpo まma みmi むmu めme もmo やya ゆyu よyo らra りri るru れre ろro わwa ゐi ゑe をo んn
ぁa ぃi ぅu ぇe ぉo ゃya ゅyu ょyo ゎwa ゔvu
"""
_KANA = {pair[0]: pair[1:] for pair in _TABLE.split()}
_SMALL_Y = {"ゃ": "a", "ゅ": "u", "ょ": "o"}
_SMALL_VOWELS = {"ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o"}
_KATAKANA = range(0x30A1, 0x30F7)
#: Kunrei and other spellings, as Hepburn without the marks of length has them.
_VARIANTS = (
    (re.compile(r"sy"), "sh"),
    (re.compile(r"ty|cy"), "ch"),
    (re.compile(r"[zj]y"), "j"),
    (re.compile(r"si"), "shi"),
    (re.compile(r"ti"), "chi"),
    (re.compile(r"(?<!t)tu"), "tsu"),
    (re.compile(r"(?<![sc])hu"), "fu"),
    (re.compile(r"[zd]i"), "ji"),
    (re.compile(r"d[uz]u?"), "zu"),
    (re.compile(r"tch"), "cch"),
    (re.compile(r"m(?=[bmp])"), "n"),
    (re.compile(r"n'"), "n"),
    (re.compile(r"(?<=[aeiou])-"), ""),
    (re.compile(r"o[uo]+|oh(?![aeiouy])"), "o"),
    (re.compile(r"uu+"), "u"),
)


@lru_cache(maxsize=20_000)
def sound(text: str) -> str:
    """``text`` by its sound: さとう, サトウ, Satō, Satou and Satoh are all ``sato``. Other writing stays as it is."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    spoken = _spoken("".join(chr(ord(c) - 0x60) if ord(c) in _KATAKANA else c for c in folded))
    plain = unicodedata.normalize("NFKC", "".join(c for c in unicodedata.normalize("NFD", spoken) if not _is_accent(c)))
    for pattern, hepburn in _VARIANTS:
        plain = pattern.sub(hepburn, plain)
    return plain.strip()


def _is_accent(char: str) -> bool:
    """A mark over a Latin letter. Those of kana, which change the sound, are none."""
    return "\u0300" <= char <= "\u036f"


def _spoken(hiragana: str) -> str:
    said: list[str] = []
    doubled = False
    for char in hiragana:
        if char == "っ":
            doubled = True
        elif char == "ー" and said:
            continue  # length is no matter
        elif char in _SMALL_Y and said and said[-1].endswith("i") and len(said[-1]) > 1:
            stem = said[-1][:-1]
            said[-1] = stem + ("" if stem.endswith(("sh", "ch", "j")) else "y") + _SMALL_Y[char]
        elif char in _SMALL_VOWELS and said and len(said[-1]) > 1 and said[-1][-1] in "aiueo":
            said[-1] = said[-1][:-1] + _SMALL_VOWELS[char]
        else:
            syllable = _KANA.get(char, char)
            said.append(syllable[0] + syllable if doubled and char in _KANA else syllable)
            doubled = False
    return "".join(said)
