"""What the dial column says in place: the second look, how an attempt ended, a number offered from outside.

The first picture has these panels hidden: what they need to say something is imported when they do (``app.shell``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from basix_desktop.ui.widgets.buttons import PressButton
from basix_desktop.ui.widgets.panel import Panel

if TYPE_CHECKING:
    from basix_desktop.domain.calls import Attempt
    from basix_desktop.domain.errors import BasixError
    from basix_desktop.ui.explain import Explanation


class SecondLookPanel(Panel):
    """Names the reasons and exactly what would be called."""

    confirmed = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("secondLookPanel", "panel-warning", parent)
        self.confirm_button = PressButton("secondLookConfirmButton", "warning")
        self.confirm_button.set_words(self.tr("Call"))
        self.back_button = PressButton("secondLookBackButton")
        self.back_button.set_words(self.tr("Back"))
        self.confirm_button.clicked.connect(self.confirmed)
        self.back_button.clicked.connect(self.closed)
        self.buttons.addWidget(self.confirm_button)
        self.buttons.addWidget(self.back_button)
        self.buttons.addStretch(1)

    def ask(self, reasons: Sequence[str], what: str) -> None:
        """``what`` is exactly what would be called."""
        self.say(reasons[0], "\n".join((*reasons[1:], what)))
        self.confirm_button.setAccessibleDescription(self.accessibleName())


class OutcomePanel(Panel):
    """How the last press ended; stays until put away or until the next press. Of what may have been placed it says what
    to do now: why it is not known stands with the calls that wait to be checked."""

    closed = Signal()
    check_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("outcomePanel", "panel-info", parent)
        self.attempt_id = ""
        self.check_button = PressButton("outcomeCheckButton", "warning")
        self.check_button.set_words(self.tr("Check"))
        self.check_button.clicked.connect(self.check_wanted)
        self.check_button.hide()
        self.close_button = PressButton("outcomeCloseButton")
        self.close_button.set_words(self.tr("Close"))
        self.close_button.clicked.connect(self.put_away)
        self.buttons.addWidget(self.check_button)
        self.buttons.addWidget(self.close_button)
        self.buttons.addStretch(1)

    def put_away(self) -> None:
        if not self.isHidden():
            self.hide()
            self.closed.emit()
        self.attempt_id = ""

    def settled(self, attempt_id: str) -> None:
        """Nobody asks any more whether this attempt was placed: it is known now, or the user has answered."""
        if attempt_id == self.attempt_id and not self.check_button.isHidden():
            self.put_away()

    def tell_attempt(self, attempt: Attempt, what: str, language: str) -> None:
        """``what`` names number and destination."""
        from basix_desktop.domain.calls import State
        from basix_desktop.ui.explain import explain

        self.attempt_id = attempt.id
        if attempt.state is State.ACCEPTED or attempt.failure is None:
            self.say(self.tr("Placed"), self._placed_words(attempt, what), "panel-info")
            return
        explanation = explain(attempt.failure, language, attempt.retry_after)
        if attempt.state is State.UNKNOWN:
            self.say(explanation.title, f"{what}\n{explanation.action}", "panel-warning")
            self.check_button.show()
        else:
            self._tell(explanation, what, "panel-danger")

    def say(self, title: str, body: str, style: str = "") -> None:
        self.check_button.hide()
        super().say(title, body, style)

    def _placed_words(self, attempt: Attempt, what: str) -> str:
        words = self.tr("{call}. The PBX is ringing the number now.").replace("{call}", what)
        if attempt.uuid_seen_before:
            again = self.tr("The PBX gave a call ID that an earlier call had already.")
            return f"{words}\n{again}"
        return words

    def tell_error(self, error: BasixError, language: str) -> None:
        """Nothing was recorded, so nothing was placed."""
        from basix_desktop.ui.explain import explain

        self.attempt_id = ""
        self._tell(explain(error, language), "", "panel-danger")

    def tell(self, explanation: Explanation) -> None:
        self.attempt_id = ""
        self._tell(explanation, "", "panel-danger")

    def _tell(self, explanation: Explanation, what: str, style: str) -> None:
        body = "\n".join(part for part in (what, explanation.sentence()) if part)
        self.say(explanation.title, body, style)


class OfferPanel(Panel):
    """A number from outside that waits, because something else stands in the field."""

    used = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("offerPanel", "panel-info", parent)
        self.use_button = PressButton("offerUseButton")
        self.use_button.set_words(self.tr("Use this number"))
        self.use_button.set_key("Alt+W")
        self.close_button = PressButton("offerCloseButton")
        self.close_button.set_words(self.tr("Close"))
        self.use_button.clicked.connect(self.used)
        self.close_button.clicked.connect(self.closed)
        self.buttons.addWidget(self.use_button)
        self.buttons.addWidget(self.close_button)
        self.buttons.addStretch(1)
