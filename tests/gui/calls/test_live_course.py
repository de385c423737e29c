"""How a placed call went on: in its row, in its length, in its time line; and what Check learns from the live feed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from basix_desktop.domain.calls import Attempt, LiveSummary, State
from basix_desktop.domain.feed import FeedPhase, FeedStatus
from basix_desktop.domain.live import CallPhase, LiveView
from basix_desktop.services.followed import Checked, Finding
from basix_desktop.ui.calls import plain
from basix_desktop.ui.calls.log_model import Column
from basix_desktop.ui.calls.wording import Tone, tone_of
from basix_desktop.ui.i18n import install, remove
from tests.gui.calls.world import OFFSCREEN, UNKNOWN, World
from tests.gui.live.story import HELEN, KEN, SALES, Story

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)


def record(world: World, story: Story, attempt: Attempt) -> Attempt:
    """As the live desk does: milestones and summary of what has happened so far."""
    call = story.call(attempt)
    by = call.ended_by.value if call.ended_by is not None else ""
    summary = LiveSummary(call.phase, call.connected_with, call.talked_ms, by, call.cause)
    told = tuple(story.milestones)
    changed: Attempt = world.on_db(lambda: world.stores.journal.tell_live(attempt.id, summary, told))
    world.presenter.attempt_changed(changed)
    world.settle()
    return changed


def outcome(world: World, row: int = 0) -> str:
    return str(world.view.model.index(row, Column.OUTCOME).data())


def placed(world: World) -> tuple[Story, Attempt]:
    world.clock.at(10, 2)
    attempt = world.call(name="Luke S.", destination="sales", label="Sales")
    world.presenter.attempt_changed(attempt)
    world.settle()
    world.clock.at(10, 2, 11)
    story = Story(world.clock.now)
    story.ring(attempt)
    return story, attempt


def labels(world: World) -> list[str]:
    story = world.find(QWidget, "callStory")
    return [label.text() for label in story.findChildren(QLabel) if label.isVisible()]


def test_the_row_follows_the_call_to_its_end(world: World) -> None:
    story, attempt = placed(world)
    assert outcome(world) == "Placed"
    seen = []
    steps: list[Callable[[], None]] = [
        lambda: None,
        lambda: story.answer(attempt),
        lambda: story.ring_inside(attempt, HELEN, group=SALES),
        lambda: story.connect(attempt, HELEN),
    ]
    for step in steps:
        story.pass_ms(1000)
        step()
        changed = record(world, story, attempt)
        seen.append((outcome(world), tone_of(changed)))
    assert seen == [
        ("Ringing…", Tone.BUSY),
        ("Answered, connecting…", Tone.BUSY),
        ("Answered, ringing Sales…", Tone.BUSY),
        ("Connected with Helen", Tone.GOOD),
    ]
    assert world.view.log.isColumnHidden(Column.LENGTH), "no call has a length yet"
    story.pass_ms(130_400)
    story.end(attempt)
    record(world, story, attempt)
    assert outcome(world) == "Connected with Helen"
    assert world.view.model.index(0, Column.LENGTH).data() == "2:10"
    assert not world.view.log.isColumnHidden(Column.LENGTH)
    spoken = world.view.model.index(0, Column.TIME).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Luke S., 03-1234-1234, to Sales, connected with Helen, 2:10, ")


def test_a_call_moves_to_the_chip_of_its_course(world: World) -> None:
    world.click("chipNotAnswered")
    story, attempt = placed(world)
    assert world.rows() == []
    story.pass_ms(1000)
    story.end(attempt, "recv_refuse,USER_BUSY")
    record(world, story, attempt)
    assert world.rows() == ["Luke S."]
    world.click("chipConnected")
    assert world.rows() == []
    assert "once the live feed has shown" in world.find(QLabel, "callLogMessageText").text()
    story, attempt = placed(world)
    story.answer(attempt)
    story.ring_inside(attempt, HELEN)
    story.connect(attempt, HELEN)
    record(world, story, attempt)
    assert world.rows() == ["Luke S."]
    texts = [world.find(QPushButton, name).text() for name in ("chipPlaced", "chipConnected", "chipNotAnswered")]
    assert texts == ["Placed 2", "Connected 1", "Not answered 1"]


def test_the_time_line_tells_both_legs(world: World) -> None:
    story, attempt = placed(world)
    story.pass_ms(8_200)
    story.answer(attempt)
    story.ring_inside(attempt, HELEN, KEN, group=SALES)
    story.pass_ms(5_000)
    story.connect(attempt, HELEN)
    story.pass_ms(130_000)
    story.end(attempt)
    record(world, story, attempt)
    world.view.log.go_to(attempt.id)
    world.settle()
    told = labels(world)
    assert told[6:] == [
        *("10:02:11", "Ringing Luke S."),
        *("10:02:19", "Luke S. answered after 8 s"),
        *("10:02:19", "Ringing Helen, Ken Mori"),
        *("10:02:24", "Helen answered: connected"),
        *("10:04:34", "Luke S. hung up (connected for 2:10)"),
    ]


def test_what_follows_is_not_announced_as_placed_again(world: World) -> None:
    story, attempt = placed(world)
    assert len(world.says("announced")) == 1
    record(world, story, attempt)
    assert len(world.says("announced")) == 1
    other = world.call(number="0311112222")
    story.ring(other)
    record(world, story, other)
    assert len(world.says("announced")) == 1, "placed before this window was opened"


@pytest.mark.parametrize(
    ("how", "answered", "words"),
    [
        ("send_cancel,NO_ANSWER", False, "Nobody answered"),
        ("recv_refuse,USER_BUSY", False, "Busy"),
        ("recv_refuse,CALL_REJECTED", False, "Call rejected"),
        ("recv_bye,NORMAL_CLEARING", True, "Hung up before connection"),
        ("send_bye,NO_ANSWER", True, "Nobody answered"),
        ("recv_refuse,SOME_NEW_CAUSE", False, "Ended: SOME_NEW_CAUSE"),
    ],
)
def test_a_call_that_was_not_connected_says_why(world: World, how: str, answered: bool, words: str) -> None:
    story, attempt = placed(world)
    if answered:
        story.pass_ms(1000)
        story.answer(attempt)
        story.ring_inside(attempt, HELEN)
    story.pass_ms(1000)
    story.end(attempt, how)
    changed = record(world, story, attempt)
    assert outcome(world) == words
    assert tone_of(changed) is Tone.QUIET
    assert world.view.log.isColumnHidden(Column.LENGTH)


def test_voicemail_stays_voicemail_after_the_end(world: World) -> None:
    story, attempt = placed(world)
    story.pass_ms(1000)
    story.answer(attempt)
    story.pass_ms(1000)
    story.divert(attempt, "voicemail", "Helen")
    record(world, story, attempt)
    assert outcome(world) == "Voicemail"
    story.pass_ms(9000)
    story.end(attempt)
    record(world, story, attempt)
    assert outcome(world) == "Voicemail"
    world.view.log.go_to(attempt.id)
    world.settle()
    assert "Voicemail of Helen" in labels(world)
    assert labels(world)[-1] == "Luke S. hung up before being connected"


@pytest.mark.parametrize(
    ("state", "row", "line"),
    [
        ("ivr", "Voice menu", "Voice menu"),
        ("conference", "Conference", "Conference: 7"),
        ("calling_siptermination", "Passed on to another system", "Passed on to 7"),
        ("system_operation", "Function of the PBX", "Function of the PBX: 7"),
    ],
)
def test_what_a_function_of_the_pbx_has_taken_says_so(world: World, state: str, row: str, line: str) -> None:
    story, attempt = placed(world)
    story.pass_ms(1000)
    story.answer(attempt)
    story.pass_ms(1000)
    story.divert(attempt, state, "7")
    record(world, story, attempt)
    assert outcome(world) == row
    story.pass_ms(9000)
    story.end(attempt)
    record(world, story, attempt)
    assert outcome(world) == row, "nobody knows whether somebody spoke with them there"
    world.view.log.go_to(attempt.id)
    world.settle()
    assert labels(world)[-3] == line
    assert labels(world)[-1] == "Luke S. hung up"


def test_voicemail_after_a_talk_names_both_and_counts_the_talk(world: World) -> None:
    story, attempt = placed(world)
    story.answer(attempt)
    story.ring_inside(attempt, HELEN)
    story.pass_ms(1000)
    story.connect(attempt, HELEN)
    story.pass_ms(120_000)
    story.divert(attempt, "voicemail", "Helen")
    story.pass_ms(30_000)
    story.end(attempt, "send_bye,NORMAL_CLEARING")
    record(world, story, attempt)
    assert outcome(world) == "Connected with Helen, then voicemail"
    assert world.view.model.index(0, Column.LENGTH).data() == "2:00"
    world.view.log.go_to(attempt.id)
    world.settle()
    assert labels(world)[-1] == "The PBX ended the call (connected for 2:00)", "it was not Helen who did"


def test_the_length_is_that_of_the_talk_with_whom_it_was_handed_on_to(world: World) -> None:
    story, attempt = placed(world)
    story.answer(attempt)
    for user, length in ((HELEN, 300_000), (KEN, 70_000)):
        story.ring_inside(attempt, user)
        story.pass_ms(20_000)
        story.connect(attempt, user)
        story.pass_ms(length)
    story.end(attempt)
    record(world, story, attempt)
    assert outcome(world) == "Connected with Ken Mori"
    assert world.view.model.index(0, Column.LENGTH).data() == "1:10"


def test_a_transferred_call_says_to_whom(world: World) -> None:
    story, attempt = placed(world)
    story.answer(attempt)
    story.ring_inside(attempt, HELEN)
    story.pass_ms(1000)
    story.connect(attempt, HELEN)
    story.pass_ms(1000)
    story.ring_inside(attempt, KEN)
    story.pass_ms(1000)
    story.connect(attempt, KEN)
    story.pass_ms(1000)
    story.end(attempt)
    record(world, story, attempt)
    world.view.log.go_to(attempt.id)
    world.settle()
    told = labels(world)
    assert "Transferred to Ken Mori" in told
    assert told[-3] == "Ken Mori answered: connected"
    assert outcome(world) == "Connected with Ken Mori"


def test_no_name_from_the_feed_can_hide_or_reorder_anything(world: World) -> None:
    attempt = world.call(name="Luke S.")
    hostile = "<b>\u202e4321\u2066\u0000 Helen"
    summary = LiveSummary(CallPhase.CONNECTED, hostile)
    world.presenter.attempt_changed(world.on_db(lambda: world.stores.journal.tell_live(attempt.id, summary, ())))
    world.settle()
    assert "\u202e" not in outcome(world)
    assert "<b>4321" in outcome(world)


def test_every_outcome_has_a_shape_of_its_own(world: World, qapp: QApplication) -> None:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainter

    from basix_desktop.ui.calls.log_delegate import draw_shape

    seen = set()
    for tone in Tone:
        image = QImage(24, 24, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        draw_shape(painter, QRectF(4, 4, 16, 16), tone, "#000000")
        painter.end()
        seen.add(bytes(image.constBits()))
    assert len(seen) == len(Tone)


FOUR_HOURS = 4 * 3600_000


@pytest.mark.parametrize("phase", [FeedPhase.OFF, FeedPhase.CONNECTING, FeedPhase.WAITING, FeedPhase.STOPPED])
def test_a_call_of_hours_ago_rings_no_more(world: World, phase: FeedPhase) -> None:
    """reliability.md M14: the feed may be away for longer, or another account's be followed."""
    story, _ = placed(world)
    attempt = world.view.model.at(0).attempt
    record(world, story, attempt)
    view = LiveView(FeedStatus(phase), {attempt.id: story.call(attempt)})
    world.presenter.show_live(view)
    world.clock.now = attempt.created_at + FOUR_HOURS
    world.presenter._aging.timeout.emit()
    assert outcome(world) == "Ringing…"
    world.clock.now += 1
    world.presenter._aging.timeout.emit()
    assert outcome(world) == "Placed; end not seen"
    assert world.view.model.texts(0).tone is Tone.QUIET
    world.presenter.show_live(LiveView(FeedStatus(FeedPhase.LIVE), {attempt.id: story.call(attempt)}))
    world.presenter._aging.timeout.emit()
    assert outcome(world) == "Ringing…", "the feed says that it does"


