"""The proposals below the destination's field. It never has the focus: the field keeps it and moves the highlight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from basix_desktop.ui.dial.matching import Choice, fold
from basix_desktop.ui.theme import GRID
from basix_desktop.ui.widgets.text import clean, isolated, tooltip

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class SuggestionModel(QAbstractListModel):
    """One row per proposal."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()

    def show(self, choices: Sequence[Choice]) -> None:
        self.beginResetModel()
        self._choices = tuple(choices)
        self.endResetModel()

    def choice(self, row: int) -> Choice:
        return self._choices[row]

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._choices)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | QSize | None:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(self._choices[index.row()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(self._words(self._choices[index.row()]))
        return None

    def _words(self, choice: Choice) -> str:
        if choice.typed:
            return self.tr("“{text}” as typed").replace("{text}", isolated(choice.destination))
        words = clean(choice.name)
        if choice.label and fold(choice.label) != fold(choice.destination):
            words = f"{isolated(choice.label)} · {isolated(choice.destination)}"
        return f"{words}   Alt+{choice.key}" if choice.key else words


class SuggestionList(QListView):
    """``taken`` carries the proposal that was clicked."""

    taken = Signal(object)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self.setObjectName("destinationSuggestions")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setUniformItemSizes(True)
        self.setAccessibleName(self.tr("Matching destinations"))
        self.rows = SuggestionModel(self)
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

    @property
    def highlighted(self) -> Choice | None:
        index = self.currentIndex()
        return self.rows.choice(index.row()) if self.isVisible() and index.isValid() else None

    def step(self, steps: int) -> None:
        """Move the highlight, round the ends."""
        count = self.rows.rowCount()
        if count:
            self.setCurrentIndex(self.rows.index((self.currentIndex().row() + steps) % count))
