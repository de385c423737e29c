"""One favourite as a card: name, how ready they are (or what is dialled, where it differs), and the key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from basix_desktop.ui.dial.matching import fold
from basix_desktop.ui.theme import GRID, Tokens, colour
from basix_desktop.ui.widgets.buttons import DrawnButton
from basix_desktop.ui.widgets.text import clean, tooltip

if TYPE_CHECKING:
    from basix_desktop.domain.live import Person
    from basix_desktop.services.ports import Favourite

_KEYS = 9
_BADGE = 4 * GRID
_SHAPE = 0.62  # of the line's height


class FavouriteButton(DrawnButton):
    """Every signal carries the favourite's id; ``move_asked`` also how many places."""

    chosen = Signal(int)
    edit_asked = Signal(int)
    usual_asked = Signal(int)
    remove_asked = Signal(int)
    move_asked = Signal(int, int)

    def __init__(
        self, favourite: Favourite, place: int, tokens: Callable[[], Tokens], parent: QWidget | None = None
    ) -> None:
        super().__init__(f"favouriteButton{place + 1}", "favourite", parent)
        self.favourite = favourite
        self._key = place + 1 if place < _KEYS else 0
        self._two_lines = False
        self._tokens = tokens
        self._person: Person | None = None
        self._age = self._as_of = ""
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_words(favourite.label or favourite.destination)
        self._describe()
        self.clicked.connect(self._choose)

    def _describe(self) -> None:
        parts = [self._destination_line, self._readiness, self._age if self._readiness else ""]
        if self.favourite.usual:
            parts.append(self.tr("usual destination"))
        if self._key:
            parts.append(self.tr("Alt+{key} chooses, Ctrl+{key} calls").replace("{key}", str(self._key)))
        words = ", ".join(part for part in parts if part)
        self.setAccessibleDescription(words)
        self.setToolTip(tooltip(f"{self.accessibleName()} – {words}" if words else self.accessibleName()))

    def show_readiness(self, person: Person | None, age: str = "", as_of: str = "") -> None:
        """Whoever a call to this favourite reaches, None where the feed does not know; ``age`` says how old that is,
        ``as_of`` is the bare time."""
        if (person, age) != (self._person, self._age):
            self._person, self._age, self._as_of = person, age, as_of
            self._describe()
            self.update()

    @property
    def _readiness(self) -> str:
        if self._person is None:
            return ""
        from basix_desktop.ui.people.readiness_words import readiness_words

        return readiness_words(self._person, brief=bool(self._age))

    @property
    def second_line(self) -> str:
        """How ready they are; where that is not known the destination, if the name does not say it."""
        return self._readiness or self._destination_line

    @property
    def _destination_line(self) -> str:
        destination = clean(self.favourite.destination)
        return destination if fold(destination) != fold(self.accessibleName()) else ""

    def set_two_lines(self, two_lines: bool) -> None:
        """Whether any card of the grid has a second line: all are of one height."""
        if two_lines != self._two_lines:
            self._two_lines = two_lines
            self.updateGeometry()

    def _choose(self) -> None:
        self.setChecked(True)  # a second press does not take the choice back
        self.chosen.emit(self.favourite.id)

    def sizeHint(self) -> QSize:
        lines = 2 if self._two_lines else 1
        return QSize(35 * GRID, lines * (self.fontMetrics().height() + 2) + 4 * GRID)

    def minimumSizeHint(self) -> QSize:
        return QSize(20 * GRID, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        room = self.rect().adjusted(3 * GRID, 2 * GRID, -2 * GRID, -2 * GRID)
        name_room = room.adjusted(0, 0, -(_BADGE + GRID) if self._key else 0, 0)
        if self.second_line:
            height = room.height() // 2
            self._line(painter, name_room.adjusted(0, 0, 0, -height), self._title(), bold=True)
            below = room.adjusted(0, height, 0, 0)
            if self._readiness and self._person is not None:
                below = self._shape(painter, below, self._person)
            tail = f" ({self._as_of})" if self._readiness and self._as_of else ""
            self._line(painter, below, self.second_line, bold=False, tail=tail)
        else:
            self._line(painter, name_room, self._title(), bold=True)
        if self._key:
            self._badge(painter, QRect(room.right() - _BADGE + 1, room.top(), _BADGE, _BADGE))

    def _shape(self, painter: QPainter, room: QRect, person: Person) -> QRect:
        """Draw how ready they are at the left; returns the room for the words."""
        from basix_desktop.ui.people.readiness_words import draw_readiness

        size = round(self.fontMetrics().height() * _SHAPE)
        place = QRectF(room.left(), room.top() + (room.height() - size) / 2, size, size)
        draw_readiness(painter, place, person.readiness.ready, self._tokens(), stale=bool(self._age))
        return room.adjusted(size + GRID, 0, 0, 0)

    def _title(self) -> str:
        return f"★ {self.accessibleName()}" if self.favourite.usual else self.accessibleName()

    def _line(self, painter: QPainter, room: QRect, words: str, *, bold: bool, tail: str = "") -> None:
        """One line; of what is too long the end goes, but never the ``tail``."""
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        painter.setFont(font)
        role = QPalette.ColorRole.Text if bold else QPalette.ColorRole.PlaceholderText
        painter.setPen(colour(role))
        metrics = painter.fontMetrics()
        width = room.width() - metrics.horizontalAdvance(tail)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width) + tail
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)

    def _badge(self, painter: QPainter, room: QRect) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(QPalette.ColorRole.Mid)))
        painter.drawRoundedRect(room, 3, 3)
        painter.setPen(colour(QPalette.ColorRole.PlaceholderText))
        font = QFont(self.font())
        font.setPointSizeF(max(7.0, font.pointSizeF() * 0.85))
        painter.setFont(font)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, str(self._key))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wanted = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == wanted:
            event.accept()
            self.move_asked.emit(self.favourite.id, step)
        elif event.key() == Qt.Key.Key_Delete and not event.isAutoRepeat():
            event.accept()
            self.remove_asked.emit(self.favourite.id)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu_of_actions()
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        menu.popup(event.globalPos() if by_mouse else self.mapToGlobal(QPoint(0, self.height())))

    def menu_of_actions(self) -> QMenu:
        """What can be done with this favourite; deletes itself when closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        id_ = self.favourite.id
        usual = self.tr("No longer the usual destination") if self.favourite.usual else self.tr("Make it usual")
        menu.addAction(self.tr("Change…"), lambda: self.edit_asked.emit(id_))
        menu.addAction(usual, lambda: self.usual_asked.emit(id_))
        menu.addSeparator()
        menu.addAction(self.tr("Move earlier") + "\tAlt+Shift+Up", lambda: self.move_asked.emit(id_, -1))
        menu.addAction(self.tr("Move later") + "\tAlt+Shift+Down", lambda: self.move_asked.emit(id_, 1))
        menu.addSeparator()
        menu.addAction(self.tr("Remove") + "\tDel", lambda: self.remove_asked.emit(id_))
        return menu