def test_what_grows_old_is_looked_for_by_itself(world: World) -> None:
    aging = world.presenter._aging
    assert aging.isActive()
    assert not aging.isSingleShot()
    assert aging.interval() <= 600_000
    world.presenter.stop()
    assert not aging.isActive()


def test_a_connection_of_hours_ago_was_one(world: World) -> None:
    """It is no claim that it still is."""
    story, _ = placed(world)
    attempt = world.view.model.at(0).attempt
    story.answer(attempt)
    story.ring_inside(attempt, HELEN)
    story.connect(attempt, HELEN)
    record(world, story, attempt)
    world.clock.now = attempt.created_at + 2 * FOUR_HOURS
    world.presenter._aging.timeout.emit()
    assert outcome(world) == "Connected with Helen"


# Check with the feed


def asked(world: World, finding: Finding) -> list[Attempt]:
    """The feed's answer comes at once."""
    seen: list[Attempt] = []

    def check(attempt: Attempt) -> Future[Checked]:
        seen.append(attempt)
        future: Future[Checked] = Future()
        found = attempt
        if finding is Finding.PLACED:
            uuid = "7c1f02aa-0000-4000-8000-000000000001"
            found = world.on_db(lambda: world.stores.journal.prove(attempt.id, uuid, "channel"))
        future.set_result(Checked(finding, found))
        return future

    world.check = check
    return seen


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (Finding.CANNOT_TELL, "cannot tell it from somebody else’s"),
        (Finding.NOTHING, "very likely it was not placed. This is not certain."),
        (Finding.NOTHING_SURE, "not every call since then was seen"),
        (Finding.ONE_USER, "follows one user’s calls only"),
        (Finding.NO_FEED, "There is no live connection"),
    ],
)
def test_check_says_beside_the_question_what_the_feed_knows(closed_world: World, finding: Finding, words: str) -> None:
    world = closed_world
    seen = asked(world, finding)
    attempt = world.call(UNKNOWN)
    world.open()
    world.click("checkButton")
    assert [one.id for one in seen] == [attempt.id]
    label = world.find(QLabel, "ringQuestionFinding")
    assert label.isVisible()
    assert words in label.text()
    assert words in world.find(QWidget, "dontKnowButton").accessibleDescription()
    assert words not in world.find(QWidget, "itRangButton").accessibleDescription(), "it is long: once is enough"
    assert not any(words in said for said in world.says("announced")), "the answer with the focus is read out anew"
    assert world.on_reader(lambda: world.stores.history.attempt(attempt.id)).state is State.UNKNOWN
    assert world.view.card.isVisible(), "never settled by finding nothing"


