"""Whatever keeps the feed from being live is said, beside the account and where people would be: which side it is on,
and what to do."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from basix_desktop.cti.policy import End, Policy, Timing, Why
from basix_desktop.domain.feed import FeedPhase, FeedStatus
from basix_desktop.ui.live.feed_chip import FeedChip
from basix_desktop.ui.people.feed_words import why_nobody
from basix_desktop.ui.theme import Theme

#: Nothing is the matter with the account or this computer.
PLAIN = {Why.LOST, Why.WOKEN}


def status_after(why: Why, *, lost_before: bool = False) -> FeedStatus:
    """How the feed stands after this end of a connection, by the feed's own rules."""
    policy = Policy(Timing(), lambda: 0.5, lambda: 1000.0)
    if lost_before:
        policy.opened()
        policy.after(End(Why.LOST))
    step = policy.after(End(why))
    phase = FeedPhase.STOPPED if step.seconds is None else FeedPhase.WAITING
    return FeedStatus(phase, step.reason, step.seconds or 0.0)


#: Every way in which it can stand.
EVERY_END = {(why, lost): status_after(why, lost_before=lost) for why in Why for lost in (False, True)}
ENDS = {(status.phase, status.reason): status for status in EVERY_END.values()}


def test_all_of_them_are_told_apart() -> None:
    assert len({reason for phase, reason in ENDS if phase is FeedPhase.STOPPED}) == 5
    assert (FeedPhase.WAITING, "limit_reached") in ENDS
    assert {str(why) for why in Why} - {reason for _, reason in ENDS} == {Why.TOKEN_LATE, Why.WOKEN}


@pytest.mark.parametrize("phase", [FeedPhase.STOPPED, FeedPhase.WAITING])
def test_every_reason_has_words_of_its_own(phase: FeedPhase, qapp: QApplication, qtbot: QtBot) -> None:
    chip = FeedChip(Theme(qapp))
    qtbot.addWidget(chip)
    told: dict[str, tuple[str, str, str]] = {}
    for status in ENDS.values():
        if status.phase is phase:
            chip.tell(status)
            hint = chip.toolTip().removeprefix("<qt>").partition("<br>")[2].removesuffix("</qt>")
            title, people = why_nobody(status)
            assert title
            assert chip.words() not in hint
            assert people.endswith(".")
            assert hint.endswith(".")
            words = chip.words().partition(",")[0]
            told[status.reason] = (words, hint, people)
    for texts in zip(*told.values(), strict=True):
        assert len(set(texts)) == len(told), texts


@pytest.mark.parametrize("why", [why for why in Why if why not in PLAIN])
def test_none_but_a_loss_reads_like_a_loss(why: Why, qapp: QApplication, qtbot: QtBot) -> None:
    chip = FeedChip(Theme(qapp))
    qtbot.addWidget(chip)
    for lost in (False, True):
        status = EVERY_END[why, lost]
        chip.tell(status)
        assert "reconnecting" not in chip.words()
        assert chip.words() != "stopped"
        assert why_nobody(status) != why_nobody(EVERY_END[Why.LOST, False])
