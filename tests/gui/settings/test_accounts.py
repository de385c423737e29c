"""Connecting, testing and changing accounts by their widgets, against a real demo PBX."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from basix_desktop.app.db_thread import DbThread
from basix_desktop.app.net_thread import NetThread
from basix_desktop.app.settings import JsonSettings
from basix_desktop.credentials.memory import MemoryVault
from basix_desktop.credentials.vault import KeyringVault
from basix_desktop.demo.server import DemoPbx
from basix_desktop.domain.accounts import Account, ProxyMode, Token
from basix_desktop.net.http import Http
from basix_desktop.net.loop import new_event_loop
from basix_desktop.pbx.client import PbxClient
from basix_desktop.services.desk import Desk
from basix_desktop.ui.bridge import Bridge
from basix_desktop.ui.settings.settings_dialog import SettingsDialog
from basix_desktop.ui.tasks import Tasks
from basix_desktop.ui.theme import Theme
from basix_desktop.ui.welcome.welcome_view import WelcomeView
from basix_desktop.ui.widgets.text import without_key

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen only
SECRET = "canary-5d1f9b"


class World:
    """Real settings file, threads and PBX; the vault keeps tokens in memory."""

    def __init__(self, folder: Path, pbx: DemoPbx, app: QApplication) -> None:
        self.file = folder / "settings.json"
        self.vault = MemoryVault()
        self.net = NetThread(new_event_loop)
        self.db = DbThread("test-db")
        self.bridge = Bridge()
        self.tasks = Tasks(self.bridge, self.db, self.db, self.net)
        self.pbx = pbx
        self.desk = Desk(JsonSettings(self.file), self.vault, PbxClient(Http(), "0.0"))
        self.theme = Theme(app)

    def welcome(self, qtbot: QtBot) -> WelcomeView:
        view = WelcomeView(desk=self.desk, tasks=self.tasks, theme=self.theme, language=lambda: "en")
        qtbot.addWidget(view)
        view.show()
        return view

    def settings(self, qtbot: QtBot) -> SettingsDialog:
        dialog = SettingsDialog(desk=self.desk, tasks=self.tasks, theme=self.theme, language=lambda: "en")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    def close(self) -> None:
        self.bridge.close()
        assert self.net.stop()
        assert self.db.stop()


@pytest.fixture(scope="module")
def pbx() -> Iterator[DemoPbx]:
    with DemoPbx(speed=50) as made:
        yield made


@pytest.fixture
def world(tmp_path: Path, pbx: DemoPbx, qapp: QApplication) -> Iterator[World]:
    made = World(tmp_path, pbx, qapp)
    yield made
    made.close()


def fill(view: QWidget, **texts: str) -> None:
    for name, text in texts.items():
        edit = view.findChild(QLineEdit, f"account{name}Edit")
        assert edit is not None
        edit.setFocus()
        edit.clear()
        edit.insert(text)
        edit.textEdited.emit(text)


def said(view: QWidget) -> str:
    label = view.findChild(QLabel, "accountResultLabel")
    assert label is not None
    return label.text()


def beside(view: QWidget, name: str) -> str:
    edit = view.findChild(QLineEdit, f"account{name}Edit")
    assert edit is not None
    return edit.accessibleDescription()


def test_testing_says_that_domain_and_token_are_accepted(world: World, qtbot: QtBot) -> None:
    view = world.welcome(qtbot)
    fill(view, Domain=world.pbx.domain, Token=world.pbx.token, Server=world.pbx.server)
    view.test_button.click()
    qtbot.waitUntil(lambda: "accepted" in said(view), timeout=10_000)
    assert world.desk.account is None, "a test stores nothing"
    assert [request["path"] for request in world.pbx.requests][-1].endswith("gen_ws_ticket")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"Token": "wrong-token"}, "does not accept this domain with this API token. Check domain and token above."),
        ({"Domain": "elsewhere"}, "does not accept this domain with this API token. Check domain and token above."),
        ({"Server": "http://127.0.0.1:9/basix/api"}, "takes no connections"),
        ({"Server": "/nothing-here"}, "not as a Basix PBX does. Check the server's address above."),
    ],
)
def test_testing_says_which_is_wrong(world: World, qtbot: QtBot, wrong: dict[str, str], words: str) -> None:
    """And names the fields where they are: at the first start there are no settings yet."""
    view = world.welcome(qtbot)
    base = world.pbx.server
    texts = {"Domain": world.pbx.domain, "Token": world.pbx.token, "Server": base} | wrong
    if texts["Server"].startswith("/"):
        texts["Server"] = base.replace("/basix/api", texts["Server"])
    fill(view, **texts)
    view.test_button.click()
    qtbot.waitUntil(lambda: words in said(view), timeout=10_000)


def test_a_result_for_other_fields_is_not_shown(world: World, qtbot: QtBot) -> None:
    view = world.welcome(qtbot)
    fill(view, Domain=world.pbx.domain, Token=world.pbx.token, Server=world.pbx.server)
    view.test_button.click()
    assert "Testing" in said(view)
    before = len(world.pbx.requests)
    fill(view, Token="another")
    qtbot.waitUntil(lambda: len(world.pbx.requests) > before or not said(view), timeout=10_000)
    assert said(view) == ""


def test_connecting_stores_the_account_and_keeps_the_token_out_of_the_file(world: World, qtbot: QtBot) -> None:
    view = world.welcome(qtbot)
    fill(view, Domain="example.com", Token=SECRET, Server=world.pbx.server)
    with qtbot.waitSignal(view.connected, timeout=10_000) as connected:
        QTest.keyClick(view.form.server, Qt.Key.Key_Return)
    assert connected.args == ["example.com", False]
    account = world.desk.account
    assert account is not None
    assert (account.domain, account.server) == ("example.com", world.pbx.server)
    assert world.vault.get(account).reveal() == SECRET
    assert SECRET not in world.file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"Domain": "", "Token": SECRET}, "Domain"),
        ({"Domain": "a:b", "Token": SECRET}, "Domain"),
        ({"Domain": "example.com", "Token": ""}, "Token"),
        ({"Domain": "example.com", "Token": "two words"}, "Token"),
        ({"Domain": "example.com", "Token": SECRET, "Server": "http://pbx.example.com"}, "Server"),
        ({"Domain": "example.com", "Token": SECRET, "Server": "https://u:p@pbx.example.com"}, "Server"),
    ],
)
def test_refusals_stand_beside_their_field(world: World, qtbot: QtBot, texts: dict[str, str], field: str) -> None:
    view = world.welcome(qtbot)
    fill(view, **texts)
    view.connect_button.click()
    assert beside(view, field)
    assert world.desk.account is None
    for name, text in texts.items():
        edit = view.findChild(QLineEdit, f"account{name}Edit")
        assert edit is not None
        assert edit.text() == text, "nothing typed is lost"
    fill(view, **{field: "x"})
    assert not beside(view, field), "the refusal goes with the next key"


def test_everything_that_is_wrong_is_told_at_once(world: World, qtbot: QtBot) -> None:
    world.desk.save_account(Account("Tokyo", "example.com"), token=Token("t"))
    dialog = world.settings(qtbot)
    page = dialog.accounts
    assert page is not None
    box = page.findChild(QCheckBox, "accountListenBox")
    assert box is not None
    box.click()
    wrong = {"Name": "", "Domain": "a b", "CallingNumbers": "abc", "ListenerPort": "0", "ListenerUrl": ""}
    fill(page, **wrong)
    button = page.findChild(QPushButton, "saveAccountButton")
    assert button is not None
    button.click()
    assert [name for name in (*wrong, "Server", "ListenerAddress") if said_beside(page, name)] == list(wrong)
    assert page.focusWidget().objectName() == "accountNameEdit"
    texts = {name: page.findChild(QLineEdit, f"account{name}Edit").text() for name in wrong}  # type: ignore[union-attr]
    assert texts == wrong, "nothing typed is lost"
    fill(page, Name="Tokyo", Domain="example.com", CallingNumbers="", ListenerPort="8790")
    assert [name for name in wrong if said_beside(page, name)] == ["ListenerUrl"], "the others stay until changed"
    button.click()
    assert [name for name in wrong if said_beside(page, name)] == ["ListenerUrl"]
    dialog.close()
    dialog.close()  # the first asked about what is not saved


def said_beside(view: QWidget, name: str) -> bool:
    edit = view.findChild(QLineEdit, f"account{name}Edit")
    assert edit is not None
    return bool(edit.property("refused")) and bool(edit.accessibleDescription())


def two_accounts(world: World) -> None:
    for name in ("Tokyo", "Osaka"):
        account = Account(name, f"{name.lower()}.example.com", world.pbx.server)
        world.desk.save_account(account, token=Token(SECRET))


def test_an_account_is_changed_without_typing_its_token_again(world: World, qtbot: QtBot) -> None:
    two_accounts(world)
    dialog = world.settings(qtbot)
    page = dialog.accounts
    assert page is not None
    page.list.setCurrentRow(1)
    assert page.form.token.text() == ""
    fill(dialog, CallingNumbers="050-6860-1111, 03 1234 1234")
    page.save_button.click()
    qtbot.waitUntil(lambda: "Saved" in said(dialog), timeout=10_000)
    saved = world.desk.settings.accounts[1]
    assert saved.calling_numbers == ("05068601111", "0312341234")
    assert saved.default_calling_number == "05068601111"
    assert world.vault.get(saved).reveal() == SECRET


@pytest.mark.parametrize("name", ["Name", "Domain", "Token", "Server", "CallbackUrl", "FeedUser"])
def test_enter_in_a_field_saves(world: World, qtbot: QtBot, name: str) -> None:
    two_accounts(world)
    dialog = world.settings(qtbot)
    fill(dialog, CallingNumbers="03 1234 1234")
    edit = dialog.findChild(QLineEdit, f"account{name}Edit")
    assert edit is not None
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Saved" in said(dialog), timeout=10_000)
    assert world.desk.settings.accounts[0].calling_numbers == ("0312341234",)


@pytest.mark.parametrize(("text", "words"), [("  ", "needs a short name"), ("x" * 65, "longer than 64 characters")])
def test_a_name_is_refused_for_what_is_wrong_with_it(world: World, qtbot: QtBot, text: str, words: str) -> None:
    two_accounts(world)
    dialog = world.settings(qtbot)
    fill(dialog, Name=text)
    assert dialog.accounts is not None
    dialog.accounts.save_button.click()
    assert words in beside(dialog, "Name")
    for _ in "12":
        dialog.close()


def test_a_long_domain_is_no_reason_against_the_name_that_is_not_asked_for(world: World, qtbot: QtBot) -> None:
    view = world.welcome(qtbot)
    domain = "department." * 8 + "example.com"
    fill(view, Domain=domain, Token=SECRET, Server=world.pbx.server)
    with qtbot.waitSignal(view.connected, timeout=10_000):
        view.connect_button.click()
    assert world.desk.account is not None
    assert world.desk.account.domain == domain


def test_test_is_called_by_the_words_on_it(world: World, qtbot: QtBot) -> None:
    """Voice control finds a button by what is seen; what it does is told besides."""
    dialog, view = world.settings(qtbot), world.welcome(qtbot)
    assert dialog.accounts is not None
    for button in (view.test_button, dialog.accounts.test_button):
        assert button.accessibleName() == without_key(button.text())
        assert button.accessibleDescription() == "Test domain and token without placing a call"


def test_enter_presses_every_button(world: World, qtbot: QtBot) -> None:
    two_accounts(world)
    pressed: list[str] = []
    for window in (world.welcome(qtbot), world.settings(qtbot)):
        for button in window.findChildren(QPushButton):
            if button.isVisible():
                button.clicked.disconnect()  # what it does is another test's
                button.clicked.connect(lambda *_, button=button: pressed.append(without_key(button.text())))
                button.setFocus()
                QTest.keyClick(button, Qt.Key.Key_Return)
    assert pressed == ["Test", "Try the demo PBX", "Connect", "Add", "Remove…", "Test", "Save", "Close"]


def test_a_proxy_s_password_goes_to_the_vault(world: World, qtbot: QtBot) -> None:
    two_accounts(world)
    dialog = world.settings(qtbot)
    page = dialog.accounts
    assert page is not None
    page.form.proxy.setCurrentIndex(page.form.proxy.findData(ProxyMode.CUSTOM))
    page.form.proxy.activated.emit(page.form.proxy.currentIndex())
    fill(dialog, ProxyUrl="proxy.example.com:3128", ProxyUser="ken", ProxyPassword="pr0xy-canary")
    page.save_button.click()
    qtbot.waitUntil(lambda: "Saved" in said(dialog), timeout=10_000)
    saved = world.desk.settings.accounts[0]
    assert (saved.proxy.url, saved.proxy.user) == ("http://proxy.example.com:3128", "ken")
    assert world.vault.proxy_password(saved) == "pr0xy-canary"
    assert "pr0xy-canary" not in world.file.read_text(encoding="utf-8")


def test_removing_asks_first_and_takes_the_token_along(world: World, qtbot: QtBot) -> None:
    two_accounts(world)
    dialog = world.settings(qtbot)
    page = dialog.accounts
    assert page is not None
    page.list.setCurrentRow(0)
    removed = world.desk.settings.accounts[0]
    page.remove_button.click()
    assert len(world.desk.settings.accounts) == 2
    page.question.remove_button.click()
    qtbot.waitUntil(lambda: len(world.desk.settings.accounts) == 1, timeout=10_000)
    assert world.desk.account is not None
    assert world.desk.account.name == "Osaka"
    with pytest.raises(Exception, match="token_missing"):
        world.vault.get(removed)


def test_removing_is_asked_with_the_focus_on_keeping(world: World, qtbot: QtBot) -> None:
    """A second press of the same key removes nothing, and the question is read out with the focus."""
    two_accounts(world)
    dialog = world.settings(qtbot)
    page = dialog.accounts
    assert page is not None
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        page.remove_button.setFocus()
        QTest.keyClick(page.remove_button, key)
        focused = dialog.focusWidget()
        assert focused is page.question.keep_button
        assert focused.accessibleName() == "Keep it"
        assert focused.accessibleDescription() == said(dialog)
        assert "Remove “Tokyo” and its token" in said(dialog)
        QTest.keyClick(focused, key)
        assert dialog.focusWidget() is page.remove_button
        assert said(dialog) == ""
    page.remove_button.click()
    QTest.keyClick(page.question.keep_button, Qt.Key.Key_Escape)
    assert dialog.isVisible(), "Esc keeps the account, and the window"
    assert page.remove_button.isVisible()
    page.remove_button.click()
    page.list.setCurrentRow(1)
    assert not page.question.isVisible(), "the question was about another account"
    assert len(world.desk.settings.accounts) == 2


def test_what_was_removed_is_said(world: World, qtbot: QtBot) -> None:
    two_accounts(world)
    dialog = world.settings(qtbot)
    page = dialog.accounts
    assert page is not None
    heard: list[str] = []
    dialog.announced.connect(heard.append)
    page.remove_button.click()
    QTest.keyClick(page.question.remove_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: heard == ["“Tokyo” was removed."], timeout=10_000)
    assert dialog.focusWidget() is page.list


class Stubborn:
    """A keyring that keeps, and never lets go."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        raise OSError("not today")


