"""Whom to connect: the field, the favourites, and changing them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from basix_desktop.ui.dial.destination_edit import DestinationEdit
from basix_desktop.ui.theme import GRID, Theme
from basix_desktop.ui.widgets.buttons import PressButton
from basix_desktop.ui.widgets.fields import mark_refused
from basix_desktop.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from basix_desktop.ui.dial.favourite_editor import FavouriteEditor
    from basix_desktop.ui.dial.favourites_grid import FavouritesGrid
    from basix_desktop.ui.people.directory import Directory


class DestinationSection(QWidget):
    """``add_asked``: keep the destination meant now as a favourite. ``grid`` and ``editor`` are there once it is
    furnished; until then the room of ``reserve`` is kept for the grid, so that nothing jumps when the cards come."""

    grid: FavouritesGrid
    editor: FavouriteEditor

    add_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.edit = DestinationEdit(theme)
        self.edit.setPlaceholderText(self.tr("Name, group or extension"))
        self.edit.setAccessibleName(self.tr("Connect to"))
        label = PlainLabel(self.tr("Connect &to"), style="field-label", wrap=False)
        label.setBuddy(self.edit)
        self._refusal = PlainLabel(style="error")
        self._refusal.setObjectName("destinationRefusal")
        self._refusal.hide()
        self.add_button = PressButton("addFavouriteButton", "link")
        self.add_button.setText(self.tr("Add to favourites…"))
        self.add_button.setAccessibleName(self.tr("Add to favourites"))
        self.add_button.clicked.connect(self.add_asked)
        self.add_button.hide()
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(label)
        column.addWidget(self.edit)
        column.addWidget(self._refusal)
        column.addSpacing(GRID)
        self._place = QWidget()
        column.addWidget(self._place)
        column.addWidget(self.add_button)
        self.reserve(0)

    def reserve(self, height: int) -> None:
        """Keep so much room for the favourites, which are not known yet."""
        self._place.setFixedHeight(height)
        self._place.setVisible(height > 0)

    def furnish(self) -> None:
        """Add favourites and what changes them."""
        from basix_desktop.ui.dial.favourite_editor import FavouriteEditor
        from basix_desktop.ui.dial.favourites_grid import FavouritesGrid

        self.grid = FavouritesGrid(self._theme)
        self.grid.setMinimumHeight(self._place.height())
        self.grid.setHidden(self._place.isHidden())
        self._column.replaceWidget(self._place, self.grid)
        self._place.deleteLater()
        self.editor = FavouriteEditor()
        self._column.addWidget(self.editor)

    def show_readiness(self, directory: Directory | None) -> None:
        """Whom the feed knows now, on the cards and among the proposals."""
        self.grid.show_readiness(directory)
        self.edit.show_readiness(directory)

    def mark(self, destination: str, *, addable: bool) -> None:
        """Show which favourite is meant, and offer to keep what is none yet."""
        self.grid.mark(destination)
        self.add_button.setVisible(addable and self.editor.isHidden())

    def refuse(self, sentence: str) -> None:
        """What is wrong with the destination; "" takes it away."""
        self._refusal.setText(sentence)
        self._refusal.setVisible(bool(sentence))
        mark_refused(self.edit, sentence)
