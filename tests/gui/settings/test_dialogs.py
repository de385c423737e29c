"""How the dialogs look: the line under the tabs, Close without an icon, all keys at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from basix_desktop.demo.server import DemoPbx
from basix_desktop.ui import i18n
from basix_desktop.ui.help_dialog import keys_dialog
from basix_desktop.ui.theme import Theme
from tests.gui.settings.test_accounts import World

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.usefixtures("japanese_font")]


@pytest.fixture(params=i18n.LANGUAGES)
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    installed = i18n.install(qapp, request.param)
    yield request.param
    i18n.remove(qapp, installed)


@pytest.fixture
def world(tmp_path: Path, qapp: QApplication) -> Iterator[World]:
    made = World(tmp_path, cast(DemoPbx, None), qapp)  # nothing is tested against a PBX
    yield made
    made.close()


def close_button(dialog: QDialog) -> QPushButton:
    (row,) = dialog.findChildren(QDialogButtonBox)
    return row.button(QDialogButtonBox.StandardButton.Close)


@pytest.mark.usefixtures("language")
def test_the_keys_stand_without_scrolling_and_close_has_no_icon(qapp: QApplication, qtbot: QtBot) -> None:
    theme = Theme(qapp)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = keys_dialog(parent)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.table.verticalScrollBar().isVisible() is False)
    rows = range(dialog.table.rowCount())
    lines = [dialog.table.rowHeight(row) for row in rows]
    assert min(lines) > dialog.table.fontMetrics().height()
    assert dialog.table.rowViewportPosition(rows[-1]) + lines[-1] <= dialog.table.viewport().height()
    assert close_button(dialog).icon().isNull()
    close_button(dialog).click()
    assert not dialog.isVisible()
    theme.deleteLater()


def test_a_line_runs_under_the_tabs_and_none_above_them(world: World, qtbot: QtBot) -> None:
    dialog = world.settings(qtbot)
    bar = dialog.tabs.tabBar()
    right = dialog.width() - 40  # beside the tabs
    top = bar.mapTo(dialog, QPoint(0, 0)).y()
    picture = dialog.grab().toImage()
    line = QColor(world.theme.tokens.border)
    found = [y - top for y in range(top - 4, top + bar.height() + 6) if picture.pixelColor(right, y) == line]
    assert len(found) == 1
    assert abs(found[0] - bar.height()) <= 2
    assert close_button(dialog).icon().isNull()
    dialog.close()
