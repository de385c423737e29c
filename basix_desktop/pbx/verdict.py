"""What an exchange with the PBX proves about a call: placed, not placed, or may have been placed.

A pure function of what came back, exactly reliability.md section 1. It is only asked after the gate was crossed, and
from there on "not placed" takes the PBX's own word or a status that proves it did not act. That the request's body was
not begun (B4) would be no such proof for the journal, which has SENDING on disk: it stays "unknown" and is said in the
failure's ``detail``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from basix_desktop.domain.calls import State, Verdict
from basix_desktop.domain.errors import Failure
from basix_desktop.net.exchange import Broke, Exchange
from basix_desktop.pbx import answer

MAX_UUIDS = 100
MAX_RETRY_AFTER = 60
_UUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\Z")

#: Statuses that prove the PBX did not act, and why. Everything else proves nothing.
_REFUSALS = {
    400: "request_refused",
    401: "token_refused",
    403: "forbidden",
    404: "server_not_basix",
    405: "server_not_basix",
    411: "request_refused",
    413: "request_refused",
    414: "request_refused",
    415: "server_not_basix",
    421: "server_not_basix",
    422: "request_refused",
    426: "server_not_basix",
    429: "too_many_requests",
    431: "request_refused",
    307: "server_not_basix",
    308: "server_not_basix",
}
#: The PBX's own words that have a sentence of ours.
_KNOWN_ERRORS = {
    "channel_limit_reached": "channel_limit_reached",
    "authentication_required": "token_refused",
    "destination_not_found": "destination_not_found",
    "invalid_destination": "destination_refused",
}
#: Statuses that say more than an unknown word beside them.
_TELLING_STATUSES = (401, 429)


def judge(exchange: Exchange, now: datetime | None = None, scrub: Callable[[str], str] = str) -> Verdict:
    """The verdict on one exchange. ``now`` is what a ``Retry-After`` that is a date counts from; ``scrub`` takes out of
    the other side's words what is not to be kept."""
    said = answer.read_object(exchange.body) if exchange.complete else None
    code = said.get("result_code") if said is not None else None
    text = scrub(answer.as_text(exchange.body))
    if said is not None and type(code) is int:
        if code == 0:
            return _placed(exchange, said, text)
        error = said.get("error")
        word = answer.clean(error.get("id"), scrub=scrub) if isinstance(error, dict) else ""
        return _refused(exchange, word, text, now)
    return _by_status(exchange, text, now)


def read_uuids(value: object) -> tuple[str, ...]:
    """The leg ids in a success answer, each once and in small letters, as every UUID is compared here (RFC 9562 section
    4); none at all if any of them is not a UUID (D10)."""
    if not isinstance(value, list) or len(value) > MAX_UUIDS:
        return ()
    if not all(isinstance(item, str) and _UUID.match(item) for item in value):
        return ()
    return tuple(dict.fromkeys(item.lower() for item in value))


def read_retry_after(text: str, now: datetime | None = None) -> int | None:
    """Seconds to wait, 0 to 60, from a number or a date; None where the header is missing or unreadable (C3)."""
    text = text.strip()
    if re.fullmatch(r"[+-]?[0-9]+", text):
        seconds = float(text[:20])
    else:
        try:
            date = parsedate_to_datetime(text)
        except (ValueError, TypeError, OverflowError):
            return None
        date = date if date.tzinfo else date.replace(tzinfo=UTC)
        seconds = (date - (now or datetime.now(UTC))).total_seconds()
    return int(min(max(seconds, 0), MAX_RETRY_AFTER))


def _placed(exchange: Exchange, said: dict[str, Any], text: str) -> Verdict:
    uuids = read_uuids(said.get("uuids"))
    if uuids:
        return Verdict(State.ACCEPTED, uuids=uuids, http_status=exchange.status, answer=text)
    # Whatever the status says: the PBX speaks of success.
    return _unknown(exchange, "answer_without_call_id", text)


def _refused(exchange: Exchange, pbx_id: str, text: str, now: datetime | None) -> Verdict:
    """The PBX's own word that it made no call."""
    id_ = _KNOWN_ERRORS.get(pbx_id)
    if id_ is None and exchange.status in _TELLING_STATUSES:
        id_ = _REFUSALS[exchange.status]
    return _not_placed(exchange, id_ or "pbx_refused", pbx_id, text, now)


def _by_status(exchange: Exchange, text: str, now: datetime | None) -> Verdict:
    status = exchange.status
    if status in _REFUSALS:
        return _not_placed(exchange, _REFUSALS[status], "", text, now)
    return _unknown(exchange, _unknown_id(exchange.broke, status or 0), text)


def _unknown_id(broke: Broke, status: int) -> str:
    if broke is Broke.TIMEOUT:
        return "no_answer_in_time"
    if broke is Broke.CONNECTION:
        return "connection_broke"
    if 500 <= status < 600:
        return "gateway_error"
    return "redirected" if status in (301, 302, 303) else "answer_unusable"


def _not_placed(exchange: Exchange, id_: str, pbx_id: str, text: str, now: datetime | None) -> Verdict:
    wait = read_retry_after(exchange.retry_after, now) if id_ == "too_many_requests" else None
    failure = Failure(id_, pbx_id, exchange.status, _detail(exchange))
    return Verdict(State.REJECTED, failure, http_status=exchange.status, answer=text, retry_after=wait)


def _unknown(exchange: Exchange, id_: str, text: str) -> Verdict:
    failure = Failure(id_, "", exchange.status, _detail(exchange))
    return Verdict(State.UNKNOWN, failure, http_status=exchange.status, answer=text)


def _detail(exchange: Exchange) -> str:
    """For *Technical details*: never a text of the other side."""
    parts = [
        f"HTTP {exchange.status}" if exchange.status is not None else "",
        f"answer: {exchange.broke}" if exchange.broke else "",
        exchange.detail,
        "" if exchange.body_started else "the request's body was not begun",
    ]
    return ", ".join(part for part in parts if part)
