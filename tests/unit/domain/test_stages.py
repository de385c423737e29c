"""A call's course: its stages in the PBX's order, however they are heard, and not without bound."""

from __future__ import annotations

from functools import reduce
from itertools import permutations

from basix_desktop.domain.live import CallPhase, LiveCall
from basix_desktop.domain.stages import REMEMBERED, Course, Stage, after

RINGS = Stage(1_000, "calling", CallPhase.DESTINATION_RINGING, "Helen")
TALKS = Stage(1_000, "bridged", CallPhase.CONNECTED, "Helen", "inside", sure=True, taken=True)
PARKED = Stage(3_000, "park", CallPhase.PARKED, "7", taken=True)
RINGS_ON = Stage(4_000, "calling", CallPhase.DESTINATION_RINGING, "Ken", taken=True)


def _picture(*stages: Stage, start: LiveCall = LiveCall("leg")) -> LiveCall:  # noqa: B008 - frozen
    return reduce(after, stages, start)


def _course(*stages: Stage) -> Course:
    course = Course(LiveCall("leg"))
    for stage in stages:
        course = course.recalling(stage)
    return course


def test_the_order_in_which_stages_are_recalled_does_not_matter() -> None:
    stages = (RINGS, TALKS, PARKED, RINGS_ON)
    pictures = {_picture(*_course(*order).stages) for order in permutations(stages)}
    (call,) = pictures
    assert (call.phase, call.destination, call.talk_from, call.talk_to) == (CallPhase.TRANSFERRED, "Ken", 1_000, 3_000)
    assert call.been == (CallPhase.CONNECTED, CallPhase.PARKED, CallPhase.TRANSFERRED)


def test_a_stage_that_is_known_adds_nothing() -> None:
    course = _course(RINGS, PARKED)
    assert course.recalling(RINGS._replace(who="somebody else")) is course
    assert course.recalling(PARKED._replace(at=None)) is course, "where it belongs cannot be told"


def test_the_newest_stage_told_again_takes_the_place_of_its_telling() -> None:
    course = Course(LiveCall("leg")).going_on(TALKS._replace(who="", sure=False))
    assert course.going_on(TALKS).stages == (TALKS,)


def test_a_call_that_is_handed_on_for_ever_keeps_its_picture_and_a_bounded_course() -> None:
    stages = [
        Stage(at, "bridged", CallPhase.CONNECTED, f"user {at}") if at % 2 else Stage(at, "park", CallPhase.PARKED)
        for at in range(1, 4 * REMEMBERED)
    ]
    course = Course(LiveCall("leg"))
    for stage in stages:
        course = course.going_on(stage)
    assert len(course.stages) == REMEMBERED
    assert _picture(*course.stages, start=course.start) == _picture(*stages)
    forgotten = Stage(0, "bridged", CallPhase.CONNECTED, "long ago")
    assert course.recalling(forgotten) is course


def test_late_stages_have_the_same_bound() -> None:
    course = Course(LiveCall("leg"))
    for at in range(1, REMEMBERED + 1):
        course = course.going_on(Stage(1_000 * at, "park", CallPhase.PARKED))
    for at in range(1, 3 * REMEMBERED):
        course = course.recalling(Stage(5_000 + at, "bridged", CallPhase.CONNECTED))
    assert len(course.stages) == REMEMBERED
    assert [each.at for each in course.stages] == sorted(each.at or 0 for each in course.stages)
