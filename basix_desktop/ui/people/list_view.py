"""The list itself: Enter and double click choose, the menu key opens a menu, the place survives every update."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from basix_desktop.domain.live import Person
from basix_desktop.ui.people.model import Key, PeopleModel, key_of
from basix_desktop.ui.widgets.enter import is_enter

_SHEET = "QListView { background: palette(window); border: none; outline: none; }"


class PeopleList(QListView):
    """``chosen`` and ``menu_wanted`` carry a ``Person``, the latter also a global position. ``left_upwards``: Up on the
    first row."""

    chosen = Signal(object)
    menu_wanted = Signal(object, QPoint)
    left_upwards = Signal()

    def __init__(self, model: PeopleModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("peopleList")
        self._people = model
        self._current: Key | None = None  # of the person the keyboard is on, while it is not in the list too
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet(_SHEET)
        self.setModel(model)
        self.selectionModel().currentChanged.connect(self._moved)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)

    @property
    def current(self) -> Person | None:
        index = self.currentIndex()
        return self._people.at(index.row()) if index.isValid() else None

    def go_to_first(self) -> None:
        """Take the keyboard, on the row chosen before or the first."""
        if not self.currentIndex().isValid() and self._people.rowCount():
            self.setCurrentIndex(self._people.index(0))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def start_at_top(self) -> None:
        """After another search: the best match is the one meant."""
        self._current = None
        self.scrollToTop()
        self.setCurrentIndex(self._people.index(0) if self._people.rowCount() else QModelIndex())

    def _moved(self, index: QModelIndex) -> None:
        if index.isValid():
            self._current = key_of(self._people.at(index.row()))

    def _remember(self) -> None:
        self._scrolled = self.verticalScrollBar().value()

    def _restore(self) -> None:
        row = self._people.find(self._current) if self._current is not None else None
        if row is not None:
            self.setCurrentIndex(self._people.index(row))
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(self._scrolled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.current
        if is_enter(event):
            if current is not None and not event.isAutoRepeat():
                self.chosen.emit(current)
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(self._people.at(index.row()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if index.isValid():
            below = self.visualRect(index).bottomLeft()
            place = event.globalPos() if by_mouse else self.viewport().mapToGlobal(below)
            self.menu_wanted.emit(self._people.at(index.row()), place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.setCurrentIndex(self._people.index(0))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn or event.type() == QEvent.Type.FocusOut:
            self.viewport().update()
        return super().event(event)
