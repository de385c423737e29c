"""The number of a logged call: shown as it was dialled, and put back so that it reaches the same telephone.

The digits that were sent mean something only from where they were sent. The active account may have another home
region, and the account that called may have been renamed, changed or removed since. So what decides is the
international form that was stored with the attempt (``number_key``), not any account.
"""

from __future__ import annotations

import re
from functools import lru_cache

from basix_desktop.domain.number_plan import interpret
from basix_desktop.domain.numbers import show


@lru_cache(maxsize=4096)
def shown(number: str, key: str, home: str) -> str:
    """What was sent, grouped as people write it where it was dialled, with exactly its digits. ``key`` is what was
    stored with it ("" where it is not known), ``home`` the region to try first. Any thread.

    A number without an international form is left as it is: nothing tells how people write it.
    """
    if not key:
        return show(number, home)
    if not key.startswith("+"):
        return number
    for region in (home, _region(key)):
        if region and _key(number, region) == key:
            return show(number, region)
    before = number.removesuffix(key[1:])
    return f"{before} {show(key).lstrip('+')}".strip() if before != number else number


def to_dial(number: str, key: str, home: str, *, same_pbx: bool) -> str | None:
    """What to put into the number field of an account with this home region, so that it means the same telephone; None
    if nothing does. ``same_pbx``: the account is of the server and domain that took these digits before."""
    if not key or _key(number, home) == key:
        return show(number, home)
    if key.startswith("+"):
        return None if _asks_about_caller_id(number, key) else show(key, home)
    return show(number, home) if same_pbx else None


def _key(number: str, home: str) -> str:
    """``numbers.number_key`` of digits as they were sent; "" where they are no number from there."""
    meaning = interpret(number, home)
    return meaning.key if meaning is not None else ""


def _region(key: str) -> str:
    meaning = interpret(key, "JP")
    return meaning.region if meaning is not None else ""


def _asks_about_caller_id(number: str, key: str) -> bool:
    """184 or 186 before it, which no international form keeps: without 184 the caller ID would be shown."""
    meaning = interpret(number, "JP")
    return meaning is not None and meaning.key == key and re.search(r"18[46]", meaning.lead) is not None
