"""The feed's terms as typed messages (basix-api.md 2.3). Never raises: what is not understood is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from typing import Any

from basix_desktop.cti.fields import LONGEST_TEXT, flag, moment, number, text, uuid, word
from basix_desktop.cti.structures import end_users, origination, other_party, state, tags, target
from basix_desktop.domain.feed import (
    Change,
    Channel,
    Element,
    ElementEvent,
    Group,
    GroupMember,
    Ignored,
    Message,
    Snapshot,
    SystemMessage,
    Terminal,
    User,
)
from basix_desktop.etf.terms import Term

#: Elements of one kind. Whoever follows them goes through all of them on the net thread; a company has far fewer, and
#: of a list of which only a part were taken, the rest would look ended or away.
MOST_ELEMENTS = 20_000
_LONGEST_WORD = 80  # characters of the PBX's own words in ``Ignored`` and ``SystemMessage``

_Reader = Callable[[Term], Any]
_Field = tuple[str, _Reader]  # our name, and how it is read
_Plan = tuple[tuple[int, _Reader] | None, ...]

_CHANNEL: Mapping[str, _Field] = {
    "uuid": ("spelling", text),
    "direction": ("direction", word),
    "peer_location": ("peer_location", word),
    "calling_name": ("calling_name", text),
    "calling_number": ("calling_number", text),
    "called_number": ("called_number", text),
    "offer_timestamp": ("offered_at", moment),
    "answer_timestamp": ("answered_at", moment),
    "hangup_timestamp": ("hung_up_at", moment),
    "other_uuid": ("other_uuid", uuid),
    "user_id": ("user_id", number),
    "group_id": ("group_id", number),
    "state": ("state", state),
    "target": ("target", target),
    "origination": ("origination", origination),
    "end_user": ("end_users", end_users),
    "tags": ("tags", tags),
    "last_bridged_user_id": ("last_bridged_user_id", number),
    "last_event": ("last_event", word),
    "last_event_data": ("last_event_data", text),
    "other_info": ("other", other_party),
    "call_id": ("call_id", text),
}
_USER: Mapping[str, _Field] = {
    "id": ("id", number),
    "name": ("name", text),
    "label": ("label", text),
    "main_extension": ("main_extension", text),
    "email": ("email", text),
    "avatar": ("avatar", text),
    "presence": ("presence", text),
    "do_not_disturb_status": ("do_not_disturb", flag),
    "fwd_always_status": ("forward_always", flag),
    "followme": ("follow_me", flag),
}
_GROUP: Mapping[str, _Field] = {
    "id": ("id", number),
    "name": ("name", text),
    "label": ("label", text),
    "type": ("type", number),
    "main_extension": ("main_extension", text),
    "queue": ("queue", flag),
    "check_login_status": ("check_login", flag),
}
_MEMBER: Mapping[str, _Field] = {
    "id": ("id", number),
    "group_id": ("group_id", number),
    "user_id": ("user_id", number),
    "priority": ("priority", number),
    "login_status": ("logged_in", flag),
    "role": ("role", text),
}
_TERMINAL: Mapping[str, _Field] = {
    "id": ("id", number),
    "name": ("name", text),
    "assoc_user_id": ("user_id", number),
    "type": ("type", text),
    "registered": ("registered", flag),
}


class _Kind:
    """How elements of one kind are read: ``known`` fields by the PBX's names, and without which of ours it is none, the
    first of them being its key. They are made by position, which for a channel takes half the time of names."""

    def __init__(self, make: type[Element], known: Mapping[str, _Field], needed: tuple[str, ...]) -> None:
        self.make, self._known = make, known
        names = [field.name for field in fields(make)]
        self.absent: list[Any] = [None if field.default is MISSING else field.default for field in fields(make)]
        self._place = {name: place for place, name in enumerate(names)}
        self.needed = tuple(self._place[name] for name in needed)

    def plan(self, names: Iterable[str]) -> _Plan:
        """For each position of the PBX's tuples our position and how it is read, None where nothing is. Of a name that
        comes twice the first counts."""
        left = dict(self._known)
        found = [left.pop(name, None) for name in names]
        return tuple((self._place[field[0]], field[1]) if field is not None else None for field in found)


_KINDS: Mapping[str, _Kind] = {
    "channel": _Kind(Channel, _CHANNEL, ("uuid",)),
    "user": _Kind(User, _USER, ("id",)),
    "group": _Kind(Group, _GROUP, ("id",)),
    "group_member": _Kind(GroupMember, _MEMBER, ("id", "group_id", "user_id")),
    "terminal": _Kind(Terminal, _TERMINAL, ("id",)),
}
_NAMES = [field.name for field in fields(Channel)]
_UUID, _SPELLING = _NAMES.index("uuid"), _NAMES.index("spelling")
_CHANGES: Mapping[Term, Change] = {change.value: change for change in Change}


class Parser:
    """Reads the messages of one connection: it remembers the field names that the PBX gave, so a new connection needs
    a new one. One thread at a time."""

    def __init__(self) -> None:
        self._plans: dict[str, _Plan] = {}

    def feed(self, term: Term) -> Message:
        """What one decoded frame says. ``Ignored`` for every message that says nothing to us: of another kind, about
        an element that is not known or whose fields were not named yet, or without the element's key. Never raises.
        """
        if not isinstance(term, tuple) or len(term) < 2:
            return Ignored("no message")
        said = _word(term[0])
        if said == "info_event":
            return self._event(term)
        if said == "initial_info":
            return self._snapshot(term)
        if said == "field_spec":
            return self._field_spec(term)
        if said == "system_msg":
            return SystemMessage(_word(term[1]))
        return Ignored(said or "no message")

    def _field_spec(self, term: tuple[Term, ...]) -> Message:
        kind = _word(term[1])
        names = term[2] if len(term) > 2 else None
        if kind in _KINDS and isinstance(names, (list, tuple)):
            self._plans[kind] = _KINDS[kind].plan([_word(name) for name in names])
        return Ignored(f"field_spec {kind}")

    def _snapshot(self, term: tuple[Term, ...]) -> Message:
        kind = _word(term[1])
        rows = term[2] if len(term) > 2 else None
        plan = self._plans.get(kind)
        if plan is None or not isinstance(rows, list) or len(rows) > MOST_ELEMENTS:
            return Ignored(f"initial_info {kind}")
        made = (_element(kind, plan, row) for row in rows)
        return Snapshot(kind, tuple(element for element in made if element is not None))

    def _event(self, term: tuple[Term, ...]) -> Message:
        kind = _word(term[1])
        plan = self._plans.get(kind)
        change = _CHANGES.get(_word(term[3])) if len(term) > 3 else None
        if plan is None or change is None:
            return Ignored(f"info_event {kind}")
        element = _element(kind, plan, term[2], gone=change is Change.REMOVED)
        return Ignored(f"info_event {kind}") if element is None else ElementEvent(change, element)


def _element(kind: str, plan: _Plan, row: Term, gone: bool = False) -> Element | None:
    """The element that a tuple describes; None without its key. Of one that is ``gone``, the key is enough."""
    if not isinstance(row, tuple):
        return None
    how = _KINDS[kind]
    values = _values(how, plan, row)
    if kind == "channel":
        _take_uuid(values)
    for place in how.needed:
        if values[place] is None or values[place] == "":
            if not gone or place == how.needed[0]:
                return None
            values[place] = 0
    return how.make(*values)


def _values(how: _Kind, plan: _Plan, row: tuple[Term, ...]) -> list[Any]:
    values = how.absent.copy()
    for field, term in zip(plan, row, strict=False):
        if term is None or field is None:
            continue
        place, read = field
        if read is text and type(term) is bytes and len(term) <= LONGEST_TEXT:
            try:
                values[place] = term.decode()  # what text does with most, a call less for each
                continue
            except UnicodeDecodeError:
                pass
        value = read(term)
        if value is not None:
            values[place] = value
    return values


def _take_uuid(values: list[Any]) -> None:
    """From how it is spelled; the spelling is kept where it differs."""
    spelling = values[_SPELLING]
    values[_UUID] = uuid = spelling.lower()
    if uuid == spelling:
        values[_SPELLING] = ""


def _word(term: Term) -> str:
    """A word of the protocol: an atom, or text that stands for one."""
    return (word(term) or "")[:_LONGEST_WORD]
