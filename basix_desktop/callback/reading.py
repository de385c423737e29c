"""A result from a request, however it is encoded: a query, a form or JSON (basix-api.md 1.2 leaves it open)."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl

from basix_desktop.domain.calls import CallResult

MAX_FIELDS = 64
_CODE = re.compile(r"-?[0-9]{1,9}\Z")
_UUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\Z")
_BOUNDARY = re.compile(rb"--[0-9A-Za-z'()+_,./:=?-]{1,70}(?=\r?\n)")  # RFC 2046, the space left out
_NAME = re.compile(rb'^content-disposition:.*[; ]name=("[^"]*"|[^\s;]*)', re.IGNORECASE | re.MULTILINE)

_Pairs = list[tuple[str, Any]]


def read_result(query: str, body: bytes) -> CallResult | None:
    """The result in the query or the body, or None where there is no plain one: no whole ``result_code``, or two that
    differ. Of the two, one that cannot be read says nothing, and the other counts. What the body calls itself is not
    asked: JSON begins with a brace or bracket, a form in parts with its boundary. A ``uuid`` that is none is left out,
    and the result counts all the same. It comes in small letters. Never raises."""
    pairs = [*_read_query(query), *_read_body(body)]
    codes = {_code(value) for name, value in pairs if name == "result_code"}
    uuids = {value.lower() for name, value in pairs if name == "uuid" and isinstance(value, str) and _UUID.match(value)}
    code = codes.pop() if len(codes) == 1 else None
    if code is None:
        return None
    return CallResult(code, uuids.pop() if len(uuids) == 1 else "")


def _read_query(query: str) -> _Pairs:
    try:
        return _form(query)
    except ValueError:
        return []


def _read_body(body: bytes) -> _Pairs:
    try:
        boundary = _BOUNDARY.match(body)
        if boundary is not None:
            return _parts(boundary[0], body)
        text = body.decode(json.detect_encoding(body)).strip()
        return _json(text) if text.startswith(("{", "[")) else _form(text)
    except (ValueError, RecursionError):
        return []


def _form(text: str) -> _Pairs:
    return list(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS))


class _Object(_Pairs):
    """A JSON object with all its members, also those of one name."""


def _json(text: str) -> _Pairs:
    """The members of the outermost object, or of the objects in the outermost list."""
    told = json.loads(text, object_pairs_hook=_Object)
    return [pair for one in (told if type(told) is list else [told]) if isinstance(one, _Object) for pair in one]


def _parts(boundary: bytes, body: bytes) -> _Pairs:
    """``multipart/form-data`` (RFC 7578). Raises ``ValueError`` for what has no end, or more parts than a form may."""
    _, *parts, end = body.split(boundary, MAX_FIELDS + 2)
    if not end.startswith(b"--"):
        raise ValueError("no end")
    return [_part(part) for part in parts]


def _part(part: bytes) -> tuple[str, Any]:
    head, _, value = part.replace(b"\r\n", b"\n").partition(b"\n\n")
    name = _NAME.search(head)
    return name[1].decode().strip('"') if name else "", value.decode().strip()


def _code(value: object) -> int | None:
    if isinstance(value, str) and _CODE.match(value.strip()):
        return int(value)
    return value if type(value) is int and abs(value) < 10**9 else None
