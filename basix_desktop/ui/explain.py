"""Every failure in words: what happened, on which side, and what to do next. English and Japanese, no Qt.

The command line uses it too, so the sentences are a table of ours (``ui.sentences``) instead of Qt's translations.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from basix_desktop.domain.errors import AccountTestFailed, BasixError, Failure, InputRefused

if TYPE_CHECKING:
    from basix_desktop.ui.sentences import Sentence

#: What the PBX said is shown as its own word, never as ours (reliability.md S9).
_MAY_RUN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LONGEST_WORD = 64
#: The longest wait that is kept: the PBX may have asked for more.
_LONGEST_WAIT = 60


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


def explain(failure: Failure | BasixError, language: str, wait: int = 0, *, places: Sequence[str] = ()) -> Explanation:
    """Words for a failure in ``language`` ("ja", anything else is English). Never raises: an id without a sentence of
    its own gets the general one, with the id as the program's word. ``wait``: the seconds that the PBX asked to wait,
    0 for none (``Attempt.retry_after``). ``places``: where it is said, as far as the sentences tell places apart, the
    closest first."""
    variants = [f".{place}" for place in places] + ([".waiting"] if wait > 0 else [])
    if isinstance(failure, BasixError):
        variants += [".testing"] if isinstance(failure, AccountTestFailed) else []
        failure = failure.failure
    return _in_language(_sentence(failure, variants), language, failure, wait)


def explain_unexpected(language: str) -> Explanation:
    """Words for a defect of ours."""
    return explain(Failure("unexpected"), language)


def short_reason(failure: Failure, language: str) -> str:
    """A few words for a log row: "no free line"."""
    sentence = _sentence(failure)
    return _fill(sentence.short_ja if language == "ja" else sentence.short_en, failure)


def refusal(error: InputRefused, language: str) -> str:
    """One line to stand beside the field."""
    return explain(error, language).sentence()


def plain(text: str) -> str:
    """Text from outside as one line that can neither hide nor reorder anything, at most 64 characters."""
    clean = _MAY_RUN.sub("", text)
    return clean if len(clean) <= _LONGEST_WORD else clean[: _LONGEST_WORD - 1] + "…"


def _sentence(failure: Failure, variants: Sequence[str] = ()) -> Sentence:
    from basix_desktop.ui.sentences import SENTENCES  # many modules, and no start needs them

    if not plain(failure.pbx_id):
        variants = [*variants, ".wordless"] if failure.http_status else [*variants, ".unanswered", ".wordless"]
    found = (SENTENCES.get(failure.id + variant) for variant in (*variants, ""))
    return next((sentence for sentence in found if sentence is not None), SENTENCES["unexpected"])


def _in_language(sentence: Sentence, language: str, failure: Failure, wait: int) -> Explanation:
    japanese = language == "ja"
    parts = (
        (sentence.title_ja, sentence.text_ja, sentence.action_ja)
        if japanese
        else (sentence.title_en, sentence.text_en, sentence.action_en)
    )
    seconds = _seconds(wait, japanese)
    return Explanation(*(_fill(part.replace("{seconds}", seconds), failure) for part in parts))


def _seconds(wait: int, japanese: bool) -> str:
    longer = wait >= _LONGEST_WAIT
    if japanese:
        return f"{wait}秒以上" if longer else f"{wait}秒"
    return f"{'at least ' if longer else ''}{wait} second{'' if wait == 1 else 's'}"


def _fill(template: str, failure: Failure) -> str:
    word = plain(failure.pbx_id) or (f"HTTP {failure.http_status}" if failure.http_status else failure.id)
    return template.replace("{word}", word)
