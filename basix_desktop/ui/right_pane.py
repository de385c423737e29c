"""The right side: the pages Calls and People, each with the names of both in its header."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from basix_desktop.ui.tab_strip import TabStrip


class RightPane(QStackedWidget):
    """``show_page`` takes a page's name: ``calls`` or ``people``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strips: dict[str, TabStrip] = {}
        self._by_name: dict[str, QWidget] = {}

    def add_page(self, name: str, page: QWidget, set_tabs: Callable[[QWidget], None]) -> None:
        """``set_tabs`` puts the names into the page's header. The first page is shown."""
        strip = TabStrip(name)
        strip.chosen.connect(self._chosen)
        set_tabs(strip)
        self._strips[name] = strip
        self._by_name[name] = page
        self.addWidget(page)

    def show_page(self, name: str) -> None:
        self.setCurrentWidget(self._by_name[name])

    def _chosen(self, name: str) -> None:
        """By mouse or keyboard: the focus stays on the name, which stands in the same place on the other page."""
        self.show_page(name)
        self._strips[name].buttons[name].setFocus(Qt.FocusReason.OtherFocusReason)
