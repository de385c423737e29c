"""Whether an account is to be removed, asked in the place of the button that was pressed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from basix_desktop.ui.theme import GAP
from basix_desktop.ui.widgets.buttons import PressButton

translate = QCoreApplication.translate


class RemoveQuestion(QWidget):
    """The focus is on the choice that changes nothing, so that a second press of the same key removes nothing; Esc
    takes that choice. The question is read out with the focus."""

    confirmed = Signal()
    kept = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.keep_button = PressButton("keepAccountButton")
        self.keep_button.set_words(translate("AccountsPage", "Keep it"))
        self.remove_button = PressButton("confirmRemoveAccountButton", "danger")
        self.remove_button.set_words(translate("AccountsPage", "Remove it"))
        self.keep_button.clicked.connect(self.kept)
        self.remove_button.clicked.connect(self.confirmed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.keep_button)
        row.addWidget(self.remove_button)
        self.hide()

    def ask(self, question: str) -> None:
        for button in (self.keep_button, self.remove_button):
            button.setAccessibleDescription(question)
        self.show()
        self.keep_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.kept.emit()
        else:
            super().keyPressEvent(event)
