"""The window around the columns: what stands beside the dial column is shown before the focus goes there."""

from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QSplitter
from pytestqt.qtbot import QtBot

from basix_desktop.domain.feed import FeedPhase, FeedStatus
from basix_desktop.ui.live.feed_chip import FeedChip
from basix_desktop.ui.main_window import MainWindow
from basix_desktop.ui.theme import Theme
from basix_desktop.ui.top_bar import Accounts

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def _made(qapp: QApplication, qtbot: QtBot) -> MainWindow:
    accounts = cast(Accounts, SimpleNamespace(account=None, settings=SimpleNamespace(accounts=())))
    window = MainWindow(accounts, Theme(qapp), demo=False)
    qtbot.addWidget(window)
    window.show_dial(QLineEdit())
    calls = QLineEdit(window)  # who places it keeps it: the splitter does not
    calls.setObjectName("calls")
    window.show_calls(calls)
    return window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> MainWindow:
    window = _made(qapp, qtbot)
    window.show()
    qtbot.waitExposed(window)
    return window


def _calls(window: MainWindow) -> QLineEdit:
    return cast(QLineEdit, window.findChild(QLineEdit, "calls"))


@pytest.mark.parametrize("action", ["log", "search", "people", "check"])
def test_what_is_beside_the_dial_column_leaves_compact(window: MainWindow, action: str) -> None:
    window.action("compact").trigger()
    assert not _calls(window).isVisible()
    window.action(action).trigger()
    assert _calls(window).isVisible()
    assert not window.action("compact").isChecked()


def test_a_window_too_narrow_for_both_shows_the_dial_column_alone(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(500, 600)
    qtbot.waitUntil(lambda: not _calls(window).isVisible())
    window.action("log").trigger()
    qtbot.waitUntil(lambda: _calls(window).isVisible())
    assert window.width() >= 720


def _dial_width(window: MainWindow) -> int:
    splitter = window.findChild(QSplitter)
    assert splitter is not None
    return splitter.sizes()[0]


def test_the_dial_column_keeps_its_width_however_narrow_the_window_began(qapp: QApplication, qtbot: QtBot) -> None:
    """As started with the size of a narrow window: neither what it has there nor what it would get is its width."""
    again = _made(qapp, qtbot)
    again.restore({"width": 500, "height": 600, "dial_width": 400})
    again.show()
    qtbot.waitUntil(lambda: not _calls(again).isVisible())
    assert again.state()["dial_width"] == 400
    again.action("log").trigger()
    qtbot.waitUntil(lambda: _calls(again).isVisible())
    assert again.width() < 780, "or the column might have what it asks for by chance"
    qtbot.waitUntil(lambda: _dial_width(again) == 400)
    again.resize(784, 600)
    qtbot.waitUntil(lambda: again.width() == 784)
    assert _dial_width(again) == 400
    for _ in "12":
        again.action("compact").trigger()
    qtbot.waitUntil(lambda: _calls(again).isVisible())
    assert _dial_width(again) == again.state()["dial_width"] == 400


def test_the_first_window_fits_the_screen_with_its_frame(qapp: QApplication, qtbot: QtBot) -> None:
    """The offscreen screen is as low as many at 150 %: 800x800."""
    window = _made(qapp, qtbot)
    room = window.screen().availableSize()
    assert room.width() < 1180
    assert window.width() < room.width()
    window.restore({"width": 5000, "height": 5000})
    assert window.width() < room.width()
    assert window.height() < room.height()


def test_always_on_top_leaves_the_focus_where_it_is(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    _calls(window).setFocus()
    handle = window.windowHandle()
    hidden: list[bool] = []
    handle.visibleChanged.connect(hidden.append)
    for on_top in (True, False):
        window.action("on_top").trigger()
        assert bool(handle.flags() & Qt.WindowType.WindowStaysOnTopHint) is on_top
        assert bool(window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint) is on_top
        assert window.windowHandle() is handle
        assert _calls(window).hasFocus()
    assert hidden == [], "it never leaves the screen"


def test_what_can_be_done_about_a_lost_feed_is_whole_in_compact_too(window: MainWindow, qtbot: QtBot) -> None:
    chip = FeedChip(Theme(cast(QApplication, QApplication.instance())))
    window.bar.put_feed(chip)
    window.action("compact").trigger()
    for status in (FeedStatus(FeedPhase.WAITING, "lost", 30.0, 1_000), FeedStatus(FeedPhase.STOPPED, "replaced")):
        chip.tell(status)
        qtbot.waitUntil(chip.button.isVisible)
        qtbot.wait(1)
        assert chip.button.width() >= chip.button.sizeHint().width(), chip.button.text()
        assert chip.geometry().right() < window.bar.last_stop().geometry().left()


@pytest.mark.parametrize("inside", [True, False])
def test_the_focus_never_stays_where_nobody_sees_it(window: MainWindow, *, inside: bool) -> None:
    wanted: list[bool] = []
    window.number_wanted.connect(lambda: wanted.append(_calls(window).isVisible()))
    if inside:
        _calls(window).setFocus()
    window.action("compact").trigger()
    assert wanted == ([True] if inside else [])
    assert not _calls(window).isVisible()


def test_the_demo_is_told_of_in_whole_words_or_by_the_accounts_name_alone(qapp: QApplication, qtbot: QtBot) -> None:
    demo = SimpleNamespace(account=SimpleNamespace(name="Demo", demo=True), settings=SimpleNamespace(accounts=()))
    window = MainWindow(cast(Accounts, demo), Theme(qapp), demo=True)
    qtbot.addWidget(window)
    chip = FeedChip(Theme(qapp))
    window.bar.put_feed(chip)
    window.show_dial(QLineEdit())
    window.show()
    badge = cast(QLabel, window.findChild(QLabel, "demoLabel"))
    seen = set()
    for phase in (FeedPhase.LIVE, FeedPhase.WAITING):
        chip.tell(FeedStatus(phase, "lost", 30.0, 1_000))
        for width in range(330, 1000, 45):
            window.resize(width, 600)
            qtbot.wait(1)
            if badge.isVisible():
                assert badge.width() >= badge.sizeHint().width()
                assert badge.geometry().right() < window.bar.last_stop().geometry().right()
            seen.add((phase, badge.isVisible()))
    assert len(seen) == 4, "there is room for it, or there is not"
    window.resize(700, 600)
    chip.tell(FeedStatus(FeedPhase.LIVE))
    qtbot.waitUntil(badge.isVisible)


def test_the_status_line_keeps_all_words_for_screen_readers(window: MainWindow) -> None:
    text = "Not called: no free line\n" + "because " * 60
    window.say(text)
    assert window.status.text() == "Not called: no free line · " + " ".join(["because"] * 60)
    shown = window.status.grab().toImage()
    window.say("Not called: no free line\n" + "because " * 90)
    assert window.status.grab().toImage() == shown, "what has no room ends in dots"


def test_words_that_hold_no_longer_leave_the_status_line_and_others_stay(window: MainWindow) -> None:
    window.say("This does not read\nas a phone number.")
    window.unsay("Something else.")
    assert window.status.text() == "This does not read · as a phone number."
    window.unsay("This does not read\nas a phone number.")
    assert window.status.text() == ""
