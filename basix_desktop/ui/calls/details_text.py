"""The story of one attempt in plain words, and everything technical about it as plain text."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QDateTime

from basix_desktop.domain.calls import Attempt, AttemptEvent, Origin, State, UserWord
from basix_desktop.domain.errors import Failure
from basix_desktop.ui.calls.live_story import LIVE, live_event
from basix_desktop.ui.calls.plain import clean, isolated
from basix_desktop.ui.calls.reading import Details
from basix_desktop.ui.calls.wording import Wording, said_words
from basix_desktop.ui.explain import Explanation, explain, short_reason

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def visible(text: str) -> str:
    """Text exactly as it came, except that what cannot be seen or would reorder the rest is written as ``\\uXXXX``."""
    return _UNSEEN.sub(lambda match: f"\\u{ord(match.group()):04x}", text.replace("\r\n", "\n"))


def explanation_of(details: Details, language: str) -> Explanation | None:
    """What happened, on which side, and what to do; None where there is nothing to explain."""
    attempt = details.row.attempt
    if attempt.failure is not None and not attempt.state.in_flight and attempt.state is not State.ACCEPTED:
        said = explain(attempt.failure, language, _asked_to_wait(details.events))
        return Explanation(clean(said.title), clean(said.text), clean(said.action))
    if attempt.uuid_seen_before:
        return Explanation(
            QCoreApplication.translate("Calls", "The PBX gave a leg UUID that an earlier call has too"),
            QCoreApplication.translate("Calls", "The call was placed; its leg UUID cannot tell it from the other."),
            QCoreApplication.translate("Calls", "Tell the PBX’s administrator."),
        )
    return None


def _asked_to_wait(events: tuple[AttemptEvent, ...]) -> int:
    """Seconds, as the answer had it; 0 for none."""
    asked = [event.data["retry_after"] for event in events if event.data.get("retry_after", "").isdecimal()]
    return int(asked[-1]) if asked else 0


def time_line(details: Details, wording: Wording) -> list[tuple[str, str]]:
    """(time with seconds, what happened), oldest first, whoever's clock told the time: the feed's events have the PBX's
    and come late. In the order recorded where the times are the same."""
    return [
        (
            wording.time(QDateTime.fromMSecsSinceEpoch(event.at).time(), seconds=True),
            _event(event, details, wording, details.events[:place]),
        )
        for place, event in sorted(enumerate(details.events), key=lambda each: each[1].at)
    ]


def _event(event: AttemptEvent, details: Details, wording: Wording, before: tuple[AttemptEvent, ...]) -> str:
    if event.kind.startswith(LIVE):
        return live_event(event, before, details.row, wording)
    if event.kind == "proven":
        return _proven(event)
    if event.kind == "callback":
        return _reported(event)
    if event.kind == "intent":
        return _asked_for(details)
    if event.kind == "sending":
        return QCoreApplication.translate("Calls", "Request sent to the PBX")
    if event.kind == "user_word":
        return _said(event)
    if event.kind == "recovered":
        words = QCoreApplication.translate("Calls", "The program stopped meanwhile. {outcome}")
        return words.replace("{outcome}", _outcome(event, details, wording))
    if "state" in event.data:
        return _outcome(event, details, wording)
    return clean(" ".join((event.kind, *event.data.values())))


def _proven(event: AttemptEvent) -> str:
    if event.data.get("how") == "callback":
        return QCoreApplication.translate("Calls", "Placed: the PBX has reported a result of this call")
    return QCoreApplication.translate("Calls", "Placed: the live feed shows this call")


def _reported(event: AttemptEvent) -> str:
    code = event.data.get("result_code", "")
    if code == "0":
        return QCoreApplication.translate("Calls", "The PBX reports that somebody answered")
    words = QCoreApplication.translate("Calls", "The PBX reports that nobody answered (result {code})")
    return words.replace("{code}", clean(code))


def _asked_for(details: Details) -> str:
    if details.row.attempt.origin is Origin.COMMAND_LINE:
        return QCoreApplication.translate("Calls", "Asked for on the command line; connecting to the PBX")
    return QCoreApplication.translate("Calls", "Call pressed; connecting to the PBX")


def _said(event: AttemptEvent) -> str:
    try:
        return said_words(UserWord(event.data.get("word", "")))
    except ValueError:
        return clean(" ".join(event.data.values()))


def _outcome(event: AttemptEvent, details: Details, wording: Wording) -> str:
    """The verdict as this event brought it: a late answer may have settled the attempt again afterwards."""
    if event.data.get("state") == State.ACCEPTED.value:
        words = QCoreApplication.translate("Calls", "Placed: the PBX rings {number}")
        return words.replace("{number}", isolated(details.row.number))
    status = event.data.get("http_status", "")
    failure = Failure(event.data.get("failure", ""), event.data.get("pbx_id", ""), int(status) if status else None)
    reason = isolated(clean(short_reason(failure, wording.language))) if failure.id else ""
    if event.data.get("state") == State.UNKNOWN.value:
        if not reason:
            return QCoreApplication.translate("Calls", "May have been placed")
        words = QCoreApplication.translate("Calls", "May have been placed: {reason}")
        return words.replace("{reason}", reason)
    if not reason:
        return QCoreApplication.translate("Calls", "Not placed")
    return QCoreApplication.translate("Calls", "Not placed: {reason}").replace("{reason}", reason)


def technical(details: Details) -> str:
    """Everything there is to know, for whoever looks after the PBX. Holds no secret: the token is never recorded."""
    attempt = details.row.attempt
    status = next((e.data["http_status"] for e in reversed(details.events) if e.data.get("http_status")), "")
    pairs = [(label, value) for label, value in _facts(attempt, status) if value]
    lines = [f"{label}: {visible(value)}" for label, value in pairs]
    lines += ["", *_moments(details.events)]
    request, answer = attempt.body, attempt.answer
    lines += ["", QCoreApplication.translate("Calls", "Request:"), visible(request) or "–"]
    lines += ["", QCoreApplication.translate("Calls", "The PBX’s answer:"), visible(answer) or "–"]
    return "\n".join(lines)


def _facts(attempt: Attempt, status: str) -> list[tuple[str, str]]:
    request, failure = attempt.request, attempt.failure
    return [
        (QCoreApplication.translate("Calls", "Leg UUID"), ", ".join(attempt.uuids)),
        (QCoreApplication.translate("Calls", "Attempt"), attempt.id),
        (QCoreApplication.translate("Calls", "Outcome"), f"{attempt.outcome.value} ({attempt.state.value})"),
        (QCoreApplication.translate("Calls", "Reason"), failure.id if failure else ""),
        (QCoreApplication.translate("Calls", "The PBX’s error id"), failure.pbx_id if failure else ""),
        (QCoreApplication.translate("Calls", "HTTP status"), status),
        (QCoreApplication.translate("Calls", "Detail"), failure.detail if failure else ""),
        (QCoreApplication.translate("Calls", "Number sent"), request.number),
        (QCoreApplication.translate("Calls", "Number as typed"), attempt.typed),
        (QCoreApplication.translate("Calls", "Destination"), request.destination),
        (QCoreApplication.translate("Calls", "Calling number"), request.calling_number),
        (QCoreApplication.translate("Calls", "Ring time (s)"), str(request.answer_timeout)),
        (QCoreApplication.translate("Calls", "Callback URL"), request.callback_url),
        (QCoreApplication.translate("Calls", "Confirmed"), ", ".join(attempt.confirmed)),
        (QCoreApplication.translate("Calls", "Account"), attempt.account),
        (QCoreApplication.translate("Calls", "Server"), attempt.server),
        (QCoreApplication.translate("Calls", "Domain"), attempt.domain),
    ]


def _moments(events: tuple[AttemptEvent, ...]) -> list[str]:
    """Each event with its moment in UTC and the milliseconds since the first."""
    lines = []
    for event in events:
        moment = datetime.fromtimestamp(event.at / 1000, UTC).isoformat(timespec="milliseconds")
        data = " ".join(f"{key}={visible(value)}" for key, value in event.data.items())
        lines.append(f"{moment}  +{event.at - events[0].at} ms  {visible(event.kind)} {data}".rstrip())
    return lines
