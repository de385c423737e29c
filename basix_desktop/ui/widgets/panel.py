"""Something to read in place, with what can be done about it. Never a dialog."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from basix_desktop.ui.theme import GAP, GRID, look
from basix_desktop.ui.widgets.labels import PlainLabel
from basix_desktop.ui.widgets.text import spoken


class Panel(QFrame):
    """A title, lines below it, and a row for buttons. Hidden until shown."""

    def __init__(self, name: str, style: str = "panel-info", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        look(self, style)
        self.title = PlainLabel(style="heading")
        self.body = PlainLabel()
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(GRID)
        column.addWidget(self.title)
        column.addWidget(self.body)
        column.addSpacing(GRID)
        column.addLayout(self.buttons)
        self.hide()

    def say(self, title: str, body: str, style: str = "") -> None:
        """Show these words."""
        if style:
            look(self, style)
        self.title.setText(title)
        self.body.setText(body)
        self.body.setVisible(bool(body))
        self.setAccessibleName(spoken("\n".join(part for part in (title, body) if part)))
        self.show()
