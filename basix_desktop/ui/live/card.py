"""One live call: the outside leg, an arrow, the destination's leg, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from basix_desktop.ui.calls.parts import ElidedLabel, tool_tip
from basix_desktop.ui.calls.plain import cut, isolated
from basix_desktop.ui.live.transfer_row import TransferRow
from basix_desktop.ui.live.wording import CardTexts
from basix_desktop.ui.people.directory import Directory
from basix_desktop.ui.theme import GAP, GRID, MARGIN, Theme, Tokens, look
from basix_desktop.ui.widgets.buttons import PressButton
from basix_desktop.ui.widgets.labels import PlainLabel

HANG_UP_KEYS, TRANSFER_KEYS = "Ctrl+Shift+H", "Ctrl+Shift+T"
_NARROW = 560
_BAR = 4.0
_NAME_COLUMNS = (1000, 40, 24, 16, 8)  # how much of a name stands before the number, by the room there is


class CardTone(Enum):
    """The card's bar. What it means stands on the card in words too."""

    UNDER_WAY = "under_way"
    CONNECTED = "connected"
    OVER = "over"
    UNKNOWN = "unknown"


class _Arrow(QWidget):
    """From leg to leg, drawn so that no font has to know it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(11 * GRID, 4 * GRID)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(self.palette().color(self.foregroundRole()))
        colour.setAlphaF(0.6)
        painter.setPen(QPen(colour, 1.4))
        middle, tip = self.height() / 2, self.width() - 2.0
        painter.drawLine(QLineF(2, middle, tip, middle))
        painter.drawPolyline([QPointF(tip - 5, middle - 4), QPointF(tip, middle), QPointF(tip - 5, middle + 4)])


class _Leg(QWidget):
    """Who, and below it how far."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.who = ElidedLabel(f"{name}Who", "heading")
        self.state = ElidedLabel(f"{name}State", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.who)
        column.addWidget(self.state)

    def tell(self, who: list[str], state: str) -> None:
        if self.who.text() != who[0]:
            self.who.set_versions(who)
            self.who.setToolTip(tool_tip([who[0]]))
        if self.state.text() != state:
            self.state.set_versions([state])
            self.state.setToolTip(tool_tip([state]))


