"""The first picture, and an Enter in it, where the rest of the program is late or never comes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from basix_desktop.app.settings import JsonSettings, WindowState
from basix_desktop.app.shell import Shell
from basix_desktop.domain.accounts import Account, Settings
from basix_desktop.services.boot_clock import boot_ms
from basix_desktop.ui.dial.draft import Draft
from basix_desktop.ui.dial.presenter import DialPresenter
from basix_desktop.ui.tasks import Tasks
from basix_desktop.ui.theme import GRID, Theme
from basix_desktop.ui.top_bar import Accounts
from tests.gui.dial.world import NoNet, make_world

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "This plugin does not support")
ROOT = Path(__file__).parents[3]
ACCOUNT = Account("Office", "example.com", "http://127.0.0.1:9/basix/api")
OWN_OPTIONS = replace(
    ACCOUNT,
    calling_numbers=("05068601111",),
    default_calling_number="05068601111",
    answer_timeout=45,
    callback_url="https://example.com/result",
)


@pytest.fixture
def parent() -> QObject:
    return QObject()


def make_shell(qapp: QApplication, folder: Path, account: Account, parent: QObject) -> Shell:
    accounts = cast(Accounts, SimpleNamespace(account=account, settings=Settings((account,))))
    made = Shell(accounts, Theme(qapp), WindowState(folder / "state.json"), parent)
    made.show(minimized=False)
    return made


@pytest.fixture
def shell(qapp: QApplication, tmp_path: Path, parent: QObject) -> Iterator[Shell]:
    made = make_shell(qapp, tmp_path, ACCOUNT, parent)
    yield made
    made.window.close()
    made.window.deleteLater()


@pytest.fixture
def shell_of_own(qapp: QApplication, tmp_path: Path, parent: QObject) -> Iterator[Shell]:
    """Of an account with options of its own."""
    made = make_shell(qapp, tmp_path, OWN_OPTIONS, parent)
    yield made
    made.window.close()
    made.window.deleteLater()


def press(shell: Shell) -> None:
    edit = shell.dial.number.edit
    QTest.keyClicks(edit, "0312341234")
    QTest.keyClick(edit, Qt.Key.Key_Return)


def test_an_early_enter_is_handed_over(shell: Shell) -> None:
    press(shell)
    early = shell.hand_over()
    assert early is not None
    assert early.account == ACCOUNT
    assert early.is_for(Draft("03-1234-1234"))
    assert early.is_fresh(boot_ms())


CHANGES: dict[str, Callable[[Shell], None]] = {
    "number": lambda shell: QTest.keyClicks(shell.dial.number.edit, "5"),
    "destination": lambda shell: QTest.keyClicks(shell.dial.destination.edit, "1"),
    "caller": lambda shell: QTest.keyClicks(shell.dial.caller.edits["end_user_name"], "T"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_is_changed_after_an_early_enter_takes_it_back_and_that_is_said(
    shell: Shell, change: Callable[[Shell], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    read_out: list[str] = []
    monkeypatch.setattr(shell.window, "announce", read_out.append)
    press(shell)
    change(shell)
    words = "Not called: what would be called has changed since Enter was pressed. Press it again."
    assert shell.window.status.text() == words
    assert read_out == [words]
    assert shell.hand_over() is None


def test_esc_takes_an_early_enter_back_and_that_is_said(shell: Shell) -> None:
    QTest.keyClick(shell.dial.number.edit, Qt.Key.Key_Escape)
    assert shell.window.status.text() == "", "there was none"
    press(shell)
    QTest.keyClick(shell.dial.number.edit, Qt.Key.Key_Escape)
    assert shell.window.status.text() == "Not called: Esc has taken Enter back."
    assert shell.hand_over() is None


def test_the_options_that_an_early_enter_calls_with_stand_in_the_first_picture(shell_of_own: Shell) -> None:
    assert shell_of_own.dial.options.open_button.text() == "▸ Caller ID shown 05068601111 · Ring 45 s"


def test_an_early_enter_calls_exactly_what_stood_in_the_first_picture(
    qapp: QApplication, tmp_path: Path, shell_of_own: Shell
) -> None:
    dial = shell_of_own.dial
    QTest.keyClicks(dial.destination.edit, "1001")
    QTest.keyClicks(dial.caller.edits["end_user_name"], "Tanaka")
    press(shell_of_own)
    early = shell_of_own.hand_over()
    assert early is not None
    world = make_world(tmp_path, qapp)
    presenter = DialPresenter(
        dial,
        Tasks(world.bridge, world.stores.db, world.stores.reader, NoNet()),
        world.dialing,
        world.stores.favourites,
        world.stores.history,
        account=lambda: OWN_OPTIONS,
    )
    presenter.press_once_loaded(early)
    presenter.refresh()
    world.settle()
    request: Any = world.dialing.press.order.request
    assert (request.number, request.destination, request.end_user.name) == ("0312341234", "1001", "Tanaka")
    assert (request.calling_number, request.answer_timeout) == ("05068601111", 45)
    assert request.callback_url == "https://example.com/result"
    world.close()


@pytest.mark.skipif(sys.platform != "linux", reason="its clock that stands still in sleep")
def test_an_early_enter_is_old_after_the_computer_has_slept(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """In sleep CLOCK_MONOTONIC stands still and CLOCK_BOOTTIME goes on: a night of it is added to that one only."""
    press(shell)
    early = shell.hand_over()
    assert early is not None
    real = time.clock_gettime_ns
    night = 8 * 3600 * 10**9
    slept = {time.CLOCK_BOOTTIME, time.CLOCK_REALTIME}
    monkeypatch.setattr(time, "clock_gettime_ns", lambda clock: real(clock) + (night if clock in slept else 0))
    assert not early.is_fresh(boot_ms())


def test_call_can_be_pressed_once_there_is_a_number(shell: Shell) -> None:
    button = shell.dial.bar.call_button
    assert not button.isEnabled()
    QTest.keyClicks(shell.dial.number.edit, "03")
    assert button.isEnabled()


@pytest.mark.parametrize(("known", "height"), [(96, 96), (0, 0), (-4, 0), (10**6, 0), (True, 0), ("96", 0)])
def test_the_room_of_the_favourites_is_kept_until_they_come(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, known: object, height: int
) -> None:
    state = WindowState(tmp_path / "state.json")
    state.save({"favourites_height": known})
    accounts = cast(Accounts, SimpleNamespace(account=ACCOUNT, settings=Settings((ACCOUNT,))))
    parent = QObject()
    shell = Shell(accounts, Theme(qapp), state, parent)
    qtbot.addWidget(shell.window)
    shell.show(minimized=False)
    caller = shell.dial.caller

    def top() -> int:
        QApplication.processEvents()
        return caller.mapTo(shell.window, caller.rect().topLeft()).y()

    before = top()
    shell.dial.furnish()
    assert top() == before, "nothing jumps"
    shell.dial.destination.grid.show_favourites([])
    qtbot.waitUntil(lambda: before - top() == (height + GRID if height else 0))


def run_unable(folder: Path, module: str, language: str = "en") -> tuple[int, dict[str, object], str]:
    return run_program("unable_program", str(folder), module, language)


def run_program(name: str, *arguments: str) -> tuple[int, dict[str, object], str]:
    """A program of this folder's: its exit status, what it tells, and its standard error."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.gui.shell.{name}", *arguments],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout.splitlines()[-1]), done.stderr


