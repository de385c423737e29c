"""On a real X server a held key is one fresh press followed by repeats, and triggers a shortcut once."""

import re

from tests.desktop.conftest import Start
from tests.desktop.program import Program
from tests.desktop.tree import Announcements
from tests.desktop.waiting import until

_WINDOW = ("-m", "tests.desktop.held_window")


def _counts(program: Program) -> dict[str, int]:
    return {name: int(number) for name, number in re.findall(r"(\w+) (\d+)", program.node("counts").name)}


def test_a_held_return_is_one_fresh_press(start: Start) -> None:
    program = start(*_WINDOW)
    program.wait_for_window()
    program.hold("Return", release_when="fresh 1,", at_least=1.5)
    counts = _counts(program)
    assert counts["fresh"] == 1
    assert counts["repeats"] > 1


def test_quick_presses_by_hand_are_fresh(start: Start) -> None:
    program = start(*_WINDOW)
    program.wait_for_window()
    program.keys(*["Return"] * 8)
    until(lambda: sum(_counts(program).values()) == 8, "eight presses arrived")
    assert _counts(program)["fresh"] == 8


def test_a_held_shortcut_is_used_once(start: Start) -> None:
    program = start(*_WINDOW)
    program.wait_for_window()
    program.hold("ctrl+3", release_when="shortcuts 1.", at_least=1.5)
    assert _counts(program)["shortcuts"] == 1


def test_presses_by_hand_are_fresh_while_a_screen_reader_listens(start: Start, announcements: Announcements) -> None:
    assert announcements
    program = start(*_WINDOW)
    program.wait_for_window()
    for presses in range(1, 5):
        program.keys("Return")
        until(lambda: sum(_counts(program).values()) == presses, "the press arrived")  # noqa: B023 - used at once
    assert _counts(program)["fresh"] == 4


def test_a_held_return_is_one_fresh_press_while_a_screen_reader_listens(
    start: Start, announcements: Announcements
) -> None:
    assert announcements
    program = start(*_WINDOW)
    program.wait_for_window()
    program.hold("Return", release_when="fresh 1,", at_least=1.5)
    counts = _counts(program)
    assert counts["fresh"] == 1
    assert counts["repeats"] > 1
