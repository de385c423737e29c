"""Who is ready to take a call."""

from __future__ import annotations

from dataclasses import replace

import pytest

from basix_desktop.domain.feed import Channel, Group, GroupMember, Terminal, User
from basix_desktop.domain.live import Person, Readiness, Ready
from basix_desktop.domain.one_user import as_one_user_sees
from basix_desktop.domain.readiness import people, tells_of_telephones
from basix_desktop.domain.tracker import Tables
from basix_desktop.domain.versions import Versioned

_AT = 1_795_000_000_000
_HELEN = User(11, "helen", "Helen", "201")
_RINGS = Channel("r", "outbound", "internal", offered_at=_AT, user_id=11)
_TALKS = replace(_RINGS, uuid="t", answered_at=_AT + 5_000)
_CALLS_OUT = Channel("o", "inbound", "internal", offered_at=_AT, user_id=11)
_OVER = replace(_TALKS, uuid="x", hung_up_at=_AT + 9_000)
_SOFT, _DESK = Terminal(1, "soft", 11, registered=False), Terminal(2, "desk", 11, registered=True)
_KENS = Terminal(3, "ken's", 12, registered=True)


def _helen(user: User = _HELEN, channels: tuple[Channel, ...] = (), terminals: tuple[Terminal, ...] = ()) -> Readiness:
    tables = Tables(
        channels=Versioned({c.uuid: c for c in channels}), users={user.id: user}, terminals={t.id: t for t in terminals}
    )
    return people(tables)[0].readiness


@pytest.mark.parametrize(
    ("user", "channels", "terminals", "expected"),
    [
        (_HELEN, (), (), Readiness(Ready.FREE)),
        (_HELEN, (_TALKS,), (), Readiness(Ready.BUSY, since=_AT + 5_000)),
        (_HELEN, (_RINGS,), (), Readiness(Ready.RINGING, since=_AT)),
        (_HELEN, (_CALLS_OUT,), (), Readiness(Ready.BUSY, since=_AT)),
        (_HELEN, (_RINGS, _TALKS), (), Readiness(Ready.BUSY, since=_AT + 5_000)),
        (_HELEN, (_OVER,), (), Readiness(Ready.FREE)),
        (_HELEN, (replace(_TALKS, user_id=12),), (), Readiness(Ready.FREE)),
        (replace(_HELEN, do_not_disturb=True), (_TALKS,), (), Readiness(Ready.DO_NOT_DISTURB)),
        (replace(_HELEN, forward_always=True), (), (), Readiness(Ready.FORWARDED)),
        (replace(_HELEN, follow_me=True), (), (), Readiness(Ready.FREE)),
        (replace(_HELEN, presence="Away"), (), (), Readiness(Ready.AWAY)),
        (replace(_HELEN, presence="available"), (), (), Readiness(Ready.FREE)),
        (_HELEN, (), (_SOFT, _KENS), Readiness(Ready.AWAY)),
        (_HELEN, (), (_SOFT,), Readiness(Ready.FREE)),  # no telephone of the whole PBX is: it keeps no account of them
        (_HELEN, (), (_SOFT, replace(_KENS, registered=None)), Readiness(Ready.FREE)),
        (_HELEN, (), (_SOFT, _DESK), Readiness(Ready.FREE)),
        (_HELEN, (), (replace(_SOFT, registered=None),), Readiness(Ready.FREE)),
        (_HELEN, (_TALKS,), (_SOFT, _KENS), Readiness(Ready.BUSY, since=_AT + 5_000)),
    ],
)
def test_one_person(
    user: User, channels: tuple[Channel, ...], terminals: tuple[Terminal, ...], expected: Readiness
) -> None:
    assert _helen(user, channels, terminals) == expected


def test_telephones_that_have_all_gone_since_are_believed() -> None:
    tables = Tables(users={_HELEN.id: _HELEN}, terminals={1: _SOFT})
    assert not tells_of_telephones(tables)
    assert people(tables, telephones=True)[0].readiness == Readiness(Ready.AWAY)
    assert tells_of_telephones(Tables(terminals={1: _SOFT, 3: _KENS}))


_NAMES = ("helen", "ken", "sales")


@pytest.mark.parametrize("ready", list(Ready))
def test_where_one_user_s_events_are_followed_nobody_else_is_called_free(ready: Ready) -> None:
    """Nobody else's calls are told of (basix-api.md 2.1)."""
    everybody = tuple(Person(name, name, "", name == "sales", Readiness(ready, 1, 2, 3)) for name in _NAMES)
    told = {person.name: person.readiness for person in as_one_user_sees(everybody, "Helen")}
    assert told.pop("helen") == Readiness(ready, 1, 2, 3)
    assert set(told.values()) == {Readiness() if ready is Ready.FREE else Readiness(ready, 1, 2, 3)}


def test_a_group_of_the_user_s_name_is_not_that_user() -> None:
    group = Person("helen", "Helen's", "", True, Readiness(Ready.FREE, free=1, members=2))
    assert as_one_user_sees((group,), "helen")[0].readiness == Readiness()


