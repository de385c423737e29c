"""The names of the right side's pages. Each page carries a strip of its own in its header, with its own name chosen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from basix_desktop.ui.theme import GRID, look

translate = QCoreApplication.translate


class _Tab(QPushButton):
    """As wide as its words are when it is chosen, so that they are whole and stand in one place on every page."""

    def sizeHint(self) -> QSize:
        hint, chosen = super().sizeHint(), QFont(self.font())
        chosen.setWeight(QFont.Weight.DemiBold)
        wider = QFontMetrics(chosen).horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(self.text())
        return QSize(hint.width() + max(0, wider), hint.height())


class TabStrip(QWidget):
    """``chosen`` carries a page's name: ``calls`` or ``people``."""

    chosen = Signal(str)

    def __init__(self, current: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        pages = {"calls": translate("TabStrip", "Calls"), "people": translate("TabStrip", "People")}
        self.buttons: dict[str, QPushButton] = {}
        for name, text in pages.items():
            button = _Tab(text)
            button.setObjectName(f"{name}Tab")
            button.setCheckable(True)
            button.setChecked(name == current)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, name=name: self._choose(name))
            look(button, "tab")
            layout.addWidget(button)
            self.buttons[name] = button
        self._current = current

    def _choose(self, name: str) -> None:
        self.buttons[name].setChecked(name == self._current)  # each strip always shows its own page as chosen
        if name != self._current:
            self.chosen.emit(name)
