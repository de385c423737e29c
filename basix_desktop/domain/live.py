"""The live picture: what is known of a call's two legs, and who in the company is ready. Read models, frozen.

``tracker`` makes them from the feed's messages; ``services.live`` joins them to attempts; the window shows them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from basix_desktop.domain.feed import FeedPhase, FeedStatus
from basix_desktop.domain.records import quickly_made


class CallPhase(StrEnum):
    """How far a call has come. Never goes back; only ``ENDED`` is final (reliability.md M8)."""

    FOLLOWING = "following"  # placed; the feed has not shown the leg yet
    RINGING = "ringing"  # the outside number rings
    ANSWERED = "answered"  # it answered; nobody inside rings yet
    DESTINATION_RINGING = "destination_ringing"
    CONNECTED = "connected"
    TRANSFERRED = "transferred"  # handed on to somebody else, who rings
    PARKED = "parked"
    VOICEMAIL = "voicemail"
    MENU = "menu"  # an automatic voice of the PBX's answers
    CONFERENCE = "conference"
    PASSED_ON = "passed_on"  # the PBX calls another system for it; the feed does not tell whether that answers
    SERVICE = "service"  # another function of the PBX has it
    ENDED = "ended"


#: Where the call was taken, though nobody can tell whether somebody spoke with the number there.
UNTOLD: Final = (CallPhase.MENU, CallPhase.CONFERENCE, CallPhase.PASSED_ON, CallPhase.SERVICE)


class EndedBy(StrEnum):
    """Whose doing the end was."""

    CALLER = "caller"  # the outside number
    DESTINATION = "destination"
    US = "us"  # our own Hang up
    PBX = "pbx"
    UNTOLD = "untold"  # the PBX told of the hang-up, and not which side's it was
    UNKNOWN = "unknown"  # nobody saw how: it ended while the feed was lost, or was gone without a word


@quickly_made
@dataclass(frozen=True, slots=True)
class LiveCall:
    """Both legs of one call. Times are milliseconds since the epoch by the PBX's clock, None while it has not come to
    that; ``stage_at`` is since when it is in its phase, the end aside. ``ringing`` and ``connected_with`` are names for
    people. ``been`` are the phases it has been in from the moment that something inside took it."""

    uuid: str
    phase: CallPhase = CallPhase.FOLLOWING
    offered_at: int | None = None
    answered_at: int | None = None
    destination_at: int | None = None
    connected_at: int | None = None  # for the first time
    ended_at: int | None = None
    ringing: tuple[str, ...] = ()
    connected_with: str = ""
    destination: str = ""  # whom it is being connected to now, if not the one it was placed for
    ended_by: EndedBy | None = None
    cause: str = ""  # FreeSWITCH's hangup cause
    destination_uuid: str = ""  # the inside leg it is bridged to
    stage_at: int | None = None
    been: tuple[CallPhase, ...] = ()
    talk_from: int | None = None  # since when it is, or was, connected with ``connected_with``
    talk_to: int | None = None  # until when, where it was handed on from there

    @property
    def talked_ms(self) -> int | None:
        """How long it was connected with ``connected_with``, once the call is over: without what was before and after,
        such as an earlier talk, parking and ringing."""
        start = self.talk_from if self.talk_from is not None else self.connected_at
        end = self.talk_to if self.talk_to is not None else self.ended_at
        if self.phase is not CallPhase.ENDED or start is None or end is None:
            return None
        return max(0, end - start)


@quickly_made
@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that happened to a call, for its time line. ``kind`` is a ``CallPhase``; ``data`` holds ``who``,
    ``cause``, ``by``, ``after_ms`` as far as they apply."""

    uuid: str
    kind: str
    at: int
    data: dict[str, str] = field(default_factory=dict)


class Ready(StrEnum):
    FREE = "free"
    BUSY = "busy"  # on a call
    RINGING = "ringing"
    DO_NOT_DISTURB = "do_not_disturb"
    FORWARDED = "forwarded"
    AWAY = "away"  # not logged in, or no telephone registered
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Readiness:
    """``since`` with BUSY and RINGING; ``free`` of ``members`` for a group (FREE if anybody is)."""

    ready: Ready = Ready.UNKNOWN
    since: int | None = None
    free: int = 0
    members: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """A user or group of the PBX as a destination. ``names`` are whoever belongs to a group, for people."""

    name: str  # what ``destination`` takes
    label: str
    extension: str
    is_group: bool
    readiness: Readiness
    names: tuple[str, ...] = ()


NO_FEED = FeedStatus(FeedPhase.OFF)


@dataclass(frozen=True, slots=True)
class LiveView:
    """All that the window shows of the feed, at most 20 times a second. ``calls`` maps attempts' ids to their live
    calls; ``people`` is sorted by label. When ``status`` is not LIVE, everything else is as old as ``status.since``."""

    status: FeedStatus = NO_FEED
    calls: dict[str, LiveCall] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
