"""Labels, fields and what is wrong with them, on one grid."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QSpinBox, QWidget

from basix_desktop.ui.theme import GAP, look
from basix_desktop.ui.widgets.text import without_key


class FormGrid(QWidget):
    """Two columns: label, field; below each field the room for its refusal, taken only when there is one."""

    def __init__(self, parent: QWidget | None = None, *, label_width: int = 112) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnMinimumWidth(0, label_width)
        self._grid.setColumnStretch(1, 1)
        self._refusals: dict[str, QLabel] = {}
        self._fields: dict[str, QWidget] = {}
        self._labels: dict[str, QLabel] = {}
        self._places: dict[str, int] = {}
        self._rows = 0

    def add(self, name: str, label: str, field: QWidget, *, hint: str = "") -> None:
        """A row. ``label`` may hold a mnemonic; ``name`` is what a refusal names."""
        text = QLabel(label)
        text.setTextFormat(Qt.TextFormat.PlainText)
        look(text, "field-label")
        text.setBuddy(field)
        field.setAccessibleName(without_key(label))
        below = QLabel(hint)
        below.setTextFormat(Qt.TextFormat.PlainText)
        below.setWordWrap(True)
        below.setProperty("hint", hint)
        look(below, "hint")
        below.setContentsMargins(0, 2, 0, 0)
        self._grid.addWidget(text, 3 * self._rows, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(field, 3 * self._rows, 1)
        self._grid.addWidget(below, 3 * self._rows + 1, 1)
        below.setVisible(bool(hint))  # not before it has its place: it would be a window
        self._grid.setRowMinimumHeight(3 * self._rows + 2, GAP)
        self._refusals[name], self._fields[name], self._labels[name] = below, field, text
        self._places[name] = self._rows
        line = field.lineEdit() if isinstance(field, QSpinBox) else field
        if isinstance(line, QLineEdit):
            line.textEdited.connect(lambda _: self.clear_refusal(name))
        self._rows += 1

    def names(self) -> list[str]:
        """Of the rows, from top to bottom."""
        return list(self._fields)

    def set_row_visible(self, name: str, visible: bool) -> None:
        for widget in (self._fields[name], self._labels[name]):
            widget.setVisible(visible)
        self._grid.setRowMinimumHeight(3 * self._places[name] + 2, GAP if visible else 0)
        below = self._refusals[name]
        below.setVisible(visible and bool(below.text()))

    def lock(self, name: str, reason: str) -> None:
        """A field that a policy fixes: shown, not changeable, with the source."""
        self._fields[name].setEnabled(False)
        self._refusals[name].setText(reason)
        self._refusals[name].setProperty("hint", reason)
        self._refusals[name].setVisible(True)

    def go_to(self, name: str) -> None:
        self._fields[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, name: str, sentence: str) -> bool:
        """Say beside the field what is wrong with it. False if there is no such field here."""
        if name not in self._fields:
            return False
        below, field = self._refusals[name], self._fields[name]
        below.setText(sentence)
        look(below, "error")
        below.setVisible(True)
        field.setAccessibleDescription(sentence)
        _mark(field, True)
        return True

    def clear_refusals(self) -> None:
        for name in self._fields:
            self.clear_refusal(name)

    def clear_refusal(self, name: str) -> None:
        below, field = self._refusals[name], self._fields[name]
        hint = str(below.property("hint") or "")
        below.setText(hint)
        look(below, "hint")
        below.setVisible(bool(hint) and field.isVisibleTo(self))
        field.setAccessibleDescription(hint)
        _mark(field, False)


def _mark(field: QWidget, refused: bool) -> None:
    field.setProperty("refused", refused)
    field.style().unpolish(field)
    field.style().polish(field)
