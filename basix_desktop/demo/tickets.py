"""Tickets for the CTI feed (basix-api.md 1.3): each opens one URI once, within a few seconds."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

LIFETIME = 10.0  # seconds
_MOST = 1000


class Tickets:
    """Server's thread only."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._issued: dict[str, tuple[str, float]] = {}

    def issue(self, uri: str) -> str:
        now = self._clock()
        fresh = {ticket: kept for ticket, kept in self._issued.items() if kept[1] > now}
        while len(fresh) >= _MOST:
            del fresh[next(iter(fresh))]
        ticket = secrets.token_urlsafe(24)
        self._issued = {**fresh, ticket: (uri, now + LIFETIME)}
        return ticket

    def redeem(self, ticket: str, uri: str) -> bool:
        """True once, for the URI it was issued for, while it is fresh. A wrong URI uses it up."""
        wanted, until = self._issued.pop(ticket, ("", 0.0))
        return bool(wanted) and wanted == uri and self._clock() < until
