"""A call that the feed has forgotten ends on its card as it does in the log."""

from __future__ import annotations

import pytest

from basix_desktop.domain.calls import LiveSummary
from basix_desktop.domain.live import CallPhase, EndedBy, LiveCall
from basix_desktop.ui.live.recorded import as_recorded

NOW = 1_795_000_000_000
TALKING = LiveCall(
    "u", CallPhase.CONNECTED, NOW - 90_000, NOW - 80_000, connected_at=NOW - 70_000, connected_with="Ken"
)
RINGS = LiveCall("u", CallPhase.DESTINATION_RINGING, NOW - 90_000, NOW - 80_000, ringing=("Helen", "Ken"))


def test_a_talk_has_the_length_that_was_recorded() -> None:
    told = LiveSummary(CallPhase.ENDED, "Helen", 60_000, EndedBy.CALLER, "NORMAL_CLEARING")
    ended = as_recorded(TALKING, told, NOW)
    assert (ended.phase, ended.ended_by, ended.cause) == (CallPhase.ENDED, EndedBy.CALLER, "NORMAL_CLEARING")
    assert (ended.connected_with, ended.talked_ms) == ("Helen", 60_000)
    assert (ended.uuid, ended.offered_at, ended.answered_at) == ("u", NOW - 90_000, NOW - 80_000)


def test_a_talk_that_was_never_seen_here_ends_now() -> None:
    ended = as_recorded(RINGS, LiveSummary(CallPhase.ENDED, "Helen", 60_000, EndedBy.DESTINATION), NOW)
    assert (ended.connected_at, ended.ended_at, ended.talked_ms) == (NOW - 60_000, NOW, 60_000)
    assert ended.connected_with == "Helen"


def test_without_a_length_none_is_made_up() -> None:
    ended = as_recorded(TALKING, LiveSummary(CallPhase.ENDED, ended_by=EndedBy.UNKNOWN), NOW)
    assert (ended.phase, ended.ended_at, ended.talked_ms) == (CallPhase.ENDED, None, None)
    assert ended.connected_with == "Ken", "whom the feed named stays named"


def test_nobodys_telephone_rings_any_more() -> None:
    assert as_recorded(RINGS, LiveSummary(CallPhase.ENDED, ended_by=EndedBy.CALLER), NOW).ringing == ()


@pytest.mark.parametrize("said", ["", "somebody", "Caller"])
def test_an_end_by_nobody_known_is_nobodys(said: str) -> None:
    assert as_recorded(TALKING, LiveSummary(CallPhase.ENDED, ended_by=said), NOW).ended_by is EndedBy.UNKNOWN


def test_the_length_is_the_log_s_also_where_the_talk_was_handed_on() -> None:
    call = LiveCall("u", CallPhase.CONNECTED, answered_at=1_000, connected_at=2_000, talk_from=300_000)
    told = LiveSummary(CallPhase.ENDED, "Ken Mori", 70_000, "caller", "NORMAL_CLEARING")
    ended = as_recorded(call, told, 500_000)
    assert (ended.phase, ended.ended_by, ended.connected_with) == (CallPhase.ENDED, EndedBy.CALLER, "Ken Mori")
    assert ended.talked_ms == 70_000
