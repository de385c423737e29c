"""The people pane put together: search, live calls, chips, how old it is, the list or why there is none."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from basix_desktop.domain.live import Person
from basix_desktop.ui.people.chips import KindChips
from basix_desktop.ui.people.delegate import PersonDelegate
from basix_desktop.ui.people.list_view import PeopleList
from basix_desktop.ui.people.model import PeopleModel
from basix_desktop.ui.people.search_edit import PeopleSearchEdit
from basix_desktop.ui.theme import GAP, GRID, MARGIN, Theme, look
from basix_desktop.ui.widgets.labels import PlainLabel
from basix_desktop.ui.widgets.message_page import MessagePage
from basix_desktop.ui.widgets.text import spoken

if TYPE_CHECKING:
    from basix_desktop.ui.live.cards import LiveCards

_SEARCH_WIDTH = 230


class PeopleView(QWidget):
    """Widgets only: every decision is the presenter's. ``menu_chosen`` carries "choose" or "add_favourite" and a
    ``Person``."""

    menu_chosen = Signal(str, object)
    shown = Signal()
    language_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("peopleView")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        look(self, "page")
        self.model = PeopleModel(self)
        self.list = PeopleList(self.model)
        self._delegate = PersonDelegate(lambda: theme.tokens, self.list, self.model)
        self.list.setItemDelegate(self._delegate)
        self.search = PeopleSearchEdit()
        self._live: LiveCards | None = None
        self._tabs: QWidget | None = None
        self.chips = KindChips()
        self._title = PlainLabel(style="heading", wrap=False)
        self.age = PlainLabel(style="muted")
        self.age.setObjectName("peopleAge")
        self._empty = MessagePage("peopleEmpty")
        self.clear_button = self._empty.button
        self._lay_out()
        theme.changed.connect(self.list.viewport().update)
        self.list.menu_wanted.connect(self._open_menu)
        self.list.left_upwards.connect(lambda: self.search.setFocus(Qt.FocusReason.OtherFocusReason))
        self.retranslate()

    def _lay_out(self) -> None:
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._empty)
        self._header = QHBoxLayout()
        self._header.setContentsMargins(MARGIN, 3 * GRID, MARGIN, GAP)
        self.search.setMaximumWidth(_SEARCH_WIDTH)
        self._header.addWidget(self._title)
        self._header.addStretch(1)
        self._header.addWidget(self.search, 2)
        under = QVBoxLayout()
        under.setContentsMargins(MARGIN, 0, MARGIN, GAP)
        under.setSpacing(GAP)
        under.addWidget(self.chips)
        under.addWidget(self.age)
        outer = self._column = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._header)
        outer.addLayout(under)
        outer.addWidget(self._pages, 1)
        self.age.hide()
        self._order_tabs()

    def put_live(self, cards: LiveCards) -> None:
        """The live calls' cards, above everything but the search, until they are put elsewhere."""
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
        order = [*tabs, self.search, *live, *self.chips.buttons(), self.list, self.clear_button]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    def set_tabs(self, tabs: QWidget) -> None:
        """The names of this page and its neighbours, in place of the title."""
        self._header.replaceWidget(self._title, tabs)
        self._title.hide()
        self._tabs = tabs
        self._order_tabs()

    def show_list(self) -> None:
        self.search.setAccessibleDescription("")
        self._pages.setCurrentIndex(0)

    def show_empty(self, title: str, text: str, *, searching: bool) -> None:
        """Why there is nobody; ``searching`` offers to clear the search."""
        had_focus = self.list.hasFocus()
        self._empty.tell(title, text, self.tr("Clear search") if searching else "")
        self._pages.setCurrentIndex(1)
        # what a search finds is announced, not read out with every key
        self.search.setAccessibleDescription("" if searching else spoken(f"{title} {text}".strip()))
        if had_focus:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_age(self, words: str) -> None:
        """How old the list is; "" while it is live."""
        self.age.setText(words)
        self.age.setVisible(bool(words))

    def menu_for(self, person: Person) -> QMenu:
        """What can be done with somebody; deletes itself when closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, words in (("choose", self.tr("Connect to this")), ("add_favourite", self.tr("Add to favourites…"))):
            action = menu.addAction(words)
            action.setObjectName(name)
            action.triggered.connect(lambda _=False, what=name: self.menu_chosen.emit(what, person))
        return menu

    def _open_menu(self, person: Person, place: QPoint) -> None:
        self.menu_for(person).popup(place)

    def retranslate(self) -> None:
        self._title.setText(self.tr("People"))
        self.list.setAccessibleName(self.tr("People"))
        self.search.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.language_changed.emit()
        elif event.type() == QEvent.Type.FontChange:
            self._delegate.set_font(self.font())
