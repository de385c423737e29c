"""The parts of a channel that have parts of their own (basix-api.md 2.3): state, target, other side, customers.

Each gives None, or an empty value, where the term is of another shape; what is missing at its end is absent.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import unquote, unquote_plus

from basix_desktop.cti.fields import LONGEST_TEXT, moment, number, text, word
from basix_desktop.domain.calls import EndUser
from basix_desktop.domain.feed import ChannelState, OtherParty, Target
from basix_desktop.etf.terms import Term

_MANY = "_MANY_:"
_MOST_PEOPLE = 50  # of one call; more than anybody reads, and a bound on the work for one text
_MOST_PARTS = 100
_WORTH_KEEPING = 512  # characters; so the kept ones stay below some MB
_ONE_WORD = frozenset({"checking_voicemail", "calling_siptermination", "ivr", "system_operation", "conference"})


def end_users(term: Term) -> tuple[EndUser, ...] | None:
    """``id*name*organization*avatar*prefecture``, or ``_MANY_:COUNT|one|another``; nothing but ``*`` is nobody.

    The parts are form-encoded. At most 50 people.
    """
    said = text(term)
    if said is None:
        return None
    return _people_again(said) if len(said) <= _WORTH_KEEPING else _people(said)


def _people(said: str) -> tuple[EndUser, ...]:
    people = said.split("|", _MOST_PEOPLE + 1)[1 : _MOST_PEOPLE + 1] if said.startswith(_MANY) else [said]
    return tuple(user for user in map(_end_user, people) if user)


def _end_user(said: str) -> EndUser:
    parts = [unquote_plus(part) if "%" in part or "+" in part else part for part in said.split("*", 5)[:5]]
    return EndUser(*parts)


def origination(term: Term) -> tuple[str, ...] | None:
    """``method*part*…``, each percent-encoded."""
    said = text(term)
    if not said:
        return None
    return _methods_again(said) if len(said) <= _WORTH_KEEPING else _methods(said)


def _methods(said: str) -> tuple[str, ...]:
    return tuple([unquote(part) if "%" in part else part for part in said.split("*", _MOST_PARTS)[:_MOST_PARTS]])


# All events of one call say the same of it.
_people_again = lru_cache(maxsize=1024)(_people)
_methods_again = lru_cache(maxsize=1024)(_methods)


def tags(term: Term) -> tuple[str, ...] | None:
    """``one;another``."""
    said = text(term)
    return tuple([part for part in said.split(";", _MOST_PARTS)[:_MOST_PARTS] if part]) if said else None


def target(term: Term) -> Target | None:
    """``{type, id, name, address}``."""
    kind, whose, name, address = _parts(term, 4)
    said = _words(kind)
    return Target(said, number(whose), _words(name), _words(address)) if said else None


def other_party(term: Term) -> OtherParty | None:
    """``{type, user_id or end_user, direction, peer_location, address, offer_timestamp, group_id, whoscall}``."""
    kind, who, direction, location, address, offered, group, whoscall = _parts(term, 8)
    said = _words(kind)
    if not said:
        return None
    return OtherParty(
        said,
        number(who) if said == "user" else None,
        (end_users(who) or ()) if said == "end_user" else (),
        _words(direction),
        _words(location),
        _words(address),
        moment(offered),
        number(group),
        _words(whoscall),
    )


def state(term: Term) -> ChannelState | None:
    """``{Timestamp, Name, …}``; a name that is not known is kept, what follows it is not."""
    at, said, one, two, three, four = _parts(term, 6)
    name = _words(said)
    if not name:
        return None
    when = moment(at)
    if name == "calling":
        return _calling(when, _words(one), _words(two), three)
    if name == "voicemail":
        kind, whose = _words(one), number(two)
        user, group = (whose if kind == "user" else None), (whose if kind == "group" else None)
        return ChannelState(name, when, "", kind, user, group, "", _words(three))
    if name == "park":
        return ChannelState(name, when, user_id=number(three), detail=_words(one), extra=_words(four))
    if name == "eavesdrop":
        return ChannelState(name, when, detail=_words(one), extra=_words(two))
    return ChannelState(name, when, detail=_words(one) if name in _ONE_WORD else "")


def _calling(at: int | None, location: str, kind: str, data: Term) -> ChannelState:
    """Who is being rung. ``data`` depends on the kind."""
    user_id = group_id = None
    address = detail = ""
    first, second, _, _, fifth = _parts(data, 5)
    if kind == "user":
        user_id = number(first)
    elif kind == "group":
        group_id, detail = number(second), _words(fifth)
    elif kind == "pstn":
        address = _words(first)
    elif kind == "bridged_endpoint":
        address = "@".join(filter(None, (_words(first), _words(second))))
    return ChannelState("calling", at, location, kind, user_id, group_id, address, detail)


def _parts(term: Term, count: int) -> tuple[Term, ...]:
    """Exactly so many parts of a tuple, None where it has none: all None of what is no tuple."""
    if not isinstance(term, tuple):
        return (None,) * count
    missing = count - len(term)
    return term + (None,) * missing if missing >= 0 else term[:count]


def _words(term: Term) -> str:
    if term is None:
        return ""
    if type(term) is str and len(term) <= LONGEST_TEXT:
        return term
    return word(term) or ""
