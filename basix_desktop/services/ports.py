"""What the use cases need from the outside, as protocols. Filled by ``pbx``, ``store``, ``credentials`` and ``app``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from basix_desktop.domain.accounts import Account, Settings, Token
from basix_desktop.domain.calls import (
    Attempt,
    AttemptEvent,
    CallRequest,
    CallResult,
    Intent,
    LiveSummary,
    UserWord,
    Verdict,
)
from basix_desktop.domain.concerns import Concern
from basix_desktop.domain.errors import Failure
from basix_desktop.domain.feed import FeedStatus, Message
from basix_desktop.domain.live import Milestone

T = TypeVar("T")

#: Awaited by the PBX client at the last moment before the first byte of the request. Raises to send nothing.
Gate = Callable[[], Awaitable[None]]


class Worker(Protocol):
    """Runs functions one after another on a thread of its own."""

    def submit(self, fn: Callable[[], T]) -> Future[T]:
        """Any thread."""
        ...


@dataclass(frozen=True, slots=True)
class RepeatRules:
    """When a call asks for a second look because of earlier ones. Seconds; counts are of calls that reached the PBX."""

    just_now: float = 10.0
    going_on: float = 4 * 3600.0  # no call is followed for longer (reliability.md M14)
    unsettled: float = 3600.0
    per_minute: int = 10
    per_hour: int = 120


class Journal(Protocol):
    """The attempts on disk. Database thread only. Every method is one durable transaction or raises ``StoreError``."""

    def begin(self, intent: Intent, standing: tuple[Concern, ...], rules: RepeatRules) -> Attempt:
        """Record INTENT. Raises ``AlreadyCalling`` while another attempt for this server and domain is in flight (after
        recovering it if its owner is dead), ``ConfirmationRequired`` with ``standing`` and the concerns that earlier
        attempts raise, less those in ``intent.confirmed`` (``"*"`` there confirms all)."""
        ...

    def to_sending(self, attempt_id: str) -> None:
        """INTENT to SENDING; raises ``Stopped`` unless exactly one row changed."""
        ...

    def not_sent(self, attempt_id: str, failure: Failure, *, gate_never_returned: bool = False) -> Attempt:
        """INTENT to NOT_SENT; with ``gate_never_returned`` also SENDING to NOT_SENT (only this process's attempts)."""
        ...

    def settle(self, attempt_id: str, verdict: Verdict) -> Attempt:
        """Record what the exchange proved: SENDING to ACCEPTED, REJECTED or UNKNOWN; UNKNOWN to ACCEPTED or REJECTED
        by a late answer."""
        ...

    def say(self, attempt_id: str, word: UserWord) -> Attempt:
        """Record the user's word beside the verdict."""
        ...

    def recover(self) -> list[Attempt]:
        """Close the attempts of dead processes (reliability.md section 3); returns those changed. Opens no
        connection."""
        ...

    def delete(self, attempt_id: str) -> bool:
        """Remove an attempt from the log for good; False if it is in flight, or may have been placed and the user has
        said nothing of it yet ("don't know" will do)."""
        ...

    def tell_live(self, attempt_id: str, summary: LiveSummary, milestones: tuple[Milestone, ...]) -> Attempt:
        """Append what the feed told (a milestone that is there already is left out) and update the summary; a summary
        that has ended stays."""
        ...

    def prove(self, attempt_id: str, uuid: str, how: str) -> Attempt:
        """UNKNOWN to ACCEPTED by proof (``how``: ``channel``, ``callback``). ``uuid`` is "" where the proof names no
        leg. An attempt that is ACCEPTED by a result alone is given its leg. Changes nothing if the attempt is settled
        otherwise or another one holds the UUID; returns the attempt as it then is."""
        ...

    def take_result(self, attempt_id: str, result: CallResult) -> Attempt | None:
        """Record the result that came on an attempt's own path, once, and settle an UNKNOWN attempt as ACCEPTED by it:
        whatever the result, the PBX has acted. For an attempt still SENDING it counts as soon as that becomes UNKNOWN.
        None if it changed nothing: no such attempt, nothing sent yet, or a result is there already."""
        ...

    def callback_secret(self) -> bytes:
        """32 random bytes of this database, made with their first use: what the paths for results are derived from."""
        ...

    def to_follow(self, server: str, domain: str, since: int) -> list[Attempt]:
        """Attempts created since then that are ACCEPTED and not ended, or UNKNOWN and not settled by the user."""
        ...

    def sent_at(self, attempt_id: str) -> int:
        """When SENDING was recorded, wall milliseconds; the attempt's creation if it never was."""
        ...

    def rivals(self, attempt_id: str) -> tuple[int, ...]:
        """When other attempts to the same number were sent whose legs nobody knows (SENDING, UNKNOWN, or ACCEPTED by a
        result alone), wall milliseconds: a leg in the window of one of them may be its."""
        ...

    def held(self, uuids: frozenset[str]) -> frozenset[str]:
        """Those of these UUIDs that some attempt holds."""
        ...

    def get(self, attempt_id: str) -> Attempt | None: ...


class LogFilter(StrEnum):
    """The chips above the log. ``CONNECTED`` and ``NOT_ANSWERED`` are placed calls of which the feed told how they went
    on (``domain.course``); a call that nobody watched is in neither."""

    ALL = "all"
    PLACED = "placed"
    CONNECTED = "connected"
    NOT_ANSWERED = "not_answered"
    NOT_PLACED = "not_placed"
    TO_CHECK = "to_check"


@dataclass(frozen=True, slots=True)
class LogQuery:
    """What the log shows. ``text`` is searched in name, number, destination, leg UUID and note."""

    filter: LogFilter = LogFilter.ALL
    text: str = ""


class History(Protocol):
    """Reading the log. Reader thread only (a read-only connection); raises ``StoreError``."""

    def page(self, query: LogQuery, before: int | None, limit: int) -> list[Attempt]:
        """Newest first; ``before`` is the ``row`` to go on from. ``body`` and ``answer`` are left empty."""
        ...

    def counts(self, text: str = "") -> dict[LogFilter, int]: ...

    def unanswered(self, limit: int) -> tuple[int, list[Attempt]]:
        """How many attempts may have been placed of which the user has said nothing, and the newest of them."""
        ...

    def attempt(self, attempt_id: str) -> Attempt | None:
        """One attempt, whole."""
        ...

    def events(self, attempt_id: str) -> list[AttemptEvent]:
        """Oldest first."""
        ...

    def last(self, server: str, domain: str) -> Attempt | None:
        """The last attempt of this account that reached the PBX or may have."""
        ...

    def recent_destinations(self, server: str, domain: str, limit: int) -> list[tuple[str, str]]:
        """(destination, label), most recent first, each destination once."""
        ...

    def version(self) -> int:
        """Changes whenever any process has written (``PRAGMA data_version``)."""
        ...


@dataclass(frozen=True, slots=True)
class Favourite:
    """A destination with a key: position 0 is Alt+1. ``usual`` marks the account's usual destination."""

    id: int
    destination: str
    label: str
    position: int
    usual: bool = False


class Favourites(Protocol):
    """Database thread. Favourites belong to a server and domain."""

    def list(self, server: str, domain: str) -> list[Favourite]: ...
    def add(self, server: str, domain: str, destination: str, label: str) -> Favourite: ...
    def change(self, favourite_id: int, destination: str, label: str) -> None: ...
    def remove(self, favourite_id: int) -> None: ...
    def move(self, favourite_id: int, position: int) -> None: ...
    def set_usual(self, favourite_id: int | None, server: str, domain: str) -> None: ...
    def allowed_countries(self, server: str, domain: str) -> frozenset[str]:
        """Countries already confirmed once."""
        ...

    def allow_country(self, server: str, domain: str, country: str) -> None: ...


class Pbx(Protocol):
    """The PBX over HTTPS. Net thread (coroutines)."""

    def body(self, request: CallRequest) -> str:
        """The exact JSON of ``call_external`` for this request; any thread."""
        ...

    async def call_external(self, account: Account, token: Token, body: str, gate: Gate, attempt_id: str) -> Verdict:
        """Send it once. Raises ``NotReached``, ``CertificateProblem`` or ``ProxyProblem`` (or what the gate raised)
        only if not a byte of the request was sent; everything after the gate is a ``Verdict``."""
        ...

    async def make_ready(self, account: Account) -> None:
        """A call is likely within seconds: open its connection. Sends nothing of a request, raises nothing."""
        ...

    async def test(self, account: Account, token: Token) -> None:
        """Try domain and token with ``gen_ws_ticket``, which places no call. Raises a ``BasixError`` that tells whether
        server, certificate, proxy, or domain and token are wrong; an unexpected answer is ``AccountTestFailed``."""
        ...


class Vault(Protocol):
    """The API tokens. Any thread but the main one; every call ends within 15 s."""

    def get(self, account: Account) -> Token:
        """Raises ``TokenUnavailable``."""
        ...

    def known(self, account: Account) -> Token | None:
        """What :meth:`get` would return without asking anybody; None where it has to ask. Any thread; never waits."""
        ...

    def set(self, account: Account, token: Token, *, session_only: bool = False) -> bool:
        """True if it is in the keyring (read back and equal), False if it is in memory for this session only."""
        ...

    def doubt(self, account: Account, token: Token) -> None:
        """The PBX has refused this token: :meth:`get` asks the keyring again, where another program may have put a new
        one. Where that has none, the one in memory is still given. Any thread; never waits."""
        ...

    def remove(self, account: Account) -> None: ...

    def proxy_password(self, account: Account) -> str: ...

    def set_proxy_password(self, account: Account, password: str) -> None: ...

    def place(self) -> str:
        """Where tokens are kept, for people ("GNOME Keyring"); "" where there is no keyring."""
        ...


class SettingsStore(Protocol):
    """The settings file. ``locked`` maps what a policy fixes (dotted path) to the policy file's path."""

    def load(self) -> Settings: ...
    def save(self, settings: Settings) -> None: ...
    def locked(self) -> dict[str, str]: ...


class Clock(Protocol):
    """Injected so that tests can move it."""

    def wall_ms(self) -> int:
        """UTC milliseconds since the epoch."""
        ...

    def boot_ms(self) -> int:
        """Milliseconds on a clock that also runs while the computer sleeps."""
        ...

    def boot_id(self) -> str:
        """Differs after a restart of the computer."""
        ...


class LiveFeed(Protocol):
    """The PBX's live feed for one account (``cti.feed``). Net thread."""

    async def run(self, on_message: Callable[[Message], None], on_status: Callable[[FeedStatus], None]) -> None:
        """Connect, keep alive, reconnect, until cancelled. Where it has ``STOPPED`` it goes on after :meth:`use_here`.
        Both callbacks are called on the net thread, in order."""
        ...

    def send(self, command: dict[str, str | int]) -> bool:
        """A command of basix-api.md 2.4; False if the feed is not live, so that nothing was sent."""
        ...

    def use_here(self) -> None:
        """Take over from another copy of the program (``forced``), or try again at once."""
        ...


#: Makes the feed of an account; ``token`` is asked for at every connection, off the loop.
FeedFactory = Callable[[Account, Callable[[], Token]], LiveFeed]
