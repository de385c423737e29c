"""The card above the log for attempts that may have been placed. Check is always the safe first choice."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from basix_desktop.ui.calls.log_delegate import draw_shape
from basix_desktop.ui.calls.parts import plain_label
from basix_desktop.ui.calls.wording import Tone
from basix_desktop.ui.theme import GAP, GRID, MARGIN, look
from basix_desktop.ui.widgets.buttons import PressButton
from basix_desktop.ui.widgets.text import spoken

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
        self.check_button = PressButton("checkButton", "warning", self)
        self.again_button = PressButton("callAgainAnywayButton", parent=self)
        self.check_button.clicked.connect(self.check)
        self.again_button.clicked.connect(self.call_again)
        words = QVBoxLayout()
        words.setSpacing(GRID // 2)
        words.addWidget(self._title)
        words.addWidget(self._text)
        self._buttons = QWidget()
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(GAP)
        buttons.addWidget(self.check_button)
        buttons.addWidget(self.again_button)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(MARGIN, 3 * GRID, MARGIN, 3 * GRID)
        self._grid.setSpacing(3 * GRID)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(QuestionMark(self), 0, 0)
        self._grid.addLayout(words, 0, 1)
        self._grid.addWidget(self._buttons, 0, 2)
        self.retranslate()
        self.hide()

    def tell(self, title: str, text: str) -> None:
        """Show the card with these words."""
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(spoken(f"{title} {text}"))
        self.check_button.setAccessibleDescription(self.accessibleName())
        self.show()

    def retranslate(self) -> None:
        self.check_button.setText(self.tr("Check"))
        self.again_button.setText(self.tr("Call again anyway…"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the buttons stand below the words."""
        super().resizeEvent(event)
        row, column = (1, 1) if self.width() < _NARROW else (0, 2)
        if self._grid.itemAtPosition(row, column) is None:
            self._grid.removeWidget(self._buttons)
            self._grid.addWidget(self._buttons, row, column, Qt.AlignmentFlag.AlignLeft)
