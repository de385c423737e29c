"""Search and chips: at once, by keyboard, and honest when nothing is found."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from basix_desktop.domain.calls import UserWord
from basix_desktop.services.ports import LogFilter
from basix_desktop.ui.i18n import install, remove
from tests.gui.calls.world import OFFSCREEN, PLACED, REFUSED, UNKNOWN, World

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("田", ["田中 太郎"]),
        ("l", ["Luke S.", "090-3333-4444", "Olive", "Müller GmbH"]),
        ("luke", ["Luke S."]),
        ("090-3333", ["090-3333-4444"]),
        ("０９０３３３３", ["090-3333-4444"]),
        ("Ken", ["Olive"]),
        (" Campaign ", ["田中 太郎"]),
        ("muller", ["Müller GmbH"]),
    ],
)
def test_search_finds_from_the_first_character(busy_world: World, text: str, found: list[str]) -> None:
    QTest.keyClicks(busy_world.view.search, text) if text.isascii() else busy_world.view.search.setText(text)
    busy_world.settle()
    assert set(found) <= set(busy_world.rows())
    if len(text.strip()) > 1 or not text.isascii():
        assert busy_world.rows() == found


def test_search_finds_a_leg_uuid(busy_world: World) -> None:
    leg = busy_world.view.model.at(3).attempt.uuids[0]
    busy_world.view.search.setText(leg)
    busy_world.settle()
    assert busy_world.rows() == ["Olive"]


def test_nothing_found_says_so_and_offers_the_way_back(busy_world: World) -> None:
    busy_world.view.search.setText("<b>nobody</b>")
    busy_world.settle()
    assert busy_world.find(QLabel, "callLogMessageTitle").text() == "No calls match “<b>nobody</b>”"
    busy_world.click("callLogMessageButton")
    assert len(busy_world.rows()) == 6
    assert busy_world.view.search.text() == ""
    assert busy_world.view.log.isVisible()


def test_escape_clears_the_search_and_is_then_left_to_the_window(busy_world: World) -> None:
    search = busy_world.view.search
    busy_world.presenter.focus_search()
    assert search.hasFocus()
    search.setText("Luke")
    busy_world.press(search, Qt.Key.Key_Escape)
    assert search.text() == ""
    assert len(busy_world.rows()) == 6


def test_a_fast_enter_acts_on_what_was_typed(busy_world: World) -> None:
    """Enter comes before a single row has been read."""
    search = busy_world.view.search
    QTest.keyClicks(search, "Olive")
    QTest.keyClick(search, Qt.Key.Key_Return)
    busy_world.settle()
    assert busy_world.view.log.hasFocus()
    busy_world.press(busy_world.view.log, Qt.Key.Key_Return)
    assert [a.request.end_user.name for a in busy_world.says("put_into_dial")] == ["Olive"]


def test_enter_arms_nothing_when_nothing_is_found(busy_world: World) -> None:
    search = busy_world.view.search
    search.setFocus()
    QTest.keyClicks(search, "zzz")
    busy_world.press(search, Qt.Key.Key_Return)
    busy_world.press(search, Qt.Key.Key_Return)
    assert search.hasFocus()
    assert busy_world.says("put_into_dial") == []


def test_the_last_of_many_fast_searches_is_the_one_shown(busy_world: World) -> None:
    for text in ("L", "Lu", "Luk", "Lu", "L", "", "O", "Ol"):
        busy_world.view.search.setText(text)
    busy_world.settle()
    assert busy_world.rows() == ["Olive"]


def test_chips_count_and_filter_one_at_a_time(busy_world: World) -> None:
    assert {chip.objectName(): chip.text() for chip in busy_world.view.chips.buttons()} == {
        "chipAll": "All 6",
        "chipPlaced": "Placed 3",
        "chipConnected": "Connected 0",
        "chipNotAnswered": "Not answered 0",
        "chipNotPlaced": "Not placed 2",
        "chipToCheck": "To check 1",
    }
    busy_world.click("chipNotPlaced")
    assert busy_world.rows() == ["田中 太郎", "0120-444-444"]
    assert not busy_world.find(QPushButton, "chipAll").isChecked()
    busy_world.click("chipToCheck")
    assert busy_world.rows() == ["090-3333-4444"]
    busy_world.click("chipAll")
    assert len(busy_world.rows()) == 6


def test_chips_work_by_keyboard(busy_world: World) -> None:
    chip = busy_world.find(QPushButton, "chipAll")
    chip.setFocus()
    busy_world.press(chip, Qt.Key.Key_Right)
    placed = busy_world.find(QPushButton, "chipPlaced")
    assert placed.hasFocus()
    busy_world.press(placed, Qt.Key.Key_Space)
    assert busy_world.rows() == ["Luke S.", "Olive", "Müller GmbH"]
    for name in ("chipPlaced", "chipConnected", "chipNotAnswered"):
        busy_world.press(busy_world.find(QPushButton, name), Qt.Key.Key_Right)
    busy_world.press(busy_world.find(QPushButton, "chipNotPlaced"), Qt.Key.Key_Return)
    assert busy_world.rows() == ["田中 太郎", "0120-444-444"]


@pytest.fixture(params=["en", "ja"])
def spoken(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    installed = install(qapp, request.param)
    yield
    remove(qapp, installed)


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize("width", [260, 420, 820])
def test_chips_are_whole_at_every_width(busy_world: World, width: int) -> None:
    view, chips = busy_world.view, busy_world.view.chips
    view.resize(width, 670)
    busy_world.settle()
    chips.set_counts(dict.fromkeys(LogFilter, 100_000))
    busy_world.settle()
    places = [QRect(chip.mapTo(view, QPoint()), chip.size()) for chip in chips.buttons()]
    for chip, place in zip(chips.buttons(), places, strict=True):
        assert chip.width() >= chip.sizeHint().width(), chip.text()
        assert view.rect().contains(place), chip.text()
    assert not any(one.intersects(other) for one, other in combinations(places, 2))
    assert view.log.mapTo(view, QPoint()).y() > max(place.bottom() for place in places)


def test_counts_follow_the_search(busy_world: World) -> None:
    busy_world.view.search.setText("Luke")
    busy_world.settle()
    assert busy_world.find(QPushButton, "chipAll").text() == "All 1"
    assert busy_world.find(QPushButton, "chipToCheck").text() == "To check 0"
    assert busy_world.view.card.isVisible(), "a search must not hide what has to be checked"


def test_a_call_joins_only_the_chips_it_belongs_to(busy_world: World) -> None:
    busy_world.click("chipPlaced")
    refused = busy_world.call(REFUSED, "0311112222", "x", name="No")
    busy_world.presenter.attempt_changed(refused)
    placed = busy_world.call(PLACED, "0311112223", "x", name="Yes")
    busy_world.presenter.attempt_changed(placed)
    busy_world.settle()
    assert busy_world.rows()[0] == "Yes"
    assert "No" not in busy_world.rows()
    assert busy_world.find(QPushButton, "chipNotPlaced").text() == "Not placed 3"


def test_the_users_word_moves_a_call_to_its_chip(busy_world: World) -> None:
    busy_world.click("chipToCheck")
    waiting = busy_world.view.model.at(0).attempt
    busy_world.presenter.attempt_changed(busy_world.say(waiting, UserWord.DONT_KNOW))
    busy_world.settle()
    assert busy_world.rows() == ["090-3333-4444"], "don't know settles nothing"
    busy_world.presenter.attempt_changed(busy_world.say(waiting, UserWord.RANG))
    assert busy_world.rows() == [], "at once, without a look at the disk"
    busy_world.settle()
    assert busy_world.rows() == []
    assert busy_world.find(QLabel, "callLogMessageTitle").text() == "Nothing to check"
    busy_world.click("callLogMessageButton")
    assert len(busy_world.rows()) == 6
    assert busy_world.view.chips.current is LogFilter.ALL


def test_the_selected_call_stays_selected_when_the_search_still_finds_it(busy_world: World) -> None:
    olive = busy_world.view.model.at(3).attempt.id
    busy_world.view.log.go_to(olive)
    busy_world.settle()
    busy_world.view.search.setText("ol")
    busy_world.settle()
    assert busy_world.view.log.current_id() == olive
    busy_world.view.search.setText("luke")
    busy_world.settle()
    assert not busy_world.view.details.isVisible()


def test_a_log_that_cannot_be_read_says_so_and_is_read_again(closed_world: World) -> None:
    world = closed_world
    world.call(UNKNOWN, "0311112222", "x")
    path = world.stores._path
    hidden = path.with_suffix(".away")
    path.rename(hidden)
    world.open()
    assert "call log" in world.find(QLabel, "callLogMessageTitle").text()
    assert world.find(QPushButton, "callLogMessageButton").text() == "Try again"
    hidden.rename(path)
    world.click("callLogMessageButton")
    assert world.rows() == ["03-1111-2222"]


def test_a_search_says_how_many_it_found_once_the_keys_rest(busy_world: World, qtbot: QtBot) -> None:
    world = busy_world
    QTest.keyClicks(world.view.search, "luke")
    world.settle()
    assert world.says("announced") == [], "not over the keys"
    qtbot.waitUntil(lambda: bool(world.says("announced")))
    assert world.says("announced") == ["Calls found: 1"]
    world.view.search.setText("nobody")
    qtbot.waitUntil(lambda: len(world.says("announced")) == 2)
    assert world.says("announced")[1] == "No calls match “nobody”"
    world.press(world.view.search, Qt.Key.Key_Down)
    assert world.says("announced")[2:] == ["No calls match “nobody”"], "a key that finds nothing says so"
    world.view.search.clear()
    assert world.says("announced")[3:] == [""], "it no longer holds"


@pytest.mark.parametrize("how", ["search", "chip"])
def test_that_a_new_call_is_hidden_is_said_until_it_is_not(busy_world: World, how: str) -> None:
    world, hint = busy_world, busy_world.find(QLabel, "callLogHint")
    if how == "search":
        world.view.search.setText("Luke")
    else:
        world.click("chipNotPlaced")
    world.settle()
    assert not hint.isVisible()
    world.presenter.attempt_changed(world.begin("0311112222", "ken", name="Luke Warm" if how == "chip" else "Olive"))
    world.settle()
    assert hint.isVisible()
    assert "latest call" in hint.text()
    world.view.search.clear()
    world.click("chipAll")
    assert not hint.isVisible()


def test_a_new_call_that_the_search_finds_is_not_called_hidden(busy_world: World) -> None:
    world = busy_world
    world.view.search.setText("Luke")
    world.settle()
    world.presenter.attempt_changed(world.begin("0311112222", "ken", name="Luke Warm"))
    world.settle()
    assert world.rows()[0] == "Luke Warm"
    assert not world.find(QLabel, "callLogHint").isVisible()
