"""How a placed call went on, as its log row shows it: from what the feed has told so far."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from basix_desktop.domain.calls import LiveSummary
from basix_desktop.domain.course import was_connected, was_handed_on
from basix_desktop.domain.live import CallPhase, EndedBy
from basix_desktop.ui.calls.plain import clean, inside, isolated
from basix_desktop.ui.hangup_words import Ending, Stage, short

_INSIDE = (CallPhase.ANSWERED, CallPhase.DESTINATION_RINGING, CallPhase.PARKED)


def closed(live: LiveSummary) -> LiveSummary:
    """What is known of a call that is followed no longer: over, though nobody saw how."""
    if live.phase in (CallPhase.FOLLOWING, CallPhase.CONNECTED, CallPhase.ENDED):
        return live
    return replace(
        live, phase=CallPhase.ENDED.value, ended_by=EndedBy.UNKNOWN.value, reached=live.reached or live.phase
    )


def course(live: LiveSummary, name: str, destination: str, language: str) -> str:
    """ "" where nothing more is known than that it was placed. ``name`` may be ""."""
    if live.phase == CallPhase.ENDED:
        return _ended(live, name, destination, language)
    if live.phase == CallPhase.CONNECTED:
        return _connected(live)
    if live.phase == CallPhase.DESTINATION_RINGING:
        words = QCoreApplication.translate("Calls", "Answered, ringing {destination}…")
        return words.replace("{destination}", isolated(destination))
    plain = {
        CallPhase.RINGING.value: QCoreApplication.translate("Calls", "Ringing…"),
        CallPhase.ANSWERED.value: QCoreApplication.translate("Calls", "Answered, connecting…"),
        CallPhase.TRANSFERRED.value: QCoreApplication.translate("Calls", "Transferred, ringing…"),
        CallPhase.PARKED.value: QCoreApplication.translate("Calls", "Parked"),
    }
    return plain.get(live.phase) or _place(live.phase)


def _place(phase: str | None) -> str:
    """Where the PBX itself took a call, or passed it on to; "" for other phases."""
    if phase == CallPhase.VOICEMAIL:
        return QCoreApplication.translate("Calls", "Voicemail")
    if phase == CallPhase.MENU:
        return QCoreApplication.translate("Calls", "Voice menu")
    if phase == CallPhase.CONFERENCE:
        return QCoreApplication.translate("Calls", "Conference")
    if phase == CallPhase.PASSED_ON:
        return QCoreApplication.translate("Calls", "Passed on to another system")
    if phase == CallPhase.SERVICE:
        return QCoreApplication.translate("Calls", "Function of the PBX")
    return ""


def _connected(live: LiveSummary) -> str:
    who = clean(live.connected_with)
    if not who:
        return QCoreApplication.translate("Calls", "Connected")
    return QCoreApplication.translate("Calls", "Connected with {who}").replace("{who}", isolated(who))


def _ended(live: LiveSummary, name: str, destination: str, language: str) -> str:
    place = _place(live.reached)
    if place:
        return _then(live, place) if was_connected(live) else place
    if was_handed_on(live):
        return _transferred(live)
    if was_connected(live):
        return _connected(live)
    stage = Stage.WAITING if live.reached in _INSIDE else Stage.RINGING
    return short(Ending(clean(live.cause), live.ended_by, stage, isolated(name), isolated(destination)), language)


def _then(live: LiveSummary, place: str) -> str:
    """Somebody spoke with the number, and then it went to this place."""
    place, who = inside(place), clean(live.connected_with)
    if not who:
        return QCoreApplication.translate("Calls", "Connected, then {place}").replace("{place}", place)
    words = QCoreApplication.translate("Calls", "Connected with {who}, then {place}")
    return words.replace("{place}", place).replace("{who}", isolated(who))


def _transferred(live: LiveSummary) -> str:
    """It was handed on, and whoever it went to had not answered here."""
    who = clean(live.connected_with)
    if not who:
        return QCoreApplication.translate("Calls", "Transferred")
    return QCoreApplication.translate("Calls", "Connected with {who}, transferred").replace("{who}", isolated(who))