def test_what_the_feed_knows_is_announced_to_who_is_elsewhere_by_then(closed_world: World) -> None:
    world = closed_world
    pending: Future[Checked] = Future()
    world.check = lambda _attempt: pending
    attempt = world.call(UNKNOWN)
    world.open()
    world.click("checkButton")
    world.view.search.setFocus()
    pending.set_result(Checked(Finding.NOTHING, attempt))
    world.settle()
    assert [said for said in world.says("announced") if "very likely it was not placed" in said]


def test_what_the_feed_finds_becomes_placed_and_needs_no_answer(closed_world: World) -> None:
    world = closed_world
    asked(world, Finding.PLACED)
    attempt = world.call(UNKNOWN)
    world.open()
    world.click("checkButton")
    assert outcome(world) == "Placed"
    assert not world.view.card.isVisible()
    assert not world.find(QWidget, "ringQuestion").isVisible()
    assert "Placed: the live feed shows this call" in labels(world)
    assert world.says("announced")[-1].endswith("placed")
    assert world.view.details.attempt_id == attempt.id


def test_while_the_feed_is_asked_the_question_can_be_answered(closed_world: World) -> None:
    world = closed_world
    pending: Future[Checked] = Future()
    world.check = lambda _attempt: pending
    attempt = world.call(UNKNOWN)
    world.open()
    world.click("checkButton")
    assert world.find(QLabel, "ringQuestionFinding").text() == "Asking the live feed…"
    world.click("itRangButton")
    pending.set_result(Checked(Finding.NOTHING, attempt))
    world.settle()
    assert world.view.details.row is not None
    assert world.view.details.row.attempt.user_word is not None, "an older picture takes no word back"


