"""A press that takes long is said to go on, and Esc says that it is too late to cancel."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from basix_desktop.domain.calls import State
from basix_desktop.ui.dial import under_way
from tests.gui.dial.world import World

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen only


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(under_way, "_LONG", 60)


def _pressed(world: World) -> None:
    world.keys("0312341234")
    world.enter()
    world.said.clear()
    world.dialing.press.reach(State.INTENT)
    world.dialing.press.reach(State.SENDING)
    world.settle()


@pytest.mark.usefixtures("soon")
def test_what_takes_long_is_said_once(world: World) -> None:
    _pressed(world)
    assert world.said == []
    world.until(lambda: bool(world.said))
    assert world.said == ["Waiting for the PBX… 03-1234-1234 → Sales"]


def test_what_is_placed_soon_is_not(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(under_way, "_LONG", 300)
    _pressed(world)
    world.dialing.press.end(State.ACCEPTED)
    world.settle()
    over = world.presenter._calling._under_way._long
    world.until(lambda: not over.isActive())
    assert not [words for words in world.said if "Waiting" in words]


def test_esc_says_that_what_has_been_sent_goes_on(world: World) -> None:
    _pressed(world)
    world.key(Qt.Key.Key_Escape)
    assert world.said == ["The call has been sent: it can no longer be cancelled."]
    assert world.dialing.press.cancels == 0
    world.dialing.press.end(State.ACCEPTED)
    world.settle()
    world.said.clear()
    world.key(Qt.Key.Key_Escape)
    assert world.said == []
