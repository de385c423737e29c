"""The feed's terms as typed messages (basix-api.md 2.3). Never raises: what is not understood is left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from basix_desktop.cti.fields import flag, moment, number, text, uuid, word
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
_Plan = tuple[_Field | None, ...]  # one for each position of the PBX's tuples, None where nothing is read

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
# How an element is read, and without which of our fields it is none.
_KINDS: Mapping[str, tuple[Callable[..., Element], Mapping[str, _Field], tuple[str, ...]]] = {
    "channel": (Channel, _CHANNEL, ("uuid",)),
    "user": (User, _USER, ("id",)),
    "group": (Group, _GROUP, ("id",)),
    "group_member": (GroupMember, _MEMBER, ("id", "group_id", "user_id")),
    "terminal": (Terminal, _TERMINAL, ("id",)),
}
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
        word = _word(term[0])
        if word == "info_event":
            return self._event(term)
        if word == "initial_info":
            return self._snapshot(term)
        if word == "field_spec":
            return self._field_spec(term)
        if word == "system_msg":
            return SystemMessage(_word(term[1]))
        return Ignored(word or "no message")

    def _field_spec(self, term: tuple[Term, ...]) -> Message:
        kind = _word(term[1])
        names = term[2] if len(term) > 2 else None
        if kind in _KINDS and isinstance(names, (list, tuple)):
            known = dict(_KINDS[kind][1])
            self._plans[kind] = tuple(known.pop(_word(name), None) for name in names)
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
    values: dict[str, Any] = {}
    for field, term in zip(plan, row, strict=False):
        if term is not None and field is not None:
            name, read = field
            value = read(term)
            if value is not None:
                values[name] = value
    if kind == "channel":
        _take_uuid(values)
    make, _, needed = _KINDS[kind]
    for key in needed:
        if key not in values or values[key] == "":
            if not gone or key == needed[0]:
                return None
            values[key] = 0
    return make(**values)


def _take_uuid(values: dict[str, Any]) -> None:
    """From how it is spelled; the spelling is kept where it differs."""
    spelling = values.pop("spelling", "")
    values["uuid"] = uuid = spelling.lower()
    if uuid != spelling:
        values["spelling"] = spelling


def _word(term: Term) -> str:
    """A word of the protocol: an atom, or text that stands for one."""
    return (text(term) or "")[:_LONGEST_WORD]
