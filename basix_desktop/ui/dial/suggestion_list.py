"""The proposals below the destination's field. It never has the focus: the field keeps it and moves the highlight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication, QHideEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from basix_desktop.ui.dial.matching import Choice, fold
from basix_desktop.ui.theme import GRID, Theme
from basix_desktop.ui.widgets.text import clean, isolated, spoken, tooltip

if TYPE_CHECKING:
    from basix_desktop.ui.people.directory import Directory

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_SHAPE = 10  # device-independent pixels
_TOLD_AFTER = 250  # milliseconds without a key: while somebody types, nobody listens


class SuggestionModel(QAbstractListModel):
    """One row per proposal."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._choices: tuple[Choice, ...] = ()
        self._directory: Directory | None = None

    def show(self, choices: Sequence[Choice]) -> None:
        self.beginResetModel()
        self._choices = tuple(choices)
        self.endResetModel()

    def show_readiness(self, directory: Directory | None) -> None:
        self._directory = directory
        if self._choices:
            self.dataChanged.emit(self.index(0), self.index(len(self._choices) - 1))

    def choice(self, row: int) -> Choice:
        return self._choices[row]

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._choices)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | QSize | QPixmap | None:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DecorationRole:
            return (
                self._shape(self._choices[index.row()])
                if self._directory is not None and self._directory.people
                else None
            )
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(self._choices[index.row()])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(self._words(self._choices[index.row()]))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(self._words(self._choices[index.row()]))
        return None

    def _words(self, choice: Choice) -> str:
        if choice.typed:
            return self.tr("“{text}” as typed").replace("{text}", isolated(choice.destination))
        words = clean(choice.name)
        if choice.label and fold(choice.label) != fold(choice.destination):
            words = f"{isolated(choice.label)} · {isolated(choice.destination)}"
        words = f"{words}   Alt+{choice.key}" if choice.key else words
        return "   ".join(part for part in (words, self._ready(choice)) if part)

    def _ready(self, choice: Choice) -> str:
        person = self._directory.find(choice.destination) if self._directory is not None else None
        if self._directory is None or person is None:
            return ""
        from basix_desktop.ui.people.readiness_words import readiness_words

        words = readiness_words(person)
        return " · ".join(part for part in (words, self._directory.age) if part) if words else ""

    def _shape(self, choice: Choice) -> QPixmap:
        """Room for one beside every proposal, so that the words stand in line."""
        screen = QGuiApplication.primaryScreen()
        ratio = screen.devicePixelRatio() if screen is not None else 1.0
        pixmap = QPixmap(round(_SHAPE * ratio), round(_SHAPE * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        person = self._directory.find(choice.destination) if self._directory is not None and not choice.typed else None
        if self._directory is not None and person is not None:
            from basix_desktop.ui.people.readiness_words import draw_readiness

            painter = QPainter(pixmap)
            stale = bool(self._directory.age)
            room = QRectF(0, 0, _SHAPE, _SHAPE)
            draw_readiness(painter, room, person.readiness.ready, self._theme.tokens, stale=stale)
            painter.end()
        return pixmap


class SuggestionList(QListView):
    """``taken`` carries the proposal that was clicked."""

    taken = Signal(object)

    def __init__(self, theme: Theme, field: QWidget) -> None:
        super().__init__(field)
        self._said = ""
        self._stepped = False
        self._telling = QTimer(self, singleShot=True, interval=_TOLD_AFTER)
        self._telling.timeout.connect(self._say)
        self.setObjectName("destinationSuggestions")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setUniformItemSizes(True)
        self.setAccessibleName(self.tr("Matching destinations"))
        self.rows = SuggestionModel(theme, self)
        self.setModel(self.rows)
        self.clicked.connect(lambda index: self.taken.emit(self.rows.choice(index.row())))
        self.hide()

    def open_below(self, field: QWidget, choices: Sequence[Choice]) -> None:
        """Show these over whatever lies below the field, the first highlighted."""
        window = field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.rows.show(choices)
        row_height = max(self.sizeHintForRow(0), self.fontMetrics().height() + 2 * GRID)
        corner = field.mapTo(window, QPoint(0, field.height() + GRID // 2))
        room = max(row_height, window.height() - corner.y() - GRID)
        self.setGeometry(corner.x(), corner.y(), field.width(), min(room, row_height * len(choices) + 2 * GRID))
        self.setCurrentIndex(self.rows.index(0))
        self.show()
        self.raise_()
        self._telling.start()

    @property
    def highlighted(self) -> Choice | None:
        index = self.currentIndex()
        return self.rows.choice(index.row()) if self.isVisible() and index.isValid() else None

    def step(self, steps: int) -> None:
        """Move the highlight, round the ends."""
        count = self.rows.rowCount()
        if count:
            self._stepped = True
            self.setCurrentIndex(self.rows.index((self.currentIndex().row() + steps) % count))
            self._say()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._said, self._stepped = "", False
        self._telling.stop()

    def _say(self) -> None:
        """What Enter would take: a screen reader, whose focus stays in the field, does not find it out by itself. That
        Enter takes just what has been typed goes without saying, unless somebody has gone there."""
        self._telling.stop()
        choice = self.highlighted
        if choice is None or (choice.typed and not self._stepped):
            return
        words = str(self.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))
        if words != self._said and QAccessible.isActive():
            self._said = words
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
