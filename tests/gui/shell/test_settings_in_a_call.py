"""Settings are saved while a call goes on: the window goes on showing it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from basix_desktop.app.paths import Paths
from basix_desktop.app.session import Session
from basix_desktop.domain.accounts import Account, ProxyMode, ProxySetting, Token
from basix_desktop.domain.feed import FeedPhase
from basix_desktop.domain.live import LiveView
from basix_desktop.services.ports import LiveFeed
from basix_desktop.ui.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support|propagateSizeHints")  # offscreen only


@pytest.fixture
def session(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Session]:
    paths = Paths.choose(tmp_path)
    paths.prepare()
    made = Session(paths, Theme(qapp), "en", demo=True, parent=qapp)
    made.show()
    made.window.activateWindow()
    qtbot.waitUntil(lambda: " of 4 free" in find(made, "favouriteButton1").accessibleDescription(), timeout=20_000)
    yield made
    with qtbot.waitSignal(made.ended, timeout=10_000):
        made.end()
    made.deleteLater()


def find(session: Session, name: str) -> Any:
    found = session.window.findChild(QWidget, name)
    assert found is not None, name
    return found


def card_says(session: Session) -> str:
    labels = find(session, "liveCallCard").findChildren(QLabel)
    return " ".join(label.text() for label in labels if label.isVisible())


def test_the_card_of_a_call_stays_through_every_change_of_settings(session: Session, qtbot: QtBot) -> None:
    edit = find(session, "numberEdit")
    edit.setFocus()
    QTest.keyClicks(edit, "0312340001")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.window.findChild(QWidget, "liveCallCard") is not None, timeout=20_000)
    card, desk, live = find(session, "liveCallCard"), session.core.desk, session.core.live
    qtbot.waitUntil(lambda: "03-1234-0001" in card_says(session))
    pictures: list[LiveView] = []
    connected: list[ProxyMode] = []
    show, make = live.publish, live._make_feed

    def seen(view: LiveView) -> None:
        pictures.append(view)
        show(view)

    def made(account: Account, token: Callable[[], Token]) -> LiveFeed:
        connected.append(account.proxy.mode)
        return make(account, token)

    live.publish, live._make_feed = seen, made
    account = desk.account
    assert account is not None
    desk.set_preferences(replace(desk.preferences, show_keypad=True))
    desk.save_account(replace(account, name="Renamed", home_region="US"), replacing=account.name)
    renamed = desk.account
    assert renamed is not None
    desk.save_account(replace(renamed, home_region="JP", proxy=ProxySetting(ProxyMode.NONE)), replacing="Renamed")
    qtbot.waitUntil(lambda: bool(connected and pictures) and pictures[-1].status.phase is FeedPhase.LIVE)
    assert connected == [ProxyMode.NONE], "anew where the way is another, and only there"
    assert all(picture.calls and picture.people for picture in pictures), "no picture without the call"
    assert find(session, "liveCallCard") is card
    assert "03-1234-0001" in card_says(session), "written as where it was dialled, whatever region is home now"
    calls = session.calls
    assert calls is not None
    qtbot.waitUntil(lambda: calls._going_on == set(pictures[-1].calls))  # its row is true however long it takes
