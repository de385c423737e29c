"""One call as asked for, one attempt as recorded. Frozen dataclasses and enums only."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from basix_desktop.domain.accounts import DEFAULT_ANSWER_TIMEOUT
from basix_desktop.domain.errors import Failure


@dataclass(frozen=True, slots=True)
class EndUser:
    """The customer, as relayed to web apps in the PBX's notifications (basix-api.md 1.1). "" means: not sent."""

    id: str = ""
    name: str = ""
    organization: str = ""
    avatar: str = ""
    prefecture: str = ""

    def __bool__(self) -> bool:
        return any((self.id, self.name, self.organization, self.avatar, self.prefecture))


@dataclass(frozen=True, slots=True)
class CallRequest:
    """Everything ``call_external`` takes. ``number`` and ``calling_number`` are exactly what is sent."""

    number: str
    destination: str
    calling_number: str = ""
    answer_timeout: int = DEFAULT_ANSWER_TIMEOUT
    callback_url: str = ""
    end_user: EndUser = field(default_factory=EndUser)


class State(StrEnum):
    """Where an attempt is in the journal (reliability.md section 3)."""

    INTENT = "INTENT"  # recorded; nothing sent
    SENDING = "SENDING"  # recorded before the first byte of the request
    NOT_SENT = "NOT_SENT"  # final: no byte of the request left
    REJECTED = "REJECTED"  # final: the PBX provably did not act
    ACCEPTED = "ACCEPTED"  # the PBX placed the call
    UNKNOWN = "UNKNOWN"  # the call may have been placed

    @property
    def in_flight(self) -> bool:
        return self in (State.INTENT, State.SENDING)


class Outcome(StrEnum):
    """What an attempt came to."""

    PLACED = "placed"
    NOT_PLACED = "not_placed"
    UNKNOWN = "unknown"


OUTCOMES = {
    State.INTENT: Outcome.NOT_PLACED,  # until the gate nothing has been sent
    State.SENDING: Outcome.UNKNOWN,
    State.NOT_SENT: Outcome.NOT_PLACED,
    State.REJECTED: Outcome.NOT_PLACED,
    State.ACCEPTED: Outcome.PLACED,
    State.UNKNOWN: Outcome.UNKNOWN,
}


class UserWord(StrEnum):
    """What the user says of an attempt that may have been placed. Stored beside the verdict, never over it."""

    RANG = "rang"
    DID_NOT_RING = "did_not_ring"
    DONT_KNOW = "dont_know"


class Origin(StrEnum):
    """Where a press of Call came from."""

    WINDOW = "window"
    COMMAND_LINE = "command_line"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an exchange with the PBX proves. ``answer`` is the PBX's whole answer as text, at most 64 KiB."""

    state: State
    failure: Failure | None = None
    uuids: tuple[str, ...] = ()
    http_status: int | None = None
    answer: str = ""
    retry_after: int | None = None  # seconds, 0 to 60, with too_many_requests


@dataclass(frozen=True, slots=True)
class CallResult:
    """What the PBX reports when the hunt for somebody to answer is over (basix-api.md 1.2): ``result_code`` 0 is
    answered; ``uuid`` is the answering channel's, or "" where none was given."""

    result_code: int
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class LiveSummary:
    """What the feed has told of an attempt's call so far: what the log row shows. ``phase`` is a
    ``domain.live.CallPhase``, ``ended_by`` an ``EndedBy`` or "", ``cause`` FreeSWITCH's word or "". ``reached`` is the
    last phase but the end that was recorded; only reading the log tells it."""

    phase: str
    connected_with: str = ""
    talked_ms: int | None = None
    ended_by: str = ""
    cause: str = ""
    reached: str | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One press of Call, as the journal has it. Times are UTC milliseconds since the epoch."""

    id: str
    row: int  # order of creation; what pages are cut by
    created_at: int
    updated_at: int
    account: str
    server: str
    domain: str
    request: CallRequest
    state: State
    origin: Origin = Origin.WINDOW
    typed: str = ""  # the number as typed or pasted
    destination_label: str = ""  # the favourite's name, or the destination as typed
    body: str = ""  # the exact JSON sent, or to be sent
    confirmed: tuple[str, ...] = ()  # keys of the concerns that were confirmed
    failure: Failure | None = None
    uuids: tuple[str, ...] = ()
    answer: str = ""
    user_word: UserWord | None = None
    user_word_at: int | None = None
    uuid_seen_before: bool = False  # reliability.md D12
    live: LiveSummary | None = None
    retry_after: int = 0  # seconds the PBX asked to wait before the next call, 0 to 60; not stored
    number_key: str = ""  # as ``Intent.number_key``: the same telephone, wherever it is dialled from

    @property
    def outcome(self) -> Outcome:
        return OUTCOMES[self.state]

    @property
    def needs_check(self) -> bool:
        """May have been placed, and neither proof nor the user has settled it ("don't know" does not)."""
        return self.state is State.UNKNOWN and self.user_word in (None, UserWord.DONT_KNOW)

    @property
    def unanswered(self) -> bool:
        """May have been placed, and the user has said nothing of it: asked about until then, and not to be deleted."""
        return self.state is State.UNKNOWN and self.user_word is None


@dataclass(frozen=True, slots=True)
class AttemptEvent:
    """One line of an attempt's history. ``kind`` is a stable word (``intent``, ``sending``, ``settled``,
    ``user_word``, ``recovered`` …); ``data`` holds what belongs to it."""

    at: int
    kind: str
    data: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Intent:
    """What the journal needs to record a press of Call before anything is sent."""

    id: str
    account: str
    server: str
    domain: str
    request: CallRequest
    number_key: str  # the same for every spelling of one number: numbers.number_key
    body: str
    typed: str
    destination_label: str
    origin: Origin
    confirmed: tuple[str, ...] = ()
