"""Whatever stops the feed is said, beside the account and where people would be: which side, and what to do."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from basix_desktop.cti.policy import Why
from basix_desktop.domain.feed import FeedPhase, FeedStatus
from basix_desktop.ui.live.feed_chip import FeedChip
from basix_desktop.ui.people.feed_words import why_nobody
from basix_desktop.ui.theme import Theme

#: Those that end the feed until somebody acts.
STOPS = [Why.TOKEN_REFUSED, Why.TOKEN_MISSING, Why.UNUSABLE, Why.REPLACED, Why.LIMIT]


@pytest.mark.parametrize("why", STOPS)
def test_every_reason_to_stop_has_words_of_its_own(why: Why, qapp: QApplication, qtbot: QtBot) -> None:
    chip = FeedChip(Theme(qapp))
    qtbot.addWidget(chip)
    stopped = {}
    for reason in (*STOPS, Why.REFUSED):
        status = FeedStatus(FeedPhase.STOPPED, reason)
        chip.tell(status)
        stopped[reason] = (chip.words(), chip.toolTip(), why_nobody(status))
    for other in stopped.keys() - {why}:
        assert all(mine != theirs for mine, theirs in zip(stopped[why], stopped[other], strict=True)), other
    words, hint, (_, people) = stopped[why]
    assert words not in hint.removeprefix("<qt>").partition("<br>")[2]
    assert people.endswith(".")