def with_stubborn_keyring(world: World) -> None:
    keyring = Stubborn()
    vault = KeyringVault(find=lambda: keyring, name_place=lambda _: "Shelf", budget=5)
    world.desk = Desk(JsonSettings(world.file), vault, PbxClient(Http(), "0.0"))
    two_accounts(world)


def test_a_former_token_that_stays_behind_is_told(world: World, qtbot: QtBot) -> None:
    with_stubborn_keyring(world)
    dialog = world.settings(qtbot)
    assert dialog.accounts is not None
    dialog.accounts.list.setCurrentRow(0)
    fill(dialog, Domain="moved.example.com")
    dialog.accounts.save_button.click()
    qtbot.waitUntil(lambda: "still in this computer's keyring" in said(dialog), timeout=10_000)
    assert "Saved." in said(dialog)
    assert world.desk.settings.accounts[0].domain == "moved.example.com"


def test_another_server_wants_its_token(world: World, qtbot: QtBot) -> None:
    two_accounts(world)
    dialog = world.settings(qtbot)
    assert dialog.accounts is not None
    dialog.accounts.list.setCurrentRow(0)
    fill(dialog, Server="https://else.example.com/basix/api")
    for button in (dialog.accounts.test_button, dialog.accounts.save_button):
        button.click()
        qtbot.waitUntil(lambda: "former server" in beside(dialog, "Token"), timeout=10_000)
        fill(dialog, Domain="tokyo.example.com")
        assert beside(dialog, "Token") == ""
    assert world.desk.settings.accounts[0].server == world.pbx.server


