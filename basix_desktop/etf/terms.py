"""What an Erlang term is here, and how much of one is read.

Plain Python values stand for terms, with no class of ours among them (reliability.md S18):

=====================================  ==============================================================
Erlang                                 here
=====================================  ==============================================================
atom                                   ``str``; ``true``, ``false`` and ``undefined`` are True, False, None
integer, float                         ``int``, ``float`` (always finite)
binary                                 ``bytes``
string (a list of bytes, tag 107)      ``bytes``: the format cannot tell text from small numbers
list, ``{bert, nil}``                  ``list``
tuple                                  ``tuple``
map                                    ``dict``
=====================================  ==============================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Key: TypeAlias = "str | bytes | int | float | bool | None"
Term: TypeAlias = "str | bytes | int | float | bool | tuple[Term, ...] | list[Term] | dict[Key, Term] | None"


#: What the PBX says in nearly every frame (basix-api.md 2.3): read as one object each.
USUAL_WORDS = (
    "info_event", "channel", "added", "updated", "removed", "inbound", "outbound", "internal", "external",
    "calling", "bridged", "int", "ext", "pstn", "user", "group", "end_user", "STATE_CHANGE", "CHANNEL_CREATE",
    "CHANNEL_ANSWER", "CHANNEL_BRIDGE", "CHANNEL_UNBRIDGE", "CHANNEL_PARK", "CHANNEL_HANGUP",
)  # fmt: skip


class EtfError(Exception):
    """Bytes that are no term within the limits. The only exception that ``decode`` and ``encode`` raise.

    ``reason`` is one of a few fixed English words for the technical log; nothing received is quoted in it.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Chars(bytes):
    """Bytes to be written as an Erlang string (tag 107) instead of a binary. Only for ``encode``."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one term may hold (reliability.md M6).

    ``bytes``: of the frame and, separately, of what a compressed one inflates to. ``nodes``: atoms, numbers, texts and
    containers, each counted once. ``depth``: containers within containers. ``integer``: bytes of one integer.
    """

    bytes: int
    nodes: int
    depth: int = 32
    integer: int = 16


EVENT_LIMITS = Limits(bytes=256 * 1024, nodes=10_000)
SNAPSHOT_LIMITS = Limits(bytes=16 * 1024 * 1024, nodes=1_000_000)
