"""Real windows in both languages: what they show is Japanese where it should be, and no key is given twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QTableWidget,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from basix_desktop.app.db_thread import DbThread
from basix_desktop.app.net_thread import NetThread
from basix_desktop.app.paths import Paths
from basix_desktop.app.session import Session
from basix_desktop.app.settings import JsonSettings
from basix_desktop.credentials.memory import MemoryVault
from basix_desktop.demo.company import COMPANY
from basix_desktop.demo.stories import STORIES
from basix_desktop.domain.accounts import Account, ProxyMode, Token
from basix_desktop.net.http import Http
from basix_desktop.net.loop import new_event_loop
from basix_desktop.pbx.client import PbxClient
from basix_desktop.services.desk import Desk
from basix_desktop.ui import i18n
from basix_desktop.ui.bridge import Bridge
from basix_desktop.ui.help_dialog import demo_numbers_dialog, keys_dialog
from basix_desktop.ui.main_window import MainWindow
from basix_desktop.ui.settings.settings_dialog import SettingsDialog
from basix_desktop.ui.tasks import Tasks
from basix_desktop.ui.theme import Theme
from basix_desktop.ui.welcome.welcome_view import WelcomeView
from basix_desktop.ui.widgets.buttons import PressButton

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
_JAPANESE = re.compile("[\u3005\u3040-\u30ff\u3400-\u9fff]")
#: What is not language: keys, addresses, numbers, and names of the program's own.
_NO_LANGUAGE = re.compile(
    r"[^A-Za-z]*|OK|Basix Desktop|English|https?://\S+|Enter|Esc|Tab|Delete|\w+@\S+|example\.com"
    r"|(?:(?:Ctrl|Alt|Shift|F)[+\d …]*[A-Za-z,]?)+|[0-9a-f]{8}[-0-9a-f]*…?"
)
#: What takes the room that is left.
SHORTENED = {"statusLabel"}
_PEOPLE = {word for user in COMPANY.users for word in (user.name, user.label)}
_PEOPLE |= {word for group in COMPANY.groups for word in (group.name, group.label)}


@pytest.fixture(params=i18n.LANGUAGES)
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    installed = i18n.install(qapp, request.param)
    yield str(request.param)
    i18n.remove(qapp, installed)


@pytest.fixture
def japanese(qapp: QApplication) -> Iterator[str]:
    installed = i18n.install(qapp, "ja")
    yield "ja"
    i18n.remove(qapp, installed)


class Settings:
    """Settings and first start over a real settings file."""

    def __init__(self, folder: Path, app: QApplication, language: str) -> None:
        self.net, self.db, self.bridge = NetThread(new_event_loop), DbThread("test-db"), Bridge()
        self.tasks = Tasks(self.bridge, self.db, self.db, self.net)
        self.desk = Desk(JsonSettings(folder / "settings.json"), MemoryVault(), PbxClient(Http(), "0.0"))
        self.theme = Theme(app)
        self.language = language

    def welcome(self) -> WelcomeView:
        return WelcomeView(desk=self.desk, tasks=self.tasks, theme=self.theme, language=lambda: self.language)

    def dialog(self) -> SettingsDialog:
        """With an account that has every field in use."""
        self.desk.save_account(Account("Tokyo", "example.com"), token=Token("t"))
        dialog = SettingsDialog(desk=self.desk, tasks=self.tasks, theme=self.theme, language=lambda: self.language)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        return dialog

    def close(self) -> None:
        self.bridge.close()
        assert self.net.stop()
        assert self.db.stop()


@pytest.fixture
def settings(tmp_path: Path, qapp: QApplication, language: str) -> Iterator[Settings]:
    made = Settings(tmp_path, qapp, language)
    yield made
    made.close()


@pytest.fixture
def demo(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[[str], MainWindow]]:
    """Opens the whole program on the demo PBX."""
    sessions: list[Session] = []
    ended: list[bool] = []

    def start(language: str) -> MainWindow:
        paths = Paths.choose(tmp_path)
        paths.prepare()
        session = Session(paths, Theme(qapp), language, demo=True, parent=qapp)
        session.ended.connect(lambda: ended.append(True))
        sessions.append(session)
        session.show()
        first = session.window.findChild(QWidget, "destinationEdit")
        assert isinstance(first, QLineEdit)
        qtbot.waitUntil(lambda: "Sales" in first.text(), timeout=20_000)
        return session.window

    yield start
    for session in sessions:
        assert session.core.demo is not None
        session.core.demo.start()  # on its way already; an end before it is there has a test of its own
        session.end()
    qtbot.waitUntil(lambda: len(ended) == len(sessions), timeout=20_000)
    for session in sessions:
        session.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def texts(window: QWidget) -> Iterator[tuple[str, str]]:
    """(where, what) of every text that the window shows or would show once a part of it opens."""
    for widget in window.findChildren(QWidget):
        where = f"{type(widget).__name__} {widget.objectName()}"
        if isinstance(widget, QLabel | QAbstractButton):
            yield where, widget.text()
        elif isinstance(widget, QLineEdit):
            yield where, widget.placeholderText()
        elif isinstance(widget, QComboBox) and not widget.isEditable():
            yield from ((where, widget.itemText(row)) for row in range(widget.count()))
        elif isinstance(widget, QTabWidget):
            yield from ((where, widget.tabText(place)) for place in range(widget.count()))
        elif isinstance(widget, QTableWidget):
            yield from ((where, text) for text in _cells(widget))
        yield where, widget.accessibleName()
        yield where, re.sub("<[^>]*>", "", widget.toolTip())
        yield from ((f"action of {where}", action.text()) for action in widget.actions())


def _cells(table: QTableWidget) -> Iterator[str]:
    for column in range(table.columnCount()):
        heading = table.horizontalHeaderItem(column)
        yield heading.text() if heading else ""
        for row in range(table.rowCount()):
            item = table.item(row, column)
            yield item.text() if item else ""


def english_in(window: QWidget) -> list[tuple[str, str]]:
    found = []
    for where, text in texts(window):
        words = text.replace("&", "").replace("\u2068", "").replace("\u2069", "").strip("★ ")
        if not (_JAPANESE.search(words) or _NO_LANGUAGE.fullmatch(words) or words in _PEOPLE):
            found.append((where, text))
    return found


def keys_of(texts: list[str]) -> list[str]:
    """Keys that more than one of these texts asks for."""
    keys = Counter(QKeySequence.mnemonic(text).toString() for text in texts)
    return sorted(f"{key}: {[t for t in texts if QKeySequence.mnemonic(t).toString() == key]}"
                  for key, times in keys.items() if key and times > 1)  # fmt: skip


def offered(window: QWidget) -> list[str]:
    """Every text of the window with a key that works in it: labels of fields, buttons, and the menu bar."""
    found = [a.text() for bar in window.findChildren(QMenuBar) for a in bar.actions()]
    for widget in window.findChildren(QWidget):
        key_works = isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy() is not None)
        if key_works and widget.isVisibleTo(window):
            found.append(str(widget.property("text")))
    return found


def open_everything(window: QWidget) -> None:
    """Show the parts of the dial column that are closed at first."""
    for name in ("moreCallerButton", "optionsButton"):
        button = window.findChild(QAbstractButton, name)
        assert button is not None
        button.click()


def test_the_program_is_japanese_in_japanese(japanese: str, demo: Callable[[str], MainWindow]) -> None:
    window = demo(japanese)
    open_everything(window)
    shown = {text for _, text in texts(window)}
    assert {"電話番号(&N)", "つなぐ相手(&T)", "お客様", "通話", "取り消す", "すべて", "ファイル(&F)"} <= shown
    assert {"電話番号", "つなぐ相手"} <= {edit.accessibleName() for edit in window.findChildren(QLineEdit)}
    assert english_in(window) == []


def test_what_is_spoken_has_no_mark_of_a_key(japanese: str, demo: Callable[[str], MainWindow]) -> None:
    window = demo(japanese)
    spoken = {widget.accessibleName() for widget in window.findChildren(QWidget)}
    assert {"お客様番号", "通知する番号", "呼び出し 秒", "設定", "キーパッド"} <= spoken
    assert [name for name in spoken if "&" in name or re.search(r"\([A-Z]\)", name)] == []


def test_the_menus_are_japanese_in_japanese(japanese: str, demo: Callable[[str], MainWindow]) -> None:
    window = demo(japanese)
    menus = [action.text() for action in window.menuBar().actions()]
    assert menus == ["ファイル(&F)", "編集(&E)", "表示(&V)", "通話(&C)", "ヘルプ(&H)"]
    entries = [a.text() for menu in window.menuBar().findChildren(QMenu) for a in menu.actions() if a.text()]
    assert [text for text in entries if not _JAPANESE.search(text)] == []


def test_no_key_is_given_twice_in_the_program(language: str, demo: Callable[[str], MainWindow]) -> None:
    window = demo(language)
    open_everything(window)
    found = offered(window)
    assert len([text for text in found if not QKeySequence.mnemonic(text).isEmpty()]) > 10
    assert keys_of(found) == []
    for menu in window.menuBar().findChildren(QMenu):
        assert keys_of([action.text() for action in menu.actions()]) == []


def test_no_key_is_given_twice_at_the_first_start(settings: Settings, qtbot: QtBot) -> None:
    view = settings.welcome()
    qtbot.addWidget(view)
    view.show()
    assert len(offered(view)) > 5
    assert keys_of([*offered(view), "&File", "&Edit", "&View", "&Call", "&Help"]) == []
    if settings.language == "ja":
        assert english_in(view) == []


def test_no_key_is_given_twice_in_the_settings(settings: Settings, qtbot: QtBot) -> None:
    dialog = settings.dialog()
    qtbot.addWidget(dialog)
    dialog.show()
    proxy = dialog.findChild(QComboBox, "accountProxyCombo")
    assert proxy is not None
    proxy.setCurrentIndex(proxy.findData(ProxyMode.CUSTOM))
    proxy.activated.emit(proxy.currentIndex())
    for box in dialog.findChildren(QCheckBox):
        if box.isVisible() and box.isEnabled():
            box.click()
    tabs = dialog.findChild(QTabWidget)
    assert tabs is not None
    for place in range(tabs.count()):
        tabs.setCurrentIndex(place)
        assert len(offered(dialog)) > 3
        assert keys_of([*offered(dialog), *(tabs.tabText(n) for n in range(tabs.count()))]) == []
    if settings.language == "ja":
        assert [found for found in english_in(dialog) if found[1] != "Tokyo"] == []


def test_the_list_of_keys_is_japanese_with_qt_s_own_button(japanese: str, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = keys_dialog(parent)
    assert english_in(dialog) == []
    close = dialog.findChild(QDialogButtonBox)
    assert close is not None
    assert "閉じる" in close.button(QDialogButtonBox.StandardButton.Close).text()
    dialog.close()


def test_every_story_of_the_demo_can_be_read_to_its_end(japanese: str, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = demo_numbers_dialog([(story.digits, story.words("ja")) for story in STORIES], parent)
    dialog.show()
    QCoreApplication.processEvents()
    table = dialog.table
    assert any(table.rowHeight(row) > table.rowHeight(1) for row in range(table.rowCount()))
    assert [row for row in range(table.rowCount()) if table.rowHeight(row) < table.sizeHintForRow(row)] == []
    dialog.close()


@pytest.mark.parametrize("width", [1180, 720, 360])
def test_no_japanese_label_or_button_is_cut(
    japanese: str, demo: Callable[[str], MainWindow], width: int, qtbot: QtBot
) -> None:
    """Those that are not made to be shortened have the width they ask for."""
    window = demo(japanese)
    open_everything(window)
    if width < 720:
        window.action("compact").trigger()
    window.resize(width, 760)
    qtbot.waitUntil(lambda: window.width() == width)

    def nothing_is_cut() -> None:  # once what was read meanwhile has been laid out
        assert cut_in(window) == []

    qtbot.waitUntil(nothing_is_cut)


def cut_in(window: QWidget) -> list[tuple[str, str, int, int]]:
    """(name, text, width, width wanted) of labels and buttons that are shown cut."""
    found = []
    for widget in window.findChildren(QWidget):
        made_to_fit = type(widget) in (QLabel, PressButton) and not (isinstance(widget, QLabel) and widget.wordWrap())
        if made_to_fit and widget.isVisible() and widget.objectName() not in SHORTENED:
            room, wanted = widget.width(), widget.sizeHint().width()
            if room < wanted:
                found.append((widget.objectName(), str(widget.property("text")), room, wanted))
    return found
