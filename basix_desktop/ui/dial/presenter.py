"""What the dial column does: from a press of Call to its outcome, and everything that leads there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from basix_desktop.domain import numbers
from basix_desktop.domain.accounts import Account, Preferences
from basix_desktop.domain.calls import Attempt, EndUser, State
from basix_desktop.domain.errors import AccountMissing, BasixError, ConfirmationRequired, InputRefused
from basix_desktop.services.dialer import Dialing, Order
from basix_desktop.services.ports import Favourites, History
from basix_desktop.ui.dial.around import Around
from basix_desktop.ui.dial.draft import FIELDS, Draft, Refusals, read_order
from basix_desktop.ui.dial.favourites import FavouritesPresenter
from basix_desktop.ui.dial.filling import Filling
from basix_desktop.ui.dial.options_section import Options
from basix_desktop.ui.dial.placing import Placing
from basix_desktop.ui.dial.second_look import SecondLook
from basix_desktop.ui.dial.view import DialView
from basix_desktop.ui.dial.waiting import Waiting
from basix_desktop.ui.explain import explain_unexpected, refusal
from basix_desktop.ui.tasks import Tasks
from basix_desktop.ui.widgets.enter import Milliseconds, monotonic_ms
from basix_desktop.ui.widgets.text import isolated


class DialPresenter(QObject):
    """Main thread only. ``attempt_changed`` carries an ``Attempt``; ``announced`` words for the status line and for
    screen readers, once for each thing that happened. ``now`` is a monotonic clock in milliseconds."""

    attempt_changed = Signal(object)
    announced = Signal(str)

    def __init__(
        self,
        view: DialView,
        tasks: Tasks,
        *,
        dialing: Dialing,
        favourites: Favourites,
        history: History,
        account: Callable[[], Account | None],
        preferences: Callable[[], Preferences] = Preferences,
        language: Callable[[], str] = lambda: "en",
        now: Milliseconds = monotonic_ms,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent or view)
        self._view = view
        self._account = account
        self._language = language
        self._around = around = Around(tasks, favourites, history, account, preferences, language, now)
        self._placing = Placing(tasks, dialing, self)
        self._look = SecondLook(view.second_look, now)
        self._waiting = Waiting(now, self)
        self._favourites = FavouritesPresenter(view.destination, around, self)
        self._filling = Filling(view, self._favourites, around, self)
        self._shown = view.draft()
        self._pressed = Draft()
        self._connect()
        self.account_changed()

    def _connect(self) -> None:
        view = self._view
        view.changed.connect(self._changed)
        view.call_pressed.connect(self.press)
        view.escape_pressed.connect(self.escape)
        view.bar.cancelled.connect(self._cancel)
        view.second_look.confirmed.connect(self._confirm)
        view.second_look.closed.connect(self._back)
        self._filling.announced.connect(self.announced)
        self._filling.failed.connect(self._store_failed)
        self._filling.changed.connect(view.order_tabs)
        self._favourites.announced.connect(self.announced)
        self._favourites.failed.connect(self._store_failed)
        self._favourites.shown.connect(self._tell_state)
        self._favourites.shown.connect(view.order_tabs)
        self._placing.progressed.connect(self._progressed)
        self._placing.ended.connect(self._ended)
        self._placing.failed.connect(self._failed)
        self._waiting.ticked.connect(self._tell_state)

    # What the shell calls

    def account_changed(self) -> None:
        """Another account, or other data of it: its favourites, usual destination, options."""
        account = self._around.rules
        self._look.close()
        usual = Options(account.default_calling_number, str(account.answer_timeout), account.callback_url)
        self._view.options.put(usual, account.calling_numbers)
        self._view.number.show_keypad(self._around.preferences().show_keypad)
        self._favourites.load()
        self._filling.show_preview()
        self._tell_state()

    def refresh(self) -> None:
        """Favourites or the log have changed elsewhere."""
        self._favourites.load()

    def focus_number(self) -> None:
        """Go to the number, all of it selected."""
        self._view.number.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._view.number.edit.selectAll()

    def choose_favourite(self, number: int) -> None:
        """Alt+1…9."""
        self._favourites.choose(number)

    def call_to_favourite(self, number: int) -> None:
        """Ctrl+1…9."""
        if self._placing.order is not None:
            self._say_busy()
        elif self._favourites.choose(number) and self._view.draft().number.strip():
            self.press()

    def fill(self, number_text: str, destination: str = "", end_user: EndUser | None = None, source: str = "") -> None:
        """Put a number into the column; it never calls. With a ``source`` (who outside offers it) nothing typed is
        replaced: it waits in a bar of its own, and after the fill Enter does nothing for 500 ms."""
        self._filling.fill(number_text, destination, end_user, source)

    def escape(self) -> None:
        """Esc: cancel before the gate, close the second look, go to the number, clear it."""
        edit = self._view.number.edit
        if self._placing.cancellable:
            self._cancel()
        elif self._look.open:
            self._back()
        elif not edit.hasFocus():
            self.focus_number()
        elif edit.text():
            edit.put("")
        else:
            self._view.outcome.put_away()

    def press(self) -> None:
        """Call, or say why not."""
        if self._filling.just_filled or self._refuse_while_busy():
            return
        if self._look.open:
            self._confirm()
            return
        self._view.outcome.put_away()
        draft, account = self._view.draft(), self._account()
        if not draft.number.strip():
            self._filling.bring_back_last()
        elif account is None:
            self._say_error(AccountMissing("account_missing"), "")
        else:
            self._read_and_place(draft, account)

    # Pressing Call

    def _refuse_while_busy(self) -> bool:
        if self._placing.order is not None:
            self._say_busy()
            return True
        if self._waiting.seconds:
            self.announced.emit(self._waiting.words())
            return True
        return False

    def _say_busy(self) -> None:
        if self._placing.order is None:
            return
        words = self.tr("Not called: {call} is still being placed.")
        words = words.replace("{call}", self._what(self._placing.order))
        self._view.bar.tell(words, cancellable=self._placing.cancellable)
        self.announced.emit(words)

    def _read_and_place(self, draft: Draft, account: Account) -> None:
        self._view.clear_refusals()
        try:
            order = read_order(draft, account)
        except Refusals as refusals:
            self._refuse(refusals.fields)
            return
        self._place(order, draft)

    def _refuse(self, refused: dict[str, InputRefused]) -> None:
        for field, error in refused.items():
            self._view.refuse(field, refusal(error, self._language()))
        first = next(iter(refused))
        self._view.focus_field(first)
        self.announced.emit(refusal(refused[first], self._language()))

    def _place(self, order: Order, draft: Draft) -> None:
        self._pressed = draft
        if self._view.bar.call_button.hasFocus():
            self._view.number.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._placing.place(order)
        self._tell_state()

    def _cancel(self) -> None:
        self._placing.cancel()
        self._tell_state()

    def _confirm(self) -> None:
        if self._filling.just_filled or self._refuse_while_busy():
            return
        confirmed = self._look.confirm()
        if confirmed is None:
            return
        order, countries = confirmed
        for country in countries:
            self._allow(order.account, country)
        self._place(order, self._view.draft())

    def _allow(self, account: Account, country: str) -> None:
        self._around.tasks.db(
            lambda: self._around.favourites.allow_country(*account.key, country), None, self._store_failed
        )

    def _back(self) -> None:
        self._look.close()
        self._view.number.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    # How it went

    def _progressed(self, attempt: Attempt) -> None:
        if not attempt.state.in_flight and attempt.id == self._view.outcome.attempt_id:
            self._tell_outcome(attempt)  # a late answer
        self._tell_state(attempt)
        self.attempt_changed.emit(attempt)

    def _ended(self, attempt: Attempt) -> None:
        if attempt.state is State.ACCEPTED:
            self._clear_what_was_called()
        self._waiting.start(attempt.retry_after)
        self._tell_outcome(attempt)
        self._tell_state()

    def _tell_outcome(self, attempt: Attempt) -> None:
        account = self._account()
        number = numbers.show(attempt.request.number, account.home_region if account else "JP")
        what = f"{number} → {isolated(attempt.destination_label or attempt.request.destination)}"
        self._view.outcome.tell_attempt(attempt, what, self._language())
        self.announced.emit(self._view.outcome.accessibleName())

    def _failed(self, error: BasixError | None) -> None:
        self._tell_state()
        if isinstance(error, ConfirmationRequired) and self._view.draft() == self._pressed:
            self._ask(error)
        elif isinstance(error, InputRefused) and error.field in FIELDS:
            self._refuse({error.field: error})
        elif error is not None:
            self._say_error(error, "")
        else:
            self._view.outcome.tell(explain_unexpected(self._language()), "")
            self.announced.emit(self._view.outcome.accessibleName())

    def _ask(self, error: ConfirmationRequired) -> None:
        order = self._placing.last
        if order is not None:
            words = self._look.ask(order, self._pressed, error.concerns, self._what(order), self._language())
            self.announced.emit(words)

    def _say_error(self, error: BasixError, what: str) -> None:
        self._view.outcome.tell_error(error, what, self._language())
        self.announced.emit(self._view.outcome.accessibleName())

    def _store_failed(self, error: BasixError) -> None:
        self._say_error(error, "")

    def _clear_what_was_called(self) -> None:
        """Number and caller go, a one-off destination goes back; what was typed meanwhile for the next call stays."""
        now = self._view.draft()
        if now.number == self._pressed.number:
            self._view.number.edit.put("")
        if now.caller == self._pressed.caller:
            self._view.caller.put(EndUser())
        if now.destination == self._pressed.destination:
            self._favourites.back_to_usual()
        focused = QApplication.focusWidget()
        if focused is not None and self._view.isAncestorOf(focused):
            self._view.number.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    # What stands in the column

    def _changed(self) -> None:
        before, self._shown = self._shown, self._view.draft()
        for field in FIELDS:
            if field != "number" and getattr(before, field) != getattr(self._shown, field):
                self._view.refuse(field, "")
        if before.number != self._shown.number:
            self._filling.show_preview()
        self._look.keep_only_for(self._shown)
        self._tell_state()

    def _tell_state(self, attempt: Attempt | None = None) -> None:
        """The Call button, its status line, and which favourite is meant."""
        draft, bar = self._view.draft(), self._view.bar
        name = draft.destination_label or draft.destination
        bar.name_destination(name)
        order = self._placing.order
        ready = bool(draft.number.strip()) and order is None and not self._waiting.seconds
        bar.call_button.setEnabled(ready)
        if order is not None:
            bar.tell(self._under_way(order, attempt), cancellable=self._placing.cancellable)
        else:
            bar.tell(self._waiting.words(), cancellable=False)
        destination = self._view.destination
        destination.grid.mark(draft.destination)
        editing = destination.editor.isVisibleTo(destination)
        destination.add_button.setVisible(
            bool(draft.destination) and not editing and not self._favourites.is_favourite(draft.destination)
        )

    def _under_way(self, order: Order, attempt: Attempt | None) -> str:
        if not self._placing.cancellable and attempt is not None and attempt.state is State.SENDING:
            words = self.tr("Sent. Waiting for the PBX… {call}")
        elif self._placing.cancellable:
            words = self.tr("Connecting to the PBX… {call}")
        else:
            words = self.tr("Please wait… {call}")
        return words.replace("{call}", self._what(order))

    def _what(self, order: Order) -> str:
        """Exactly what is called: "03-1234-1234 → Sales"."""
        return f"{order.number.shown} → {isolated(order.destination_label or order.request.destination)}"
