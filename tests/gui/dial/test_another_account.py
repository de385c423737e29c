"""Another account is chosen around a press: nothing goes out through one that the window does not show."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from basix_desktop.domain.accounts import Account
from basix_desktop.domain.calls import State
from basix_desktop.domain.concerns import Concern, ConcernKind
from basix_desktop.domain.errors import ConfirmationRequired
from tests.gui.dial.world import ACCOUNT, World

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen only
BETA = Account("Beta", "beta.example", calling_numbers=("0600000000",), default_calling_number="0600000000")
JUST_NOW = Concern(ConcernKind.CALLED_JUST_NOW, seconds_ago=3, attempt_id="earlier")


def sent(world: World) -> list[tuple[str, str, str]]:
    """Through which account, to whom, showing which number."""
    return [(o.account.name, o.request.destination, o.request.calling_number) for o in world.dialing.orders]


def not_called(world: World) -> list[str]:
    return [words for words in world.said if words.startswith("Not called")]


def beta_has(world: World, destination: str, *, usual: bool) -> None:
    store = world.stores.favourites
    added = world.on_db(lambda: store.add(*BETA.key, destination, ""))
    if usual:
        world.on_db(lambda: store.set_usual(added.id, *BETA.key))


@contextmanager
def busy_database(world: World) -> Iterator[None]:
    go_on = threading.Event()
    world.stores.db.submit(lambda: go_on.wait(20))
    try:
        yield
    finally:
        go_on.set()
    world.settle()


def switch(world: World) -> None:
    world.account = BETA
    world.presenter.account_changed()


class TestChosenAndNotShownYet:
    """The accounts are changed on another thread; the window is told a moment later."""

    def test_enter_calls_through_neither(self, world: World) -> None:
        beta_has(world, "front", usual=True)
        world.keys("0312341234")
        world.account = BETA
        world.enter()
        assert sent(world) == []
        assert not_called(world) == ["Not called: the account has just changed. Press Enter again."]
        world.presenter.account_changed()
        world.settle()
        assert sent(world) == [], "nor by itself"
        world.enter()
        assert sent(world) == [("Beta", "front", "0600000000")]

    def test_a_favourites_key_calls_through_neither(self, world: World) -> None:
        world.keys("0312341234")
        world.account = BETA
        world.ctrl(2)
        assert sent(world) == []
        assert len(not_called(world)) == 1

    def test_a_second_look_is_not_confirmed(self, world: World) -> None:
        world.ask(JUST_NOW)
        world.ms += 600
        world.account = BETA
        world.find("secondLookConfirmButton").click()
        assert len(sent(world)) == 1
        assert len(not_called(world)) == 1


class TestFavouritesNotReadYet:
    def test_enter_waits_for_the_new_accounts_usual_destination(self, world: World) -> None:
        beta_has(world, "front", usual=True)
        world.keys("0312341234")
        with busy_database(world):
            switch(world)
            assert world.view.draft().destination == "", "the former account's is no destination of this one"
            world.enter()
            assert sent(world) == []
        assert sent(world) == [("Beta", "front", "0600000000")]

    def test_without_one_enter_is_refused(self, world: World) -> None:
        world.keys("0312341234")
        with busy_database(world):
            switch(world)
            world.enter()
        assert sent(world) == []
        assert world.find("destinationRefusal").text()

    def test_the_former_accounts_favourites_are_neither_shown_nor_called(self, world: World) -> None:
        world.keys("0312341234")
        with busy_database(world):
            switch(world)
            assert world.view.destination.grid.buttons == ()
            world.ctrl(1)
            world.presenter.choose_destination("Support")
        assert sent(world) == []
        assert world.view.draft().destination == "Support", "what is typed for the new account stays"

    def test_enter_while_a_call_is_being_placed_is_refused_and_not_kept(self, world: World) -> None:
        pressed = world.dial()
        world.presenter.focus_number()
        with busy_database(world):
            switch(world)
            world.presenter.choose_destination("1001")
            world.enter()
            assert len(not_called(world)) == 1
            pressed.end(State.REJECTED)
            world.until(lambda: world.find("callButton").isEnabled())
        assert [account for account, *_ in sent(world)] == ["Example"]

    def test_an_account_of_the_same_pbx_keeps_them(self, world: World) -> None:
        """Its favourites are the same ones (``Account.key``), and so is whom they mean."""
        world.keys("0312341234")
        world.alt(3)
        world.account = Account("Night desk", ACCOUNT.domain, default_calling_number="0600000000")
        world.presenter.account_changed()
        world.enter()
        assert sent(world) == [("Night desk", "helen", "0600000000")]


class TestSecondLookComesLate:
    def test_it_is_not_asked_under_another_account(self, world: World) -> None:
        world.keys("0312341234")
        world.presenter.choose_destination("1001")
        world.enter()
        pressed = world.dialing.press
        switch(world)
        world.settle()
        world.view.options.back_to_usual()
        world.presenter.choose_destination("1001")
        world.find("callingNumberEdit").setEditText(ACCOUNT.default_calling_number)  # the fields read the same
        pressed.fail(ConfirmationRequired((JUST_NOW,)))
        world.settle()
        assert not world.find("secondLookPanel").isVisible()
        assert "not placed" in world.find("outcomePanel").accessibleName()
        world.ms += 2000
        world.presenter.focus_number()
        world.enter()
        assert [account for account, *_ in sent(world)] == ["Example", "Beta"]
        assert world.dialing.orders[-1].confirmed == frozenset()
