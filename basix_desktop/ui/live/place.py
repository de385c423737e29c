"""Where the live calls stand: at the top of what is beside the dial column, or above the column where that is alone."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from basix_desktop.ui.live.cards import LiveCards
from basix_desktop.ui.live.keys import LiveKeys
from basix_desktop.ui.main_window import MainWindow
from basix_desktop.ui.right_pane import RightPane
from basix_desktop.ui.theme import GAP


class LivePlace(QObject):
    """Keeps a live call in sight and under command on every page and at every width. The dial column never moves for a
    call while there is something beside it."""

    def __init__(self, cards: LiveCards, window: MainWindow, pane: RightPane) -> None:
        super().__init__(window)
        self._cards = cards
        self._window = window
        self._pane = pane
        window.add_call_actions(LiveKeys(cards, window).actions)
        window.alone_changed.connect(self._put)
        cards.added.connect(self._order_tabs)
        self._put(window.alone())

    def _put(self, alone: bool) -> None:
        if not alone:
            self._pane.put_live(self._cards)
            return
        self._cards.put(lambda: self._window.put_above(self._cards))
        self._cards.set_room_above(GAP)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Above the dial column they come before it."""
        if not self._pane.isAncestorOf(self._cards):
            for before, after in pairwise([self._window.bar.last_stop(), *self._cards.tab_stops()]):
                QWidget.setTabOrder(before, after)
