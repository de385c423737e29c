"""The calls pane put together: search, live calls, warning card, chips, log, details."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from basix_desktop.domain.calls import Attempt
from basix_desktop.ui.calls.chips import FilterChips
from basix_desktop.ui.calls.details_view import DetailsView
from basix_desktop.ui.calls.log_model import CallLogModel
from basix_desktop.ui.calls.log_view import CallLogView
from basix_desktop.ui.calls.notice_panel import NoticePanel
from basix_desktop.ui.calls.parts import plain_label
from basix_desktop.ui.calls.search_edit import SearchEdit
from basix_desktop.ui.calls.warning_card import WarningCard
from basix_desktop.ui.calls.wording import Wording
from basix_desktop.ui.theme import GAP, GRID, MARGIN, Theme, look
from basix_desktop.ui.widgets.message_page import MessagePage

if TYPE_CHECKING:
    from basix_desktop.ui.live.cards import LiveCards

_SEARCH_WIDTH = 230
_LEAST_LOG, _LEAST_DETAILS = 22 * GRID, 20 * GRID
_TECHNICAL_PART = 0.7
_DETAILS_PART = 0.42  # of the height under the chips


class CallsView(QWidget):
    """Widgets only: every decision is the presenter's."""

    menu_chosen = Signal(str, str)  # "again", "copy_number", "copy_uuid" or "delete"; the attempt's id
    language_changed = Signal()

    def __init__(self, theme: Theme, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("callsView")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        look(self, "page")
        self.model = CallLogModel(wording, self)
        self.log = CallLogView(self.model, lambda: theme.tokens, self)
        self.search = SearchEdit()
        self._live: LiveCards | None = None
        self._tabs: QWidget | None = None
        self.card = WarningCard()
        self.chips = FilterChips()
        self.details = DetailsView()
        self.message = MessagePage("callLogMessage")
        self.notice = NoticePanel()
        self._title = plain_label("callsTitle", "heading")
        self._error = plain_label("callLogError", "error")
        self._hint = plain_label("callLogHint", "muted")
        self._sized = False  # the user's own division of the height is kept
        self._sizes_before: list[int] = []  # while the technical details are open
        self._lay_out()
        theme.changed.connect(self.log.viewport().update)
        self.log.menu_wanted.connect(self._open_menu)
        self.details.technical_opened.connect(self._make_room)
        self.retranslate()

    def _lay_out(self) -> None:
        self._pages = QStackedWidget()
        self._pages.addWidget(self.log)
        self._pages.addWidget(self.message)
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        column.addLayout(_inset(self.notice, GAP))
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.setObjectName("callsSplitter")
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(GRID // 2)
        self._splitter.addWidget(upper)
        self._splitter.addWidget(self.details)
        self._splitter.setStretchFactor(0, 1)
        upper.setMinimumHeight(_LEAST_LOG)
        self.details.setMinimumHeight(_LEAST_DETAILS)
        self.details.hide()
        outer = self._column = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._bar())
        outer.addLayout(_inset(self.card, GAP))
        outer.addLayout(_inset(self.chips, GAP))
        outer.addLayout(_inset(self._error, 0))
        outer.addLayout(_inset(self._hint, 0))
        outer.addWidget(self._splitter, 1)
        self._error.hide()
        self._hint.hide()
        self._order_tabs()

    def put_live(self, cards: LiveCards) -> None:
        """The live calls' cards, above everything but the search, until they are put elsewhere. They may come after the
        pane has been shown."""
        if self._live is None:
            cards.added.connect(self._order_tabs)
        self._live = cards
        self._column.insertWidget(1, cards)
        cards.set_room_above(0)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """From top to bottom, and in the header from left to right."""
        live = self._live.tab_stops() if self._live is not None and self.isAncestorOf(self._live) else []
        tabs = self._tabs.findChildren(QPushButton) if self._tabs is not None else []
        order: list[QWidget] = [
            *(*tabs, self.search, *live, self.card.check_button, self.card.again_button),
            *(*self.chips.buttons(), self.log),
            *(self.message.button, self.notice.no_button, self.notice.yes_button, *self.details.tab_stops()),
        ]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setContentsMargins(MARGIN, 3 * GRID, MARGIN, GAP)
        self.search.setMaximumWidth(_SEARCH_WIDTH)
        bar.addWidget(self._title)
        self._header = bar
        bar.addStretch(1)
        bar.addWidget(self.search, 2)
        return bar

    def set_tabs(self, tabs: QWidget) -> None:
        """The names of this page and its neighbours, in place of the title."""
        self._header.replaceWidget(self._title, tabs)
        self._title.hide()
        self._tabs = tabs
        self._order_tabs()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Calls"))
        self.log.setAccessibleName(self.tr("Call log"))
        self.search.retranslate()
        self.card.retranslate()

    def set_wording(self, wording: Wording) -> None:
        """Say everything in another language, or seen from another day."""
        self.model.retell(wording)
        self.chips.set_locale(wording.locale)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.language_changed.emit()

    def show_log(self) -> None:
        self._pages.setCurrentWidget(self.log)

    def show_message(self, title: str, text: str, button: str = "") -> None:
        """In the place of an empty log."""
        self.message.tell(title, text, button)
        self._pages.setCurrentWidget(self.message)

    def show_error(self, text: str) -> None:
        """Above the log; "" takes it away."""
        self._error.setText(text)
        self._error.setVisible(bool(text))

    def show_hint(self, text: str) -> None:
        """As :meth:`show_error`, of what is no error."""
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    def show_details(self) -> None:
        """Open the lower part; what was selected stays in sight."""
        if self.details.isHidden():
            self.details.show()
            height = self._splitter.height()
            if not self._sized:
                self._sized = True
                self._splitter.setSizes([round(height * (1 - _DETAILS_PART)), round(height * _DETAILS_PART)])
            QApplication.sendPostedEvents(self._splitter, QEvent.Type.LayoutRequest)
            self.log.keep_current_in_sight()

    def _make_room(self, opened: bool) -> None:
        """The technical details are long: they get more of the height while they are open."""
        sizes, height = self._splitter.sizes(), self._splitter.height()
        if not opened and self._sizes_before:
            self._splitter.setSizes(self._sizes_before)
        if opened and sizes[1] < height * _TECHNICAL_PART:
            self._sizes_before = sizes
            self._splitter.setSizes([round(height * (1 - _TECHNICAL_PART)), round(height * _TECHNICAL_PART)])
            self.log.keep_current_in_sight()

    def leave(self, part: QWidget) -> None:
        """Before ``part`` goes out of sight: who has the focus in it goes to the log, not to anything that is near."""
        focus = self.window().focusWidget()
        if focus is not None and part.isAncestorOf(focus):
            (self.log if self.log.isVisible() else self.search).setFocus(Qt.FocusReason.OtherFocusReason)

    def hide_details(self) -> None:
        self.leave(self.details)
        self.details.hide()
        self.details.clear()

    def _open_menu(self, attempt_id: str, place: QPoint) -> None:
        menu = self.menu_for(self.model.find(attempt_id))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def menu_for(self, row: int | None) -> QMenu:
        """The actions for one row, the same as by keys and buttons."""
        menu = QMenu(self)
        if row is None:
            return menu
        attempt: Attempt = self.model.at(row).attempt
        actions = [("again", self.tr("Call again")), ("copy_number", self.tr("Copy number"))]
        if attempt.uuids:
            actions.append(("copy_uuid", self.tr("Copy leg UUID")))
        actions.append(("delete", self.tr("Delete…")))
        for name, words in actions:
            action = QAction(words, menu)
            action.setObjectName(name)
            action.triggered.connect(lambda _=False, what=name: self.menu_chosen.emit(what, attempt.id))
            menu.addAction(action)
        return menu


def _inset(widget: QWidget, below: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(MARGIN, 0, MARGIN, below)
    row.addWidget(widget)
    return row
