"""The feed's messages as frames (basix-api.md 2.2 and 2.3).

An element's name and an event's word travel as strings, not as atoms: the vendor's own reader (``basix_ws_cti`` 1.4)
compares them in ways that an atom, an object to it, never passes.
"""

from __future__ import annotations

from collections.abc import Iterable

from basix_desktop.demo.feed_elements import Element, Value, Word, field_names, values
from basix_desktop.etf import Chars, Term, encode


def field_spec(element: type[Element]) -> bytes:
    return encode(("field_spec", _name(element.kind), list(field_names(element))))


def initial_info(kind: str, elements: Iterable[Element]) -> bytes:
    """The empty list is ``{bert, nil}``."""
    return encode(("initial_info", _name(kind), [_tuple(element) for element in elements]))


def info_event(element: Element, change: str) -> bytes:
    return encode(("info_event", _name(element.kind), _tuple(element), _name(change)))


def system_msg(text: str) -> bytes:
    return encode(("system_msg", _name(text)))


def _name(text: str) -> Chars:
    return Chars(text.encode())


def _tuple(element: Element) -> Term:
    return tuple(_term(value) for value in values(element))


def _term(value: Value) -> Term:
    if isinstance(value, Word) or not isinstance(value, (str, tuple)):
        return value
    if isinstance(value, str):
        return value.encode("utf-8", "replace")
    return tuple(_term(part) for part in value)
