"""The log: what its rows say, and that it stays where it is while things change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel

from basix_desktop.domain.accounts import Account
from basix_desktop.domain.calls import Attempt, CallRequest, EndUser, State, UserWord
from basix_desktop.ui.calls.log_model import CallLogModel, Column, Role
from basix_desktop.ui.calls.reading import LogRow
from basix_desktop.ui.calls.wording import Wording
from basix_desktop.ui.theme import DARK, LIGHT
from tests.gui.calls.world import OFFSCREEN, PLACED, REFUSED, UNKNOWN, World
from tests.helpers.make_calls import make_calls

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)
HOSTILE = "<img src=file:///etc/hostname> A & B \u202e4321\u2066"


def said(world: World, row: int, column: Column, role: int = Qt.ItemDataRole.DisplayRole) -> str:
    return str(world.view.model.index(row, column).data(role))


def spoken(world: World, row: int) -> str:
    return said(world, row, Column.TIME, Qt.ItemDataRole.AccessibleTextRole)


def test_rows_are_newest_first_with_name_number_destination_outcome_and_leg(busy_world: World) -> None:
    world = busy_world
    assert world.rows() == ["Luke S.", "田中 太郎", "090-3333-4444", "Olive", "0120-444-444", "Müller GmbH"]
    assert said(world, 0, Column.TIME) == "10:02"
    assert said(world, 0, Column.WHO) == "Luke S.\n03-1234-1234"
    assert said(world, 2, Column.WHO) == "090-3333-4444"
    assert said(world, 0, Column.DESTINATION) == "Helen"
    assert said(world, 0, Column.OUTCOME) == "Placed"
    assert said(world, 1, Column.OUTCOME) == "Not placed: no free line"
    assert said(world, 2, Column.OUTCOME) == "May have been placed"
    assert said(world, 0, Column.LEG) == world.view.model.at(0).attempt.uuids[0]
    assert said(world, 1, Column.LEG) == "–"


def test_day_headings_stand_on_the_first_row_of_each_day(busy_world: World) -> None:
    headings = [busy_world.view.model.index(row, 0).data(Role.HEADING) for row in range(6)]
    assert headings == ["Today", "", "", "", "Yesterday", "Friday, November 20, 2026"]
    heights = [busy_world.view.log.rowHeight(row) for row in range(6)]
    assert heights[0] > heights[1] > heights[2], "a heading and a second line each need room"


def test_a_number_is_written_as_where_it_was_dialled(world: World) -> None:
    """0612345678 is in Osaka for an account in Japan, a mobile telephone for one in France."""
    world.account = Account("Paris", "paris.example", home_region="FR")
    for home in ("JP", "FR"):
        world.presenter.attempt_changed(world.call(number="0612345678", home=home))
    world.settle()
    assert world.rows() == ["06 12 34 56 78", "06-1234-5678"]


def test_midnight_makes_yesterday_of_today(busy_world: World) -> None:
    busy_world.today = busy_world.today.addDays(1)
    busy_world.presenter._new_day()
    assert busy_world.view.model.heading(0) == "Yesterday"
    assert spoken(busy_world, 0).endswith("yesterday 10:02")


def test_each_row_reads_as_one_sentence(busy_world: World) -> None:
    assert spoken(busy_world, 0) == "Luke S., 03-1234-1234, to Helen, placed, today 10:02"
    assert spoken(busy_world, 1) == "田中 太郎, 090-1111-2222, to Campaign, not placed: no free line, today 09:58"
    assert spoken(busy_world, 2) == "090-3333-4444, to Sales, may have been placed, today 09:41"
    assert spoken(busy_world, 4) == "0120-444-444, to Support, not placed: server not found, yesterday 17:05"


def test_japanese_days_follow_the_language(closed_world: World) -> None:
    closed_world.language = "ja"
    closed_world.typical_day()
    closed_world.open()
    assert closed_world.view.model.heading(5) == "2026年11月20日金曜日"
    assert "空き回線なし" in said(closed_world, 1, Column.OUTCOME)


def test_a_call_goes_from_connecting_to_its_outcome_in_place(busy_world: World) -> None:
    world = busy_world
    world.clock.at(10, 20)
    attempt = world.begin("0311112222", "x")
    world.presenter.attempt_changed(attempt)
    assert said(world, 0, Column.OUTCOME) == "Connecting to the PBX…"
    world.presenter.attempt_changed(world.send(attempt))
    assert said(world, 0, Column.OUTCOME) == "Sending…"
    world.presenter.attempt_changed(world.settle_as(attempt, REFUSED))
    assert said(world, 0, Column.OUTCOME) == "Not placed: no free line"
    world.settle()
    assert world.view.model.rowCount() == 7
    assert said(world, 0, Column.OUTCOME) == "Not placed: no free line"


def test_a_verdict_that_the_disk_could_not_take_is_shown_all_the_same(busy_world: World) -> None:
    world = busy_world
    sending = world.send(world.begin("0311112222", "x"))
    world.presenter.attempt_changed(replace(sending, state=State.ACCEPTED, uuids=("u-1",)))
    world.settle()
    world.view.search.setText("0311112222")
    world.settle()
    assert said(world, 0, Column.OUTCOME) == "Placed", "what the disk says is behind what this process knows"
    assert said(world, 0, Column.LEG) == "u-1"


def test_what_another_process_wrote_appears_by_itself(busy_world: World, qtbot: object) -> None:
    world = busy_world
    world.presenter._log._watch()
    world.settle()
    world.call(PLACED, "0311112222", "x", name="Elsewhere")
    world.presenter._log._watch()
    world.settle()
    assert world.rows()[0] == "Elsewhere"


def test_the_users_word_stands_beside_the_verdict(busy_world: World) -> None:
    world = busy_world
    world.presenter.attempt_changed(world.say(world.view.model.at(2).attempt, UserWord.RANG))
    assert said(world, 2, Column.OUTCOME) == "May have been placed\nYou said: it rang"
    assert "You said: it rang" in spoken(world, 2)
    world.settle()
    assert world.view.log.rowHeight(2) == world.view.log.rowHeight(1), "two lines need the room of two"


def test_selection_and_place_survive_new_rows_and_changes(closed_world: World, tmp_path: object) -> None:
    world = closed_world
    for minute in range(60):
        world.clock.at(8, minute)
        world.call(PLACED if minute % 3 else REFUSED, f"03{minute:08d}", "x", name=f"N{minute}" if minute % 2 else "")
    world.open()
    log, model = world.view.log, world.view.model
    log.go_to(model.at(40).attempt.id)
    world.settle()
    chosen, top = log.current_id(), log.rowAt(0)
    anchor, place = model.at(top).attempt.id, log.rowViewportPosition(top)
    assert log.verticalScrollBar().value() > 0
    world.clock.at(9, 30)
    attempt = world.begin("0311112222", "x", name="New")
    for step in (attempt, world.send(attempt), world.settle_as(attempt, PLACED)):
        world.presenter.attempt_changed(step)
        world.settle()
        assert log.current_id() == chosen
        found = model.find(anchor)
        assert found is not None
        assert log.rowViewportPosition(found) == place, "what was in sight has moved"
    assert world.rows()[0] == "New"


def test_what_was_read_before_a_call_began_does_not_take_it_away_again(busy_world: World) -> None:
    world = busy_world
    removed: list[int] = []
    world.view.model.rowsRemoved.connect(lambda _parent, first, _last: removed.append(first))
    world.presenter.refresh()
    world.on_reader(lambda: None)  # read, but not yet taken in
    world.presenter.attempt_changed(world.begin("0311112222", "x", name="New"))
    world.settle()
    assert world.rows()[0] == "New"
    assert removed == []


def test_the_row_below_a_new_one_gives_up_the_days_heading(busy_world: World) -> None:
    log = busy_world.view.log
    with_heading = log.rowHeight(0)
    busy_world.presenter.attempt_changed(busy_world.begin("0311112222", "x", name="New"))
    assert log.rowHeight(0) == with_heading
    assert log.rowHeight(1) == log.rowHeight(2) < with_heading


def test_at_the_top_a_new_call_comes_into_sight(busy_world: World) -> None:
    busy_world.view.resize(820, 300)
    busy_world.settle()
    busy_world.presenter.attempt_changed(busy_world.begin("0311112222", "x", name="New"))
    busy_world.settle()
    assert busy_world.view.log.rowAt(0) == 0


def test_a_new_call_shows_its_details_unless_another_is_being_read(busy_world: World) -> None:
    world = busy_world
    first = world.begin("0311112222", "x", name="First")
    world.presenter.attempt_changed(first)
    world.settle()
    assert world.view.details.attempt_id == first.id
    world.presenter.attempt_changed(world.settle_as(world.send(first), PLACED))
    world.settle()
    second = world.begin("0311112223", "x", name="Second")
    world.presenter.attempt_changed(second)
    world.settle()
    assert world.view.details.attempt_id == second.id, "the one before had been shown by itself"
    world.presenter.attempt_changed(world.settle_as(world.send(second), PLACED))
    olive = world.view.model.at(world.rows().index("Olive")).attempt.id
    world.view.log.go_to(olive)
    world.settle()
    world.presenter.attempt_changed(world.begin("0311112224", "x", name="Third"))
    world.settle()
    assert world.view.details.attempt_id == olive


def test_outcomes_are_announced_once(busy_world: World) -> None:
    world = busy_world
    attempt = world.begin("0311112222", "helen", name="Luke")
    sending = world.send(attempt)
    unknown = world.settle_as(attempt, UNKNOWN)
    late = world.settle_as(attempt, PLACED)
    for step in (attempt, sending, unknown, unknown, late, late):
        world.presenter.attempt_changed(step)
    world.settle()
    assert world.says("announced") == [
        "Luke, 03-1111-2222, to Helen, may have been placed",
        "Luke, 03-1111-2222, to Helen, placed",
    ]


def test_an_outcome_that_is_said_elsewhere_is_not_said_here_too(busy_world: World) -> None:
    world = busy_world
    attempt = world.begin("0311112222", "helen", name="Luke")
    world.send(attempt)
    unknown = world.settle_as(attempt, UNKNOWN)
    world.presenter.said_elsewhere(unknown)
    world.presenter.attempt_changed(unknown)
    late = world.settle_as(attempt, PLACED)
    world.presenter.attempt_changed(late)
    world.settle()
    assert world.says("announced") == ["Luke, 03-1111-2222, to Helen, placed"]


def test_very_long_names_are_not_said_to_their_end(busy_world: World) -> None:
    world = busy_world
    attempt = world.begin("0311112222", "helen", name="山田 " * 40, label="Sales " * 40)
    world.send(attempt)
    world.presenter.attempt_changed(world.settle_as(attempt, UNKNOWN))
    world.settle()
    (said,) = world.says("announced")
    assert said.startswith("山田 山田")
    assert ", 03-1111-2222, to Sales Sales" in said
    assert said.endswith("…, may have been placed")
    assert len(said) < 140


def test_an_empty_log_says_what_to_do(world: World) -> None:
    assert world.find(QLabel, "callLogMessageTitle").text() == "No calls yet"
    assert world.find(QLabel, "callLogMessageText").isVisible()
    assert not world.view.log.isVisible()
    world.presenter.attempt_changed(world.begin())
    assert world.view.log.isVisible()


def test_hostile_texts_are_shown_as_they_are_and_run_nowhere(world: World) -> None:
    attempt = world.call(UNKNOWN, "0311112222", HOSTILE[:40], name=HOSTILE, label=HOSTILE)
    world.presenter.attempt_changed(attempt)
    world.view.log.go_to(attempt.id)
    world.settle()
    assert said(world, 0, Column.WHO).startswith("<img src=file:///etc/hostname> A & B 4321\n")
    tip = said(world, 0, Column.WHO, Qt.ItemDataRole.ToolTipRole)
    assert "&lt;img src=file:///etc/hostname&gt; A &amp; B 4321" in tip
    assert "<img" not in tip
    for label in world.view.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText, label.text()
        assert "\u202e" not in label.text()
    assert "<img" in world.find(QLabel, "callDetailsHeading").text()
    assert "<img" in world.find(QLabel, "warningText").text()


def test_a_right_to_left_name_does_not_reorder_the_number(world: World) -> None:
    attempt = world.call(PLACED, "0311112222", "x", name="שלום")
    world.presenter.attempt_changed(attempt)
    world.view.log.go_to(attempt.id)
    world.settle()
    assert "\u2068שלום\u2069 · 03-1111-2222" in world.find(QLabel, "callDetailsHeading").text()


@pytest.mark.parametrize("width", [300, 820, 1600])
def test_columns_fit_any_width(busy_world: World, width: int) -> None:
    busy_world.view.resize(width, 600)
    busy_world.settle()
    log = busy_world.view.log
    shown = [log.columnWidth(column) for column in Column if not log.isColumnHidden(column)]
    assert sum(shown) == log.viewport().width()
    assert min(shown) > 0


def painted(world: World, column: Column, row: int) -> QImage:
    picture = QPixmap(world.view.log.viewport().size())
    world.view.log.viewport().render(picture)
    return picture.toImage().copy(world.view.log.visualRect(world.view.model.index(row, column)))


def test_outcomes_differ_in_shape_not_only_in_colour(busy_world: World) -> None:
    """The shape left of the words, without its colour."""
    shapes = set()
    for row in (0, 1, 2):
        image = painted(busy_world, Column.OUTCOME, row)
        ground = image.pixelColor(image.width() - 2, image.height() // 2).lightness()
        left = range(min(14, image.width()))
        middle = range(image.height() - 30, image.height() - 4)
        shapes.add(tuple(abs(image.pixelColor(x, y).lightness() - ground) > 40 for x in left for y in middle))
    assert len(shapes) == 3


def test_painting_reads_nothing_from_the_database(busy_world: World) -> None:
    world = busy_world
    world.stores.reader.stop()
    before = [painted(world, Column.WHO, 0), painted(world, Column.WHO, 1)]
    assert before[0] != before[1]
    world.theme.apply(DARK)
    assert painted(world, Column.WHO, 0) != before[0]
    world.theme.apply(LIGHT)


def test_a_selected_row_leaves_the_days_heading_alone(busy_world: World) -> None:
    log = busy_world.view.log
    plain = painted(busy_world, Column.OUTCOME, 0).pixelColor(5, 3)
    log.go_to_first()
    busy_world.settle()
    image = painted(busy_world, Column.OUTCOME, 0)
    assert image.pixelColor(5, 3) == plain
    assert image.pixelColor(image.width() - 3, image.height() - 6).name() == LIGHT.selection


# The model by itself


def attempt(row: int, state: State = State.ACCEPTED, name: str = "", updated: int = 0) -> LogRow:
    request = CallRequest(f"03{row:08d}", "x", end_user=EndUser(name=name))
    at = 1_700_000_000_000 + row * 40_000_000  # two or three a day
    return LogRow(
        Attempt(f"id{row}", row, at, at + updated, "a", "s", "d", request, state, destination_label="X"), f"03-{row}"
    )


@pytest.fixture
def model(qapp: QApplication) -> CallLogModel:
    model = CallLogModel(Wording("en", QDate(2026, 11, 23)))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


def test_the_model_keeps_its_promises_while_it_changes(model: CallLogModel) -> None:
    def numbers() -> list[int]:
        return [model.at(row).attempt.row for row in range(model.rowCount())]

    model.replace([attempt(row) for row in range(20, 10, -1)], complete=False)
    model.merge([attempt(row) for row in range(10, 4, -1)], below=11, down_to=5)
    assert numbers() == list(range(20, 4, -1))
    model.merge([attempt(row) for row in (25, 23, 20, 17, 16)], below=None, down_to=16)
    assert numbers() == [25, 23, 20, 17, 16, *range(15, 4, -1)]
    model.add(attempt(24))
    model.add(attempt(3))
    model.remove("id17")
    assert numbers() == [25, 24, 23, 20, 16, *range(15, 4, -1), 3]
    assert model.find("id20") == 3
    assert model.find("id17") is None
    model.merge([attempt(12)], below=None, down_to=None)
    assert numbers() == [12]
    model.merge([], below=None, down_to=None)
    assert numbers() == []


def test_merging_leaves_equal_rows_untouched(model: CallLogModel, qtbot: object) -> None:
    rows = [attempt(row) for row in range(20, 10, -1)]
    model.replace(rows, complete=True)
    told: list[int] = []
    model.dataChanged.connect(lambda first, last: told.extend(range(first.row(), last.row() + 1)))
    inserted: list[int] = []
    model.rowsInserted.connect(lambda *_: inserted.append(1))
    model.rowsRemoved.connect(lambda *_: inserted.append(1))
    model.merge([attempt(row) for row in range(20, 10, -1)], below=None, down_to=None)
    assert told == []
    assert inserted == []
    model.merge([attempt(r, name="B" if r == 15 else "") for r in range(20, 10, -1)], below=None, down_to=None)
    assert told == [5]


def test_a_row_never_goes_back(model: CallLogModel) -> None:
    model.replace([attempt(1, State.ACCEPTED)], complete=True)
    model.put(attempt(1, State.SENDING, updated=5))
    assert model.at(0).attempt.state is State.ACCEPTED
    model.put(attempt(1, State.ACCEPTED, name="Later", updated=9))
    assert model.texts(0).who == "Later"


def test_a_heading_moves_to_the_new_first_row_of_the_day(model: CallLogModel) -> None:
    rows = [attempt(row) for row in range(6, 0, -1)]
    model.replace([row for row in rows if row.attempt.row != 5], complete=True)
    before = [model.heading(row) for row in range(5)]
    model.add(attempt(5))
    after = [model.heading(row) for row in range(6)]
    days = [model.texts(row).day for row in range(6)]
    assert after != before
    for row in range(6):
        assert bool(after[row]) == (row == 0 or days[row] != days[row - 1])


# A long log


def test_a_long_log_is_read_only_as_far_as_it_is_looked_at(closed_world: World, qapp: QApplication) -> None:
    world = closed_world
    make_calls(world.stores._path, 3000, server="https://bcs.brastel.com/basix/api", domain="example.com")
    world.open()
    model, log = world.view.model, world.view.log
    assert 0 < model.rowCount() <= 1000
    first = model.at(0).attempt.row
    for _ in range(40):
        log.verticalScrollBar().setValue(log.verticalScrollBar().maximum())
        world.settle()
    assert model.rowCount() == 3000
    assert model.complete
    assert [model.at(row).attempt.row for row in range(3000)] == list(range(first, first - 3000, -1))


def test_the_last_row_can_be_reached_by_key(closed_world: World) -> None:
    world = closed_world
    for minute in range(50):
        world.clock.at(8, minute)
        world.call(PLACED, f"03{minute:08d}", "x")
    world.open()
    world.view.log.setFocus()
    world.press(world.view.log, Qt.Key.Key_End)
    assert world.view.log.currentIndex().row() == 49
    world.press(world.view.log, Qt.Key.Key_PageUp)
    assert 0 < world.view.log.currentIndex().row() < 49
    world.press(world.view.log, Qt.Key.Key_Home)
    assert world.view.log.currentIndex().row() == 0
