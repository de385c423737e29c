"""Lists to choose from or to type over, which no wheel changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QComboBox, QWidget

from basix_desktop.ui.theme import GRID, colour
from basix_desktop.ui.widgets.enter import EnterGuard

if TYPE_CHECKING:
    from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPaintEvent, QWheelEvent


class EntryCombo(QComboBox):
    """An editable list of proposals: nothing typed is completed, replaced or added to the list."""

    entered = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(None)  # type: ignore[arg-type]  # Qt: no completer
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.enter_guard = EnterGuard()

    def offer(self, proposals: Sequence[str]) -> None:
        """Replace the list; the text stays."""
        text = self.currentText()
        self.clear()
        self.addItems(list(proposals))
        self.setEditText(text)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.enter_guard.note(event)
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.enter_guard.takes(event, self.entered):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Under the style sheet the arrow is ours to draw."""
        super().paintEvent(event)
        if self.count():
            draw_arrow(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling the column must not change what is called


class ChoiceCombo(QComboBox):
    """A list to choose from. The wheel scrolls the page, not the choice."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        draw_arrow(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def draw_arrow(combo: QComboBox) -> None:
    """Inside a paint event: under the style sheet a combo box has no arrow of its own."""
    painter = QPainter(combo)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour(QPalette.ColorRole.PlaceholderText), 1.5))
    middle = QPoint(combo.width() - 4 * GRID, combo.height() // 2 + 2)
    painter.drawPolyline([middle + QPoint(-4, -4), middle, middle + QPoint(4, -4)])
