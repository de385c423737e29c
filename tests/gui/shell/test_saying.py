"""What the status line shows, and what screen readers are given of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6 import QtGui
from PySide6.QtGui import QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from basix_desktop.app.paths import Paths
from basix_desktop.app.session import Session
from basix_desktop.ui.settings.settings_dialog import SettingsDialog
from basix_desktop.ui.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "This plugin does not support")  # offscreen only


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What screen readers are given."""
    said: list[str] = []

    def heard(about: Any, text: str) -> Any:
        said.append(text)
        return QAccessibleAnnouncementEvent(about, text)

    monkeypatch.setattr(QtGui, "QAccessibleAnnouncementEvent", heard)
    return said


@pytest.mark.logs_expected("refused", "live feed")
def test_the_first_start_and_the_settings_speak(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot, announced: list[str]
) -> None:
    paths = Paths.choose(tmp_path)
    paths.prepare()
    made = Session(paths, Theme(qapp), "en", demo=False, parent=qapp)
    made.show()
    for name, text in (("Domain", "example.com"), ("Token", "canary"), ("Server", "http://127.0.0.1:9/basix/api")):
        edit = made.window.findChild(QLineEdit, f"account{name}Edit")
        assert edit is not None
        edit.setText(text)
    test = made.window.findChild(QPushButton, "testAccountButton")
    assert test is not None
    test.click()
    qtbot.waitUntil(lambda: "takes no connections" in announced[-1], timeout=10_000)
    assert made.window.status.text() == "", "it stands where it belongs"
    made.dialogs.open_settings()
    dialog = made.window.findChild(SettingsDialog)
    assert dialog is not None
    dialog.announced.emit("Saved.")
    assert announced[-1] == "Saved."
    with qtbot.waitSignal(made.ended, timeout=10_000):
        made.end()
    made.deleteLater()


def test_marks_of_direction_are_shown_and_not_announced(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot, announced: list[str]
) -> None:
    paths = Paths.choose(tmp_path)
    paths.prepare()
    made = Session(paths, Theme(qapp), "ja", demo=True, parent=qapp)
    made.say("\u2068佐藤 健\u2069 を呼び出しています")
    made.say("")
    assert announced == ["佐藤 健 を呼び出しています"]
    made.say("\u2068佐藤 健\u2069 を呼び出しています")
    assert made.window.status.text() == "\u2068佐藤 健\u2069 を呼び出しています"
    with qtbot.waitSignal(made.ended, timeout=10_000):
        made.end()
    made.deleteLater()
