"""The fields of an account's own listener for results, shown once it is wanted."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QCheckBox

from basix_desktop.domain import inputs
from basix_desktop.domain.accounts import CallbackListener
from basix_desktop.ui.refusals import FieldReader
from basix_desktop.ui.settings.form_grid import FormGrid
from basix_desktop.ui.widgets.fields import EntryEdit

#: Offered where nothing has been chosen.
USUAL_PORT = 8790
_ROWS = ("listener_address", "listener_port", "listener_url")


class ListenerFields(QObject):
    """Adds its rows to a form's grid. ``changed`` comes with every edit."""

    changed = Signal()

    def __init__(self, grid: FormGrid, *, shown: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._grid = grid
        self._shown = shown
        translate = QCoreApplication.translate
        self.wanted = QCheckBox(translate("AccountForm", "&Receive call results here"))
        self.wanted.setObjectName("accountListenBox")
        self.address = EntryEdit("accountListenerAddressEdit")
        self.port = EntryEdit("accountListenerPortEdit")
        self.url = EntryEdit("accountListenerUrlEdit")
        self.url.setPlaceholderText("https://office.example.com/results")
        told = translate("AccountForm", "The PBX tells this program how each call ended, instead of a callback URL.")
        grid.add("listener", translate("AccountForm", "Results"), self.wanted, hint=told if shown else "")
        self.wanted.setAccessibleName(self.wanted.text().replace("&", ""))
        hints = (
            translate("AccountForm", "Of this computer: 127.0.0.1 behind a web server of yours, 0.0.0.0 for all."),
            "",
            translate("AccountForm", "What the PBX calls. It must lead to this address and port."),
        )
        labels = (
            translate("AccountForm", "&Listen on"),
            translate("AccountForm", "P&ort"),
            translate("AccountForm", "Reachabl&e at"),
        )
        for name, label, field, hint in zip(_ROWS, labels, (self.address, self.port, self.url), hints, strict=True):
            grid.add(name, label, field, hint=hint)
            field.textEdited.connect(self._edited)
        self.wanted.toggled.connect(self._edited)

    def show_listener(self, listener: CallbackListener) -> None:
        self.wanted.blockSignals(True)
        self.wanted.setChecked(listener.enabled)
        self.wanted.blockSignals(False)
        self.address.setText(listener.address)
        self.port.setText(str(listener.port or USUAL_PORT))
        self.url.setText(listener.public_url)

    def show_rows(self) -> None:
        """Only what is of use; a callback URL is not, where the results come here."""
        self._grid.set_row_visible("listener", self._shown)
        for name in _ROWS:
            self._grid.set_row_visible(name, self._shown and self.wanted.isChecked())
        self._grid.set_row_visible("callback_url", self._shown and not self.wanted.isChecked())

    def read(self, original: CallbackListener, reader: FieldReader) -> CallbackListener:
        """What the fields hold; of a listener that is not wanted, what was stored."""
        if not self.wanted.isChecked():
            return CallbackListener(False, original.address, original.port, original.public_url)
        return CallbackListener(
            True,
            reader.read(lambda: inputs.read_listener_address(self.address.text()), ""),
            reader.read(lambda: inputs.read_listener_port(self.port.text()), 0),
            reader.read(lambda: inputs.read_listener_url(self.url.text()), ""),
        )

    def _edited(self) -> None:
        self.changed.emit()
