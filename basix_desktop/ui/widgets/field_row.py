"""A label, its field and what is wrong with it."""

from __future__ import annotations

from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from basix_desktop.ui.theme import GAP, GRID
from basix_desktop.ui.widgets.fields import mark_refused
from basix_desktop.ui.widgets.labels import PlainLabel
from basix_desktop.ui.widgets.text import without_key

#: Of every label, so that the fields stand below each other; more where the desktop's letters are large.
LABEL_WIDTH = 24 * GRID
_LABEL_EMS = 8


class FieldRow(QWidget):
    """``label`` may hold a mnemonic; the refusal takes room below the field only when there is one."""

    def __init__(self, label: str, field: QWidget, *, unit: str = "", description: str = "") -> None:
        super().__init__()
        self.field = field
        self._label = PlainLabel(label, style="field-label", wrap=False)
        self._label.setMinimumWidth(max(LABEL_WIDTH, _LABEL_EMS * QFontInfo(self._label.font()).pixelSize()))
        self._label.setBuddy(field)
        field.setAccessibleName(" ".join(part for part in (without_key(label), unit) if part))
        field.setAccessibleDescription(description)
        self._refusal: PlainLabel | None = None
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._label)
        row.addWidget(field, 0 if unit else 1)
        if unit:
            row.addWidget(PlainLabel(unit, style="muted", wrap=False))
            row.addStretch(1)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(row)

    def refuse(self, sentence: str) -> None:
        """Say beside the field what is wrong with it; "" takes it away."""
        if sentence == self.refusal:
            return
        if self._refusal is None:
            self._refusal = PlainLabel(style="error")
            self._column.addWidget(self._refusal)
        self._refusal.setText(sentence)
        self._refusal.setVisible(bool(sentence))
        mark_refused(self.field, sentence)

    @property
    def refusal(self) -> str:
        return self._refusal.text() if self._refusal is not None else ""
