"""A dial column over real favourites and a real log on disk; only the dialer is one that writes down its orders."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from basix_desktop.app.clock import SystemClock
from basix_desktop.app.stores import Stores
from basix_desktop.domain.accounts import Account, Preferences
from basix_desktop.domain.calls import Attempt, CallRequest, EndUser, Intent, Origin, State, Verdict
from basix_desktop.domain.concerns import Concern
from basix_desktop.domain.errors import BasixError, ConfirmationRequired, Failure
from basix_desktop.domain.numbers import number_key
from basix_desktop.services.dialer import Order
from basix_desktop.services.ports import RepeatRules
from basix_desktop.ui.bridge import Bridge
from basix_desktop.ui.dial.presenter import DialPresenter
from basix_desktop.ui.dial.view import DialView
from basix_desktop.ui.tasks import Tasks
from basix_desktop.ui.theme import DARK, LIGHT, Theme

ACCOUNT = Account(
    "Example", "example.com", calling_numbers=("05068601111", "0312340000"), default_calling_number="05068601111"
)


class NoNet:
    def run(self, coroutine: Any) -> Future[Any]:
        raise AssertionError("the dial column never uses the network itself")


@dataclass
class FakePress:
    """A press whose course the test decides."""

    order: Order
    report: Callable[[Attempt], None]
    done: Future[Attempt] = field(default_factory=Future)
    cancels: int = 0
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def cancel(self) -> None:
        self.cancels += 1

    @property
    def refused(self) -> bool:
        return self.done.done() and self.done.exception() is not None

    def attempt(self, state: State, failure: Failure | None = None, **more: Any) -> Attempt:
        account = self.order.account
        return Attempt(
            id=self.id,
            row=1,
            created_at=0,
            updated_at=0,
            account=account.name,
            server=account.server,
            domain=account.domain,
            request=self.order.request,
            state=state,
            destination_label=self.order.destination_label,
            failure=failure,
            **more,
        )

    def reach(self, state: State) -> None:
        """Report INTENT or SENDING."""
        self.report(self.attempt(state))

    def end(self, state: State, failure: Failure | None = None, **more: Any) -> Attempt:
        """Report and return the verdict."""
        ended = self.attempt(state, failure, **more)
        self.report(ended)
        self.done.set_result(ended)
        return ended

    def fail(self, error: BaseException) -> None:
        self.done.set_exception(error)


@dataclass
class FakeDialing:
    """Writes down every order. As the dialer, it asks about the order's concerns and its own (``concerns``) at once,
    and about none that is confirmed."""

    presses: list[FakePress] = field(default_factory=list)

    expected: list[Account] = field(default_factory=list)

    concerns: tuple[Concern, ...] = ()

    def expect(self, account: Account) -> None:
        self.expected.append(account)

    def place(self, order: Order, progress: Callable[[Attempt], None]) -> FakePress:
        self.presses.append(FakePress(order, progress))
        asked = tuple(one for one in (*order.concerns, *self.concerns) if one.key not in order.confirmed)
        if asked:
            self.press.fail(ConfirmationRequired(asked))
        return self.press

    @property
    def orders(self) -> list[Order]:
        return [press.order for press in self.presses]

    @property
    def sent(self) -> list[tuple[str, str]]:
        """Those that were not asked about."""
        taken = [press.order for press in self.presses if not press.refused]
        return [(order.request.number, order.request.destination) for order in taken]

    @property
    def press(self) -> FakePress:
        """The latest."""
        return self.presses[-1]


@dataclass
class World:
    """``said`` holds what was announced; ``ms`` is the clock that the column sees."""

    stores: Stores
    theme: Theme
    bridge: Bridge
    dialing: FakeDialing = field(default_factory=FakeDialing)
    account: Account | None = ACCOUNT
    preferences: Preferences = field(default_factory=Preferences)
    language: str = "en"
    ms: int = 1_000_000
    said: list[str] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)

    def open(self, size: tuple[int, int] = (356, 670)) -> None:
        """The column in a window, shown and with its favourites read."""
        self.window = QMainWindow()
        self.view = DialView(self.theme)
        self.window.setCentralWidget(self.view)
        self.presenter = DialPresenter(
            self.view,
            Tasks(self.bridge, self.stores.db, self.stores.reader, NoNet()),
            self.dialing,
            self.stores.favourites,
            self.stores.history,
            account=lambda: self.account,
            preferences=lambda: self.preferences,
            language=lambda: self.language,
            now=lambda: self.ms,
        )
        self.presenter.announced.connect(self.said.append)
        self.presenter.attempt_changed.connect(self.attempts.append)
        self.window.resize(*size)
        self.window.show()
        QTest.qWaitForWindowActive(self.window)
        self.presenter.refresh()
        self.settle()
        self.presenter.focus_number()

    def close(self) -> None:
        """Window, bridge and database."""
        window = getattr(self, "window", None)
        if window is not None:
            window.close()
            window.deleteLater()
        self.bridge.close()
        self.stores.close()

    def settle(self) -> None:
        """Until reader and writer have nothing left to do and the window has taken it all in."""
        for _ in range(4):
            self.stores.reader.submit(lambda: None).result(20)
            self.stores.db.submit(lambda: None).result(20)
            QApplication.processEvents()

    def until(self, condition: Callable[[], bool]) -> None:
        """Let the window work until ``condition`` holds; fails after 5 s."""
        deadline = time.monotonic() + 5
        while not condition():
            assert time.monotonic() < deadline
            QApplication.processEvents()

    def on_db(self, fn: Callable[[], Any]) -> Any:
        return self.stores.db.submit(fn).result(20)

    def favourite(self, destination: str, label: str = "", *, usual: bool = False) -> None:
        """Add one behind the column's back."""
        key, store = ACCOUNT.key, self.stores.favourites
        added = self.on_db(lambda: store.add(*key, destination, label))
        if usual:
            self.on_db(lambda: store.set_usual(added.id, *key))

    def usual_favourites(self) -> None:
        """Those of the pictures; Sales is the usual destination."""
        self.favourite("sales", "Sales", usual=True)
        self.favourite("support", "Support")
        self.favourite("helen", "Helen")
        self.favourite("1004", "佐藤 健")

    def logged(
        self, number: str, destination: str, label: str = "", end_user: EndUser | None = None, *, home: str = "JP"
    ) -> Attempt:
        """A placed call in the log, made while the account's home was that region."""
        request = CallRequest(number, destination, end_user=end_user or EndUser())
        intent = Intent(
            id=str(uuid.uuid4()),
            account=ACCOUNT.name,
            server=ACCOUNT.key[0],
            domain=ACCOUNT.domain,
            request=request,
            number_key=number_key(number, home),
            body="{}",
            typed=number,
            destination_label=label,
            origin=Origin.WINDOW,
            confirmed=("*",),
        )
        journal = self.stores.journal

        def write() -> Attempt:
            attempt = journal.begin(intent, (), RepeatRules())
            journal.to_sending(attempt.id)
            return journal.settle(attempt.id, Verdict(State.ACCEPTED, uuids=(str(uuid.uuid4()),)))

        attempt: Attempt = self.on_db(write)
        return attempt

    # Hands

    def keys(self, text: str, on: QWidget | None = None) -> None:
        """Type into whatever has the focus."""
        for sign in text:
            QTest.keyClicks(on or self.focused, sign)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focused, key, modifier)

    def enter(self) -> None:
        self.key(Qt.Key.Key_Return)

    def ctrl(self, number: int) -> None:
        self.key(Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)

    def alt(self, number: int) -> None:
        self.key(Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.AltModifier)

    @property
    def focused(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def find(self, name: str) -> Any:
        """A widget by its object name."""
        found = self.window.findChild(QWidget, name)
        assert found is not None, name
        return found

    def dial(self, number: str = "0312341234") -> FakePress:
        """Type a number, press Enter, and pass INTENT."""
        self.presenter.focus_number()
        self.keys(number)
        self.enter()
        self.dialing.press.reach(State.INTENT)
        self.until(lambda: not self.find("callButton").isEnabled())  # shown a moment later
        self.settle()
        return self.dialing.press

    def ask(self, *concerns: Concern, number: str = "0312341234") -> None:
        """Dial, and have the dialer want a second look."""
        self.presenter.focus_number()
        self.keys(number)
        self.enter()
        self.refuse(ConfirmationRequired(concerns))

    def refuse(self, error: BasixError) -> None:
        self.dialing.press.fail(error)
        self.settle()

    def use_theme(self, dark: bool) -> None:
        self.theme.apply(DARK if dark else LIGHT)


def make_world(folder: Path, app: QApplication) -> World:
    stores = Stores(folder / "calls.db", folder / "instances", SystemClock())
    stores.open().result(20)
    return World(stores, Theme(app), Bridge(app))
