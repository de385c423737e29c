"""The shell: menus, bar, dial column beside the calls, status line. What happens inside is the columns' business."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from basix_desktop.ui.status_foot import StatusFoot
from basix_desktop.ui.theme import Theme, look
from basix_desktop.ui.top_bar import Accounts, TopBar
from basix_desktop.ui.widgets.first_paint import FirstPaint
from basix_desktop.ui.widgets.held_keys import HeldKeys

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QResizeEvent

translate = QCoreApplication.translate
_COMPACT_WIDTH = 360
_FRAME = QSize(8, 40)  # of the widest title bars and borders that desktops put around a window


class MainWindow(QMainWindow):
    """Shows either the first start (``show_welcome``) or dial column and calls (``show_dial``, ``show_calls``)."""

    closing = Signal()
    painted = Signal()  # once: the first time the window is on the screen
    settings_wanted = Signal()
    keys_wanted = Signal()
    demo_numbers_wanted = Signal()
    about_wanted = Signal()
    keypad_toggled = Signal(bool)
    log_wanted = Signal()
    search_wanted = Signal()
    check_wanted = Signal()
    people_wanted = Signal()
    number_wanted = Signal()  # what had the focus goes out of sight
    alone_changed = Signal(bool)  # the dial column, without what is beside it; both are shown while this is told

    def __init__(self, accounts: Accounts, theme: Theme, *, demo: bool) -> None:
        super().__init__()
        FirstPaint(self, self._first_painted)
        self.setObjectName("mainWindow")
        self.setWindowTitle(translate("MainWindow", "Basix Desktop"))
        self._demo = demo
        self._wide = self.size()
        self._dial_width = _COMPACT_WIDTH
        self._menus: dict[str, QMenu] = {}
        self._actions = self._make_actions()
        self._build_menus()
        switches = [
            (self._actions["keypad"], "keypad"),
            (self._actions["compact"], "compact"),
            (self._actions["on_top"], "pin"),
            (self._actions["settings"], "settings"),
        ]
        self.bar = TopBar(accounts, theme, switches)
        self._menus["file"].insertMenu(self._actions["settings"], self.bar.menu)
        self._pages = QStackedWidget()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.splitterMoved.connect(self._dial_widened)
        self._pages.addWidget(self._splitter)
        body = QWidget()
        layout = self._body = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self._pages, 1)
        self._foot = StatusFoot()
        self.status = self._foot.status
        self.say, self.unsay, self.announce = self._foot.say, self._foot.unsay, self._foot.announce
        layout.addWidget(self._foot)
        self.setCentralWidget(body)
        self.setMinimumSize(320, 420)
        self._fit(1180, 760)

    def show_welcome(self, welcome: QWidget) -> None:
        """The first start takes the whole window; nothing can be called yet."""
        self._pages.addWidget(welcome)
        self._pages.setCurrentWidget(welcome)
        self.bar.hide()
        self._foot.hide()
        self._enable_work(False)

    def show_dial(self, dial: QWidget) -> None:
        """Once an account is connected: the dial column, beside the place of the calls."""
        welcome = self._pages.currentWidget()
        self._splitter.addWidget(dial)
        place = QWidget()
        look(place, "page")
        self._splitter.addWidget(place)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        self._share_width(self.width())
        self._pages.setCurrentWidget(self._splitter)
        if welcome is not None and welcome is not self._splitter:
            welcome.deleteLater()
        self.bar.show()
        self._foot.show()
        self._enable_work(True)

    def show_calls(self, calls: QWidget) -> None:
        """In the place that :meth:`show_dial` left for them."""
        place = self._splitter.replaceWidget(1, calls)
        self._splitter.setStretchFactor(1, 1)  # it was the place's
        calls.setHidden(self.alone())
        if place is not None:
            place.deleteLater()

    def put_above(self, widget: QWidget) -> None:
        """Between the bar and everything else."""
        self._body.insertWidget(1, widget)

    def add_call_actions(self, actions: list[QAction]) -> None:
        """Into the menu of that name, after what is there."""
        self._menus["call"].addSeparator()
        self._menus["call"].addActions(actions)

    def alone(self) -> bool:
        """Whether there is room, or wish, for no more than the dial column."""
        return self._compact() or self._narrow()

    def action(self, name: str) -> QAction:
        return self._actions[name]

    def state(self) -> dict[str, Any]:
        """Size and switches, for the next start."""
        return {
            "width": self._wide.width() if self._compact() else self.width(),
            "height": self.height(),
            "maximized": self.isMaximized(),
            "compact": self._compact(),
            "on_top": self._actions["on_top"].isChecked(),
            "dial_width": self._dial_width,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Take up what :meth:`state` kept; whatever does not fit the screen or the form is left out."""
        width, height = state.get("width"), state.get("height")
        if type(width) is int and type(height) is int:
            self._fit(width, height)
        if state.get("maximized") is True:
            self.setWindowState(Qt.WindowState.WindowMaximized)
        dial = state.get("dial_width")
        if type(dial) is int and 320 <= dial <= 640 and self._splitter.count():
            self._dial_width = dial
            self._share_width(self.width())
        if state.get("on_top") is True:
            self._actions["on_top"].setChecked(True)
        if state.get("compact") is True and self._splitter.count():
            self._actions["compact"].setChecked(True)

    def _first_painted(self) -> None:
        HeldKeys(self)  # it wants a window that has been shown
        self.painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_beside()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closing.emit()

    def _make_actions(self) -> dict[str, QAction]:
        t = translate
        check = partial(self._beside, self.check_wanted)
        table: list[tuple[str, str, str, Callable[..., object], bool]] = [
            ("settings", t("MainWindow", "&Settings…"), "Ctrl+,", self.settings_wanted.emit, False),
            ("quit", t("MainWindow", "&Quit"), "Ctrl+Q", self.close, False),
            ("search", t("MainWindow", "&Search calls"), "Ctrl+F", partial(self._beside, self.search_wanted), False),
            ("log", t("MainWindow", "Go to the &log"), "F4", partial(self._beside, self.log_wanted), False),
            ("check", t("MainWindow", "&Check a call that may have been placed"), "F8", check, False),
            ("people", t("MainWindow", "Go to &people"), "F5", partial(self._beside, self.people_wanted), False),
            ("keypad", t("MainWindow", "&Keypad"), "F2", self.keypad_toggled.emit, True),
            ("compact", t("MainWindow", "&Compact"), "F11", self._set_compact, True),
            ("on_top", t("MainWindow", "Always on &top"), "Ctrl+T", self._set_on_top, True),
            ("keys", t("MainWindow", "&Keys"), "F1", self.keys_wanted.emit, False),
            ("demo_numbers", t("MainWindow", "&Numbers of the demo PBX"), "", self.demo_numbers_wanted.emit, False),
            ("about", t("MainWindow", "&About Basix Desktop"), "", self.about_wanted.emit, False),
        ]
        actions: dict[str, QAction] = {}
        for name, text, keys, slot, switch in table:
            action = QAction(text, self)
            action.setObjectName(name)
            if keys:
                action.setShortcut(keys)
            action.setCheckable(switch)
            if switch:
                action.toggled.connect(slot)
            else:
                action.triggered.connect(slot)
            actions[name] = action
        return actions

    def _build_menus(self) -> None:
        t = translate
        menus = [
            ("file", t("MainWindow", "&File"), "settings . quit"),
            ("edit", t("MainWindow", "&Edit"), "search"),
            ("view", t("MainWindow", "&View"), "log people . keypad compact on_top"),
            ("call", t("MainWindow", "&Call"), "check"),
            ("help", t("MainWindow", "&Help"), "keys demo_numbers . about" if self._demo else "keys . about"),
        ]
        for key, title, names in menus:
            menu = self._menus[key] = self.menuBar().addMenu(title)
            for name in names.split():
                if name != ".":
                    menu.addAction(self._actions[name])
                else:
                    menu.addSeparator()
        for action in self._actions.values():
            self.addAction(action)

    def _fit(self, width: int, height: int) -> None:
        """Take that size, or what the screen has room for, frame included: *Call* stands at the foot."""
        room = self.screen().availableSize() - _FRAME
        self.resize(min(max(width, 320), room.width()), min(max(height, 420), room.height()))

    def _share_width(self, width: int) -> None:
        self._splitter.setSizes([self._dial_width, max(1, width - self._dial_width)])

    def _dial_widened(self) -> None:
        """By hand: what the column has where it is alone is nobody's wish."""
        self._dial_width = self._splitter.sizes()[0]

    def _narrow(self) -> bool:
        return self.width() < 2 * _COMPACT_WIDTH

    def _beside(self, wanted: SignalInstance) -> None:
        """What is beside the dial column is shown first: the focus is never where nobody sees it."""
        self._actions["compact"].setChecked(False)
        if self._narrow():
            self.resize(2 * _COMPACT_WIDTH, self.height())
        wanted.emit()

    def _show_beside(self) -> None:
        """Calls and hint, where there is room for them."""
        alone = self.alone()
        self._foot.hint.setHidden(alone)
        calls = self._splitter.widget(1)
        if calls is not None and calls.isHidden() != alone:
            calls.show()
            self.alone_changed.emit(alone)
            if alone and calls.isAncestorOf(self.focusWidget() or self):
                self.number_wanted.emit()
            calls.setHidden(alone)
            if not alone:
                self._share_width(self._splitter.width())  # all of it was the column's

    def _enable_work(self, enabled: bool) -> None:
        for name in ("search", "log", "check", "people", "keypad", "compact", "settings"):
            self._actions[name].setEnabled(enabled)
        self.bar.menu.menuAction().setEnabled(enabled)

    def _compact(self) -> bool:
        return self._actions["compact"].isChecked()

    def _set_compact(self, compact: bool) -> None:
        """The dial column alone, and back to the size before."""
        if self._splitter.widget(1) is None:
            return
        if compact:
            self._wide = self.size()
        self._show_beside()
        self.resize(_COMPACT_WIDTH if compact else max(self._wide.width(), 2 * _COMPACT_WIDTH), self.height())

    def _set_on_top(self, on_top: bool) -> None:
        """A window that is on the screen stays there: made anew, as ``setWindowFlag`` does, it would lose the focus."""
        handle = self.windowHandle()
        if handle is None or not self.isVisible():
            self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, on_top)
            return
        handle.setFlag(Qt.WindowType.WindowStaysOnTopHint, on_top)
        self.overrideWindowFlags(handle.flags())
