"""What the feed told of a call, as lines of its time line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from basix_desktop.domain.calls import AttemptEvent
from basix_desktop.domain.live import UNTOLD, CallPhase
from basix_desktop.ui.calls.plain import clean, isolated
from basix_desktop.ui.calls.reading import LogRow
from basix_desktop.ui.calls.wording import Wording, destination_of, name_of
from basix_desktop.ui.hangup_words import Ending, Stage, sentence
from basix_desktop.ui.live.durations import duration

#: How kinds of events of the feed begin.
LIVE = "live_"


def live_event(event: AttemptEvent, before: Sequence[AttemptEvent], row: LogRow, wording: Wording) -> str:
    """``before`` are the events recorded earlier: an end is told by how far the call had come."""
    outside = isolated(name_of(row.attempt) or row.number)
    who = isolated(clean(event.data.get("who", "")))
    kind = event.kind.removeprefix(LIVE)
    if kind == CallPhase.RINGING:
        return QCoreApplication.translate("Calls", "Ringing {who}").replace("{who}", outside)
    if kind == CallPhase.ANSWERED:
        return _answered(event, outside)
    if kind == CallPhase.DESTINATION_RINGING:
        words = QCoreApplication.translate("Calls", "Ringing {who}")
        return words.replace("{who}", who or isolated(destination_of(row.attempt)))
    if kind == CallPhase.CONNECTED:
        words = QCoreApplication.translate("Calls", "{who} answered: connected")
        return words.replace("{who}", who) if who else QCoreApplication.translate("Calls", "Connected")
    if kind == CallPhase.ENDED:
        return _ended(event, before, row, wording)
    return _diverted(kind, who) or clean(" ".join((event.kind, *event.data.values())))


def _answered(event: AttemptEvent, outside: str) -> str:
    after = event.data.get("after_ms", "")
    if not after.isdecimal():
        return QCoreApplication.translate("Calls", "{who} answered").replace("{who}", outside)
    words = QCoreApplication.translate("Calls", "{who} answered after {seconds} s")
    return words.replace("{seconds}", str(int(after) // 1000)).replace("{who}", outside)


def _diverted(kind: str, who: str) -> str:
    if kind == CallPhase.TRANSFERRED:
        words = QCoreApplication.translate("Calls", "Transferred to {who}")
        return words.replace("{who}", who) if who else QCoreApplication.translate("Calls", "Transferred")
    if kind == CallPhase.PARKED:
        words = QCoreApplication.translate("Calls", "Parked: {place}")
        return words.replace("{place}", who) if who else QCoreApplication.translate("Calls", "Parked")
    if kind == CallPhase.VOICEMAIL:
        words = QCoreApplication.translate("Calls", "Voicemail of {who}")
        return words.replace("{who}", who) if who else QCoreApplication.translate("Calls", "Voicemail")
    return _taken(kind, who)


def _taken(kind: str, place: str) -> str:
    if kind == CallPhase.MENU:
        return QCoreApplication.translate("Calls", "Voice menu")
    if kind == CallPhase.CONFERENCE:
        words = QCoreApplication.translate("Calls", "Conference: {place}")
        return words.replace("{place}", place) if place else QCoreApplication.translate("Calls", "Conference")
    if kind == CallPhase.PASSED_ON:
        words = QCoreApplication.translate("Calls", "Passed on to {place}")
        other = QCoreApplication.translate("Calls", "Passed on to another system")
        return words.replace("{place}", place) if place else other
    if kind == CallPhase.SERVICE:
        words = QCoreApplication.translate("Calls", "Function of the PBX: {place}")
        return words.replace("{place}", place) if place else QCoreApplication.translate("Calls", "Function of the PBX")
    return ""


def _ended(event: AttemptEvent, before: Sequence[AttemptEvent], row: LogRow, wording: Wording) -> str:
    leg = event.data.get("uuid", "")
    mine = [each for each in before if each.kind.startswith(LIVE) and each.data.get("uuid", "") == leg]
    kinds = {each.kind.removeprefix(LIVE) for each in mine}
    connected = [each for each in mine if each.kind == f"{LIVE}{CallPhase.CONNECTED}"]
    if connected or "talked_ms" in event.data or kinds.intersection(UNTOLD):
        stage = Stage.CONNECTED
    else:
        stage = Stage.WAITING if kinds - {CallPhase.RINGING.value} else Stage.RINGING
    with_whom = connected[-1].data.get("who", "") if connected else ""
    inside = isolated(clean(with_whom)) or isolated(destination_of(row.attempt))
    outside = isolated(name_of(row.attempt) or row.number)
    ending = Ending(clean(event.data.get("cause", "")), event.data.get("by", ""), stage, outside, inside)
    text = sentence(ending, wording.language)
    talked = event.data.get("talked_ms", "")
    if not talked.isdecimal():
        return text
    words = QCoreApplication.translate("Calls", "{end} (connected for {length})")
    return words.replace("{length}", duration(int(talked))).replace("{end}", text)
