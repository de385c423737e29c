"""How a call ended, in words: from who ended it, how far it had come, and FreeSWITCH's cause. English and Japanese, no
Qt. Lines of a time line: without a full stop.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from basix_desktop.domain.live import UNTOLD, EndedBy, LiveCall
from basix_desktop.ui.explain import plain
from basix_desktop.ui.hangup_causes import AFTER_CONNECTION, CAUSES, OF_RINGING, PLAIN, TELLING, Words

_PLACEHOLDER = re.compile(r"\{(who|outside|inside|word)\}")


class Stage(StrEnum):
    """How far a call had come when it ended."""

    RINGING = "ringing"  # the outside number had not answered
    WAITING = "waiting"  # it had, nobody inside had
    CONNECTED = "connected"  # or a function of the PBX's had taken it


@dataclass(frozen=True, slots=True)
class Ending:
    """``outside`` is the number called, by name where it has one; ``inside`` whom it was, or was to be, connected to.
    Both are for people, ready to stand in a sentence. ``by`` is an ``EndedBy`` or ""."""

    cause: str
    by: str
    stage: Stage
    outside: str
    inside: str


def stage_of(call: LiveCall) -> Stage:
    """From what the feed has told."""
    if call.connected_at is not None or any(phase in UNTOLD for phase in call.been):
        return Stage.CONNECTED
    return Stage.RINGING if call.answered_at is None else Stage.WAITING


def sentence(ending: Ending, language: str) -> str:
    """ "Luke S. hung up". A cause that is not known is shown as the PBX's word."""
    who = _fill(_who_ended(ending), ending, language)
    if ending.by in (EndedBy.US, EndedBy.UNKNOWN) or ending.cause in PLAIN:
        return who
    words = CAUSES.get(ending.cause)
    if ending.stage is not Stage.CONNECTED:
        return _fill(words or _UNKNOWN, ending, language)
    words = AFTER_CONNECTION.get(ending.cause, words)
    if words is not None and words in TELLING:
        return _fill(words, ending, language)
    if words in OF_RINGING:
        return who
    why = _fill(words, ending, language) if words is not None else plain(ending.cause)
    return f"{who}{'：' if language == 'ja' else ': '}{why}"


def short(ending: Ending, language: str) -> str:
    """The same for a log row that says how a call that was never connected ended: "Busy"."""
    if ending.by not in (EndedBy.US, EndedBy.UNKNOWN) and ending.cause not in PLAIN:
        words = CAUSES.get(ending.cause, _UNKNOWN)
    else:
        words = _who_ended(ending)
    text = words.short_ja if language == "ja" else words.short_en
    return text.replace("{word}", plain(ending.cause))


def _who_ended(ending: Ending) -> Words:
    try:
        by = EndedBy(ending.by)
    except ValueError:
        by = EndedBy.UNTOLD
    if by is EndedBy.UNKNOWN:
        return _UNSEEN
    if ending.stage is Stage.CONNECTED:
        return _HUNG_UP[by]
    if by in _OTHERS:
        return _NOBODY_OUTSIDE if ending.stage is Stage.RINGING else _OTHERS[by]
    return _BEFORE[by]


def _fill(words: Words, ending: Ending, language: str) -> str:
    template = words.text_ja if language == "ja" else words.text_en
    who = ending.outside if ending.stage is Stage.RINGING else ending.inside or ending.outside
    parts = {
        "who": who,
        "outside": ending.outside,
        "inside": ending.inside or ending.outside,
        "word": plain(ending.cause),
    }
    return _PLACEHOLDER.sub(lambda found: parts[found[1]], template)


_HUNG_UP = {
    EndedBy.CALLER: Words("Ended", "{outside} hung up", "終了", "{outside} が電話を切りました"),
    EndedBy.DESTINATION: Words("Ended", "{inside} hung up", "終了", "{inside} が電話を切りました"),
    EndedBy.US: Words("Ended", "You hung up", "終了", "切断しました"),
    EndedBy.PBX: Words("Ended", "The PBX ended the call", "終了", "PBXが通話を終了しました"),
    EndedBy.UNTOLD: Words("Ended", "The call has ended", "終了", "通話は終了しました"),
}
_BEFORE = {
    EndedBy.CALLER: Words(
        "Hung up before connection",
        "{outside} hung up before being connected",
        "つながる前に切断",
        "つながる前に {outside} が電話を切りました",
    ),
    EndedBy.US: Words(
        "You hung up before connection",
        "You hung up before they were connected",
        "接続前に切断",
        "つながる前に切断しました",
    ),
}
_NOBODY_OUTSIDE = Words("Nobody answered", "{outside} did not answer", "応答なし", "{outside} が応答しませんでした")
_NOBODY_INSIDE = Words(
    "Not connected",
    "The PBX ended the call before they were connected",
    "未接続で終了",
    "つながる前にPBXが通話を終了しました",
)
_OTHERS = {
    EndedBy.PBX: _NOBODY_INSIDE,
    EndedBy.DESTINATION: _NOBODY_INSIDE,
    EndedBy.UNTOLD: Words(
        "Not connected",
        "The call ended before they were connected",
        "未接続で終了",
        "つながる前に通話が終了しました",
    ),
}
_UNSEEN = Words(
    "Placed; end not seen",
    "The call has ended; how was not seen on the live connection",
    "発信済み（終了は未確認）",
    "通話は終了しました（終了の経緯はライブ接続で確認できませんでした）",
)
_UNKNOWN = Words("Ended: {word}", "The PBX ended the call: {word}", "終了：{word}", "PBXが通話を終了しました：{word}")
