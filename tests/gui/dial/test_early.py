"""Enter before the favourites are known: kept for a moment, for exactly what stood there, and never against the
user."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from basix_desktop.domain.accounts import Account
from basix_desktop.domain.errors import StoreError
from basix_desktop.ui.dial.draft import Draft
from basix_desktop.ui.dial.early import EarlyPress
from tests.gui.dial.world import ACCOUNT, World

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen only


BRANCH = replace(ACCOUNT, name="branch", domain="other.example")


class Early:
    """A column whose database does not answer yet."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.go_on = threading.Event()

    def press(self) -> None:
        edit = self.world.view.number.edit
        QTest.keyClicks(edit, "0312341234")
        QTest.keyClick(edit, Qt.Key.Key_Return)

    def type(self, name: str, text: str) -> None:
        """Into the field of that name."""
        self.world.find(name).setFocus()
        self.world.keys(text)

    def not_called(self, reason: str) -> int:
        """How often that was said."""
        return len([words for words in self.world.said if words.startswith("Not called") and reason in words])

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


def type_another_number(early: Early) -> None:
    early.world.key(Qt.Key.Key_Backspace)
    early.world.keys("5")


def type_it_again(early: Early) -> None:
    early.world.key(Qt.Key.Key_Backspace)
    early.world.keys("4")


CHANGES: dict[str, Callable[[Early], None]] = {
    "number": type_another_number,
    "the same again": type_it_again,
    "destination": lambda early: early.type("destinationEdit", "1"),
    "the usual destination": lambda early: early.type("destinationEdit", "sales"),
    "caller": lambda early: early.type("endUserNameEdit", "Tana"),
    "option": lambda early: early.type("callbackUrlEdit", "h"),
    "chosen elsewhere": lambda early: early.world.presenter.choose_destination("helen", "Helen"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_is_changed_after_it_takes_it_back_and_that_is_said(
    early: Early, change: Callable[[Early], None]
) -> None:
    early.world.find("optionsButton").click()
    early.world.presenter.focus_number()
    early.press()
    change(early)
    assert early.not_called("has changed since Enter was pressed") == 1, "at once, not when the program is ready"
    assert early.load() == []
    assert early.not_called("") == 1


def test_what_was_typed_before_it_is_called_as_it_stood(early: Early) -> None:
    early.type("destinationEdit", "1001")
    early.type("endUserNameEdit", "Tanaka")
    early.world.presenter.focus_number()
    early.press()
    assert early.load() == [("0312341234", "1001")]
    assert early.world.dialing.orders[0].request.end_user.name == "Tanaka"
    assert early.not_called("") == 0


def test_a_name_that_turns_out_to_mean_another_destination_is_not_called(early: Early) -> None:
    """Nobody has seen yet that "Support" stands for "support"."""
    early.type("destinationEdit", "Support")
    early.world.presenter.focus_number()
    early.press()
    assert early.load() == []
    assert early.not_called("has changed since Enter was pressed") == 1


def test_it_goes_out_where_the_favourites_cannot_be_read(early: Early, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(*_: object) -> None:
        raise StoreError("store_busy")

    monkeypatch.setattr(early.world.stores.favourites, "list", unreadable)
    early.type("destinationEdit", "1001")
    early.world.presenter.focus_number()
    early.press()
    assert early.load() == [("0312341234", "1001")]


def test_esc_takes_it_back(early: Early) -> None:
    early.press()
    early.world.view.destination.edit.setFocus()
    early.world.presenter.escape()
    assert early.not_called("Esc") == 1
    assert early.load() == []
    assert early.world.view.draft().number == "03-1234-1234"


def test_esc_takes_back_no_more_than_it(early: Early) -> None:
    early.press()
    early.world.presenter.escape()
    assert early.world.view.draft().number == "03-1234-1234"
    early.world.presenter.escape()
    assert early.world.view.draft().number == ""
    assert early.not_called("Esc") == 1


def test_grouping_a_number_meanwhile_changes_nothing() -> None:
    press = EarlyPress(Draft("0312341234"), ACCOUNT, 0)
    assert press.is_for(Draft("03-1234-1234"))
    assert not press.is_for(Draft("03-1234-123"))


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
    early.world.account = BRANCH
    early.world.presenter.account_changed()
    assert early.not_called("account has just changed") == 1
    assert early.load() == []


def test_another_account_that_the_window_does_not_show_yet_is_not_called_by_it(early: Early) -> None:
    early.press()
    early.world.account = BRANCH
    assert early.load() == []
    assert early.not_called("account has just changed") == 1


def test_an_account_that_changes_no_field_takes_it_back_too(early: Early) -> None:
    plain = Account("Plain", "plain.example")
    early.world.account = plain
    early.world.presenter.account_changed()
    early.press()
    for account in (replace(plain, name="Other"), plain):
        early.world.account = account
        early.world.presenter.account_changed()
    assert early.not_called("account has just changed") == 1
    assert early.load() == [], "nor is it there again with the account"


def test_other_preferences_leave_it(early: Early) -> None:
    early.press()
    early.world.presenter.account_changed()
    assert early.load() == [("0312341234", "sales")]


def test_a_closed_editor_is_no_sign_that_the_favourites_are_known(early: Early) -> None:
    early.press()
    early.world.view.destination.editor.close_editor()
    assert early.world.dialing.orders == []
    assert early.load() == [("0312341234", "sales")]


def test_closing_the_window_takes_it_back(early: Early) -> None:
    early.press()
    early.world.presenter.stop()
    assert early.load() == []
