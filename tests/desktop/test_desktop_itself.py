"""The desktop of the tests works: what the other tests rely on is seen with a window of a few lines."""

import re
from pathlib import Path

from tests.desktop.conftest import Start
from tests.desktop.session import DesktopSession

_TINY = str(Path(__file__).with_name("tiny_window.py"))


def test_typing_and_the_accessibility_tree(start: Start) -> None:
    program = start(_TINY)
    program.wait_for_window()
    assert program.wait_for_focus("tinyEdit").name == "Number"
    program.type("-x0312345678")
    program.keys("Return")
    program.wait_for_words("1 times, last -x0312345678", inside="tinyLabel")
    assert program.node("tinyEdit").text == "-x0312345678"


def test_pasting_japanese(start: Start) -> None:
    program = start(_TINY)
    program.wait_for_window()
    program.wait_for_focus("tinyEdit")
    program.paste("田中")
    program.keys("Return")
    program.wait_for_words("last 田中", inside="tinyLabel")


def test_a_held_key_repeats(start: Start) -> None:
    program = start(_TINY)
    program.wait_for_window()
    program.wait_for_focus("tinyEdit")
    program.hold("Return", release_when=" times", at_least=1.5)
    assert int(re.findall(r"(\d+) times", program.node("tinyLabel").name)[0]) > 1


def test_pressing_by_the_accessibility_tree(start: Start) -> None:
    program = start(_TINY)
    program.wait_for_window()
    program.press("tinyButton")
    program.wait_for_words("1 times", inside="tinyLabel")


def test_picture_of_the_screen(start: Start, desktop: DesktopSession, tmp_path: Path) -> None:
    empty = desktop.picture(tmp_path / "empty.png").read_bytes()
    program = start(_TINY)
    program.wait_for_window()
    assert desktop.picture(tmp_path / "window.png").read_bytes() != empty
