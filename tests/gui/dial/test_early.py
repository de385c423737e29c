"""Enter before the favourites are known: kept for a moment, for exactly that number, and never against the user."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from basix_desktop.ui.dial.early import EarlyPress
from tests.gui.dial.world import ACCOUNT, World

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen only


class Early:
    """A column whose database does not answer yet."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.go_on = threading.Event()

    def press(self) -> None:
        edit = self.world.view.number.edit
        QTest.keyClicks(edit, "0312341234")
        QTest.keyClick(edit, Qt.Key.Key_Return)

    def load(self) -> list[tuple[str, str]]:
        self.go_on.set()
        self.world.settle()
        return self.world.dialing.sent


@pytest.fixture
def early(closed_world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Early]:
    made = Early(closed_world)
    closed_world.usual_favourites()
    closed_world.stores.db.submit(lambda: made.go_on.wait(20))
    with monkeypatch.context() as patched:
        patched.setattr(World, "settle", lambda _: None)
        closed_world.open()
    yield made
    made.go_on.set()


def test_it_calls_the_usual_destination_once_that_is_known(early: Early) -> None:
    early.press()
    assert early.world.dialing.sent == []
    assert early.load() == [("0312341234", "sales")]


def test_a_number_that_has_changed_meanwhile_is_not_called(early: Early) -> None:
    early.press()
    edit = early.world.view.number.edit
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    QTest.keyClicks(edit, "4")
    assert early.load() == []


def test_esc_takes_it_back(early: Early) -> None:
    early.press()
    early.world.view.destination.edit.setFocus()
    early.world.presenter.escape()
    assert early.load() == []
    assert early.world.view.draft().number == "03-1234-1234"


def test_grouping_a_number_meanwhile_changes_nothing() -> None:
    press = EarlyPress("0312341234", ACCOUNT, 0)
    assert press.is_for("03-1234-1234", ACCOUNT)
    assert not press.is_for("03-1234-123", ACCOUNT)


def test_one_that_has_waited_too_long_is_not_called(early: Early) -> None:
    said: list[str] = []
    early.world.presenter.announced.connect(said.append)
    early.press()
    early.world.ms += 5_001
    assert early.load() == []
    assert [words for words in said if "Press it again" in words], "nor is the person left waiting"
    QTest.keyClick(early.world.view.number.edit, Qt.Key.Key_Return)
    early.world.settle()
    assert early.world.dialing.sent == [("0312341234", "sales")]


def test_one_that_has_waited_a_few_seconds_is(early: Early) -> None:
    early.press()
    early.world.ms += 4_900
    assert early.load() == [("0312341234", "sales")]


def test_another_account_is_not_called_by_it(early: Early) -> None:
    early.world.presenter.choose_destination("helen", "Helen")
    early.press()
    early.world.account = replace(ACCOUNT, name="branch", domain="other.example")
    assert early.load() == []
