"""What a live card is at one moment: its tone, and when its running times have to be told anew."""

from __future__ import annotations

from collections.abc import Iterable

from basix_desktop.domain.live import CallPhase, LiveCall
from basix_desktop.ui.live.card import CardTone


def tone_of(call: LiveCall, live: bool) -> CardTone:
    """``live``: the feed tells of it now."""
    if call.phase is CallPhase.ENDED:
        return CardTone.OVER
    if not live:
        return CardTone.UNKNOWN
    return CardTone.CONNECTED if call.phase is CallPhase.CONNECTED else CardTone.UNDER_WAY


def to_next_second(calls: Iterable[LiveCall], now: int) -> int:
    """Milliseconds until the next second of any of their running times is full."""
    starts = [stamp for call in calls for stamp in (call.offered_at, call.answered_at, call.stage_at)]
    return min((1_000 - (now - start) % 1_000 for start in starts if start is not None), default=1_000) + 5
