"""The window around the columns: what stands beside the dial column is shown before the focus goes there."""

from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from basix_desktop.ui.main_window import MainWindow
from basix_desktop.ui.theme import Theme
from basix_desktop.ui.top_bar import Accounts

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> MainWindow:
    accounts = cast(Accounts, SimpleNamespace(account=None, settings=SimpleNamespace(accounts=())))
    window = MainWindow(accounts, Theme(qapp), demo=False)
    qtbot.addWidget(window)
    window.show_dial(QLineEdit())
    calls = QLineEdit()
    calls.setObjectName("calls")
    window.show_calls(calls)
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


def test_the_status_line_keeps_all_words_for_screen_readers(window: MainWindow) -> None:
    text = "Not called: no free line\n" + "because " * 60
    window.say(text)
    assert window.status.text() == "Not called: no free line · " + " ".join(["because"] * 60)
    shown = window.status.grab().toImage()
    window.say("Not called: no free line\n" + "because " * 90)
    assert window.status.grab().toImage() == shown, "what has no room ends in dots"
