"""The program with its window: one QApplication, one session at a time."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QApplication

from basix_desktop import __version__
from basix_desktop.app import crash, logs
from basix_desktop.app.cli_parser import WindowOptions
from basix_desktop.app.cli_words import choose_language
from basix_desktop.app.paths import Paths, policy_path
from basix_desktop.app.session import Session
from basix_desktop.app.settings import JsonSettings
from basix_desktop.app.signals import EndSignals
from basix_desktop.ui import i18n
from basix_desktop.ui.explain import explain_unexpected
from basix_desktop.ui.icons import app_icon
from basix_desktop.ui.theme import Theme

log = logging.getLogger(__name__)

_NO_SCREEN = {
    "en": "There is no screen to open the window on. The command line works without one: basix-desktop --help",
    "ja": "ウィンドウを開く画面がありません。画面がなくても使えるコマンドがあります：basix-desktop --help",
}


class Program(QObject):
    """Holds the session; another one takes its place when the user enters or leaves the demo."""

    def __init__(
        self,
        app: QApplication,
        paths: Paths,
        options: WindowOptions,
        *,
        on_secret: Callable[[str], None] = lambda _: None,
        usable: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self._app = app
        self._paths = paths
        self._options = options
        self._on_secret = on_secret
        self._usable = usable
        self.theme = Theme(app)
        self.language = _language(paths, options)
        self._translators = i18n.install(app, self.language)
        self._quitting = False
        self.session = self._open(demo=options.demo)

    def show(self) -> None:
        self.session.show(minimized=self._options.minimized)

    def quit(self) -> None:
        """End the session, then the event loop. Any number of times."""
        self._quitting = True
        self.session.end()

    def unexpected(self) -> None:
        """Any thread: say that something went wrong; the log has it."""
        self.session.bridge.post(self._say_unexpected)

    def close(self) -> None:
        """After the event loop."""
        i18n.remove(self._app, self._translators)

    def _open(self, *, demo: bool) -> Session:
        session = Session(self._paths, self.theme, self.language, demo=demo, on_secret=self._on_secret, parent=self)
        session.switch.connect(self._switch)
        session.ended.connect(self._ended)
        if self._usable is not None:
            session.usable.connect(self._usable)
        return session

    def _switch(self, demo: bool) -> None:
        """The next session shows itself before the one that is left ends, so that no screen is ever empty."""
        left = self.session
        left.ended.disconnect(self._ended)
        left.ended.connect(left.deleteLater)
        self.session = self._open(demo=demo)
        self.session.window.setGeometry(left.window.geometry())
        self.session.show()
        left.end()

    def _ended(self) -> None:
        self._app.exit(0)

    def _say_unexpected(self) -> None:
        self.session.say(explain_unexpected(self.language).sentence())


def run_window(options: WindowOptions, usable: Callable[[], None] | None = None) -> int:
    """Open the window and stay until it is closed; the exit status. ``usable`` is called once the first picture is on
    the screen and the number field takes keys (for measuring)."""
    if not _has_screen():
        sys.stderr.write(f"{_NO_SCREEN[choose_language(options.language, '')]}\n")
        return 1
    paths = Paths.choose(options.data_dir)
    try:
        paths.prepare()
    except OSError as error:  # a read-only disk: the log is shown, nothing can be called (reliability.md J6)
        sys.stderr.write(f"{paths.data_dir}: {error.strerror}\n")
    app = QApplication(sys.argv[:1])
    QCoreApplication.setApplicationName("Basix Desktop")
    QCoreApplication.setApplicationVersion(__version__)
    app.setDesktopFileName("basix-desktop")
    app.setWindowIcon(app_icon())
    app.setQuitOnLastWindowClosed(False)
    file_log = logs.start(paths.logs)
    program = Program(app, paths, options, on_secret=file_log.redactor.hide, usable=usable)
    hooks = crash.install(paths.logs, program.unexpected)
    signals = EndSignals(program.quit, program)
    program.show()
    try:
        return app.exec()
    finally:
        signals.close()
        program.close()
        hooks.remove()
        file_log.stop()


def _has_screen() -> bool:
    """Without one, Qt ends the process instead of raising."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _language(paths: Paths, options: WindowOptions) -> str:
    return i18n.choose_language(
        options.language or JsonSettings(paths.settings, policy_path()).load().preferences.language
    )
