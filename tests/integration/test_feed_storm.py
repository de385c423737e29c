"""The busiest PBX: 2,000 people, 300 groups and 500 channels at once, then a thousand events a second. Nothing is lost,
the main thread never notices, and memory stays where it was."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from basix_desktop.app import collector, turns
from basix_desktop.app.clock import SystemClock
from basix_desktop.app.net_thread import NetThread
from basix_desktop.app.stores import Stores
from basix_desktop.credentials.memory import MemoryVault
from basix_desktop.cti.feed import make_feed
from basix_desktop.domain.accounts import Account, ProxyMode, ProxySetting, Token
from basix_desktop.domain.calls import Attempt, CallRequest, Intent, Origin, State, Verdict
from basix_desktop.domain.feed import FeedPhase
from basix_desktop.domain.live import CallPhase, LiveView
from basix_desktop.domain.numbers import number_key
from basix_desktop.net.account_proxy import AccountProxy
from basix_desktop.net.http import Http
from basix_desktop.net.loop import new_event_loop
from basix_desktop.services.live import LiveDesk
from basix_desktop.services.ports import RepeatRules
from basix_desktop.ui.bridge import Bridge
from basix_desktop.ui.live.cards import LiveCards
from basix_desktop.ui.live.presenter import LivePresenter
from basix_desktop.ui.people.directory import Directory
from basix_desktop.ui.people.presenter import PeoplePresenter
from basix_desktop.ui.people.view import PeopleView
from basix_desktop.ui.tasks import Tasks
from basix_desktop.ui.theme import Theme
from tests.helpers.feed_storm import GROUPS, USERS, followed_uuid

#: Seconds of storm; the issue's minute with BASIX_STORM_SECONDS=60.
SECONDS = int(os.environ.get("BASIX_STORM_SECONDS", "10"))
RATE = 1_000
FOLLOWED = 3
#: Milliseconds by which the main thread may be later than when nothing happens, megabytes of growth, and seconds by
#: which the end may be seen after it was sent.
TRIES = 3
GAP_LIMIT, GROWTH_LIMIT, LATE_LIMIT = 50.0, 50.0, 1.0
BEAT = 5


class Heartbeat:
    """The longest time between two turns of the main thread's event loop, in milliseconds."""

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.setInterval(BEAT)
        self._timer.timeout.connect(self._beat)
        self._last = 0.0
        self.gaps: list[float] = []

    def start(self) -> None:
        self._last, self.gaps = time.perf_counter(), [0.0]
        self._timer.start()

    def stop(self) -> float:
        self._timer.stop()
        return max(self.gaps)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000 - BEAT)
        self._last = now


class Rig:
    """Everything between the socket and the pixels, as the program puts it together."""

    def __init__(self, folder: Path, server: str, app: QApplication) -> None:
        self.clock = SystemClock()
        self.stores = Stores(folder / "calls.sqlite3", folder / "instances", self.clock)
        self.stores.open().result(10)
        self.net = NetThread(new_event_loop)
        self.bridge = Bridge()
        self.account = Account("Office", "example.com", server, proxy=ProxySetting(ProxyMode.NONE))
        vault = MemoryVault({self.account.key: Token("tok-storm")})
        self.live = LiveDesk(
            net=self.net,
            db=self.stores.db,
            journal=self.stores.journal,
            make_feed=make_feed(Http(), self.clock, "1.0", proxy=AccountProxy(lambda _: "")),
            vault=lambda _: vault,
            clock=self.clock,
        )
        self.theme = Theme(app)
        self._show_window()
        self.shown = LiveView()
        self.directory = Directory()
        self.views = 0
        self.ended: list[Attempt] = []
        self.live.publish = lambda view: self.bridge.post(lambda: self._show(view))
        self.live.changed = lambda attempt: self.bridge.post(lambda: self._changed(attempt))

    def _show_window(self) -> None:
        self.window = QWidget()
        self.cards = LiveCards(self.theme)
        self.people_view = PeopleView(self.theme)
        self.people = PeoplePresenter(self.people_view)
        tasks = Tasks(self.bridge, self.stores.db, self.stores.reader, self.net)
        self.presenter = LivePresenter(
            self.cards, tasks, self.stores.history, account=lambda: self.account, language=lambda: "en"
        )
        column = QVBoxLayout(self.window)
        column.addWidget(self.cards)
        column.addWidget(self.people_view, 1)
        self.window.resize(820, 760)
        self.window.show()

    def _show(self, view: LiveView) -> None:
        """As the window does with its cards, its people, and the dial column."""
        self.views += 1
        self.shown = view
        self.presenter.show(view)
        self.people.show(view)
        self.directory = Directory(view, self.directory)

    def _changed(self, attempt: Attempt) -> None:
        self.presenter.attempt_changed(attempt)
        if attempt.live is not None and attempt.live.phase == CallPhase.ENDED:
            self.ended.append(attempt)

    def placed(self, number: int) -> Attempt:
        """A call of ours that the storm goes over."""
        request = CallRequest("0312341234", "helen")
        server, domain = self.account.key
        key, attempt_id = number_key(request.number), str(uuid.uuid4())
        intent = Intent(
            attempt_id, "Office", server, domain, request, key, "{}", request.number, "Helen", Origin.WINDOW, ("*",)
        )
        verdict = Verdict(State.ACCEPTED, uuids=(followed_uuid(number),), http_status=200, answer="{}")

        def write() -> Attempt:
            journal = self.stores.journal
            journal.begin(intent, (), RepeatRules())
            journal.to_sending(attempt_id)
            return journal.settle(attempt_id, verdict)

        return self.stores.db.submit(write).result(10)

    def close(self) -> None:
        self.live.start(None).result(10)
        self.presenter.stop()
        self.bridge.close()
        self.window.close()
        self.window.deleteLater()
        self.theme.deleteLater()
        assert self.net.stop()
        assert self.stores.close()


