"""What stands in the log's place while it shows no calls."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from basix_desktop.ui.calls.parts import PressButton, plain_label
from basix_desktop.ui.theme import GAP, MARGIN

_WIDEST = 420


class MessagePage(QWidget):
    """A title, a sentence, and at most one thing to do."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("callLogMessage")
        self._title = plain_label("callLogMessageTitle", "heading")
        self._text = plain_label("callLogMessageText", "muted")
        self.button = PressButton("callLogMessageButton", self)
        self.button.clicked.connect(self.pressed)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 2 * MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setMaximumWidth(_WIDEST)
            row = Qt.AlignmentFlag.AlignHCenter
            label.setMinimumWidth(min(_WIDEST, 240))
            column.addWidget(label, 0, row)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def tell(self, title: str, text: str, button: str = "") -> None:
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.setAccessibleName(f"{title} {text}".strip())
