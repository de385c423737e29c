"""The end of a call as the log has it, for a card whose feed has forgotten the call. No Qt."""

from __future__ import annotations

from dataclasses import replace

from basix_desktop.domain.calls import LiveSummary
from basix_desktop.domain.live import CallPhase, EndedBy, LiveCall


def as_recorded(call: LiveCall, told: LiveSummary, now: int) -> LiveCall:
    """The last picture of a call with the end that the log has of it."""
    try:
        by = EndedBy(told.ended_by)
    except ValueError:
        by = EndedBy.UNKNOWN
    ended = replace(call, phase=CallPhase.ENDED, ended_by=by, cause=told.cause, ringing=())
    ended = replace(ended, connected_with=told.connected_with or call.connected_with)
    if told.talked_ms is None:
        return ended
    start = call.connected_at if call.connected_at is not None else now - told.talked_ms
    over = start + told.talked_ms
    return replace(ended, connected_at=start, talk_from=start, talk_to=over, ended_at=over)
