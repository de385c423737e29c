"""A card per live call: both legs, their times by the PBX's clock, and every state said once."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from basix_desktop.domain.feed import FeedPhase, FeedStatus
from basix_desktop.domain.live import CallPhase, LiveCall, LiveView
from basix_desktop.ui.calls.parts import ElidedLabel
from basix_desktop.ui.live.presenter import AWAITED, STAYS
from basix_desktop.ui.theme import DARK, GAP
from tests.gui.calls.world import OFFSCREEN
from tests.gui.live.story import HELEN, KEN, LIVE, SALES
from tests.gui.live.world import LiveWorld

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)


def _plain(text: str) -> str:
    """Without the marks of direction."""
    return text.translate(dict.fromkeys(range(0x2066, 0x206A)))


HOSTILE = "<img src=file:///etc/hostname> A & B \u202e4321\u2066"


def test_a_call_is_shown_from_the_answer_of_the_pbx_to_its_end(world: LiveWorld) -> None:
    story = world.story
    attempt = world.place(name="Olive", destination="sales", label="Sales")
    assert not world.cards.isVisible()
    story.follow(attempt)
    world.show()
    assert world.texts(attempt) == ("Olive · 03-1234-1234", "placed, following…", "Sales", "rings next")
    story.ring(attempt)
    world.show()
    world.pass_s(8)
    assert world.texts(attempt)[1] == "ringing · 0:08"
    story.answer(attempt)
    world.show()
    world.pass_s(8)
    assert world.texts(attempt)[1::2] == ("answered · 0:08", "connecting…")
    story.ring_inside(attempt, HELEN, KEN, group=SALES)
    world.show()
    world.pass_s(6)
    assert world.texts(attempt)[1:] == ("answered · 0:14", "Sales", "ringing Helen and Ken Mori · 0:06")
    story.connect(attempt, HELEN)
    world.show()
    world.pass_s(130)
    assert world.texts(attempt)[1:] == ("answered · 2:24", "Sales", "connected with Helen · 2:10")
    story.end(attempt)
    world.show()
    assert world.texts(attempt)[1:] == ("ended · 2:10", "Sales", "Olive hung up")
    assert world.says() == [
        "Ringing Olive",
        "Olive answered",
        "Ringing Helen and Ken Mori",
        "Connected with Helen",
        "Olive hung up",
    ]


def test_an_ended_card_stays_as_high_and_in_line_with_the_others(world: LiveWorld) -> None:
    attempts = [world.place(f"031234000{number}") for number in (1, 2)]
    for attempt in attempts:
        world.story.ring(attempt)
    world.show()
    cards = [world.card(attempt) for attempt in attempts]
    inside = [world.find(QWidget, "liveInsideWho", card) for card in cards]

    def places() -> list[tuple[int, int]]:
        world.settle()
        return [
            (card.height(), who.mapTo(card, who.rect().topLeft()).x()) for card, who in zip(cards, inside, strict=True)
        ]

    before = places()
    assert before[0] == before[1]
    world.story.end(attempts[0], "send_cancel,NO_ANSWER")
    world.show()
    assert cards[0].over
    assert places() == before


def test_an_ended_call_stays_some_seconds_and_then_goes(world: LiveWorld, qtbot: object) -> None:
    attempt = world.place()
    world.story.ring(attempt)
    world.show()
    world.story.end(attempt, "send_cancel,NO_ANSWER")
    ended = world.record_end(attempt)
    world.story.forget(attempt)
    world.show()
    assert world.texts(attempt)[1] == "ringing · 0:00", "the feed has forgotten it, the record is not here yet"
    world.presenter.attempt_changed(ended)
    assert world.texts(attempt)[3] == "03-1234-1234 did not answer"
    assert not world.find(QWidget, "hangUpButton", world.card(attempt)).isVisible()
    qtbot.waitUntil(lambda: not world.cards.has(attempt.id), timeout=STAYS + 3000)  # type: ignore[attr-defined]
    assert not world.cards.isVisible()
    world.show()
    assert not world.cards.has(attempt.id)


def test_a_late_picture_brings_no_ended_call_back(world: LiveWorld) -> None:
    attempt = world.place()
    world.story.ring(attempt)
    late = world.story.view()
    world.show()
    world.story.end(attempt)
    world.show()
    world.presenter.show(late)
    assert world.texts(attempt)[1] == "ended"
    world.presenter._remove(attempt.id)
    world.presenter.show(late)
    world.settle()
    assert not world.cards.has(attempt.id)


def test_another_accounts_feed_takes_the_cards_away_without_calling_them_ended(world: LiveWorld, qtbot: object) -> None:
    attempt = world.place()
    world.story.ring(attempt)
    world.show()
    world.presenter.show(LiveView())
    assert "ended" not in world.texts(attempt)[1]
    qtbot.waitUntil(lambda: not world.cards.has(attempt.id), timeout=AWAITED + 3000)  # type: ignore[attr-defined]
    assert not any("hung up" in said or "ended" in said for said in world.says())


def test_a_lost_feed_greys_the_card_with_its_age_and_never_ends_it(world: LiveWorld) -> None:
    attempt = world.place(name="Olive")
    story = world.story
    story.ring(attempt)
    story.answer(attempt)
    world.show()
    world.pass_s(4)
    story.lose(world.now)
    world.show()
    world.pass_s(35)
    assert world.texts(attempt)[1] == "answered", "nobody knows whether the time still runs"
    assert world.notice(attempt) == "Status unavailable: shown as it was at 10:02:15, 0:35 ago"
    assert world.find(QLabel, "liveOutsideWho", world.card(attempt)).property("look") == "muted"
    world.show()
    assert world.says().count("The live connection is lost: the status of the call is unavailable") == 1
    story.restore()
    world.show()
    assert world.texts(attempt)[1] == "answered · 0:39"
    assert world.notice(attempt) == ""


def test_a_call_that_ended_while_the_feed_was_lost_says_so(world: LiveWorld) -> None:
    attempt = world.place(name="Olive")
    world.story.ring(attempt)
    world.show()
    world.story.lose(world.now)
    world.show()
    world.story.restore(without=attempt)
    world.show()
    assert world.texts(attempt)[3].startswith("The call has ended; how was not seen")


@pytest.mark.parametrize("apart", [-90_000, 0, 90_000])
def test_times_run_by_the_pbx_clock(closed: LiveWorld, apart: int) -> None:
    """Our clock is wrong by a minute and a half: what happens while we look on tells by how much."""
    world = closed
    world.apart = apart
    world.open()
    world.show()
    world.pass_s(10)
    attempt = world.place()
    world.story.follow(attempt)
    world.show()
    world.story.ring(attempt)
    world.show()
    world.pass_s(7)
    assert world.texts(attempt)[1] == "ringing · 0:07"


def test_a_call_found_in_a_snapshot_has_lasted_as_long_as_it_has(world: LiveWorld) -> None:
    attempt = world.place()
    world.story.ring(attempt)
    world.story.answer(attempt)
    world.story.pass_ms(180_000)
    world.show()
    assert world.texts(attempt)[1] == "answered · 3:00"


def test_seconds_tick_by_themselves(world: LiveWorld, qtbot: object) -> None:
    attempt = world.place()
    world.story.ring(attempt)
    world.show()
    world.story.pass_ms(2_000)
    qtbot.waitUntil(lambda: world.texts(attempt)[1] == "ringing · 0:02", timeout=3000)  # type: ignore[attr-defined]


def test_nothing_is_said_twice_and_nothing_is_painted_twice(world: LiveWorld) -> None:
    attempt = world.place(name="Olive")
    world.story.ring(attempt)
    world.show()
    card = world.card(attempt)
    said = world.says()
    before = card.grab().toImage()
    for _ in range(5):
        world.show()
        world.presenter.attempt_changed(attempt)
    assert world.card(attempt) is card
    assert world.says() == said
    assert card.grab().toImage() == before


def test_transferred_parked_and_voicemail_say_so(world: LiveWorld) -> None:
    story, attempt = world.story, world.place(name="Olive", destination="helen", label="Helen")
    story.ring(attempt)
    story.answer(attempt)
    story.ring_inside(attempt, HELEN)
    world.show()
    assert world.texts(attempt)[2:] == ("Helen", "ringing · 0:00"), "her name stands above already"
    story.pass_ms(1000)
    story.connect(attempt, HELEN)
    world.show()
    assert world.texts(attempt)[2:] == ("Helen", "connected · 0:00")
    story.pass_ms(1000)
    story.ring_inside(attempt, KEN)
    world.show()
    assert world.texts(attempt)[2] == "Ken Mori"
    assert world.texts(attempt)[3].startswith("transferred, ringing")
    story.pass_ms(1000)
    story.divert(attempt, "park", "7")
    world.show()
    assert world.texts(attempt)[3] == "parked: 7 · 0:00"
    story.pass_ms(1000)
    story.divert(attempt, "voicemail", "Ken Mori")
    world.show()
    assert world.texts(attempt)[3] == "voicemail of Ken Mori · 0:00"
    assert "Connected with Helen" in world.says()
    assert "Voicemail of Ken Mori" in world.says()


@pytest.mark.parametrize(
    ("state", "detail", "shown"),
    [
        ("ivr", "900", "voice menu"),
        ("conference", "7", "in conference 7"),
        ("conference", "", "in a conference"),
        ("calling_siptermination", "sip:desk@example.jp", "passed on to sip:desk@example.jp"),
        ("calling_siptermination", "", "passed on to another system"),
        ("system_operation", "login", "function of the PBX: login"),
        ("system_operation", "", "function of the PBX"),
    ],
)
def test_what_a_function_of_the_pbx_has_taken_says_so_once(
    world: LiveWorld, state: str, detail: str, shown: str
) -> None:
    story, attempt = world.story, world.place(name="Olive", destination="1900", label="Front line")
    story.ring(attempt)
    story.answer(attempt)
    story.pass_ms(1000)
    story.divert(attempt, state, detail)
    for _ in range(3):
        world.show()
    who = ("Olive · 03-1234-1234", "answered · 0:01", "Front line")
    assert tuple(_plain(text) for text in world.texts(attempt)) == (*who, f"{shown} · 0:00")
    assert [_plain(said) for said in world.says()] == [shown[0].upper() + shown[1:]]
    story.end(attempt)
    world.show()
    assert world.texts(attempt)[3] == "Olive hung up"


def test_handed_on_to_an_outside_number_says_so(world: LiveWorld) -> None:
    story, attempt = world.story, world.place(name="Olive", destination="helen", label="Helen")
    story.ring(attempt)
    story.answer(attempt)
    story.ring_inside(attempt, HELEN)
    story.pass_ms(1000)
    story.connect(attempt, HELEN)
    world.show()
    story.pass_ms(1000)
    story.hand_out(attempt, "09011112222")
    world.show()
    assert world.texts(attempt)[2:] == ("09011112222", "transferred, ringing · 0:00")
    assert world.says()[-1] == "Transferred, ringing 09011112222"


def test_several_calls_have_a_card_each_and_more_than_three_are_scrolled_to(world: LiveWorld) -> None:
    world.window.resize(820, 900)
    attempts = [world.place(number=f"031234{place:04}") for place in range(5)]
    for attempt in attempts:
        world.story.ring(attempt)
        world.show()
    cards = world.cards.cards()
    assert [card.attempt_id for card in cards] == [attempt.id for attempt in reversed(attempts)]
    height = cards[0].height()
    assert 3 * height <= world.cards.height() < 4 * height
    assert world.cards.verticalScrollBar().maximum() > 0
    cards[-1].setFocus()
    for _ in range(4):
        world.presenter._remove(world.cards.cards()[0].attempt_id)
    world.settle()
    assert world.cards.height() < 2 * height


@pytest.mark.parametrize("width", [340, 600, 1000])
def test_cards_stand_close_together_also_with_a_line_below_the_legs(world: LiveWorld, width: int) -> None:
    world.window.resize(width, 1200)
    for place in range(3):
        world.story.ring(world.place(number=f"031234{place:04}"))
    world.show()
    for lost in (False, True):
        if lost:
            world.story.lose(world.now)
            world.show()
            world.pass_s(4000)
            world.settle()
        cards = world.cards.cards()
        apart = [below.y() - (above.y() + above.height()) for above, below in pairwise(cards)]
        assert set(apart) == {GAP}
        assert cards[-1].geometry().bottom() + 1 == world.cards.viewport().height()
        assert not world.cards.verticalScrollBar().isVisible()
        for card in cards:
            layout = card.layout()
            assert layout is not None
            assert card.height() >= layout.minimumHeightForWidth(card.width())


def test_names_are_plain_text_and_never_push_the_number_away(world: LiveWorld) -> None:
    attempt = world.place(name=HOSTILE + "長い名前" * 20, label=HOSTILE)
    world.story.ring(attempt)
    world.show()
    card = world.card(attempt)
    for label in card.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
    who, _, destination, _ = world.texts(attempt)
    assert "\u202e" not in who + destination
    shown = world.find(QLabel, "liveOutsideWho", card).shown()  # type: ignore[attr-defined]
    assert shown.endswith("03-1234-1234")
    assert "<img" in world.find(QLabel, "liveInsideWho", card).text()


def test_a_screen_reader_hears_the_whole_card_without_a_running_clock(world: LiveWorld) -> None:
    attempt = world.place(name="Olive", destination="sales", label="Sales")
    world.story.ring(attempt)
    world.story.answer(attempt)
    world.story.ring_inside(attempt, HELEN, group=SALES)
    world.show()
    card = world.card(attempt)
    assert card.accessibleName() == "Olive, 03-1234-1234, answered, Sales, ringing Helen"
    name = card.accessibleName()
    world.pass_s(5)
    assert card.accessibleName() == name
    for button in ("transferButton", "hangUpButton"):
        assert world.find(QWidget, button, card).accessibleDescription() == name


def test_every_state_looks_different_in_both_colour_schemes(world: LiveWorld) -> None:
    attempt = world.place(name="Olive")
    world.story.ring(attempt)
    world.show()
    seen: list[QPixmap] = [world.card(attempt).grab()]
    world.log.theme.apply(DARK)
    world.settle()
    seen.append(world.card(attempt).grab())
    world.story.lose(world.now)
    world.show()
    seen.append(world.card(attempt).grab())
    images = [pixmap.toImage() for pixmap in seen]
    assert images[0] != images[1] != images[2]


def test_a_narrow_window_shows_whom_and_with_whom_in_full(world: LiveWorld) -> None:
    attempt = world.place(name="Olive", destination="sales", label="Sales")
    world.story.ring(attempt)
    world.story.answer(attempt)
    world.story.ring_inside(attempt, HELEN, KEN, 3, group=SALES)
    world.window.resize(360, 600)
    world.show()

    def seen(name: str) -> str:
        label = world.find(ElidedLabel, name, world.card(attempt))
        assert label.contentsRect().width() > 0
        return label.shown()

    assert seen("liveOutsideWho") == "Olive · 03-1234-1234"
    assert seen("liveOutsideState") == "answered · 0:00"
    assert seen("liveInsideWho") == "Sales"
    assert seen("liveInsideState").startswith("ringing Helen and 2 more")
    world.story.connect(attempt, HELEN)
    world.show()
    assert seen("liveInsideState").startswith("connected with Helen · 0:00")
    world.window.resize(1200, 600)
    world.settle()
    world.story.ring_inside(attempt, HELEN, KEN, 3, group=SALES)
    assert world.find(QWidget, "liveOutsideState").y() > world.find(QWidget, "liveOutsideWho").y()


def test_a_very_long_destination_leaves_room_for_how_far_it_is(world: LiveWorld) -> None:
    attempt = world.place(destination="sales", label="Customer support of the head office in Tokyo")
    world.story.ring(attempt)
    world.story.answer(attempt)
    world.story.ring_inside(attempt, HELEN)
    world.window.resize(360, 600)
    world.show()
    state = world.find(ElidedLabel, "liveInsideState", world.card(attempt))
    assert state.shown().startswith("ringing Helen")


def test_a_narrow_window_puts_the_buttons_below(world: LiveWorld) -> None:
    attempt = world.place(name="Olive")
    world.story.ring(attempt)
    world.show()
    card = world.card(attempt)
    button, who = world.find(QWidget, "hangUpButton", card), world.find(QWidget, "liveOutsideWho", card)

    def below() -> bool:
        return button.mapTo(card, button.rect().topLeft()).y() >= who.mapTo(card, who.rect().bottomLeft()).y()

    assert not below()
    world.window.resize(400, 500)
    world.settle()
    assert below()
    world.window.resize(820, 500)
    world.settle()
    assert not below()


def test_a_call_the_window_has_not_read_is_read_from_the_log(world: LiveWorld) -> None:
    attempt = world.place(name="Olive")
    world.story.ring(attempt)
    world.presenter.show(world.story.view())
    assert not world.cards.has(attempt.id), "no card without a number"
    world.settle()
    assert world.texts(attempt)[0] == "Olive · 03-1234-1234"


def test_a_feed_that_is_off_shows_no_cards(world: LiveWorld) -> None:
    world.presenter.show(LiveView(FeedStatus(FeedPhase.OFF)))
    world.settle()
    assert not world.cards.isVisible()
    assert world.says() == []


def test_a_call_that_is_not_in_the_log_is_asked_for_once(world: LiveWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    history = world.log.stores.history

    def details(attempt_id: str) -> object:
        asked.append(attempt_id)
        return history.attempt(attempt_id)

    monkeypatch.setattr(world.presenter._rows.reader, "details", details)
    view = LiveView(LIVE, {"nobody": LiveCall("uuid", CallPhase.RINGING, offered_at=world.now)})
    for _ in range(5):
        world.presenter.show(view)
        world.settle()
    assert asked == ["nobody"]
    assert world.cards.cards() == []


def test_labels_are_heard_without_markup_and_marks_of_direction(world: LiveWorld) -> None:
    attempt = world.place(name="山田 太郎", destination="sales", label="営業部")
    world.story.ring(attempt)
    world.show()
    heard = []
    for label in world.card(attempt).findChildren(QLabel):
        interface = QAccessible.queryAccessibleInterface(label)
        heard += [interface.text(QAccessible.Text.Name), interface.text(QAccessible.Text.Description)]
    assert any("山田 太郎" in words for words in heard)
    assert [words for words in heard if "<qt>" in words or "\u2068" in words] == []
