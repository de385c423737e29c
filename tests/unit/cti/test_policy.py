"""When the feed tries again, and when it waits for somebody to act."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basix_desktop.cti.policy import Closed, End, Policy, Step, Timing, Why, judge_status, read_retry_after


class World:
    """A policy with a clock and chance in hand."""

    def __init__(self, chance: float = 1.0) -> None:
        self.now = 1000.0
        self.chance = chance
        self.policy = Policy(Timing(), lambda: self.chance, lambda: self.now)

    def end(self, why: Why, retry_after: float = 0.0) -> Step:
        return self.policy.after(End(why, retry_after=retry_after))

    def live_for(self, seconds: float) -> None:
        self.policy.opened()
        self.policy.live()
        self.now += seconds


def test_waits_double_up_to_a_minute() -> None:
    world = World()
    assert [world.end(Why.LOST).seconds for _ in range(9)] == [1, 2, 4, 8, 16, 32, 60, 60, 60]


@given(st.floats(0, 1, exclude_max=True), st.integers(0, 2000))
def test_the_jitter_is_full_and_the_wait_never_beyond_a_minute(chance: float, failures: int) -> None:
    world = World(chance)
    for _ in range(failures):
        world.end(Why.LOST)
    seconds = world.end(Why.LOST).seconds
    assert seconds == min(60, 2.0 ** min(failures, 10)) * chance


@pytest.mark.parametrize(("live_for", "wait"), [(59, 8), (60, 1), (3600, 1)])
def test_a_minute_live_earns_a_short_wait_again(live_for: float, wait: float) -> None:
    world = World()
    for _ in range(3):
        world.end(Why.LOST)
    world.live_for(live_for)
    assert world.end(Why.LOST).seconds == wait


def test_a_connection_that_never_gets_live_earns_nothing() -> None:
    world = World()
    for _ in range(3):
        world.policy.opened()
        world.now += 3600
        step = world.end(Why.LOST)
    assert step.seconds == 4


@pytest.mark.parametrize(
    ("why", "reason", "can_force"),
    [
        (Why.TOKEN_REFUSED, "token_refused", False),
        (Why.TOKEN_MISSING, "token_missing", False),
        (Why.UNUSABLE, "unusable", False),
        (Why.REPLACED, "replaced", True),
        (Why.LIMIT, "limit_reached", True),
    ],
)
def test_some_ends_wait_for_somebody_to_act(why: Why, reason: str, can_force: bool) -> None:
    step = World().end(why)
    assert (step.reason, step.seconds, step.can_force) == (reason, None, can_force)


@pytest.mark.parametrize(("chance", "wait"), [(0.0, 60), (0.5, 90), (1.0, 120)])
@pytest.mark.parametrize(
    ("why", "reason"),
    [
        (Why.REFUSED, "refused"),
        (Why.CERTIFICATE, "certificate"),
        (Why.PROXY, "proxy"),
        (Why.UNABLE, "unable"),
        (Why.TOKEN_LATE, "token_missing"),
    ],
)
def test_a_refusal_is_tried_again_slowly(why: Why, reason: str, chance: float, wait: float) -> None:
    assert World(chance).end(why) == Step(reason, wait)


def test_a_pbx_that_tells_nothing_is_tried_again_as_after_a_loss() -> None:
    world = World()
    assert [world.end(why) for why in (Why.LOST, Why.SILENT)] == [Step("lost", 1), Step("silent", 2)]


def test_after_a_sleep_it_begins_at_once_and_anew() -> None:
    world = World()
    for _ in range(5):
        world.end(Why.LOST)
    assert world.end(Why.WOKEN) == Step("lost", 0)
    assert world.end(Why.LOST).seconds == 1


def test_asking_begins_anew() -> None:
    world = World()
    for _ in range(5):
        world.end(Why.LOST)
    world.policy.asked()
    assert world.end(Why.LOST).seconds == 1


def test_the_server_may_ask_for_less_haste_but_not_for_more() -> None:
    assert World().end(Why.LOST, retry_after=30).seconds == 30
    assert World().end(Why.REFUSED, retry_after=30).seconds == 120


@pytest.mark.parametrize("why", [Why.LOST, Why.SILENT, Why.WOKEN])
def test_a_limit_after_our_own_loss_may_be_our_own_connection(why: Why) -> None:
    """The PBX may still count the connection that the network swallowed."""
    world = World()
    world.live_for(500)
    world.end(why)
    world.now += 100
    step = world.end(Why.LIMIT)
    assert (step, step.can_force) == (Step("limit_reached", 20), True)
    world.now += 20
    assert world.end(Why.LIMIT).seconds is None


@pytest.mark.parametrize("why", [Why.REPLACED, Why.LIMIT, Why.TOKEN_REFUSED])
def test_a_connection_that_the_pbx_closed_is_no_ghost(why: Why) -> None:
    world = World()
    world.live_for(500)
    world.end(why)
    assert world.end(Why.LIMIT).seconds is None


def test_an_attempt_that_never_connected_leaves_no_ghost() -> None:
    world = World()
    world.end(Why.LOST)
    assert world.end(Why.LIMIT).seconds is None


@pytest.mark.parametrize(
    ("status", "why"),
    [
        *[(status, Why.TOKEN_REFUSED) for status in (401, 403)],
        *[(status, Why.LOST) for status in (408, 425, 429, 500, 502, 503, 504, 599)],
        *[(status, Why.REFUSED) for status in (200, 204, 301, 302, 307, 308, 400, 404, 405, 407, 410, 426)],
    ],
)
def test_answers_other_than_the_upgrade(status: int, why: Why) -> None:
    end = judge_status(status)
    assert (end.why, end.detail) == (why, f"HTTP {status}")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("30", 30), (" 5 ", 5), ("86400", 600), ("9" * 5000, 600), ("", 0), ("-1", 0), ("1.5", 0), ("٣", 0),
     ("Mon, 23 Nov 2026 00:00:00 GMT", 0)],
)  # fmt: skip
def test_retry_after(text: str, seconds: float) -> None:
    assert read_retry_after(text) == seconds
    assert judge_status(503, text).retry_after == seconds


def test_a_closed_connection_says_no_more_than_its_end() -> None:
    assert str(Closed(End(Why.LOST, "closed with 1000"))) == "closed with 1000"
