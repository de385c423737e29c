"""The number's field: nothing typed is lost, and what is said is what will be sent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from basix_desktop.domain.calls import EndUser
from tests.gui.dial.world import ACCOUNT, World

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen only
CTRL = Qt.KeyboardModifier.ControlModifier


def paste(world: World, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    world.key(Qt.Key.Key_V, CTRL)


def said_below(world: World) -> str:
    text: str = world.find("sentAsLabel").text()
    return text


def test_it_says_country_and_what_will_be_sent(world: World) -> None:
    world.keys("+12125550100")
    assert said_below(world) == "United States · will be sent as 01012125550100"
    world.until(lambda: world.find("numberEdit").accessibleDescription() == said_below(world))


def test_its_description_is_left_alone_while_digits_are_typed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen reader reads out every change of it."""
    world.until(lambda: world.find("numberEdit").accessibleDescription() == said_below(world))
    edit, described = world.find("numberEdit"), list[str]()
    put = edit.setAccessibleDescription

    def describe(words: str) -> None:
        described.append(words)
        put(words)

    monkeypatch.setattr(edit, "setAccessibleDescription", describe)
    world.keys("0312341234")
    assert described == []
    world.until(lambda: edit.accessibleDescription() == said_below(world))
    assert described == [said_below(world)]


def test_a_connection_is_made_ready_once_there_is_a_number(world: World) -> None:
    world.keys("03")
    assert not world.dialing.expected
    world.keys("12341234")
    assert world.dialing.expected[-1] == world.account
    assert not world.dialing.orders


def test_no_connection_is_made_ready_for_what_cannot_be_called(world: World) -> None:
    for text in ("2026-11-24", "110", "#99"):
        paste(world, text)
        world.find("numberEdit").clear()
    assert not world.dialing.expected


def test_digits_typed_into_the_middle_keep_the_cursor_where_it_belongs(world: World) -> None:
    field = world.find("numberEdit")
    world.keys("031234234")
    field.setCursorPosition(4)  # 03-1|234-234 or however it is grouped
    before = sum(char.isdigit() for char in field.text()[:4])
    world.keys("9")
    assert sum(char.isdigit() for char in field.text()[: field.cursorPosition()]) == before + 1
    digits = "".join(char for char in field.text() if char.isdigit())
    assert digits == f"{'031234234'[:before]}9{'031234234'[before:]}"


def test_backspace_and_delete_take_a_digit_even_beside_a_separator(world: World) -> None:
    field = world.find("numberEdit")
    world.keys("0312341234")
    field.setCursorPosition(3)  # behind the first dash
    world.key(Qt.Key.Key_Backspace)
    assert "".join(char for char in field.text() if char.isdigit()) == "012341234"
    field.setText("")
    world.keys("0312341234")
    field.setCursorPosition(2)  # before the first dash
    world.key(Qt.Key.Key_Delete)
    assert "".join(char for char in field.text() if char.isdigit()) == "032341234"


