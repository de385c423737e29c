"""The keys of the live calls, which hold in the whole window, and their entries for its menu."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from basix_desktop.ui.live.card import HANG_UP_KEYS, TRANSFER_KEYS
from basix_desktop.ui.live.cards import LiveCards

FIRST_CARD_KEY = "F6"
translate = QCoreApplication.translate


class LiveKeys(QObject):
    """Owned by ``window``, so that they hold wherever in it the cards are. ``actions`` are disabled while there is no
    call that they could mean; their keys then say so, since a silent key leaves who cannot see in doubt."""

    def __init__(self, cards: LiveCards, window: QWidget) -> None:
        super().__init__(window)
        self._cards = cards
        table = [
            ("live", translate("MainWindow", "&Go to the live call"), FIRST_CARD_KEY, cards.focus_next),
            ("transfer", translate("MainWindow", "&Transfer the live call…"), TRANSFER_KEYS, cards.open),
            ("hang_up", translate("MainWindow", "&Hang up the live call"), HANG_UP_KEYS, cards.hang_up),
        ]
        self.actions: list[QAction] = []
        self._silent: list[QShortcut] = []
        for name, text, keys, slot in table:
            action = QAction(text, window)
            action.setObjectName(name)
            action.setShortcut(QKeySequence(keys))
            action.setAutoRepeat(False)
            action.triggered.connect(slot)
            window.addAction(action)
            self.actions.append(action)
            shortcut = QShortcut(QKeySequence(keys), window)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(cards.nothing)
            self._silent.append(shortcut)
        cards.changed.connect(self._enable)
        self._enable()

    def _enable(self) -> None:
        go, *commands = self.actions
        go.setEnabled(bool(self._cards.cards()))
        for action in commands:
            action.setEnabled(self._cards.under_way())
        for action, shortcut in zip(self.actions, self._silent, strict=True):
            shortcut.setEnabled(not action.isEnabled())
