"""The exact JSON of ``call_external`` (basix-api.md 1.1): only the members in use, as in the PBX's examples."""

from __future__ import annotations

import json
import re

from basix_desktop.domain.accounts import DEFAULT_ANSWER_TIMEOUT
from basix_desktop.domain.calls import CallRequest, EndUser

#: A customer's id that goes as a JSON integer: digits without a leading zero, up to 2**53 - 1.
_INTEGER_ID = re.compile(r"(?:0|[1-9][0-9]{0,15})\Z")
_MAX_INTEGER_ID = 2**53 - 1
_SURROGATES = re.compile("[\ud800-\udfff]")


def call_external_body(request: CallRequest) -> str:
    """The request's body. Readable (Japanese stays Japanese) and always valid as UTF-8: what has no UTF-8 form, a lone
    half of a surrogate pair, becomes U+FFFD."""
    body: dict[str, object] = {"target": _target(request)}
    if request.answer_timeout != DEFAULT_ANSWER_TIMEOUT:
        body["answer_timeout"] = request.answer_timeout
    body["destination"] = request.destination
    if request.callback_url:
        body["callback_url"] = request.callback_url
    return to_json(body)


def to_json(value: object) -> str:
    """JSON as it is sent and stored."""
    return _SURROGATES.sub("\ufffd", json.dumps(value, ensure_ascii=False, allow_nan=False))


def _target(request: CallRequest) -> str | dict[str, object]:
    """The plain number where there is nothing else, otherwise the object."""
    if not request.end_user and not request.calling_number:
        return request.number
    target: dict[str, object] = {}
    if request.end_user:
        target["end_user"] = _end_user(request.end_user)
    if request.calling_number:
        target["calling_number"] = request.calling_number
    target["called_number"] = request.number
    return target


def _end_user(person: EndUser) -> dict[str, object]:
    members: dict[str, object] = {
        "id": _end_user_id(person.id),
        "name": person.name,
        "organization": person.organization,
        "avatar": person.avatar,
        "prefecture": person.prefecture,
    }
    return {name: value for name, value in members.items() if value != ""}


def _end_user_id(text: str) -> int | str:
    if _INTEGER_ID.match(text) and int(text) <= _MAX_INTEGER_ID:
        return int(text)
    return text
