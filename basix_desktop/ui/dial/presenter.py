"""The dial column as the rest of the window knows it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from basix_desktop.domain import numbers
from basix_desktop.domain.accounts import Account, Preferences
from basix_desktop.domain.calls import Attempt, EndUser
from basix_desktop.domain.live import LiveView
from basix_desktop.services.boot_clock import boot_ms
from basix_desktop.services.dialer import Dialing
from basix_desktop.services.ports import Favourites, History
from basix_desktop.ui.dial.around import Around
from basix_desktop.ui.dial.calling import Calling
from basix_desktop.ui.dial.draft import FIELDS
from basix_desktop.ui.dial.early import EarlyPress, taken_back
from basix_desktop.ui.dial.favourites import FavouritesPresenter
from basix_desktop.ui.dial.filling import Filling
from basix_desktop.ui.dial.keys import DialKeys
from basix_desktop.ui.dial.matching import Choice
from basix_desktop.ui.dial.options_section import Options
from basix_desktop.ui.dial.view import DialView
from basix_desktop.ui.people.directory import Directory
from basix_desktop.ui.tasks import Tasks
from basix_desktop.ui.widgets.enter import Milliseconds


class DialPresenter(QObject):
    """Main thread only. ``attempt_changed`` carries every ``Attempt`` that the dialer reports; ``announced`` words for
    the status line and for screen readers, once for each thing that happened, ``outdated`` those that hold no longer;
    ``keypad_toggled`` whether it shows.

    Nothing is read from the database before :meth:`refresh`. ``now`` is a clock in milliseconds that is
    never set and goes on while the computer sleeps.
    """

    attempt_changed = Signal(object)
    announced = Signal(str)
    outdated = Signal(str)
    keypad_toggled = Signal(bool)

    def __init__(
        self,
        view: DialView,
        tasks: Tasks,
        dialing: Dialing,
        favourites: Favourites,
        history: History,
        *,
        account: Callable[[], Account | None],
        preferences: Callable[[], Preferences] = Preferences,
        language: Callable[[], str] = lambda: "en",
        now: Milliseconds = boot_ms,
    ) -> None:
        super().__init__(view)
        view.furnish()
        self._view = view
        self._account: Account | None = None
        self._around = around = Around(
            tasks, favourites, history, lambda: self._account, account, preferences, language, now
        )
        self._favourites = FavouritesPresenter(view.destination, around, self)
        self._filling = Filling(view, self._favourites, around, self)
        self._calling = Calling(view, dialing, around, self._favourites, self._filling)
        self._keys = DialKeys(view, self.choose_favourite, self.call_to_favourite)
        self._shown = view.draft()
        self._prepared = False
        self._early: EarlyPress | None = None
        self._directory: Directory | None = None
        self._connect()
        view.number.show_keypad(around.preferences().show_keypad)
        self._take_account()

    def _connect(self) -> None:
        view = self._view
        view.changed.connect(self._changed)
        view.call_pressed.connect(self._press)
        view.escape_pressed.connect(self.escape)
        view.number.keypad_toggled.connect(self._keypad_toggled)
        self._calling.attempt_changed.connect(self.attempt_changed)
        self._calling.announced.connect(self.announced)
        self._calling.outdated.connect(self.outdated)
        self._calling.state_changed.connect(self._tell_state)
        self._filling.announced.connect(self._calling.say_of_draft)
        self._filling.failed.connect(self._calling.tell_error)
        self._filling.changed.connect(view.order_tabs)
        self._favourites.announced.connect(self.announced)
        self._favourites.failed.connect(self._calling.tell_error)
        self._favourites.failed.connect(self._press_early)
        self._favourites.shown.connect(self._tell_state)
        self._favourites.shown.connect(view.order_tabs)
        self._favourites.shown.connect(self._press_early)

    def _press(self) -> None:
        if not self._calling.must_wait():
            self.press_once_loaded(EarlyPress(self._view.draft(), self._account, self._around.now()))

    def press_once_loaded(self, press: EarlyPress) -> None:
        """Enter: now, or as soon as the usual destination is known, if nothing else has changed by then. However often
        before that, it is one press; Esc and any change take it back."""
        self._early = press
        self._press_early()

    def _press_early(self) -> None:
        if self._early is None:
            return
        usual = self._favourites.usual.destination
        void = self._early.void(self._view.draft(), self._account, self._around.now(), usual)
        if void:
            self._take_back(void)
        elif self._favourites.known:
            self._early = None
            self._calling.press()

    def _take_back(self, words: str) -> None:
        self._early = None
        self.announced.emit(words)

    def settled(self, attempt: Attempt) -> bool:
        """See :meth:`Calling.settled`."""
        return self._calling.settled(attempt)

    def tells(self, attempt: Attempt) -> bool:
        """Whether this column says how the attempt ends: the one being placed, or the one told of above Call."""
        return self._calling.tells(attempt)

    def show_live(self, live: LiveView) -> None:
        """Who is ready, as the feed tells now: on favourites, among the proposals, and before a call. A call that has a
        live card is told about there: what stands here of its beginning would no longer be true."""
        if self._view.outcome.attempt_id in live.calls:
            self._view.outcome.put_away()
        directory = Directory(live, self._directory)
        if self._directory is None or directory.differs(self._directory):
            self._directory = directory
            self._view.destination.show_readiness(directory)
            self._calling.know(directory)

    def account_changed(self) -> None:
        """Another account, or other settings: its favourites, usual destination and options; what is typed stays."""
        self._calling.close_question()
        self._take_account()
        self._press_early()
        self._favourites.load()

    def _take_account(self) -> None:
        """From here on the column shows it, and calls through it."""
        before, self._account = self._account, self._around.active()
        rules = self._around.rules
        self._view.home = rules.home_region
        if before != self._account:
            self._view.options.put(Options.of(rules), rules.calling_numbers)
        self._filling.show_preview()
        self._tell_state()

    def refresh(self) -> None:
        """Read favourites and recent destinations (again); the first time the numbering plans too."""
        self._favourites.load()
        if not self._prepared:
            self._prepared = True
            self._around.tasks.read(_load_numbering_plans, lambda _: self._view.start_grouping())

    def state(self) -> dict[str, Any]:
        """For the next start's first picture."""
        return self._view.state()

    def stop(self) -> Future[Attempt] | None:
        """Cancel an attempt of which nothing has been sent; returns the future of one under way, or None."""
        self._early = None
        return self._calling.stop()

    def _keypad_toggled(self, shown: bool) -> None:
        self._view.order_tabs()
        self.keypad_toggled.emit(shown)

    def show_keypad(self, shown: bool) -> None:
        self._view.number.show_keypad(shown)

    def focus_number(self) -> None:
        """Go to the number, all of it selected."""
        self._view.number.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._view.number.edit.selectAll()
        self._view.show_top()

    def take_focus(self) -> None:
        """What had the focus is gone: nobody has gone to the number, so an Enter just now is not meant for it."""
        self._filling.hold()
        self.focus_number()

    def choose_favourite(self, number: int) -> None:
        """Alt+1…9."""
        self._favourites.choose(number)

    def call_to_favourite(self, number: int) -> None:
        """Ctrl+1…9."""
        if self._calling.refuse_while_busy():
            return
        if self._favourites.choose(number) and self._view.draft().number.strip():
            self._calling.press()

    def choose_destination(self, destination: str, label: str = "") -> None:
        """Connect to somebody chosen elsewhere in the window, by what the PBX calls them; goes to the number."""
        self._favourites.connect_to(destination, label)
        self.focus_number()

    def choices(self) -> tuple[Choice, ...]:
        """Favourites and recent destinations, in their order, as far as they are known yet."""
        return self._favourites.choices

    def add_favourite(self, destination: str, label: str = "") -> None:
        """Keep somebody chosen elsewhere in the window as a favourite."""
        self._favourites.add(destination, label)

    def fill(self, number_text: str, destination: str = "", end_user: EndUser | None = None, source: str = "") -> None:
        """Put a number into the column; it never calls. With a ``source`` (who outside offers it) nothing typed is
        replaced: it waits in a bar of its own, and after the fill Enter does nothing for 500 ms."""
        self._filling.fill(number_text, destination, end_user, source)

    def fill_from_attempt(self, attempt: Attempt) -> None:
        """Number, destination and caller of a row of the log, in place of what is there. It never calls."""
        self._filling.fill_from_attempt(attempt)
        self.focus_number()

    def escape(self) -> None:
        """Esc: take an early Enter back, cancel before the gate, close the second look, go to the number, clear it."""
        edit = self._view.number.edit
        if self._early is not None:
            self._take_back(taken_back())
            return
        if self._calling.step_back():
            return
        if not edit.hasFocus():
            self.focus_number()
            return
        self._view.clear_refusals()  # nothing is being called any more
        if edit.text():
            edit.put("")
        else:
            self._view.outcome.put_away()

    def _changed(self) -> None:
        before, self._shown = self._shown, self._view.draft()
        if before != self._shown:
            self._calling.take_back()
        for field in FIELDS:
            if field != "number" and getattr(before, field) != getattr(self._shown, field):
                self._view.refuse(field, "")
        if before.number != self._shown.number:
            self._filling.drop_caller_of_another()
        if before.number != self._shown.number and self._filling.show_preview():
            self._calling.expect()
        self._press_early()
        self._calling.keep_question_only_for(self._shown)
        self._tell_state()

    def _tell_state(self) -> None:
        """The Call button, the line above it, and which favourite is meant."""
        draft = self._view.draft()
        self._view.bar.name_destination(draft.destination_label or draft.destination)
        self._view.bar.call_button.setEnabled(bool(draft.number.strip()) and self._calling.ready)
        self._calling.tell_state()
        self._view.destination.mark(draft.destination, addable=self._favourites.can_add(draft.destination))


def _load_numbering_plans() -> None:
    """Off the main thread: some 60 ms."""
    numbers.show("0312341234")
