"""What is said of live calls and of the feed, how, and what is not."""

import re

import pytest
from PySide6.QtWidgets import QApplication

from basix_desktop.ui.live.announcer import Announcer
from tests.gui.calls.world import OFFSCREEN
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
