"""The number's field: grouped while it is typed, never losing what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QWidget

from basix_desktop.domain.limits import MAX_TEXT
from basix_desktop.ui.theme import GRID, NUMBER_POINTS, look, restyle
from basix_desktop.ui.widgets.fields import EntryEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QResizeEvent

Regroup = Callable[[str, int], tuple[str, int]]
_KEPT_STEPS = 50
_ROOM_BESIDE = 16 * GRID  # padding and the erase button
_SEPARATORS = ("-", " ", "(", ")")


class NumberEdit(EntryEdit):
    """``changed`` comes with every new text, ``too_long`` when one was refused and the previous text kept."""

    changed = Signal()
    too_long = Signal()

    def __init__(self, regroup: Regroup, parent: QWidget | None = None) -> None:
        super().__init__("numberEdit", parent)
        self._regroup = regroup
        self._settling = False
        self._shown = ("", 0)
        self._before: list[tuple[str, int]] = []
        look(self, "number")
        # Room for one character too many even if each takes two UTF-16 units: Qt cuts what is longer, and a cut text
        # must never pass for a whole one.
        self.setMaxLength(2 * MAX_TEXT + 2)
        self.setClearButtonEnabled(False)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.setProperty("fit", "hint")
        self.textChanged.connect(self._settle)
        self.textChanged.connect(self._fit_font)
        self.cursorPositionChanged.connect(self._remember_cursor)

    def sizeHint(self) -> QSize:
        """One height, whether the number or the smaller hint stands in it."""
        return QSize(super().sizeHint().width(), self._large().height() + 5 * GRID)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_font()

    def _fit_font(self) -> None:
        """The hint is small, a number large unless it would not fit."""
        room = self.width() - _ROOM_BESIDE
        fit = "hint" if not self.text() else "whole"
        if fit == "whole" and self._large().horizontalAdvance(self.text()) > room > 0:
            fit = "long"
        if self.property("fit") != fit:
            self.setProperty("fit", fit)
            restyle(self)

    def _large(self) -> QFontMetrics:
        font = QFont(self.font())
        font.setPointSize(NUMBER_POINTS)
        return QFontMetrics(font)

    def put(self, text: str) -> None:
        """Replace the whole text; Ctrl+Z brings back what was there."""
        self.setText(text)
        self.setCursorPosition(len(self.text()))

    def type_character(self, text: str) -> None:
        """As if typed here."""
        self.insert(text)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if not self.enter_guard.composing:
            self._settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtGui import QKeySequence  # with the first key, not for the first picture

        if event.matches(QKeySequence.StandardKey.Undo):
            event.accept()
            self._undo()
            return
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._skip_separators(event.key())
        super().keyPressEvent(event)

    def _skip_separators(self, key: int) -> None:
        """Let Backspace and Delete take a digit: a separator alone would come back at once."""
        if self.hasSelectedText() or self._regroup(self.text(), 0)[0] != self.text():
            return
        if key == Qt.Key.Key_Backspace:
            while self.text()[self.cursorPosition() - 1 : self.cursorPosition()] in _SEPARATORS:
                self.cursorBackward(False)
        elif key == Qt.Key.Key_Delete:
            while self.text()[self.cursorPosition() : self.cursorPosition() + 1] in _SEPARATORS:
                self.cursorForward(False)

    def _settle(self) -> None:
        """Take over what was typed: refuse what is too long, group the rest unless an input method is at work."""
        text = self.text()
        if self._settling or self.enter_guard.composing or text == self._shown[0]:
            return
        if len(text) > MAX_TEXT:
            self._show(*self._shown)
            self.too_long.emit()
            return
        self._before = [*self._before[-_KEPT_STEPS:], self._shown]
        self._show(*self._regroup(text, self.cursorPosition()))
        self.changed.emit()

    def _show(self, text: str, cursor: int) -> None:
        self._settling = True
        try:
            if text != self.text():
                self.setText(text)
            if cursor != self.cursorPosition():
                self.setCursorPosition(cursor)
        finally:
            self._settling = False
        self._shown = (text, cursor)

    def _remember_cursor(self) -> None:
        if not self._settling and self.text() == self._shown[0]:
            self._shown = (self._shown[0], self.cursorPosition())

    def _undo(self) -> None:
        if self._before:
            self._show(*self._before.pop())
            self.changed.emit()
