"""The people pane: who is listed, what it says of them, and choosing them."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from basix_desktop.domain.feed import FeedPhase, FeedStatus
from basix_desktop.domain.live import Person, Readiness, Ready
from basix_desktop.ui.people.finding import Kind
from tests.gui.people.world import HELEN, KEN, LIVE, SALES, SATO, World, group, person, today_at

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the offscreen platform says of windows
LOST = FeedStatus(FeedPhase.WAITING, "lost", 5.0, today_at(10, 2))


class TestFinding:
    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("", ["helen", "ken", "sales", "y.tanaka", "satoh"]),
            ("mor", ["ken", "sales"]),
            ("201", ["helen"]),
            ("１００４", ["satoh"]),
            ("SAT", ["satoh"]),
            ("佐藤", ["satoh"]),
            ("さとう", ["satoh"]),
            ("サト", ["satoh"]),
            ("sato", ["satoh"]),
            ("satou", ["satoh"]),
            ("タナカ", ["y.tanaka"]),
            ("yoko", ["y.tanaka"]),
            ("300", ["sales"]),
            ("olive", ["sales"]),
            ("nobody at all", []),
        ],
    )
    def test_as_you_type(self, world: World, typed: str, found: list[str]) -> None:
        world.open()
        assert world.search(typed) == found

    def test_the_best_match_is_the_one_meant(self, world: World) -> None:
        world.people = (person("a", "Anna Helenius", "9"), HELEN)
        world.open()
        world.search("helen")
        assert world.names() == ["helen", "a"]
        QTest.keyClick(world.view.search, Qt.Key.Key_Return)
        QTest.keyClick(world.view.list, Qt.Key.Key_Return)
        assert world.chosen == [("helen", "Helen")]

    @pytest.mark.parametrize(
        ("kind", "found"), [(Kind.GROUPS, ["sales"]), (Kind.PEOPLE, ["helen", "ken", "y.tanaka", "satoh"])]
    )
    def test_only_people_or_only_groups(self, world: World, kind: Kind, found: list[str]) -> None:
        world.open()
        chip = next(
            b
            for b in world.view.chips.buttons()
            if b.objectName() == ("chipGroups" if kind is Kind.GROUPS else "chipUsers")
        )
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
        assert world.names() == found

    def test_who_matches_comes_and_goes_while_searching(self, world: World) -> None:
        world.open()
        world.search("hel")
        world.tell(HELEN, KEN, person("helga", "Helga", "210"))
        assert world.names() == ["helen", "helga"]

    def test_it_is_said_how_many_were_found_once_the_keys_rest(self, world: World, qtbot: QtBot) -> None:
        world.open()
        said: list[str] = []
        world.presenter.announced.connect(said.append)
        QTest.keyClicks(world.view.search, "mor")
        assert said == [], "not over the keys"
        qtbot.waitUntil(lambda: bool(said))
        assert said == ["People and groups found: 2"]
        QTest.keyClicks(world.view.search, "zzz")
        assert world.view.search.accessibleDescription() == "", "which would be read out with every key"
        qtbot.waitUntil(lambda: len(said) == 2)
        QTest.keyClick(world.view.search, Qt.Key.Key_Down)
        assert said[1:] == ["Nobody matches “morzzz”"] * 2
        world.view.search.clear()
        assert said[3:] == [""]


class TestUpdates:
    def test_the_selection_survives_what_comes_goes_and_changes(self, world: World) -> None:
        world.open()
        world.select("sales")
        world.change("helen", Readiness(Ready.BUSY, since=today_at(9, 58)))
        world.tell(person("anna", "Anna", "199"), *world.people)
        assert world.current == "sales"
        world.tell(*(p for p in world.people if p is not world.people[1]))
        assert world.current == "sales"
        assert world.names() == ["anna", "ken", "sales", "y.tanaka", "satoh"]

    def test_the_selection_survives_another_order(self, world: World) -> None:
        world.open()
        world.select("ken")
        world.tell(*reversed(world.people))
        assert world.current == "ken"
        assert world.names() == ["satoh", "y.tanaka", "sales", "ken", "helen"]

    def test_only_who_changed_is_drawn_anew(self, world: World) -> None:
        world.open()
        rows: list[tuple[int, int]] = []
        world.view.model.dataChanged.connect(lambda first, last: rows.append((first.row(), last.row())))
        world.view.model.modelReset.connect(lambda: rows.append((-1, -1)))
        world.change("ken", Readiness(Ready.FREE))
        assert rows == [(1, 1)]
        assert world.spoken("ken") == "Ken Mori, extension 202, free"

    def test_out_of_sight_it_waits(self, world: World) -> None:
        world.open()
        world.view.hide()
        world.tell(HELEN)
        assert len(world.names()) == 5
        world.view.show()
        assert world.names() == ["helen"]

    def test_many_people_are_no_burden(self, world: World) -> None:
        """2,000 users and 300 groups: neither an update nor a key may be felt."""
        users = tuple(person(f"user{n}", f"山田 {n}", str(5000 + n)) for n in range(2000))
        groups = tuple(group(f"g{n}", f"Group {n}", str(8000 + n), 1, 2, "山田 1", "山田 2") for n in range(300))
        world.people = (*users, *groups)
        world.open()
        world.search("yamada")
        world.search("")
        world.select("user1500")
        took: list[float] = []
        for turn in range(5):
            started = time.perf_counter()
            world.change(f"user{turn}", Readiness(Ready.RINGING))
            world.search("山田 1")
            world.search("")
            took.append(time.perf_counter() - started)
        assert min(took) < 0.15
        assert len(world.names()) == 2300


class TestWords:
    @pytest.mark.parametrize(
        ("who", "said"),
        [
            (HELEN, "Helen, extension 201, free"),
            (person("h", "H", "1", Ready.BUSY, today_at(10, 2)), "H, extension 1, on a call since 10:02"),
            (person("h", "H", "1", Ready.BUSY), "H, extension 1, on a call"),
            (KEN, "Ken Mori, extension 202, ringing"),
            (SATO, "佐藤 健, extension 1004, do not disturb"),
            (person("h", "H", "", Ready.FORWARDED), "H, forwarded"),
            (person("h", "H", "1", Ready.AWAY), "H, extension 1, away"),
            (person("h", "H", "1", Ready.UNKNOWN), "H, extension 1"),
            (SALES, "Sales, group, extension 300, 3 of 4 free, Helen, Ken Mori, Olive, Bluto"),
            (group("g", "G", "1", 0, 2, "A", "B"), "G, group, extension 1, all on calls, A, B"),
            (
                Person("g", "G", "1", True, Readiness(Ready.RINGING, free=0, members=2), ("A", "B")),
                "G, group, extension 1, ringing, A, B",
            ),
            (group("g", "G", "1", 0, 0), "G, group, extension 1, nobody logged in"),
        ],
    )
    def test_each_row_is_one_sentence(self, world: World, who: Person, said: str) -> None:
        world.people = (who,)
        world.open()
        assert world.spoken(who.name) == said

    def test_what_is_old_says_how_old(self, world: World) -> None:
        world.open()
        world.tell(status=LOST)
        assert world.spoken("helen") == "Helen, extension 201, free, as of 10:02"
        assert "as of 10:02" in world.text("peopleAge")
        world.tell(status=LIVE)
        assert world.spoken("helen") == "Helen, extension 201, free"
        assert world.text("peopleAge") == ""

    def test_names_from_outside_stay_on_one_line_and_hide_nothing(self, world: World) -> None:
        world.people = (person("x", "Eve\n\u202egnp.exe<b>", "1"),)
        world.open()
        assert world.spoken("x") == "Eve gnp.exe<b>, extension 1, free"

    @pytest.mark.parametrize(
        ("status", "said"),
        [
            (FeedStatus(FeedPhase.OFF), "is off"),
            (FeedStatus(FeedPhase.CONNECTING), "Asking the PBX"),
            (FeedStatus(FeedPhase.WAITING, "lost", 4.0), "not reached"),
            (FeedStatus(FeedPhase.STOPPED, "token_refused"), "token"),
            (FeedStatus(FeedPhase.STOPPED, "replaced"), "Use it here"),
            (FeedStatus(FeedPhase.STOPPED, "limit_reached"), "no further connection"),
            (FeedStatus(FeedPhase.STOPPED, "refused"), "refused"),
            (LIVE, "Nobody here"),
        ],
    )
    def test_an_empty_list_says_why(self, world: World, status: FeedStatus, said: str) -> None:
        world.people, world.status = (), status
        world.open()
        assert said in world.text("peopleEmptyTitle") + world.text("peopleEmptyText")
        assert world.text("peopleEmptyButton") == ""

    def test_nobody_found_offers_everybody_back(self, world: World) -> None:
        world.open()
        world.search("zzz")
        assert "zzz" in world.text("peopleEmptyTitle")
        QTest.mouseClick(world.view.clear_button, Qt.MouseButton.LeftButton)
        assert len(world.names()) == 5


class TestChoosing:
    def test_enter_once_however_long_it_is_held(self, world: World) -> None:
        world.open()
        world.select("satoh")
        for repeated in (False, True):
            world.view.list.keyPressEvent(_enter(repeated))
        assert world.chosen == [("satoh", "佐藤 健")]

    def test_a_double_click(self, world: World) -> None:
        world.open()
        place = world.view.list.visualRect(world.view.model.index(world.row("sales"))).center()
        QTest.mouseDClick(world.view.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert world.chosen == [("sales", "Sales")]

    @pytest.mark.parametrize(("action", "heard"), [("choose", "chosen"), ("add_favourite", "wanted")])
    def test_the_menu(self, world: World, action: str, heard: str) -> None:
        world.open()
        menu = world.view.menu_for(HELEN)
        next(one for one in menu.actions() if one.objectName() == action).trigger()
        menu.close()
        assert getattr(world, heard) == [("helen", "Helen")]

    def test_up_from_the_first_row_goes_back_to_the_search(self, world: World) -> None:
        world.open()
        world.view.search.setFocus()
        QTest.keyClick(world.view.search, Qt.Key.Key_Down)
        assert world.view.list.hasFocus()
        QTest.keyClick(world.view.list, Qt.Key.Key_Up)
        assert world.view.search.hasFocus()


def _enter(repeated: bool) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", repeated)
