"""An attempt as the command line's JSON and CSV have it (design.md section 8)."""

from __future__ import annotations

import re
from dataclasses import asdict, fields
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from basix_desktop.app.cli_words import error_line
from basix_desktop.domain.calls import Attempt, LiveSummary, Outcome
from basix_desktop.domain.errors import BasixError, Failure
from basix_desktop.ui.explain import explain

COLUMNS: Final = (
    "created_at",
    "outcome",
    "number",
    "destination",
    "end_user_name",
    "end_user_organization",
    "end_user_id",
    "uuids",
    "error",
    "message",
    "user_word",
    "calling_number",
    "account",
    "domain",
    "server",
    "state",
    "origin",
    "attempt",
    "answer_timeout",
    "callback_url",
    "live_phase",
    "live_reached",
    "live_connected_with",
    "live_talked_ms",
    "live_ended_by",
    "live_cause",
)
#: What a spreadsheet takes for a formula (reliability.md O1, O2), and what stood like it before.
_FORMULA = re.compile(r"['\s\u200b\ufeff]*[=+\-@＝＋－＠]|'*[\t\r\n]")


def outcome_object(attempt: Attempt, language: str) -> dict[str, Any]:
    """What ``call --json`` prints."""
    return {
        "attempt": attempt.id,
        "outcome": attempt.outcome.value,
        "number": attempt.request.number,
        "destination": attempt.request.destination,
        "uuids": list(attempt.uuids),
        "error": failure_object(attempt.failure, language) if attempt.failure else None,
    }


def refusal_object(error: BasixError, number: str | None, destination: str, language: str) -> dict[str, Any]:
    """What ``call --json`` prints where no attempt was recorded: nothing was sent."""
    return {
        "attempt": None,
        "outcome": Outcome.NOT_PLACED.value,
        "number": number,
        "destination": destination,
        "uuids": [],
        "error": {"id": error.id, "message": error_line(error, language)},
    }


def failure_object(failure: Failure, language: str) -> dict[str, str]:
    """The same from ``call`` as later from ``log``."""
    return {"id": failure.public_id, "message": explain(failure, language).sentence()}


def log_object(attempt: Attempt, language: str) -> dict[str, Any]:
    """What ``log --json`` prints. ``live`` is what the feed told of the call, null for one that nobody watched."""
    request = attempt.request
    user = request.end_user
    end_user = {"id": user.id, "name": user.name, "organization": user.organization, "avatar": user.avatar}
    return outcome_object(attempt, language) | {
        "created_at": iso(attempt.created_at),
        "state": attempt.state.value,
        "account": attempt.account,
        "server": attempt.server,
        "domain": attempt.domain,
        "typed": attempt.typed,
        "destination_label": attempt.destination_label,
        "calling_number": request.calling_number,
        "answer_timeout": request.answer_timeout,
        "callback_url": request.callback_url,
        "end_user": {**end_user, "prefecture": user.prefecture},
        "origin": attempt.origin.value,
        "user_word": attempt.user_word.value if attempt.user_word else None,
        "uuid_seen_before": attempt.uuid_seen_before,
        "live": asdict(attempt.live) if attempt.live is not None else None,
    }


def csv_row(attempt: Attempt, language: str) -> list[str]:
    """The cells of :data:`COLUMNS`, harmless in a spreadsheet."""
    values = log_object(attempt, language)
    error, user = values["error"] or {"id": "", "message": ""}, values["end_user"]
    live = values["live"] or {}
    values |= {
        "end_user_name": user["name"],
        "end_user_organization": user["organization"],
        "end_user_id": user["id"],
        "uuids": " ".join(values["uuids"]),
        "error": error["id"],
        "message": error["message"],
    }
    values |= {f"live_{part.name}": live.get(part.name) for part in fields(LiveSummary)}
    return [neutral("" if values[column] is None else str(values[column])) for column in COLUMNS]


def neutral(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before each line that could be one. Taking one
    apostrophe from each such line gives exactly the cell back."""
    lines = cell.splitlines(keepends=True)
    return "".join(f"'{line}" if _FORMULA.match(line) else line for line in lines)


def iso(milliseconds: int) -> str:
    """ISO 8601, UTC, to the millisecond; any time that SQLite may hold."""
    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return ""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
