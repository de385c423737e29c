"""How one row of People is drawn: label over name and extension, and beside it a column with shape and words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from basix_desktop.domain.live import Person
from basix_desktop.ui.people.model import Index, PeopleModel, Role
from basix_desktop.ui.people.readiness_words import draw_readiness
from basix_desktop.ui.theme import GAP, GRID, MARGIN, Tokens
from basix_desktop.ui.widgets.text import clean

_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_WORDS_PART = 0.42  # of the width


class PersonDelegate(QStyledItemDelegate):
    """Two lines for everybody, so that all rows are of one height. Old words are greyed, with their age below."""

    def __init__(self, tokens: Callable[[], Tokens], view: QWidget, model: PeopleModel) -> None:
        super().__init__(view)
        self._tokens = tokens
        self._view = view
        self._model = model
        self.set_font(view.font())

    def set_font(self, font: QFont) -> None:
        self._font = QFont(font)
        self._bold = QFont(font)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._small = QFont(font)
        self._small.setPointSizeF(max(6.0, font.pointSizeF() * 0.9))
        self._line = QFontMetrics(self._bold).height()
        self._small_line = QFontMetrics(self._small).height()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(60 * GRID, self._line + self._small_line + 1 + 4 * GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        person: Person = index.data(Role.PERSON)
        words, age = str(index.data(Role.WORDS)), str(index.data(Role.AGE))
        t = self._tokens()
        painter.save()
        self._ground(painter, option)
        room = option.rect.adjusted(MARGIN, 0, -MARGIN, -1)
        middle = room.left() + round(room.width() * (1 - _WORDS_PART))
        left = QRect(room.left(), room.top(), middle - room.left() - GAP, room.height())
        self._two_lines(painter, left, (clean(person.label), self._bold, t.text), self._model.second_line(person))
        size = round(self._line * 0.66)
        first_line = room.top() + self._offset(room) + self._line / 2 if age else room.center().y() + 0.5
        shape = QRectF(middle, first_line - size / 2, size, size)
        draw_readiness(painter, shape, person.readiness.ready, t, stale=bool(age))
        right = room.adjusted(middle - room.left() + size + 2 * GRID, 0, 0, 0)
        self._two_lines(painter, right, (words, self._font, t.muted if age else t.text), age)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        t, rect = self._tokens(), option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(t.selection))
            if self._view.hasFocus():
                painter.fillRect(QRect(rect.left(), rect.top(), GRID - 1, rect.height()), QColor(t.accent))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(t.border))

    def _two_lines(self, painter: QPainter, room: QRect, first: tuple[str, QFont, str], second: str) -> None:
        text, font, colour = first
        if not second:
            self._text(painter, room, text, font, colour)
            return
        top = room.top() + self._offset(room)
        self._text(painter, QRect(room.left(), top, room.width(), self._line), text, font, colour)
        below = QRect(room.left(), top + self._line + 1, room.width(), self._small_line)
        self._text(painter, below, second, self._small, self._tokens().muted)

    def _offset(self, room: QRect) -> int:
        return (room.height() - self._line - self._small_line - 1) // 2

    @staticmethod
    def _text(painter: QPainter, place: QRect, text: str, font: QFont, colour: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(place, _LINE, QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width()))
