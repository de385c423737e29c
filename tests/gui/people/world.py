"""A people pane over pictures that the test makes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QDateTime, QLocale, Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from basix_desktop.domain.feed import FeedPhase, FeedStatus
from basix_desktop.domain.live import LiveView, Person, Readiness, Ready
from basix_desktop.ui.people.presenter import PeoplePresenter
from basix_desktop.ui.people.view import PeopleView
from basix_desktop.ui.theme import LIGHT, Theme


def today_at(hour: int, minute: int) -> int:
    """Local time of today as milliseconds since the epoch."""
    return QDateTime(QDateTime.currentDateTime().date(), QTime(hour, minute)).toMSecsSinceEpoch()


def person(name: str, label: str, extension: str, ready: Ready = Ready.FREE, since: int | None = None) -> Person:
    return Person(name, label, extension, False, Readiness(ready, since=since))


def group(name: str, label: str, extension: str, free: int, members: int, *names: str) -> Person:
    ready = Ready.FREE if free else Ready.BUSY if members else Ready.AWAY
    return Person(name, label, extension, True, Readiness(ready, free=free, members=members), names)


LIVE = FeedStatus(FeedPhase.LIVE)
HELEN = person("helen", "Helen", "201")
KEN = person("ken", "Ken Mori", "202", Ready.RINGING)
SATO = person("satoh", "佐藤 健", "1004", Ready.DO_NOT_DISTURB)
YOKO = person("y.tanaka", "たなか ようこ", "1005", Ready.FORWARDED)
SALES = group("sales", "Sales", "300", 3, 4, "Helen", "Ken Mori", "Olive", "Bluto")
EVERYBODY = (HELEN, KEN, SALES, YOKO, SATO)


@dataclass
class World:
    """``chosen`` and ``wanted`` hold what was chosen as a destination and as a favourite."""

    theme: Theme
    people: tuple[Person, ...] = EVERYBODY
    status: FeedStatus = LIVE
    chosen: list[tuple[str, str]] = field(default_factory=list)
    wanted: list[tuple[str, str]] = field(default_factory=list)

    def open(self, size: tuple[int, int] = (820, 670)) -> None:
        self.view = PeopleView(self.theme)
        self.presenter = PeoplePresenter(self.view, locale=lambda: QLocale("en_US"))
        self.presenter.destination_chosen.connect(lambda *what: self.chosen.append(what))
        self.presenter.favourite_wanted.connect(lambda *what: self.wanted.append(what))
        self.view.resize(*size)
        self.view.show()
        QTest.qWaitForWindowActive(self.view)
        self.tell()

    def close(self) -> None:
        if hasattr(self, "view"):
            self.view.close()
            self.view.deleteLater()

    def tell(self, *people: Person, status: FeedStatus | None = None) -> None:
        """What the feed tells now: these people, or those of before."""
        self.people = people or self.people
        self.status = status or self.status
        self.presenter.show(LiveView(self.status, {}, self.people))
        QApplication.processEvents()

    def change(self, name: str, readiness: Readiness) -> None:
        """One of them is less or more ready from now on."""
        self.tell(*(replace(p, readiness=readiness) if p.name == name else p for p in self.people))

    def search(self, text: str) -> list[str]:
        self.view.search.setText(text)
        return self.names()

    def names(self) -> list[str]:
        """Who is listed, from the top."""
        return [self.view.model.at(row).name for row in range(self.view.model.rowCount())]

    def row(self, name: str) -> int:
        return self.names().index(name)

    def select(self, name: str) -> None:
        self.view.list.setCurrentIndex(self.view.model.index(self.row(name)))

    @property
    def current(self) -> str:
        current = self.view.list.current
        return current.name if current is not None else ""

    def spoken(self, name: str) -> str:
        return str(self.view.model.data(self.view.model.index(self.row(name)), Qt.ItemDataRole.AccessibleTextRole))

    def text(self, name: str) -> str:
        """What a label of the pane says; "" where it is hidden."""
        label = self.view.findChild(QWidget, name)
        assert label is not None, name
        return str(label.property("text")) if label.isVisible() else ""


def make_world(app: QApplication) -> World:
    theme = Theme(app)
    theme.apply(LIGHT)
    return World(theme)
