"""The whole day's work by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QPushButton, QWidget

from basix_desktop.domain.calls import State
from basix_desktop.domain.errors import Failure
from tests.gui.dial.world import World

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen only
_ENTER = Qt.Key.Key_Return


def _hold(world: World, key: Qt.Key, repeats: int = 5) -> None:
    """Press a key and keep it down."""
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(world.focused, QKeyEvent(QEvent.Type.KeyPress, key, none, "\r"))
    for _ in range(repeats):
        QApplication.sendEvent(world.focused, QKeyEvent(QEvent.Type.KeyPress, key, none, "\r", True))
    QApplication.sendEvent(world.focused, QKeyEvent(QEvent.Type.KeyRelease, key, none, "\r"))


def test_digits_and_enter_call_the_usual_destination(world: World) -> None:
    world.keys("0312341234")
    world.enter()
    assert world.dialing.sent == [("0312341234", "sales")]
    assert world.dialing.orders[0].destination_label == "Sales"


def test_keypad_enter_calls_too(world: World) -> None:
    world.keys("0312341234")
    world.key(Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert world.dialing.sent == [("0312341234", "sales")]


def test_digits_and_ctrl_3_call_favourite_3(world: World) -> None:
    world.keys("0312341234")
    world.ctrl(3)
    assert world.dialing.sent == [("0312341234", "helen")]


def test_the_keypads_3_with_ctrl_is_the_same(world: World) -> None:
    world.keys("0312341234")
    world.key(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.KeypadModifier)
    assert world.dialing.sent == [("0312341234", "helen")]


def test_a_digit_of_the_keypad_typed_anywhere_goes_to_the_number(world: World) -> None:
    world.find("favouriteButton2").setFocus()
    world.key(Qt.Key.Key_0, Qt.KeyboardModifier.KeypadModifier)
    assert world.find("numberEdit").text() == "0"


def test_alt_4_chooses_and_calls_nothing(world: World) -> None:
    world.keys("0312341234")
    world.alt(4)
    assert world.dialing.sent == []
    assert world.find("favouriteButton4").isChecked()
    assert not world.find("favouriteButton1").isChecked()
    assert "佐藤 健" in world.find("callButton").text()
    world.enter()
    assert world.dialing.sent == [("0312341234", "1004")]


def test_a_key_without_a_favourite_says_so(world: World) -> None:
    world.keys("0312341234")
    world.ctrl(7)
    assert world.dialing.sent == []
    assert world.said[-1] == "There is no favourite 7."


def test_ctrl_1_without_a_number_calls_nothing(world: World) -> None:
    world.ctrl(1)
    world.settle()
    assert world.dialing.sent == []
    assert world.find("numberEdit").text() == ""


def test_a_new_destination_takes_tab_letters_enter_enter(world: World) -> None:
    world.keys("0312341234")
    world.key(Qt.Key.Key_Tab)
    assert world.focused.objectName() == "destinationEdit"
    world.keys("hel")
    world.enter()
    assert world.dialing.sent == []
    assert world.find("destinationEdit").text() == "Helen"
    world.enter()
    assert world.dialing.sent == [("0312341234", "helen")]


def test_a_held_enter_is_one_press(world: World) -> None:
    world.keys("0312341234")
    _hold(world, _ENTER)
    assert len(world.dialing.orders) == 1


def test_a_held_enter_does_not_call_again_after_a_refusal(world: World) -> None:
    world.keys("0312341234")
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(world.focused, QKeyEvent(QEvent.Type.KeyPress, _ENTER, none, "\r"))
    world.dialing.press.reach(State.INTENT)
    world.dialing.press.end(State.REJECTED, Failure("channel_limit_reached"))
    world.settle()
    QApplication.sendEvent(world.focused, QKeyEvent(QEvent.Type.KeyPress, _ENTER, none, "\r", True))
    assert len(world.dialing.orders) == 1


def test_double_enter_is_one_press(world: World) -> None:
    world.keys("0312341234")
    world.enter()
    world.enter()
    assert len(world.dialing.orders) == 1


def test_double_click_is_one_press(world: World) -> None:
    world.keys("0312341234")
    button = world.find("callButton")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    world.until(lambda: not button.isEnabled())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(world.dialing.orders) == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_holding_a_key_on_the_call_button_is_one_press(world: World, key: Qt.Key) -> None:
    world.keys("0312341234")
    world.find("callButton").setFocus()
    _hold(world, key)
    assert len(world.dialing.orders) == 1


_IME_FIELDS = ["numberEdit", "destinationEdit", "endUserNameEdit", "callingNumberEdit", "answerTimeoutSpin"]


@pytest.mark.parametrize("name", _IME_FIELDS)
def test_the_enter_that_ends_a_conversion_never_calls(world: World, name: str) -> None:
    world.keys("0312341234")
    world.find("optionsButton").click()
    field: QWidget = world.find(name)
    field.setFocus()
    QApplication.sendEvent(field, QInputMethodEvent("えいぎょう", []))
    world.enter()
    assert world.dialing.sent == []
    commit = QInputMethodEvent("", [])
    commit.setCommitString("営業")
    QApplication.sendEvent(field, commit)
    world.enter()  # the very same press, handed on by the input method
    assert world.dialing.sent == []


def test_an_enter_after_a_conversion_calls(world: World) -> None:
    world.keys("0312341234")
    field = world.find("endUserNameEdit")
    field.setFocus()
    QApplication.sendEvent(field, QInputMethodEvent("おりーぶ", []))
    commit = QInputMethodEvent("", [])
    commit.setCommitString("オリーブ")
    QApplication.sendEvent(field, commit)
    QTest.qWait(40)  # a second press by hand cannot come sooner
    world.enter()
    assert world.dialing.orders[0].request.end_user.name == "オリーブ"


def test_a_conversion_in_the_number_is_left_alone_until_it_ends(world: World) -> None:
    field = world.find("numberEdit")
    QApplication.sendEvent(field, QInputMethodEvent("０３１２", []))
    assert field.text() == ""
    commit = QInputMethodEvent("", [])
    commit.setCommitString("０３１２３４１２３４")
    QApplication.sendEvent(field, commit)
    assert field.text() == "０３-１２３４-１２３４"
    assert "0312341234" in world.find("sentAsLabel").text()


def test_digits_typed_anywhere_go_to_the_number(world: World) -> None:
    world.find("favouriteButton2").setFocus()
    world.keys("0")
    assert world.focused.objectName() == "numberEdit"
    world.keys("312341234")
    assert world.find("numberEdit").text() == "03-1234-1234"


def test_a_plus_typed_anywhere_goes_to_the_number(world: World) -> None:
    world.find("callButton").setEnabled(True)
    world.find("callButton").setFocus()
    world.keys("+81312341234")
    assert world.find("numberEdit").text() == "+81 3-1234-1234"


def test_digits_typed_on_a_list_go_to_the_number(world: World) -> None:
    rows = QListWidget(world.window)
    rows.addItems(["0", "1", "2"])
    rows.show()
    rows.setFocus()
    world.keys("0")
    assert world.focused.objectName() == "numberEdit"
    assert world.find("numberEdit").text() == "0"


def test_digits_typed_in_another_field_stay_there(world: World) -> None:
    field = world.find("endUserIdEdit")
    field.setFocus()
    world.keys("123")
    assert field.text() == "123"
    assert world.find("numberEdit").text() == ""


def test_digits_typed_in_another_panes_field_stay_there(world: World) -> None:
    other = QLineEdit(world.window)
    other.show()
    other.setFocus()
    world.keys("42")
    assert other.text() == "42"
    assert world.find("numberEdit").text() == ""


def test_esc_goes_to_the_number_and_then_clears_it(world: World) -> None:
    world.keys("0312341234")
    world.find("endUserNameEdit").setFocus()
    world.key(Qt.Key.Key_Escape)
    assert world.focused.objectName() == "numberEdit"
    assert world.find("numberEdit").text() == "03-1234-1234"
    world.key(Qt.Key.Key_Escape)
    assert world.find("numberEdit").text() == ""


def test_esc_takes_the_refusals_of_a_call_that_was_given_up(bare_world: World) -> None:
    world = bare_world
    world.keys("0312341234")
    world.enter()
    assert world.find("destinationRefusal").isVisible()
    world.key(Qt.Key.Key_Escape)
    assert world.find("destinationRefusal").isVisible(), "only gone to the number"
    world.key(Qt.Key.Key_Escape)
    assert not world.find("destinationRefusal").isVisible()


def test_esc_shows_the_number_with_its_label_in_a_low_window(world: World) -> None:
    world.window.resize(world.window.minimumSizeHint().width(), 240)
    bar = world.view._scroll.verticalScrollBar()
    world.until(lambda: bar.maximum() > 0)
    world.find("endUserNameEdit").setFocus()
    bar.setValue(bar.maximum())
    world.key(Qt.Key.Key_Escape)
    assert not world.view.number.label.visibleRegion().isEmpty()
    assert world.view.number.label.visibleRegion().boundingRect() == world.view.number.label.rect()


def test_esc_comes_from_other_panes_too(world: World) -> None:
    other = QPushButton(world.window)
    other.show()
    other.setFocus()
    world.key(Qt.Key.Key_Escape)
    assert world.focused.objectName() == "numberEdit"


def test_undo_brings_back_what_esc_cleared(world: World) -> None:
    world.keys("0312341234")
    world.key(Qt.Key.Key_Escape)
    world.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert world.find("numberEdit").text() == "03-1234-1234"


def test_enter_on_an_empty_field_brings_back_the_last_call_and_does_not_place_it(closed_world: World) -> None:
    world = closed_world
    world.usual_favourites()
    world.logged("09011112222", "campaign", "Campaign")
    world.open()
    world.enter()
    world.settle()
    assert world.dialing.sent == []
    assert world.find("numberEdit").text() == "090-1111-2222"
    assert world.find("destinationEdit").text() == "Campaign"
    world.enter()
    assert world.dialing.sent == [("09011112222", "campaign")]


def test_enter_on_an_empty_field_with_an_empty_log_says_so(world: World) -> None:
    world.enter()
    world.settle()
    assert world.said[-1] == "No number has been called yet."


def test_tab_goes_from_top_to_bottom(world: World) -> None:
    world.keys("0312341234")
    world.find("optionsButton").click()
    world.find("moreCallerButton").click()
    world.presenter.focus_number()
    passed = []
    for _ in range(40):
        passed.append(world.focused.objectName())
        world.key(Qt.Key.Key_Tab)
        if world.focused.objectName() == "numberEdit":
            break
    assert passed == [
        "numberEdit",
        "destinationEdit",
        "favouriteButton1",
        "endUserIdEdit",
        "endUserNameEdit",
        "endUserOrganizationEdit",
        "endUserAvatarEdit",
        "endUserPrefectureEdit",
        "optionsButton",
        "callingNumberEdit",
        "answerTimeoutSpin",
        "callbackUrlEdit",
        "callButton",
    ]


def test_arrows_move_among_favourites_and_enter_chooses(world: World) -> None:
    world.find("favouriteButton1").setFocus()
    world.key(Qt.Key.Key_Down)
    assert world.focused.objectName() == "favouriteButton3"
    world.key(Qt.Key.Key_Left)
    assert world.focused.objectName() == "favouriteButton2"
    world.enter()
    assert world.find("destinationEdit").text() == "Support"


@pytest.mark.parametrize(
    "name", ["endUserOrganizationEdit", "callbackUrlEdit", "answerTimeoutSpin", "callingNumberEdit"]
)
def test_enter_calls_from_every_field(world: World, name: str) -> None:
    world.keys("0312341234")
    world.find("optionsButton").click()
    world.find(name).setFocus()
    world.enter()
    assert world.dialing.sent == [("0312341234", "sales")]
