"""How a number gets into the column: typed, pasted, chosen, brought back, offered from outside."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal

from basix_desktop.domain.accounts import Account
from basix_desktop.domain.calls import Attempt, EndUser
from basix_desktop.domain.errors import InputRefused
from basix_desktop.domain.logged_number import to_dial
from basix_desktop.ui.dial.around import Around
from basix_desktop.ui.dial.favourites import FavouritesPresenter
from basix_desktop.ui.dial.preview import Preview
from basix_desktop.ui.dial.second_look import TOO_SOON_MS
from basix_desktop.ui.dial.view import DialView
from basix_desktop.ui.explain import refusal
from basix_desktop.ui.widgets.text import isolated

Caller = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class _Offer:
    number: str
    destination: str
    end_user: EndUser | None
    source: str
    label: str = ""


class Filling(QObject):
    """``changed``: buttons have come or gone below the number. ``failed`` carries a ``StoreError``."""

    announced = Signal(str)
    failed = Signal(object)
    changed = Signal()

    def __init__(
        self,
        view: DialView,
        favourites: FavouritesPresenter,
        around: Around,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._favourites = favourites
        self._around = around
        self._preview = Preview(view.number)
        self._offer: _Offer | None = None
        self._filled_at: int | None = None
        self._filled_text = ""
        self._came: tuple[str, Caller] | None = None  # a number from the log, and the caller that came with it
        view.offer.used.connect(self._use_offer)
        view.offer.closed.connect(self._close_offer)
        view.number.edit.too_long.connect(self._refuse_long)
        view.number.candidate_chosen.connect(self._take_candidate)

    @property
    def just_filled(self) -> bool:
        """Whether a number has come from outside so recently that a key pressed now was not meant for it."""
        return self._filled_at is not None and self._around.now() - self._filled_at < TOO_SOON_MS

    def hold(self) -> None:
        """As if a number had just come from outside: a key pressed now was not meant for it."""
        self._filled_at = self._around.now()

    def fill(self, number: str, destination: str, end_user: EndUser | None, source: str, label: str = "") -> None:
        """Replace what stands there, unless it comes from outside (``source``) and something was typed: then the last
        such number waits in a bar of its own."""
        offer = _Offer(number, destination, end_user, source, label)
        typed = self._view.number.edit.text().strip()
        if source and typed and typed != self._filled_text:
            self._keep(offer)
        else:
            self._put(offer)

    def fill_from_attempt(self, attempt: Attempt) -> None:
        """Number, destination and caller of a call in the log, in place of what is there: the same telephone as then,
        whichever account is active now."""
        number = self._number_of(attempt, self._around.rules)
        if number is not None:
            request = attempt.request
            self._put(_Offer(number, request.destination, request.end_user, "", attempt.destination_label))

    def _number_of(self, attempt: Attempt, account: Account) -> str | None:
        """As this account would dial it; None, and the reason said, where it cannot."""
        same_pbx = (attempt.server, attempt.domain) == account.key
        number = to_dial(attempt.request.number, attempt.number_key, account.home_region, same_pbx=same_pbx)
        if number is None:
            words = self.tr("This number can only be called from the account it was called from: {account}.")
            self.announced.emit(words.replace("{account}", isolated(attempt.account)))
        return number

    def _keep(self, offer: _Offer) -> None:
        self._offer = offer
        title = self.tr("A number from {source}").replace("{source}", isolated(offer.source))
        self._view.offer.say(title, isolated(offer.number))
        self.announced.emit(self._view.offer.accessibleName())

    def _use_offer(self) -> None:
        offer = self._offer
        self._close_offer()
        if offer is not None:
            self._put(offer)

    def _close_offer(self) -> None:
        self._offer = None
        self._view.offer.hide()
        self._view.number.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, offer: _Offer) -> None:
        edit = self._view.number.edit
        edit.put(offer.number)
        if offer.end_user is not None:
            self._view.caller.put(offer.end_user)
            self._came = (_digits(edit.text()), self._view.caller.values())
        if offer.destination:
            self._favourites.choose_destination(offer.destination, offer.label)
        self._filled_text = edit.text().strip() if offer.source else ""
        self._filled_at = self._around.now() if offer.source else None
        self._preview.source = offer.source
        self.show_preview()
        self.announced.emit(self._view.number.sent_as.text())

    def bring_back_last(self) -> None:
        """Number and destination of the last call, where nothing has been typed meanwhile. It does not call."""
        account = self._around.account()
        if account is None:
            return
        self._around.tasks.read(
            lambda: self._around.history.last(*account.key),
            lambda last: self._bring_back(last, account),
            self.failed.emit,
        )

    def _bring_back(self, last: Attempt | None, account: Account) -> None:
        if self._view.number.edit.text() or self._around.account() != account:
            return
        if last is None:
            self.announced.emit(self.tr("No number has been called yet."))
            return
        number = self._number_of(last, account)
        if number is None:
            return
        self._favourites.choose_destination(last.request.destination, last.destination_label)
        self._view.number.edit.put(number)
        self._view.number.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        words = self.tr("Last number: {number}. Enter calls.")
        self.announced.emit(words.replace("{number}", self._view.number.edit.text()))

    def drop_caller_of_another(self) -> None:
        """A caller who came with a number leaves with it, unless something of it has been typed."""
        if self._came is not None and _digits(self._view.number.edit.text()) != self._came[0]:
            caller, self._came = self._came[1], None
            if self._view.caller.values() == caller:
                self._view.caller.put(EndUser())

    def show_preview(self) -> bool:
        """Say below the number what would be sent, ask which is meant, or refuse. True for a number that could be
        called as it stands."""
        if self._preview.source and self._view.number.edit.text().strip() != self._filled_text:
            self._preview.source = ""
        callable_ = self._preview.show(self._around.rules, self._around.preferences(), self._around.language())
        self.changed.emit()
        return callable_

    def _refuse_long(self) -> None:
        sentence = refusal(InputRefused("number_too_long", "number"), self._around.language())
        self._view.number.refuse(sentence)
        self.announced.emit(sentence)

    def _take_candidate(self, number: str) -> None:
        self._view.number.edit.put(number)
        self._view.number.edit.setFocus(Qt.FocusReason.OtherFocusReason)


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isalnum() or char == "+")
