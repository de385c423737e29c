"""The right side: the pages Calls and People, each with the names of both in its header and the live calls below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from basix_desktop.ui.tab_strip import TabStrip

if TYPE_CHECKING:
    from basix_desktop.ui.calls.view import CallsView
    from basix_desktop.ui.live.cards import LiveCards
    from basix_desktop.ui.people.view import PeopleView


class RightPane(QStackedWidget):
    """``show_page`` takes the name of a page: ``calls`` or ``people``. It is scrolled where the window is too low for
    all that it shows, several live calls for example."""

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
        self.addWidget(_scrolled(page))

    def put_live(self, cards: LiveCards) -> None:
        """On the page that is shown, and on each one shown later, until they are put elsewhere."""
        self._cards = cards
        page = self.page
        cards.put(lambda: page.put_live(cards))

    @property
    def page(self) -> CallsView | PeopleView:
        """The one that is shown."""
        return list(self._by_name.values())[self.currentIndex()]

    def show_page(self, name: str) -> None:
        self.setCurrentIndex(list(self._by_name).index(name))
        if self._cards is not None and self.isAncestorOf(self._cards):
            self.put_live(self._cards)

    def _chosen(self, name: str) -> None:
        """By mouse or keyboard: the focus stays on the name, which stands in the same place on the other page."""
        self.show_page(name)
        self._strips[name].buttons[name].setFocus(Qt.FocusReason.OtherFocusReason)


class _Lowest(QWidget):
    """What is scrolled: no higher than its content has to be. Qt would take the height that the content likes best."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(content)

    def heightForWidth(self, width: int) -> int:
        return self._column.minimumHeightForWidth(width)


def _scrolled(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidgetResizable(True)
    area.setWidget(_Lowest(page))
    return area