def test_what_is_said_of_one_call_does_not_stand_beside_another(closed_world: World) -> None:
    world = closed_world
    asked(world, Finding.NOTHING)
    other = world.call(UNKNOWN, number="0311112222")
    world.clock.at(10, 40)
    world.call(UNKNOWN)
    world.open()
    world.click("checkButton")
    world.view.log.go_to(other.id)
    world.settle()
    assert not world.find(QLabel, "ringQuestionFinding").isVisible()


def test_the_time_line_has_one_order_whoever_s_clock_told_the_time(world: World) -> None:
    """The PBX's events come late, and with its own times."""
    attempt = world.call(name="Luke S.")
    events = world.on_reader(lambda: world.stores.history.events(attempt.id))
    story = Story(events[-1].at - 1)
    story.ring(attempt)
    record(world, story, attempt)
    world.view.log.go_to(attempt.id)
    world.settle()
    assert labels(world)[1::2] == [
        "Call pressed; connecting to the PBX",
        "Request sent to the PBX",
        "Ringing Luke S.",
        "Placed: the PBX rings 03-1234-1234",
    ]


@pytest.mark.parametrize(
    ("text", "names", "inside"),
    [
        ("Connected with Helen", ("Luke", "Helen"), "connected with Helen"),
        ("Helen Clarke に接続", ("", "Helen Clarke"), "Helen Clarke に接続"),
        ("PBXの機能", (), "PBXの機能"),
        ("通話中", (), "通話中"),
        ("", (), ""),
    ],
)
def test_names_and_abbreviations_keep_their_capitals_inside_a_sentence(
    text: str, names: tuple[str, ...], inside: str
) -> None:
    assert plain.inside(text, *names) == inside


