"""The five exchanges of the PBX's documentation (basix-api.md 1.1), by the window's own fields and keys."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from basix_desktop.app.paths import Paths
from basix_desktop.app.session import Session
from basix_desktop.domain.calls import Attempt, State
from basix_desktop.ui.dial.second_look import TOO_SOON_MS
from basix_desktop.ui.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen only


@dataclass(frozen=True)
class Exchange:
    """What is typed, what is sent, and what the log then says."""

    number: str
    destination: str
    body: dict[str, Any]
    state: State = State.ACCEPTED
    name: str = ""
    calling: str = ""
    pbx_id: str = ""


EXCHANGES = [
    Exchange("03-1234-1234", "sales", {"target": "0312341234", "destination": "sales"}),
    Exchange(
        "03-1234-1234",
        "helen",
        {"target": {"end_user": {"name": "luke.s"}, "called_number": "0312341234"}, "destination": "helen"},
        name="luke.s",
    ),
    Exchange(
        "090-1111-2222",
        "campaign",
        {"target": {"calling_number": "05068601111", "called_number": "09011112222"}, "destination": "campaign"},
        calling="05068601111",
    ),
    Exchange(
        "090111122222",
        "campaign",
        {"target": "090111122222", "destination": "campaign"},
        State.REJECTED,
        pbx_id="channel_limit_reached",
    ),
    Exchange("0312341234", "1001", {"target": "0312341234", "destination": "1001"}),
]


@pytest.fixture
def session(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Session]:
    paths = Paths.choose(tmp_path)
    paths.prepare()
    made = Session(paths, Theme(qapp), "en", demo=True, parent=qapp)
    made.show()
    qtbot.waitUntil(lambda: " of 4 free" in readiness(made), timeout=20_000)  # the feed has told who is who
    yield made
    with qtbot.waitSignal(made.ended, timeout=10_000):
        made.end()
    made.deleteLater()


def readiness(session: Session) -> str:
    button = session.window.findChild(QWidget, "favouriteButton1")
    return button.accessibleDescription() if button is not None else ""


def find(session: Session, name: str) -> Any:
    found = session.window.findChild(QWidget, name)
    assert found is not None, name
    return found


@pytest.mark.parametrize("exchange", EXCHANGES, ids=[str(number) for number in range(1, 6)])
def test_the_window_sends_it_as_documented(exchange: Exchange, session: Session, qtbot: QtBot) -> None:
    told: list[Attempt] = []
    assert session.dial is not None
    session.dial.attempt_changed.connect(told.append)
    type_into(find(session, "destinationEdit"), exchange.destination)
    if exchange.name:
        type_into(find(session, "endUserNameEdit"), exchange.name)
    if exchange.calling:
        combo = find(session, "callingNumberEdit")
        assert isinstance(combo, QComboBox)
        combo.setEditText(exchange.calling)
    number = find(session, "numberEdit")
    type_into(number, exchange.number)
    QTest.keyClick(number, Qt.Key.Key_Return)
    confirm = find(session, "secondLookConfirmButton")
    assert isinstance(confirm, QPushButton)
    while not told:  # the number is doubtful, or the company's own life has made the destination not ready
        qtbot.waitUntil(lambda: bool(told) or confirm.isVisible(), timeout=10_000)
        if confirm.isVisible():
            asked_at = time.monotonic()
            qtbot.waitUntil(lambda: time.monotonic() - asked_at > TOO_SOON_MS / 1000)  # noqa: B023 - used at once
            QTest.mouseClick(confirm, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(told) and not told[-1].state.in_flight, timeout=20_000)
    assert told[-1].state is exchange.state
    assert (told[-1].failure.pbx_id if told[-1].failure else "") == exchange.pbx_id
    assert bool(told[-1].uuids) == (exchange.state is State.ACCEPTED)
    assert session.core.demo is not None
    (sent,) = [asked["body"] for asked in session.core.demo.requests if asked["path"].endswith("call_external")]
    assert sent == exchange.body


def type_into(edit: Any, text: str) -> None:
    assert isinstance(edit, QLineEdit)
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)
