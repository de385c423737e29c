"""The bar on top by keyboard: Enter presses what Space presses, and the accounts are in a menu too."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from basix_desktop.domain.accounts import Account, Settings
from basix_desktop.ui.main_window import MainWindow
from basix_desktop.ui.theme import Theme
from basix_desktop.ui.top_bar import Accounts

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
TOKYO, OSAKA = Account("Tokyo", "tokyo.example.com"), Account("R&D", "osaka.example.com")


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> MainWindow:
    accounts = SimpleNamespace(account=TOKYO, settings=Settings((TOKYO, OSAKA)))
    window = MainWindow(cast(Accounts, accounts), Theme(qapp), demo=False)
    qtbot.addWidget(window)
    window.show_dial(QLineEdit())
    window.show_calls(QLineEdit())
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def _button(window: MainWindow, name: str) -> QToolButton:
    button = window.findChild(QToolButton, name)
    assert button is not None
    return button


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_the_switches(window: MainWindow, key: Qt.Key) -> None:
    button = _button(window, "keypadButton")
    button.setFocus()
    QTest.keyClick(button, key)
    assert window.action("keypad").isChecked()


def test_a_switch_looks_on_while_it_is_on(window: MainWindow) -> None:
    def seen() -> QImage:
        return _button(window, "keypadButton").icon().pixmap(18).toImage()

    off = seen()
    window.action("keypad").trigger()
    assert seen() != off
    window.action("keypad").trigger()
    assert seen() == off


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_enter_opens_the_accounts(window: MainWindow, key: Qt.Key) -> None:
    shown: list[list[str]] = []

    def look_and_close() -> None:
        shown.append([action.text() for action in window.bar.menu.actions() if action.isCheckable()])
        window.bar.menu.close()

    window.bar.menu.aboutToShow.connect(look_and_close, Qt.ConnectionType.QueuedConnection)
    QTest.keyClick(_button(window, "accountButton"), key)
    assert shown == [["Tokyo", "R&&D"]]


def test_the_accounts_are_in_the_file_menu(window: MainWindow, qtbot: QtBot) -> None:
    file = next(action.menu() for action in window.menuBar().actions() if action.text() == "&File")
    assert isinstance(file, QMenu)
    accounts = file.actions()[0].menu()
    assert isinstance(accounts, QMenu)
    accounts.aboutToShow.emit()
    with qtbot.waitSignal(window.bar.account_chosen) as chosen:
        accounts.actions()[1].trigger()
    assert chosen.args == ["R&D"]
