"""Who is ready: on the favourites, among the proposals, and before a call."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDateTime, QRectF, Qt, QTime
from PySide6.QtGui import QImage, QInputMethodEvent, QPainter
from PySide6.QtWidgets import QApplication

from basix_desktop.domain.calls import State
from basix_desktop.domain.concerns import Concern, ConcernKind
from basix_desktop.domain.errors import ConfirmationRequired
from basix_desktop.domain.feed import FeedPhase, FeedStatus
from basix_desktop.domain.live import LiveView, Person, Readiness, Ready
from basix_desktop.ui.dial.concern_words import concern_words
from basix_desktop.ui.people.readiness_words import draw_readiness
from basix_desktop.ui.theme import LIGHT
from tests.gui.dial.world import World

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen only
LIVE = FeedStatus(FeedPhase.LIVE)


def at(hour: int, minute: int) -> int:
    return QDateTime(QDateTime.currentDateTime().date(), QTime(hour, minute)).toMSecsSinceEpoch()


def helen(ready: Ready, since: int | None = None) -> Person:
    return Person("helen", "Helen", "201", False, Readiness(ready, since=since))


def sales(free: int, members: int) -> Person:
    ready = Ready.FREE if free else Ready.BUSY if members else Ready.AWAY
    return Person("sales", "Sales", "300", True, Readiness(ready, free=free, members=members))


SATO = Person("satoh", "佐藤 健", "1004", False, Readiness(Ready.DO_NOT_DISTURB))
REPEATED = Concern(ConcernKind.CALLED_JUST_NOW, seconds_ago=4, attempt_id="earlier")
KEN = Person("ken", "Ken Mori", "202", False, Readiness(Ready.FREE))


def tell(world: World, *people: Person, status: FeedStatus = LIVE) -> None:
    world.presenter.show_live(LiveView(status, {}, people))
    world.settle()


def described(world: World, key: int) -> str:
    return str(world.find(f"favouriteButton{key}").accessibleDescription())


class TestSecondLook:
    """The live feed comes up while the question stands: it knows who was typed."""

    def test_it_stays_when_only_the_name_for_the_same_destination_becomes_known(self, world: World) -> None:
        edit = world.find("destinationEdit")
        edit.setText("ken")
        world.ask(REPEATED)
        tell(world, KEN)
        assert edit.choice.name == "Ken Mori"
        assert world.find("secondLookPanel").isVisible()
        world.ms += 600
        world.enter()
        first, second = world.dialing.orders
        assert (second.request, second.confirmed) == (first.request, frozenset({REPEATED.key}))

    def test_it_is_asked_though_the_name_became_known_before_the_question(self, world: World) -> None:
        world.find("destinationEdit").setText("ken")
        world.presenter.focus_number()
        world.keys("0312341234")
        world.enter()
        tell(world, KEN)
        world.refuse(ConfirmationRequired((REPEATED,)))
        assert world.find("secondLookPanel").isVisible()

    def test_it_goes_when_another_destination_is_meant_now(self, world: World) -> None:
        world.find("destinationEdit").setText("Ken Mori")
        world.ask(REPEATED)
        tell(world, KEN)
        assert world.find("destinationEdit").choice.destination == "ken"
        assert not world.find("secondLookPanel").isVisible()


class TestFavourites:
    def test_each_card_says_how_ready_they_are(self, world: World) -> None:
        tell(world, helen(Ready.BUSY, at(10, 2)), sales(3, 4), SATO)
        assert "3 of 4 free" in described(world, 1)
        assert "on a call since 10:02" in described(world, 3)
        assert "do not disturb" in described(world, 4)  # its destination is the extension
        assert world.find("favouriteButton3").second_line == "on a call since 10:02"

    def test_whom_the_feed_does_not_know_keeps_the_destination(self, world: World) -> None:
        tell(world, helen(Ready.FREE))
        assert world.find("favouriteButton4").second_line == "1004"
        assert "free" not in described(world, 4)

    def test_what_is_old_says_how_old(self, world: World) -> None:
        tell(world, helen(Ready.FREE), status=FeedStatus(FeedPhase.WAITING, "lost", 3.0, at(10, 2)))
        assert "free, as of 10:02" in described(world, 3)
        tell(world, helen(Ready.FREE))
        assert "as of" not in described(world, 3)

    def test_no_feed_any_more_says_nothing(self, world: World) -> None:
        tell(world, helen(Ready.FREE))
        world.presenter.show_live(LiveView())
        assert "free" not in described(world, 3)

    def test_a_card_made_later_says_it_too(self, world: World) -> None:
        tell(world, KEN)
        world.favourite("202", "Ken")
        world.presenter.refresh()
        world.settle()
        assert "free" in described(world, 5)

    @pytest.mark.parametrize("ready", list(Ready))
    def test_every_shape_looks_different(self, world: World, ready: Ready) -> None:
        """In grey too: nothing is told by colour alone."""

        def drawn(one: Ready) -> QImage:
            image = QImage(12, 12, QImage.Format.Format_ARGB32)
            image.fill(Qt.GlobalColor.white)
            painter = QPainter(image)
            draw_readiness(painter, QRectF(1, 1, 10, 10), one, LIGHT, stale=True)
            painter.end()
            return image

        assert all(drawn(ready) != drawn(other) for other in Ready if other is not ready)


class TestProposals:
    def type(self, world: World, text: str) -> list[str]:
        edit = world.find("destinationEdit")
        edit.setFocus()
        edit.selectAll()
        commit = QInputMethodEvent("", [])
        commit.setCommitString(text)
        QApplication.sendEvent(edit, commit)
        rows = edit.list.rows
        return [rows.data(rows.index(row)) for row in range(rows.rowCount())]

    def test_people_come_below_favourites(self, world: World) -> None:
        tell(world, helen(Ready.FREE), SATO, KEN)
        assert self.type(world, "ke") == ["Ken Mori · ken   free", "“ke” as typed"]

    @pytest.mark.parametrize("text", ["さと", "sato", "佐", "1004"])
    def test_by_name_reading_and_extension(self, world: World, text: str) -> None:
        tell(world, SATO)
        assert any("satoh" in row and "do not disturb" in row for row in self.type(world, text))

    def test_a_full_label_means_that_person(self, world: World) -> None:
        tell(world, KEN)
        self.type(world, "ken mori")
        assert world.view.draft().destination == "ken"
        assert world.view.draft().destination_label == "Ken Mori"

    def test_an_extension_stays_as_typed(self, world: World) -> None:
        tell(world, KEN)
        assert self.type(world, "202")[0] == "“202” as typed"
        assert world.view.draft().destination == "202"

    def test_two_of_one_label_are_nobody_in_particular(self, world: World) -> None:
        tell(world, KEN, Person("ken2", "Ken Mori", "209", False, Readiness(Ready.FREE)))
        self.type(world, "Ken Mori")
        assert world.view.draft().destination == "Ken Mori"

    def test_a_favourite_is_proposed_once(self, world: World) -> None:
        tell(world, helen(Ready.FREE))
        assert self.type(world, "hel") == ["Helen   Alt+3   free", "“hel” as typed"]


class TestTheField:
    def said(self, world: World) -> str:
        return str(world.find("destinationEdit").accessibleDescription())

    def test_it_says_how_ready_the_one_meant_is(self, world: World) -> None:
        tell(world, sales(3, 4), helen(Ready.BUSY, at(10, 2)), KEN)
        assert self.said(world) == "3 of 4 free"
        world.alt(3)
        assert self.said(world) == "on a call since 10:02"
        world.presenter.choose_destination("ken", "Ken Mori")
        assert self.said(world) == "free"
        world.presenter.choose_destination("unknown")
        assert self.said(world) == ""

    def test_it_follows_the_feed(self, world: World) -> None:
        tell(world, sales(3, 4))
        before = world.find("destinationEdit").grab().toImage()
        tell(world, sales(0, 4))
        assert self.said(world) == "all on calls"
        assert world.find("destinationEdit").grab().toImage() != before
        tell(world, sales(0, 4), status=FeedStatus(FeedPhase.WAITING, "lost", 3.0, at(10, 2)))
        assert self.said(world) == "all on calls (10:02)"

    def test_a_refusal_comes_first(self, world: World) -> None:
        tell(world, sales(3, 4))
        edit = world.find("destinationEdit")
        edit.setText("0312345678")
        world.presenter.focus_number()
        world.keys("0312341234")
        world.enter()
        assert "free" not in self.said(world)
        assert self.said(world)
        edit.setText("sales")
        assert self.said(world) == "3 of 4 free"


class TestNotReady:
    @pytest.mark.parametrize("ready", [one for one in Ready if one not in (Ready.FREE, Ready.UNKNOWN)])
    def test_the_first_press_warns_and_the_second_calls(self, world: World, ready: Ready) -> None:
        tell(world, helen(ready))
        world.keys("0312341234")
        world.ctrl(3)
        world.settle()
        assert world.find("secondLookPanel").isVisible()
        assert "Helen" in world.find("secondLookPanel").accessibleName()
        assert world.dialing.sent == []
        world.ms += 501
        world.ctrl(3)
        assert world.dialing.sent == [("0312341234", "helen")]

    def test_by_enter_too(self, world: World) -> None:
        tell(world, sales(0, 2))
        world.keys("0312341234")
        world.enter()
        world.settle()
        assert "Everybody in Sales is on a call." in world.find("secondLookPanel").accessibleName()
        world.ms += 501
        world.enter()
        assert world.dialing.sent == [("0312341234", "sales")]
        assert world.dialing.orders[-1].confirmed == {"destination_not_ready:sales"}

    def test_a_second_press_at_once_does_not_count(self, world: World) -> None:
        tell(world, helen(Ready.BUSY))
        world.keys("0312341234")
        world.ctrl(3)
        world.settle()
        world.ms += 499
        world.ctrl(3)
        assert world.dialing.sent == []

    def test_another_destination_is_asked_about_for_itself(self, world: World) -> None:
        tell(world, helen(Ready.BUSY), sales(0, 2))
        world.keys("0312341234")
        world.ctrl(3)
        world.settle()
        world.ms += 501
        world.ctrl(1)
        world.settle()
        assert world.dialing.sent == []
        assert "Sales" in world.find("secondLookPanel").accessibleName()

    def test_it_is_told_to_screen_readers_once(self, world: World) -> None:
        tell(world, helen(Ready.BUSY))
        world.keys("0312341234")
        world.ctrl(3)
        world.settle()
        asked = "Helen is on a call.\n03-1234-1234 → Helen\nEnter calls, Esc goes back."
        assert [said for said in world.said if "is on a call" in said] == [asked]

    @pytest.mark.parametrize(
        ("person", "status"),
        [
            (helen(Ready.FREE), LIVE),
            (helen(Ready.UNKNOWN), LIVE),
            (helen(Ready.BUSY), FeedStatus(FeedPhase.WAITING, "lost", 3.0, 1_000)),
            (helen(Ready.BUSY), FeedStatus(FeedPhase.STOPPED, "replaced", 0.0, 1_000)),
            (KEN, LIVE),
        ],
    )
    def test_what_is_free_unknown_or_old_is_called_at_once(
        self, world: World, person: Person, status: FeedStatus
    ) -> None:
        tell(world, person, status=status)
        world.keys("0312341234")
        world.ctrl(3)
        assert world.dialing.sent == [("0312341234", "helen")]

    def test_by_extension_it_is_the_same_person(self, world: World) -> None:
        tell(world, SATO)
        world.keys("0312341234")
        world.ctrl(4)
        world.settle()
        assert "does not want to be disturbed" in world.find("secondLookPanel").accessibleName()

    @pytest.mark.parametrize("key", ["Ctrl+3", "Enter"])
    @pytest.mark.parametrize("other", [REPEATED, Concern(ConcernKind.FOREIGN, country="US")])
    def test_every_reason_is_in_one_question_and_one_press_confirms_all(
        self, world: World, key: str, other: Concern
    ) -> None:
        def press() -> None:
            if key == "Ctrl+3":
                world.ctrl(3)
            else:
                world.alt(3)
                world.enter()
            world.settle()

        tell(world, helen(Ready.BUSY))
        world.dialing.concerns = (other,)
        world.keys("0312341234")
        press()
        first, rest = world.find("secondLookPanel").accessibleName().split("\n", 1)
        assert first == concern_words(other, "en")
        assert rest == "Helen is on a call.\n03-1234-1234 → Helen"
        world.ms += 501
        press()
        assert world.dialing.sent == [("0312341234", "helen")]
        assert world.dialing.orders[-1].confirmed == {"destination_not_ready:helen", other.key}

    def test_a_reason_that_came_up_since_is_asked_about_and_the_others_not_again(self, world: World) -> None:
        tell(world, helen(Ready.BUSY))
        world.keys("0312341234")
        world.ctrl(3)
        world.settle()
        world.ms += 501
        world.dialing.concerns = (REPEATED,)
        world.ctrl(3)
        world.settle()
        assert world.dialing.sent == []
        assert world.find("secondLookPanel").accessibleName().startswith("You called this number")
        assert "on a call" not in world.find("secondLookPanel").accessibleName()
        world.ms += 501
        world.enter()
        assert world.dialing.orders[-1].confirmed == {"destination_not_ready:helen", REPEATED.key}
        assert world.dialing.sent == [("0312341234", "helen")]

    def test_going_back_calls_nobody(self, world: World) -> None:
        tell(world, helen(Ready.BUSY))
        world.keys("0312341234")
        world.ctrl(3)
        world.settle()
        world.key(Qt.Key.Key_Escape)
        assert not world.find("secondLookPanel").isVisible()
        assert world.dialing.sent == []
        assert world.view.draft().number == "03-1234-1234"


class TestFromElsewhere:
    def test_who_is_chosen_by_key_or_in_people_is_said_with_how_ready_they_are(self, world: World) -> None:
        tell(world, helen(Ready.BUSY))
        world.presenter.choose_favourite(3)
        assert world.said[-1] == "Connect to Helen, on a call"
        world.presenter.choose_favourite(2)
        assert "on a call" not in world.said[-1]
        world.presenter.choose_destination("helen", "Helen")
        assert world.said[-1] == "Connect to Helen, on a call"

    def test_chosen_in_people(self, world: World) -> None:
        world.keys("0312341234")
        world.presenter.choose_destination("ken", "Ken Mori")
        assert world.said[-1] == "Connect to Ken Mori"
        world.enter()
        world.dialing.press.end(State.ACCEPTED)
        world.settle()
        assert world.dialing.sent == [("0312341234", "ken")]

    def test_kept_as_a_favourite(self, world: World) -> None:
        world.presenter.add_favourite("ken", "Ken Mori")
        world.settle()
        world.settle()
        assert world.find("favouriteButton5").accessibleName() == "Ken Mori"
        world.presenter.add_favourite("ken", "Ken Mori")
        world.settle()
        assert world.said[-1] == "Not added to favourites: Ken Mori"
