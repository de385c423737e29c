"""The chip beside the account: how the feed is, how old what it told is, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from basix_desktop.domain.feed import FeedPhase, FeedStatus
from basix_desktop.ui.live.feed_chip import FeedChip
from basix_desktop.ui.theme import LIGHT, Theme
from tests.gui.calls.world import OFFSCREEN

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)
NOON = QDateTime(2026, 11, 23, 12, 0, 0).toMSecsSinceEpoch()
TEN = QDateTime(2026, 11, 23, 10, 2, 0).toMSecsSinceEpoch()


class Clock:
    now = NOON

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def chip(qapp: QApplication, clock: Clock) -> Iterator[FeedChip]:
    theme = Theme(qapp)
    theme.apply(LIGHT)
    chip = FeedChip(theme, now=clock)
    chip.resize(360, 36)
    chip.show()
    yield chip
    chip.close()
    chip.deleteLater()
    theme.deleteLater()
    qapp.setStyleSheet("")


def test_it_begins_off_and_says_that_calls_are_placed_all_the_same(chip: FeedChip) -> None:
    assert chip.words() == "off"
    assert "placed all the same" in chip.toolTip()
    assert not chip.button.isVisible()


def test_live_has_no_age_and_no_button(chip: FeedChip) -> None:
    chip.tell(FeedStatus(FeedPhase.LIVE, since=TEN))
    assert chip.words() == "live"
    assert chip.accessibleName() == "Live status: live"
    assert not chip.button.isVisible()


def test_waiting_counts_down_with_the_age_and_offers_to_try_now(chip: FeedChip, clock: Clock) -> None:
    chip.tell(FeedStatus(FeedPhase.WAITING, "lost", 12.4, TEN))
    assert chip.words() == "reconnecting in 13 s · as of 10:02"
    name = chip.accessibleName()
    clock.now += 5_000
    chip.tell(FeedStatus(FeedPhase.WAITING, "lost", 12.4, TEN))
    chip._say()
    assert chip.words() == "reconnecting in 8 s · as of 10:02"
    assert chip.accessibleName() == name, "a screen reader hears no countdown"
    clock.now += 60_000
    chip._say()
    assert chip.words() == "reconnecting in 0 s · as of 10:02"
    wanted: list[bool] = []
    chip.use_here_wanted.connect(lambda: wanted.append(True))
    assert chip.button.text() == "Try now"
    QTest.mouseClick(chip.button, Qt.MouseButton.LeftButton)
    assert wanted == [True]


def test_the_countdown_runs_by_itself(chip: FeedChip, clock: Clock, qtbot: object) -> None:
    chip.tell(FeedStatus(FeedPhase.WAITING, "lost", 30))
    clock.now += 7_000
    qtbot.waitUntil(lambda: chip.words() == "reconnecting in 23 s", timeout=3000)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("reason", "words", "button"),
    [
        ("token_refused", "stopped: token refused", "Try again"),
        ("token_missing", "stopped: no token", "Try again"),
        ("unusable", "stopped: check the account", "Try again"),
        ("replaced", "in use elsewhere", "Use it here"),
        ("limit_reached", "too many connections", "Use it here"),
        ("refused", "stopped", "Try again"),
    ],
)
def test_stopped_says_why_and_what_to_do(chip: FeedChip, reason: str, words: str, button: str) -> None:
    chip.tell(FeedStatus(FeedPhase.STOPPED, reason, since=TEN))
    assert chip.words() == f"{words} · as of 10:02"
    assert chip.button.isVisible()
    assert chip.button.text() == button
    wanted: list[bool] = []
    chip.use_here_wanted.connect(lambda: wanted.append(True))
    chip.button.setFocus()
    QTest.keyClick(chip.button, Qt.Key.Key_Return)
    assert wanted == [True]


@pytest.mark.parametrize(
    ("reason", "words", "hint"),
    [
        ("token_missing", "no token from the keyring", "enter it"),
        ("refused", "refused by the server", "Check the server"),
        ("certificate", "certificate not accepted", "tell your administrator"),
        ("proxy", "proxy problem", "Check it in Settings"),
        ("silent", "no calls told by the PBX", "does not tell which calls there are"),
        ("unable", "not possible on this computer", "log says why"),
        ("limit_reached", "too many connections", "another copy may be running"),
    ],
)
def test_waiting_says_for_what(chip: FeedChip, clock: Clock, reason: str, words: str, hint: str) -> None:
    """Else a wrong address or an untrusted certificate would read "reconnecting in n s" for ever."""
    chip.tell(FeedStatus(FeedPhase.WAITING, reason, 90.0, TEN))
    assert chip.words() == f"{words}, next try in 90 s · as of 10:02"
    assert hint in chip.toolTip()
    assert hint in chip.button.accessibleDescription()
    assert chip.accessibleName() == f"Live status: {words} as of 10:02"
    clock.now += 30_000
    chip._say()
    assert chip.words() == f"{words}, next try in 60 s · as of 10:02"
    label = chip.findChild(QLabel, "feedChipText")
    assert label is not None
    words_and_more = label.fontMetrics().horizontalAdvance(f"{words}, next")
    chip.resize(chip.width() - label.width() + words_and_more, 36)
    QApplication.processEvents()
    assert label.shown() == words, "where room is short the cause stays"  # type: ignore[attr-defined]


def test_no_press_throws_another_copy_out_unless_the_button_says_so(chip: FeedChip) -> None:
    """The PBX may count a connection that we lost. Until it has noticed, the feed waits, and a press forces."""
    chip.tell(FeedStatus(FeedPhase.WAITING, "lost", 12.0, TEN))
    assert chip.button.text() == "Try now"
    chip.tell(FeedStatus(FeedPhase.WAITING, "limit_reached", 20.0, TEN))
    assert chip.button.text() == "Use it here"
    chip.tell(FeedStatus(FeedPhase.WAITING, "refused", 20.0, TEN))
    assert chip.button.text() == "Try now"


def test_a_keyring_that_is_being_asked_is_named(chip: FeedChip) -> None:
    chip.tell(FeedStatus(FeedPhase.CONNECTING, "keyring"))
    assert chip.words() == "waiting for the keyring…"
    assert "enter it" in chip.toolTip()
    assert chip.accessibleName() == "Live status: waiting for the keyring…"
    chip.tell(FeedStatus(FeedPhase.CONNECTING))
    assert chip.words() == "connecting…"


def test_an_age_of_another_day_names_the_day(chip: FeedChip) -> None:
    chip.tell(FeedStatus(FeedPhase.CONNECTING, since=TEN - 86_400_000))
    assert chip.words() == "connecting… · as of 2026-11-22 10:02"


def test_where_room_is_short_the_state_stays(chip: FeedChip, qapp: QApplication) -> None:
    chip.tell(FeedStatus(FeedPhase.CONNECTING, since=TEN))
    label = chip.findChild(QLabel, "feedChipText")
    assert label is not None
    chip.resize(110, 36)
    qapp.processEvents()
    assert label.shown() == "connecting…"  # type: ignore[attr-defined]
    assert "as of 10:02" in chip.toolTip()


def test_every_state_has_a_shape_of_its_own(chip: FeedChip) -> None:
    seen = []
    for phase in FeedPhase:
        chip.tell(FeedStatus(phase, "lost"))
        image = chip._shape.grab().toImage()
        seen.append(bytes(value for value in _grey(image)))
    assert len(set(seen)) == len(list(FeedPhase)), "told apart without colour"


def _grey(image: object) -> list[int]:
    """Painted or not, whatever the colour."""
    ground = image.pixelColor(0, 0)  # type: ignore[attr-defined]
    size = range(image.height())  # type: ignore[attr-defined]
    return [int(image.pixelColor(x, y) != ground) for y in size for x in size]  # type: ignore[attr-defined]


def test_its_description_has_no_markup(chip: FeedChip) -> None:
    for status in (FeedStatus(FeedPhase.LIVE), FeedStatus(FeedPhase.STOPPED, "token_refused")):
        chip.tell(status)
        interface = QAccessible.queryAccessibleInterface(chip)
        assert "<" not in interface.text(QAccessible.Text.Description)
