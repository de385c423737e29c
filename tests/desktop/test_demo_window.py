"""The window on the demo PBX as a receptionist uses it: by keys alone, watched through the accessibility tree."""

import re

import pytest

from tests.desktop.conftest import Start
from tests.desktop.log_rows import rows, wait_for_placed, wait_for_row
from tests.desktop.program import Program
from tests.desktop.tree import Announcements
from tests.desktop.waiting import until

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _legs(program: Program) -> list[str]:
    """The leg UUIDs in the log, newest first."""
    return [found[0] for found in _UUID.finditer(program.node("callLogView").words())]


def test_the_keyboard_is_in_the_number_field_from_the_start(start_demo: Start) -> None:
    program = start_demo()
    assert program.wait_for_focus("numberEdit").name == "Number to call"
    program.type("0312345678")
    until(lambda: program.node("numberEdit").text == "03-1234-5678", "the digits are grouped")
    program.wait_for_words("0312345678", inside="sentAsLabel")


def test_digits_and_enter_call_the_usual_destination(start_demo: Start) -> None:
    program = start_demo()
    program.wait_for_focus("numberEdit")
    program.type("0312345678")
    program.keys("Return")
    wait_for_placed(program, "03-1234-5678, to Sales")
    assert len(_legs(program)) == 1
    until(lambda: program.node("numberEdit").text == "", "a placed call clears the number")


def test_digits_and_ctrl_3_call_the_third_favourite(start_demo: Start) -> None:
    program = start_demo()
    program.wait_for_focus("numberEdit")
    third = program.node("favouriteButton3").name
    program.type("0312345678")
    program.keys("ctrl+3")
    wait_for_placed(program, f"03-1234-5678, to {third}")
    until(
        lambda: program.node("destinationEdit").text == "Sales", "the usual destination is back after a one-off choice"
    )


@pytest.mark.parametrize(
    ("number", "outcome"),
    [("0312345678", "Placed"), ("0312340101", "no free line"), ("0312340500", "may have been placed")],
)
def test_an_outcome_is_announced_once(
    start_demo: Start, announcements: Announcements, number: str, outcome: str
) -> None:
    program = start_demo()
    program.wait_for_focus("numberEdit")
    program.type(number)
    program.keys("Return")

    def told() -> list[str]:
        return [text for text in announcements.of(program.process.pid) if outcome in text]

    until(told, f"{outcome!r} is announced")
    program.keys("alt+F4")
    assert program.process.wait(timeout=20) == 0
    assert len(told()) == 1


def test_what_was_typed_stays_after_a_call_that_was_not_placed(start_demo: Start) -> None:
    program = start_demo()
    program.wait_for_focus("numberEdit")
    program.type("0312340101")
    program.keys("KP_Enter")
    wait_for_row(program, "03-1234-0101, to Sales, not placed")
    assert program.node("numberEdit").text == "03-1234-0101"


def test_a_call_that_may_have_been_placed_is_said_so(start_demo: Start) -> None:
    program = start_demo()
    program.wait_for_focus("numberEdit")
    program.type("0312340500")
    program.keys("Return")
    wait_for_row(program, "03-1234-0500, to Sales, may have been placed")
    program.wait_for_words("may have been placed", inside="warningCard")


@pytest.mark.parametrize("keys", ["Return", "ctrl+3"])
def test_a_held_key_calls_once_even_where_the_outcome_keeps_the_number(start_demo: Start, keys: str) -> None:
    program = start_demo()
    program.wait_for_focus("numberEdit")
    program.type("0312340500")
    program.hold(keys, release_when="may have been placed", at_least=2.5)
    program.keys("alt+F4")
    assert program.process.wait(timeout=20) == 0
    again = start_demo()
    again.wait_for_words("may have been placed", inside="callLogView")
    assert len(rows(again)) == 1


def test_a_pasted_line_of_a_mail_is_read(start_demo: Start) -> None:
    program = start_demo()
    program.wait_for_focus("numberEdit")
    program.paste("ＴＥＬ ０３－１２３４－５６７８（受付 9:00-18:00）")
    program.wait_for_words("0312345678", inside="sentAsLabel")
    program.keys("Return")
    wait_for_placed(program, "03-1234-5678, to Sales")


def test_digits_typed_anywhere_go_to_the_number_field(start_demo: Start) -> None:
    program = start_demo()
    program.wait_for_focus("numberEdit")
    program.type("0312345678")
    program.keys("Return")
    wait_for_placed(program, "03-1234-5678, to Sales")
    program.keys("F1")
    program.keys("Escape")
    program.type("0355550001")
    until(lambda: program.node("numberEdit").text == "03-5555-0001", "the digits are in the number field")


def test_the_log_is_there_again_after_a_restart(start_demo: Start) -> None:
    first = start_demo()
    first.wait_for_focus("numberEdit")
    first.type("0312345678")
    first.keys("Return")
    wait_for_placed(first, "03-1234-5678, to Sales")
    legs = _legs(first)
    first.keys("alt+F4")
    assert first.process.wait(timeout=20) == 0
    second = start_demo()
    wait_for_placed(second, "03-1234-5678, to Sales")
    assert len(rows(second)) == 1
    assert _legs(second) == legs != []
