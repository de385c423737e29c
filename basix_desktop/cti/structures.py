"""The parts of a channel that have parts of their own (basix-api.md 2.3): state, target, other side, customers.

Each gives None, or an empty value, where the term is of another shape; what is missing at its end is absent.
"""

from __future__ import annotations

from urllib.parse import unquote, unquote_plus

from basix_desktop.cti.fields import moment, number, text
from basix_desktop.domain.calls import EndUser
from basix_desktop.domain.feed import ChannelState, OtherParty, Target
from basix_desktop.etf.terms import Term

_MANY = "_MANY_:"
_MOST_PEOPLE = 50  # of one call; more than anybody reads, and a bound on the work for one text
_MOST_PARTS = 100


def end_users(term: Term) -> tuple[EndUser, ...] | None:
    """``id*name*organization*avatar*prefecture``, or ``_MANY_:COUNT|one|another``; nothing but ``*`` is nobody.

    The parts are form-encoded. At most 50 people.
    """
    said = text(term)
    if said is None:
        return None
    people = said.split("|", _MOST_PEOPLE + 1)[1 : _MOST_PEOPLE + 1] if said.startswith(_MANY) else [said]
    return tuple(user for user in map(_end_user, people) if user)


def _end_user(said: str) -> EndUser:
    parts = [unquote_plus(part) if "%" in part or "+" in part else part for part in said.split("*", 5)[:5]]
    return EndUser(*parts)


def origination(term: Term) -> tuple[str, ...] | None:
    """``method*part*…``, each percent-encoded."""
    said = text(term)
    return tuple(map(unquote, said.split("*", _MOST_PARTS)[:_MOST_PARTS])) if said else None


def tags(term: Term) -> tuple[str, ...] | None:
    """``one;another``."""
    said = text(term)
    return tuple(part for part in said.split(";", _MOST_PARTS)[:_MOST_PARTS] if part) if said else None


def target(term: Term) -> Target | None:
    """``{type, id, name, address}``."""
    kind = text(_part(term, 0))
    if not kind:
        return None
    return Target(kind, number(_part(term, 1)), _words(term, 2), _words(term, 3))


def other_party(term: Term) -> OtherParty | None:
    """``{type, user_id or end_user, direction, peer_location, address, offer_timestamp, group_id, whoscall}``."""
    kind = text(_part(term, 0))
    if not kind:
        return None
    who = _part(term, 1)
    return OtherParty(
        type=kind,
        user_id=number(who) if kind == "user" else None,
        end_users=(end_users(who) or ()) if kind == "end_user" else (),
        direction=_words(term, 2),
        peer_location=_words(term, 3),
        address=_words(term, 4),
        offered_at=moment(_part(term, 5)),
        group_id=number(_part(term, 6)),
        whoscall=_words(term, 7),
    )


def state(term: Term) -> ChannelState | None:
    """``{Timestamp, Name, …}``; a name that is not known is kept, what follows it is not."""
    name = text(_part(term, 1))
    if not name:
        return None
    at = moment(_part(term, 0))
    if name == "calling":
        return _calling(at, term)
    if name == "voicemail":
        kind, whose = _words(term, 2), number(_part(term, 3))
        return ChannelState(
            name,
            at,
            target_type=kind,
            user_id=whose if kind == "user" else None,
            group_id=whose if kind == "group" else None,
            detail=_words(term, 4),
        )
    if name == "park":
        return ChannelState(name, at, user_id=number(_part(term, 4)), detail=_words(term, 2), extra=_words(term, 5))
    if name == "eavesdrop":
        return ChannelState(name, at, detail=_words(term, 2), extra=_words(term, 3))
    if name in _ONE_WORD:
        return ChannelState(name, at, detail=_words(term, 2))
    return ChannelState(name, at)


_ONE_WORD = frozenset({"checking_voicemail", "calling_siptermination", "ivr", "system_operation", "conference"})


def _calling(at: int | None, term: Term) -> ChannelState:
    """Who is being rung: ``{_, calling, int or ext, type, data}``."""
    location, kind, data = _words(term, 2), _words(term, 3), _part(term, 4)
    user_id = group_id = None
    address = detail = ""
    if kind == "user":
        user_id = number(_part(data, 0))
    elif kind == "group":
        group_id, detail = number(_part(data, 1)), _words(data, 4)
    elif kind == "pstn":
        address = _words(data, 0)
    elif kind == "bridged_endpoint":
        address = "@".join(filter(None, (_words(data, 0), _words(data, 1))))
    return ChannelState("calling", at, location, kind, user_id, group_id, address, detail)


def _part(term: Term, index: int) -> Term:
    """That part of a tuple; None where it has none. (A list stands for a tuple, as to the vendor's reader.)"""
    if isinstance(term, (tuple, list)) and index < len(term):
        return term[index]
    return None


def _words(term: Term, index: int) -> str:
    part = _part(term, index)
    return "" if part is None else text(part) or ""
