"""One attempt in the whole window: what each part of it says and does, and where the keyboard goes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from basix_desktop.app.paths import Paths
from basix_desktop.app.session import Session
from basix_desktop.ui.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support|propagateSizeHints")  # offscreen only

_ISOLATES = re.compile("[\u2066-\u2069]")


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
    edit.selectAll()
    QTest.keyClicks(edit, number)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def test_what_may_have_been_placed_is_told_once_and_led_on_to_its_question(session: Session, qtbot: QtBot) -> None:
    call(session, "0312340500")
    panel = find(session, "outcomePanel")
    qtbot.waitUntil(lambda: _in_sight(session, "warningCard") and panel.isVisible(), timeout=20_000)
    qtbot.waitUntil(lambda: find(session, "callStory").isVisible())
    reason = "after the request was sent"
    assert reason in find(session, "warningText").text()
    assert not any(reason in label.text() for label in (*_labels(panel), *_labels(find(session, "callDetails"))))
    session.window.action("people").trigger()
    qtbot.waitUntil(lambda: find(session, "peopleView").isVisible())
    find(session, "outcomeCheckButton").click()
    qtbot.waitUntil(lambda: find(session, "dontKnowButton").hasFocus())
    assert find(session, "callsView").isVisible()
    find(session, "itDidNotRingButton").click()
    qtbot.waitUntil(lambda: not panel.isVisible() and not find(session, "warningCard").isVisible())


def test_a_call_can_be_transferred_to_what_the_dial_column_offers(session: Session, qtbot: QtBot) -> None:
    call(session, "0312340001")
    qtbot.waitUntil(lambda: session.window.findChild(QWidget, "liveCallCard") is not None, timeout=20_000)
    assert session.dial is not None
    session.dial.add_favourite("3900", "Night desk")
    qtbot.waitUntil(lambda: any(choice.label == "Night desk" for choice in session.dial.choices()))  # type: ignore[union-attr]
    find(session, "liveCallCard").open_transfer()
    field = find(session, "transferEdit")
    assert field.hasFocus()
    QTest.keyClicks(field, "night")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.choice.destination == "3900"


def test_nothing_that_is_read_out_holds_marks_of_direction(session: Session, qtbot: QtBot) -> None:
    find(session, "endUserNameEdit").setText("山田 太郎")
    destination = find(session, "destinationEdit")
    destination.setFocus()
    destination.selectAll()
    QTest.keyClicks(destination, "sato")
    QTest.keyClick(destination, Qt.Key.Key_Return)
    read_out = set(_read_out(session))
    for number in ("0312340500", "0312340001"):
        call(session, number)
        wanted = "warningCard" if number.endswith("0500") else "liveCallCard"
        qtbot.waitUntil(lambda name=wanted: _in_sight(session, name), timeout=20_000)  # type: ignore[misc]
        read_out |= set(_read_out(session))
    qtbot.waitUntil(lambda: find(session, "callStory").isVisible())
    session.window.action("people").trigger()
    find(session, "peopleSearchEdit").setText("ぬ")
    read_out |= set(_read_out(session))
    assert any("山田 太郎" in words for words in read_out)
    assert any("佐藤 健" in words for words in read_out)
    assert [words for words in read_out if _ISOLATES.search(words)] == []


def test_after_the_last_live_call_the_keyboard_is_back_at_the_number(session: Session, qtbot: QtBot) -> None:
    said: list[str] = []
    assert session.live is not None
    session.live.announced.connect(said.append)
    session.window.action("people").trigger()
    call(session, "0312340001")
    qtbot.waitUntil(lambda: _in_sight(session, "liveCallCard"), timeout=20_000)
    card = find(session, "liveCallCard")
    QTest.keyClick(session.window, Qt.Key.Key_F6)
    assert card.hasFocus()
    qtbot.waitUntil(lambda: "ringing" in find(session, "liveOutsideState").text(), timeout=10_000)
    assert said == [], "that it has been placed and rings is said by the dial column"
    QTest.keyClick(
        session.window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    qtbot.waitUntil(lambda: find(session, "numberEdit").hasFocus(), timeout=20_000)
    assert session.window.findChild(QWidget, "peopleView").isVisible()  # type: ignore[union-attr]


def test_every_reason_for_a_second_look_is_in_one_question_and_one_press_confirms_it(
    session: Session, qtbot: QtBot
) -> None:
    """With the real dialer and log: the number was called just now, and Helen has put on do-not-disturb since."""
    panel, edit = find(session, "secondLookPanel"), find(session, "numberEdit")
    demo = session.core.demo
    assert demo is not None

    def helen_is(presence: str, words: str) -> None:
        demo._pbx.set_presence("helen", presence)
        card = find(session, "favouriteButton3")
        qtbot.waitUntil(lambda: words in card.accessibleDescription(), timeout=10_000)

    def ctrl_3() -> None:
        QTest.keyClick(edit, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)

    def call_helen() -> None:
        edit.setFocus()
        edit.selectAll()
        QTest.keyClicks(edit, "0312340002")
        ctrl_3()

    def calls() -> int:
        return sum("call_external" in str(request) for request in demo.requests)

    helen_is("available", "free")
    call_helen()
    qtbot.waitUntil(lambda: "ringing the number" in find(session, "outcomePanel").accessibleName(), timeout=20_000)
    helen_is("do_not_disturb", "do not disturb")
    call_helen()
    qtbot.waitUntil(panel.isVisible, timeout=10_000)
    assert "has not ended yet" in panel.accessibleName()
    assert "does not want to be disturbed" in panel.accessibleName()
    assert calls() == 1
    QTest.qWait(600)  # a press within half a second confirms nothing
    ctrl_3()
    qtbot.waitUntil(lambda: calls() == 2, timeout=20_000)


def test_a_search_that_goes_out_of_sight_leaves_the_keyboard_at_the_number(session: Session) -> None:
    session.window.action("people").trigger()
    assert find(session, "peopleSearchEdit").hasFocus()
    session.window.action("compact").trigger()
    assert find(session, "numberEdit").hasFocus()


def _in_sight(session: Session, name: str) -> bool:
    confirm = find(session, "secondLookConfirmButton")
    if confirm.isVisible():  # the company's own life has made the destination not ready
        confirm.click()
    widget = session.window.findChild(QWidget, name)
    return widget is not None and widget.isVisible()


def _read_out(session: Session) -> Iterator[str]:
    """Every name and description, and every row of every list."""
    for widget in session.window.findChildren(QWidget):
        yield widget.accessibleName()
        yield widget.accessibleDescription()
        model = widget.model() if isinstance(widget, QAbstractItemView) else None
        for row in range(model.rowCount() if model is not None else 0):
            assert model is not None
            yield str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def _labels(widget: QWidget) -> list[QLabel]:
    return [label for label in widget.findChildren(QLabel) if label.isVisible()]
