"""Who is chosen while typing a destination, as somebody hears it who does not see the list below the field."""

from tests.desktop.conftest import Start
from tests.desktop.tree import Announcements
from tests.desktop.waiting import until


def test_the_proposal_that_enter_would_take_is_said_once(start_demo: Start, announcements: Announcements) -> None:
    program = start_demo()
    program.wait_for_focus("numberEdit")
    program.type("0312345678")
    program.keys("Tab")
    program.wait_for_focus("destinationEdit")

    def heard(word: str) -> list[str]:
        return [text for text in announcements.of(program.process.pid) if word in text]

    program.type("hel")
    until(lambda: heard("Helen Clarke"), "the first proposal is said")
    assert len(heard("Helen Clarke")) == 1, "letters that change nothing say nothing"
    program.keys("Down")
    until(lambda: heard("Sales"), "the next one is said")
    program.keys("Up")
    until(lambda: len(heard("Helen Clarke")) == 2, "and this one again")
