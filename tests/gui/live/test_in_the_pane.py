"""The cards in the calls pane, told by the real live desk over a scripted feed: nothing is lost between the threads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QDateTime, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from basix_desktop.domain.calls import Attempt
from basix_desktop.domain.feed import Channel, ElementEvent
from basix_desktop.services import commands
from basix_desktop.ui.bridge import Bridge
from basix_desktop.ui.calls.log_model import Column
from basix_desktop.ui.calls.presenter import CallsPresenter
from basix_desktop.ui.calls.view import CallsView
from basix_desktop.ui.calls.wording import Wording
from basix_desktop.ui.live.cards import LiveCards
from basix_desktop.ui.live.presenter import LivePresenter
from basix_desktop.ui.tasks import Tasks
from basix_desktop.ui.theme import LIGHT, Theme
from tests.gui.calls.world import OFFSCREEN
from tests.helpers.dialing import ACCOUNT, bench
from tests.unit.services.test_live import Stage, added, leg, updated, whole_call

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)


class Pane:
    """Calls pane and cards, fed as the program feeds them."""

    def __init__(self, stage: Stage, app: QApplication) -> None:
        self.stage = stage
        stores = stage.desk.stores
        self.theme, self.bridge = Theme(app), Bridge(app)
        self.theme.apply(LIGHT)
        self.said: list[str] = []
        today = QDateTime.fromMSecsSinceEpoch(stage.desk.clock.wall_ms()).date()
        self.view = CallsView(self.theme, Wording("en", today))
        self.cards = LiveCards(self.theme)
        self.cards._rest.setInterval(0)
        self.view.put_live(self.cards)
        tasks = Tasks(self.bridge, stores.db, stores.reader, stage.desk.net)
        self.calls = CallsPresenter(
            *(self.view, tasks, stores.history, stores.journal),
            account=lambda: ACCOUNT,
            language=lambda: "en",
            today=lambda: today,
            now=stage.desk.clock.wall_ms,
        )
        self.live = LivePresenter(*(self.cards, tasks, stores.history), account=lambda: ACCOUNT, language=lambda: "en")
        self.live.carry_out(stage.live.hang_up, stage.live.transfer)
        self.live.announced.connect(self.said.append)
        stage.live.publish = lambda view: self.bridge.post(lambda: self.live.show(view))
        stage.live.changed = lambda attempt: self.bridge.post(lambda: self._changed(attempt))
        self.view.resize(820, 600)
        self.view.show()
        self.calls.start()

    def _changed(self, attempt: Attempt) -> None:
        self.live.attempt_changed(attempt)
        self.calls.attempt_changed(attempt)

    def close(self) -> None:
        self.calls.stop()
        self.live.stop()
        self.view.close()
        self.view.deleteLater()
        self.stage.desk.stores.reader.submit(lambda: None).result(10)
        QApplication.processEvents()
        self.bridge.close()
        self.bridge.deleteLater()
        self.theme.deleteLater()

    def text(self, name: str) -> str:
        cards = self.cards.cards()
        label = cards[0].findChild(QLabel, name) if cards else None
        return label.text() if label is not None else ""

    def outcome(self) -> str:
        return str(self.view.model.index(0, Column.OUTCOME).data())


@pytest.fixture
def pane(tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pane]:
    monkeypatch.setattr(commands, "CONFIRM", 0.3)
    with bench(tmp_path) as desk:
        stage = Stage(desk)
        made = Pane(stage, qapp)
        yield made
        stage.live.publish = lambda _: None
        stage.live.changed = lambda _: None
        stage.live.start(None).result(10)
        made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setStyleSheet("")


Wait = Callable[[Callable[[], bool]], None]


@pytest.fixture
def wait(qtbot: object) -> Wait:
    return lambda condition: qtbot.waitUntil(condition, timeout=8000)  # type: ignore[attr-defined]


def test_one_call_from_placed_to_its_end(pane: Pane, wait: Wait) -> None:
    pane.stage.placed()
    wait(lambda: pane.text("liveOutsideState") == "placed, following…")
    messages = whole_call()
    pane.stage.say(messages[0])
    wait(lambda: pane.text("liveOutsideState").startswith("ringing"))
    pane.stage.say(*messages[1:3])
    wait(lambda: pane.text("liveInsideState").startswith("ringing Helen Clarke"))
    wait(lambda: "ringing" in pane.outcome().casefold())
    pane.stage.say(messages[3])
    wait(lambda: pane.text("liveInsideState").startswith("connected with Helen Clarke"))
    pane.stage.say(messages[4])
    wait(lambda: pane.text("liveInsideState").endswith("hung up"))
    assert pane.text("liveOutsideState") == "ended · 2:10"
    wait(lambda: pane.outcome() == "Connected with Helen Clarke")
    assert pane.view.model.index(0, Column.LENGTH).data() == "2:10"
    assert pane.said == [
        "Ringing 03-1234-1234",
        "Ringing Helen Clarke",
        "Connected with Helen Clarke",
        "03-1234-1234 hung up",
    ]


def test_hang_up_from_the_card_is_ours(pane: Pane, wait: Wait) -> None:
    pane.stage.placed()
    pane.stage.say(*whole_call()[:4])
    wait(lambda: pane.text("liveInsideState").startswith("connected"))
    bridged = whole_call()[3]
    assert isinstance(bridged, ElementEvent)
    assert isinstance(bridged.element, Channel)
    gone = replace(
        bridged.element, hung_up_at=20_000, last_event="CHANNEL_HANGUP", last_event_data="send_bye,NORMAL_CLEARING"
    )
    pane.stage.feed.on_command = lambda _: pane.stage.feed.on_message(updated(gone))
    button = pane.cards.cards()[0].findChild(QPushButton, "hangUpButton")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    wait(lambda: pane.text("liveInsideState") == "You hung up")


def test_a_command_without_effect_is_told_on_the_card(pane: Pane, wait: Wait) -> None:
    pane.stage.placed()
    pane.stage.say(added(leg()))
    wait(lambda: pane.text("liveOutsideState").startswith("ringing"))
    button = pane.cards.cards()[0].findChild(QPushButton, "hangUpButton")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    wait(lambda: pane.text("liveCallNotice") == "Hanging up…")
    wait(lambda: pane.text("liveCallNotice").startswith("The PBX was asked"))


def test_without_live_calls_the_pane_looks_as_if_there_were_none(pane: Pane, wait: Wait) -> None:
    before = pane.view.chips.y()
    pane.stage.placed()
    wait(lambda: pane.view.chips.y() > before)
    (card,) = pane.cards.cards()
    pane.live._remove(card.attempt_id)
    wait(lambda: pane.view.chips.y() == before)
    pane.cards.setParent(None)  # none at all
    QApplication.processEvents()
    assert pane.view.chips.y() == before
    pane.cards.setParent(pane.view)


def test_tab_goes_from_the_search_over_the_cards_to_the_chips(pane: Pane, wait: Wait) -> None:
    pane.stage.placed()
    wait(lambda: bool(pane.cards.cards()))
    pane.view.activateWindow()
    pane.view.search.setFocus()
    seen = []
    for _ in range(4):
        focus = pane.view.focusWidget()
        QTest.keyClick(focus or pane.view, Qt.Key.Key_Tab)
        now: QWidget | None = pane.view.focusWidget()
        seen.append(now.objectName() if now is not None else "")
    assert seen == ["liveCallCard", "transferButton", "hangUpButton", "chipAll"]
