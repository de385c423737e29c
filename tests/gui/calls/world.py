"""A calls pane over a real journal on disk, with a clock that the test moves."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QDate, QDateTime, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from basix_desktop.app.stores import Stores
from basix_desktop.domain.accounts import Account
from basix_desktop.domain.calls import Attempt, CallRequest, EndUser, Intent, Origin, State, UserWord, Verdict
from basix_desktop.domain.errors import Failure
from basix_desktop.domain.numbers import number_key
from basix_desktop.services.followed import Checked
from basix_desktop.services.ports import RepeatRules
from basix_desktop.ui.bridge import Bridge
from basix_desktop.ui.calls.presenter import CallsPresenter
from basix_desktop.ui.calls.view import CallsView
from basix_desktop.ui.calls.wording import Wording
from basix_desktop.ui.tasks import Tasks
from basix_desktop.ui.theme import Theme

_NONE = Qt.KeyboardModifier.NoModifier
#: What the offscreen platform says of every window and menu.
OFFSCREEN = "This plugin does not support"
W = TypeVar("W", bound=QWidget)
#: A Monday.
TODAY = QDate(2026, 11, 23)
UUID = "ede7b23e-c172-445e-832e-963b11ba2b96"
PLACED = Verdict(State.ACCEPTED, uuids=(UUID,), http_status=200, answer='{"result_code":0,"uuids":["' + UUID + '"]}')
REFUSED = Verdict(
    State.REJECTED,
    Failure("channel_limit_reached", "channel_limit_reached", 200),
    http_status=200,
    answer='{"result_code":500,"error":{"id":"channel_limit_reached"}}',
)
UNKNOWN = Verdict(State.UNKNOWN, Failure("connection_broke"))


@dataclass
class MovableClock:
    """Wall clock and boot clock in step."""

    now: int = 0

    def wall_ms(self) -> int:
        self.now += 120
        return self.now

    def boot_ms(self) -> int:
        return self.now

    def boot_id(self) -> str:
        return "boot"

    def at(self, hour: int, minute: int, second: int = 0, *, days_ago: int = 0) -> None:
        """Local time on :data:`TODAY`, or days before."""
        day = TODAY.addDays(-days_ago)
        moment = QDateTime(day.year(), day.month(), day.day(), hour, minute, second)
        self.now = moment.toMSecsSinceEpoch()


class NoNet:
    def run(self, coroutine: Any) -> Future[Any]:
        raise AssertionError("the calls pane never uses the network")


@dataclass
class World:
    """``heard`` holds what the pane handed out, as (signal, value)."""

    stores: Stores
    clock: MovableClock
    theme: Theme
    bridge: Bridge
    language: str = "en"
    today: QDate = field(default_factory=lambda: QDate(TODAY))
    heard: list[tuple[str, Any]] = field(default_factory=list)
    account: Account | None = field(default_factory=lambda: Account("Example", "example.com"))
    check: Callable[[Attempt], Future[Checked]] | None = None

    def open(self, size: tuple[int, int] = (820, 670)) -> None:
        """The pane, shown and read."""
        self.view = CallsView(self.theme, Wording(self.language, self.today))
        tasks = Tasks(self.bridge, self.stores.db, self.stores.reader, NoNet())
        self.presenter = CallsPresenter(
            self.view,
            tasks,
            self.stores.history,
            self.stores.journal,
            account=lambda: self.account,
            language=lambda: self.language,
            today=lambda: self.today,
            now=lambda: self.clock.now,
            check=self.check,
        )
        for name in ("put_into_dial", "call_again_anyway", "announced"):
            getattr(self.presenter, name).connect(lambda value, what=name: self.heard.append((what, value)))
        self.view.resize(*size)
        self.view.show()
        self.presenter.start()
        self.settle()

    def close(self) -> None:
        """Close pane and journal."""
        if hasattr(self, "presenter"):
            self.presenter.stop()
            self.view.close()
            self.view.deleteLater()
        self.stores.close()
        self.bridge.close()
        self.bridge.deleteLater()
        self.theme.deleteLater()

    def says(self, what: str) -> list[Any]:
        """The values that a signal has handed out."""
        return [value for name, value in self.heard if name == what]

    def rows(self) -> list[str]:
        """Who is shown, from the top."""
        return [self.view.model.texts(row).who for row in range(self.view.model.rowCount())]

    def find(self, kind: type[W], name: str) -> W:
        """A widget of the pane by its object name."""
        found = self.view.findChild(kind, name)
        assert found is not None, name
        return found

    def press(self, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = _NONE) -> None:
        QTest.keyClick(widget, key, modifier)
        self.settle()

    def click(self, name: str) -> None:
        """Press a button with the mouse."""
        button = self.find(QAbstractButton, name)
        assert button.isVisible(), f"{name} is not in sight"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def settle(self) -> None:
        """Until reader and writer have nothing left to do and the window has taken it all in."""
        deadline, rounds = time.monotonic() + 10, 0
        while rounds < 6:
            assert time.monotonic() < deadline
            rounds = rounds + 1 if self.counted else 0
            self.on_reader(lambda: None)
            self.on_db(lambda: None)
            QApplication.processEvents()
        QApplication.processEvents()

    @property
    def counted(self) -> bool:
        """Whether the chips, where there are any, count all that has changed."""
        return not hasattr(self, "presenter") or self.presenter.counted

    def on_db(self, fn: Callable[[], Any]) -> Any:
        return self.stores.db.submit(fn).result(20)

    def on_reader(self, fn: Callable[[], Any]) -> Any:
        return self.stores.reader.submit(fn).result(20)

    def begin(
        self,
        number: str = "0312341234",
        destination: str = "helen",
        *,
        name: str = "",
        label: str = "",
        organization: str = "",
        origin: Origin = Origin.WINDOW,
        home: str = "JP",
    ) -> Attempt:
        """An attempt at INTENT, made while the account's home was that region."""
        user = EndUser(name=name, organization=organization)
        request = CallRequest(number, destination, end_user=user)
        intent = Intent(
            id=str(uuid.uuid4()),
            account="Example",
            server="https://bcs.brastel.com/basix/api",
            domain="example.com",
            request=request,
            number_key=number_key(number, home),
            body='{"target": "' + number + '", "destination": "' + destination + '"}',
            typed=number,
            destination_label=label or destination.title(),
            origin=origin,
            confirmed=("*",),
        )
        attempt: Attempt = self.on_db(lambda: self.stores.journal.begin(intent, (), RepeatRules()))
        return attempt

    def send(self, attempt: Attempt) -> Attempt:
        """On to SENDING."""
        self.on_db(lambda: self.stores.journal.to_sending(attempt.id))
        sending: Attempt = self.on_db(lambda: self.stores.journal.get(attempt.id))
        return sending

    def settle_as(self, attempt: Attempt, verdict: Verdict) -> Attempt:
        """Its verdict."""
        if verdict.state is State.NOT_SENT:
            failure = verdict.failure or Failure("cancelled")
            ended: Attempt = self.on_db(lambda: self.stores.journal.not_sent(attempt.id, failure))
        else:
            if verdict.uuids == (UUID,):
                verdict = replace(verdict, uuids=(str(uuid.uuid5(uuid.NAMESPACE_OID, f"leg {attempt.row}")),))
            ended = self.on_db(lambda: self.stores.journal.settle(attempt.id, verdict))
        return ended

    def say(self, attempt: Attempt, word: UserWord) -> Attempt:
        said: Attempt = self.on_db(lambda: self.stores.journal.say(attempt.id, word))
        return said

    def call(
        self, verdict: Verdict = PLACED, number: str = "0312341234", destination: str = "helen", **rest: Any
    ) -> Attempt:
        """A whole attempt, written behind the window's back."""
        attempt = self.begin(number, destination, **rest)
        if verdict.state is not State.NOT_SENT:
            self.send(attempt)
        return self.settle_as(attempt, verdict)

    def typical_day(self) -> None:
        """The calls of the pictures."""
        self.clock.at(16, 40, days_ago=3)
        self.call(PLACED, "0662341111", "1001", label="Reception", name="Müller GmbH")
        self.clock.at(17, 5, days_ago=1)
        self.call(Verdict(State.NOT_SENT, Failure("address_not_found")), "0120444444", "support", label="Support")
        self.clock.at(9, 12)
        self.call(PLACED, "0312341234", "ken", label="Ken Mori", name="Olive")
        self.clock.at(9, 41)
        self.call(UNKNOWN, "09033334444", "sales", label="Sales")
        self.clock.at(9, 58)
        self.call(REFUSED, "09011112222", "campaign", label="Campaign", name="田中 太郎")
        self.clock.at(10, 2)
        self.call(PLACED, "0312341234", "helen", label="Helen", name="Luke S.")


def make_world(folder: Path, app: QApplication) -> World:
    clock = MovableClock()
    clock.at(10, 30)
    stores = Stores(folder / "calls.db", folder / "instances", clock)
    stores.open().result(20)
    return World(stores, clock, Theme(app), Bridge(app))
