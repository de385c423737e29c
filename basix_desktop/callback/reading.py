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


def read_result(query: str, body: bytes) -> CallResult | None:
    """The result in the query or the body, or None where there is no plain one: no whole ``result_code``, two that
    differ, or a body that is neither JSON nor a form. What the body calls itself is not asked: JSON begins with a
    brace. A ``uuid`` that is none is left out, and the result counts all the same. Never raises."""
    try:
        pairs = _form(query) + _body(body)
    except (ValueError, RecursionError):
        return None
    codes = {_code(value) for name, value in pairs if name == "result_code"}
    uuids = {value for name, value in pairs if name == "uuid" and isinstance(value, str) and _UUID.match(value)}
    code = codes.pop() if len(codes) == 1 else None
    if code is None:
        return None
    return CallResult(code, uuids.pop() if len(uuids) == 1 else "")


def _body(body: bytes) -> list[tuple[str, Any]]:
    text = body.decode("utf-8-sig").strip()
    if not text.startswith("{"):
        return _form(text)
    objects: list[list[tuple[str, Any]]] = []
    json.loads(text, object_pairs_hook=objects.append)
    return objects[-1]  # the outermost object is finished last


def _form(text: str) -> list[tuple[str, Any]]:
    return list(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS))


def _code(value: object) -> int | None:
    if isinstance(value, str) and _CODE.match(value.strip()):
        return int(value)
    return value if type(value) is int and abs(value) < 10**9 else None
