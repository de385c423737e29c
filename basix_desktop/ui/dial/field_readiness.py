"""How ready the destination meant is, at the right of its field as far as there is room beside what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QLineEdit

from basix_desktop.ui.theme import GAP, GRID, Theme, colour

if TYPE_CHECKING:
    from basix_desktop.domain.live import Person
    from basix_desktop.ui.people.directory import Directory

_SHAPE = 10
_RIGHT = 8 * GRID  # the button that opens the list


class FieldReadiness:
    """Shape and words; the words are the field's accessible description too, unless it is refused."""

    def __init__(self, field: QLineEdit, theme: Theme) -> None:
        self._field = field
        self._theme = theme
        self._person: Person | None = None
        self._words = ""
        self._stale = False

    @property
    def words(self) -> str:
        """How ready whom the field names is; "" where nothing is known."""
        return self._words

    def tell(self, directory: Directory | None, destination: str) -> None:
        """Whom the field names now."""
        person = directory.find(destination) if directory is not None and destination else None
        words = ""
        if directory is not None and person is not None:
            from basix_desktop.ui.people.readiness_words import readiness_words

            ready = readiness_words(person, brief=bool(directory.age))
            words = f"{ready} ({directory.as_of})" if ready and directory.age else ready
            self._stale = bool(directory.age)
        if (person, words) == (self._person, self._words):
            return
        if words != self._words:
            self._describe(words)
        self._person, self._words = person, words
        self._field.update()

    def _describe(self, words: str) -> None:
        self._field.setProperty("description_otherwise", words)
        if not self._field.property("refused"):
            self._field.setAccessibleDescription(words)

    def paint(self) -> None:
        """After the field has drawn itself."""
        if self._person is None or not self._words:
            return
        from basix_desktop.ui.people.readiness_words import draw_readiness

        metrics, rect = self._field.fontMetrics(), self._field.rect()
        right = rect.right() - _RIGHT
        room = right - 3 * GRID - metrics.horizontalAdvance(self._field.text()) - GAP
        wide = metrics.horizontalAdvance(self._words) + 2
        words_wide = wide if room >= wide + _SHAPE + GRID else 0
        if room < _SHAPE:
            return
        left = right - words_wide - (GRID if words_wide else 0) - _SHAPE
        painter = QPainter(self._field)
        shape = QRectF(left, rect.top() + (rect.height() - _SHAPE) / 2, _SHAPE, _SHAPE)
        draw_readiness(painter, shape, self._person.readiness.ready, self._theme.tokens, stale=self._stale)
        if words_wide:
            painter.setPen(colour(QPalette.ColorRole.PlaceholderText))
            place = QRect(right - words_wide, rect.top(), words_wide, rect.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, self._words)
