"""One favourite as a card: name, what is dialled where it differs, and the key."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from basix_desktop.services.ports import Favourite
from basix_desktop.ui.dial.matching import fold
from basix_desktop.ui.theme import GRID, colour
from basix_desktop.ui.widgets.buttons import DrawnButton
from basix_desktop.ui.widgets.text import clean, tooltip

_KEYS = 9
_BADGE = 4 * GRID


class FavouriteButton(DrawnButton):
    """Every signal carries the favourite's id; ``move_asked`` also how many places."""

    chosen = Signal(int)
    edit_asked = Signal(int)
    usual_asked = Signal(int)
    remove_asked = Signal(int)
    move_asked = Signal(int, int)

    def __init__(self, favourite: Favourite, place: int, parent: QWidget | None = None) -> None:
        super().__init__(f"favouriteButton{place + 1}", "favourite", parent)
        self.favourite = favourite
        self._key = place + 1 if place < _KEYS else 0
        self._two_lines = False
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_words(favourite.label or favourite.destination)
        self._describe()
        self.clicked.connect(self._choose)

    def _describe(self) -> None:
        parts = [self.second_line]
        if self.favourite.usual:
            parts.append(self.tr("usual destination"))
        if self._key:
            parts.append(self.tr("Alt+{key} chooses, Ctrl+{key} calls").replace("{key}", str(self._key)))
        words = ", ".join(part for part in parts if part)
        self.setAccessibleDescription(words)
        self.setToolTip(tooltip(f"{self.accessibleName()} – {words}" if words else self.accessibleName()))

    @property
    def second_line(self) -> str:
        """The destination, where the name does not say it."""
        destination = clean(self.favourite.destination)
        return destination if fold(destination) != fold(self.accessibleName()) else ""

    def set_two_lines(self, two_lines: bool) -> None:
        """Whether any card of the grid has a second line: all are of one height."""
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

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.frame_only(painter)
        room = self.rect().adjusted(3 * GRID, 2 * GRID, -2 * GRID, -2 * GRID)
        name_room = room.adjusted(0, 0, -(_BADGE + GRID) if self._key else 0, 0)
        if self.second_line:
            height = room.height() // 2
            self._line(painter, name_room.adjusted(0, 0, 0, -height), self._title(), bold=True)
            self._line(painter, room.adjusted(0, height, 0, 0), self.second_line, bold=False)
        else:
            self._line(painter, name_room, self._title(), bold=True)
        if self._key:
            self._badge(painter, QRect(room.right() - _BADGE + 1, room.top(), _BADGE, _BADGE))

    def _title(self) -> str:
        return f"★ {self.accessibleName()}" if self.favourite.usual else self.accessibleName()

    def _line(self, painter: QPainter, room: QRect, words: str, *, bold: bool) -> None:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        painter.setFont(font)
        role = QPalette.ColorRole.Text if bold else QPalette.ColorRole.PlaceholderText
        painter.setPen(colour(role))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
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
