"""One live call: the outside leg, an arrow, the destination's leg, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from basix_desktop.ui.calls.parts import ElidedLabel, tool_tip
from basix_desktop.ui.calls.plain import cut, isolated
from basix_desktop.ui.dial.matching import Choice
from basix_desktop.ui.live.transfer_row import TransferRow
from basix_desktop.ui.live.wording import CardTexts
from basix_desktop.ui.people.directory import Directory
from basix_desktop.ui.theme import GAP, GRID, MARGIN, Theme, Tokens, look
from basix_desktop.ui.widgets.buttons import PressButton
from basix_desktop.ui.widgets.labels import PlainLabel

HANG_UP_KEYS, TRANSFER_KEYS = "Ctrl+Shift+H", "Ctrl+Shift+T"
_NARROW = 560
_ARROW, _SHORT_ARROW = 8 * GRID, 5 * GRID
_BAR = 4.0
_IN_A_ROW = ((0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1), (0, 3, 1, 1))
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
        self.setFixedWidth(_ARROW)

    def sizeHint(self) -> QSize:
        return QSize(self.width(), 4 * GRID)

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
    """Who, and below it how far; on one line where there is little room."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.who = ElidedLabel(f"{name}Who", "heading")
        self.state = ElidedLabel(f"{name}State", "muted")
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(self.who)
        self._box.addWidget(self.state)
        self.lay_out(None)

    def lay_out(self, first: ElidedLabel | None) -> None:
        """On one line, in which ``first`` has as much room as its words take, or on two (None)."""
        one_line = first is not None
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if one_line else QBoxLayout.Direction.TopToBottom)
        self._box.setSpacing(GAP if one_line else GRID // 2)
        for label in (self.who, self.state):
            own = QSizePolicy.Policy.Preferred if label is first else QSizePolicy.Policy.Ignored
            label.setSizePolicy(own, QSizePolicy.Policy.Preferred)
            self._box.setStretchFactor(label, int(one_line and label is not first))

    def tell(self, who: list[str], states: list[str]) -> None:
        for label, versions in ((self.who, who), (self.state, states)):
            if label.text() != versions[0]:
                label.set_versions(versions)
                label.tip = [versions[0]]


class LiveCard(QFrame):
    """Shows what it is told, in place. A stop for the keyboard itself, so that nothing is pressed by arriving at it."""

    hang_up_wanted = Signal(str)
    transfer_wanted = Signal(str, str)
    ended = Signal()  # nothing can be done about it any more

    def __init__(
        self,
        attempt_id: str,
        theme: Theme,
        people: Callable[[], Directory],
        choices: Callable[[], Iterable[Choice]] = tuple,
    ) -> None:
        super().__init__()
        self.attempt_id = attempt_id
        self._theme = theme
        self._people, self._choices = people, choices
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
        self._notice.setMinimumHeight(1)  # else as high as in a column of its own
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
        self._narrow = True
        self._arrange(narrow=False)
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
        self._outside.tell([*who, texts.number or texts.name], [texts.state])
        self._inside.tell([texts.destination], [texts.destination_state, *texts.shorter])
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

    def notice(self, text: str, *, error: bool = False, spoken: str | None = None) -> None:
        """A line below the legs; "" takes it away. ``spoken``: what is heard of it where not all of it is."""
        if self._notice.text() == text and self.told_error == error:
            return
        self.told_error = error
        look(self._notice, "error" if error else "muted")
        self._notice.setText(text)
        self._notice.setVisible(bool(text))
        heard = text if spoken is None else spoken
        if self.accessibleDescription() != heard:
            self.setAccessibleDescription(heard)

    def hang_up(self) -> None:
        if not self._buttons.isHidden():
            self.hang_up_wanted.emit(self.attempt_id)

    def open_transfer(self) -> None:
        if not self._buttons.isHidden():
            self.transfer_row.open(self._people(), self._choices(), self._language, self._home)

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
        focus = self.focusWidget()
        if focus is not None and focus.hasFocus() and self.transfer_row.isAncestorOf(focus):
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
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self._arrange(narrow=narrow)
        self._inside.who.setMaximumWidth(self.width() * 2 // 5 if narrow else self.width())

    def _arrange(self, *, narrow: bool) -> None:
        """In a narrow window each leg has a line of its own, and the buttons stand below."""
        if narrow is self._narrow:
            return
        self._narrow, grid = narrow, self._grid
        parts = (self._outside, self._arrow, self._inside, self._buttons)
        places = ((0, 0, 1, 3), (1, 0, 1, 1), (1, 1, 1, 2), (2, 0, 1, 3)) if narrow else _IN_A_ROW
        for part in parts:
            grid.removeWidget(part)
        for part, place in zip(parts, places, strict=True):
            grid.addWidget(part, *place)
        grid.setVerticalSpacing(GRID)
        grid.setHorizontalSpacing(GAP if narrow else 3 * GRID)
        grid.setColumnStretch(0, 0 if narrow else 1)
        grid.setColumnStretch(2, 1)
        policy = self._buttons.sizePolicy()
        policy.setRetainSizeWhenHidden(not narrow)  # an ended card stays in line with the others, and as high
        self._buttons.setSizePolicy(policy)
        self._buttons.setContentsMargins(0, GRID if narrow else 0, 0, 0)
        grid.setAlignment(self._buttons, Qt.AlignmentFlag.AlignRight if narrow else Qt.AlignmentFlag(0))
        self._arrow.setFixedWidth(_SHORT_ARROW if narrow else _ARROW)
        self._outside.lay_out(self._outside.state if narrow else None)
        self._inside.lay_out(self._inside.who if narrow else None)

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
