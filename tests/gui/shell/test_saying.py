"""What the status line shows, and what screen readers are given of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from basix_desktop.app.paths import Paths
from basix_desktop.app.session import Session
from basix_desktop.ui import main_window
from basix_desktop.ui.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen only


def test_marks_of_direction_are_shown_and_not_announced(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    announced: list[str] = []

    def heard(about: Any, text: str) -> Any:
        announced.append(text)
        return QAccessibleAnnouncementEvent(about, text)

    monkeypatch.setattr(main_window, "QAccessibleAnnouncementEvent", heard)
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
