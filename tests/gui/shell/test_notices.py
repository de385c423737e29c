"""Damaged files of the program's own: the window says so, and what is chosen there is done to real files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from basix_desktop.app.paths import Paths
from basix_desktop.app.session import Session
from basix_desktop.app.settings import JsonSettings
from basix_desktop.domain.accounts import Account, Settings
from basix_desktop.domain.concerns import ConcernKind
from basix_desktop.domain.errors import ConfirmationRequired, StoreError
from basix_desktop.services.ports import LogFilter, RepeatRules
from basix_desktop.store import backups
from basix_desktop.store.database import StoreDamaged, alone, open_database
from basix_desktop.store.loss import noted
from basix_desktop.ui.theme import Theme
from tests.helpers.make_calls import make_calls
from tests.unit.store.kit import OFFLINE, intent

pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints", "This plugin does not support"),
    pytest.mark.logs_expected("the log is damaged", "could not be opened", "live feed", "refused"),
]
ACCOUNT = Account("Office", "example.com", "http://127.0.0.1:9/basix/api")
Open = Callable[[], Session]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    made = Paths(tmp_path / "data")
    made.prepare()
    store = JsonSettings(made.settings)
    store.load()
    store.save(Settings((ACCOUNT,), ACCOUNT.name))
    return made


@pytest.fixture
def open_session(paths: Paths, qapp: QApplication, qtbot: QtBot) -> Iterator[Open]:
    opened: list[Session] = []
    parent = QObject()

    def run() -> Session:
        store = JsonSettings(paths.settings)
        store.load()
        session = Session(paths, Theme(qapp), "en", demo=False, problems=store.problems, parent=parent)
        opened.append(session)
        session.show()
        return session

    yield run
    for session in opened:
        with qtbot.waitSignal(session.ended, timeout=15_000):
            session.end()
        session.deleteLater()
    QCoreApplication.sendPostedEvents()


def with_copy(paths: Paths, calls: int = 5) -> None:
    make_calls(paths.database, calls)
    with closing(open_database(paths.database)) as database:
        backups.make(database, paths.database, 1)


def notice(session: Session, name: str) -> str:
    panel = session.window.findChild(QWidget, name)
    return panel.accessibleName() if panel is not None and panel.isVisible() else ""


def click(session: Session, name: str) -> None:
    button = session.window.findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    button.click()


def calls(session: Session) -> int:
    stores = session.core.stores
    return stores.reader.submit(lambda: stores.history.counts()[LogFilter.ALL]).result(10)


def test_a_damaged_log_is_told_and_its_copy_is_offered(open_session: Open, paths: Paths, qtbot: QtBot) -> None:
    with_copy(paths)
    paths.database.write_bytes(b"rubbish" * 1000)
    session = open_session()
    qtbot.waitUntil(lambda: bool(notice(session, "logDamagedNotice")), timeout=10_000)
    (kept,) = paths.data_dir.glob("calls.sqlite3.damaged-*")
    told = notice(session, "logDamagedNotice")
    assert kept.name in told
    assert "number of calls: 5" in told
    assert calls(session) == 0
    click(session, "useCopyButton")
    qtbot.waitUntil(lambda: "was replaced" in notice(session, "logDamagedNotice"), timeout=10_000)
    assert calls(session) == 5
    assert kept.read_bytes() == b"rubbish" * 1000
    click(session, "logDamagedNoticeClose")
    assert notice(session, "logDamagedNotice") == ""


def test_the_log_itself_shows_what_came_back(open_session: Open, paths: Paths, qtbot: QtBot) -> None:
    with_copy(paths)
    paths.database.write_bytes(b"")
    session = open_session()
    qtbot.waitUntil(lambda: bool(notice(session, "logDamagedNotice")), timeout=10_000)
    view = session.window.findChild(QWidget, "callLogView")
    assert view is not None
    model = view.model()  # type: ignore[attr-defined]
    click(session, "useCopyButton")
    qtbot.waitUntil(lambda: model.rowCount() >= 5, timeout=10_000)


def test_without_a_copy_there_is_nothing_to_choose(open_session: Open, paths: Paths, qtbot: QtBot) -> None:
    make_calls(paths.database, 3)
    paths.database.write_bytes(b"rubbish" * 1000)
    session = open_session()
    qtbot.waitUntil(lambda: bool(notice(session, "logDamagedNotice")), timeout=10_000)
    assert session.window.findChild(QPushButton, "useCopyButton") is None
    click(session, "logDamagedNoticeClose")
    assert calls(session) == 0


def test_damage_found_later_can_be_kept_aside(open_session: Open, paths: Paths, qtbot: QtBot) -> None:
    make_calls(paths.database, 300)
    content = bytearray(paths.database.read_bytes())
    content[40 * 4096 : 60 * 4096] = b"\xa5" * (20 * 4096)
    paths.database.write_bytes(content)
    session = open_session()
    qtbot.waitUntil(lambda: session.live is not None, timeout=10_000)
    session._log_care.examine()
    qtbot.waitUntil(lambda: "is damaged" in notice(session, "logDamagedNotice"), timeout=10_000)
    click(session, "beginLogButton")
    qtbot.waitUntil(lambda: "was replaced" in notice(session, "logDamagedNotice"), timeout=10_000)
    (kept,) = paths.data_dir.glob("calls.sqlite3.damaged-*")
    assert kept.read_bytes()[40 * 4096 : 60 * 4096] == b"\xa5" * (20 * 4096)
    assert calls(session) == 0


def test_a_sound_log_is_told_of_by_nobody(open_session: Open, paths: Paths, qtbot: QtBot) -> None:
    make_calls(paths.database, 3)
    session = open_session()
    qtbot.waitUntil(lambda: session.live is not None, timeout=10_000)
    done: list[object] = []
    care = session._log_care
    session.tasks.slow(care._examined, done.append)
    qtbot.waitUntil(lambda: done == [None], timeout=10_000)
    assert notice(session, "logDamagedNotice") == ""


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{not json", ("settingsDamagedNotice", "settings.damaged-")),
        (
            '{"preferences": {"calls_per_hour": "many"}}',
            ("settingsIgnoredNotice", "Ask above calls an hour: it is not of"),
        ),
        ('{"preferences": {"calls_per_minute": 0}}', ("settingsIgnoredNotice", "a minute: it must be from 1 to 10000")),
        ('{"accounts": [{"name": "X", "domain": "a:b"}]}', ("settingsIgnoredNotice", "accounts[0]")),
    ],
)
def test_what_is_wrong_with_the_settings_is_told(
    open_session: Open, paths: Paths, qtbot: QtBot, content: str, told: tuple[str, str]
) -> None:
    name, words = told
    paths.settings.write_text(content, encoding="utf-8")
    session = open_session()
    qtbot.waitUntil(lambda: words in notice(session, name), timeout=10_000)
    click(session, f"{name}Close")
    assert notice(session, name) == ""


def test_many_values_are_counted(open_session: Open, paths: Paths) -> None:
    accounts = ",".join('{"name": ""}' for _ in range(9))
    paths.settings.write_text(f'{{"accounts": [{accounts}]}}', encoding="utf-8")
    assert "… and 5 more" in notice(open_session(), "settingsIgnoredNotice")


def test_a_loss_that_another_program_met_is_told_until_it_has_been_read(
    open_session: Open, paths: Paths, qtbot: QtBot
) -> None:
    make_calls(paths.database, 3)
    paths.database.write_bytes(b"rubbish" * 1000)
    with pytest.raises(StoreDamaged):
        open_database(paths.database)  # the command line
    open_database(paths.database).close()
    for _ in "12":
        session = open_session()
        qtbot.waitUntil(lambda session=session: bool(notice(session, "logDamagedNotice")), timeout=10_000)  # type: ignore[misc]
        assert ".damaged-" in notice(session, "logDamagedNotice")
    click(session, "logDamagedNoticeClose")
    session.core.stores.db.submit(lambda: None).result(10)
    assert noted(paths.database) is None
    after = open_session()
    qtbot.waitUntil(lambda: after.live is not None, timeout=10_000)
    assert notice(after, "logDamagedNotice") == ""


def test_a_file_that_is_gone_is_told_too(open_session: Open, paths: Paths, qtbot: QtBot) -> None:
    make_calls(paths.database, 3)
    for file in paths.data_dir.glob("calls.sqlite3*"):
        if not file.name.endswith(".exists"):
            file.unlink()
    session = open_session()
    qtbot.waitUntil(lambda: "Its file is gone" in notice(session, "logDamagedNotice"), timeout=10_000)


@pytest.mark.logs_expected("the log is damaged", "earlier calls are not followed again")
def test_damage_met_after_the_start_is_told_and_asked_about(
    open_session: Open, paths: Paths, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the start another program kept the log busy."""
    make_calls(paths.database, 3)
    paths.database.write_bytes(b"rubbish" * 1000)
    monkeypatch.setattr("basix_desktop.store.database.BUSY_TIMEOUT", 0.05)
    with alone(paths.database):
        session = open_session()
        stores = session.core.stores
        qtbot.waitUntil(lambda: session.live is not None, timeout=10_000)
        stores.db.submit(lambda: None).result(10)
        assert stores._opened is not None
        assert isinstance(stores._opened.exception(10), StoreError)
    press = stores.db.submit(lambda: stores.journal.begin(intent(), (), RepeatRules()))
    assert isinstance(press.exception(10), StoreError | ConfirmationRequired)  # another use may have met it first
    qtbot.waitUntil(lambda: ".damaged-" in notice(session, "logDamagedNotice"), timeout=10_000)
    again = stores.db.submit(lambda: stores.journal.begin(intent(), (), RepeatRules()))
    asked = again.exception(10)
    assert isinstance(asked, ConfirmationRequired)
    assert [concern.kind for concern in asked.concerns] == [ConcernKind.LOG_LOST]
    click(session, "logDamagedNoticeClose")
    placed = stores.db.submit(lambda: stores.journal.begin(intent(), (), RepeatRules())).result(10)
    stores.db.submit(lambda: stores.journal.not_sent(placed.id, OFFLINE)).result(10)
