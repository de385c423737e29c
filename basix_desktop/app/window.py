"""The program with its window: one QApplication, one session at a time.

What the first picture does not need is imported after it, on a thread of its own: importing takes several times as long
as showing the window (``app.shell``).
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from basix_desktop import __version__
from basix_desktop.app import collector, crash, turns
from basix_desktop.app.paths import Paths, policy_path
from basix_desktop.app.settings import JsonSettings, WindowState
from basix_desktop.app.shell import Shell, unable
from basix_desktop.ui import i18n
from basix_desktop.ui.icons import app_icon
from basix_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from basix_desktop.app.cli_parser import WindowOptions
    from basix_desktop.app.logs import FileLog
    from basix_desktop.app.session import Session
    from basix_desktop.app.signals import EndSignals

log = logging.getLogger(__name__)

_NO_SCREEN = {
    "en": "There is no screen to open the window on. The command line works without one: basix-desktop --help",
    "ja": "ウィンドウを開く画面がありません。画面がなくても使えるコマンドがあります：basix-desktop --help",
}


class StoredAccounts:
    """What the settings file says, for the first picture."""

    def __init__(self, store: JsonSettings) -> None:
        self.settings = store.load()
        self.account = self.settings.account


class Program(QObject):
    """Holds the session; another one takes its place when the user enters or leaves the demo."""

    _imported = Signal()

    def __init__(
        self,
        app: QApplication,
        paths: Paths,
        options: WindowOptions,
        *,
        usable: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self._app = app
        self._paths = paths
        self._options = options
        self._usable = usable
        self._log: FileLog | None = None
        self._signals: EndSignals | None = None
        self.session: Session | None = None
        self._shell: Shell | None = None
        self._importing = self._closing = False
        self._status = 0
        self.theme = Theme(app)
        store = JsonSettings(paths.settings, policy_path())
        accounts = StoredAccounts(store)
        self._problems = store.problems  # what was wrong with a file is found once: a damaged one has been moved aside
        self.language = i18n.choose_language(options.language or accounts.settings.preferences.language)
        self._translators = i18n.install(app, self.language)
        if accounts.account is None or options.demo:
            self._open(demo=options.demo)
            app.setWindowIcon(app_icon())
        else:
            self._shell = Shell(accounts, self.theme, WindowState(paths.state), self)
            self._shell.window.painted.connect(self._painted)
            self._shell.window.closing.connect(self._closed_early)

    def show(self) -> None:
        if self._shell is not None:
            self._shell.show(minimized=self._options.minimized)
            if self._options.minimized:
                self._painted()
        elif self.session is not None:
            self.session.show(minimized=self._options.minimized)

    def quit(self) -> None:
        """End the session, then the event loop. Any number of times."""
        if self.session is not None:
            self.session.end()
        elif self._status:
            self._app.exit(self._status)

    def unexpected(self) -> None:
        """Any thread: say that something went wrong; the log has it."""
        if self.session is not None:
            self.session.bridge.post(self._say_unexpected)

    def close(self) -> None:
        """After the event loop."""
        i18n.remove(self._app, self._translators)
        if self._signals is not None:
            self._signals.close()
        if self._log is not None:
            self._log.stop()

    def _painted(self) -> None:
        """The first picture is there: now everything else, after the keys that have been waiting for it."""
        if self._importing:
            return
        self._importing = True
        collector.resume()
        if self._usable is not None:
            self._usable()
        self._imported.connect(self._take_over)
        QTimer.singleShot(0, self, self._begin_importing)

    def _begin_importing(self) -> None:
        self._app.setWindowIcon(app_icon())  # no part of the window's own picture
        threading.Thread(target=self._import, name="imports", daemon=True).start()

    def _import(self) -> None:
        try:
            import basix_desktop.app.session  # noqa: F401
        except BaseException as error:  # met again, and told, in the main thread
            log.error("the program could not be imported: %s", type(error).__name__)
        finally:
            self._imported.emit()

    def _take_over(self) -> None:
        shell, self._shell = self._shell, None
        if self._closing or shell is None:
            self._app.exit(0)
            return
        shell.window.closing.disconnect(self._closed_early)
        try:
            self._open(demo=False, shell=shell)
        except BaseException:
            self._unable(shell)
            raise

    def _unable(self, shell: Shell) -> None:
        """Something of the program is missing or broken: the window says so and stays until it is closed."""
        self._status = 1
        self.session = None
        shell.window.closing.connect(self.quit)
        shell.tell_unable()
        with suppress(Exception):  # for the log, if that much is there
            self._started_log()

    def _closed_early(self) -> None:
        """Before there was a session: nothing has been opened. What is being imported is let come to its end."""
        self._closing = True
        if not self._importing:
            self._app.exit(0)

    def _open(self, *, demo: bool, shell: Shell | None = None) -> Session:
        from basix_desktop.app.session import Session

        session = Session(
            self._paths,
            self.theme,
            self.language,
            demo=demo,
            on_secret=self._started_log().redactor.hide,
            shell=shell,
            problems=self._problems,
            parent=self,
        )
        self._problems = ()
        session.switch.connect(self._switch)
        session.ended.connect(self._ended)
        if self._usable is not None and shell is None:
            session.usable.connect(self._usable)
        self.session = session
        collector.resume()
        QTimer.singleShot(collector.SETTLED, self, collector.set_aside)
        return session

    def _started_log(self) -> FileLog:
        if self._log is None:
            from basix_desktop.app import logs, signals

            self._log = logs.start(self._paths.logs)
            self._signals = signals.EndSignals(self.quit, self)
        return self._log

    def _switch(self, demo: bool) -> None:
        """The next session shows itself before the one that is left ends, so that no screen is ever empty."""
        left = self.session
        if left is None:
            return
        left.ended.disconnect(self._ended)
        left.ended.connect(left.deleteLater)
        session = self._open(demo=demo)
        session.window.setGeometry(left.window.geometry())
        session.show()
        left.end()

    def _ended(self) -> None:
        self._app.exit(0)

    def _say_unexpected(self) -> None:
        from basix_desktop.ui.explain import explain_unexpected

        if self.session is not None:
            self.session.say(explain_unexpected(self.language).sentence())


def run_window(options: WindowOptions, usable: Callable[[], None] | None = None) -> int:
    """Open the window and stay until it is closed; the exit status. ``usable`` is called once the first picture is on
    the screen and the number field takes keys (for measuring)."""
    if not _has_screen():
        from basix_desktop.app.cli_words import choose_language

        sys.stderr.write(f"{_NO_SCREEN[choose_language(options.language, '')]}\n")
        return 1
    turns.shorten()
    paths = Paths.choose(options.data_dir)
    try:
        paths.prepare()
    except OSError as error:  # a read-only disk: the log is shown, nothing can be called (reliability.md J6)
        sys.stderr.write(f"{paths.data_dir}: {error.strerror}\n")
    app = QApplication(sys.argv[:1])
    QCoreApplication.setApplicationName("Basix Desktop")
    QCoreApplication.setApplicationVersion(__version__)
    app.setDesktopFileName("basix-desktop")
    app.setQuitOnLastWindowClosed(False)
    try:
        program = Program(app, paths, options, usable=usable)
    except Exception:
        _tell_unable()
        raise
    hooks = crash.install(paths.logs, program.unexpected)
    program.show()
    try:
        return app.exec()
    finally:
        hooks.remove()
        program.close()


def _tell_unable() -> None:
    """Where there is no window yet to say it in."""
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(QMessageBox.Icon.Critical, *unable())
    box.setObjectName("unableBox")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.exec()


def _has_screen() -> bool:
    """Without one, Qt ends the process instead of raising."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
