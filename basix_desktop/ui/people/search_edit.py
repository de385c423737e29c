"""The search field above the people."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from basix_desktop.ui.calls.search_edit import SearchEdit


class PeopleSearchEdit(SearchEdit):
    """As in the log: Enter and Down go to what is found, Esc clears."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("peopleSearchEdit")

    def retranslate(self) -> None:
        self.setPlaceholderText(self.tr("Search people"))
        self.setAccessibleName(self.tr("Search people by name, reading or extension"))
