"""Destination, favourites, caller and options: nothing lost, everything refused beside its field."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from basix_desktop.domain.accounts import Account
from basix_desktop.domain.calls import State
from basix_desktop.ui.dial import suggestion_list
from basix_desktop.ui.dial.view import NARROWEST
from tests.gui.dial.world import ACCOUNT, World

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen only
ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


def type_destination(world: World, text: str) -> None:
    field = world.find("destinationEdit")
    field.setFocus()
    field.selectAll()
    world.keys(text)


def proposals(world: World) -> list[str]:
    view = world.view.destination.edit.list
    return [view.rows.choice(row).destination for row in range(view.rows.rowCount())] if view.isVisible() else []


class TestDestination:
    def test_it_proposes_from_the_first_character(self, world: World) -> None:
        type_destination(world, "S")
        assert proposals(world) == ["sales", "support", "S"]

    def test_it_finds_by_name_with_one_kanji(self, world: World) -> None:
        world.find("destinationEdit").setFocus()
        world.find("destinationEdit").clear()
        world.find("destinationEdit").insert("佐")
        world.view.destination.edit.textEdited.emit("佐")
        assert proposals(world)[0] == "1004"

    def test_it_finds_by_extension_but_never_lengthens_one(self, world: World) -> None:
        type_destination(world, "10")
        assert proposals(world) == ["10", "1004"]
        world.enter()
        assert world.view.draft().destination == "10"

    def test_a_whole_name_is_that_destination_without_a_choice(self, world: World) -> None:
        type_destination(world, "HELEN")
        world.key(Qt.Key.Key_Tab)
        assert world.view.draft().destination == "helen"
        assert world.find("favouriteButton3").isChecked()

    def test_recent_destinations_are_proposed_behind_favourites(self, closed_world: World) -> None:
        closed_world.usual_favourites()
        closed_world.logged("0312341234", "hr", "Human resources")
        closed_world.open()
        type_destination(closed_world, "h")
        assert proposals(closed_world) == ["helen", "hr", "h"]

    def test_anything_else_goes_exactly_as_typed(self, world: World) -> None:
        world.keys("0312341234")
        type_destination(world, "Front-Desk 2")
        world.enter()
        world.enter()
        assert world.dialing.sent == [("0312341234", "Front-Desk 2")]

    def test_esc_closes_the_list_and_leaves_what_was_typed(self, world: World) -> None:
        type_destination(world, "s")
        world.key(Qt.Key.Key_Escape)
        assert proposals(world) == []
        assert world.focused.objectName() == "destinationEdit"
        assert world.view.draft().destination == "s"

    def test_down_moves_and_a_click_takes(self, world: World) -> None:
        type_destination(world, "s")
        world.key(Qt.Key.Key_Down)
        world.enter()
        assert world.view.draft().destination == "support"
        type_destination(world, "s")
        view = world.view.destination.edit.list
        place = view.visualRect(view.rows.index(0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert world.view.draft().destination == "sales"
        assert world.focused.objectName() == "destinationEdit"

    def test_what_is_proposed_is_read_out_once_nobody_types(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said: list[str] = []
        heard = SimpleNamespace(isActive=lambda: True, updateAccessibility=lambda event: said.append(event.message()))
        monkeypatch.setattr(suggestion_list, "QAccessible", heard)
        type_destination(world, "s")
        world.keys("u")
        assert said == []
        world.until(lambda: len(said) == 1)
        assert said[0].startswith("Support")
        type_destination(world, "98")
        world.key(Qt.Key.Key_Down)
        world.key(Qt.Key.Key_Up)
        assert "98" in said[-1], "gone to, it is read out at once"
        world.key(Qt.Key.Key_Escape)
        before = len(said)
        type_destination(world, "97")
        world.keys("6")
        world.until(lambda: not world.view.destination.edit.list._telling.isActive())
        assert len(said) == before, "what Enter takes as it was typed goes without saying"

    def test_down_shows_all_there_is(self, world: World) -> None:
        world.find("destinationEdit").setFocus()
        world.key(Qt.Key.Key_Down)
        assert proposals(world) == ["sales", "support", "helen", "1004"]

    @pytest.mark.parametrize("number", ["0312345678", "+81 3-1234-5678", "０９０１２３４５６７８"])
    def test_an_outside_number_is_refused_beside_the_field(self, world: World, number: str) -> None:
        world.keys("0312341234")
        world.view.destination.edit.setText(number)
        world.enter()
        assert world.dialing.orders == []
        assert "outside number" in world.find("destinationRefusal").text()
        assert world.find("destinationEdit").property("refused") is True
        assert world.focused.objectName() == "destinationEdit"
        assert world.find("destinationEdit").text() == number
        assert "outside number" in world.find("destinationEdit").accessibleDescription()

    def test_nobody_chosen_is_refused_in_words(self, bare_world: World) -> None:
        bare_world.keys("0312341234")
        bare_world.enter()
        assert "Nobody has been chosen" in bare_world.find("destinationRefusal").text()

    def test_words_of_a_refusal_are_taken_back_with_the_next_change(self, bare_world: World) -> None:
        taken_back: list[str] = []
        bare_world.presenter.outdated.connect(taken_back.append)
        bare_world.keys("0312341234")
        bare_world.enter()
        assert taken_back == []
        bare_world.keys("s")
        assert taken_back == [bare_world.said[-1]]

    def test_the_refusal_goes_with_the_next_change(self, bare_world: World) -> None:
        bare_world.keys("0312341234")
        bare_world.enter()
        bare_world.keys("s")
        assert bare_world.find("destinationRefusal").text() == ""
        assert bare_world.find("destinationEdit").property("refused") is False

    def test_another_account_has_its_own_usual_destination(self, world: World) -> None:
        other = Account("Other", "other.example")
        world.on_db(lambda: world.stores.favourites.add(*other.key, "front", "Front"))
        world.alt(3)
        world.account = other
        world.presenter.account_changed()
        world.settle()
        assert world.view.draft().destination == ""
        assert world.find("favouriteButton1").accessibleName() == "Front"


class TestFavourites:
    def labels(self, world: World) -> list[str]:
        world.settle()
        return [button.accessibleName() for button in world.view.destination.grid.buttons]

    def stored(self, world: World) -> list[str]:
        return [f.destination for f in world.on_db(lambda: world.stores.favourites.list(*ACCOUNT.key))]

    def test_the_destination_meant_is_added_with_a_name(self, world: World) -> None:
        type_destination(world, "1009")
        world.enter()
        world.find("addFavouriteButton").click()
        assert world.focused.objectName() == "favouriteNameEdit"
        world.keys("Reception")
        world.enter()
        assert self.labels(world)[-1] == "Reception"
        assert self.stored(world)[-1] == "1009"
        assert world.find("favouriteButton5").isChecked()

    def test_a_favourite_is_not_added_twice(self, world: World) -> None:
        assert not world.find("addFavouriteButton").isVisible()
        type_destination(world, "1009")
        world.enter()
        assert world.find("addFavouriteButton").isVisible()

    def test_an_outside_number_cannot_be_a_favourite(self, world: World) -> None:
        type_destination(world, "1009")
        world.enter()
        world.find("addFavouriteButton").click()
        world.find("favouriteDestinationEdit").setText("0312345678")
        world.find("favouriteSaveButton").click()
        assert "outside number" in world.view.destination.editor.destination.refusal
        assert world.find("favouriteEditor").isVisible()
        assert len(self.labels(world)) == 4

    def test_esc_leaves_the_editor_and_changes_nothing(self, world: World) -> None:
        type_destination(world, "1009")
        world.enter()
        world.find("addFavouriteButton").click()
        world.key(Qt.Key.Key_Escape)
        assert not world.find("favouriteEditor").isVisible()
        assert len(self.labels(world)) == 4
        assert world.view.draft().destination == "1009"

    def menu(self, world: World, name: str, text: str) -> None:
        menu: QMenu = world.find(name).menu_of_actions()
        action = next(action for action in menu.actions() if action.text().startswith(text))
        action.trigger()
        menu.close()
        world.settle()

    def test_it_is_renamed(self, world: World) -> None:
        self.menu(world, "favouriteButton2", "Change")
        world.find("favouriteNameEdit").setText("Second line")
        world.find("favouriteSaveButton").click()
        assert self.labels(world)[1] == "Second line"
        assert self.stored(world)[1] == "support"

    def test_another_becomes_the_usual_destination(self, world: World) -> None:
        self.menu(world, "favouriteButton3", "Make it usual")
        world.dial().end(State.ACCEPTED, uuids=("a",))
        world.settle()
        assert world.view.draft().destination == "helen"

    def test_it_is_removed_and_the_keys_move_up(self, world: World) -> None:
        world.find("favouriteButton1").setFocus()
        world.key(Qt.Key.Key_Delete)
        assert self.labels(world) == ["Support", "Helen", "佐藤 健"]
        world.keys("0312341234")
        world.ctrl(1)
        assert world.dialing.sent == [("0312341234", "support")]

    def test_it_is_moved_by_keys_and_keeps_the_focus(self, world: World) -> None:
        world.find("favouriteButton3").setFocus()
        world.key(Qt.Key.Key_Up, ALT_SHIFT)
        assert self.labels(world) == ["Sales", "Helen", "Support", "佐藤 健"]
        assert world.focused.accessibleName() == "Helen"
        world.key(Qt.Key.Key_Down, ALT_SHIFT)
        assert self.labels(world) == ["Sales", "Support", "Helen", "佐藤 健"]

    def test_a_second_press_does_not_take_the_choice_back(self, world: World) -> None:
        QTest.mouseClick(world.find("favouriteButton1"), Qt.MouseButton.LeftButton)
        assert world.find("favouriteButton1").isChecked()
        assert world.view.draft().destination == "sales"

    def test_the_menu_holds_all_that_can_be_done(self, world: World) -> None:
        menu = world.find("favouriteButton2").menu_of_actions()
        assert [action.text().split("\t")[0] for action in menu.actions() if action.text()] == [
            "Change…",
            "Make it usual",
            "Move earlier",
            "Move later",
            "Remove",
        ]
        menu.close()

    def test_more_than_nine_are_shown_without_a_key(self, closed_world: World) -> None:
        for number in range(1, 12):
            closed_world.favourite(f"10{number:02}", f"Person {number}")
        closed_world.open()
        assert len(self.labels(closed_world)) == 11
        assert "Alt" not in closed_world.find("favouriteButton10").accessibleDescription()


class TestCaller:
    def test_picture_and_prefecture_are_one_press_further(self, world: World) -> None:
        assert not world.find("endUserAvatarEdit").isVisible()
        world.find("moreCallerButton").click()
        assert world.find("endUserAvatarEdit").isVisible()
        assert world.find("endUserPrefectureEdit").isVisible()

    def test_a_refusal_opens_what_is_not_in_sight(self, world: World) -> None:
        world.keys("0312341234")
        world.find("endUserAvatarEdit").setText("no address")
        world.enter()
        assert world.dialing.orders == []
        assert world.find("endUserAvatarEdit").isVisible()
        assert "not the address of a picture" in world.view.caller.rows["end_user_avatar"].refusal
        assert world.focused.objectName() == "endUserAvatarEdit"


class TestOptions:
    def test_they_are_one_line_while_all_is_as_usual(self, world: World) -> None:
        assert not world.find("callingNumberEdit").isVisible()
        assert world.find("optionsButton").accessibleName() == "Caller ID shown 050-6860-1111 · Ring 180 s"

    def test_a_long_line_is_shortened_and_widens_nothing(self, closed_world: World) -> None:
        closed_world.account = Account("Example", "example.com", default_calling_number=20 * "1", answer_timeout=10**9)
        closed_world.open((NARROWEST, 420))
        scroll = closed_world.find("dialScroll")
        assert scroll.widget().minimumSizeHint().width() <= scroll.viewport().width()
        assert closed_world.find("optionsButton").accessibleName().endswith("1000000000 s"), "read out it is whole"

    @pytest.mark.parametrize("name", ["callbackUrlEdit", "callingNumberEdit"])
    def test_they_open_by_themselves_when_a_value_differs(self, world: World, name: str) -> None:
        field = world.find(name)
        (field.setText if hasattr(field, "setText") else field.setEditText)("something else")
        assert world.find("answerTimeoutSpin").isVisible()

    def test_saved_calling_numbers_can_be_chosen_and_others_typed(self, world: World) -> None:
        world.find("optionsButton").click()
        combo = world.find("callingNumberEdit")
        assert [combo.itemText(row) for row in range(combo.count())] == list(ACCOUNT.calling_numbers)
        combo.lineEdit().selectAll()
        world.keys("0506", on=combo)
        assert combo.currentText() == "0506"  # not completed to the saved one

    @pytest.mark.parametrize("typed", ["0", "abc", "-5", "1.5", "99999999999", ""])
    def test_a_ring_time_that_is_none_stays_as_typed_and_is_refused(self, world: World, typed: str) -> None:
        world.keys("0312341234")
        world.find("optionsButton").click()
        spin = world.find("answerTimeoutSpin")
        spin.setFocus()
        spin.selectAll()
        world.key(Qt.Key.Key_Delete)
        world.keys(typed)
        world.key(Qt.Key.Key_Tab)
        world.enter()
        assert world.dialing.orders == []
        assert spin.typed() == typed
        assert "whole number of seconds" in world.view.options.rows["answer_timeout"].refusal
        assert world.focused is spin
        assert spin.property("refused") is True

    def test_full_width_digits_are_a_ring_time(self, world: World) -> None:
        world.keys("0312341234")
        world.find("optionsButton").click()
        spin = world.find("answerTimeoutSpin")
        spin.setFocus()
        spin.selectAll()
        spin.lineEdit().insert("９０")
        world.enter()
        assert world.dialing.orders[0].request.answer_timeout == 90

    def test_arrows_go_back_to_the_usual_time_from_a_text_that_is_none(self, world: World) -> None:
        world.find("optionsButton").click()
        spin = world.find("answerTimeoutSpin")
        spin.setFocus()
        spin.selectAll()
        world.keys("x")
        world.key(Qt.Key.Key_Up)
        assert spin.typed() == "180"

    def test_other_settings_of_the_same_account_leave_what_is_typed(self, world: World) -> None:
        world.view.options.callback_url.setText("https://example.com/x")
        world.keys("0312341234")
        world.presenter.account_changed()
        world.settle()
        assert world.view.draft().callback_url == "https://example.com/x"
        assert world.view.draft().number == "03-1234-1234"


def test_all_refusals_are_told_at_once_and_the_first_takes_the_focus(world: World) -> None:
    world.keys("12")
    world.view.destination.edit.setText("0312345678")
    world.find("endUserAvatarEdit").setText("nonsense")
    world.find("callbackUrlEdit").setText("ftp://x")
    world.find("callingNumberEdit").setEditText("call me")
    before = world.view.draft()
    world.enter()
    assert world.view.draft() == before
    assert world.focused.objectName() == "numberEdit"
    refused = {
        name
        for name in (
            "numberEdit",
            "destinationEdit",
            "endUserAvatarEdit",
            "callbackUrlEdit",
            "callingNumberEdit",
            "answerTimeoutSpin",
        )
        if world.find(name).property("refused")
    }
    assert refused == {"numberEdit", "destinationEdit", "endUserAvatarEdit", "callbackUrlEdit", "callingNumberEdit"}


def test_fields_stand_below_each_other_where_letters_are_large(closed_world: World) -> None:
    usual = QApplication.font()
    large = QApplication.font()
    large.setPointSizeF(1.6 * usual.pointSizeF())
    QApplication.setFont(large)
    try:
        closed_world.open()
        fields = [closed_world.find(name) for name in ("endUserIdEdit", "endUserNameEdit", "endUserOrganizationEdit")]
        assert len({field.mapTo(closed_world.window, QPoint(0, 0)).x() for field in fields}) == 1
    finally:
        QApplication.setFont(usual)
