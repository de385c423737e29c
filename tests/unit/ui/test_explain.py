"""Every failure has words in both languages, and outside text cannot run in them."""

from __future__ import annotations

import pytest

from basix_desktop.domain import errors
from basix_desktop.domain.errors import BasixError, Failure
from basix_desktop.ui.explain import explain, plain, short_reason
from basix_desktop.ui.sentences import SENTENCES


def _classes(base: type[BasixError]) -> list[type[BasixError]]:
    return [c for sub in base.__subclasses__() for c in (sub, *_classes(sub))]


PROGRAM = [c for c in _classes(BasixError) if c.__module__.startswith("basix_desktop.")]
ALL_IDS = sorted({i for c in PROGRAM for i in c.ids} | errors.REFUSED_IDS | errors.UNKNOWN_IDS)


@pytest.mark.parametrize("id_", ALL_IDS)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_id_says_what_happened_and_what_to_do(id_: str, language: str) -> None:
    said = explain(Failure(id_), language)
    assert id_ in SENTENCES, "an id without a sentence of its own"
    assert said.title
    assert said.text
    assert said.action or id_ == "cancelled"
    assert short_reason(Failure(id_), language)
    assert "{" not in said.title + said.text + said.action
    japanese = any("\u3040" <= c <= "\u9fff" for c in said.text)
    assert japanese == (language == "ja")


def test_no_sentence_is_left_over() -> None:
    assert set(SENTENCES) - set(ALL_IDS) - {"unexpected"} == set()  # the command line may be there, or not


def test_what_may_have_been_placed_never_says_not_called() -> None:
    for id_ in errors.UNKNOWN_IDS:
        assert "may have been placed" in explain(Failure(id_), "en").title
        assert "可能性" in explain(Failure(id_), "ja").title


def test_the_pbx_s_own_word_is_shown_plain_and_clipped() -> None:
    hostile = "<b>call</b>\u202e\x1b[31m" + "x" * 500
    said = explain(Failure("pbx_refused", pbx_id=hostile), "en")
    assert "<b>call</b>[31m" in said.text
    assert "\u202e" not in said.text
    assert "\x1b" not in said.text
    assert len(plain(hostile)) == 64


def test_an_id_nobody_has_listed_is_still_explained() -> None:
    assert "brand_new" in explain(Failure("brand_new"), "en").text
    assert explain(Failure("brand_new"), "ja").action
