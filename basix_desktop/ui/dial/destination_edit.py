"""The destination's field: finds favourites, recent ones and people from the first character, takes any text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from basix_desktop.domain.limits import MAX_TEXT
from basix_desktop.ui.dial.matching import Choice, resolve, suggestions
from basix_desktop.ui.icons import icon
from basix_desktop.ui.theme import Theme
from basix_desktop.ui.widgets.enter import is_enter
from basix_desktop.ui.widgets.fields import EntryEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QPaintEvent

    from basix_desktop.ui.dial.field_readiness import FieldReadiness
    from basix_desktop.ui.dial.suggestion_list import SuggestionList
    from basix_desktop.ui.people.directory import Directory


class DestinationEdit(EntryEdit):
    """``changed`` comes when another destination is meant, ``took`` with the words for a proposal that was taken."""

    changed = Signal()
    took = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("destinationEdit", parent)
        self._theme = theme
        self._choices: tuple[Choice, ...] = ()
        self._directory: Directory | None = None
        self._chosen: Choice | None = None
        self._setting = False
        self._readiness: FieldReadiness | None = None
        self.setMaxLength(8 * MAX_TEXT)
        self._list: SuggestionList | None = None
        self._all = QAction(self.tr("Show favourites and recent destinations"), self)
        self._all.triggered.connect(self._show_all)
        self.addAction(self._all, QLineEdit.ActionPosition.TrailingPosition)
        theme.changed.connect(self._paint_icon)
        self._paint_icon()
        self.textEdited.connect(self._propose)
        self.textChanged.connect(self._retyped)
        self.changed.connect(self._tell_readiness)

    @property
    def list(self) -> SuggestionList:
        """The proposals; made when they are first wanted, since the first picture shows none."""
        if self._list is None:
            from basix_desktop.ui.dial.suggestion_list import SuggestionList

            self._list = SuggestionList(self._theme, self)
            self._list.taken.connect(self._take)
            self._list.rows.show_readiness(self._directory)
        return self._list

    @property
    def proposing(self) -> bool:
        """Whether the proposals are open."""
        return self._list is not None and self._list.isVisible()

    def _close_list(self) -> None:
        if self._list is not None:
            self._list.hide()

    @property
    def choice(self) -> Choice:
        """What is meant: the chosen or fully named destination, else exactly what was typed."""
        if self._chosen is not None:
            return self._chosen
        known = resolve(self.text(), self._choices)
        if known is not None:
            return known
        person = self._directory.named(self.text()) if self._directory is not None else None
        return Choice(person.name, person.label) if person is not None else Choice(self.text().strip(), typed=True)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Favourites and recent destinations, in their order."""
        before = self.choice
        self._choices = tuple(choices)
        if self._chosen is not None:
            self._chosen = next((c for c in choices if c.destination == self._chosen.destination), self._chosen)
            self._show(self._chosen.name)
        if self.choice != before:
            self.changed.emit()

    def show_readiness(self, directory: Directory | None) -> None:
        """Whom the feed knows now: they are proposed below favourites and recent destinations."""
        before = self.choice
        self._directory = directory
        if self._list is not None:
            self._list.rows.show_readiness(directory)
        self._tell_readiness()
        if self.choice != before:
            self.changed.emit()

    @property
    def readiness(self) -> str:
        """How ready the destination meant is, in words; "" where nothing is known."""
        return self._readiness.words if self._readiness is not None else ""

    def _tell_readiness(self) -> None:
        if self._readiness is None:
            if self._directory is None:
                return
            from basix_desktop.ui.dial.field_readiness import FieldReadiness

            self._readiness = FieldReadiness(self, self._theme)
        self._readiness.tell(self._directory, self.choice.destination)

    def choose(self, choice: Choice) -> None:
        """Show this destination as the one meant."""
        before = self.choice
        self._close_list()
        self._chosen = None if choice.typed else choice
        self._show(choice.name)
        if self.choice != before:
            self.changed.emit()

    def _show(self, text: str) -> None:
        self._setting = True
        try:
            if text != self.text():
                self.setText(text)
                self.setCursorPosition(0)  # of a long name the beginning tells most
        finally:
            self._setting = False

    def _retyped(self) -> None:
        if not self._setting:
            self._chosen = None
            self.changed.emit()

    def _propose(self, text: str) -> None:
        found = self._proposals(text) if len(text) <= MAX_TEXT else ()
        if found:
            self.list.open_below(self, found)
        else:
            self._close_list()

    def _proposals(self, text: str) -> tuple[Choice, ...]:
        if self._directory is None:
            return suggestions(text, self._choices)
        from basix_desktop.ui.dial.proposals import proposals

        return proposals(text, self._choices, self._directory)

    def _everyone(self) -> tuple[Choice, ...]:
        if self._directory is None:
            return self._choices
        from basix_desktop.ui.dial.proposals import everyone

        return everyone(self._choices, self._directory)

    def _show_all(self) -> None:
        everybody = self._everyone()
        if everybody and not self.proposing:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.list.open_below(self, everybody)
        else:
            self._close_list()

    def _paint_icon(self) -> None:
        self._all.setIcon(icon("chevron-down", self._theme.tokens.muted))

    def _take(self, choice: Choice) -> None:
        self.choose(choice)
        self.took.emit(choice.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.proposing and self._steer(event):
            event.accept()
        elif event.key() == Qt.Key.Key_Down and not self.proposing:
            event.accept()
            self._show_all()
        else:
            super().keyPressEvent(event)

    def _steer(self, event: QKeyEvent) -> bool:
        """Keys that belong to the open list."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if steps is not None:
            self.list.step(steps)
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.list.hide()
            return True
        if is_enter(event):
            highlighted = self.list.highlighted
            if self.enter_guard.counts(event) and highlighted is not None:
                self._take(highlighted)
            return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._readiness is not None:
            self._readiness.paint()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._close_list()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._close_list()
