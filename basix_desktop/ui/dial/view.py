"""The dial column's widgets. What they do is in ``presenter``.

The first picture (``app.shell``) has only what it shows; :meth:`DialView.furnish` adds the rest, all of it hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from basix_desktop.ui.dial.call_bar import CallBar
from basix_desktop.ui.dial.caller_section import CallerSection
from basix_desktop.ui.dial.destination_section import DestinationSection
from basix_desktop.ui.dial.number_section import NumberSection
from basix_desktop.ui.dial.options_section import OptionsSection
from basix_desktop.ui.theme import GAP, GRID, MARGIN, SCROLL_BAR, SECTION, Theme, look

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from basix_desktop.ui.dial.draft import Draft
    from basix_desktop.ui.dial.panels import OfferPanel, OutcomePanel, SecondLookPanel

#: The narrowest the column works at, and what it is made for (design/1-ready-to-call.png). Device-independent pixels.
NARROWEST = 320
USUAL_WIDTH = 356
_MOST_RESERVED = 400


class DialView(QFrame):
    """``changed``: any field has another value. ``home`` is the region that numbers are read from. ``offer``,
    ``second_look`` and ``outcome`` are there once it is furnished."""

    offer: OfferPanel
    second_look: SecondLookPanel
    outcome: OutcomePanel

    call_pressed = Signal()
    escape_pressed = Signal()
    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.home = "JP"
        self._grouping = self._furnished = False
        self.setObjectName("dialView")
        self.setAccessibleName(self.tr("Dial"))
        look(self, "surface")
        self.number = NumberSection(theme, self._regroup)
        self.destination = DestinationSection(theme)
        self.caller = CallerSection()
        self.options = OptionsSection(self._show_number)
        self.bar = CallBar()
        self.setMinimumWidth(NARROWEST)
        self._lay_out()
        self._connect()
        self._chain(self._shown_first())

    def state(self) -> dict[str, Any]:
        """What the first picture of the next start wants to know."""
        grid = self.destination.grid
        return {"favourites_height": grid.height() if grid.isVisibleTo(self) else 0}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up what :meth:`state` kept, before the column is furnished; whatever is not of its form is left out."""
        height = state.get("favourites_height")
        if type(height) is int and 0 <= height <= _MOST_RESERVED:
            self.destination.reserve(height)

    def furnish(self) -> None:
        """Add all that is not in sight at first. Any number of times."""
        if self._furnished:
            return
        self._furnished = True
        from basix_desktop.ui.dial.panels import OfferPanel, OutcomePanel, SecondLookPanel

        self.offer = OfferPanel()
        self.second_look = SecondLookPanel()
        self.outcome = OutcomePanel()
        below_number = self._column.indexOf(self.number) + 1
        self._column.insertWidget(below_number, self.offer)
        self._column.insertWidget(below_number + 1, self.second_look)
        self._foot.insertWidget(0, self.outcome)
        self.destination.furnish()
        self.caller.furnish()
        self.options.furnish()
        self.order_tabs()

    def _lay_out(self) -> None:
        page = QWidget()
        look(page, "surface")
        column = QVBoxLayout(page)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, GAP)
        column.setSpacing(GAP)
        scroll = QScrollArea()
        scroll.setObjectName("dialScroll")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        scroll.verticalScrollBar().rangeChanged.connect(self._keep_width)
        self._scroll, self._column = scroll, column
        foot = self._foot = QVBoxLayout()
        foot.setContentsMargins(MARGIN, GAP, MARGIN, MARGIN)
        foot.setSpacing(GAP)
        foot.addWidget(self.bar)
        self._edge = QFrame()
        look(self._edge, "line")
        self._edge.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(self._edge)
        whole.addLayout(foot)
        column.addWidget(self.number)
        column.addWidget(self.destination)
        column.addSpacing(SECTION - 2 * GAP + GRID)
        column.addWidget(self.caller)
        column.addWidget(self.options)
        column.addStretch(1)

    def _keep_width(self, _least: int, most: int) -> None:
        """The scroll bar takes its room from the margin, not from the fields; a line shows where they go on behind."""
        self._edge.setVisible(most > 0)
        right = MARGIN - SCROLL_BAR if most else MARGIN
        self._column.setContentsMargins(MARGIN, MARGIN, right, GAP)

    def _connect(self) -> None:
        self.number.edit.changed.connect(self.changed)
        self.destination.edit.changed.connect(self.changed)
        self.caller.changed.connect(self.changed)
        self.options.changed.connect(self.changed)
        self.number.edit.entered.connect(self.call_pressed)
        self.destination.edit.entered.connect(self.call_pressed)
        self.caller.entered.connect(self.call_pressed)
        self.options.entered.connect(self.call_pressed)
        self.bar.call_button.clicked.connect(self.call_pressed)

    def _show_number(self, number: str) -> str:
        if not self._grouping:
            return number
        from basix_desktop.domain import numbers

        return numbers.show(number, self.home)

    def _regroup(self, text: str, cursor: int) -> tuple[str, int]:
        from basix_desktop.domain import numbers  # imported with the first key, not for the first picture

        return numbers.regroup(text, cursor, self.home)

    def start_grouping(self) -> None:
        """The numbering plans are loaded; until then no number is grouped for display, since loading takes a while."""
        self._grouping = True
        self.options.tell()

    def draft(self) -> Draft:
        """Everything as it stands."""
        from basix_desktop.ui.dial.draft import Draft

        choice = self.destination.edit.choice
        options = self.options.values()
        return Draft(
            self.number.edit.text(),
            choice.destination,
            choice.label,
            *self.caller.values(),
            calling_number=options.calling_number,
            answer_timeout=options.answer_timeout,
            callback_url=options.callback_url,
        )

    def refuse(self, field: str, sentence: str) -> None:
        """Say beside a field what is wrong with it."""
        if field == "number":
            self.number.refuse(sentence)
        elif field == "destination":
            self.destination.refuse(sentence)
        elif field in self.caller.rows:
            self.caller.refuse(field, sentence)
        elif field in self.options.rows:
            self.options.refuse(field, sentence)

    def focus_field(self, field: str) -> None:
        """Go to a field and bring it into sight."""
        widget = self._fields()[field]
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._show_focused)  # once refusals have taken their room

    def _show_focused(self) -> None:
        focused = self.focusWidget()
        if focused is not None and self._scroll.isAncestorOf(focused):
            self._scroll.ensureWidgetVisible(focused)

    def show_top(self) -> None:
        """Bring the question and the number into sight, with its label."""
        self._scroll.verticalScrollBar().setValue(0)

    def clear_refusals(self) -> None:
        for field in self._fields():
            if field != "number":
                self.refuse(field, "")

    def _fields(self) -> dict[str, QWidget]:
        rows = {**self.caller.rows, **self.options.rows}
        return {
            "number": self.number.edit,
            "destination": self.destination.edit,
            **{name: row.field for name, row in rows.items()},
        }

    def order_tabs(self) -> None:
        """Tab goes from top to bottom. Call again when buttons have come or gone."""
        self._chain(self._in_order())

    def _chain(self, widgets: Iterator[QWidget]) -> None:
        for before, after in pairwise(widgets):
            QWidget.setTabOrder(before, after)

    def _shown_first(self) -> Iterator[QWidget]:
        yield self.number.edit
        yield self.destination.edit
        yield from self.caller.edits.values()
        yield from (self.caller.more_button, self.options.open_button, self.bar.call_button)

    def _in_order(self) -> Iterator[QWidget]:
        yield self.number.edit
        yield from self.number.findChildren(QPushButton)
        yield from (self.offer.use_button, self.offer.close_button)
        yield from (self.second_look.confirm_button, self.second_look.back_button)
        yield self.destination.edit
        yield from self.destination.grid.buttons
        yield self.destination.add_button
        editor = self.destination.editor
        yield from (editor.name_edit, editor.destination_edit, editor.save_button, editor.cancel_button)
        caller = list(self.caller.edits.values())
        yield from (*caller[:3], self.caller.more_button, *caller[3:])
        yield self.options.open_button
        yield from (self.options.calling_number, self.options.answer_timeout, self.options.callback_url)
        yield from (self.outcome.check_button, self.outcome.close_button, self.bar.cancel_button, self.bar.call_button)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        window = self.window()
        if window is not self:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window's own keys: an Esc that nobody else wanted comes here from anywhere in it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.window():
            return self._escape(event)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._escape(event):
            super().keyPressEvent(event)

    def _escape(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Escape:
            return False
        event.accept()
        if not event.isAutoRepeat():
            self.escape_pressed.emit()
        return True
