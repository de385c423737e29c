"""The end of a call as the log has it, on a card whose feed has forgotten the call."""

from __future__ import annotations

from basix_desktop.domain.calls import LiveSummary
from basix_desktop.domain.live import CallPhase, EndedBy, LiveCall
from basix_desktop.ui.live.recorded import as_recorded


def test_the_length_is_the_log_s_also_where_the_talk_was_handed_on() -> None:
    call = LiveCall("u", CallPhase.CONNECTED, answered_at=1_000, connected_at=2_000, talk_from=300_000)
    told = LiveSummary(CallPhase.ENDED, "Ken Mori", 70_000, "caller", "NORMAL_CLEARING")
    ended = as_recorded(call, told, 500_000)
    assert (ended.phase, ended.ended_by, ended.connected_with) == (CallPhase.ENDED, EndedBy.CALLER, "Ken Mori")
    assert ended.talked_ms == 70_000