_KEN = User(12, "ken", "Ken Mori", "202")
_OLIVE = User(13, "olive", "Olive", "203")
_SALES = Group(5, "sales", "Sales", 0, "300")


def _sales(users: tuple[User, ...], members: tuple[GroupMember, ...], group: Group = _SALES, busy: int = 0) -> Person:
    channels = {"t": replace(_TALKS, user_id=busy)} if busy else {}
    tables = Tables(Versioned(channels), {u.id: u for u in users}, {group.id: group}, {m.id: m for m in members})
    return next(person for person in people(tables) if person.is_group)


def _members(*logged_in: bool | None) -> tuple[GroupMember, ...]:
    return tuple(GroupMember(place, 5, 11 + place, 10 - place, logged_in=one) for place, one in enumerate(logged_in))


_ALL = (_HELEN, _KEN, _OLIVE)


@pytest.mark.parametrize(
    ("users", "members", "check_login", "busy", "expected"),
    [
        (_ALL, _members(None, None, None), False, 0, Readiness(Ready.FREE, free=3, members=3)),
        (_ALL, _members(None, None, None), False, 12, Readiness(Ready.FREE, free=2, members=3)),
        (_ALL, _members(True, False, True), True, 0, Readiness(Ready.FREE, free=2, members=2)),
        (_ALL, _members(True, False, True), False, 0, Readiness(Ready.FREE, free=3, members=3)),
        (_ALL, _members(False, False, False), True, 0, Readiness(Ready.AWAY)),
        (_ALL, (), False, 0, Readiness(Ready.UNKNOWN)),  # nobody's membership was told
        (_ALL, (GroupMember(9, 6, 11),), False, 0, Readiness(Ready.AWAY)),  # but another group's was
        ((), _members(None, None), False, 0, Readiness(Ready.UNKNOWN)),
        (_ALL[:1], _members(None, None), False, 11, Readiness(Ready.UNKNOWN)),  # the stranger may be free
        (_ALL[:1], _members(None, False), True, 11, Readiness(Ready.BUSY, free=0, members=1)),
        (_ALL, (*_members(False), GroupMember(9, 5, 11, 3)), True, 0, Readiness(Ready.FREE, free=1, members=1)),
        (_ALL, (GroupMember(9, 5, 11, 3), *_members(None, None)), False, 0, Readiness(Ready.FREE, free=2, members=2)),
        (_ALL[:1], _members(None), False, 11, Readiness(Ready.BUSY, free=0, members=1)),
        (
            tuple(replace(one, do_not_disturb=True) for one in _ALL),
            _members(None, None, None),
            False,
            0,
            Readiness(Ready.AWAY, free=0, members=3),
        ),
        (_ALL[:1], _members(None, None), False, 0, Readiness(Ready.FREE, free=1, members=1)),
    ],
)
def test_a_group_is_as_ready_as_its_members(
    users: tuple[User, ...], members: tuple[GroupMember, ...], check_login: bool, busy: int, expected: Readiness
) -> None:
    assert _sales(users, members, replace(_SALES, check_login=check_login), busy).readiness == expected


@pytest.mark.parametrize(
    ("talking", "ringing", "expected"),
    [
        ((), (11, 12), Readiness(Ready.RINGING, free=0, members=2)),
        ((11,), (12,), Readiness(Ready.RINGING, free=0, members=2)),
        ((11, 12), (), Readiness(Ready.BUSY, free=0, members=2)),
        ((), (11,), Readiness(Ready.FREE, free=1, members=2)),
    ],
)
def test_a_group_that_only_rings_is_not_on_calls(
    talking: tuple[int, ...], ringing: tuple[int, ...], expected: Readiness
) -> None:
    channels = {f"t{user}": replace(_TALKS, user_id=user) for user in talking}
    channels |= {f"r{user}": replace(_RINGS, user_id=user) for user in ringing}
    members = {member.id: member for member in _members(None, None)}
    tables = Tables(Versioned(channels), {user.id: user for user in _ALL[:2]}, {5: _SALES}, members)
    assert next(person for person in people(tables) if person.is_group).readiness == expected


def test_a_groups_people_come_in_the_order_they_are_rung() -> None:
    assert _sales(_ALL, _members(None, None, None)).names == ("Olive", "Ken Mori", "Helen")
    twice = (*_members(None, None, None), GroupMember(9, 5, 11, 1))
    assert _sales(_ALL, twice).names == ("Helen", "Olive", "Ken Mori")


def test_everybody_by_label_and_nobody_who_cannot_be_called() -> None:
    nameless = User(20, "", "No extension, no name", "")
    only_extension = User(21, "", "", "299")
    tables = Tables(users={u.id: u for u in (*_ALL, nameless, only_extension)}, groups={5: _SALES})
    found = [(person.label, person.name, person.extension, person.is_group) for person in people(tables)]
    assert found == [
        ("299", "299", "299", False),
        ("Helen", "helen", "201", False),
        ("Ken Mori", "ken", "202", False),
        ("Olive", "olive", "203", False),
        ("Sales", "sales", "300", True),
    ]