def store_account(folder: Path) -> None:
    store = JsonSettings(folder / "settings.json")
    store.load()
    store.save(Settings((ACCOUNT,), ACCOUNT.name))


@pytest.mark.parametrize("module", ["basix_desktop.app.session", "sqlite3", "basix_desktop.pbx.client"])
@pytest.mark.parametrize(("language", "words"), [("en", "cannot go on"), ("ja", "続けられません")])
def test_a_program_with_a_part_missing_says_so_and_lets_the_person_quit(
    tmp_path: Path, module: str, language: str, words: str
) -> None:
    store_account(tmp_path)
    status, told, _ = run_unable(tmp_path, module, language)
    assert words in str(told["words"])
    assert told["can type"] is False, "a window that cannot call does not look as if it could"
    assert status == 1
    logged = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "logs").glob("*.log*"))
    assert module in logged, "and the log names what is missing"


def test_the_first_start_says_so_too(tmp_path: Path) -> None:
    status, told, _ = run_unable(tmp_path, "basix_desktop.app.session")
    assert "could not be loaded" in str(told["words"])
    assert status == 1


@pytest.mark.parametrize(
    ("kind", "focus"), [("account", "numberEdit"), ("demo", "numberEdit"), ("first start", "accountDomainEdit")]
)
def test_minimized_it_starts_out_of_sight_and_works_when_it_is_brought_up(
    tmp_path: Path, kind: str, focus: str
) -> None:
    if kind == "account":
        store_account(tmp_path)
    status, told, _ = run_program("minimized_program", str(tmp_path), *(["--demo"] if kind == "demo" else []))
    assert told == {"minimized": True, "brought up": True, "focus": focus}
    assert status == 0