@contextmanager
def server_of_a_storm() -> Iterator[subprocess.Popen[str]]:
    arguments = map(str, (SECONDS, RATE, FOLLOWED))
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.feed_storm", *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    with process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        process.wait(20)


class Idle:
    """What this computer is late with while the block runs, whatever our program does: the longest, in milliseconds."""

    longest = 0.0

    def __enter__(self) -> Idle:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.helpers.idle_beat"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
        )  # fmt: skip
        return self

    def __exit__(self, *_: object) -> None:
        with self._process:
            said, _error = self._process.communicate(timeout=20)
        self.longest = float(said)


def _line(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdout is not None
    found: dict[str, Any] = json.loads(process.stdout.readline())
    return found


def _resident() -> float:
    """Megabytes."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _idle(heartbeat: Heartbeat) -> float:
    heartbeat.start()
    until = time.perf_counter() + 1
    while time.perf_counter() < until:
        QCoreApplication.processEvents()
    return heartbeat.stop()


@pytest.fixture
def turns_of_the_program() -> Iterator[None]:
    before = sys.getswitchinterval()
    turns.shorten()
    yield
    sys.setswitchinterval(before)


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has none
@pytest.mark.slow
@pytest.mark.serial
@pytest.mark.timeout(TRIES * (60 + 2 * SECONDS))
def test_a_thousand_events_a_second(
    tmp_path: Path,
    qapp: QApplication,
    qtbot: QtBot,
    capsys: pytest.CaptureFixture[str],
    turns_of_the_program: None,
) -> None:
    """The pulse is taken again where it was bad: what else the computer does may halt us once, a fault of ours always
    does. Everything else has to hold each time."""
    told = []
    for turn in range(TRIES):
        folder = tmp_path / str(turn)
        folder.mkdir()
        with server_of_a_storm() as storm:
            idle, loaded, stormy, said = weathered(storm, folder, qapp, qtbot)
        told.append(said)
        if max(loaded, stormy) <= idle + GAP_LIMIT:
            break
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(told) + "\n")
    assert max(loaded, stormy) <= idle + GAP_LIMIT, told


def weathered(
    storm: subprocess.Popen[str], folder: Path, qapp: QApplication, qtbot: QtBot
) -> tuple[float, float, float, str]:
    """Milliseconds: the longest gap when idle, while the snapshot loads, in the storm; and all of it in words."""
    rig = Rig(folder, _line(storm)["url"], qapp)
    try:
        for number in range(FOLLOWED):
            rig.placed(number)
        heartbeat = Heartbeat()
        collector.set_aside()  # as the program does; here with all that the tests brought along
        idle = _idle(heartbeat)
        before = _resident()
        with Idle() as computer:
            heartbeat.start()
            rig.live.start(rig.account)
            qtbot.waitUntil(lambda: len(rig.shown.people) == USERS + GROUPS, timeout=20_000)
            assert rig.people_view.model.rowCount() == USERS + GROUPS
            assert len(rig.cards.cards()) == FOLLOWED
            loaded = heartbeat.stop()
            heartbeat.start()
            qtbot.waitUntil(lambda: bool(rig.ended), timeout=(SECONDS + 30) * 1_000)
            stormy, seen = heartbeat.stop(), time.monotonic()
        told = _line(storm)
        grown = _resident() - before
        views, status = rig.views, rig.shown.status
    finally:
        gc.unfreeze()
        rig.close()
    said = (
        f"storm: {told['sent']} events in {told['seconds']:.1f} s, the last seen after "
        f"{(seen - told['ended_at']) * 1000:.0f} ms, {views} pictures; main thread: idle {idle:.0f} ms "
        f"(another process {computer.longest:.0f} ms), loading {loaded:.0f} ms, storm {stormy:.0f} ms; "
        f"memory {grown:+.1f} MB"
    )
    assert status.phase is FeedPhase.LIVE
    assert told["sent"] == SECONDS * RATE
    assert told["seconds"] < SECONDS * 1.1, "the server could not keep the rate"
    assert seen - told["ended_at"] < LATE_LIMIT
    assert views <= (told["seconds"] + 10) * 20
    assert grown < GROWTH_LIMIT
    return idle, loaded, stormy, said