class LiveCard(QFrame):
    """Shows what it is told, in place. A stop for the keyboard itself, so that nothing is pressed by arriving at it."""

    hang_up_wanted = Signal(str)
    transfer_wanted = Signal(str, str)
    ended = Signal()  # nothing can be done about it any more

    def __init__(self, attempt_id: str, theme: Theme, people: Callable[[], Directory]) -> None:
        super().__init__()
        self.attempt_id = attempt_id
        self._theme = theme
        self._people = people
        self._tone = CardTone.UNDER_WAY
        self._home = "JP"
        self._language = "en"
        self.told_error = False  # the notice says what went wrong
        self.setObjectName("liveCallCard")
        look(self, "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._outside, self._inside = _Leg("liveOutside"), _Leg("liveInside")
        self._arrow = _Arrow()
        self.transfer_button = PressButton("transferButton", "", self)
        self.hang_up_button = PressButton("hangUpButton", "danger", self)
        self.transfer_row = TransferRow(theme, self)
        self._notice = PlainLabel(style="error", parent=self)
        self._notice.setObjectName("liveCallNotice")
        self._lay_out()
        self.transfer_button.clicked.connect(self.open_transfer)
        self.hang_up_button.clicked.connect(self.hang_up)
        self.transfer_row.wanted.connect(lambda destination: self.transfer_wanted.emit(self.attempt_id, destination))
        self.transfer_row.closed.connect(self._transfer_closed)
        theme.changed.connect(self.update)
        self.retranslate()

    def _lay_out(self) -> None:
        self._buttons = QWidget()
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(3 * GRID)
        buttons.addWidget(self.transfer_button)
        buttons.addWidget(self.hang_up_button)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(3 * GRID)
        self._grid.setVerticalSpacing(GAP)
        self._grid.addWidget(self._outside, 0, 0)
        self._grid.addWidget(self._arrow, 0, 1)
        self._grid.addWidget(self._inside, 0, 2)
        self._grid.addWidget(self._buttons, 0, 3)
        self._grid.setColumnStretch(0, 5)
        self._grid.setColumnStretch(2, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 3 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(GRID)
        column.addLayout(self._grid)
        column.addWidget(self._notice)
        column.addWidget(self.transfer_row)
        self._notice.hide()

    def tab_stops(self) -> list[QWidget]:
        """In the order of a reader."""
        return [self, self.transfer_button, self.hang_up_button, *self.transfer_row.tab_stops()]

    def set_up(self, language: str, home: str) -> None:
        """For the refusals of the transfer field: their language, and the region by which numbers are read."""
        self._language, self._home = language, home

    def tell(self, texts: CardTexts, tone: CardTone) -> None:
        """Show these words; what stays the same is not touched."""
        names = [cut(texts.name, columns) for columns in _NAME_COLUMNS] if texts.number else []
        who = [f"{isolated(name)} · {texts.number}" for name in names]
        self._outside.tell([*who, texts.number or texts.name], texts.state)
        self._inside.tell([texts.destination], texts.destination_state)
        if self.accessibleName() != texts.spoken:
            self.setAccessibleName(texts.spoken)
            for button in (self.transfer_button, self.hang_up_button):
                button.setAccessibleDescription(texts.spoken)
        if tone is not self._tone:
            self._tone = tone
            look(self._outside.who, "muted" if tone is CardTone.UNKNOWN else "heading")
            look(self._inside.who, "muted" if tone is CardTone.UNKNOWN else "heading")
            self.update()
        if tone is CardTone.OVER and not self._buttons.isHidden():
            self._end()

    def notice(self, text: str, *, error: bool = False) -> None:
        """A line below the legs; "" takes it away."""
        if self._notice.text() == text and self.told_error == error:
            return
        self.told_error = error
        look(self._notice, "error" if error else "muted")
        self._notice.setText(text)
        self._notice.setVisible(bool(text))
        self.setAccessibleDescription(text)

    def hang_up(self) -> None:
        if not self._buttons.isHidden():
            self.hang_up_wanted.emit(self.attempt_id)

    def open_transfer(self) -> None:
        if not self._buttons.isHidden():
            self.transfer_row.open(self._people(), self._language, self._home)

    @property
    def over(self) -> bool:
        """Nothing can be done about it any more."""
        return self._buttons.isHidden()

    def _end(self) -> None:
        """The focus does not move on to something that does something else."""
        focus = self.focusWidget()
        if focus is not None and focus.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.transfer_row.hide()
        self._buttons.hide()
        self.ended.emit()

    def _transfer_closed(self) -> None:
        self.transfer_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        self.transfer_button.set_words(self.tr("Transfer…"))
        self.transfer_button.setToolTip(tool_tip([TRANSFER_KEYS]))
        self.hang_up_button.set_words(self.tr("Hang up"))
        self.hang_up_button.setToolTip(tool_tip([HANG_UP_KEYS]))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on the card presses nothing, also not the Call that it means elsewhere."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the buttons stand below the legs."""
        super().resizeEvent(event)
        row, column = (1, 0) if self.width() < _NARROW else (0, 3)
        if self._grid.itemAtPosition(row, column) is None:
            self._grid.removeWidget(self._buttons)
            if row:
                self._grid.addWidget(self._buttons, 1, 0, 1, 3, Qt.AlignmentFlag.AlignRight)
            else:
                self._grid.addWidget(self._buttons, 0, 3)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        painter.setClipRect(QRectF(0, 0, _BAR, self.height()))
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), 8, 8)
        painter.fillPath(path, QColor(_colour(tokens, self._tone)))
        if self.hasFocus():
            painter.setClipping(False)
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)


def _colour(t: Tokens, tone: CardTone) -> str:
    return {
        CardTone.UNDER_WAY: t.info,
        CardTone.CONNECTED: t.good,
        CardTone.OVER: t.muted,
        CardTone.UNKNOWN: t.control_border,
    }[tone]
