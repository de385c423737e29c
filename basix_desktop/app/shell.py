"""The first picture: the window with its dial column, made of as little as possible.

A person who has started the program wants to type a number. What calls, records and shows the log takes several times
as long to import as this does, so it is imported afterwards and takes the window over (``app.session``). Until then the
column takes keys, and an Enter is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt

from basix_desktop.services.boot_clock import boot_ms
from basix_desktop.ui.dial.options_section import Options
from basix_desktop.ui.dial.view import DialView
from basix_desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from basix_desktop.app.settings import WindowState
    from basix_desktop.ui.dial.early import EarlyPress
    from basix_desktop.ui.theme import Theme
    from basix_desktop.ui.top_bar import Accounts


translate = QCoreApplication.translate


def unable() -> tuple[str, str]:
    """Title and text for a program of which a part is missing. Needs none of its parts."""
    return (
        translate("Shell", "Basix Desktop cannot go on"),
        translate(
            "Shell",
            "A part of the program could not be loaded. Nothing has been called. Start it again, or install it again.",
        ),
    )


class Shell(QObject):
    """Main thread. For an account that is connected; the first start and the demo need the whole program at once."""

    def __init__(self, accounts: Accounts, theme: Theme, state: WindowState, parent: QObject) -> None:
        super().__init__(parent)
        self.window = MainWindow(accounts, theme, demo=False)
        self.dial = DialView(theme)
        self._account = accounts.account
        self._early: EarlyPress | None = None
        self.dial.call_pressed.connect(self._pressed)
        self.dial.escape_pressed.connect(self._escaped)
        self.dial.changed.connect(self._changed)
        if self._account is not None:
            self.dial.options.expect(Options.of(self._account))
        self.dial.bar.call_button.setEnabled(False)  # as it will be: there is no number
        self.window.show_dial(self.dial)
        known = state.load()
        self.window.restore(known)
        self.dial.restore(known)

    def show(self, *, minimized: bool) -> None:
        if minimized:
            self.window.showMinimized()
        else:
            self.window.show()
        self.dial.number.edit.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    def hand_over(self) -> EarlyPress | None:
        """The window and the column are somebody else's from now on. Returns the Enter that was pressed meanwhile, if
        nothing has taken it back."""
        self.dial.call_pressed.disconnect(self._pressed)
        self.dial.escape_pressed.disconnect(self._escaped)
        self.dial.changed.disconnect(self._changed)
        self.deleteLater()
        return self._early

    def tell_unable(self) -> None:
        """The rest of the program cannot be had: say so, and let the person quit. Nothing can be called any more."""
        from basix_desktop.ui.widgets.buttons import PressButton
        from basix_desktop.ui.widgets.panel import Panel

        panel = Panel("unableNotice", "panel-danger")
        quit_button = PressButton("unableQuitButton")
        quit_button.set_words(translate("Shell", "Quit"))
        quit_button.clicked.connect(self.window.close)
        panel.buttons.addWidget(quit_button)
        panel.buttons.addStretch()
        panel.say(*unable())
        self.dial.setEnabled(False)
        self.window.put_above(panel)
        quit_button.setAccessibleDescription(panel.accessibleName())  # read out with the focus
        quit_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pressed(self) -> None:
        from basix_desktop.ui.dial.early import EarlyPress

        self._early = EarlyPress(self.dial.draft(), self._account, boot_ms())

    def _escaped(self) -> None:
        if self._early is not None:
            from basix_desktop.ui.dial.early import taken_back

            self._take_back(taken_back())

    def _changed(self) -> None:
        self.dial.bar.call_button.setEnabled(bool(self.dial.number.edit.text().strip()))
        if self._early is not None:
            self._take_back(self._early.void(self.dial.draft(), self._account, boot_ms()))

    def _take_back(self, why: str) -> None:
        if why:
            self._early = None
            self.window.say(why)
            self.window.announce(why)
