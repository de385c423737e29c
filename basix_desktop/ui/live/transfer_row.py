"""Whom to hand a live call on to: a field that completes as the dial column's does, in place on the card."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from basix_desktop.domain.destinations import read_destination
from basix_desktop.domain.errors import InputRefused
from basix_desktop.ui.dial.destination_edit import DestinationEdit
from basix_desktop.ui.dial.matching import Choice
from basix_desktop.ui.explain import refusal
from basix_desktop.ui.people.directory import Directory
from basix_desktop.ui.theme import GAP, GRID, Theme
from basix_desktop.ui.widgets.buttons import PressButton
from basix_desktop.ui.widgets.fields import mark_refused
from basix_desktop.ui.widgets.labels import PlainLabel

_NARROW = 400


class TransferRow(QWidget):
    """Enter takes the highlighted proposal; Enter on what is chosen transfers. Esc closes."""

    wanted = Signal(str)  # the destination as the PBX takes it
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transferRow")
        self._language = "en"
        self._home = "JP"
        self.field = DestinationEdit(theme, self)
        self.field.setObjectName("transferEdit")
        self.go_button = PressButton("transferGoButton", "", self)
        self.close_button = PressButton("transferCloseButton", "", self)
        self._refusal = PlainLabel(style="error", parent=self)
        self._refusal.setObjectName("transferRefusal")
        self._refusal.setMinimumHeight(1)  # else as high as in a column of its own
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addStretch(1)
        buttons.addWidget(self.go_button)
        buttons.addWidget(self.close_button)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(GAP)
        self._line.addWidget(self.field, 1)
        self._line.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(self._line)
        column.addWidget(self._refusal)
        self._refusal.hide()
        self.field.entered.connect(self._go)
        self.field.changed.connect(lambda: self._refuse(""))
        self.go_button.clicked.connect(self._go)
        self.close_button.clicked.connect(self.close_row)
        self.retranslate()
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the buttons stand below the field."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self._line.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def tab_stops(self) -> list[QWidget]:
        return [self.field, self.go_button, self.close_button]

    def open(self, people: Directory, choices: Iterable[Choice], language: str, home: str) -> None:
        """Empty, with the focus in the field. ``choices`` are favourites and recent destinations; their keys mean the
        dial column, so none is shown here."""
        self._language, self._home = language, home
        self.field.set_choices([replace(choice, key=0) for choice in choices])
        self.know(people)
        self.field.choose(Choice("", typed=True))
        self._refuse("")
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def know(self, people: Directory) -> None:
        """Whom there is to choose from, and how ready they are; what has been typed stays."""
        self.field.show_readiness(people)

    def close_row(self) -> None:
        """Whoever listens moves the focus first: what is hidden hands it to anything, and that would be read out."""
        if self.isVisible():
            self.closed.emit()
            self.hide()

    def retranslate(self) -> None:
        self.field.setPlaceholderText(self.tr("Name, group or extension"))
        self.field.setAccessibleName(self.tr("Transfer to"))
        self.go_button.set_words(self.tr("Transfer"))
        self.close_button.set_words(self.tr("Close"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the field leaves over; a digit must not go on to the number field."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_row()
        elif not event.text() or not event.text().isprintable():
            super().keyPressEvent(event)

    def _go(self) -> None:
        try:
            destination = read_destination(self.field.choice.destination, self._home)
        except InputRefused as error:
            self._refuse(refusal(error, self._language))
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.wanted.emit(destination)

    def _refuse(self, sentence: str) -> None:
        self._refusal.setText(sentence)
        self._refusal.setVisible(bool(sentence))
        mark_refused(self.field, sentence)
