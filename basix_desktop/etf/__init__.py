"""Erlang terms, as the PBX's feed sends them (basix-api.md 2.2): bytes in, plain values out, and back."""

from basix_desktop.etf.decode import decode, limits_for
from basix_desktop.etf.encode import encode
from basix_desktop.etf.terms import EVENT_LIMITS, SNAPSHOT_LIMITS, Chars, EtfError, Limits, Term

__all__ = [
    "EVENT_LIMITS",
    "SNAPSHOT_LIMITS",
    "Chars",
    "EtfError",
    "Limits",
    "Term",
    "decode",
    "encode",
    "limits_for",
]
