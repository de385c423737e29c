"""The number, what will be sent, and the question which number is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from basix_desktop.ui.dial.number_edit import NumberEdit, Regroup
from basix_desktop.ui.icons import icon
from basix_desktop.ui.theme import GRID, Theme, look
from basix_desktop.ui.widgets.buttons import PressButton
from basix_desktop.ui.widgets.fields import mark_refused
from basix_desktop.ui.widgets.labels import PlainLabel
from basix_desktop.ui.widgets.text import isolated

if TYPE_CHECKING:
    from basix_desktop.ui.dial.keypad import Keypad

#: Keys of the first candidates; none is a menu's or a label's. The others are reached with Tab.
_CANDIDATE_KEYS = "ABDJKQ"


#: Milliseconds without a key after which somebody listens.
_DESCRIBED_AFTER = 500


class NumberSection(QWidget):
    """``candidate_chosen`` carries the number as it would be typed; ``keypad_toggled`` whether it shows now."""

    candidate_chosen = Signal(str)
    keypad_toggled = Signal(bool)

    def __init__(self, theme: Theme, regroup: Regroup) -> None:
        super().__init__()
        self._theme = theme
        theme.changed.connect(self._paint_icons)
        self.edit = NumberEdit(regroup)
        self.edit.setPlaceholderText(self.tr("Type, paste or pick a number"))
        self.edit.setAccessibleName(self.tr("Number to call"))
        self.label = PlainLabel(self.tr("&Number to call"), style="field-label", wrap=False)
        self.label.setBuddy(self.edit)
        self.sent_as = PlainLabel(style="hint")
        self.sent_as.setObjectName("sentAsLabel")
        self.sent_as.setMinimumHeight(self.sent_as.fontMetrics().height() + GRID // 2)
        self._candidates = QWidget()
        self._candidates.setObjectName("numberCandidates")
        self._candidate_column = QVBoxLayout(self._candidates)
        self._candidate_column.setContentsMargins(0, GRID, 0, 0)
        self._candidate_column.setSpacing(GRID)
        self._candidates.hide()
        self._keypad: Keypad | None = None
        self._words = ""
        self._describing = QTimer(self, singleShot=True, interval=_DESCRIBED_AFTER)
        self._describing.timeout.connect(self._describe)
        self._make_actions()
        self._lay_out()

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for widget in (self.label, self.edit, self.sent_as, self._candidates):
            column.addWidget(widget)

    def _make_actions(self) -> None:
        self._erase = QAction(self.tr("Erase the number"), self.edit)
        self._erase.setObjectName("eraseAction")
        self._erase.triggered.connect(self._erase_number)
        self._toggle = QAction(self.tr("Show or hide the keypad"), self.edit)
        self._toggle.setObjectName("keypadAction")
        self._toggle.triggered.connect(lambda: self.show_keypad(not self._keypad_shown))
        for action in (self._erase, self._toggle):
            self.edit.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
        self.edit.textChanged.connect(self._choose_action)
        self._choose_action()
        self._paint_icons()

    def _choose_action(self) -> None:
        empty = not self.edit.text()
        self._erase.setVisible(not empty)
        self._toggle.setVisible(empty)

    def _erase_number(self) -> None:
        self.edit.put("")
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _paint_icons(self) -> None:
        muted = self._theme.tokens.muted
        self._erase.setIcon(icon("erase", muted))
        self._toggle.setIcon(icon("keypad", muted))

    @property
    def _keypad_shown(self) -> bool:
        return self._keypad is not None and not self._keypad.isHidden()

    def show_keypad(self, shown: bool) -> None:
        """Made when first wanted."""
        if shown == self._keypad_shown:
            return
        if self._keypad is None:
            from basix_desktop.ui.dial.keypad import Keypad

            self._keypad = Keypad()
            self._keypad.pressed.connect(self.edit.type_character)
            self._keypad.erased.connect(self.edit.backspace)
            self._column.addWidget(self._keypad)
        self._keypad.setVisible(shown)
        self.keypad_toggled.emit(shown)

    def tell(self, words: str) -> None:
        """What will be sent, or a hint, below the field. It becomes the field's description once no key has come for a
        while: a screen reader reads out every change of that, over the digits being typed."""
        self._say(words, "hint")
        if self.edit.property("refused"):
            mark_refused(self.edit, "")
        self._words = words
        self._describing.start()

    def _describe(self) -> None:
        self.edit.setProperty("description_otherwise", self._words)
        if not self.edit.property("refused") and self.edit.accessibleDescription() != self._words:
            self.edit.setAccessibleDescription(self._words)

    def refuse(self, sentence: str) -> None:
        """What is wrong with the number; "" takes it away."""
        self._say(sentence, "error")
        mark_refused(self.edit, sentence)

    def _say(self, words: str, style: str) -> None:
        self.sent_as.setText(words)
        look(self.sent_as, style)

    def offer(self, candidates: tuple[tuple[str, str], ...]) -> None:
        """Ask which of several numbers is meant: (label found beside it, number). None takes the question away."""
        while (item := self._candidate_column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for place, (label, number) in enumerate(candidates):
            self._candidate_column.addWidget(self._candidate(place, label, number))
        self._candidates.setVisible(bool(candidates))

    def _candidate(self, place: int, label: str, number: str) -> PressButton:
        key = _CANDIDATE_KEYS[place : place + 1]
        button = PressButton(f"candidate{key or place + 1}")
        words = f"{isolated(label)}  {number}" if label else number
        button.set_words(words)
        if key:
            button.set_key(f"Alt+{key}")
        button.clicked.connect(lambda: self.candidate_chosen.emit(number))
        return button
