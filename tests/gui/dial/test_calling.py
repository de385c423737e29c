"""A press of Call, what it asks, and how it ends."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from basix_desktop.domain.calls import EndUser, State
from basix_desktop.domain.concerns import Concern, ConcernKind
from basix_desktop.domain.errors import AlreadyCalling, ConfirmationRequired, Failure, InputRefused, StoreError
from basix_desktop.domain.live import LiveCall, LiveView
from basix_desktop.ui.dial.matching import Choice
from tests.gui.dial.world import ACCOUNT, World

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen only
FOREIGN = Concern(ConcernKind.FOREIGN, country="US")
DOUBTFUL = Concern(ConcernKind.DOUBTFUL)
JUST_NOW = Concern(ConcernKind.CALLED_JUST_NOW, seconds_ago=4, attempt_id="earlier")


def words(world: World, name: str) -> str:
    """Everything a panel says."""
    return "\n".join(label.text() for label in world.find(name).findChildren(QLabel))


def fill_all(world: World) -> None:
    world.view.caller.put(EndUser("12345678", "Olive", "Thimble Theatre", "https://example.com/o.png", "Tokyo"))
    world.view.options.calling_number.setEditText("03-1234-0000")
    world.view.options.answer_timeout.lineEdit().setText("60")
    world.view.options.callback_url.setText("https://example.com/result")


def test_every_field_goes_into_the_order(world: World) -> None:
    fill_all(world)
    world.dial()
    request = world.dialing.orders[0].request
    assert request.number == "0312341234"
    assert request.calling_number == "0312340000"
    assert request.answer_timeout == 60
    assert request.callback_url == "https://example.com/result"
    assert request.end_user == EndUser("12345678", "Olive", "Thimble Theatre", "https://example.com/o.png", "Tokyo")
    assert world.dialing.orders[0].account == ACCOUNT
    assert world.dialing.orders[0].typed == "03-1234-1234"


def test_a_placed_call_clears_number_and_caller_but_not_the_usual_destination(world: World) -> None:
    world.view.caller.put(EndUser("1", "Olive", "Thimble", "https://example.com/o.png", "Tokyo"))
    world.dial().end(State.ACCEPTED, uuids=("a",))
    world.settle()
    draft = world.view.draft()
    assert draft.number == ""
    assert draft.caller == ("", "", "", "", "")
    assert draft.destination == "sales"
    assert "03-1234-1234 → Sales" in words(world, "outcomePanel")


def test_a_one_off_destination_goes_back_after_a_placed_call(world: World) -> None:
    world.alt(3)
    world.dial().end(State.ACCEPTED, uuids=("a",))
    world.settle()
    assert world.view.draft().destination == "sales"


def test_one_off_options_go_back_after_a_placed_call(world: World) -> None:
    """The next caller is not called with what was meant for this one."""
    usual = world.view.draft().options
    fill_all(world)
    world.dial().end(State.ACCEPTED, uuids=("a",))
    world.settle()
    assert world.view.draft().options == usual
    assert not world.find("callingNumberEdit").isVisible()
    world.dial()
    request = world.dialing.orders[1].request
    assert (request.calling_number, request.answer_timeout, request.callback_url) == ("05068601111", 180, "")


def test_options_for_the_next_call_survive_the_placing_of_this_one(world: World) -> None:
    press = world.dial()
    world.view.options.answer_timeout.lineEdit().setText("60")
    press.end(State.ACCEPTED, uuids=("a",))
    world.settle()
    assert world.view.draft().answer_timeout == "60"


def test_one_off_options_stay_after_any_other_outcome(world: World) -> None:
    fill_all(world)
    before = world.view.draft().options
    world.dial().end(State.REJECTED, Failure("channel_limit_reached"))
    world.settle()
    assert world.view.draft().options == before


def test_without_a_usual_destination_none_is_left_standing(closed_world: World) -> None:
    closed_world.favourite("helen", "Helen")
    closed_world.open()
    closed_world.alt(1)
    closed_world.dial().end(State.ACCEPTED, uuids=("a",))
    closed_world.settle()
    assert closed_world.view.draft().destination == ""


@pytest.mark.parametrize(
    ("state", "failure", "said"),
    [
        (State.REJECTED, Failure("channel_limit_reached"), "no free line"),
        (State.NOT_SENT, Failure("connection_refused"), "refused the connection"),
        (State.UNKNOWN, Failure("connection_broke"), "may have been placed"),
        (State.NOT_SENT, Failure("cancelled"), "you cancelled"),
    ],
)
def test_any_other_outcome_keeps_everything_typed(world: World, state: State, failure: Failure, said: str) -> None:
    fill_all(world)
    world.alt(3)
    world.keys("0312341234")
    before = world.view.draft()
    world.enter()
    world.dialing.press.reach(State.INTENT)
    world.dialing.press.end(state, failure)
    world.settle()
    assert world.view.draft() == before
    assert said in words(world, "outcomePanel")
    assert said in world.said[-1]


def test_an_outcome_names_the_destination_no_longer_than_anybody_listens(world: World) -> None:
    world.keys("0312341234")
    world.view.destination.edit.choose(Choice("sales", "Customer support " * 10))
    world.enter()
    world.dialing.press.reach(State.INTENT)
    world.dialing.press.end(State.UNKNOWN, Failure("connection_broke"))
    world.settle()
    assert "03-1234-1234 → Customer support Customer" in world.said[-1]
    assert len(world.said[-1]) < 160


def test_what_may_have_been_placed_leads_on_to_checking_it(world: World) -> None:
    wanted: list[bool] = []
    world.view.outcome.check_wanted.connect(lambda: wanted.append(True))
    world.keys("0312341234")
    world.enter()
    world.dialing.press.reach(State.INTENT)
    world.dialing.press.end(State.UNKNOWN, Failure("connection_broke"))
    world.settle()
    said = words(world, "outcomePanel")
    assert "Check whether it rang before calling again" in said
    assert "broke" not in said, "why stands with the calls that wait to be checked"
    button = world.view.outcome.check_button
    assert button.isVisible()
    button.click()
    assert wanted == [True]
    world.view.outcome.settled("another attempt")
    assert world.find("outcomePanel").isVisible()
    world.view.outcome.settled(world.view.outcome.attempt_id)
    assert not world.find("outcomePanel").isVisible()
    world.enter()
    world.dialing.press.reach(State.INTENT)
    world.dialing.press.end(State.NOT_SENT, Failure("connection_refused"))
    world.settle()
    assert "refused the connection" in words(world, "outcomePanel")
    assert not button.isVisible()


def test_what_is_typed_for_the_next_call_survives_the_placing_of_this_one(world: World) -> None:
    press = world.dial()
    world.view.number.edit.put("0612345678")
    world.view.caller.edits["end_user_name"].setText("Next")
    world.alt(2)
    press.end(State.ACCEPTED, uuids=("a",))
    world.settle()
    draft = world.view.draft()
    assert (draft.number, draft.end_user_name, draft.destination) == ("06-1234-5678", "Next", "support")


def test_the_outcome_stays_until_it_is_put_away(world: World) -> None:
    world.dial().end(State.UNKNOWN, Failure("connection_broke"))
    world.settle()
    assert world.find("outcomePanel").isVisible()
    world.find("outcomeCloseButton").click()
    assert not world.find("outcomePanel").isVisible()


def test_the_live_card_takes_over_what_was_told_of_the_beginning(world: World) -> None:
    world.dial().end(State.ACCEPTED, uuids=("a",))
    world.settle()
    placed = world.attempts[-1].id
    world.presenter.show_live(LiveView(calls={"another": LiveCall("b")}))
    assert world.find("outcomePanel").isVisible()
    world.presenter.show_live(LiveView(calls={placed: LiveCall("a")}))
    assert not world.find("outcomePanel").isVisible()


def test_the_next_press_puts_the_outcome_away(world: World) -> None:
    world.dial().end(State.REJECTED, Failure("channel_limit_reached"))
    world.settle()
    world.enter()
    world.until(lambda: not world.find("outcomePanel").isVisible())
    assert len(world.dialing.orders) == 2


def test_a_late_answer_changes_the_panel(world: World) -> None:
    press = world.dial()
    press.end(State.UNKNOWN, Failure("no_answer_in_time"))
    world.settle()
    press.report(press.attempt(State.ACCEPTED, uuids=("a",)))
    world.settle()
    assert "Placed" in words(world, "outcomePanel")
    assert world.find("numberEdit").text() == ""
    assert [attempt.state for attempt in world.attempts][-1] is State.ACCEPTED


@pytest.mark.parametrize("closed", [False, True], ids=["panel open", "panel closed"])
def test_a_call_settled_by_the_feed_leaves_no_number_that_the_next_enter_would_call(
    world: World, *, closed: bool
) -> None:
    press = world.dial()
    press.end(State.UNKNOWN, Failure("connection_broke"))
    world.settle()
    assert world.find("numberEdit").text() == "03-1234-1234"
    if closed:
        world.find("outcomeCloseButton").click()
    said = len(world.said)
    assert not world.presenter.settled(replace(press.attempt(State.ACCEPTED, uuids=("b",)), id="another"))
    assert world.presenter.settled(press.attempt(State.ACCEPTED, uuids=("a",)))
    assert not world.presenter.settled(press.attempt(State.ACCEPTED, uuids=("a",))), "once"
    assert world.find("numberEdit").text() == ""
    assert len(world.said) == said + 1
    world.enter()
    world.settle()
    assert len(world.dialing.orders) == 1


def test_what_was_typed_meanwhile_for_the_next_call_stays(world: World) -> None:
    press = world.dial()
    press.end(State.UNKNOWN, Failure("connection_broke"))
    world.settle()
    world.find("numberEdit").clear()
    world.keys("0698765432")
    assert world.presenter.settled(press.attempt(State.ACCEPTED, uuids=("a",)))
    assert world.find("numberEdit").text() == "06-9876-5432"


def test_a_focus_that_comes_by_itself_makes_no_enter_call(world: World) -> None:
    world.keys("0312341234")
    world.presenter.take_focus()
    world.ms += 499
    world.enter()
    assert world.dialing.orders == []
    world.ms += 2
    world.enter()
    assert len(world.dialing.orders) == 1


def test_words_about_the_fields_are_taken_back_with_them(world: World) -> None:
    taken_back: list[str] = []
    world.presenter.outdated.connect(taken_back.append)
    world.logged("0312341234", "sales")
    world.enter()
    world.settle()
    assert world.said[-1].startswith("Last number")
    world.keys("0")
    assert taken_back == [said for said in world.said if said.startswith("Last number")]


def test_a_called_destination_is_proposed_from_then_on(world: World) -> None:
    world.logged("0312341234", "hr", "Human resources")
    world.dial().end(State.ACCEPTED, uuids=("a",))
    world.settle()
    field = world.find("destinationEdit")
    field.setFocus()
    field.selectAll()
    world.keys("hu")
    world.enter()
    assert world.view.draft().destination == "hr"


def test_the_way_to_the_gate_is_handed_on_by_its_latest_step(world: World, qtbot: QtBot) -> None:
    press = world.dial()
    press.reach(State.SENDING)
    qtbot.waitUntil(lambda: bool(world.attempts))
    assert [attempt.state for attempt in world.attempts] == [State.SENDING]


def test_a_verdict_comes_at_once_and_after_what_led_to_it(world: World) -> None:
    press = world.dial()
    press.reach(State.SENDING)
    press.end(State.ACCEPTED, uuids=("a",))
    world.settle()
    assert [attempt.state for attempt in world.attempts] == [State.SENDING, State.ACCEPTED]


def test_the_outcome_is_announced_once(world: World) -> None:
    world.dial().end(State.REJECTED, Failure("channel_limit_reached"))
    world.settle()
    assert len([said for said in world.said if "no free line" in said]) == 1


def test_what_is_told_here_is_known_to_be(world: World) -> None:
    told: list[bool] = []
    world.presenter.attempt_changed.connect(lambda attempt: told.append(world.presenter.tells(attempt)))
    first = world.dial()
    first.reach(State.SENDING)
    first.end(State.UNKNOWN, Failure("no_answer_in_time"))
    world.settle()
    first.report(first.attempt(State.ACCEPTED, uuids=("a",)))
    world.settle()
    assert told == [True, True, True]
    world.dial()
    first.report(first.attempt(State.ACCEPTED, uuids=("a",)))
    world.settle()
    assert told[3:] == [True, False]  # the press under way, and the late answer to the one before


class TestCancel:
    def test_a_separate_button_cancels_until_the_gate(self, world: World) -> None:
        press = world.dial()
        assert world.find("cancelButton").isVisible()
        assert world.find("callButton").text().startswith("Call")
        world.find("cancelButton").click()
        assert press.cancels == 1

    def test_esc_cancels_until_the_gate_and_clears_nothing(self, world: World) -> None:
        press = world.dial()
        world.key(Qt.Key.Key_Escape)
        assert press.cancels == 1
        assert world.find("numberEdit").text() == "03-1234-1234"

    def test_after_the_gate_there_is_nothing_to_cancel(self, world: World) -> None:
        press = world.dial()
        press.reach(State.SENDING)
        world.settle()
        assert not world.find("cancelButton").isVisible()
        world.find("endUserNameEdit").setFocus()
        world.key(Qt.Key.Key_Escape)
        assert press.cancels == 0

    def test_a_stop_of_the_program_cancels_and_hands_out_the_end(self, world: World) -> None:
        press = world.dial()
        assert world.presenter.stop() is press.done
        assert press.cancels == 1

    def test_a_stop_without_a_call_has_nothing_to_wait_for(self, world: World) -> None:
        assert world.presenter.stop() is None


class TestWhileCalling:
    def test_a_favourites_key_is_refused_by_naming_the_running_call(self, world: World) -> None:
        world.dial()
        world.ctrl(2)
        assert len(world.dialing.orders) == 1
        assert "03-1234-1234 → Sales" in world.said[-1]
        assert "03-1234-1234 → Sales" in world.find("dialStatus").text()
        assert world.view.draft().destination == "sales"

    def test_enter_is_refused_by_naming_the_running_call(self, world: World) -> None:
        world.dial().reach(State.SENDING)
        world.settle()
        world.enter()
        assert len(world.dialing.orders) == 1
        assert "03-1234-1234 → Sales" in world.said[-1]

    def test_the_button_comes_back_with_the_verdict(self, world: World) -> None:
        press = world.dial()
        assert not world.find("callButton").isEnabled()
        press.end(State.REJECTED, Failure("channel_limit_reached"))
        world.settle()
        assert world.find("callButton").isEnabled()

    def test_a_defect_of_ours_ends_the_press_too(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        seen: list[object] = []
        monkeypatch.setattr("sys.excepthook", lambda *error: seen.append(error[1]))
        world.dial().fail(RuntimeError("a defect"))
        world.settle()
        assert "unexpected" in words(world, "outcomePanel")
        assert [str(error) for error in seen] == ["a defect"]
        assert world.find("callButton").isEnabled()

    def test_the_pbx_may_ask_to_wait_and_nothing_is_called_by_itself_afterwards(self, world: World) -> None:
        world.dial().end(State.REJECTED, Failure("too_many_requests"), retry_after=7)
        world.settle()
        assert not world.find("callButton").isEnabled()
        assert "asks to wait 7 seconds" in words(world, "outcomePanel"), "the same time as the countdown's"
        world.presenter.focus_number()
        world.enter()
        assert len(world.dialing.orders) == 1
        world.ms += 7001
        world.enter()
        assert len(world.dialing.orders) == 2


class TestSecondLook:
    def test_it_names_every_reason_and_exactly_what_would_be_called(self, world: World) -> None:
        world.ask(FOREIGN, DOUBTFUL, number="01012125550100")
        text = words(world, "secondLookPanel")
        assert "United States" in text
        assert "unusual" in text
        assert "010 1 212-555-0100 → Sales" in text
        assert "United States" in world.said[-1]

    @pytest.mark.parametrize(("waited", "orders"), [(0, 1), (499, 1), (500, 2)])
    def test_enter_confirms_half_a_second_later_at_the_earliest(self, world: World, waited: int, orders: int) -> None:
        world.ask(JUST_NOW)
        world.ms += waited
        world.enter()
        assert len(world.dialing.orders) == orders

    @pytest.mark.parametrize(("waited", "orders"), [(499, 1), (500, 2)])
    def test_a_click_confirms_no_sooner(self, world: World, waited: int, orders: int) -> None:
        world.ask(JUST_NOW)
        world.ms += waited
        QTest.mouseClick(world.find("secondLookConfirmButton"), Qt.MouseButton.LeftButton)
        assert len(world.dialing.orders) == orders

    @pytest.mark.parametrize("name", ["numberEdit", "secondLookConfirmButton"])
    def test_a_held_key_never_confirms(self, world: World, name: str) -> None:
        world.ask(JUST_NOW)
        world.ms += 2000
        world.find(name).setFocus()
        none = Qt.KeyboardModifier.NoModifier
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            QApplication.sendEvent(world.focused, QKeyEvent(QEvent.Type.KeyPress, key, none, "", True))
            QApplication.sendEvent(world.focused, QKeyEvent(QEvent.Type.KeyRelease, key, none, "", True))
        assert len(world.dialing.orders) == 1

    def test_what_is_confirmed_is_what_was_shown(self, world: World) -> None:
        world.ask(JUST_NOW, DOUBTFUL)
        world.ms += 600
        world.enter()
        first, second = world.dialing.orders
        assert second.request == first.request
        assert second.confirmed == {JUST_NOW.key, DOUBTFUL.key}

    def test_a_second_question_keeps_the_first_confirmation(self, world: World) -> None:
        world.ask(JUST_NOW)
        world.ms += 600
        world.enter()
        world.refuse(ConfirmationRequired((DOUBTFUL,)))
        assert "unusual" in words(world, "secondLookPanel")
        world.ms += 600
        world.enter()
        assert world.dialing.orders[-1].confirmed == {JUST_NOW.key, DOUBTFUL.key}

    def test_confirming_a_country_allows_it_for_this_account(self, world: World) -> None:
        world.ask(FOREIGN, number="01012125550100")
        world.ms += 600
        world.enter()
        store = world.stores.favourites
        assert world.on_db(lambda: store.allowed_countries(*ACCOUNT.key)) == {"US"}

    @pytest.mark.parametrize("name", ["numberEdit", "destinationEdit", "endUserIdEdit", "callbackUrlEdit"])
    def test_any_change_closes_it(self, world: World, name: str) -> None:
        world.find("optionsButton").click()
        world.ask(JUST_NOW)
        field = world.find(name)
        field.setFocus()
        world.keys("9")
        assert not world.find("secondLookPanel").isVisible()
        world.key(Qt.Key.Key_Backspace)
        assert not world.find("secondLookPanel").isVisible()

    def test_another_favourite_closes_it_and_asks_anew(self, world: World) -> None:
        world.ask(JUST_NOW)
        world.ms += 600
        world.ctrl(2)
        assert world.dialing.sent[-1] == ("0312341234", "support")
        assert world.dialing.orders[-1].confirmed == frozenset()

    def test_back_calls_nothing_and_keeps_all(self, world: World) -> None:
        world.ask(JUST_NOW)
        world.ms += 600
        world.find("secondLookBackButton").click()
        assert not world.find("secondLookPanel").isVisible()
        assert len(world.dialing.orders) == 1
        assert world.find("numberEdit").text() == "03-1234-1234"

    def test_esc_is_back(self, world: World) -> None:
        world.ask(JUST_NOW)
        world.key(Qt.Key.Key_Escape)
        assert not world.find("secondLookPanel").isVisible()
        assert world.find("numberEdit").text() == "03-1234-1234"

    def test_an_answer_for_values_that_have_changed_meanwhile_asks_nothing(self, world: World) -> None:
        world.keys("0312341234")
        world.enter()
        world.keys("5")
        world.refuse(ConfirmationRequired((DOUBTFUL,)))
        assert not world.find("secondLookPanel").isVisible()
        assert "not placed" in words(world, "outcomePanel")

    def test_another_account_closes_it(self, world: World) -> None:
        world.ask(JUST_NOW)
        world.presenter.account_changed()
        assert not world.find("secondLookPanel").isVisible()

    def test_it_takes_no_room_in_the_tab_order_when_closed(self, world: World) -> None:
        world.ask(JUST_NOW)
        world.presenter.focus_number()
        world.key(Qt.Key.Key_Tab)
        assert world.focused.objectName() == "secondLookConfirmButton"

    @pytest.mark.parametrize("kind", list(ConcernKind))
    def test_every_reason_has_words_of_its_own(self, world: World, kind: ConcernKind) -> None:
        world.ask(Concern(kind, country="FR", seconds_ago=90, attempt_id="x", count=11))
        text = words(world, "secondLookPanel")
        assert "{" not in text
        assert len(text.splitlines()[0]) > 20


class TestRefusals:
    def test_the_dialers_refusal_stands_beside_the_field(self, world: World) -> None:
        world.keys("0312341234")
        world.enter()
        world.refuse(InputRefused("number_blocked", "number"))
        assert "blocked" in world.find("sentAsLabel").text()
        assert world.find("numberEdit").property("refused") is True
        assert not world.find("outcomePanel").isVisible()

    @pytest.mark.parametrize(
        ("error", "said"),
        [(StoreError("store_full"), "disk is full"), (AlreadyCalling("other"), "Another call is being placed")],
    )
    def test_an_error_without_a_row_is_told_above_call(self, world: World, error: StoreError, said: str) -> None:
        world.keys("0312341234")
        world.enter()
        world.refuse(error)
        assert said in words(world, "outcomePanel")
        assert world.find("numberEdit").text() == "03-1234-1234"

    def test_without_an_account_nothing_is_placed(self, world: World) -> None:
        world.account = None
        world.presenter.account_changed()
        world.settle()
        world.keys("0312341234")
        world.enter()
        assert world.dialing.orders == []
        assert "No PBX account" in words(world, "outcomePanel")

    def test_japanese_words_for_a_japanese_window(self, world: World) -> None:
        world.language = "ja"
        world.dial().end(State.REJECTED, Failure("channel_limit_reached"))
        world.settle()
        assert "発信していません" in words(world, "outcomePanel")


def test_the_button_rests_only_while_there_is_nothing_to_call(world: World) -> None:
    assert not world.find("callButton").isEnabled()
    world.keys("0")
    assert world.find("callButton").isEnabled()
    assert world.find("callButton").text() == "Call → Sales"
    world.alt(2)
    assert world.find("callButton").text() == "Call → Support"
