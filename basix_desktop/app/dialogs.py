"""The windows beside the main one, and the few words about the program itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Signal

from basix_desktop.app.wiring import Core
from basix_desktop.ui.help_dialog import demo_numbers_dialog, keys_dialog
from basix_desktop.ui.main_window import MainWindow
from basix_desktop.ui.settings.settings_dialog import SettingsDialog
from basix_desktop.ui.tasks import Tasks
from basix_desktop.ui.theme import Theme


class Dialogs(QObject):
    """Main thread. Opens what the main window asks for. ``announced`` carries words for screen readers, ``said`` words
    for the status line too."""

    announced = Signal(str)
    said = Signal(str)

    def __init__(
        self,
        core: Core,
        tasks: Tasks,
        window: MainWindow,
        theme: Theme,
        *,
        language: Callable[[], str],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._core = core
        self._tasks = tasks
        self._window = window
        self._theme = theme
        self._language = language
        self._settings: SettingsDialog | None = None
        window.settings_wanted.connect(self.open_settings)
        window.bar.accounts_wanted.connect(self.open_settings)
        window.keys_wanted.connect(lambda: keys_dialog(window).show())
        window.demo_numbers_wanted.connect(self._show_demo_numbers)
        window.about_wanted.connect(self._show_about)

    def open_settings(self) -> None:
        """The settings window; a second time brings it to the front."""
        if self._settings is None:
            dialog = SettingsDialog(
                desk=self._core.desk,
                tasks=self._tasks,
                theme=self._theme,
                language=self._language,
                parent=self._window,
            )
            dialog.announced.connect(self.announced)
            dialog.destroyed.connect(self._forget_settings)
            self._settings = dialog
        self._settings.show()
        self._settings.raise_()
        self._settings.activateWindow()

    def close(self) -> None:
        """The main window is being closed."""
        if self._settings is not None:
            self._settings.deleteLater()

    def _forget_settings(self) -> None:
        self._settings = None

    def _show_demo_numbers(self) -> None:
        from basix_desktop.demo.stories import STORIES

        rows = [(story.digits, story.words(self._language())) for story in STORIES]
        demo_numbers_dialog(rows, self._window).show()

    def _show_about(self) -> None:
        from basix_desktop import __version__

        text = QCoreApplication.translate("Session", "Basix Desktop {version}. Data: {folder}")
        self.said.emit(text.format(version=__version__, folder=self._core.paths.data_dir))
