"""One attempt in the whole window: what each part of it says and does, and where the keyboard goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from basix_desktop.app.paths import Paths
from basix_desktop.app.session import Session
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


def call(session: Session, number: str) -> None:
    edit = find(session, "numberEdit")
    edit.setFocus()
    QTest.keyClicks(edit, number)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def test_what_may_have_been_placed_is_told_once_and_led_on_to_its_question(session: Session, qtbot: QtBot) -> None:
    call(session, "0312340500")
    panel = find(session, "outcomePanel")
    qtbot.waitUntil(lambda: panel.isVisible() and find(session, "warningCard").isVisible(), timeout=20_000)
    qtbot.waitUntil(lambda: find(session, "callStory").isVisible())
    reason = "after the request was sent"
    assert reason in find(session, "warningText").text()
    assert not any(reason in label.text() for label in (*_labels(panel), *_labels(find(session, "callDetails"))))
    session.window.action("people").trigger()
    qtbot.waitUntil(lambda: find(session, "peopleView").isVisible())
    find(session, "outcomeCheckButton").click()
    qtbot.waitUntil(lambda: find(session, "dontKnowButton").hasFocus())
    find(session, "itDidNotRingButton").click()
    qtbot.waitUntil(lambda: not panel.isVisible() and not find(session, "warningCard").isVisible())


def test_after_the_last_live_call_the_keyboard_is_back_at_the_number(session: Session, qtbot: QtBot) -> None:
    session.window.action("people").trigger()
    call(session, "0312340001")
    qtbot.waitUntil(lambda: session.window.findChild(QWidget, "liveCallCard") is not None, timeout=20_000)
    card = find(session, "liveCallCard")
    qtbot.waitUntil(card.isVisible)
    QTest.keyClick(session.window, Qt.Key.Key_F6)
    assert card.hasFocus()
    qtbot.waitUntil(lambda: "ringing" in find(session, "liveOutsideState").text(), timeout=10_000)
    QTest.keyClick(
        session.window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    qtbot.waitUntil(lambda: find(session, "numberEdit").hasFocus(), timeout=20_000)
    assert session.window.findChild(QWidget, "peopleView").isVisible()  # type: ignore[union-attr]


def _labels(widget: QWidget) -> list[QLabel]:
    return [label for label in widget.findChildren(QLabel) if label.isVisible()]
