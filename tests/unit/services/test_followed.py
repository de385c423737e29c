"""Whose doing the end of a call is that we hang up."""

from __future__ import annotations

import pytest

from basix_desktop.domain.calls import Attempt, CallRequest, State
from basix_desktop.domain.feed import Channel
from basix_desktop.domain.legs import Leg
from basix_desktop.domain.live import CallPhase, EndedBy, LiveCall, Milestone
from basix_desktop.domain.stages import Course
from basix_desktop.services.followed import LATE, Followed

REQUEST = CallRequest("0312341234", "sales")
ATTEMPT = Attempt("a", 1, 0, 0, "A", "s", "d", REQUEST, State.ACCEPTED, uuids=("leg",))


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def ended_by(followed: Followed, by: EndedBy) -> EndedBy:
    """As the card has it, which is as the time line has it."""
    ended = LiveCall("leg", CallPhase.ENDED, ended_by=by)
    call = followed.call(ATTEMPT, {"leg": Leg(ended, Channel("leg"), Course(ended))})
    told = followed.named(Milestone("leg", CallPhase.ENDED, 1, {"by": by.value}))
    assert call is not None
    assert call.ended_by is not None
    assert told.data["by"] == call.ended_by
    return call.ended_by


@pytest.mark.parametrize("by", [EndedBy.DESTINATION, EndedBy.PBX])
def test_what_the_pbx_sends_while_we_hang_up_is_ours(by: EndedBy) -> None:
    followed = Followed(Clock())
    assert ended_by(followed, by) is by
    followed.hanging_up(ATTEMPT)
    assert ended_by(followed, by) is EndedBy.US


@pytest.mark.parametrize("by", [EndedBy.CALLER, EndedBy.UNTOLD, EndedBy.UNKNOWN])
def test_what_the_pbx_did_not_send_is_not(by: EndedBy) -> None:
    followed = Followed(Clock())
    followed.hanging_up(ATTEMPT)
    assert ended_by(followed, by) is by


def test_a_hang_up_that_nothing_confirms_may_still_take_effect_for_a_while() -> None:
    followed = Followed(clock := Clock())
    followed.hanging_up(ATTEMPT)
    followed.not_hanging_up(ATTEMPT, sent=True)
    clock.now += LATE - 1
    assert ended_by(followed, EndedBy.DESTINATION) is EndedBy.US
    clock.now += 1
    assert ended_by(followed, EndedBy.DESTINATION) is EndedBy.DESTINATION


def test_a_hang_up_that_was_not_sent_takes_no_effect() -> None:
    followed = Followed(Clock())
    followed.hanging_up(ATTEMPT)
    followed.not_hanging_up(ATTEMPT, sent=False)
    assert ended_by(followed, EndedBy.DESTINATION) is EndedBy.DESTINATION
