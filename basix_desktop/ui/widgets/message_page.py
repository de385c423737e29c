"""What stands in a list's place while there is nothing in it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from basix_desktop.ui.theme import GAP, MARGIN
from basix_desktop.ui.widgets.buttons import PressButton
from basix_desktop.ui.widgets.labels import PlainLabel
from basix_desktop.ui.widgets.text import spoken

_WIDEST = 420


class MessagePage(QWidget):
    """A title, a sentence, and at most one thing to do. ``name`` begins the object names of its parts."""

    pressed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._title = PlainLabel(style="heading")
        self._title.setObjectName(f"{name}Title")
        self._text = PlainLabel(style="muted")
        self._text.setObjectName(f"{name}Text")
        self.button = PressButton(f"{name}Button", parent=self)
        self.button.clicked.connect(self.pressed)
        inner = QWidget()
        inner.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 2 * MARGIN, MARGIN, MARGIN)
        row.addStretch(1)
        row.addWidget(inner, 100)
        row.addStretch(1)

    def tell(self, title: str, text: str, button: str = "") -> None:
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.button.set_words(button)
        self.button.setVisible(bool(button))
        self.setAccessibleName(spoken(f"{title} {text}".strip()))
