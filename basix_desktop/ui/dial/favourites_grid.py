"""The favourites, two in a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from basix_desktop.ui.dial.favourite_button import FavouriteButton
from basix_desktop.ui.theme import GAP, Theme
from basix_desktop.ui.widgets.roving import Roving

if TYPE_CHECKING:
    from basix_desktop.services.ports import Favourite
    from basix_desktop.ui.people.directory import Directory

_COLUMNS = 2


class FavouritesGrid(QWidget):
    """One stop for Tab; arrows move within, Alt+Shift+Up and Down reorder."""

    chosen = Signal(int)
    edit_asked = Signal(int)
    usual_asked = Signal(int)
    remove_asked = Signal(int)
    move_asked = Signal(int, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._directory: Directory | None = None
        self.setObjectName("favouritesGrid")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self._buttons: list[FavouriteButton] = []
        self._roving = Roving(_COLUMNS, self)
        self._destination = ""

    def show_favourites(self, favourites: Sequence[Favourite]) -> None:
        """Replace the cards; the focus stays with the same favourite, or where it was."""
        self.setMinimumHeight(0)  # no room has to be kept any more
        self.setVisible(bool(favourites))
        if [button.favourite for button in self._buttons] == list(favourites):
            return
        focused = next((place for place, button in enumerate(self._buttons) if button.hasFocus()), None)
        focused_id = self._buttons[focused].favourite.id if focused is not None else 0
        for button in self._buttons:
            self._grid.removeWidget(button)
            button.setObjectName("")
            button.hide()
            button.deleteLater()
        self._buttons = [self._card(favourite, place) for place, favourite in enumerate(favourites)]
        self._tell_readiness()
        for place, button in enumerate(self._buttons):
            self._grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
            button.show()
        self.mark(self._destination)
        if focused is not None and self._buttons:
            beside = self._buttons[min(focused, len(self._buttons) - 1)]
            same = next((button for button in self._buttons if button.favourite.id == focused_id), beside)
            same.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_readiness(self, directory: Directory | None) -> None:
        """Whom the feed knows now."""
        self._directory = directory
        self._tell_readiness()

    def _tell_readiness(self) -> None:
        directory = self._directory
        for button in self._buttons:
            if directory is None:
                button.show_readiness(None)
                continue
            button.show_readiness(directory.find(button.favourite.destination), directory.age, directory.as_of)
        two_lines = any(button.second_line for button in self._buttons)
        for button in self._buttons:
            button.set_two_lines(two_lines)

    def _card(self, favourite: Favourite, place: int) -> FavouriteButton:
        button = FavouriteButton(favourite, place, lambda: self._theme.tokens, self)
        button.chosen.connect(self.chosen)
        button.edit_asked.connect(self.edit_asked)
        button.usual_asked.connect(self.usual_asked)
        button.remove_asked.connect(self.remove_asked)
        button.move_asked.connect(self.move_asked)
        return button

    def mark(self, destination: str) -> None:
        """Show which favourite is the destination meant, if any."""
        self._destination = destination
        chosen = None
        for button in self._buttons:
            is_chosen = button.favourite.destination == destination
            button.setChecked(is_chosen)
            chosen = button if is_chosen and chosen is None else chosen
        focused = next((button for button in self._buttons if button.hasFocus()), None)
        self._roving.take(self._buttons, focused or chosen)

    @property
    def buttons(self) -> tuple[FavouriteButton, ...]:
        return tuple(self._buttons)
