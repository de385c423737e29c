"""What time it is by the PBX's clock, told from its own events. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from basix_desktop.domain.feed import FeedPhase
from basix_desktop.domain.live import LiveCall, LiveView

#: Milliseconds a connection must have been live before what it tells is taken for new: a snapshot tells of the past.
_FRESH_AFTER = 3_000


class PbxClock:
    """An event is told a moment after it happened, so the least distance between the PBX's time of an event and ours of
    hearing it is how far the clocks are apart. Only what happens while the feed is live counts for that. Until then our
    own clock is taken, less what would put something that has happened into the future."""

    def __init__(self, now: Callable[[], int]) -> None:
        self._now = now
        self._live_since: int | None = None
        self._known: dict[str, LiveCall] = {}
        self._apart: int | None = None  # ours less the PBX's, as seen
        self._most: int | None = None  # it cannot be more

    def take(self, view: LiveView) -> None:
        """What the feed now tells."""
        now = self._now()
        if view.status.phase is not FeedPhase.LIVE:
            self._live_since = None
        elif self._live_since is None:
            self._live_since, self._apart, self._most = now, None, None
        fresh = self._live_since is not None and now - self._live_since >= _FRESH_AFTER
        for attempt_id, call in view.calls.items():
            before = self._known.get(attempt_id)
            told = set(_stamps(call)) - set(_stamps(before) if before is not None else ())
            for stamp in told:
                self._most = _least(self._most, now - stamp)
                if fresh and before is not None and stamp == max(_stamps(call)):
                    self._apart = _least(self._apart, now - stamp)
        self._known = dict(view.calls)

    def now(self) -> int:
        """Milliseconds since the epoch by the PBX's clock, as nearly as can be told."""
        apart = self._apart if self._apart is not None else min(0, self._most if self._most is not None else 0)
        return self._now() - apart


def _least(known: int | None, value: int) -> int:
    return value if known is None else min(known, value)


def _stamps(call: LiveCall) -> Iterator[int]:
    stamps = (call.offered_at, call.answered_at, call.destination_at, call.connected_at, call.stage_at, call.ended_at)
    return (stamp for stamp in stamps if stamp is not None)
