"""The preferences: saved at once, and what does not read as a number is refused beside its field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from basix_desktop.app.settings import JsonSettings
from basix_desktop.demo.server import DemoPbx
from basix_desktop.domain.accounts import Preferences
from basix_desktop.ui.settings.preferences_page import PreferencesPage
from basix_desktop.ui.widgets.seconds_spin import SecondsSpin
from tests.gui.settings.test_accounts import World

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen only
REFUSED = "Type a whole number from 1 to 10000. Until then the old value holds."
REFUSED_PER_HOUR = REFUSED.replace("10000", "100000")
HINT = "More calls than this need one confirmation each."


@pytest.fixture
def world(tmp_path: Path, qapp: QApplication) -> Iterator[World]:
    made = World(tmp_path, cast(DemoPbx, None), qapp)  # nothing is tested against a PBX
    yield made
    made.close()


@pytest.fixture
def page(world: World, qtbot: QtBot) -> PreferencesPage:
    page = PreferencesPage(desk=world.desk, tasks=world.tasks, language=lambda: "en")
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    page.per_minute.setFocus()
    return page


def typed(spin: SecondsSpin, text: str) -> None:
    spin.setFocus()
    spin.selectAll()
    QTest.keyClicks(spin, text)


def shown(page: PreferencesPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text()]


@pytest.mark.parametrize("text", ["abc", "0", "10001", "99999"])
def test_a_refusal_stands_beside_its_field_and_takes_no_focus(world: World, page: PreferencesPage, text: str) -> None:
    typed(page.per_minute, text)
    QTest.keyClick(page.per_minute, Qt.Key.Key_Tab)
    assert page.per_hour.hasFocus(), "the user goes on"
    assert page.per_minute.typed() == text, "nothing typed is lost"
    assert page.per_minute.property("refused") is True
    assert page.per_minute.accessibleDescription() == REFUSED
    assert page.per_hour.property("refused") is not True
    words = shown(page)
    assert words.index(REFUSED) == words.index("Ask above calls a &minute") + 1
    assert words.count(REFUSED) == 1
    assert world.desk.preferences == Preferences()


@pytest.mark.parametrize(("minute", "hour"), [("1", "1"), ("10000", "100000")])
def test_what_is_taken_is_there_at_the_next_start(
    world: World, page: PreferencesPage, qtbot: QtBot, minute: str, hour: str
) -> None:
    typed(page.per_minute, minute)
    typed(page.per_hour, hour)
    page.premium.setFocus()
    wanted = replace(Preferences(), calls_per_minute=int(minute), calls_per_hour=int(hour))
    qtbot.waitUntil(lambda: world.desk.preferences == wanted)
    store = JsonSettings(world.file)
    assert store.load().preferences == wanted
    assert store.problems == ()


def test_a_refusal_is_announced_once(page: PreferencesPage) -> None:
    heard: list[str] = []
    page.announced.connect(heard.append)
    typed(page.per_minute, "99999")
    page.per_hour.setFocus()
    page.premium.setFocus()
    assert heard == [REFUSED]
    typed(page.per_minute, "0")
    page.per_hour.setFocus()
    assert heard == [REFUSED, REFUSED], "it is another attempt"


def test_each_field_is_refused_by_itself_and_its_hint_comes_back(
    world: World, page: PreferencesPage, qtbot: QtBot
) -> None:
    for spin in (page.per_minute, page.per_hour):
        typed(spin, "abc")
    page.premium.setFocus()
    assert shown(page).count(REFUSED) == shown(page).count(REFUSED_PER_HOUR) == 1
    assert HINT not in shown(page)
    typed(page.per_hour, "3")
    assert page.per_hour.property("refused") is False, "it reads as a number again"
    typed(page.per_hour, "30")
    page.premium.setFocus()
    wanted = replace(Preferences(), calls_per_hour=30)
    qtbot.waitUntil(lambda: world.desk.preferences == wanted)
    qtbot.waitUntil(lambda: HINT in shown(page))
    assert shown(page).count(REFUSED) == 1
    assert page.per_minute.property("refused") is True
