"""F1: every key, and in the demo the numbers that choose a story."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from basix_desktop.ui.theme import GAP, GRID, MARGIN, look
from basix_desktop.ui.widgets.dialogs import close_row

translate = QCoreApplication.translate


def keys() -> list[tuple[str, str]]:
    """Every key and what it does, in the order of a call."""
    return [
        (translate("Keys", "Digits"), translate("Keys", "Typed anywhere, they go to the number field")),
        ("Enter", translate("Keys", "Call. On an empty number: bring back the last number and destination")),
        ("Esc", translate("Keys", "Go to the number; once more: clear it. While connecting: cancel")),
        ("Alt+1 … Alt+9", translate("Keys", "Choose a favourite as the destination")),
        ("Ctrl+1 … Ctrl+9", translate("Keys", "Call and connect to that favourite at once")),
        ("Tab", translate("Keys", "Next field: number, destination, caller, options, Call")),
        ("F2", translate("Keys", "Show or hide the keypad")),
        ("F4", translate("Keys", "Go to the log")),
        ("F5", translate("Keys", "Go to the company's people and groups")),
        ("F6", translate("Keys", "Go to the live call; once more: the next one")),
        ("Ctrl+Shift+H", translate("Keys", "Hang up the live call")),
        ("Ctrl+Shift+T", translate("Keys", "Transfer the live call")),
        ("Ctrl+F", translate("Keys", "Search the log")),
        (translate("Keys", "Enter in the log"), translate("Keys", "Put the call into the dial column (does not call)")),
        ("Ctrl+C", translate("Keys", "In the log: copy the number")),
        ("Delete", translate("Keys", "In the log: remove the call, after a question")),
        ("F8", translate("Keys", "Check the call that may have been placed")),
        ("F11", translate("Keys", "Compact: the dial column alone")),
        ("Ctrl+T", translate("Keys", "Keep the window on top")),
        ("Ctrl+,", translate("Keys", "Settings")),
        ("F1", translate("Keys", "This list")),
        ("Ctrl+Q", translate("Keys", "Quit")),
    ]


class _RoomyRows(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(option, index) + QSize(2 * GRID, GRID)


class TableDialog(QDialog):
    """A titled table of two columns, to be read; closes with Esc."""

    def __init__(
        self, title: str, headings: tuple[str, str], rows: list[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = QLabel(title)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        look(heading, "title")
        self.table = QTableWidget(len(rows), 2)
        self.table.setAccessibleName(title)
        self.table.setHorizontalHeaderLabels(list(headings))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.setItemDelegate(_RoomyRows(self.table))
        self.table.verticalHeader().hide()
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                self.table.setItem(row, column, QTableWidgetItem(text))
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(heading)
        layout.addWidget(self.table)
        layout.addWidget(close_row(self))
        self.resize(600, 660)
        self.table.setCurrentCell(0, 0)


def keys_dialog(parent: QWidget) -> TableDialog:
    """The keys of the program."""
    headings = (translate("Keys", "Key"), translate("Keys", "What it does"))
    return TableDialog(translate("Keys", "Keys"), headings, keys(), parent)


def demo_numbers_dialog(rows: list[tuple[str, str]], parent: QWidget) -> TableDialog:
    """``rows``: last four digits and the story they choose."""
    headings = (translate("DemoNumbers", "Ends in"), translate("DemoNumbers", "What happens"))
    return TableDialog(translate("DemoNumbers", "Numbers of the demo PBX"), headings, rows, parent)
