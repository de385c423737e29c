"""From a press of Call to its outcome."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from basix_desktop.domain.accounts import Account
from basix_desktop.domain.calls import Attempt, EndUser, State
from basix_desktop.domain.concerns import Concern
from basix_desktop.domain.errors import AccountMissing, BasixError, ConfirmationRequired, InputRefused
from basix_desktop.services.dialer import Dialing, Order
from basix_desktop.ui.dial.around import Around
from basix_desktop.ui.dial.called import attempt_words, order_words
from basix_desktop.ui.dial.draft import FIELDS, Draft
from basix_desktop.ui.dial.early import other_account
from basix_desktop.ui.dial.favourites import FavouritesPresenter
from basix_desktop.ui.dial.filling import Filling
from basix_desktop.ui.dial.not_ready import not_ready
from basix_desktop.ui.dial.placing import Placing
from basix_desktop.ui.dial.reading import Refusals, read_order
from basix_desktop.ui.dial.second_look import SecondLook
from basix_desktop.ui.dial.under_way import UnderWay
from basix_desktop.ui.dial.view import DialView
from basix_desktop.ui.dial.waiting import Waiting
from basix_desktop.ui.explain import explain_unexpected, refusal
from basix_desktop.ui.people.directory import Directory

#: Milliseconds after a press until the window shows it. Painting takes the interpreter from the threads that record and
#: send the call; the press itself is taken at once.
_SHOWN_AFTER = 25


class Calling(QObject):
    """``attempt_changed`` carries an ``Attempt``, ``announced`` words, ``outdated`` words that hold no longer;
    ``state_changed``: a press has come, gone or got further."""

    attempt_changed = Signal(object)
    announced = Signal(str)
    outdated = Signal(str)
    state_changed = Signal()

    def __init__(
        self,
        view: DialView,
        dialing: Dialing,
        around: Around,
        favourites: FavouritesPresenter,
        filling: Filling,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._dialing = dialing
        self._around = around
        self._favourites = favourites
        self._filling = filling
        self._placing = Placing(around.tasks, dialing, self)
        self._look = SecondLook(view.second_look, around.now)
        self._waiting = Waiting(around.now, self)
        self._under_way = UnderWay(view.bar, self._placing, self._waiting, self)
        self._under_way.announced.connect(self.announced)
        self._pressed = Draft()
        self._directory: Directory | None = None
        self._said = ""  # what holds while the fields are as they are
        self._unsettled = ""  # the attempt that the fields still hold, which may have been placed
        self._placing.gate_passed.connect(self.state_changed)
        self._placing.progressed.connect(self._progressed)
        self._placing.ended.connect(self._ended)
        self._placing.failed.connect(self._failed)
        self._waiting.ticked.connect(self.state_changed)
        view.second_look.confirmed.connect(self._confirm)
        view.second_look.closed.connect(self.step_back)
        view.bar.cancelled.connect(self.step_back)

    # Pressing

    def expect(self) -> None:
        """There is a number that could be called: Enter is likely to come soon."""
        account = self._around.account()
        if account is not None:
            self._dialing.expect(account)

    def press(self) -> None:
        """Call, or confirm the second look, or bring back the last number, or say why not."""
        if self.must_wait():
            return
        if self._look.open:
            self._confirm()
            return
        draft, account = self._view.draft(), self._around.account()
        if not draft.number.strip():
            self._view.outcome.put_away()
            self._filling.bring_back_last()
        elif account is None:
            self.tell_error(AccountMissing("account_missing"))
        else:
            self._read_and_place(draft, account)

    def must_wait(self) -> bool:
        """Whether a press now means nothing, or is not taken and told so."""
        return self._filling.just_filled or self.refuse_while_busy()

    def refuse_while_busy(self) -> bool:
        """Whether no press is taken now; if so, says what is under way."""
        if self._around.active() != self._around.account():
            self.announced.emit(other_account())
            return True
        return self._under_way.refuse_another()

    def _read_and_place(self, draft: Draft, account: Account) -> None:
        self._view.clear_refusals()
        try:
            order = read_order(draft, account)
        except Refusals as refusals:
            self._refuse(refusals.fields)
            return
        self._place(replace(order, concerns=not_ready(order, self._directory)), draft)

    def know(self, directory: Directory) -> None:
        """Whom the feed knows now: who is not ready is asked about, together with whatever else the dialer asks."""
        self._directory = directory

    def _refuse(self, refused: dict[str, InputRefused]) -> None:
        self._view.outcome.put_away()
        language = self._around.language()
        for field, error in refused.items():
            self._view.refuse(field, refusal(error, language))
        first = next(iter(refused))
        self._view.focus_field(first)
        self.say_of_draft(refusal(refused[first], language))

    def say_of_draft(self, words: str) -> None:
        """Announce what holds no longer than the fields stay as they are."""
        self.announced.emit(words)
        self._said = words

    def take_back(self) -> None:
        """Something else stands in the fields, or the question about them is closed."""
        words, self._said = self._said, ""
        if words:
            self.outdated.emit(words)

    def _place(self, order: Order, draft: Draft) -> None:
        self._pressed, self._unsettled = draft, ""
        if self._view.bar.call_button.hasFocus():  # it is about to be disabled
            self._view.number.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._placing.place(order)
        self._under_way.begin(order)
        QTimer.singleShot(_SHOWN_AFTER, self, lambda: self._show_under_way(order))

    def _show_under_way(self, order: Order) -> None:
        """What was said of the last call makes room, unless this one's outcome stands there already."""
        if self._placing.order is order:
            self._view.outcome.put_away()
        self.state_changed.emit()

    def _confirm(self) -> None:
        confirmed = None if self.must_wait() else self._look.confirm()
        if confirmed is None:
            return
        order, countries = confirmed
        store, key = self._around.favourites, order.account.key
        for country in countries:
            self._around.tasks.db(partial(store.allow_country, *key, country), None, self.tell_error)
        self._place(order, self._view.draft())

    # Stepping back

    def step_back(self) -> bool:
        """Cancel what has not been sent, or close the second look; False if there was neither."""
        if self._placing.cancellable:
            self._placing.cancel()
            self.state_changed.emit()
            return True
        if self._look.open:
            self._view.number.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self._look.close()
            self.take_back()
            return True
        self._under_way.tell_too_late()
        return False

    def keep_question_only_for(self, draft: Draft) -> None:
        """A second look holds for exactly the values shown."""
        self._look.keep_only_for(draft)

    def close_question(self) -> None:
        self._look.close()

    def stop(self) -> Future[Attempt] | None:
        """Cancel what has not been sent; the future of what has, or None."""
        self._placing.cancel()
        return self._placing.done

    # How it went

    def _progressed(self, attempt: Attempt) -> None:
        if not attempt.state.in_flight and attempt.id == self._view.outcome.attempt_id:
            self._settled_late(attempt)
        self.state_changed.emit()
        self.attempt_changed.emit(attempt)

    def tells(self, attempt: Attempt) -> bool:
        """Whether how it ends is announced from here."""
        return attempt.id in (self._placing.attempt_id, self._view.outcome.attempt_id)

    def settled(self, attempt: Attempt) -> bool:
        """Whether this settles the call of this column that may have been placed, as the live feed or a reported result
        does; then it says so."""
        if attempt.id != self._unsettled or attempt.state in (State.SENDING, State.UNKNOWN):
            return False
        self._settled_late(attempt)
        return True

    def _settled_late(self, attempt: Attempt) -> None:
        self._unsettled = ""
        if attempt.state is State.ACCEPTED and self._placing.order is None:
            self._clear_what_was_called()
        self._tell_outcome(attempt)

    def _ended(self, attempt: Attempt) -> None:
        if attempt.state is State.ACCEPTED:
            self._clear_what_was_called()
        self._unsettled = attempt.id if attempt.state is State.UNKNOWN else ""
        self._waiting.start(attempt.retry_after)
        self._favourites.load()
        self._tell_outcome(attempt)
        self.state_changed.emit()

    def _tell_outcome(self, attempt: Attempt) -> None:
        what = attempt_words(attempt, self._around.rules.home_region)
        self._view.outcome.tell_attempt(attempt, what, self._around.language())
        self.announced.emit(self._view.outcome.accessibleName())

    def _failed(self, error: BasixError | None) -> None:
        self.state_changed.emit()
        pressed = self._placing.last
        if isinstance(error, ConfirmationRequired) and pressed is not None and self._still_shows(pressed):
            self._ask(pressed, self._pressed, error.concerns)
        elif isinstance(error, InputRefused) and error.field in FIELDS:
            self._refuse({error.field: error})
        elif error is not None:
            self.tell_error(error)
        else:
            self._view.outcome.tell(explain_unexpected(self._around.language()))
            self.announced.emit(self._view.outcome.accessibleName())

    def _still_shows(self, pressed: Order) -> bool:
        """Whether the window shows what was pressed, and the account it was pressed for."""
        return pressed.account == self._around.account() and self._view.draft().sends_as(self._pressed)

    def _ask(self, order: Order, draft: Draft, concerns: Sequence[Concern]) -> None:
        self._view.outcome.put_away()
        words = self._look.ask(order, draft, concerns, order_words(order), self._around.language())
        self._view.show_top()
        keys = self.tr("Enter calls, Esc goes back.")
        self.say_of_draft(f"{words}\n{keys}")

    def tell_error(self, error: BasixError) -> None:
        """In the panel above Call: nothing was recorded, so nothing was placed."""
        self._view.outcome.tell_error(error, self._around.language())
        self.announced.emit(self._view.outcome.accessibleName())

    def _clear_what_was_called(self) -> None:
        """Number and caller go, a one-off destination and options go back; what was typed meanwhile for the next call
        stays."""
        now = self._view.draft()
        if now.number == self._pressed.number:
            self._view.number.edit.put("")
        if now.caller == self._pressed.caller:
            self._view.caller.put(EndUser())
        if now.destination == self._pressed.destination:
            self._favourites.back_to_usual()
        if now.options == self._pressed.options:
            self._view.options.back_to_usual()
        focused = QApplication.focusWidget()
        if focused is not None and self._view.isAncestorOf(focused):
            self._view.number.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is under way

    @property
    def ready(self) -> bool:
        """Whether a press would be taken."""
        return self._placing.order is None and not self._waiting.seconds

    def tell_state(self) -> None:
        """The line above Call."""
        self._under_way.tell()
