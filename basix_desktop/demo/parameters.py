"""What the demo PBX accepts as a request (basix-api.md 1.1 and 1.3), and what it says to everything else."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from basix_desktop.demo.company import Company
from basix_desktop.domain.accounts import DEFAULT_ANSWER_TIMEOUT

WS_PATH = "/basix/api/ws_cti"
_CALL = frozenset({"target", "answer_timeout", "destination", "callback_url"})
_TARGET = frozenset({"called_number", "calling_number", "end_user"})
_END_USER_TEXTS = ("name", "organization", "avatar", "prefecture")
_NUMBER = re.compile(r"\+?[0-9]{1,32}", re.ASCII)
_OUTSIDE = re.compile(r"\+[0-9]+|0[0-9]{9,10}", re.ASCII)


class Refused(Exception):
    """Answered as ``result_code`` = HTTP status, with ``error`` = ``{"id": id, "details": {…}}``."""

    def __init__(self, status: int, id: str, **details: str) -> None:  # noqa: A002 - the field's name in the answer
        super().__init__(id)
        self.status = status
        self.id = id
        self.details = details

    @property
    def answer(self) -> dict[str, Any]:
        error: dict[str, Any] = {"id": self.id}
        if self.details:
            error["details"] = self.details
        return {"result_code": self.status, "error": error}


@dataclass(frozen=True, slots=True)
class Call:
    """A ``call_external`` that can be carried out. ``end_user`` holds only the members that were sent."""

    called_number: str
    destination: str
    calling_number: str
    answer_timeout: int  # seconds
    callback_url: str
    end_user: dict[str, str | int]


def read_json(raw: bytes, content_type: str) -> dict[str, Any]:
    """The request's JSON object; raises :class:`Refused`."""
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise Refused(415, "unsupported_content_type", expected="application/json")
    try:
        value = json.loads(raw.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Refused(400, "invalid_json") from None
    if not isinstance(value, dict):
        raise Refused(400, "invalid_json", expected="object")
    return value


def read_call(value: dict[str, Any], company: Company) -> Call:
    """The parameters of ``call_external``; raises :class:`Refused` naming the first that is wrong."""
    _only(value, _CALL, "")
    target = _need(value, "target")
    if isinstance(target, str):
        target = {"called_number": target}
    if not isinstance(target, dict):
        raise _wrong("target")
    _only(target, _TARGET, "target.")
    return Call(
        called_number=_number(_need(target, "called_number", "target."), "target.called_number"),
        calling_number=_number(target["calling_number"], "target.calling_number") if "calling_number" in target else "",
        end_user=_end_user(target.get("end_user", {})),
        destination=_destination(_need(value, "destination"), company),
        answer_timeout=_timeout(value.get("answer_timeout", DEFAULT_ANSWER_TIMEOUT)),
        callback_url=_callback_url(value["callback_url"]) if "callback_url" in value else "",
    )


def read_ticket_uri(value: dict[str, Any]) -> str:
    """The ``uri`` of ``gen_ws_ticket``; raises :class:`Refused`."""
    _only(value, frozenset({"uri"}), "")
    uri = _need(value, "uri")
    if not isinstance(uri, str):
        raise _wrong("uri")
    try:
        parts = urlsplit(uri)
        query = parse_qs(parts.query, keep_blank_values=True)
    except ValueError:
        raise _wrong("uri") from None
    if parts.scheme or parts.netloc or parts.path != WS_PATH or not query.get("app_name", [""])[0]:
        raise _wrong("uri")
    if "true" in query.get("full_events", []):
        raise _wrong("uri", reason="not for full_events=true")
    return uri


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key twice")
    return value


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _wrong(parameter: str, **details: str) -> Refused:
    return Refused(400, "invalid_parameter", parameter=parameter, **details)


def _only(value: dict[str, Any], known: frozenset[str], prefix: str) -> None:
    for name in value:
        if name not in known:
            raise Refused(400, "unknown_parameter", parameter=f"{prefix}{name}"[:64])


def _need(value: dict[str, Any], name: str, prefix: str = "") -> Any:
    if name not in value:
        raise Refused(400, "missing_parameter", parameter=prefix + name)
    return value[name]


def _number(value: Any, parameter: str) -> str:
    # Digits, whatever a numbering plan says of them: the documentation's own examples hold invalid ones.
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise _wrong(parameter)
    return value


def _end_user(value: Any) -> dict[str, str | int]:
    if not isinstance(value, dict):
        raise _wrong("target.end_user")
    _only(value, frozenset({"id", *_END_USER_TEXTS}), "target.end_user.")
    if "id" in value and (isinstance(value["id"], bool) or not isinstance(value["id"], str | int)):
        raise _wrong("target.end_user.id")
    for name in _END_USER_TEXTS:
        if not isinstance(value.get(name, ""), str):
            raise _wrong(f"target.end_user.{name}")
    return value


def _destination(value: Any, company: Company) -> str:
    if not isinstance(value, str) or not value:
        raise _wrong("destination")
    found = company.find(value)
    if found:
        return found.name
    if _OUTSIDE.fullmatch(value):
        raise Refused(400, "invalid_destination", reason="PSTN numbers are not valid destinations")
    raise Refused(404, "destination_not_found")


def _timeout(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise _wrong("answer_timeout")
    return value


def _callback_url(value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong("callback_url")
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or any(ord(char) <= 32 or ord(char) == 127 for char in value):
        raise _wrong("callback_url")
    return value
