"""The filter chips above the people: one at a time."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from basix_desktop.ui.people.finding import Kind
from basix_desktop.ui.widgets.chips import ChipRow

_NAMES = {Kind.ALL: "chipEverybody", Kind.PEOPLE: "chipUsers", Kind.GROUPS: "chipGroups"}


class KindChips(ChipRow[Kind]):
    """See ``ChipRow``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_NAMES, parent)

    def words(self) -> dict[Kind, str]:
        return {Kind.ALL: self.tr("All"), Kind.PEOPLE: self.tr("People"), Kind.GROUPS: self.tr("Groups")}
