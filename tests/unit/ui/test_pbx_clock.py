"""What time it is by the PBX's clock: what a snapshot tells of the past is not taken for news."""

from __future__ import annotations

import pytest

from basix_desktop.domain.feed import FeedPhase, FeedStatus
from basix_desktop.domain.live import CallPhase, LiveCall, LiveView
from basix_desktop.ui.live.pbx_clock import PbxClock

T0 = 1_795_000_000_000
LIVE, LOST = FeedStatus(FeedPhase.LIVE), FeedStatus(FeedPhase.WAITING, "lost", 3.0)
FOLLOWING = LiveCall("u")


def ringing(at: int) -> LiveCall:
    return LiveCall("u", CallPhase.RINGING, offered_at=at, stage_at=at)


class Watch:
    """A window's look at the feed. ``ms`` is our clock; the PBX's is ``ahead`` of it by so much."""

    def __init__(self, ahead: int) -> None:
        self.ms = T0
        self.ahead = ahead
        self.clock = PbxClock(lambda: self.ms)

    def see(self, *calls: LiveCall, status: FeedStatus = LIVE) -> None:
        self.clock.take(LiveView(status, {f"a{place}": call for place, call in enumerate(calls)}))

    @property
    def pbx(self) -> int:
        return self.ms + self.ahead

    @property
    def wrong(self) -> int:
        """Milliseconds by which it is off."""
        return self.clock.now() - self.pbx


@pytest.mark.parametrize("ahead", [-90_000, 0, 90_000])
def test_an_event_heard_while_looking_on_tells_how_far_the_clocks_are_apart(ahead: int) -> None:
    watch = Watch(ahead)
    watch.see(FOLLOWING)
    watch.ms += 3_000
    watch.see(FOLLOWING)
    watch.ms += 40
    watch.see(ringing(watch.pbx - 40))
    assert watch.wrong == -40
    watch.ms += 60_000
    assert watch.wrong == -40


@pytest.mark.parametrize("since_live", [0, 1, 2_999])
@pytest.mark.parametrize("before", [(), (FOLLOWING,)])
def test_what_comes_right_after_connecting_may_be_long_ago(since_live: int, before: tuple[LiveCall, ...]) -> None:
    """Clocks that agree are not taken to be three minutes apart because of a call of three minutes' length."""
    watch = Watch(0)
    watch.see(*before)
    watch.ms += since_live
    watch.see(ringing(watch.pbx - 180_000))
    assert watch.wrong == 0


def test_a_call_first_seen_at_all_may_be_long_ago_at_any_time() -> None:
    watch = Watch(0)
    watch.see()
    watch.ms += 60_000
    watch.see(ringing(watch.pbx - 180_000))
    assert watch.wrong == 0


def test_nothing_that_has_happened_lies_in_the_future() -> None:
    watch = Watch(90_000)
    watch.see()
    watch.see(ringing(watch.pbx - 5_000))
    assert watch.clock.now() == watch.pbx - 5_000


def test_after_every_reconnect_it_is_found_out_anew() -> None:
    """The PBX's clock may have been put right meanwhile, and again a snapshot comes first."""
    watch = Watch(0)
    watch.see(FOLLOWING)
    watch.ms += 3_000
    watch.see(ringing(watch.pbx))
    assert watch.wrong == 0
    watch.see(ringing(watch.pbx), status=LOST)
    watch.ms += 60_000
    watch.ahead = -90_000
    watch.see(ringing(watch.pbx - 180_000))
    assert watch.clock.now() == watch.ms, "not known yet, so ours is taken"
    watch.ms += 3_000
    answered = LiveCall("u", CallPhase.ANSWERED, offered_at=watch.pbx - 183_000, answered_at=watch.pbx)
    watch.see(answered)
    assert watch.wrong == 0
