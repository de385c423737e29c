"""The right side: the pages Calls and People, each with the names of both in its header and the live calls below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from basix_desktop.ui.tab_strip import TabStrip

if TYPE_CHECKING:
    from basix_desktop.ui.calls.view import CallsView
    from basix_desktop.ui.live.cards import LiveCards
    from basix_desktop.ui.people.view import PeopleView


class RightPane(QStackedWidget):
    """``show_page`` takes a page's name: ``calls`` or ``people``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strips: dict[str, TabStrip] = {}
        self._by_name: dict[str, CallsView | PeopleView] = {}
        self._cards: LiveCards | None = None

    def add_page(self, name: str, page: CallsView | PeopleView) -> None:
        """The first page is shown."""
        strip = TabStrip(name)
        strip.chosen.connect(self._chosen)
        page.set_tabs(strip)
        self._strips[name] = strip
        self._by_name[name] = page
        self.addWidget(page)

    def put_live(self, cards: LiveCards) -> None:
        """On the page that is shown, and on each one shown later, until they are put elsewhere."""
        self._cards = cards
        shown = self.currentWidget()
        page = next(page for page in self._by_name.values() if page is shown)
        cards.put(lambda: page.put_live(cards))

    def show_page(self, name: str) -> None:
        self.setCurrentWidget(self._by_name[name])
        if self._cards is not None and self.isAncestorOf(self._cards):
            self.put_live(self._cards)

    def _chosen(self, name: str) -> None:
        """By mouse or keyboard: the focus stays on the name, which stands in the same place on the other page."""
        self.show_page(name)
        self._strips[name].buttons[name].setFocus(Qt.FocusReason.OtherFocusReason)
