"""What the feed tells of (basix-api.md 2.3): one class per element, its fields in the order of its ``field_spec``.

Times are microseconds since the epoch, None is the feed's ``undefined``, a :class:`Word` an Erlang atom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import ClassVar
from urllib.parse import quote_plus

NOBODY = "****"  # an ``end_user`` that says nothing


class Word(str):
    """Text that travels as an atom, such as ``inbound`` or a state's name."""

    __slots__ = ()


Value = str | int | bool | None | tuple["Value", ...]


@dataclass(frozen=True, slots=True)
class Domain:
    kind: ClassVar[str] = "domain"
    id: int
    name: str
    label: str

    @property
    def key(self) -> int:
        return self.id


@dataclass(frozen=True, slots=True)
class Leg:
    """A channel: one telephone's part in a call."""

    kind: ClassVar[str] = "channel"
    uuid: str
    direction: Word
    peer_location: Word
    calling_name: str
    calling_number: str
    called_number: str
    offer_timestamp: int
    answer_timestamp: int | None = None
    hangup_timestamp: int | None = None
    other_uuid: str | None = None
    user_id: int | None = None
    group_id: int | None = None
    state: tuple[Value, ...] | None = None
    target: tuple[Value, ...] | None = None
    origination: str = ""
    end_user: str = NOBODY
    tags: str = ""
    last_bridged_user_id: int | None = None
    last_event: str = ""
    last_event_data: str = ""
    other_info: tuple[Value, ...] | None = None
    call_id: str = ""

    @property
    def key(self) -> str:
        return self.uuid


@dataclass(frozen=True, slots=True)
class Waiting(Leg):
    """A leg in a group's queue."""

    kind: ClassVar[str] = "channel_waiting"


@dataclass(frozen=True, slots=True)
class UserInfo:
    kind: ClassVar[str] = "user"
    id: int
    name: str
    label: str
    main_extension: str
    email: str
    avatar: str = ""
    presence: str = "available"
    do_not_disturb_status: bool = False
    fwd_always_status: bool = False
    followme: bool = False
    language: str = "ja"
    role: str = "user"
    park_group: str = ""
    mwi_target: str = ""
    flags: int = 0
    mwi: bool = False

    @property
    def key(self) -> int:
        return self.id


@dataclass(frozen=True, slots=True)
class GroupInfo:
    kind: ClassVar[str] = "group"
    id: int
    name: str
    label: str
    type: int
    main_extension: str
    queue: bool = False
    language: str = "ja"
    flags: int = 0
    check_login_status: bool = True
    mwi: bool = False

    @property
    def key(self) -> int:
        return self.id


@dataclass(frozen=True, slots=True)
class Member:
    kind: ClassVar[str] = "group_member"
    id: int
    group_id: int
    user_id: int
    priority: int
    login_status: bool = True
    role: str = "member"

    @property
    def key(self) -> int:
        return self.id


@dataclass(frozen=True, slots=True)
class Telephone:
    kind: ClassVar[str] = "terminal"
    id: int
    name: str
    assoc_user_id: int
    type: str
    user_agent: str
    registered: bool = True

    @property
    def key(self) -> int:
        return self.id


Element = Domain | Leg | UserInfo | GroupInfo | Member | Telephone

#: In the order in which a new connection is told of them.
ELEMENTS: tuple[type[Element], ...] = (Leg, Waiting, UserInfo, GroupInfo, Member, Telephone, Domain)


def field_names(element: type[Element]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(element))


def values(element: Element) -> tuple[Value, ...]:
    return tuple(getattr(element, name) for name in field_names(type(element)))


def end_users_text(people: Sequence[dict[str, str | int]]) -> str:
    """Nobody, somebody, or several."""
    texts = [end_user_text(person) for person in people]
    return texts[0] if len(texts) == 1 else "|".join((f"_MANY_:{len(texts)}", *texts)) if texts else NOBODY


def end_user_text(person: dict[str, str | int]) -> str:
    """``id*name*organization*avatar*prefecture``, each part form-encoded."""
    names = ("id", "name", "organization", "avatar", "prefecture")
    return "*".join(quote_plus(str(person.get(name, ""))) for name in names)
