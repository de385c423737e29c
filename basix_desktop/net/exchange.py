"""What one request and its answer came to, as plain values."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum

from basix_desktop.net.proxy import Proxy

#: Awaited once, at the last moment before the first byte of the request. Raises to send nothing.
Gate = Callable[[], Awaitable[None]]

MAX_BODY = 64 * 1024
MAX_HEADERS = 200


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds. ``connect``: name look-up, TCP, proxy and TLS together; less than the 15 s after which the gate refuses.
    ``answer``: from the gate to the last byte of the answer (reliability.md B12)."""

    connect: float = 12.0
    answer: float = 240.0


DEFAULT_DEADLINES = Deadlines()


@dataclass(frozen=True, slots=True)
class Post:
    """One POST with Basic authentication. ``url`` holds no credentials."""

    url: str
    body: bytes = field(repr=False)
    user: str = field(repr=False)
    password: str = field(repr=False)
    headers: tuple[tuple[str, str], ...] = ()
    proxy: Proxy | None = None


class Broke(StrEnum):
    """Why an exchange that was begun has no complete answer."""

    NO = ""
    TIMEOUT = "timeout"
    CONNECTION = "connection"  # cut, or not HTTP
    TOO_LARGE = "too_large"
    FRAMING = "framing"  # against the rules of HTTP: its length stated in two ways, control characters
    ENCODED = "encoded"  # compressed, though we asked for none: never inflated


@dataclass(frozen=True, slots=True)
class Exchange:
    """Only ever made after the gate was crossed; before it, there are exceptions.

    ``body`` is what was read of it, ``complete`` whether that is all of it by the answer's own account.
    ``body_started`` False means that nobody tried to write the request's body, the part which holds the number.
    """

    body_started: bool
    status: int | None
    body: bytes
    complete: bool
    broke: Broke
    retry_after: str = ""
    detail: str = ""
