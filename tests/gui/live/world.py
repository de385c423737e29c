"""Live cards over a real journal on disk, told by a PBX in small; the clock is the test's."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget

from basix_desktop.domain.calls import Attempt, LiveSummary
from basix_desktop.domain.errors import FeedProblem
from basix_desktop.ui.dial.matching import Choice
from basix_desktop.ui.live.card import LiveCard
from basix_desktop.ui.live.cards import LiveCards
from basix_desktop.ui.live.keys import LiveKeys
from basix_desktop.ui.live.presenter import LivePresenter
from basix_desktop.ui.tasks import Tasks
from basix_desktop.ui.theme import look
from tests.gui.calls.world import NoNet, World, make_world
from tests.gui.live.story import Story

_NONE = Qt.KeyboardModifier.NoModifier
W = TypeVar("W", bound=QWidget)


@dataclass
class LiveWorld:
    """``log`` makes and holds attempts; ``apart`` is how many milliseconds our clock is ahead of the PBX's."""

    log: World
    apart: int = 0
    heard: list[tuple[str, Any]] = field(default_factory=list)
    choices: tuple[Choice, ...] = ()  # favourites and recent destinations

    def open(self, size: tuple[int, int] = (820, 420)) -> None:
        self.window = QWidget()
        look(self.window, "page")
        self.window.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.cards = LiveCards(self.log.theme, choices=lambda: self.choices)
        self.cards._rest.setInterval(0)
        LiveKeys(self.cards, self.window)
        self.elsewhere = QLineEdit()
        column = QVBoxLayout(self.window)
        column.addWidget(self.cards)
        column.addWidget(self.elsewhere)
        column.addStretch(1)
        tasks = Tasks(self.log.bridge, self.log.stores.db, self.log.stores.reader, NoNet())
        self.presenter = LivePresenter(
            self.cards,
            tasks,
            self.log.stores.history,
            account=lambda: self.log.account,
            language=lambda: self.log.language,
            now=lambda: self.now,
        )
        self.presenter.announced.connect(lambda text: self.heard.append(("said", text)))
        self.presenter.hang_up_wanted.connect(lambda attempt_id: self.heard.append(("hang_up", attempt_id)))
        self.presenter.transfer_wanted.connect(lambda *what: self.heard.append(("transfer", what)))
        self.log.clock.at(10, 2, 11)
        self.story = Story(self.log.clock.now)
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        self.elsewhere.setFocus()
        QApplication.processEvents()

    def close(self) -> None:
        if hasattr(self, "presenter"):
            self.presenter.stop()
            self.window.close()
            self.window.deleteLater()
        self.log.close()

    @property
    def now(self) -> int:
        """Our clock."""
        return self.story.clock + self.apart

    def pass_s(self, seconds: float) -> None:
        """Time passes, and the cards take it in."""
        self.story.pass_ms(round(seconds * 1000))
        self.presenter._tell_all()

    def show(self) -> None:
        """The window gets the picture of the moment."""
        self.presenter.show(self.story.view())
        self.settle()

    def settle(self) -> None:
        self.log.settle()

    def place(self, number: str = "0312341234", name: str = "", **rest: Any) -> Attempt:
        """A call that the PBX has accepted."""
        return self.log.call(number=number, name=name, **rest)

    def says(self) -> list[str]:
        return [what for kind, what in self.heard if kind == "said"]

    def card(self, attempt: Attempt) -> LiveCard:
        assert self.cards.has(attempt.id)
        return self.cards.card(attempt.id)

    def texts(self, attempt: Attempt) -> tuple[str, str, str, str]:
        """Who and how far, outside and inside."""
        card = self.card(attempt)
        names = ("liveOutsideWho", "liveOutsideState", "liveInsideWho", "liveInsideState")
        return tuple(self.find(QLabel, name, card).text() for name in names)  # type: ignore[return-value]

    def notice(self, attempt: Attempt) -> str:
        label = self.find(QLabel, "liveCallNotice", self.card(attempt))
        return label.text() if label.isVisible() else ""

    def find(self, kind: type[W], name: str, inside: QWidget | None = None) -> W:
        found = (inside or self.window).findChild(kind, name)
        assert found is not None, name
        return found

    def click(self, name: str, inside: QWidget) -> None:
        button = self.find(QAbstractButton, name, inside)
        assert button.isVisible(), f"{name} is not in sight"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _NONE) -> None:
        """On whatever has the focus."""
        QTest.keyClick(self.window.focusWidget() or self.window, key, modifier)
        self.settle()

    def record_end(self, attempt: Attempt) -> Attempt:
        """As the live desk does: the end goes to the log, then the feed's picture no longer holds the call."""
        call = self.story.call(attempt)
        by = call.ended_by.value if call.ended_by is not None else ""
        summary = LiveSummary(call.phase, call.connected_with, call.talked_ms, by, call.cause)
        ended: Attempt = self.log.on_db(lambda: self.log.stores.journal.tell_live(attempt.id, summary, ()))
        return ended

    def fail(self, attempt: Attempt, failure: str) -> None:
        self.presenter.failed(attempt.id, FeedProblem(failure))
        self.settle()


def make_live_world(folder: Path, app: QApplication) -> LiveWorld:
    return LiveWorld(make_world(folder, app))
