"""The card above the log for attempts that may have been placed. Check is always the safe first choice."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QVBoxLayout, QWidget

from basix_desktop.ui.calls.log_delegate import draw_shape
from basix_desktop.ui.calls.parts import PressButton, plain_label
from basix_desktop.ui.calls.wording import Tone
from basix_desktop.ui.theme import GAP, GRID, MARGIN, look

_NARROW = 520


class QuestionMark(QWidget):
    """The shape that stands for "may have been placed", in the text colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(6 * GRID, 6 * GRID)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        painter.setFont(font)
        draw_shape(painter, QRectF(self.rect()), Tone.DOUBT, self.palette().color(self.foregroundRole()).name())


class WarningCard(QFrame):
    """Shown while something waits to be checked. Never takes the focus by itself."""

    check = Signal()
    call_again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("warningCard")
        look(self, "panel-warning")
        self._title = plain_label("warningTitle", "heading")
        self._text = plain_label("warningText", "muted")
        self.check_button = PressButton("checkButton", self, "warning")
        self.again_button = PressButton("callAgainAnywayButton", self)
        self.check_button.clicked.connect(self.check)
        self.again_button.clicked.connect(self.call_again)
        words = QVBoxLayout()
        words.setSpacing(GRID // 2)
        words.addWidget(self._title)
        words.addWidget(self._text)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(MARGIN, 3 * GRID, MARGIN, 3 * GRID)
        self._row.setSpacing(3 * GRID)
        self._row.addWidget(QuestionMark(self))
        self._row.addLayout(words, 1)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(GAP)
        self._buttons.addWidget(self.check_button)
        self._buttons.addWidget(self.again_button)
        self._row.addLayout(self._buttons)
        self.retranslate()
        self.hide()

    def tell(self, title: str, text: str) -> None:
        """Show the card with these words."""
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(f"{title} {text}")
        self.check_button.setAccessibleDescription(f"{title} {text}")
        self.show()

    def retranslate(self) -> None:
        self.check_button.setText(self.tr("Check"))
        self.again_button.setText(self.tr("Call again anyway…"))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        narrow = self.width() < _NARROW
        self._buttons.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
