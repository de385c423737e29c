"""Naming a favourite, in place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from basix_desktop.ui.theme import GAP, GRID, look
from basix_desktop.ui.widgets.buttons import PressButton
from basix_desktop.ui.widgets.field_row import FieldRow
from basix_desktop.ui.widgets.fields import EntryEdit


class FavouriteEditor(QFrame):
    """``saved`` carries the favourite's id (0: a new one), the destination and the name as typed."""

    saved = Signal(int, str, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("favouriteEditor")
        look(self, "card")
        self._id = 0
        self.name_edit = EntryEdit("favouriteNameEdit")
        self.destination_edit = EntryEdit("favouriteDestinationEdit")
        self.name = FieldRow(self.tr("Shown as"), self.name_edit)
        self.destination = FieldRow(self.tr("Destination"), self.destination_edit)
        self.save_button = PressButton("favouriteSaveButton")
        self.save_button.set_words(self.tr("Save"))
        self.cancel_button = PressButton("favouriteCancelButton")
        self.cancel_button.set_words(self.tr("Back"))
        self.save_button.clicked.connect(self._save)
        self.cancel_button.clicked.connect(self.close_editor)
        self.name_edit.entered.connect(self._save)
        self.destination_edit.entered.connect(self._save)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(GAP)
        column.addWidget(self.name)
        column.addWidget(self.destination)
        column.addLayout(buttons)

    def open_for(self, favourite_id: int, destination: str, label: str) -> None:
        """Edit this favourite; 0 is a new one."""
        self._id = favourite_id
        self.name.refuse("")
        self.destination.refuse("")
        self.destination_edit.setText(destination)
        self.name_edit.setText(label or destination)
        self.show()
        self.name_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name_edit.selectAll()

    def close_editor(self) -> None:
        if not self.isHidden():
            self.closed.emit()
            self.hide()

    def refuse(self, sentence: str) -> None:
        """The destination cannot be one."""
        self.destination.refuse(sentence)
        self.destination_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        self.saved.emit(self._id, self.destination_edit.text(), self.name_edit.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.close_editor()
        else:
            super().keyPressEvent(event)
