"""What dialogs have in common."""

from __future__ import annotations

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox


def close_row(dialog: QDialog) -> QDialogButtonBox:
    """*Close* at the place the platform has for it, in the platform's words; without an icon, as every other button."""
    row = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    row.rejected.connect(dialog.close)
    close = row.button(QDialogButtonBox.StandardButton.Close)
    close.setAutoDefault(False)
    close.setIcon(QIcon())
    return row
