"""A question or a refusal in place, where a dialog would get in the way."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from basix_desktop.ui.calls.parts import plain_label
from basix_desktop.ui.theme import GAP, GRID, MARGIN, look
from basix_desktop.ui.widgets.buttons import PressButton
from basix_desktop.ui.widgets.text import spoken


class NoticePanel(QFrame):
    """The focus is on the choice that changes nothing; Esc takes that choice. Whoever listens to the answer moves the
    focus before the panel goes: what is hidden hands it to anything, and that would be read out."""

    confirmed = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("callNotice")
        self._text = plain_label("callNoticeText")
        self.yes_button = PressButton("deleteCallButton", "danger", self)
        self.no_button = PressButton("keepCallButton", parent=self)
        self.yes_button.clicked.connect(self._yes)
        self.no_button.clicked.connect(self._no)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 2 * GRID, MARGIN, 2 * GRID)
        row.setSpacing(GAP)
        row.addWidget(self._text, 1)
        row.addWidget(self.no_button)
        row.addWidget(self.yes_button)
        self.hide()

    def ask(self, text: str, yes: str, no: str) -> None:
        """A question with two answers."""
        look(self, "panel-danger")
        self.yes_button.setText(yes)
        self._show(text, no, with_yes=True)

    def tell(self, text: str, no: str) -> None:
        """Something to read and put away."""
        look(self, "panel-info")
        self._show(text, no, with_yes=False)

    def _show(self, text: str, no: str, *, with_yes: bool) -> None:
        self._text.setText(text)
        self.no_button.setText(no)
        self.no_button.setAccessibleDescription(spoken(text))
        self.yes_button.setAccessibleDescription(spoken(text))
        self.yes_button.setVisible(with_yes)
        self.setAccessibleName(spoken(text))
        self.show()
        self.no_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._no()
        else:
            super().keyPressEvent(event)

    def _yes(self) -> None:
        self.confirmed.emit()
        self.hide()

    def _no(self) -> None:
        self.closed.emit()
        self.hide()
