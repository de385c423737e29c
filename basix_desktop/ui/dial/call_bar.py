"""Call, and what is under way."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from basix_desktop.ui.theme import GAP
from basix_desktop.ui.widgets.buttons import CallButton, PressButton
from basix_desktop.ui.widgets.labels import PlainLabel
from basix_desktop.ui.widgets.text import clean


class CallBar(QWidget):
    """Call never turns into Cancel: that is a button of its own, above it, until the gate."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.call_button = CallButton("callButton", self.tr("Enter"))
        self.cancel_button = PressButton("cancelButton", "danger")
        self.cancel_button.set_words(self.tr("Cancel"))
        self.cancel_button.setAccessibleDescription(self.tr("Stop this call before anything is sent"))
        self.cancel_button.clicked.connect(self.cancelled)
        self._status = PlainLabel(style="muted")
        self._status.setObjectName("dialStatus")
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._status, 1)
        row.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(row)
        column.addWidget(self.call_button)
        self.tell("", cancellable=False)
        self.name_destination("")

    def name_destination(self, destination: str) -> None:
        name = clean(destination)
        words = self.tr("Call → {destination}").replace("{destination}", name) if name else self.tr("Call")
        self.call_button.set_words(words)
        self.call_button.update()

    def tell(self, status: str, *, cancellable: bool) -> None:
        """What is under way, or why a press does nothing; "" takes it away."""
        self._status.setText(status)
        self._status.setVisible(bool(status))
        self.cancel_button.setVisible(cancellable)

    @property
    def status(self) -> str:
        return self._status.text()
