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
    """ID, name and organization in sight; picture and prefecture one press further (there once it is furnished)."""

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.edits: dict[str, EntryEdit] = {}
        self.rows: dict[str, FieldRow] = {}
        self._add("end_user_id", "endUserIdEdit", self.tr("&ID"))
        self._add("end_user_name", "endUserNameEdit", self.tr("Na&me"))
        self._add("end_user_organization", "endUserOrganizationEdit", self.tr("&Organization"))
        self.more_button = PressButton("moreCallerButton", "link")
        self.more_button.setText(self.tr("Picture, prefecture…"))
        self.more_button.setAccessibleName(self.tr("Show picture and prefecture of the caller"))
        self.more_button.clicked.connect(self._open_by_press)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(PlainLabel(self.tr("Caller"), style="field-label", wrap=False))
        for row in self.rows.values():
            column.addWidget(row)
        column.addWidget(self.more_button)

    def _add(self, name: str, object_name: str, label: str) -> FieldRow:
        edit = self.edits[name] = EntryEdit(object_name)
        row = self.rows[name] = FieldRow(label, edit, description=self.tr("Data of the caller"))
        edit.textChanged.connect(self.changed)
        edit.entered.connect(self.entered)
        return row

    def furnish(self) -> None:
        """Add what is not in sight at first."""
        avatar = self._add("end_user_avatar", "endUserAvatarEdit", self.tr("Picture &URL"))
        prefecture = self._add("end_user_prefecture", "endUserPrefectureEdit", self.tr("P&refecture"))
        self._more = QWidget()
        more = QVBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(GRID)
        more.addWidget(avatar)
        more.addWidget(prefecture)
        self._more.hide()
        self._column.addWidget(self._more)

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
        """As typed: id, name, organization, avatar, prefecture; "" for what has no field yet."""
        texts = [*(edit.text() for edit in self.edits.values()), "", ""]
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
