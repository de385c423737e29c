"""Every failure in words: what happened, on which side, and what to do next. English and Japanese, no Qt.

The command line uses it too, so the sentences are a table of ours (``ui.sentences``) instead of Qt's translations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from basix_desktop.domain.errors import BasixError, Failure, InputRefused
from basix_desktop.ui.sentences import SENTENCES, Sentence

#: What the PBX said is shown as its own word, never as ours (reliability.md S9).
_MAY_RUN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LONGEST_WORD = 64


@dataclass(frozen=True, slots=True)
class Explanation:
    """``title`` says it in a few words, ``text`` what happened and on which side, ``action`` what to do next."""

    title: str
    text: str
    action: str

    def sentence(self) -> str:
        """All of it on one line, for the command line, the status line and screen readers."""
        return run_on(self.text, self.action)


def run_on(*sentences: str) -> str:
    """Sentences one after another: with a space between, which Japanese does not have after its full stop."""
    together = ""
    for sentence in filter(None, sentences):
        together += f" {sentence}" if together and not together.endswith(("。", "」")) else sentence
    return together


def explain(failure: Failure | BasixError, language: str) -> Explanation:
    """Words for a failure in ``language`` ("ja", anything else is English). Never raises: an id without a sentence of
    its own gets the general one, with the id as the program's word."""
    if isinstance(failure, BasixError):
        failure = failure.failure
    sentence = SENTENCES.get(failure.id) or SENTENCES["unexpected"]
    return _in_language(sentence, language, failure)


def explain_unexpected(language: str) -> Explanation:
    """Words for a defect of ours."""
    return _in_language(SENTENCES["unexpected"], language, Failure("unexpected"))


def short_reason(failure: Failure, language: str) -> str:
    """A few words for a log row: "no free line"."""
    sentence = SENTENCES.get(failure.id) or SENTENCES["unexpected"]
    return _fill(sentence.short_ja if language == "ja" else sentence.short_en, failure)


def refusal(error: InputRefused, language: str) -> str:
    """One line to stand beside the field."""
    return explain(error, language).sentence()


def plain(text: str) -> str:
    """Text from outside as one line that can neither hide nor reorder anything, at most 64 characters."""
    clean = _MAY_RUN.sub("", text)
    return clean if len(clean) <= _LONGEST_WORD else clean[: _LONGEST_WORD - 1] + "…"


def _in_language(sentence: Sentence, language: str, failure: Failure) -> Explanation:
    if language == "ja":
        return Explanation(
            *(_fill(part, failure) for part in (sentence.title_ja, sentence.text_ja, sentence.action_ja))
        )
    return Explanation(*(_fill(part, failure) for part in (sentence.title_en, sentence.text_en, sentence.action_en)))


def _fill(template: str, failure: Failure) -> str:
    word = plain(failure.pbx_id) or (str(failure.http_status) if failure.http_status else failure.id)
    return template.replace("{word}", word)
