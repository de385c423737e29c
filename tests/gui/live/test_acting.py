"""Hanging up and transferring, by mouse and by keyboard; and nothing that hangs up by accident."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from basix_desktop.domain.calls import Attempt
from basix_desktop.domain.live import CallPhase
from basix_desktop.ui.dial.matching import Choice
from tests.gui.calls.world import OFFSCREEN
from tests.gui.live.story import HELEN, KEN
from tests.gui.live.world import LiveWorld

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def live_call(world: LiveWorld, number: str = "0312341234", name: str = "Olive") -> Attempt:
    attempt = world.place(number=number, name=name)
    world.story.ring(attempt)
    world.story.answer(attempt)
    world.story.ring_inside(attempt, HELEN)
    world.show()
    return attempt


def asked(world: LiveWorld, what: str) -> list[object]:
    return [value for kind, value in world.heard if kind == what]


def test_hang_up_asks_once_says_so_and_leaves_with_the_end(world: LiveWorld) -> None:
    attempt = live_call(world)
    world.click("hangUpButton", world.card(attempt))
    world.click("hangUpButton", world.card(attempt))
    assert asked(world, "hang_up") == [attempt.id]
    assert world.notice(attempt) == "Hanging up…"
    world.story.end(attempt, "send_bye,MANAGER_REQUEST")
    world.show()
    assert world.notice(attempt) == ""
    assert world.texts(attempt)[1] == "ended"


def test_a_command_without_effect_says_so_on_the_card_and_can_be_tried_again(world: LiveWorld) -> None:
    attempt = live_call(world)
    world.click("hangUpButton", world.card(attempt))
    world.fail(attempt, "command_unanswered")
    label = world.find(QLabel, "liveCallNotice", world.card(attempt))
    assert label.property("look") == "error"
    assert world.notice(attempt).startswith("The PBX was asked, but nothing has happened")
    assert world.says()[-1] == world.notice(attempt)
    world.show()
    assert world.notice(attempt), "not taken away by the next picture"
    world.click("hangUpButton", world.card(attempt))
    assert asked(world, "hang_up") == [attempt.id, attempt.id]


def test_a_failure_while_the_feed_is_lost_is_not_covered_by_the_age(world: LiveWorld) -> None:
    attempt = live_call(world)
    world.story.lose(world.now)
    world.show()
    world.click("hangUpButton", world.card(attempt))
    world.fail(attempt, "feed_not_live")
    world.pass_s(3)
    assert "cannot be hung up" in world.notice(attempt)


def test_a_failure_that_comes_after_the_end_says_nothing(world: LiveWorld) -> None:
    attempt = live_call(world)
    world.click("hangUpButton", world.card(attempt))
    world.story.end(attempt)
    world.show()
    world.fail(attempt, "command_unanswered")
    assert world.notice(attempt) == ""


def test_keys_go_to_the_card_and_hang_up(world: LiveWorld) -> None:
    attempt = live_call(world)
    assert world.elsewhere.hasFocus(), "a card never takes the focus by itself"
    world.press(Qt.Key.Key_F6)
    assert world.card(attempt).hasFocus()
    world.press(Qt.Key.Key_Tab)
    assert world.find(QWidget, "transferButton", world.card(attempt)).hasFocus()
    world.press(Qt.Key.Key_Tab)
    assert world.find(QWidget, "hangUpButton", world.card(attempt)).hasFocus()
    world.press(Qt.Key.Key_Return)
    assert asked(world, "hang_up") == [attempt.id]


def test_the_key_hangs_up_the_only_call_from_anywhere(world: LiveWorld) -> None:
    attempt = live_call(world)
    world.press(Qt.Key.Key_H, CONTROL_SHIFT)
    assert asked(world, "hang_up") == [attempt.id]
    assert world.elsewhere.hasFocus()


def test_of_several_calls_the_key_hangs_up_only_the_one_with_the_focus(world: LiveWorld) -> None:
    first = live_call(world)
    second = live_call(world, "09011112222", "Ken")
    world.press(Qt.Key.Key_H, CONTROL_SHIFT)
    assert asked(world, "hang_up") == []
    assert world.says()[-1] == "Several calls are live. Choose one with F6."
    assert world.card(second).hasFocus()
    world.press(Qt.Key.Key_F6)
    assert world.card(first).hasFocus()
    world.press(Qt.Key.Key_H, CONTROL_SHIFT)
    assert asked(world, "hang_up") == [first.id]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Escape])
def test_no_other_key_hangs_up(world: LiveWorld, key: Qt.Key) -> None:
    attempt = live_call(world)
    world.press(key)
    world.card(attempt).setFocus()
    world.press(key)
    assert asked(world, "hang_up") == []


def test_a_held_key_hangs_up_once(world: LiveWorld) -> None:
    attempt = live_call(world)
    button = world.find(QPushButton, "hangUpButton", world.card(attempt))
    button.setFocus()
    world.press(Qt.Key.Key_Return)
    world.fail(attempt, "command_unanswered")
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
    QApplication.sendEvent(button, held)
    assert asked(world, "hang_up") == [attempt.id]


def test_the_end_does_not_hand_the_focus_to_another_button(world: LiveWorld) -> None:
    attempt = live_call(world)
    other = live_call(world, "09011112222", "Ken")
    world.find(QWidget, "hangUpButton", world.card(attempt)).setFocus()
    world.story.end(attempt)
    world.show()
    assert world.card(attempt).hasFocus()
    world.press(Qt.Key.Key_Return)
    world.press(Qt.Key.Key_Space)
    world.press(Qt.Key.Key_H, CONTROL_SHIFT)
    assert asked(world, "hang_up") == []
    world.presenter._remove(attempt.id)
    world.settle()
    assert world.card(other).hasFocus()


# Transfer


def open_transfer(world: LiveWorld, attempt: Attempt) -> QLineEdit:
    world.click("transferButton", world.card(attempt))
    field = world.find(QLineEdit, "transferEdit", world.card(attempt))
    assert field.hasFocus()
    return field


@pytest.mark.parametrize(
    ("typed", "destination"), [("ken", "ken"), ("1002", "1002"), ("佐藤", "sato"), ("sal", "sales")]
)
def test_transfer_completes_from_the_people_of_the_pbx(world: LiveWorld, typed: str, destination: str) -> None:
    attempt = live_call(world)
    field = open_transfer(world, attempt)
    field.setText("")
    if typed.isascii():
        QTest.keyClicks(field, typed)
    else:
        field.insert(typed)
        field.textEdited.emit(typed)
    world.press(Qt.Key.Key_Return)
    assert asked(world, "transfer") == [], "the first Enter takes the proposal"
    world.press(Qt.Key.Key_Return)
    assert asked(world, "transfer") == [(attempt.id, destination)]
    assert world.notice(attempt) == "Transferring…"


def test_transfer_offers_favourites_and_recent_destinations_first(world: LiveWorld) -> None:
    """As the dial column does: some of them the feed does not know."""
    world.choices = (Choice("0800", "Night desk", key=1), Choice("ken", "Ken (favourite)", key=2), Choice("3900"))
    attempt = live_call(world)
    field = open_transfer(world, attempt)
    world.press(Qt.Key.Key_Down)
    shown = proposed(field)
    assert [choice.destination for choice in shown[:3]] == ["0800", "ken", "3900"]
    assert [choice.destination for choice in shown].count("ken") == 1
    assert {"helen", "sato", "sales"} <= {choice.destination for choice in shown}
    assert not any(choice.key for choice in shown), "a favourite's key chooses it in the dial column"
    world.press(Qt.Key.Key_Escape)
    QTest.keyClicks(field, "nig")
    world.press(Qt.Key.Key_Return)
    assert field.text() == "Night desk"
    world.press(Qt.Key.Key_Return)
    assert asked(world, "transfer") == [(attempt.id, "0800")]


def test_a_favourite_added_meanwhile_is_offered_the_next_time(world: LiveWorld) -> None:
    attempt = live_call(world)
    field = open_transfer(world, attempt)
    world.press(Qt.Key.Key_Escape)
    world.choices = (Choice("0800", "Night desk"),)
    open_transfer(world, attempt)
    world.press(Qt.Key.Key_Down)
    assert proposed(field)[0].destination == "0800"


def proposed(field: QLineEdit) -> list[Choice]:
    rows = field.list.rows  # type: ignore[attr-defined]
    return [rows.choice(row) for row in range(rows.rowCount())]


def test_an_extension_is_found_by_its_digits(world: LiveWorld) -> None:
    attempt = live_call(world)
    field = open_transfer(world, attempt)
    QTest.keyClicks(field, "100")
    world.press(Qt.Key.Key_Down)
    world.press(Qt.Key.Key_Return)
    world.press(Qt.Key.Key_Return)
    (wanted,) = asked(world, "transfer")
    assert wanted in [(attempt.id, name) for name in ("helen", "ken", "sato")]


def test_a_transfer_that_had_its_effect_closes_the_field(world: LiveWorld) -> None:
    attempt = live_call(world)
    field = open_transfer(world, attempt)
    QTest.keyClicks(field, "ken")
    world.press(Qt.Key.Key_Return)
    world.click("transferGoButton", world.card(attempt))
    world.story.ring_inside(attempt, KEN)
    world.show()
    world.presenter.done(attempt.id)
    world.settle()
    assert not field.isVisible()
    assert world.notice(attempt) == ""
    assert world.story.call(attempt).phase is CallPhase.DESTINATION_RINGING


def test_a_transfer_that_failed_keeps_what_was_typed(world: LiveWorld) -> None:
    attempt = live_call(world)
    field = open_transfer(world, attempt)
    QTest.keyClicks(field, "ken")
    world.press(Qt.Key.Key_Return)
    world.press(Qt.Key.Key_Return)
    world.fail(attempt, "command_unanswered")
    assert field.isVisible()
    assert field.text() == "Ken Mori"
    assert world.notice(attempt).startswith("The PBX was asked")


@pytest.mark.parametrize(("typed", "words"), [("", "Nobody has been chosen"), ("0312345678", "outside number")])
def test_what_cannot_be_a_destination_is_refused_beside_the_field(world: LiveWorld, typed: str, words: str) -> None:
    attempt = live_call(world)
    field = open_transfer(world, attempt)
    QTest.keyClicks(field, typed)
    world.click("transferGoButton", world.card(attempt))
    refusal = world.find(QLabel, "transferRefusal", world.card(attempt))
    assert refusal.isVisible()
    assert words in refusal.text()
    assert field.text() == typed
    assert asked(world, "transfer") == []


def test_escape_closes_the_list_and_then_the_field(world: LiveWorld) -> None:
    attempt = live_call(world)
    field = open_transfer(world, attempt)
    QTest.keyClicks(field, "k")
    world.press(Qt.Key.Key_Escape)
    assert field.isVisible()
    world.press(Qt.Key.Key_Escape)
    assert not field.isVisible()
    assert world.find(QWidget, "transferButton", world.card(attempt)).hasFocus()


def test_the_key_opens_the_transfer_field(world: LiveWorld) -> None:
    attempt = live_call(world)
    world.press(Qt.Key.Key_T, CONTROL_SHIFT)
    assert world.find(QLineEdit, "transferEdit", world.card(attempt)).hasFocus()


def test_the_pictures_that_follow_do_not_disturb_what_is_being_typed(world: LiveWorld) -> None:
    attempt = live_call(world)
    field = open_transfer(world, attempt)
    QTest.keyClicks(field, "ke")
    for _ in range(3):
        world.pass_s(1)
        world.show()
    assert field.text() == "ke"
    assert field.hasFocus()
    assert field.list.isVisible()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_H, CONTROL_SHIFT),
        (Qt.Key.Key_T, CONTROL_SHIFT),
    ],
)
def test_a_key_that_finds_no_call_says_so(world: LiveWorld, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    world.press(key, modifier)
    assert world.says() == ["There is no call in progress."]
    live_call(world)
    world.press(key, modifier)
    assert world.says().count("There is no call in progress.") == 1, "not while there is one"


def test_a_key_for_a_call_that_is_over_says_so(world: LiveWorld) -> None:
    attempt, _other = live_call(world), live_call(world, "09011112222", "Ken")
    world.card(attempt).setFocus()
    world.story.end(attempt)
    world.show()
    world.press(Qt.Key.Key_T, CONTROL_SHIFT)
    assert world.says()[-1] == "This call has ended."


def test_a_transfer_s_effect_takes_the_focus_from_nobody_who_is_elsewhere(world: LiveWorld) -> None:
    attempt = live_call(world)
    field = open_transfer(world, attempt)
    QTest.keyClicks(field, "ken")
    world.press(Qt.Key.Key_Return)
    world.press(Qt.Key.Key_Return)
    world.elsewhere.setFocus()
    world.presenter.done(attempt.id)
    world.settle()
    assert not field.isVisible()
    assert world.elsewhere.hasFocus()
