"""First start and settings without eyes: what is shown is announced, and the focus stays where the person put it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.settings.test_accounts import SECRET, World, fill, pbx, two_accounts, world

__all__ = ["pbx", "world"]  # fixtures
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen only


def test_testing_is_announced_and_keeps_the_focus(world: World, qtbot: QtBot) -> None:
    view = world.welcome(qtbot)
    heard: list[str] = []
    view.announced.connect(heard.append)
    fill(view, Domain=world.pbx.domain, Token=world.pbx.token, Server=world.pbx.server)
    view.test_button.setFocus()
    before = len(world.pbx.requests)
    for _ in "12":
        QTest.keyClick(view.test_button, Qt.Key.Key_Space)
        assert view.focusWidget() is view.test_button
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=10_000)
    assert heard == ["Testing… no call is placed.", "✓ Domain and token accepted. No call was placed."]
    assert len(world.pbx.requests) == before + 1, "pressed again while at work"
    fill(view, Token="wrong-token")
    view.test_button.click()
    qtbot.waitUntil(lambda: "does not accept this domain" in heard[-1], timeout=10_000)


def test_connecting_and_saving_are_announced_and_keep_the_focus(world: World, qtbot: QtBot) -> None:
    view = world.welcome(qtbot)
    heard: list[str] = []
    view.announced.connect(heard.append)
    fill(view, Domain="example.com", Token=SECRET, Server=world.pbx.server)
    view.connect_button.setFocus()
    with qtbot.waitSignal(view.connected, timeout=10_000):
        view.connect_button.click()
        assert view.focusWidget() is view.connect_button
    assert heard == ["Saving…"]
    dialog = world.settings(qtbot)
    dialog.announced.connect(heard.append)
    page = dialog.accounts
    assert page is not None
    page.save_button.setFocus()
    page.save_button.click()
    assert dialog.focusWidget() is page.save_button
    qtbot.waitUntil(lambda: "Saved" in heard[-1], timeout=10_000)


def test_of_several_refusals_the_first_gets_the_focus_at_once_and_the_others_are_announced(
    world: World, qtbot: QtBot
) -> None:
    view = world.welcome(qtbot)
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    heard: list[str] = []
    view.announced.connect(heard.append)
    fill(view, Domain="", Token="", Server="http://pbx.example.com")
    view.connect_button.setFocus()
    way: list[str] = []

    def went(_old: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, QLineEdit):
            assert now.accessibleDescription(), "it is read out with the focus"
            way.append(now.objectName())

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.focusChanged.connect(went)
    view.connect_button.click()
    app.focusChanged.disconnect(went)
    assert way == ["accountDomainEdit"]
    (others,) = heard
    assert view.form.token.accessibleDescription() in others
    assert view.form.server.accessibleDescription() in others


def test_closing_with_unsaved_changes_is_announced(world: World, qtbot: QtBot) -> None:
    two_accounts(world)
    dialog = world.settings(qtbot)
    fill(dialog, Domain="changed.example.com")
    with qtbot.waitSignal(dialog.announced) as heard:
        dialog.close()
    assert "not saved yet" in heard.args[0]
    dialog.close()
