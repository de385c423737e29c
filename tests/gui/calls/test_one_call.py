"""Details, the question whether it rang, deleting, copying: all by keyboard too, and nothing ever dials by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QToolButton, QWidget

from basix_desktop.domain.accounts import Account
from basix_desktop.domain.calls import Origin, State, UserWord, Verdict
from basix_desktop.domain.errors import Failure
from basix_desktop.ui.calls.parts import ElidedLabel
from tests.gui.calls.focus import focus_goes_through
from tests.gui.calls.world import OFFSCREEN, PLACED, REFUSED, UNKNOWN, World

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)


def select(world: World, who: str) -> None:
    world.view.log.go_to(world.view.model.at(world.rows().index(who)).attempt.id)
    world.view.log.setFocus()
    world.settle()


def story(world: World) -> str:
    return world.find(QWidget, "callStory").accessibleName()


def labels(world: World) -> list[str]:
    story_widget = world.find(QWidget, "callStory")
    return [label.text() for label in story_widget.findChildren(QLabel) if label.isVisible()]


# Details


def test_details_tell_the_story_with_seconds(busy_world: World) -> None:
    world = busy_world
    assert not world.view.details.isVisible()
    select(world, "Luke S.")
    assert world.find(QLabel, "callDetailsHeading").text() == "Luke S. · 03-1234-1234 → Helen"
    assert labels(world) == [
        "10:02:00",
        "Call pressed; connecting to the PBX",
        "10:02:00",
        "Request sent to the PBX",
        "10:02:00",
        "Placed: the PBX rings 03-1234-1234",
    ]


def test_a_failure_says_what_happened_on_which_side_and_what_to_do(busy_world: World) -> None:
    select(busy_world, "田中 太郎")
    said = story(busy_world)
    assert "The PBX has no free line" in said
    assert "call again" in said
    assert "Not placed: no free line" in said


def test_a_late_answer_leaves_the_first_verdict_in_the_story(world: World) -> None:
    attempt = world.call(Verdict(State.UNKNOWN, Failure("no_answer_in_time")), "0311112222", "helen")
    world.presenter.attempt_changed(attempt)
    world.presenter.attempt_changed(world.settle_as(attempt, PLACED))
    world.settle()
    world.view.log.go_to(attempt.id)
    world.settle()
    unknown, placed = labels(world)[-3], labels(world)[-1]
    assert unknown.startswith("May have been placed: ")
    assert placed == "Placed: the PBX rings 03-1111-2222"


def test_details_follow_a_call_under_way(world: World) -> None:
    attempt = world.begin("0311112222", "helen")
    world.presenter.attempt_changed(attempt)
    world.settle()
    assert labels(world)[-1] == "Call pressed; connecting to the PBX"
    world.presenter.attempt_changed(world.send(attempt))
    world.settle()
    assert labels(world)[-1] == "Request sent to the PBX"
    world.presenter.attempt_changed(world.settle_as(attempt, REFUSED))
    world.settle()
    assert labels(world)[-1] == "Not placed: no free line"


def test_a_call_from_the_command_line_and_a_recovered_one_say_so(world: World) -> None:
    attempt = world.begin("0311112222", "helen", origin=Origin.COMMAND_LINE)
    world.presenter.attempt_changed(attempt)
    world.settle()
    assert labels(world)[-1] == "Asked for on the command line; connecting to the PBX"


def test_technical_details_hold_everything_as_plain_text(busy_world: World) -> None:
    world = busy_world
    select(world, "田中 太郎")
    edit = world.find(QPlainTextEdit, "technicalDetailsEdit")
    assert not edit.isVisible()
    world.click("technicalDetailsButton")
    assert edit.isVisible()
    assert edit.isReadOnly()
    attempt = world.view.details.row
    assert attempt is not None
    text = edit.toPlainText()
    for expected in (
        attempt.attempt.id,
        "not_placed (REJECTED)",
        "channel_limit_reached",
        "HTTP status: 200",
        '{"target": "09011112222", "destination": "campaign"}',
        '{"result_code":500,"error":{"id":"channel_limit_reached"}}',
        "+240 ms",
    ):
        assert expected in text, expected
    world.click("copyTechnicalButton")
    assert QApplication.clipboard().text() == text


@pytest.mark.parametrize(("asked", "words"), [(20, "asks to wait 20 seconds,"), (None, "Wait a little,")])
def test_the_details_tell_how_long_the_pbx_asked_to_wait(world: World, asked: int | None, words: str) -> None:
    failure = Failure("too_many_requests", http_status=429)
    attempt = world.call(Verdict(State.REJECTED, failure, http_status=429, retry_after=asked))
    world.presenter.attempt_changed(attempt)
    world.view.log.go_to(attempt.id)
    world.settle()
    assert words in world.find(QWidget, "callStory").accessibleName()


def test_technical_details_show_what_would_hide(world: World) -> None:
    answer = '{"result_code":1,"x":"\u202e\x1b[31m<b>"}'
    attempt = world.call(Verdict(State.REJECTED, Failure("pbx_refused", "x"), http_status=200, answer=answer))
    world.presenter.attempt_changed(attempt)
    world.view.log.go_to(attempt.id)
    world.settle()
    world.click("technicalDetailsButton")
    text = world.find(QPlainTextEdit, "technicalDetailsEdit").toPlainText()
    assert '{"result_code":1,"x":"\\u202e\\u001b[31m<b>"}' in text


def test_technical_details_open_by_key_and_stay_open(busy_world: World) -> None:
    select(busy_world, "Luke S.")
    toggle = busy_world.find(QToolButton, "technicalDetailsButton")
    toggle.setFocus()
    busy_world.press(toggle, Qt.Key.Key_Space)
    first = busy_world.find(QPlainTextEdit, "technicalDetailsEdit").toPlainText()
    select(busy_world, "Olive")
    second = busy_world.find(QPlainTextEdit, "technicalDetailsEdit")
    assert second.isVisible()
    assert second.toPlainText() != first


def test_the_leg_uuid_is_copied_and_the_button_hidden_without_one(busy_world: World) -> None:
    select(busy_world, "Luke S.")
    busy_world.click("copyUuidButton")
    row = busy_world.view.details.row
    assert row is not None
    assert (QApplication.clipboard().text(),) == row.attempt.uuids
    select(busy_world, "田中 太郎")
    assert not busy_world.find(QPushButton, "copyUuidButton").isVisible()


def double_click(world: World) -> None:
    place = world.view.log.visualRect(world.view.log.currentIndex()).center()
    QTest.mouseDClick(world.view.log.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    world.settle()


@pytest.mark.parametrize("width", [380, 820])
def test_a_long_name_never_pushes_the_number_out_of_the_heading(world: World, width: int) -> None:
    name = "寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末食う寝る処に住む処"
    attempt = world.call(PLACED, "0311112222", "x", name=name, label="営業部第一課ひまわり係")
    world.view.resize(width, 600)
    world.presenter.attempt_changed(attempt)
    world.view.log.go_to(attempt.id)
    world.settle()
    heading = world.find(ElidedLabel, "callDetailsHeading")
    assert "03-1111-2222" in heading.shown()
    assert heading.fontMetrics().horizontalAdvance(heading.shown()) <= heading.width()


def test_technical_details_get_room_while_they_are_open(busy_world: World) -> None:
    select(busy_world, "Luke S.")
    before = busy_world.view.details.height()
    busy_world.click("technicalDetailsButton")
    assert busy_world.view.details.height() > before
    current = busy_world.view.log.visualRect(busy_world.view.log.currentIndex())
    assert busy_world.view.log.viewport().rect().contains(current.center()), "the selected row stays in sight"
    busy_world.click("technicalDetailsButton")
    assert busy_world.view.details.height() == before


# Calling again: only ever handed to the dial column


@pytest.mark.parametrize(
    "how",
    [
        lambda world: world.press(world.view.log, Qt.Key.Key_Return),
        lambda world: world.press(world.view.log, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier),
        lambda world: world.click("callAgainButton"),
        double_click,
    ],
    ids=["return", "enter", "button", "double click"],
)
def test_a_row_goes_into_the_dial_column(busy_world: World, how: Callable[[World], None]) -> None:
    select(busy_world, "Olive")
    how(busy_world)
    assert [a.request.end_user.name for a in busy_world.says("put_into_dial")] == ["Olive"]
    assert busy_world.view.model.rowCount() == 6


def test_a_held_enter_is_one_press(busy_world: World) -> None:
    select(busy_world, "Olive")
    for repeat in (False, True, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", repeat)
        QApplication.sendEvent(busy_world.view.log, event)
    assert len(busy_world.says("put_into_dial")) == 1


def test_digits_typed_in_the_log_are_left_to_the_window(busy_world: World) -> None:
    select(busy_world, "Olive")
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_0, Qt.KeyboardModifier.NoModifier, "0")
    QApplication.sendEvent(busy_world.view.log, event)
    assert not event.isAccepted()
    assert busy_world.view.model.at(busy_world.view.log.currentIndex().row()).attempt.request.end_user.name == "Olive"


def test_ctrl_c_copies_the_number_as_it_was_sent(busy_world: World) -> None:
    select(busy_world, "田中 太郎")
    busy_world.press(busy_world.view.log, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "09011112222"
    assert "Number copied" in busy_world.says("announced")


def test_the_context_menu_offers_what_the_keys_do(busy_world: World) -> None:
    menu = busy_world.view.menu_for(0)
    assert [action.objectName() for action in menu.actions()] == ["again", "copy_number", "copy_uuid", "delete"]
    assert "copy_uuid" not in [action.objectName() for action in busy_world.view.menu_for(1).actions()]
    menu.actions()[0].trigger()
    assert [a.request.end_user.name for a in busy_world.says("put_into_dial")] == ["Luke S."]
    menu.actions()[1].trigger()
    assert QApplication.clipboard().text() == "0312341234"
    menu.actions()[3].trigger()
    assert busy_world.view.notice.isVisible()


# What may have been placed


def test_no_card_while_nothing_waits(world: World) -> None:
    assert not world.view.card.isVisible()
    world.presenter.attempt_changed(world.call(PLACED))
    world.settle()
    assert not world.view.card.isVisible()


def test_the_card_names_the_latest_and_what_happened(busy_world: World) -> None:
    assert busy_world.find(QLabel, "warningTitle").text() == "A call may have been placed."
    said = busy_world.find(QLabel, "warningText").text()
    assert said.startswith("Latest: 090-3333-4444 → Sales, 09:41. The connection broke")


def test_several_fold_into_one_card(busy_world: World) -> None:
    busy_world.clock.at(10, 15)
    busy_world.presenter.attempt_changed(busy_world.call(UNKNOWN, "0311112222", "helen", name="New"))
    busy_world.settle()
    assert busy_world.find(QLabel, "warningTitle").text() == "2 calls may have been placed."
    assert "New · 03-1111-2222 → Helen, 10:15" in busy_world.find(QLabel, "warningText").text()


def test_a_call_of_another_day_names_the_day(closed_world: World) -> None:
    closed_world.clock.at(17, 5, days_ago=2)
    closed_world.call(UNKNOWN, "0311112222", "helen")
    closed_world.open()
    assert "11/21/26 17:05" in closed_world.find(QLabel, "warningText").text()


def test_check_asks_whether_it_rang_and_puts_the_focus_on_the_answer_that_settles_nothing(busy_world: World) -> None:
    check = busy_world.find(QPushButton, "checkButton")
    check.setFocus()
    busy_world.press(check, Qt.Key.Key_Return)
    assert busy_world.find(QWidget, "ringQuestion").isVisible()
    assert busy_world.find(QLabel, "callDetailsHeading").text() == "090-3333-4444 → Sales"
    assert busy_world.find(QPushButton, "dontKnowButton").hasFocus()
    assert busy_world.says("put_into_dial") == []
    assert busy_world.says("call_again_anyway") == []


def test_the_story_does_not_repeat_what_card_and_question_say(busy_world: World) -> None:
    select(busy_world, "090-3333-4444")
    assert labels(busy_world)[-1] == "May have been placed: connection broke"
    assert "Check whether" not in story(busy_world)
    assert "after the request was sent" not in story(busy_world)
    settled: list[str] = []
    busy_world.presenter.settled.connect(settled.append)
    busy_world.click("dontKnowButton")
    assert "after the request was sent" in story(busy_world), "nothing else says it any more"
    assert settled == [busy_world.view.details.attempt_id], "nobody asks any more"


def test_check_on_the_call_that_is_shown_already_goes_to_its_question(busy_world: World) -> None:
    select(busy_world, "090-3333-4444")
    busy_world.click("checkButton")
    assert busy_world.find(QPushButton, "dontKnowButton").hasFocus()


def test_the_card_never_takes_the_focus(busy_world: World) -> None:
    busy_world.view.search.setFocus()
    busy_world.presenter.attempt_changed(busy_world.call(UNKNOWN, "0311112222", "helen"))
    busy_world.settle()
    assert busy_world.view.search.hasFocus()


def test_check_comes_before_call_again_in_the_tab_order(busy_world: World) -> None:
    check = busy_world.find(QPushButton, "checkButton")
    check.setFocus()
    busy_world.press(check, Qt.Key.Key_Tab)
    assert busy_world.find(QPushButton, "callAgainAnywayButton").hasFocus()


def test_call_again_anyway_only_hands_the_call_to_the_dial_column(busy_world: World) -> None:
    busy_world.click("callAgainAnywayButton")
    assert [a.request.number for a in busy_world.says("call_again_anyway")] == ["09033334444"]
    assert busy_world.says("put_into_dial") == []
    select(busy_world, "090-3333-4444")
    assert busy_world.find(QPushButton, "callAgainButton").text() == "Call again anyway…"
    busy_world.click("callAgainButton")
    assert len(busy_world.says("call_again_anyway")) == 2


@pytest.mark.parametrize(
    ("button", "word", "left"),
    [
        ("itRangButton", UserWord.RANG, False),
        ("itDidNotRingButton", UserWord.DID_NOT_RING, False),
        ("dontKnowButton", UserWord.DONT_KNOW, True),
    ],
)
def test_the_answer_is_recorded_beside_the_verdict(busy_world: World, button: str, word: UserWord, left: bool) -> None:
    """Asking ends with any answer; only one that tells something takes the call from *To check*."""
    busy_world.click("checkButton")
    busy_world.click(button)
    attempt_id = busy_world.view.details.attempt_id
    stored = busy_world.on_db(lambda: busy_world.stores.journal.get(attempt_id))
    assert stored.user_word is word
    assert stored.state is State.UNKNOWN
    assert not busy_world.view.card.isVisible()
    assert busy_world.find(QPushButton, "chipToCheck").text() == f"To check {int(left)}"
    assert busy_world.find(QLabel, "ringQuestionSaid").isVisible()
    assert any("You said" in said for said in busy_world.says("announced"))


def test_after_an_answer_comes_the_next_unanswered_call(busy_world: World) -> None:
    busy_world.clock.at(10, 15)
    busy_world.presenter.attempt_changed(busy_world.call(UNKNOWN, "0311112222", "helen", name="New"))
    busy_world.settle()
    busy_world.click("checkButton")
    assert "New" in busy_world.find(QLabel, "callDetailsHeading").text()
    busy_world.click("dontKnowButton")
    assert busy_world.find(QLabel, "callDetailsHeading").text() == "090-3333-4444 → Sales"
    busy_world.click("itRangButton")
    assert not busy_world.view.card.isVisible()
    busy_world.view.card.check.emit()  # F8
    busy_world.settle()
    assert "New" in busy_world.find(QLabel, "callDetailsHeading").text(), "don't know stays to be checked"


def test_the_card_counts_only_what_nobody_has_answered(closed_world: World) -> None:
    """However many newer ones the user does not know of."""
    closed_world.call(UNKNOWN, "0311112222", "helen", name="Old")
    for _ in range(60):
        closed_world.say(closed_world.call(UNKNOWN, "0311113333", "helen"), UserWord.DONT_KNOW)
    closed_world.open()
    assert closed_world.find(QLabel, "warningTitle").text() == "A call may have been placed."
    assert "Old · 03-1111-2222" in closed_world.find(QLabel, "warningText").text()
    assert closed_world.find(QPushButton, "chipToCheck").text() == "To check 61"


def test_check_shows_a_call_that_the_search_hides(busy_world: World) -> None:
    busy_world.view.search.setText("Luke")
    busy_world.settle()
    busy_world.click("checkButton")
    assert busy_world.find(QLabel, "callDetailsHeading").text() == "090-3333-4444 → Sales"
    assert busy_world.find(QPushButton, "chipToCheck").isChecked()
    assert busy_world.find(QPushButton, "dontKnowButton").hasFocus()


def test_an_answer_under_the_chip_to_check_leaves_nobody_without_focus(busy_world: World) -> None:
    busy_world.click("chipToCheck")
    busy_world.click("checkButton")
    busy_world.click("itRangButton")
    assert busy_world.rows() == []
    assert not busy_world.view.details.isVisible()
    assert not busy_world.view.card.isVisible()


def test_an_answer_can_be_changed(busy_world: World) -> None:
    busy_world.click("checkButton")
    busy_world.click("itRangButton")
    busy_world.click("itDidNotRingButton")
    assert busy_world.find(QLabel, "ringQuestionSaid").text() == "You said: it did not ring"


def test_a_late_answer_takes_the_card_away(world: World) -> None:
    attempt = world.call(UNKNOWN, "0311112222", "helen")
    world.presenter.attempt_changed(attempt)
    world.settle()
    assert world.view.card.isVisible()
    world.presenter.attempt_changed(world.settle_as(attempt, PLACED))
    world.settle()
    assert not world.view.card.isVisible()


# Deleting


def test_delete_asks_in_place_and_keep_is_the_default(busy_world: World) -> None:
    select(busy_world, "Olive")
    busy_world.press(busy_world.view.log, Qt.Key.Key_Delete)
    assert busy_world.view.notice.isVisible()
    assert QApplication.activeModalWidget() is None
    assert "Olive · 03-1234-1234 → Ken Mori, 09:12" in busy_world.find(QLabel, "callNoticeText").text()
    keep = busy_world.find(QPushButton, "keepCallButton")
    assert keep.hasFocus()
    busy_world.press(keep, Qt.Key.Key_Return)
    assert not busy_world.view.notice.isVisible()
    assert "Olive" in busy_world.rows()
    assert busy_world.view.log.hasFocus()
    busy_world.press(busy_world.view.log, Qt.Key.Key_Delete)
    busy_world.press(keep, Qt.Key.Key_Escape)
    assert not busy_world.view.notice.isVisible()
    assert "Olive" in busy_world.rows()


def test_the_question_goes_when_another_call_is_chosen(busy_world: World) -> None:
    select(busy_world, "Olive")
    busy_world.press(busy_world.view.log, Qt.Key.Key_Delete)
    select(busy_world, "Luke S.")
    assert not busy_world.view.notice.isVisible()
    assert len(busy_world.rows()) == 6


def test_delete_removes_the_call_for_good_by_keyboard(busy_world: World) -> None:
    select(busy_world, "Olive")
    gone = busy_world.view.details.attempt_id
    busy_world.press(busy_world.view.log, Qt.Key.Key_Delete)
    busy_world.press(busy_world.find(QPushButton, "keepCallButton"), Qt.Key.Key_Tab)
    delete = busy_world.find(QPushButton, "deleteCallButton")
    assert delete.hasFocus()
    busy_world.press(delete, Qt.Key.Key_Return)
    assert busy_world.rows() == ["Luke S.", "田中 太郎", "090-3333-4444", "0120-444-444", "Müller GmbH"]
    assert busy_world.on_db(lambda: busy_world.stores.journal.get(gone)) is None
    assert busy_world.find(QPushButton, "chipAll").text() == "All 5"
    assert busy_world.view.details.attempt_id != gone


def test_what_waits_to_be_checked_is_not_deleted_and_says_why(busy_world: World) -> None:
    select(busy_world, "090-3333-4444")
    busy_world.press(busy_world.view.log, Qt.Key.Key_Delete)
    assert "may have been placed" in busy_world.find(QLabel, "callNoticeText").text()
    assert not busy_world.find(QPushButton, "deleteCallButton").isVisible()
    busy_world.click("keepCallButton")
    assert "090-3333-4444" in busy_world.rows()


def test_what_the_user_does_not_know_is_deleted_after_the_usual_question(busy_world: World) -> None:
    busy_world.click("checkButton")
    busy_world.click("dontKnowButton")
    gone = busy_world.view.details.attempt_id
    stored = busy_world.on_db(lambda: busy_world.stores.journal.get(gone))
    assert stored.state is State.UNKNOWN, "the verdict stays as it is"
    busy_world.press(busy_world.view.log, Qt.Key.Key_Delete)
    assert busy_world.find(QLabel, "callNoticeText").text().startswith("Delete this call from the log for good?")
    busy_world.click("deleteCallButton")
    assert "090-3333-4444" not in busy_world.rows()
    assert busy_world.on_db(lambda: busy_world.stores.journal.get(gone)) is None
    assert busy_world.find(QPushButton, "chipToCheck").text() == "To check 0"


def test_why_a_call_is_not_deleted_goes_when_another_is_chosen(busy_world: World) -> None:
    select(busy_world, "090-3333-4444")
    busy_world.press(busy_world.view.log, Qt.Key.Key_Delete)
    select(busy_world, "Olive")
    assert not busy_world.view.notice.isVisible()


def test_what_is_in_flight_is_not_deleted_and_says_why(busy_world: World) -> None:
    busy_world.presenter.attempt_changed(busy_world.send(busy_world.begin("0311112222", "x", name="Now")))
    select(busy_world, "Now")
    busy_world.press(busy_world.view.log, Qt.Key.Key_Delete)
    assert "being sent" in busy_world.find(QLabel, "callNoticeText").text()
    assert not busy_world.find(QPushButton, "deleteCallButton").isVisible()


def test_a_refusal_by_the_journal_is_told(busy_world: World) -> None:
    """The window shows the call as settled, but another process knows better."""
    select(busy_world, "Olive")
    olive = busy_world.view.details.attempt_id
    busy_world.press(busy_world.view.log, Qt.Key.Key_Delete)
    busy_world.on_db(lambda: busy_world.stores.journal.delete(olive))
    busy_world.click("deleteCallButton")
    assert "has changed meanwhile" in busy_world.find(QLabel, "callNoticeText").text()
    assert "Olive" not in busy_world.rows()


# For everybody


def test_every_widget_that_takes_the_focus_has_a_name(busy_world: World) -> None:
    busy_world.click("checkButton")
    busy_world.click("technicalDetailsButton")
    nameless = []
    for widget in busy_world.view.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            interface = QAccessible.queryAccessibleInterface(widget)
            if interface is None or not interface.text(QAccessible.Text.Name):
                nameless.append(f"{type(widget).__name__} {widget.objectName()}")
    assert nameless == []


def test_screen_readers_get_whole_rows(busy_world: World) -> None:
    table = QAccessible.queryAccessibleInterface(busy_world.view.log)
    assert table is not None
    assert table.text(QAccessible.Text.Name) == "Call log"
    children = [table.child(place) for place in range(table.childCount())]
    read = [child.text(QAccessible.Text.Name) for child in children if child is not None]
    assert "Luke S., 03-1234-1234, to Helen, placed, today 10:02" in read


def test_tab_goes_through_the_pane_from_top_to_bottom(busy_world: World) -> None:
    world = busy_world
    world.click("checkButton")
    world.view.search.setFocus()
    passed = []
    for _ in range(20):
        passed.append(world.view.focusWidget().objectName())
        world.press(world.view.focusWidget(), Qt.Key.Key_Tab)
        if world.view.search.hasFocus():
            break
    assert passed == [
        "callSearchEdit",
        "checkButton",
        "callAgainAnywayButton",
        "chipAll",
        "callLogView",
        "callAgainButton",
        "itRangButton",
        "itDidNotRingButton",
        "dontKnowButton",
        "callStory",
        "technicalDetailsButton",
    ]


def test_tab_into_the_log_lands_on_a_row(busy_world: World) -> None:
    busy_world.view.log.setFocus(Qt.FocusReason.TabFocusReason)
    busy_world.settle()
    assert busy_world.view.log.currentIndex().row() == 0
    busy_world.press(busy_world.view.log, Qt.Key.Key_Tab)
    assert not busy_world.view.log.hasFocus(), "Tab leaves the list"


def test_the_context_menu_opens_by_key_at_the_row(busy_world: World) -> None:
    asked: list[tuple[str, QPoint]] = []
    busy_world.view.log.menu_wanted.connect(lambda attempt_id, place: asked.append((attempt_id, place)))
    select(busy_world, "Olive")
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    busy_world.view.log.contextMenuEvent(event)
    QApplication.processEvents()
    popup = QApplication.activePopupWidget()
    assert [attempt_id for attempt_id, _ in asked] == [busy_world.view.log.current_id()]
    assert popup is not None
    popup.close()
    busy_world.settle()


def test_another_account_leaves_a_number_as_it_was_written_where_it_was_dialled(busy_world: World) -> None:
    select(busy_world, "Luke S.")
    busy_world.account = Account("Elsewhere", "example.org", home_region="US")
    busy_world.presenter.language_changed()
    busy_world.settle()
    assert busy_world.view.model.texts(0).number == "03-1234-1234"
    assert busy_world.view.model.at(0).attempt.id == busy_world.view.log.current_id()


def test_another_language_reaches_everything_at_once(busy_world: World) -> None:
    select(busy_world, "田中 太郎")
    busy_world.language = "ja"
    busy_world.presenter.language_changed()
    busy_world.settle()
    assert "空き回線" in story(busy_world)
    assert busy_world.view.model.heading(5) == "2026年11月20日金曜日"
    assert busy_world.view.log.current_id() == busy_world.view.details.attempt_id


def test_check_says_which_call_it_asks_about(busy_world: World) -> None:
    busy_world.view.card.check.emit()
    busy_world.settle()
    heard = busy_world.find(QPushButton, "dontKnowButton")
    assert heard.hasFocus()
    assert heard.accessibleDescription() == "090-3333-4444, to Sales, 09:41. Did it ring?"


def test_check_with_nothing_to_check_says_so(world: World) -> None:
    world.call(PLACED)
    world.presenter.refresh()
    world.settle()
    world.view.card.check.emit()
    assert world.says("announced") == ["There is no call to check."]


@pytest.mark.parametrize("answer", ["keepCallButton", "deleteCallButton"])
def test_the_question_leaves_the_focus_to_the_log_and_nothing_else(busy_world: World, answer: str) -> None:
    select(busy_world, "Luke S.")
    busy_world.press(busy_world.view.log, Qt.Key.Key_Delete)
    assert busy_world.find(QPushButton, "keepCallButton").hasFocus()
    button = busy_world.find(QPushButton, answer)
    button.setFocus()
    seen = focus_goes_through(lambda: busy_world.press(button, Qt.Key.Key_Return))
    assert seen == ["CallLogView"]


def _go_to(world: World, attempt_id: str) -> None:
    world.view.log.go_to(attempt_id)
    world.settle()


def test_a_question_that_goes_with_its_call_leaves_the_focus_to_the_log(busy_world: World) -> None:
    select(busy_world, "Luke S.")
    busy_world.press(busy_world.view.log, Qt.Key.Key_Delete)
    other = busy_world.view.model.at(2).attempt.id
    assert focus_goes_through(lambda: _go_to(busy_world, other)) == ["CallLogView"]
    assert not busy_world.view.notice.isVisible()


def test_a_question_answered_by_the_feed_leaves_the_focus_to_the_log(busy_world: World) -> None:
    busy_world.click("checkButton")
    attempt_id = busy_world.view.details.attempt_id
    uuid = "7c1f02aa-0000-4000-8000-000000000001"
    proven = busy_world.on_db(lambda: busy_world.stores.journal.prove(attempt_id, uuid, "channel"))

    def settled() -> None:
        busy_world.presenter.attempt_changed(proven)
        busy_world.settle()

    assert focus_goes_through(settled) == ["CallLogView"]
