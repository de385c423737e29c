"""What is said of live calls and of the feed, how, and what is not."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from basix_desktop.ui.live.announcer import Announcer
from tests.gui.calls.world import OFFSCREEN
from tests.gui.live.story import HELEN, KEN
from tests.gui.live.world import LiveWorld

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)
_ISOLATES = re.compile("[\u2066-\u2069]")


def test_ringing_is_not_said_again_where_the_dial_column_has_said_it(world: LiveWorld) -> None:
    told, other = world.place(name="Olive"), world.place(number="09011112222", name="Ken")
    world.presenter.announcer.placed_said(told.id)
    for attempt in (told, other):
        world.story.ring(attempt)
        world.show()
        world.story.answer(attempt)
        world.show()
    assert world.says() == ["Olive answered", "Ringing Ken", "Ken answered"]


def test_names_are_heard_without_marks_of_direction_and_not_to_their_end(world: LiveWorld) -> None:
    name, label = "山田 太郎 " + "株式会社" * 30, "営業部 " + "第一" * 60
    attempt, story = world.place(name=name, destination="eigyo", label=label), world.story
    story.ring(attempt)
    world.show()
    story.answer(attempt)
    world.show()
    world.show()
    story.ring_inside(attempt, 3)
    world.show()
    story.pass_ms(1000)
    story.divert(attempt, "voicemail", "声" * 100)
    world.show()
    card = world.card(attempt)
    heard = [*world.says(), card.accessibleName(), card.hang_up_button.accessibleDescription()]
    story.end(attempt)
    world.show()
    heard += [*world.says(), card.accessibleName()]
    assert any("山田 太郎" in words for words in heard)
    assert any("佐藤 健" in words for words in heard)
    for words in heard:
        assert not _ISOLATES.search(words), words
        assert len(words) < 130, words
    assert _ISOLATES.search("".join(world.texts(attempt))), "what is shown keeps its direction"


def test_another_room_is_another_state(world: LiveWorld) -> None:
    attempt, story = world.place(name="Olive"), world.story
    story.ring(attempt)
    story.answer(attempt)
    for room in ("7", "8", "8"):
        story.pass_ms(1000)
        story.divert(attempt, "conference", room)
        world.show()
    assert [_ISOLATES.sub("", said) for said in world.says()] == ["In conference 7", "In conference 8"]


def test_that_the_feed_is_lost_is_taken_back_once_it_is_there_again(qapp: QApplication) -> None:
    said: list[str] = []
    announcer = Announcer(qapp)
    announcer.announced.connect(said.append)
    announcer.say_lost(lost=False, calls=True)
    announcer.say_lost(lost=True, calls=True)
    announcer.say_lost(lost=True, calls=True)
    announcer.say_lost(lost=False, calls=True)
    announcer.say_lost(lost=False, calls=False)
    assert [bool(words) for words in said] == [True, False]
    announcer.deleteLater()


@pytest.mark.parametrize("where", ["card", "transferButton", "hangUpButton", "transferEdit"])
def test_a_state_is_announced_once_wherever_the_focus_is(world: LiveWorld, where: str) -> None:
    attempt, story = world.place(name="Olive"), world.story
    story.ring(attempt)
    story.answer(attempt)
    world.show()
    card = world.card(attempt)
    if where == "transferEdit":
        world.click("transferButton", card)
    focus = card if where == "card" else world.find(QWidget, where, card)
    focus.setFocus()
    world.heard.clear()
    story.ring_inside(attempt, HELEN)
    world.show()
    assert world.says() == ["Ringing Helen"]
    assert card.accessibleName().endswith("ringing Helen")


def test_a_refused_command_is_heard_once_also_on_the_card(world: LiveWorld) -> None:
    attempt, story = world.place(name="Olive"), world.story
    story.ring(attempt)
    world.show()
    world.card(attempt).setFocus()
    world.heard.clear()
    world.press(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    world.fail(attempt, "command_unanswered")
    assert world.card(attempt).accessibleDescription() == world.notice(attempt) != ""
    assert world.says() == []


def test_a_card_with_the_focus_says_once_that_the_feed_is_lost_and_not_how_long(world: LiveWorld) -> None:
    attempt, story = world.place(name="Olive"), world.story
    story.ring(attempt)
    world.show()
    world.card(attempt).setFocus()
    world.heard.clear()
    story.lose(world.now)
    world.show()
    described = world.card(attempt).accessibleDescription()
    assert described == "The live connection is lost: the status of the call is unavailable"
    assert world.says() == []
    shown = world.notice(attempt)
    world.pass_s(3)
    assert world.notice(attempt) != shown
    assert world.card(attempt).accessibleDescription() == described


def test_of_several_live_calls_it_is_said_which_one_is_meant(world: LiveWorld) -> None:
    olive, ken = world.place(name="Olive"), world.place(number="09011112222", name="")
    story = world.story
    for attempt in (olive, ken):
        story.ring(attempt)
        story.answer(attempt)
    story.ring_inside(ken, KEN)
    world.show()
    story.ring_inside(olive, HELEN)
    story.connect(ken, KEN)
    world.show()
    story.end(ken)
    world.show()
    story.connect(olive, HELEN)
    world.show()
    assert [_ISOLATES.sub("", said) for said in world.says()] == [
        "Olive answered",
        "090-1111-2222: Ringing Ken Mori",
        "Olive: Ringing Helen",
        "090-1111-2222: Connected with Ken Mori",
        "090-1111-2222: 090-1111-2222 hung up",
        "Connected with Helen",
    ]
