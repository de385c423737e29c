"""What became of a placed call, as far as the feed has told: somebody inside spoke with the number, or nobody did."""

from __future__ import annotations

from typing import Final

from basix_desktop.domain.calls import LiveSummary
from basix_desktop.domain.live import UNTOLD, CallPhase, EndedBy

#: FreeSWITCH's causes for a leg that ended because its call went to somebody else.
HANDED_ON: Final = ("BLIND_TRANSFER", "ATTENDED_TRANSFER")


def was_connected(live: LiveSummary) -> bool:
    """Whether somebody inside spoke, or speaks, with the outside number: also where it went elsewhere afterwards."""
    if live.talked_ms is not None or (live.phase == CallPhase.ENDED and live.connected_with):
        return True
    return CallPhase.CONNECTED in (live.phase, live.reached)


def was_handed_on(live: LiveSummary) -> bool:
    """Whether it went to somebody else, of whom nothing is known here."""
    return live.cause in HANDED_ON or live.reached == CallPhase.TRANSFERRED


def was_not_answered(live: LiveSummary) -> bool:
    """Whether it is over and nobody spoke: busy, refused, not picked up on either side, hung up before, voicemail. Not
    so where the end was not seen, or where it was handed on or taken by a function of the PBX's: then nobody can tell.
    """
    if live.phase != CallPhase.ENDED or was_connected(live) or live.reached in UNTOLD:
        return False
    return live.reached == CallPhase.VOICEMAIL or not (was_handed_on(live) or live.ended_by == EndedBy.UNKNOWN)
