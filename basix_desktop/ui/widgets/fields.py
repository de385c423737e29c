"""A line of text in which nothing typed is lost and in which Enter means Call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from basix_desktop.ui.theme import restyle
from basix_desktop.ui.widgets.enter import EnterGuard

if TYPE_CHECKING:
    from PySide6.QtGui import QInputMethodEvent, QKeyEvent


class EntryEdit(QLineEdit):
    """A line of text. ``entered``: a fresh Enter that no input method has used."""

    entered = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.enter_guard = EnterGuard()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.enter_guard.note(event)
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.enter_guard.takes(event, self.entered):
            super().keyPressEvent(event)


def mark_refused(widget: QWidget, sentence: str) -> None:
    """Frame a field as refused, with the reason in its accessible description; "" takes both away."""
    if widget.property("description_otherwise") is None:
        widget.setProperty("description_otherwise", widget.accessibleDescription())
    otherwise = str(widget.property("description_otherwise") or "")
    widget.setAccessibleDescription(sentence or otherwise)
    if bool(widget.property("refused")) != bool(sentence):
        widget.setProperty("refused", bool(sentence))
        restyle(widget)
