"""The list of calls: keys, row heights, columns that fit the width, and a place that survives every update."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from basix_desktop.ui.calls.log_delegate import CallDelegate
from basix_desktop.ui.calls.log_model import CallLogModel, Column, Role
from basix_desktop.ui.theme import Tokens

_WIDE_ENOUGH_FOR_LEG = 520
_WIDE_ENOUGH_FOR_LENGTH = 420
#: The delegate paints what is selected, without the day's heading that stands in the same cell.
_SHEET = """
QTableView { background: palette(window); border: none; selection-background-color: transparent; outline: none; }
"""
_BY_KEY = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
}
_KEYS_OF_THE_LIST = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
}


class CallLogView(QTableView):
    """Everything it says carries the attempt's id. It never changes the log."""

    chosen = Signal(str)  # Enter or double click
    current_changed = Signal(str)  # "" for none
    copy_wanted = Signal(str)
    delete_wanted = Signal(str)
    menu_wanted = Signal(str, QPoint)  # global position
    near_end = Signal()

    def __init__(self, model: CallLogModel, tokens: Callable[[], Tokens], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("callLogView")
        self._log = model
        self._with_lengths = False
        self._delegate = CallDelegate(tokens, self)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self._set_up()
        self._follow_font()
        model.rowsInserted.connect(self._rows_inserted)
        model.dataChanged.connect(self._rows_changed)
        model.modelReset.connect(self._all_changed)
        self.selectionModel().currentRowChanged.connect(self._current_row_changed)
        self.verticalScrollBar().valueChanged.connect(self.ask_for_more)
        self.verticalScrollBar().rangeChanged.connect(self.ask_for_more)
        self._all_changed()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setStyleSheet(_SHEET)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(1)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)

    # Place and selection

    @contextmanager
    def place_kept(self) -> Iterator[None]:
        """Around a change of the model: what is in sight stays where it is, unless the newest is in sight."""
        bar = self.verticalScrollBar()
        top = self.rowAt(0)
        if bar.value() == 0 or top < 0:
            yield
            return
        anchor = self._log.at(top).attempt.id
        offset = self.rowViewportPosition(top)
        yield
        place = self._log.find(anchor)
        if place is not None:
            self.executeDelayedItemsLayout()
            self.updateGeometries()
            bar.setValue(bar.value() + self.rowViewportPosition(place) - offset)

    def current_id(self) -> str:
        """The attempt that the keyboard is on, or ""."""
        return self._id(self.currentIndex())

    def go_to(self, attempt_id: str) -> bool:
        """Select an attempt and bring it into sight; False if it is not in the list."""
        place = self._log.find(attempt_id)
        if place is None:
            return False
        self._select(place)
        return True

    def go_to_first(self) -> bool:
        if not self._log.rowCount():
            return False
        self._select(0)
        return True

    def keep_current_in_sight(self) -> None:
        """After the list has become smaller."""
        if self.currentIndex().isValid():
            self.executeDelayedItemsLayout()
            self.scrollTo(self.currentIndex())

    def visible_rows(self) -> tuple[int, int] | None:
        """First and last row in sight."""
        if not self._log.rowCount():
            return None
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        return max(0, first), last if last >= 0 else self._log.rowCount() - 1

    def _select(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        column = max(0, self.currentIndex().column())
        self.selectionModel().setCurrentIndex(self._log.index(row, column), flags)
        self.scrollTo(self._log.index(row, column))

    def _id(self, index: QModelIndex) -> str:
        return str(index.data(Role.ATTEMPT_ID)) if index.isValid() else ""

    # Sizes

    def _rows_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        self._fit_rows(first, last)

    def _rows_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        self._fit_rows(first.row(), last.row())

    def _all_changed(self) -> None:
        self._fit_rows(0, self._log.rowCount() - 1)

    def _fit_rows(self, first: int, last: int) -> None:
        if self._with_lengths is not self._log.has_lengths:
            self._fit_columns()
        header = self.verticalHeader()
        header.setUpdatesEnabled(False)  # else each resize works out the position of every row
        for row in range(first, last + 1):
            height = self._delegate.row_height(self._log.lines(row), bool(self._log.heading(row)))
            if header.sectionSize(row) != height:
                header.resizeSection(row, height)
        header.setUpdatesEnabled(True)

    def _follow_font(self) -> None:
        self._delegate.set_font(self.font())
        self.verticalHeader().setDefaultSectionSize(self._delegate.row_height(2, False))
        self._fit_columns()
        self._all_changed()

    def _fit_columns(self) -> None:
        width = self.viewport().width()
        leg = self._delegate.leg_width() if width >= _WIDE_ENOUGH_FOR_LEG else 0
        length = self._delegate.length_width() if self._log.has_lengths and width >= _WIDE_ENOUGH_FOR_LENGTH else 0
        self._with_lengths = self._log.has_lengths
        self.setColumnHidden(Column.LEG, not leg)
        self.setColumnHidden(Column.LENGTH, not length)
        rest = max(60, width - self._delegate.time_width() - leg - length)
        who, destination = round(rest * 0.34), round(rest * 0.24)
        widths = (self._delegate.time_width(), who, destination, rest - who - destination, length, leg)
        for column, size in zip(Column, widths, strict=True):
            if size:
                self.setColumnWidth(column, size)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_delegate"):
            self._follow_font()

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the list does not know go on to the window (typed digits belong to the number field)."""
        key, current = event.key(), self.current_id()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if current and not event.isAutoRepeat():
                self.chosen.emit(current)
        elif event.matches(QKeySequence.StandardKey.Copy) and current:
            self.copy_wanted.emit(current)
        elif event.matches(QKeySequence.StandardKey.Delete) and current:
            if not event.isAutoRepeat():
                self.delete_wanted.emit(current)
        elif key == Qt.Key.Key_Home and self._log.rowCount():
            self._select(0)
        elif key == Qt.Key.Key_End and self._log.rowCount():
            self._select(self._log.rowCount() - 1)
        elif key in _KEYS_OF_THE_LIST and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self._id(index))
        else:
            super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            place = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        else:
            index, place = self.indexAt(event.pos()), event.globalPos()
        if index.isValid():
            self.menu_wanted.emit(self._id(index), place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by keyboard lands on a row, so that a screen reader has something to read."""
        super().focusInEvent(event)
        if event.reason() in _BY_KEY and not self.currentIndex().isValid():
            self.go_to_first()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _current_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.current_changed.emit(self._id(current))

    def ask_for_more(self) -> None:
        """Tell when the end of what has been read comes near."""
        bar = self.verticalScrollBar()
        if self.isVisible() and bar.maximum() - bar.value() < 3 * self.viewport().height():
            self.near_end.emit()
