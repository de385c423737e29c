"""A live call is seen and commanded on every page and at every width of the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QSizePolicy, QWidget
from pytestqt.qtbot import QtBot

from basix_desktop.domain.calls import Attempt
from basix_desktop.ui.calls.view import CallsView
from basix_desktop.ui.calls.wording import Wording
from basix_desktop.ui.live import cards as cards_module
from basix_desktop.ui.live.feed_chip import FeedChip
from basix_desktop.ui.live.place import LivePlace
from basix_desktop.ui.main_window import MainWindow
from basix_desktop.ui.people.view import PeopleView
from basix_desktop.ui.right_pane import RightPane
from basix_desktop.ui.top_bar import Accounts
from tests.gui.calls.focus import focus_goes_through
from tests.gui.calls.world import OFFSCREEN
from tests.gui.live.story import HELEN
from tests.gui.live.world import LiveWorld

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier

_TAB_PADDING = 2 * 12  # theme.py


@dataclass
class Desk:
    """The cards of ``world`` in a whole window; ``number`` stands for the dial column."""

    world: LiveWorld
    window: MainWindow
    pane: RightPane
    number: QLineEdit

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window.focusWidget() or self.window, key, modifier)
        self.world.settle()

    def call(self, **rest: str) -> Attempt:
        attempt = self.world.place(**rest)
        self.world.story.ring(attempt)
        self.world.story.answer(attempt)
        self.world.story.ring_inside(attempt, HELEN)
        self.world.show()
        return attempt

    def go(self, where: str) -> None:
        """To a page, or to a window with no room or no wish for one."""
        if where == "compact":
            self.window.action("compact").trigger()
        elif where == "narrow":
            self.window.resize(500, 600)
        else:
            self.pane.show_page(where)
        self.world.settle()

    def asked(self, what: str) -> list[object]:
        return [value for kind, value in self.world.heard if kind == what]

    def top(self, widget: QWidget) -> int:
        return widget.mapTo(self.window, QPoint(0, 0)).y()


@pytest.fixture
def desk(world: LiveWorld, qtbot: QtBot) -> Iterator[Desk]:
    theme = world.log.theme
    accounts = cast(Accounts, SimpleNamespace(account=None, settings=SimpleNamespace(accounts=())))
    window, pane, number = MainWindow(accounts, theme, demo=False), RightPane(), QLineEdit()
    number.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)  # as the dial column has
    window.show_dial(number)
    pane.add_page("calls", CallsView(theme, Wording("en", QDate.currentDate())))
    window.show_calls(pane)
    pane.add_page("people", PeopleView(theme))
    world.window.hide()
    LivePlace(world.cards, window, pane)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    number.setFocus()
    yield Desk(world, window, pane, number)
    world.presenter.stop()
    world.cards.setParent(world.window)
    window.close()
    window.deleteLater()


PLACES = ["calls", "people", "compact", "narrow"]


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("first", [True, False], ids=["call-first", "place-first"])
def test_the_call_is_in_sight_and_obeys_its_keys(desk: Desk, where: str, *, first: bool) -> None:
    if not first:
        desk.go(where)
    attempt = desk.call()
    if first:
        desk.go(where)
    card = desk.world.card(attempt)
    inside = card.visibleRegion().boundingRect()
    assert inside.height() == card.height(), "all of it is in sight"
    desk.press(Qt.Key.Key_F6)
    assert card.hasFocus()
    desk.number.setFocus()
    desk.press(Qt.Key.Key_T, CONTROL_SHIFT)
    assert desk.world.find(QLineEdit, "transferEdit", card).hasFocus()
    desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_H, CONTROL_SHIFT)
    assert desk.asked("hang_up") == [attempt.id]


@pytest.mark.parametrize("where", PLACES)
def test_the_call_stands_above_what_the_place_is_for(desk: Desk, where: str) -> None:
    attempt = desk.call()
    desk.go(where)
    card = desk.world.card(attempt)
    if where in ("compact", "narrow"):
        assert desk.top(card) < desk.top(desk.number)
        assert not desk.pane.isVisible()
    else:
        page = cast(CallsView, desk.pane.page)
        assert page.isAncestorOf(card)
        assert desk.top(page.search) < desk.top(card) < desk.top(page.chips)


@pytest.mark.parametrize("where", PLACES)
def test_tab_goes_through_the_call_from_top_to_bottom(desk: Desk, where: str) -> None:
    desk.go("people")  # what was in order elsewhere is put in order anew
    older = desk.call()
    desk.go("calls")
    desk.go(where)
    newer = desk.call(number="09011112222")
    alone = where in ("compact", "narrow")
    before = desk.window.bar.last_stop() if alone else cast(CallsView, desk.pane.page).search
    before.setFocus()
    seen = []
    for _ in range(7):
        desk.press(Qt.Key.Key_Tab)
        seen.append(desk.window.focusWidget())
    cards = [desk.world.card(attempt) for attempt in (newer, older)]
    assert seen[:6] == [stop for card in cards for stop in (card, card.transfer_button, card.hang_up_button)]
    after = desk.number if alone else cast(CallsView, desk.pane.page).chips.buttons()[0]
    assert seen[6] is after


def test_a_transfer_that_is_being_typed_goes_along(desk: Desk) -> None:
    attempt = desk.call()
    desk.press(Qt.Key.Key_T, CONTROL_SHIFT)
    field = desk.world.find(QLineEdit, "transferEdit", desk.world.card(attempt))
    QTest.keyClicks(field, "he")
    for where in ("compact", "compact", "narrow"):
        desk.go(where)
        assert field.isVisible()
        assert field.hasFocus()
        assert field.text() == "he"


def test_the_dial_column_stays_where_it_is_beside_something(desk: Desk) -> None:
    before = desk.top(desk.number)
    desk.call()
    assert desk.top(desk.number) == before
    desk.go("people")
    assert desk.top(desk.number) == before


def test_going_to_a_page_from_compact_takes_the_call_there(desk: Desk) -> None:
    attempt = desk.call()
    desk.go("compact")
    desk.window.people_wanted.connect(lambda: desk.pane.show_page("people"))
    desk.press(Qt.Key.Key_F5)
    page = desk.pane.page
    assert isinstance(page, PeopleView)
    assert page.isAncestorOf(desk.world.card(attempt))
    assert desk.world.card(attempt).isVisible()


def test_the_menu_offers_only_what_a_call_can_be_told(desk: Desk) -> None:
    actions = {action.objectName(): action for action in desk.window.actions()}
    mine = [actions[name] for name in ("live", "transfer", "hang_up")]
    assert [action.isEnabled() for action in mine] == [False, False, False]
    attempt = desk.call()
    assert [action.isEnabled() for action in mine] == [True, True, True]
    mine[2].trigger()
    assert desk.asked("hang_up") == [attempt.id]
    desk.world.story.end(attempt)
    desk.world.show()
    assert [action.isEnabled() for action in mine] == [True, False, False], "it is still in sight"
    desk.world.presenter._remove(attempt.id)
    assert [action.isEnabled() for action in mine] == [False, False, False]


def test_no_click_meets_a_button_that_has_just_come_under_the_pointer(desk: Desk, qtbot: QtBot) -> None:
    desk.world.cards._rest.setInterval(cards_module.RESTS)
    first = desk.call()
    qtbot.waitUntil(lambda: not desk.world.cards._rest.isActive())
    second = desk.call(number="09011112222")
    button = desk.world.card(second).hang_up_button
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.asked("hang_up") == []
    qtbot.waitUntil(lambda: not desk.world.cards._rest.isActive())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.asked("hang_up") == [second.id]
    desk.world.presenter._remove(second.id)
    QTest.mouseClick(desk.world.card(first).hang_up_button, Qt.MouseButton.LeftButton)
    assert desk.asked("hang_up") == [second.id]


@pytest.mark.parametrize("inside", [True, False])
def test_the_last_card_to_go_gives_up_the_focus_it_had(desk: Desk, *, inside: bool) -> None:
    attempt = desk.call()
    search = cast(CallsView, desk.pane.page).search
    desk.world.cards.emptied.connect(desk.number.setFocus)
    (desk.world.card(attempt).hang_up_button if inside else search).setFocus()
    desk.world.presenter._remove(attempt.id)
    desk.world.settle()
    assert desk.window.focusWidget() is (desk.number if inside else search)


def test_the_words_of_the_chosen_page_are_whole(desk: Desk) -> None:
    for name in ("calls", "people"):
        desk.pane.show_page(name)
        desk.world.settle()
        button = desk.pane._strips[name].buttons[name]
        font = QFont(button.font())
        font.setWeight(QFont.Weight.DemiBold)
        assert button.width() - _TAB_PADDING >= QFontMetrics(font).horizontalAdvance(button.text())


@pytest.mark.parametrize("size", [(760, 420), (1180, 420), (760, 520)])
def test_nothing_covers_anything_in_a_low_window(desk: Desk, size: tuple[int, int]) -> None:
    for number in ("0312340001", "0312340002", "0312340003"):
        desk.call(number=number)
    desk.window.resize(*size)
    desk.world.settle()
    page = cast(CallsView, desk.pane.page)
    layout = page.layout()
    assert layout is not None
    shown = [layout.itemAt(place) for place in range(layout.count())]
    rows = [item.geometry() for item in shown if item is not None and not item.isEmpty()]
    for above, below in pairwise(rows):
        assert above.bottom() < below.top()
    assert page.height() >= page.minimumSizeHint().height()
    page.log.setFocus()
    desk.press(Qt.Key.Key_Tab)
    assert desk.window.focusWidget() is not page.log, "whatever is out of sight is reached by key"


@pytest.mark.parametrize("page", ["calls", "people"])
def test_the_keyboard_goes_through_the_header_as_it_is_seen(desk: Desk, page: str) -> None:
    """The names of the pages stand left of the search."""
    desk.go(page)
    search = desk.pane.page.search
    search.setFocus()
    desk.press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    header = [desk.window.focusWidget()]
    desk.press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    header.insert(0, desk.window.focusWidget())
    assert [widget.objectName() if widget else "" for widget in header] == ["callsTab", "peopleTab"]
    assert header[0] is not None
    assert header[1] is not None
    assert header[0].mapTo(desk.window, QPoint()).x() < header[1].mapTo(desk.window, QPoint()).x()
    assert header[1].mapTo(desk.window, QPoint()).x() < search.mapTo(desk.window, QPoint()).x()


def test_how_the_feed_is_can_be_reached_by_keyboard_where_it_stands(desk: Desk) -> None:
    chip = FeedChip(desk.world.log.theme)
    bar = desk.window.bar
    bar.put_feed(chip)
    desk.world.settle()  # a part of a layout is shown a moment later
    bar.account_button.setFocus()
    desk.press(Qt.Key.Key_Tab)
    assert chip.hasFocus()
    assert chip.accessibleName().startswith("Live status")
    desk.press(Qt.Key.Key_Return)
    assert chip.hasFocus()
    stops = [child for child in bar.children() if isinstance(child, QAbstractButton | FeedChip)]
    assert stops.index(chip) == 1, "the tree has it beside the account too"


@pytest.mark.parametrize("how", [Qt.Key.Key_Escape, "closeButton"])
def test_closing_the_transfer_field_moves_the_focus_straight_to_its_button(desk: Desk, how: object) -> None:
    card = desk.world.card(desk.call())
    desk.press(Qt.Key.Key_T, CONTROL_SHIFT)
    if how == "closeButton":
        card.transfer_row.close_button.setFocus()
    seen = focus_goes_through(lambda: desk.press(Qt.Key.Key_Escape if how != "closeButton" else Qt.Key.Key_Return))
    assert seen == ["PressButton"]
    assert card.transfer_button.hasFocus()
