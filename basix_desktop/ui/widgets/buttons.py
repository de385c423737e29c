"""Buttons pressed once for each press of a key, however long it is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from basix_desktop.ui.theme import colour, look
from basix_desktop.ui.widgets.enter import is_enter
from basix_desktop.ui.widgets.text import button_text, clean

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QStyleOptionButton


_FRAME = 2  # of a line of text, for its focus: the style sheet lets it stand out on the left
#: Pixels from a call button's edge to its words: the style sheet's frame and padding, and as much again as a rounding.
_WORDS_FROM = 26


class PressButton(QPushButton):
    """Enter presses it as Space does; a held key presses it once."""

    def __init__(self, name: str, style: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAutoDefault(False)
        if style:
            look(self, style)

    def set_words(self, text: str) -> None:
        """Show text from anywhere: cleaned, and no key made of its ``&``. It is the accessible name too."""
        self.setText(button_text(clean(text)))
        self.setAccessibleName(clean(text))

    def set_key(self, keys: str) -> None:
        """A key that presses it at once (with ``setShortcut`` Qt waits 100 ms, for the looks of it), named on it."""
        from PySide6.QtGui import QKeySequence, QShortcut

        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self.click)
        self.setText(f"{self.text()}   {keys}")
        self.setAccessibleDescription(keys)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat() and (is_enter(event) or event.key() == Qt.Key.Key_Space):
            event.accept()
        elif is_enter(event):
            event.accept()
            if self.isEnabled():
                self.click()
        else:
            super().keyPressEvent(event)


class LineButton(PressButton):
    """A line of text to press, shortened to the width there is; all of it is the accessible name."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, "link", parent)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth(), super().minimumSizeHint().height())

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        option.text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - _FRAME)


class DrawnButton(PressButton):
    """A button whose frame the style draws and whose words it draws itself, shortened to the width there is."""

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        option.text = ""


class CallButton(DrawnButton):
    """ "Call → Sales" with the key that presses it. The words are set with :meth:`set_words`."""

    def __init__(self, name: str, key_hint: str, parent: QWidget | None = None) -> None:
        super().__init__(name, "primary", parent)
        self._hint = key_hint
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(160, max(48, self._title_font_height() + 24))

    def minimumSizeHint(self) -> QSize:
        return QSize(96, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        room = self.rect().adjusted(_WORDS_FROM, 0, -_WORDS_FROM, 0)
        painter.setPen(colour(QPalette.ColorRole.HighlightedText))
        hint_width = QFontMetrics(self._hint_font()).horizontalAdvance(self._hint)
        title = self._title_font()
        painter.setFont(title)
        metrics = painter.fontMetrics()
        words = metrics.elidedText(self.accessibleName(), Qt.TextElideMode.ElideRight, room.width() - hint_width - 12)
        width = metrics.horizontalAdvance(words)
        left = room.left() + max(0, (room.width() - width - hint_width - 12) // 2)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(QRect(left, room.top(), width + 2, room.height()), middle, words)
        painter.setFont(self._hint_font())
        painter.drawText(QRect(left + width + 12, room.top(), hint_width + 2, room.height()), middle, self._hint)

    def _title_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.25)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _hint_font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Normal)
        return font

    def _title_font_height(self) -> int:
        return self.fontMetrics().height() * 5 // 4
