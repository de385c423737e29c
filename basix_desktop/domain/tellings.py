"""Several tellings of one channel, heard in any order, as one.

The likeliest telling, later than the one before and complete, is taken as it comes: a busy PBX tells a thousand times a
second.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from basix_desktop.domain.feed import HANGUP, Channel

_LASTING = (
    "direction", "peer_location", "called_number", "calling_number", "origination", "end_users", "target", "state",
)  # fmt: skip


def newer(known: Channel, told_now: Channel, *, late: bool | None = None) -> Channel:
    """Two tellings of one channel as one: what is set stays set, and the state that is later by its own time counts.
    The order in which they were heard does not matter where times are told. ``late``: whether ``told_now`` tells of a
    past state, where the caller knows; else :func:`older` says."""
    if late is None:
        late = older(told_now, known)
    later, earlier = (known, told_now) if late else (told_now, known)
    offered = known.offered_at if known.offered_at is not None else told_now.offered_at
    answered = known.answered_at if known.answered_at is not None else told_now.answered_at
    hung_up = known.hung_up_at if known.hung_up_at is not None else told_now.hung_up_at
    same_times = offered == later.offered_at and answered == later.answered_at and hung_up == later.hung_up_at
    if same_times and _has_everything(later, earlier):
        return later
    ended = earlier if earlier.last_event == HANGUP and later.last_event != HANGUP else later
    values: dict[str, Any] = {name: getattr(later, name) or getattr(earlier, name) for name in _LASTING}
    values |= {"offered_at": offered, "answered_at": answered, "hung_up_at": hung_up}
    values |= {"last_event": ended.last_event, "last_event_data": ended.last_event_data}
    return replace(later, **values)


def _has_everything(later: Channel, earlier: Channel) -> bool:
    """Whether nothing of an earlier telling has to be kept."""
    return bool(
        (later.state or not earlier.state)
        and (later.target or not earlier.target)
        and (later.end_users or not earlier.end_users)
        and (later.origination or not earlier.origination)
        and (later.called_number or not earlier.called_number)
        and (later.calling_number or not earlier.calling_number)
        and (later.direction or not earlier.direction)
        and (later.peer_location or not earlier.peer_location)
        and (later.last_event == HANGUP or earlier.last_event != HANGUP)
    )


def older(told_now: Channel, known: Channel) -> bool:
    """Whether ``told_now`` is a late telling of a past state. Of one moment's tellings, one that lacks what another has
    is the older one: what is set stays set."""
    now, then = told_now.state, known.state
    if now is None or then is None:
        return now is None and then is not None
    timed = False
    if now.at is not None and then.at is not None:
        if now.at != then.at:
            return now.at < then.at
        timed = True
    lacks = (told_now.answered_at is None, told_now.hung_up_at is None)
    lacked = (known.answered_at is None, known.hung_up_at is None)
    if lacks != lacked or not timed:
        return lacks > lacked
    return told_now.last_bridged_user_id is None and known.last_bridged_user_id is not None


def same(one: Channel, other: Channel) -> bool:
    """Whether two tellings say the same. What mostly differs is looked at first: what an old channel holds has left
    the processor's cache long since."""
    if one is other:
        return True
    if one.last_event != other.last_event or one.answered_at != other.answered_at:
        return False
    now, then = one.state, other.state
    if now is not None and then is not None and now.at != then.at:
        return False
    return one == other