@pytest.mark.parametrize("size", [257, 5_000, 1_000_000])
def test_a_text_that_is_too_long_is_refused_and_the_field_keeps_what_it_had(world: World, size: int) -> None:
    world.keys("0312")
    before = world.find("numberEdit").text()
    paste(world, "0312341234 " * (size // 11 + 1))
    assert world.find("numberEdit").text() == before
    assert "too long" in said_below(world)
    assert world.find("numberEdit").property("refused") is True
    world.keys("3")
    assert "too long" not in said_below(world)
    assert world.find("numberEdit").property("refused") is not True


def test_a_long_text_of_signs_outside_the_basic_plane_is_not_cut_to_something_readable(world: World) -> None:
    paste(world, "0312341234 " + "😀" * 300)
    assert world.find("numberEdit").text() == ""
    assert "too long" in said_below(world)


def test_a_signature_is_read_line_breaks_and_all(world: World) -> None:
    paste(world, "Aoba Trading\nTEL: 03-1234-5678 (受付 9:00-18:00)\n")
    assert "0312345678" in said_below(world)
    world.enter()
    assert world.dialing.sent == [("0312345678", "sales")]


def test_rich_text_is_pasted_as_plain_text(world: World) -> None:
    data = QMimeData()
    data.setHtml('<b>03</b>-1234-5678<img src="file:///etc/hostname">')
    data.setText("03-1234-5678")
    QGuiApplication.clipboard().setMimeData(data)
    world.key(Qt.Key.Key_V, CTRL)
    assert world.find("numberEdit").text() == "03-1234-5678"


@pytest.mark.parametrize("text", ["03-1234\x005678", "\u202e8765-4321-30"])
def test_controls_are_refused_in_words(world: World, text: str) -> None:
    world.find("numberEdit").setText(text)
    assert "control characters" in said_below(world)
    world.enter()
    assert world.dialing.orders == []


def test_an_emergency_number_is_refused_while_it_is_typed(world: World) -> None:
    world.keys("118")
    assert "Emergency" in said_below(world) or "emergency" in said_below(world)
    assert world.find("numberEdit").property("refused") is True


def test_a_number_in_the_making_is_no_error(world: World) -> None:
    world.keys("031")
    assert world.find("numberEdit").property("refused") is not True
    world.enter()
    assert world.find("numberEdit").property("refused") is True
    assert "does not read as a phone number" in said_below(world)
    assert world.find("numberEdit").text() == "031"


class TestTwoNumbers:
    TEXT = "代表 03-1234-5678 携帯 090-1234-5678"

    def test_it_asks_which_one(self, world: World) -> None:
        paste(world, self.TEXT)
        assert "more than one number" in said_below(world)
        assert "03-1234-5678" in world.find("candidateA").text()
        assert "携帯" in world.find("candidateB").text()
        world.enter()
        assert world.dialing.orders == []

    def test_a_key_chooses(self, world: World) -> None:
        paste(world, self.TEXT)
        world.settle()
        world.key(Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
        assert world.find("numberEdit").text() == "090-1234-5678"
        assert world.focused.objectName() == "numberEdit"
        world.enter()
        assert world.dialing.sent == [("09012345678", "sales")]

    def test_however_many_there_are_each_can_be_chosen(self, world: World) -> None:
        """As many as the longest text holds; those beyond the keys are reached with Tab, and scroll into sight."""
        numbers = [f"03-1234-56{number:02}" for number in range(19)]
        paste(world, " ".join(numbers))
        world.settle()
        buttons = world.find("numberCandidates").findChildren(QPushButton)
        assert [button.accessibleName() for button in buttons] == numbers
        for _ in numbers:
            world.key(Qt.Key.Key_Tab)
        last = world.focused
        assert last is buttons[-1]
        assert not last.visibleRegion().isEmpty()
        world.enter()
        assert world.find("numberEdit").text() == numbers[-1]

    def test_the_question_is_reached_by_tab_and_goes_with_the_text(self, world: World) -> None:
        paste(world, self.TEXT)
        world.key(Qt.Key.Key_Tab)
        assert world.focused.objectName() == "candidateA"
        world.enter()
        assert world.find("numberEdit").text() == "03-1234-5678"
        world.settle()
        assert not world.find("numberCandidates").isVisible()


class TestFromOutside:
    def test_into_an_empty_field_it_goes_with_its_source_named(self, world: World) -> None:
        world.presenter.fill("tel:0612345678", source="Web browser")
        assert "0612345678" in said_below(world)
        assert "Web browser" in said_below(world)
        assert world.dialing.orders == []

    @pytest.mark.parametrize(("waited", "orders"), [(0, 0), (499, 0), (500, 1)])
    def test_enter_does_nothing_for_half_a_second(self, world: World, waited: int, orders: int) -> None:
        world.presenter.fill("tel:0612345678", source="Web browser")
        world.ms += waited
        world.enter()
        assert len(world.dialing.orders) == orders

    def test_ctrl_1_does_nothing_for_half_a_second_either(self, world: World) -> None:
        world.presenter.fill("tel:0612345678", source="Web browser")
        world.ctrl(1)
        assert world.dialing.orders == []

    def test_over_something_typed_it_waits(self, world: World) -> None:
        world.keys("0312341234")
        world.presenter.fill("tel:0612345678", source="Web browser")
        world.presenter.fill("tel:0698765432", source="Mail")
        assert world.find("numberEdit").text() == "03-1234-1234"
        assert world.find("offerPanel").isVisible()
        assert "Mail" in world.said[-1]
        world.key(Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
        assert "0698765432" in said_below(world)
        assert not world.find("offerPanel").isVisible()
        world.enter()
        assert world.dialing.orders == []

    def test_over_an_earlier_one_from_outside_the_last_wins(self, world: World) -> None:
        world.presenter.fill("tel:0612345678", source="Web browser")
        world.presenter.fill("tel:0698765432", source="Web browser")
        assert "0698765432" in said_below(world)
        assert not world.find("offerPanel").isVisible()

    def test_the_source_is_plain_text_without_hidden_signs(self, world: World) -> None:
        world.presenter.fill("0612345678", source="<b>\u202eevil")
        assert "<b>evil" in said_below(world)


class TestFromTheLog:
    def test_a_row_replaces_all_and_calls_nothing(self, world: World) -> None:
        attempt = world.logged("0612345678", "campaign", "Campaign", EndUser(name="Olive"))
        world.keys("0312341234")
        world.presenter.fill_from_attempt(attempt)
        draft = world.view.draft()
        assert (draft.number, draft.destination, draft.end_user_name) == ("06-1234-5678", "campaign", "Olive")
        assert world.find("destinationEdit").text() == "Campaign"
        assert world.dialing.orders == []
        world.enter()
        assert world.dialing.sent == [("0612345678", "campaign")]

    @pytest.mark.parametrize("edited", [False, True])
    def test_the_caller_of_a_row_goes_with_its_number(self, world: World, *, edited: bool) -> None:
        attempt = world.logged("0612345678", "campaign", "Campaign", EndUser(id="4711", name="Olive"))
        world.presenter.fill_from_attempt(attempt)
        if edited:
            world.find("endUserNameEdit").setText("Olive’s brother")
        edit = world.find("numberEdit")
        edit.setCursorPosition(0)
        assert world.view.draft().end_user_id == "4711"
        edit.clear()
        world.keys("0312341234", edit)
        world.enter()
        sent = world.dialing.orders[-1].request.end_user
        assert (sent.id, sent.name) == (("4711", "Olive’s brother") if edited else ("", "")), "typed data stay"

    def test_the_typed_number_can_be_brought_back(self, world: World) -> None:
        attempt = world.logged("0612345678", "campaign")
        world.keys("0312341234")
        world.presenter.fill_from_attempt(attempt)
        world.key(Qt.Key.Key_Z, CTRL)
        assert world.find("numberEdit").text() == "03-1234-1234"

    def test_a_row_of_an_account_abroad_is_the_same_telephone(self, world: World) -> None:
        """0612345678 is in Osaka; in France it is a stranger's mobile telephone."""
        attempt = world.logged("0612345678", "campaign")
        world.account = replace(ACCOUNT, name="Paris", domain="paris.example", home_region="FR")
        world.presenter.account_changed()
        world.presenter.fill_from_attempt(attempt)
        assert world.find("numberEdit").text() == "+81 6-1234-5678"
        assert said_below(world) == "Japan · will be sent as 0081612345678"
        world.enter()
        world.settle()  # the press waits for this account's favourites
        assert world.dialing.sent == [("0081612345678", "campaign")]

    def test_the_last_number_is_the_same_telephone_after_the_country_was_changed(self, world: World) -> None:
        world.logged("0612345678", "campaign")
        world.account = replace(ACCOUNT, home_region="FR")
        world.presenter.account_changed()
        world.enter()
        world.settle()
        assert world.find("numberEdit").text() == "+81 6-1234-5678"

    def test_a_row_that_this_account_cannot_call_leaves_all_as_it_is(self, world: World) -> None:
        """Nothing hides the caller ID from there."""
        attempt = world.logged("1840612345678", "campaign")
        world.account = replace(ACCOUNT, name="Paris", domain="paris.example", home_region="FR")
        world.presenter.account_changed()
        world.keys("0123456789")
        before = world.view.draft()
        world.presenter.fill_from_attempt(attempt)
        assert world.view.draft() == before
        assert world.said[-1] == "This number can only be called from the account it was called from: Example."


class TestKeypad:
    def test_it_types_and_erases(self, world: World) -> None:
        world.presenter.show_keypad(True)
        for sign in "0312":
            QTest.mouseClick(world.find(f"keypad_{sign}"), Qt.MouseButton.LeftButton)
        assert world.find("numberEdit").text() == "03-12"
        QTest.mouseClick(world.find("keypad_⌫"), Qt.MouseButton.LeftButton)
        assert world.find("numberEdit").text() == "031"

    def test_arrows_move_on_it_and_enter_presses(self, world: World) -> None:
        world.presenter.show_keypad(True)
        world.find("keypad_5").setFocus()
        world.key(Qt.Key.Key_Down)
        world.key(Qt.Key.Key_Down)
        world.enter()
        assert world.find("numberEdit").text() == "0"
        assert world.dialing.orders == []

    def test_it_has_no_star_and_no_hash(self, world: World) -> None:
        world.presenter.show_keypad(True)
        signs = {button.text() for button in world.find("keypad").children() if hasattr(button, "text")}
        assert signs == set("0123456789+⌫")


def test_the_field_keeps_its_height_and_nothing_below_jumps(world: World) -> None:
    empty = world.find("numberEdit").height(), world.find("destinationEdit").mapTo(world.window, QPoint(0, 0)).y()
    world.keys("0312341234")
    world.settle()
    typed = world.find("numberEdit").height(), world.find("destinationEdit").mapTo(world.window, QPoint(0, 0)).y()
    world.key(Qt.Key.Key_Escape)
    world.settle()
    cleared = world.find("numberEdit").height(), world.find("destinationEdit").mapTo(world.window, QPoint(0, 0)).y()
    assert empty == typed == cleared


def test_a_long_number_is_shown_whole(closed_world: World) -> None:
    closed_world.open((320, 600))
    field = closed_world.find("numberEdit")
    closed_world.keys("0312341234")
    large = field.fontInfo().pointSizeF()
    closed_world.key(Qt.Key.Key_Escape)
    closed_world.keys("0101212555010012")
    assert field.fontInfo().pointSizeF() < large
    assert field.fontMetrics().horizontalAdvance(field.text()) < field.width() - 40
