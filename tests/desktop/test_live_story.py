"""One call from Call to its end, watched from outside: what is read out, what is announced, and what the screen shows.

The PBX is in the test's hand: nothing happens there unless the test makes it happen.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from basix_desktop.demo.server import DemoPbx
from tests.desktop.conftest import Start
from tests.desktop.first_start import connect, enter
from tests.desktop.program import Program
from tests.desktop.session import DesktopSession
from tests.desktop.tree import Announcements
from tests.desktop.waiting import until

_PICTURES = Path(__file__).parents[2] / ".dev" / "pictures" / "live-story"
_ISOLATES = re.compile("[\u2066-\u2069]")
_NUMBER = "03-1234-5678"
_HELEN = "Helen Clarke"


@pytest.fixture
def pbx() -> Iterator[DemoPbx]:
    """A PBX where nothing happens by itself."""
    with DemoPbx(lively=False, by_hand=True) as pbx:
        yield pbx


@pytest.fixture
def program(start: Start, pbx: DemoPbx, tmp_path: Path) -> Program:
    """The window on an account of that PBX, with the live feed connected."""
    program = start("-m", "basix_desktop.app.main", "--lang", "en", "--data-dir", str(tmp_path / "data"))
    program.wait_for_window()
    connect(program, server=pbx.server, domain=pbx.domain, token=pbx.token)
    program.wait_for_words("live", inside="feedChip")
    until(lambda: pbx.feed_connections, "the feed is connected")
    return program


class _Watched:
    """The story as somebody sees and hears it who knows nothing of the program's insides."""

    def __init__(self, program: Program, announcements: Announcements, desktop: DesktopSession) -> None:
        self._program = program
        self._announcements = announcements
        self._desktop = desktop
        self._pictures: list[bytes] = []
        self._before = len(self._all())

    def heard(self) -> list[str]:
        """What has been announced since this began."""
        return self._all()[self._before :]

    def comes_to(self, state: str, *, card: str, log: str, said: str) -> None:
        """Wait until card and log row can be read and the state has been said; take a picture."""
        until(lambda: said in self.heard(), f"{said!r} is announced")
        self._reads(card, "liveCallCard")
        self._reads(log, "callLogView")
        path = self._desktop.picture(_PICTURES / f"{len(self._pictures) + 1}-{state}.png")
        self._pictures.append(path.read_bytes())
        assert len(set(self._pictures)) == len(self._pictures), f"the screen does not show {state}"

    def _reads(self, words: str, inside: str) -> None:
        until(lambda: words in self._read(inside), f"{words!r} can be read in {inside}")

    def _read(self, inside: str) -> str:
        node = self._program.tree().find(inside)
        return _ISOLATES.sub("", node.words()) if node is not None else ""

    def _all(self) -> list[str]:
        return [" ".join(_ISOLATES.sub("", text).split()) for text in self._announcements.of(self._program.process.pid)]


def _leg(pbx: DemoPbx) -> str:
    """The outside leg of the only call there is."""
    return until(lambda: next((leg.uuid for leg in pbx.channels), ""), "the PBX has placed the call")


def test_a_call_is_seen_and_heard_from_call_to_its_end(
    program: Program, pbx: DemoPbx, announcements: Announcements, desktop: DesktopSession
) -> None:
    enter(program, "0312345678", "helen")
    story = _Watched(program, announcements, desktop)
    program.keys("Return")
    leg = _leg(pbx)
    placed = f"Placed {_NUMBER} → {_HELEN}. The PBX is ringing the number now."
    story.comes_to("ringing", card=f"{_NUMBER}, ringing", log="ringing…", said=placed)
    assert pbx.advance(leg)
    story.comes_to("answered", card="answered", log="answered", said=f"{_NUMBER} answered")
    assert pbx.advance(leg)
    story.comes_to("helen-rings", card=f"ringing {_HELEN}", log=f"ringing {_HELEN}", said=f"Ringing {_HELEN}")
    assert pbx.advance(leg)
    story.comes_to(
        "connected", card=f"connected with {_HELEN}", log=f"connected with {_HELEN}", said=f"Connected with {_HELEN}"
    )
    program.keys("F11")
    program.keys("F6")
    program.wait_for_focus("liveCallCard")
    program.keys("ctrl+shift+h")
    until(lambda: not pbx.channels, "the PBX has ended the call")
    program.keys("F11")
    story.comes_to("ended", card="You hung up", log=f"connected with {_HELEN}", said="You hung up")
    program.wait_for_focus("numberEdit")
    program.keys("alt+F4")
    assert program.process.wait(timeout=20) == 0
    assert story.heard() == [
        placed,
        f"{_NUMBER} answered",
        f"Ringing {_HELEN}",
        f"Connected with {_HELEN}",
        "You hung up",
    ]
