"""What dialogs have in common."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton

from basix_desktop.ui.widgets.enter import is_enter


class _Enter(QObject):
    """Enter presses the buttons it watches as Space does."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not (isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and is_enter(event)):
            return False
        if isinstance(watched, QPushButton) and not event.isAutoRepeat():
            watched.click()
        return True


def close_row(dialog: QDialog) -> QDialogButtonBox:
    """*Close* at the place the platform has for it, in the platform's words; without an icon, as every other button."""
    row = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    row.rejected.connect(dialog.close)
    close = row.button(QDialogButtonBox.StandardButton.Close)
    close.setAutoDefault(False)
    close.setIcon(QIcon())
    close.installEventFilter(_Enter(close))
    return row
