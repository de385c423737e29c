"""Everything that exists at the demo PBX at this moment: who is told of each change, and who could take a call."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from basix_desktop.demo.company import Company, Group, User
from basix_desktop.demo.feed_elements import (
    ELEMENTS,
    Domain,
    Element,
    GroupInfo,
    Leg,
    Member,
    Telephone,
    UserInfo,
    Waiting,
)

Key = int | str
Listener = Callable[[Element, str], None]
SomeElement = TypeVar("SomeElement", Domain, Leg, Waiting, UserInfo, GroupInfo, Member, Telephone)
PRESENCES = ("available", "do_not_disturb", "forwarded", "away")
_QUEUE = "campaign"  # the group in which callers wait


class Board:
    """Server's thread only. ``listener`` hears of each change as (element, ``added``, ``updated`` or ``removed``)."""

    def __init__(self, company: Company, domain: str) -> None:
        self.company = company
        self._tables: dict[str, dict[Key, Element]] = {element.kind: {} for element in ELEMENTS}
        self._listener: Listener | None = None
        self._latest = 0
        self.put(Domain(1, domain, "デモ株式会社"))
        for user in company.users:
            self._hire(user)
        ids = {user.name: user.id for user in company.users}
        for group in company.groups:
            self._found(group, ids)

    def listen(self, listener: Listener) -> None:
        self._listener = listener

    def now(self) -> int:
        """Microseconds since the epoch; never the same twice, so that what follows always is later."""
        self._latest = max(self._latest + 1, time.time_ns() // 1000)
        return self._latest

    def put(self, element: SomeElement) -> SomeElement:
        """Add or update; nothing is told of what stays as it was."""
        table = self._tables[element.kind]
        before = table.get(element.key)
        if before != element:
            table[element.key] = element
            self._tell(element, "added" if before is None else "updated")
        return element

    def remove(self, element: SomeElement) -> None:
        """Harmless if it is gone already."""
        if self._tables[element.kind].pop(element.key, None) is not None:
            self._tell(element, "removed")

    def all(self, kind: str) -> tuple[Element, ...]:
        return tuple(self._tables[kind].values())

    def legs(self) -> Iterator[Leg]:
        return (leg for leg in self._tables[Leg.kind].values() if isinstance(leg, Leg))

    def leg(self, uuid: str) -> Leg | None:
        found = self._tables[Leg.kind].get(uuid)
        return found if isinstance(found, Leg) else None

    def user(self, user_id: int) -> UserInfo:
        """Raises KeyError."""
        found = self._tables[UserInfo.kind][user_id]
        assert isinstance(found, UserInfo)
        return found

    def set_presence(self, user_id: int, presence: str) -> None:
        """``presence`` is one of PRESENCES. Somebody away has no telephone registered."""
        if presence not in PRESENCES:
            raise ValueError(presence)
        self.put(
            replace(
                self.user(user_id),
                presence="away" if presence == "away" else "available",
                do_not_disturb_status=presence == "do_not_disturb",
                fwd_always_status=presence == "forwarded",
            )
        )
        for phone in list(self._tables[Telephone.kind].values()):
            if isinstance(phone, Telephone) and phone.assoc_user_id == user_id:
                self.put(replace(phone, registered=presence != "away"))

    def set_login(self, user_id: int, group_id: int, logged_in: bool) -> None:
        for member in self._members(group_id):
            if member.user_id == user_id:
                self.put(replace(member, login_status=logged_in))

    def ready_members(self, group_id: int) -> tuple[int, ...]:
        """The users whom a call to the group can ring now, in order of priority."""
        on = sorted((one for one in self._members(group_id) if one.login_status), key=lambda one: one.priority)
        return tuple(one.user_id for one in on if self.unreachable(one.user_id) is None)

    def is_talking(self, user_id: int) -> bool:
        """On a call, or calling somebody; a telephone that merely rings does not count."""
        mine = (leg for leg in self.legs() if leg.user_id == user_id and leg.hangup_timestamp is None)
        return any(leg.answer_timestamp is not None or leg.direction == "inbound" for leg in mine)

    def unreachable(self, user_id: int) -> str | None:
        """The hang-up cause of a call to somebody who cannot take it; None if they can."""
        user = self.user(user_id)
        if user.do_not_disturb_status or self.is_talking(user_id):
            return "USER_BUSY"
        if user.presence == "away":
            return "USER_NOT_REGISTERED"
        return None

    def has_queue(self, group_id: int) -> bool:
        group = self._tables[GroupInfo.kind][group_id]
        return isinstance(group, GroupInfo) and group.queue

    def _members(self, group_id: int) -> list[Member]:
        table = self._tables[Member.kind].values()
        return [one for one in table if isinstance(one, Member) and one.group_id == group_id]

    def _tell(self, element: Element, change: str) -> None:
        if self._listener is not None:
            self._listener(element, change)

    def _hire(self, user: User) -> None:
        self.put(
            UserInfo(
                user.id,
                user.name,
                user.label,
                user.extension,
                f"{user.name}@demo.example",
                avatar=f"{user.name}.png" if user.id % 2 else "",
                language="en" if user.label.isascii() else "ja",
                role="admin" if user.name == "reception" else "user",
            )
        )
        self.put(Telephone(user.id * 10, f"{user.name}-desk", user.id, "sip", "Demo Phone 3.2"))
        if user.id % 3 == 1:
            self.put(Telephone(user.id * 10 + 1, f"{user.name}-web", user.id, "webphone", "Demo Web Phone/1.0"))

    def _found(self, group: Group, ids: dict[str, int]) -> None:
        self.put(
            GroupInfo(group.id, group.name, group.label, int(group.type), group.extension, queue=group.name == _QUEUE)
        )
        for priority, name in enumerate(group.members, 1):
            self.put(Member(group.id * 100 + priority, group.id, ids[name], priority))
