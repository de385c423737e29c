"""The search field above the log."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class SearchEdit(QLineEdit):
    """Searches with every key. Enter and Down go to what is found; Esc clears, and an empty field leaves Esc to the
    window."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("callSearchEdit")
        self.setClearButtonEnabled(True)
        self.setMaxLength(256)
        self.retranslate()

    def retranslate(self) -> None:
        self.setPlaceholderText(self.tr("Search calls"))
        self.setAccessibleName(self.tr("Search calls"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            if not event.isAutoRepeat():
                self.entered.emit()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
