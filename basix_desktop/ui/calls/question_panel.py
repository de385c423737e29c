"""The question that settles what nobody else can: did it ring?"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from basix_desktop.domain.calls import UserWord
from basix_desktop.ui.calls.parts import plain_label
from basix_desktop.ui.calls.wording import said_words
from basix_desktop.ui.theme import GAP, GRID, MARGIN, look
from basix_desktop.ui.widgets.buttons import PressButton


class QuestionPanel(QFrame):
    """Shown with attempts that may have been placed; the answer may be changed later."""

    answered = Signal(UserWord)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ringQuestion")
        look(self, "panel-warning")
        self._word: UserWord | None = None
        self._about = ""
        self._title = plain_label("ringQuestionTitle", "heading")
        self._hint = plain_label("ringQuestionHint")
        self._said = plain_label("ringQuestionSaid", "muted")
        self._finding = plain_label("ringQuestionFinding")
        self._finding.hide()
        self._buttons = {
            UserWord.RANG: PressButton("itRangButton", parent=self),
            UserWord.DID_NOT_RING: PressButton("itDidNotRingButton", parent=self),
            UserWord.DONT_KNOW: PressButton("dontKnowButton", parent=self),
        }
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for word, button in self._buttons.items():
            button.clicked.connect(lambda _=False, said=word: self.answered.emit(said))
            row.addWidget(button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 2 * GRID, MARGIN, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(self._title)
        column.addWidget(self._finding)
        column.addWidget(self._hint)
        column.addWidget(self._said)
        column.addLayout(row)
        self.retranslate()

    def show_word(self, word: UserWord | None) -> None:
        """What has been said so far."""
        self._word = word
        self._said.setText(said_words(word))
        self._said.setVisible(word is not None)
        self._hint.setVisible(word is None)

    def ask_about(self, call: str) -> None:
        """Which call, for who hears the question without the heading above it."""
        self._about = call
        self._describe()

    def show_finding(self, text: str) -> None:
        """What the live feed says of it; "" if it has not been asked."""
        self._finding.setText(text)
        self._finding.setVisible(bool(text))
        self._describe()

    def _describe(self) -> None:
        """The finding is long: it is heard with the answer that takes the focus, not with each."""
        question = " ".join(part for part in (self._about, self._title.text()) if part)
        finding = "" if self._finding.isHidden() else self._finding.text()
        for word, button in self._buttons.items():
            whole = f"{question} {finding}".rstrip() if word is UserWord.DONT_KNOW else question
            if button.accessibleDescription() != whole:
                button.setAccessibleDescription(whole)

    def buttons(self) -> list[PressButton]:
        """In the order shown."""
        return list(self._buttons.values())

    def take_focus(self) -> None:
        """On the answer that settles nothing, so that a stray key press does not either."""
        self._buttons[UserWord.DONT_KNOW].setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        self._title.setText(self.tr("Did it ring?"))
        self._hint.setText(self.tr("Look at the telephone, or ask the person who was to be connected."))
        self._buttons[UserWord.RANG].setText(self.tr("It rang"))
        self._buttons[UserWord.DID_NOT_RING].setText(self.tr("It did not ring"))
        self._buttons[UserWord.DONT_KNOW].setText(self.tr("I don’t know"))
        self._describe()
        self.show_word(self._word)
