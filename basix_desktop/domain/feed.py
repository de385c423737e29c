"""What the PBX's live feed says, typed (basix-api.md 2.3). Frozen; unknown fields are left out, missing ones are None.

Times are milliseconds since the epoch by the PBX's clock (the feed's are microseconds).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from basix_desktop.domain.calls import EndUser
from basix_desktop.domain.records import quickly_made

#: The ``last_event`` that tells of a channel's end.
HANGUP = "CHANNEL_HANGUP"


class Direction(StrEnum):
    """As seen from the PBX: ``inbound`` is offered to it, ``outbound`` by it."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class PeerLocation(StrEnum):
    INTERNAL = "internal"
    EXTERNAL = "external"


@quickly_made
@dataclass(frozen=True, slots=True)
class ChannelState:
    """``name`` is the feed's (``calling``, ``bridged``, ``park`` …; unknown ones are kept); what follows it, as far as
    it is understood. ``location`` is ``int`` or ``ext``, ``target_type`` e.g. ``user``, ``group``, ``pstn``."""

    name: str
    at: int | None = None
    location: str = ""
    target_type: str = ""
    user_id: int | None = None
    group_id: int | None = None
    address: str = ""
    detail: str = ""  # voicemail's or conference's name, queue, park slot, URL … for people
    extra: str = ""  # who parked it (by name), or how far an eavesdropping is


@quickly_made
@dataclass(frozen=True, slots=True)
class Target:
    type: str
    id: int | None = None
    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Hangup:
    """``side`` (``recv_bye`` …) and FreeSWITCH ``cause`` of CHANNEL_HANGUP's ``last_event_data``, "" where not told."""

    side: str
    cause: str


@quickly_made
@dataclass(frozen=True, slots=True)
class OtherParty:
    """``other_info``: who is on the other leg."""

    type: str  # "user" or "end_user"
    user_id: int | None = None
    end_users: tuple[EndUser, ...] = ()
    direction: str = ""
    peer_location: str = ""
    address: str = ""
    offered_at: int | None = None
    group_id: int | None = None
    whoscall: str = ""


@quickly_made
@dataclass(frozen=True, slots=True)
class Channel:
    """One leg. ``user_id`` is the PBX user's whose leg it is. UUIDs are in small letters; ``spelling`` is how the PBX
    writes this one's, where that is otherwise."""

    uuid: str
    direction: str = ""
    peer_location: str = ""
    calling_name: str = ""
    calling_number: str = ""
    called_number: str = ""
    offered_at: int | None = None
    answered_at: int | None = None
    hung_up_at: int | None = None
    other_uuid: str = ""
    user_id: int | None = None
    group_id: int | None = None
    state: ChannelState | None = None
    target: Target | None = None
    origination: tuple[str, ...] = ()
    end_users: tuple[EndUser, ...] = ()
    tags: tuple[str, ...] = ()
    last_bridged_user_id: int | None = None
    last_event: str = ""
    last_event_data: str = ""
    other: OtherParty | None = None
    call_id: str = ""
    spelling: str = ""

    @property
    def hangup(self) -> Hangup | None:
        """At CHANNEL_HANGUP: who ended it and why. A word that stands alone is the cause, unless it names a side."""
        if self.last_event != HANGUP:
            return None
        side, comma, cause = (part.strip() for part in self.last_event_data.partition(","))
        if not comma and not side.startswith(("recv_", "send_")):
            side, cause = "", side
        return Hangup(side, cause)


@dataclass(frozen=True, slots=True)
class User:
    """``name`` is what ``destination`` takes, ``label`` is for people."""

    id: int
    name: str = ""
    label: str = ""
    main_extension: str = ""
    email: str = ""
    avatar: str = ""
    presence: str = ""
    do_not_disturb: bool = False
    forward_always: bool = False
    follow_me: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    id: int
    name: str = ""
    label: str = ""
    type: int | None = None  # 0 ring, 1 hunt
    main_extension: str = ""
    queue: bool = False
    check_login: bool = False


@dataclass(frozen=True, slots=True)
class GroupMember:
    id: int
    group_id: int
    user_id: int
    priority: int | None = None
    logged_in: bool | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Terminal:
    id: int
    name: str = ""
    user_id: int | None = None
    type: str = ""
    registered: bool | None = None


Element = Channel | User | Group | GroupMember | Terminal


class Change(StrEnum):
    ADDED = "added"
    UPDATED = "updated"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything of one kind that exists now (``initial_info``). ``kind`` is the feed's name of the element."""

    kind: str
    elements: tuple[Element, ...]


@quickly_made
@dataclass(frozen=True, slots=True)
class ElementEvent:
    """One element was added, updated or removed (``info_event``)."""

    change: Change
    element: Element


@dataclass(frozen=True, slots=True)
class SystemMessage:
    """``connection_limit_reached``, ``connection_replaced``, or another word of the PBX's."""

    text: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """A message of a kind that means nothing to us: a user message, an unknown element, a field spec."""

    what: str


Message = Snapshot | ElementEvent | SystemMessage | Ignored

#: Comes before anything that a connection tells of channels, once (basix-api.md 2.3): where a new one begins.
CHANNELS_FOLLOW = Ignored("field_spec channel")


class FeedPhase(StrEnum):
    """How the feed is. ``STOPPED`` needs somebody to act: see ``FeedStatus.reason``."""

    OFF = "off"  # no account, or switched off
    CONNECTING = "connecting"
    LIVE = "live"
    WAITING = "waiting"  # lost; tries again in ``retry_in`` seconds
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """``reason`` is "" or, when it is ``STOPPED``: ``token_refused`` (until the token changes), ``token_missing`` (the
    keyring gives none), ``unusable`` (the account's server or domain), ``replaced`` (another copy of the program took
    over: "Use it here"), ``limit_reached``; when it is ``WAITING``: ``lost``, ``silent`` (the PBX told of no channels),
    ``refused``, ``certificate``, ``proxy``, ``unable`` (this computer's part), ``token_missing`` (the keyring does not
    answer), ``limit_reached`` (perhaps by a connection of ours that was lost); when it is ``CONNECTING``: ``keyring``
    (it is being asked, and may ask the user).
    ``since`` is wall milliseconds of the last message received, or of the last answer to a ping, so that what is shown
    can say how old it is."""

    phase: FeedPhase
    reason: str = ""
    retry_in: float = 0.0
    since: int | None = None
