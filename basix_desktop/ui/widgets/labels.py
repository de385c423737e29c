"""Labels that never take their text for markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from basix_desktop.ui.theme import look
from basix_desktop.ui.widgets.text import spoken

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class HeardLabel(QLabel):
    """Heard without the marks of direction that are shown."""

    def setText(self, text: str) -> None:
        super().setText(text)
        name = spoken(text)
        self.setAccessibleName(name if name != text else "")  # "": as it is shown


class PlainLabel(HeardLabel):
    """Plain text, wrapped over lines unless ``wrap`` is off."""

    def __init__(self, text: str = "", *, style: str = "", wrap: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        if style:
            look(self, style)


class OneLineLabel(PlainLabel):
    """One line of plain text in the room there is, shortened where it is too long; all of it is the accessible text."""

    def __init__(self, text: str = "", *, style: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, style=style, wrap=False, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.text():
            return
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, self.alignment(), text)