def test_an_account_whose_token_would_remain_says_so_and_stays(world: World, qtbot: QtBot) -> None:
    with_stubborn_keyring(world)
    dialog = world.settings(qtbot)
    assert dialog.accounts is not None
    dialog.accounts.list.setCurrentRow(0)
    dialog.accounts.remove_button.click()
    dialog.accounts.question.remove_button.click()
    qtbot.waitUntil(lambda: "Not removed, since its token would remain" in said(dialog), timeout=10_000)
    assert len(world.desk.settings.accounts) == 2


def test_closing_with_unsaved_changes_says_so_once(world: World, qtbot: QtBot) -> None:
    two_accounts(world)
    dialog = world.settings(qtbot)
    fill(dialog, Domain="changed.example.com")
    dialog.close()
    assert dialog.isVisible()
    assert "not saved" in said(dialog)
    dialog.close()
    assert not dialog.isVisible()


def test_every_field_has_a_name_for_screen_readers(world: World, qtbot: QtBot) -> None:
    two_accounts(world)
    dialog = world.settings(qtbot)
    for widget in dialog.findChildren(QWidget):
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisible() and widget.objectName():
            text = widget.accessibleName() or getattr(widget, "text", str)()
            assert text or widget.objectName().startswith("qt_"), widget.objectName()
