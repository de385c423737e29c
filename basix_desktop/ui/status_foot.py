"""The line at the window's foot: what has just been said, and the keys."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout

from basix_desktop.ui.theme import GRID, MARGIN, look
from basix_desktop.ui.widgets.labels import OneLineLabel, PlainLabel
from basix_desktop.ui.widgets.text import spoken

_SAID_MS = 30_000


class StatusFoot(QFrame):
    """``hint`` is hidden where there is no room for it."""

    def __init__(self) -> None:
        super().__init__()
        look(self, "foot")
        self.status = OneLineLabel(style="muted")
        self.status.setObjectName("statusLabel")
        self._said = QTimer(self, singleShot=True, interval=_SAID_MS)
        self._said.timeout.connect(self.status.clear)
        keys = QCoreApplication.translate("MainWindow", "Alt+1…9 choose · Ctrl+1…9 call · F1 all keys")
        self.hint = PlainLabel(keys, style="muted", wrap=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, GRID, MARGIN, GRID)
        row.setSpacing(MARGIN)
        row.addWidget(self.status, 1)
        row.addWidget(self.hint)

    def say(self, text: str) -> None:
        """For a while: what it tells of may not be so any more later."""
        self.status.setText(_on_one_line(text))
        self._said.start()

    def unsay(self, text: str) -> None:
        """Take these words away, if they are still there."""
        if self.status.text() == _on_one_line(text):
            self.status.clear()

    def announce(self, text: str) -> None:
        """For screen readers, of what stands in the window already."""
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # not for the first picture

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.status, spoken(text)))


def _on_one_line(text: str) -> str:
    return " · ".join(" ".join(line.split()) for line in text.splitlines())