@pytest.fixture
def _in_japanese(qapp: QApplication) -> Iterator[None]:
    installed = install(qapp, "ja")
    yield
    remove(qapp, installed)


@pytest.mark.usefixtures("_in_japanese")
def test_a_name_that_begins_a_course_is_spoken_as_it_is(closed_world: World) -> None:
    world = closed_world
    world.language = "ja"
    world.open()
    story, attempt = placed(world)
    story.answer(attempt)
    story.ring_inside(attempt, HELEN)
    story.connect(attempt, HELEN)
    record(world, story, attempt)
    spoken = world.view.model.index(0, Column.TIME).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Helen" in spoken
    assert "helen" not in spoken


def test_what_is_heard_has_neither_markup_nor_marks_of_direction(world: World) -> None:
    attempt = world.call(name="山田 太郎", destination="sales", label="営業部")
    world.presenter.attempt_changed(attempt)
    world.settle()
    world.view.log.go_to(attempt.id)
    world.settle()
    heard = [str(world.view.model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole)) for column in Column]
    for label in world.view.findChildren(QLabel):
        interface = QAccessible.queryAccessibleInterface(label)
        heard += [interface.text(QAccessible.Text.Name), interface.text(QAccessible.Text.Description)]
    assert any("山田 太郎" in words for words in heard)
    assert [words for words in heard if "<qt>" in words or "\u2068" in words] == []
