"""Settings: accounts, and what holds for the whole program. One window, no nested dialogs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QDialog, QTabWidget, QVBoxLayout, QWidget

from basix_desktop.services.desk import Desk
from basix_desktop.ui.settings.accounts_page import AccountsPage
from basix_desktop.ui.settings.preferences_page import PreferencesPage
from basix_desktop.ui.tasks import Tasks
from basix_desktop.ui.theme import GRID, MARGIN, Theme
from basix_desktop.ui.widgets.dialogs import close_row

translate = QCoreApplication.translate


class SettingsDialog(QDialog):
    """Not modal: a call can be placed while it is open. Accounts are saved by their own button, preferences at once.
    ``announced``: words for screen readers, of what is shown here."""

    announced = Signal(str)

    def __init__(
        self, *, desk: Desk, tasks: Tasks, theme: Theme, language: Callable[[], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("settingsDialog")
        self.setWindowTitle(translate("SettingsDialog", "Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        demo = desk.account is not None and desk.account.demo
        self.accounts = None if demo else AccountsPage(desk=desk, tasks=tasks, theme=theme, language=language)
        self.preferences = PreferencesPage(desk=desk, tasks=tasks, language=language)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(translate("SettingsDialog", "Settings"))
        if self.accounts is not None:  # the demo's account is what it is
            self.accounts.announced.connect(self.announced)
            self.tabs.addTab(self.accounts, translate("SettingsDialog", "Accounts"))
        self.tabs.addTab(self.preferences, translate("SettingsDialog", "Calls and language"))
        self.preferences.announced.connect(self.announced)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, 3 * GRID, MARGIN, MARGIN)
        layout.setSpacing(3 * GRID)
        layout.addWidget(self.tabs)
        layout.addWidget(close_row(self))
        self.resize(760, 600)

    def reject(self) -> None:
        """Close, by whatever way (Qt's close event comes here too). What is in the account's fields and not saved is
        asked about in place; a second time leaves it."""
        if self.accounts is not None and self.accounts.warn_unsaved():
            self.tabs.setCurrentWidget(self.accounts)
            return
        super().reject()
