"""Every failure has words in both languages, and outside text cannot run in them."""

from __future__ import annotations

import re

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
    ids = {id_.partition(".")[0] for id_ in SENTENCES}
    assert ids - set(ALL_IDS) - {"unexpected"} == set()  # the command line may be there, or not


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


@pytest.mark.parametrize(
    ("wait", "english", "japanese"),
    [
        (1, "asks to wait 1 second,", "PBXが1秒待つ"),
        (20, "asks to wait 20 seconds,", "PBXが20秒待つ"),
        (60, "asks to wait at least 60 seconds,", "PBXが60秒以上待つ"),
    ],
)
def test_the_wait_is_the_one_that_the_pbx_asked_for(wait: int, english: str, japanese: str) -> None:
    failure = Failure("too_many_requests", http_status=429)
    assert english in explain(failure, "en", wait).text
    assert japanese in explain(failure, "ja", wait).text


@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_time_is_made_up_where_the_pbx_gave_none(language: str) -> None:
    said = explain(Failure("too_many_requests", http_status=429), language).sentence()
    assert not any(char.isdigit() for char in said)
    assert not any(word in said for word in ("minute", "second", "分", "秒"))


@pytest.mark.parametrize(("language", "word"), [("en", "reason"), ("ja", "理由")])
def test_a_refusal_without_a_word_makes_none_up(language: str, word: str) -> None:
    said = explain(Failure("pbx_refused", http_status=500), language)
    assert word in said.text
    assert not any(text in said.sentence() for text in ("“", "「", "500", "pbx_refused"))
    assert "(" not in short_reason(Failure("pbx_refused", http_status=500), language)


def test_a_status_is_named_as_one() -> None:
    assert short_reason(Failure("gateway_error", http_status=502), "en") == "server error (HTTP 502)"
    assert "（HTTP 400）" in explain(Failure("request_refused", http_status=400), "ja").text


@pytest.mark.parametrize(
    "id_", sorted(errors.AccountTestFailed.ids | errors.NotReached.ids | errors.TokenUnavailable.ids)
)
@pytest.mark.parametrize(("language", "words"), [("en", ("call", "rang")), ("ja", ("発信", "呼び出し"))])
def test_a_test_of_an_account_speaks_of_no_call(id_: str, language: str, words: tuple[str, ...]) -> None:
    """The title is not shown there."""
    of = next(c for c in (errors.AccountTestFailed, errors.NotReached, errors.TokenUnavailable) if id_ in c.ids)
    said = explain(of(id_), language).sentence().lower()
    assert not any(word in said for word in words), said


TESTING = (
    errors.AccountTestFailed,
    errors.NotReached,
    errors.CertificateProblem,
    errors.ProxyProblem,
    errors.TokenUnavailable,
)


@pytest.mark.parametrize("error", [of(id_) for of in TESTING for id_ in sorted(of.ids)], ids=lambda error: error.id)
@pytest.mark.parametrize(("language", "settings"), [("en", "ettings"), ("ja", r"設定[のでと]")])
def test_beside_the_fields_nothing_sends_the_user_to_the_settings(
    error: BasixError, language: str, settings: str
) -> None:
    """At the first start there are none before *Connect* has been pressed."""
    said = explain(error, language, places=("form",)).sentence()
    assert not re.search(settings, said), said
    first = explain(error, language, places=("first_start", "form")).sentence()
    if re.search(settings, first):
        assert isinstance(error, errors.ProxyProblem), "only the proxy is in the settings alone"
        assert ("press connect" if language == "en" else "「接続」を押") in first.lower()
    elsewhere = explain(error, language).sentence()
    assert ("above" in said or "上の" in said) == bool(re.search(settings, elsewhere)), elsewhere


def test_a_failed_test_names_the_word_or_the_status_that_came_back() -> None:
    word = errors.AccountTestFailed("pbx_refused", pbx_id="odd", http_status=200)
    assert "“odd”" in explain(word, "en").text
    assert "（HTTP 503）" in explain(errors.AccountTestFailed("server_failed", http_status=503), "ja").text
    assert "gave no answer" in explain(errors.AccountTestFailed("server_failed"), "en").text


@pytest.mark.parametrize("id_", sorted(SENTENCES))
def test_a_sentence_fits_where_it_stands(id_: str) -> None:
    """The same placeholders in both languages, ends as sentences do, and short enough for a row of the log."""
    said = SENTENCES[id_]
    assert _places(*said[:4]) == _places(*said[4:])
    assert all(part.endswith(".") for part in said[2:4] if part)
    assert all(part.endswith(("。", "」")) for part in said[6:8] if part)
    assert not said.title_en.endswith(".")
    assert not said.title_ja.endswith("。")
    assert len(said.short_en) <= 36
    assert len(said.short_ja) <= 16


def _places(*parts: str) -> list[set[str]]:
    return [set(re.findall(r"\{\w+\}", part)) for part in parts]


def test_one_word_for_what_was_not_placed() -> None:
    """The log says "Not placed": a title that says "Not called" would seem to be another outcome."""
    assert [words.title_en for words in SENTENCES.values() if words.title_en.startswith("Not called")] == []
