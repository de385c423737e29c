"""The live calls, one card each, newest on top; of more than three the rest is scrolled to."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from basix_desktop.domain.live import LiveView
from basix_desktop.ui.dial.matching import Choice
from basix_desktop.ui.live.card import LiveCard
from basix_desktop.ui.people.directory import Directory
from basix_desktop.ui.theme import GAP, GRID, MARGIN, Theme, look

#: Milliseconds after a card has come or gone in which no mouse presses a button: it may have moved under the pointer.
RESTS = 400
_SHOWN = 3
_PART_OF_WINDOW = 0.45
_SLACK = 6 * GRID  # less than this of a card is not worth a scroll bar
_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class LiveCards(QScrollArea):
    """Hidden while there is no live call. Never takes the focus by itself."""

    hang_up_wanted = Signal(str)
    transfer_wanted = Signal(str, str)
    added = Signal()  # a card
    changed = Signal()  # what :meth:`under_way` tells
    emptied = Signal()  # the last card goes, and had the focus
    several = Signal()  # a key was pressed that could mean any of several calls
    nothing = Signal()  # a key was pressed, and no call is there for it
    already_over = Signal()  # a key was pressed for the one that the focus is on

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, choices: Callable[[], Iterable[Choice]] = tuple
    ) -> None:
        """``choices``: favourites and recent destinations, to which a call can be transferred besides people."""
        super().__init__(parent)
        self.setObjectName("liveCards")
        self._theme = theme
        self._choices = choices
        self._live = LiveView()
        self._directory: Directory | None = None
        self._cards: dict[str, LiveCard] = {}
        self._inside = QWidget()
        self._inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        look(self._inside, "page")
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._column.addStretch(1)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._above = 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._inside.installEventFilter(self)
        self._rest = QTimer(self, singleShot=True, interval=RESTS)
        self.set_room_above(0)
        self.retranslate()
        self.hide()

    def card(self, attempt_id: str) -> LiveCard:
        """The card of a call; a new one goes on top."""
        card = self._cards.get(attempt_id)
        if card is None:
            card = self._cards[attempt_id] = LiveCard(attempt_id, self._theme, self.directory, self._choices)
            card.hang_up_wanted.connect(self.hang_up_wanted)
            card.transfer_wanted.connect(self.transfer_wanted)
            card.ended.connect(self.changed)
            for button in (card.transfer_button, card.hang_up_button):
                button.installEventFilter(self)
            self._column.insertWidget(0, card)
            self.show()
            self._rest.start()
            self._fit()
            self.added.emit()
            self.changed.emit()
        return card

    def under_way(self) -> bool:
        """Whether there is a call that can be hung up."""
        return any(not card.over for card in self._cards.values())

    def set_room_above(self, pixels: int) -> None:
        """Between the first card and what stands above. Gone with the cards, as a layout's margins would not be."""
        self._above = pixels
        self.setViewportMargins(MARGIN, pixels, MARGIN, GAP)
        self._fit()

    def put(self, place: Callable[[], None]) -> None:
        """Let ``place`` put the cards elsewhere in the window; who has the focus in them keeps it."""
        focus = self.window().focusWidget()
        mine = focus if focus is not None and self.isAncestorOf(focus) else None
        place()
        self.setVisible(bool(self._cards))
        self._fit()
        if mine is not None:
            mine.setFocus(Qt.FocusReason.OtherFocusReason)

    def has(self, attempt_id: str) -> bool:
        return attempt_id in self._cards

    def cards(self) -> list[LiveCard]:
        """In the order shown."""
        return list(reversed(self._cards.values()))

    def tab_stops(self) -> list[QWidget]:
        """From top to bottom."""
        return [stop for card in self.cards() for stop in card.tab_stops()]

    def remove(self, attempt_id: str) -> None:
        """Take a card away; if the focus was there, it goes to the next one."""
        card = self._cards.pop(attempt_id, None)
        if card is None:
            return
        focus = card.window().focusWidget()
        if focus is not None and (focus is card or card.isAncestorOf(focus)):
            if self._cards:
                self.cards()[0].setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.emptied.emit()
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()
        self.setVisible(bool(self._cards))
        self._rest.start()
        self._fit()
        self.changed.emit()

    def know(self, live: LiveView) -> None:
        """Whom a call can be transferred to, and how ready they are. Looked up only while somebody asks."""
        self._live = live
        asking = [card.transfer_row for card in self._cards.values() if card.transfer_row.isVisible()]
        before = self._directory
        if asking and (before is None or self.directory().differs(before)):
            for row in asking:
                row.know(self.directory())

    def directory(self) -> Directory:
        """The people of the moment."""
        self._directory = Directory(self._live, self._directory)
        return self._directory

    def focus_next(self) -> None:
        """To the first card, and from card to card."""
        cards = self.cards()
        if not cards:
            self.nothing.emit()
            return
        current = self._current()
        place = (cards.index(current) + 1) % len(cards) if current is not None else 0
        cards[place].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.ensureWidgetVisible(cards[place])

    def hang_up(self) -> None:
        """The call the focus is on, or the only one."""
        card = self._meant()
        if card is not None:
            card.hang_up()

    def open(self) -> None:
        """The field for a transfer, of the call the focus is on, or of the only one."""
        card = self._meant()
        if card is not None:
            self.ensureWidgetVisible(card)
            card.open_transfer()

    def _meant(self) -> LiveCard | None:
        current = self._current()
        if current is not None and not current.over:
            return current
        if current is not None:
            self.already_over.emit()
            return None
        under_way = [card for card in self.cards() if not card.over]
        if len(under_way) > 1:
            self.focus_next()
            self.several.emit()
        return under_way[0] if len(under_way) == 1 else None

    def _current(self) -> LiveCard | None:
        focus = self.window().focusWidget()
        holding = (card for card in self._cards.values() if focus is card or (focus and card.isAncestorOf(focus)))
        return next(holding, None)

    def retranslate(self) -> None:
        self._inside.setAccessibleName(self.tr("Live calls"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is getattr(self, "_inside", None) and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        if event.type() in _PRESSES and watched is not self._inside and self._rest.isActive():
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as the cards, up to three of them and not much of a low window."""
        width = self.viewport().width()
        heights = [
            card.heightForWidth(width) if card.hasHeightForWidth() else card.minimumSizeHint().height()
            for card in self.cards()
        ]
        whole = sum(heights) + GAP * max(0, len(heights) - 1)
        least = heights[0] if heights else 0
        most = sum(heights[:_SHOWN]) + GAP * (_SHOWN - 1) + (5 * GRID if len(heights) > _SHOWN else 0)
        room = round(self.window().height() * _PART_OF_WINDOW)
        height = min(whole, most, max(least, room))
        if whole - height < _SLACK:
            height = whole
        if height + self._above + GAP != self.height():
            self.setFixedHeight(height + self._above + GAP)
