"""The bar on top: which account is active, whether this is the demo, and the window's few switches."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from basix_desktop.ui.icons import icon
from basix_desktop.ui.theme import GAP, GRID, MARGIN, Theme, look
from basix_desktop.ui.widgets.enter import is_enter
from basix_desktop.ui.widgets.text import without_key

if TYPE_CHECKING:
    from basix_desktop.domain.accounts import Account, Settings
    from basix_desktop.ui.live.feed_chip import FeedChip

translate = QCoreApplication.translate
_LONGEST = 40
_SWITCH, _CHEVRON = 18, 12  # sizes of icons
_ROOM_FOR_ALL = 380
_ACCOUNT_AT_LEAST = 16 * GRID  # where the feed's words and button need the room


class Accounts(Protocol):
    """What the bar shows: ``services.desk.Desk``, or before that is there what was read from the file."""

    @property
    def account(self) -> Account | None: ...
    @property
    def settings(self) -> Settings: ...


class _BarButton(QToolButton):
    """Enter presses it as Space does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not is_enter(event):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat() and self.menu() is not None:
            self.showMenu()
        elif not event.isAutoRepeat():
            self.click()


class TopBar(QWidget):
    """``actions`` are the switches at the right end, each with an icon's name."""

    account_chosen = Signal(str)
    demo_wanted = Signal()
    demo_left = Signal()
    accounts_wanted = Signal()

    def __init__(
        self, accounts: Accounts, theme: Theme, actions: list[tuple[QAction, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._accounts = accounts
        self._theme = theme
        self._actions = actions
        self._buttons: list[QToolButton] = []
        self._chip: FeedChip | None = None
        look(self, "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.account_button = _BarButton()
        self.account_button.setObjectName("accountButton")
        self.account_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.account_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.account_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.account_button.setMinimumWidth(_ACCOUNT_AT_LEAST)
        look(self.account_button, "account")
        self.menu = QMenu(translate("TopBar", "A&ccount"), self)  # the account's; it may stand in a menu bar too
        self.menu.aboutToShow.connect(self._fill_menu)
        self.account_button.setMenu(self.menu)
        self._demo = QLabel(translate("TopBar", "Demo: no real calls are placed"))
        self._demo.setObjectName("demoLabel")
        self._demo.setTextFormat(Qt.TextFormat.PlainText)
        look(self._demo, "badge")
        self._lay_out()
        theme.changed.connect(self._draw)
        for action, _ in actions:
            action.toggled.connect(lambda _: self._draw())
        self._draw()
        self.refresh()

    def show_accounts(self, accounts: Accounts) -> None:
        """Take them from here from now on."""
        self._accounts = accounts
        self.refresh()

    def put_feed(self, chip: FeedChip) -> None:
        """How the live feed is, beside the account. It may come after the bar has been shown."""
        row = self.layout()
        assert isinstance(row, QHBoxLayout)
        row.insertWidget(1, chip)
        chip.stackUnder(self._demo)  # as it is seen: a screen reader's tree has the order of stacking
        for before, after in pairwise([self.account_button, *chip.tab_stops()]):
            self.setTabOrder(before, after)
        self._chip = chip
        chip.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The live feed's words have become longer or shorter."""
        if event.type() == QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self._show_badge)
        return super().eventFilter(watched, event)

    def last_stop(self) -> QWidget:
        """Where the keyboard leaves the bar downwards."""
        return self._buttons[-1]

    def refresh(self) -> None:
        """Show the active account."""
        account = self._accounts.account
        name = account.name if account else translate("TopBar", "No account")
        if account is not None and account.demo:
            name = translate("TopBar", "Demo PBX")
        shown = name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
        self.account_button.setText(shown.replace("&", "&&"))
        self.account_button.setAccessibleName(translate("TopBar", "Account: {name}").format(name=name))
        self._show_badge()

    def _show_badge(self) -> None:
        """Whole or not at all: the account's name says too that it is the demo. The feed's words give way to names and
        buttons."""
        account, row = self._accounts.account, self.layout()
        self._demo.hide()
        if row is None:
            return
        room = self.width() - row.sizeHint().width()
        if self._chip is not None:
            self._chip.give_way(-room)
        if account is not None and account.demo:
            self._demo.setVisible(self._demo.sizeHint().width() + row.spacing() <= room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_badge()
        self._buttons[0].setVisible(self.width() >= _ROOM_FOR_ALL)  # the number field has that switch too

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN - GAP, GRID, MARGIN - GAP, GRID)
        layout.setSpacing(GAP)
        layout.addWidget(self.account_button)
        layout.addWidget(self._demo)
        self._demo.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        layout.addStretch()
        for action, _ in self._actions:
            button = _BarButton()
            button.setDefaultAction(action)
            button.setObjectName(f"{action.objectName()}Button")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setIconSize(QSize(_SWITCH, _SWITCH))
            button.setAccessibleName(without_key(action.text()).rstrip("…"))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            look(button, "flat")
            layout.addWidget(button)
            self._buttons.append(button)

    def _draw(self) -> None:
        tokens = self._theme.tokens
        self.account_button.setIcon(icon("chevron-down", tokens.muted, _CHEVRON))
        self.account_button.setIconSize(QSize(_CHEVRON, _CHEVRON))
        for action, name in self._actions:
            action.setIcon(icon(name, tokens.accent if action.isChecked() else tokens.muted, _SWITCH))

    def _fill_menu(self) -> None:
        self.menu.clear()
        active = self._accounts.account
        if active is not None and active.demo:
            self._add(translate("TopBar", "Leave the demo"), self.demo_left.emit)
            return
        for account in self._accounts.settings.accounts:
            action = self._add(account.name.replace("&", "&&"), self._chooser(account.name))
            action.setCheckable(True)
            action.setChecked(active is not None and account.name == active.name)
        self.menu.addSeparator()
        self._add(translate("TopBar", "Accounts…"), self.accounts_wanted.emit)
        self._add(translate("TopBar", "Try the demo PBX"), self.demo_wanted.emit)

    def _chooser(self, name: str) -> Callable[[], None]:
        return lambda: self.account_chosen.emit(name)

    def _add(self, text: str, slot: Callable[[], None]) -> QAction:
        action = self.menu.addAction(text)
        action.triggered.connect(lambda _checked=False: slot())
        return action
