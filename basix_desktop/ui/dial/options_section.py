"""How to call: caller ID shown, ring time, callback URL. One line while all is as the account has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from basix_desktop.domain.accounts import DEFAULT_ANSWER_TIMEOUT
from basix_desktop.ui.theme import GRID
from basix_desktop.ui.widgets.buttons import LineButton
from basix_desktop.ui.widgets.field_row import FieldRow
from basix_desktop.ui.widgets.text import clean

if TYPE_CHECKING:
    from basix_desktop.domain.accounts import Account
    from basix_desktop.ui.widgets.combos import EntryCombo
    from basix_desktop.ui.widgets.fields import EntryEdit
    from basix_desktop.ui.widgets.seconds_spin import SecondsSpin


class Options(NamedTuple):
    """As typed, or as the account has them."""

    calling_number: str = ""
    answer_timeout: str = str(DEFAULT_ANSWER_TIMEOUT)
    callback_url: str = ""

    @classmethod
    def of(cls, account: Account) -> Options:
        """Its own."""
        return cls(account.default_calling_number, str(account.answer_timeout), account.callback_url)


class OptionsSection(QWidget):
    """Opens by itself when a value differs from the account's. ``show_number`` groups a number for people. The fields
    are there once it is furnished; until then all is as ``expect`` was told."""

    calling_number: EntryCombo
    answer_timeout: SecondsSpin
    callback_url: EntryEdit

    changed = Signal()
    entered = Signal()

    def __init__(self, show_number: Callable[[str], str]) -> None:
        super().__init__()
        self._show_number = show_number
        self._usual = Options()
        self._asked_open = False
        self.rows: dict[str, FieldRow] = {}
        self.open_button = LineButton("optionsButton")
        self.open_button.setAccessibleDescription(self.tr("Options of this call"))
        self._fields = QWidget()
        self._fields.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.open_button)
        column.addWidget(self._fields)
        self._tell_closed(self._usual)

    def expect(self, usual: Options) -> None:
        """Say on the line what the account has, before there are fields."""
        self._usual = usual
        self._tell_closed(usual)

    def furnish(self) -> None:
        """Add the fields."""
        from basix_desktop.ui.widgets.combos import EntryCombo
        from basix_desktop.ui.widgets.fields import EntryEdit
        from basix_desktop.ui.widgets.seconds_spin import SecondsSpin

        self.calling_number = EntryCombo("callingNumberEdit")
        self.answer_timeout = SecondsSpin("answerTimeoutSpin")
        self.callback_url = EntryEdit("callbackUrlEdit")
        self._fill_in_usual()
        self._make_rows()
        self._connect()
        self.tell()

    def _make_rows(self) -> None:
        self.rows = {
            "calling_number": FieldRow(
                self.tr("Caller ID &shown"), self.calling_number, description=self.tr("The number the caller sees")
            ),
            "answer_timeout": FieldRow(
                self.tr("Rin&g"),
                self.answer_timeout,
                unit=self.tr("seconds"),
                description=self.tr("How long it rings before giving up"),
            ),
            "callback_url": FieldRow(
                self.tr("Callback UR&L"), self.callback_url, description=self.tr("Called by the PBX with the result")
            ),
        }
        fields = QVBoxLayout(self._fields)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(GRID)
        for row in self.rows.values():
            fields.addWidget(row)

    def _connect(self) -> None:
        self.open_button.clicked.connect(self._press)
        self.calling_number.editTextChanged.connect(self._edited)
        self.answer_timeout.lineEdit().textChanged.connect(self._edited)
        self.callback_url.textChanged.connect(self._edited)
        for field in (self.calling_number, self.answer_timeout, self.callback_url):
            field.entered.connect(self.entered)

    def _edited(self) -> None:
        self.tell()
        self.changed.emit()

    def _press(self) -> None:
        self._asked_open = not self.is_open
        self.tell()
        if self.is_open:
            self.calling_number.setFocus()

    @property
    def is_open(self) -> bool:
        return self._fields.isVisibleTo(self)

    def tell(self) -> None:
        """Open or close, and say on the line what the closed fields hold."""
        values = self.values()
        shown = self._asked_open or values != self._usual or any(row.refusal for row in self.rows.values())
        self._fields.setVisible(shown)
        if shown:
            self._say("▾", self.tr("Options"))
        else:
            self._tell_closed(values)

    def _tell_closed(self, values: Options) -> None:
        number = clean(self._show_number(values.calling_number)) or self.tr("as the PBX has it")
        words = self.tr("Caller ID shown {number} · Ring {seconds} s")
        words = words.replace("{number}", number).replace("{seconds}", clean(values.answer_timeout))
        self._say("▸", words)

    def _say(self, mark: str, words: str) -> None:
        self.open_button.set_words(words)
        self.open_button.setText(f"{mark} {self.open_button.text()}")

    def values(self) -> Options:
        """As typed."""
        if not self.rows:
            return self._usual
        return Options(self.calling_number.currentText(), self.answer_timeout.typed(), self.callback_url.text())

    def put(self, usual: Options, proposals: tuple[str, ...] = ()) -> None:
        """Set all to the account's own, with its saved calling numbers to choose from."""
        self._usual = usual
        self.calling_number.offer(proposals)
        self.back_to_usual()

    def back_to_usual(self) -> None:
        """What differs for one call goes with it."""
        self._asked_open = False
        self._fill_in_usual()
        self.tell()

    def _fill_in_usual(self) -> None:
        self.calling_number.setEditText(self._usual.calling_number)
        self.answer_timeout.set_seconds(int(self._usual.answer_timeout))
        self.answer_timeout.set_typed(self._usual.answer_timeout)
        self.callback_url.setText(self._usual.callback_url)

    def refuse(self, name: str, sentence: str) -> None:
        if sentence != self.rows[name].refusal:
            self.rows[name].refuse(sentence)
            self.tell()
