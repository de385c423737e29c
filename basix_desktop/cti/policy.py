"""What follows the end of a connection to the feed: when to try again, or to stop until somebody acts. No I/O.

The rules are reliability.md M1, M2, M5 and M11 and basix-api.md 2.1. The vendor's client waits 20 s after any loss;
full jitter spreads the clients of a PBX that has restarted over as long, and lets a single one resume at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

_LONGEST_RETRY_AFTER = 600.0  # seconds; a server may ask for less haste, not for none
_RETRY_LATER = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds. Tests make them short."""

    open: float = 12.0  # look-up, TCP, proxy, TLS and upgrade together
    snapshot: float = 60.0  # from the upgrade to the list of channels, without which nothing is live
    message: float = 30.0  # from a message's first fragment to its last
    ping: float = 20.0  # between a pong and the next ping
    pong: float = 20.0  # that a pong may take
    close: float = 0.5  # for the closing handshake
    tick: float = 1.0  # between two looks at the clock
    jump: float = 30.0  # that the clock may leap ahead: more is a sleep
    first: float = 1.0  # the longest first wait
    longest: float = 60.0  # the longest wait
    stable: float = 60.0  # live for so long, a connection has earned a short wait again
    slow: float = 120.0  # after a refusal that hardly changes by itself
    ghost: float = 120.0  # for which the PBX may still count a connection of ours that was lost
    ghost_wait: float = 20.0  # until it has noticed, as the vendor waits


class Why(StrEnum):
    """Why there is no connection (any more)."""

    LOST = "lost"  # the network's or server's passing trouble
    SILENT = "silent"  # connected, but the list of channels did not come
    REFUSED = "refused"  # by an answer that the next one will hardly differ from: 404, a redirect
    CERTIFICATE = "certificate"  # it is not trusted, or another server's
    PROXY = "proxy"  # it cannot be used, wants another sign-in, or does not lead there
    UNABLE = "unable"  # this computer: the library or TLS itself cannot be set up
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - a reason, not a token
    TOKEN_MISSING = "token_missing"  # noqa: S105 - the keyring has none, or is locked
    TOKEN_LATE = "token_late"  # noqa: S105 - the keyring gave no answer this time
    UNUSABLE = "unusable"  # the account itself: no address can be made of it
    REPLACED = "replaced"
    LIMIT = "limit_reached"
    WOKEN = "woken"  # this computer slept: the connection may be dead without a sign (reliability.md L6)


@dataclass(frozen=True, slots=True)
class End:
    """``detail`` is for the log: words of ours, numbers and names of exceptions, nothing that the other side said.
    ``retry_after`` is in seconds, as the server asked."""

    why: Why
    detail: str = ""
    retry_after: float = 0.0


class Closed(Exception):
    """The connection is over, or did not come about."""

    def __init__(self, end: End) -> None:
        super().__init__(end.detail)
        self.end = end


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next: wait ``seconds``, or (None) stop until somebody acts. ``reason`` is ``FeedStatus.reason``."""

    reason: str
    seconds: float | None

    @property
    def can_force(self) -> bool:
        """Whether taking over from another copy is what helps."""
        return self.reason in (Why.REPLACED, Why.LIMIT)


_STOPS = frozenset({Why.TOKEN_REFUSED, Why.TOKEN_MISSING, Why.UNUSABLE, Why.REPLACED, Why.LIMIT})
_PASSING = frozenset({Why.LOST, Why.SILENT})
#: What people are told, where it is not the reason itself.
_TOLD = {Why.TOKEN_LATE: Why.TOKEN_MISSING, Why.WOKEN: Why.LOST}


def judge_status(status: int, retry_after: str = "") -> End:
    """What an HTTP answer other than the upgrade means. A redirect is not followed: it would take the token along."""
    if status in (401, 403):
        return End(Why.TOKEN_REFUSED, f"HTTP {status}")
    if status >= 500 or status in _RETRY_LATER:
        return End(Why.LOST, f"HTTP {status}", read_retry_after(retry_after))
    return End(Why.REFUSED, f"HTTP {status}", read_retry_after(retry_after))


def read_retry_after(text: str) -> float:
    """``Retry-After`` in seconds, at most ten minutes; 0 for a date or nonsense."""
    text = text.strip()
    if not text.isascii() or not text.isdigit():
        return 0.0
    return min(float(text[:6]), _LONGEST_RETRY_AFTER)


class Policy:
    """Counts failures. ``random`` gives numbers from 0 up to 1, ``clock`` seconds that also run during a sleep."""

    def __init__(self, timing: Timing, random: Callable[[], float], clock: Callable[[], float]) -> None:
        self._timing = timing
        self._random = random
        self._clock = clock
        self._failures = 0
        self._live_at: float | None = None
        self._open = False
        self._left_behind: float | None = None  # when a connection was lost that the PBX may not know of

    def opened(self) -> None:
        """The upgrade succeeded."""
        self._open = True

    def live(self) -> None:
        """The feed is whole."""
        self._live_at = self._clock()

    def asked(self) -> None:
        """Somebody wants it now: begin anew."""
        self._failures = 0

    def after(self, end: End) -> Step:
        """What to do after the end of a connection, or of the attempt at one."""
        now, timing, reason = self._clock(), self._timing, _TOLD.get(end.why, end.why).value
        was_open, live_at = self._open, self._live_at
        self._open, self._live_at = False, None
        if was_open and (end.why in _PASSING or end.why is Why.WOKEN):
            self._left_behind = now
        if live_at is not None and now - live_at >= timing.stable:
            self._failures = 0
        if end.why is Why.WOKEN:
            self._failures = 0
            return Step(reason, 0.0)
        if end.why is Why.LIMIT and self._left_behind is not None and now - self._left_behind < timing.ghost:
            return Step(reason, timing.ghost_wait)  # it may be our own connection that the PBX still counts
        if end.why in _STOPS:
            self._failures = 0
            return Step(reason, None)
        return Step(reason, max(self._wait(end.why), end.retry_after))

    def _wait(self, why: Why) -> float:
        if why not in _PASSING:
            return self._timing.slow * (1 + self._random()) / 2
        cap = min(self._timing.longest, self._timing.first * 2.0 ** min(self._failures, 30))
        self._failures += 1
        return cap * self._random()
