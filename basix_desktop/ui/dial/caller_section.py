"""Who is called, as the PBX passes it on to web apps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from basix_desktop.ui.theme import GRID
from basix_desktop.ui.widgets.buttons import PressButton
from basix_desktop.ui.widgets.field_row import FieldRow
from basix_desktop.ui.widgets.fields import EntryEdit
from basix_desktop.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from basix_desktop.domain.calls import EndUser


class CallerSection(QWidget):
    """ID, name and organization in sight; picture and prefecture one press further."""

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.edits = {
            "end_user_id": EntryEdit("endUserIdEdit"),
            "end_user_name": EntryEdit("endUserNameEdit"),
            "end_user_organization": EntryEdit("endUserOrganizationEdit"),
            "end_user_avatar": EntryEdit("endUserAvatarEdit"),
            "end_user_prefecture": EntryEdit("endUserPrefectureEdit"),
        }
        labels = {
            "end_user_id": self.tr("&ID"),
            "end_user_name": self.tr("Na&me"),
            "end_user_organization": self.tr("&Organization"),
            "end_user_avatar": self.tr("Picture &URL"),
            "end_user_prefecture": self.tr("P&refecture"),
        }
        self.rows = {name: FieldRow(labels[name], edit) for name, edit in self.edits.items()}
        for name, edit in self.edits.items():
            edit.setAccessibleDescription(self.tr("Data of the caller"))
            self.rows[name].refuse("")
            edit.textChanged.connect(self.changed)
            edit.entered.connect(self.entered)
        self.more_button = PressButton("moreCallerButton", "link")
        self.more_button.setText(self.tr("Picture, prefecture…"))
        self.more_button.setAccessibleName(self.tr("Show picture and prefecture of the caller"))
        self.more_button.clicked.connect(self._open_by_press)
        self._more = QWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        more = QVBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(GRID)
        for name in ("end_user_avatar", "end_user_prefecture"):
            more.addWidget(self.rows[name])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(PlainLabel(self.tr("Caller"), style="field-label", wrap=False))
        for name in ("end_user_id", "end_user_name", "end_user_organization"):
            column.addWidget(self.rows[name])
        column.addWidget(self.more_button)
        column.addWidget(self._more)
        self._more.hide()

    def _open_by_press(self) -> None:
        self.open_more()
        self.edits["end_user_avatar"].setFocus()

    def open_more(self) -> None:
        """Show picture and prefecture."""
        self._more.show()
        self.more_button.hide()

    def _close_more(self) -> None:
        self._more.hide()
        self.more_button.show()

    def values(self) -> tuple[str, str, str, str, str]:
        """As typed: id, name, organization, avatar, prefecture."""
        texts = [edit.text() for edit in self.edits.values()]
        return (texts[0], texts[1], texts[2], texts[3], texts[4])

    def put(self, caller: EndUser) -> None:
        """Replace all; what is not in sight opens if it is in use, and closes if not."""
        texts = (caller.id, caller.name, caller.organization, caller.avatar, caller.prefecture)
        for edit, text in zip(self.edits.values(), texts, strict=True):
            edit.setText(text)
        if caller.avatar or caller.prefecture:
            self.open_more()
        else:
            self._close_more()

    def refuse(self, name: str, sentence: str) -> None:
        if sentence and name in ("end_user_avatar", "end_user_prefecture"):
            self.open_more()
        self.rows[name].refuse(sentence)
