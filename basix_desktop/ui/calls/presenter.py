"""What the calls pane does: from keys, clicks and changed attempts to what is shown, said and asked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDate, QDateTime, QObject, Qt, QTimer, Signal, Slot

from basix_desktop.domain.accounts import Account
from basix_desktop.domain.calls import Attempt, State
from basix_desktop.domain.feed import FeedPhase
from basix_desktop.domain.live import LiveView
from basix_desktop.domain.logged_number import shown
from basix_desktop.services.ports import History, Journal, LogFilter, LogQuery
from basix_desktop.ui.calls.actions import CallActions
from basix_desktop.ui.calls.checking import Checking, FeedCheck
from basix_desktop.ui.calls.log_presenter import LogPresenter
from basix_desktop.ui.calls.messages import LogMessages
from basix_desktop.ui.calls.plain import clean
from basix_desktop.ui.calls.reading import Details, LogReader, LogRow, Summary
from basix_desktop.ui.calls.view import CallsView
from basix_desktop.ui.calls.wording import Wording, wall_ms
from basix_desktop.ui.tasks import Tasks

_HOME = "JP"
#: Milliseconds between two looks at what has grown old.
AGING = 600_000


class CallsPresenter(QObject):
    """Main thread. It never dials: it hands an attempt to the dial column, which asks what there is to ask. ``check``
    looks for an attempt's call on the live feed (``LiveDesk.check``)."""

    put_into_dial = Signal(object)  # Attempt: "Call again", Enter, double click
    call_again_anyway = Signal(object)  # Attempt that may have been placed
    announced = Signal(str)  # to be said once by a screen reader
    settled = Signal(str)  # id of an attempt of which nobody asks any more whether it was placed

    def __init__(
        self,
        view: CallsView,
        tasks: Tasks,
        history: History,
        journal: Journal,
        *,
        account: Callable[[], Account | None],
        language: Callable[[], str],
        today: Callable[[], QDate] = QDate.currentDate,
        now: Callable[[], int] = wall_ms,
        check: FeedCheck | None = None,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._tasks = tasks
        self._language = language
        self._today = today
        self._said: dict[str, State] = {}
        self._follows = ""  # the new attempt that was selected by itself
        self._now = now
        self._going_on: frozenset[str] = frozenset()  # whose calls the feed tells of now
        self._wording = self._words()
        self._reader = LogReader(
            history, lambda attempt: clean(shown(attempt.request.number, attempt.number_key, _region(account())))
        )
        self._log = LogPresenter(view, tasks, self._reader)
        self._messages = LogMessages(view, language)
        self._checking = Checking(view, tasks, self._log, journal, lambda: self._wording, check=check)
        self._actions = CallActions(view, tasks, self._log, journal, lambda: self._wording)
        self._connect()
        self._midnight = QTimer(self)
        self._midnight.setSingleShot(True)
        self._midnight.timeout.connect(self._new_day)
        self._aging = QTimer(self)
        self._aging.setInterval(AGING)
        self._aging.timeout.connect(lambda: view.set_wording(self._wording))
        view.set_wording(self._wording)

    def _connect(self) -> None:
        view = self._view
        view.search.textChanged.connect(self._search)
        view.search.entered.connect(self._enter)
        view.chips.chosen.connect(self._filter)
        view.message.pressed.connect(self._show_everything)
        view.log.chosen.connect(self._put_into_dial)
        view.log.current_changed.connect(self._current_changed)
        view.details.call_again.connect(lambda: self._again(view.details.row))
        view.card.call_again.connect(lambda: self._again(self._checking.latest))
        view.language_changed.connect(self.language_changed)
        self._log.loaded.connect(self._loaded)
        self._log.summed.connect(self._summed)
        self._log.failed.connect(self._messages.not_read)
        self._checking.changed.connect(self.attempt_changed)
        for part in (self._checking, self._actions):
            part.announced.connect(self.announced)
            part.failed.connect(self._messages.not_written)
        self._messages.announced.connect(self.announced)
        self._actions.call_again.connect(self._put_into_dial)
        self._enter_when_loaded = False

    @Slot()
    def start(self) -> None:
        """Read the log and keep it up to date until :meth:`stop`."""
        self._log.start()
        self._set_midnight()
        self._aging.start()

    @Slot()
    def stop(self) -> None:
        """Ask the reader and the database nothing any more."""
        self._log.stop()
        self._midnight.stop()
        self._aging.stop()

    @Slot()
    def refresh(self) -> None:
        self._log.refresh()

    @Slot()
    def focus_search(self) -> None:
        self._view.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._view.search.selectAll()

    @Slot()
    def language_changed(self) -> None:
        """Another language, or another account."""
        self._say_anew()
        self._log.reload()

    def _say_anew(self) -> None:
        self._wording = self._words()
        self._view.set_wording(self._wording)
        if self._log.settled:
            self._loaded_message()
        self._reload_details()

    def _words(self) -> Wording:
        return Wording(self._language(), self._today(), self._now, lambda attempt_id: attempt_id in self._going_on)

    @Slot(object)
    def show_live(self, live: LiveView) -> None:
        """Of which calls the feed tells now: these go on, however long ago they began."""
        self._going_on = frozenset(live.calls) if live.status.phase is FeedPhase.LIVE else frozenset()

    @property
    def counted(self) -> bool:
        """Whether the chips count all that has changed; they wait while calls are being placed."""
        return self._log.counted

    @Slot(object)
    def attempt_changed(self, attempt: Attempt) -> None:
        """Whatever happens to an attempt in this process; main thread."""
        new = self._view.model.find(attempt.id) is None
        row = self._log.put(attempt)
        if self._log.settled:
            self._loaded_message()
        if new and attempt.state.in_flight:
            self._messages.placed(attempt.id)
            self._follow(attempt)
        if attempt.id == self._view.details.attempt_id:
            self._reload_details()
        if not attempt.state.in_flight and not attempt.unanswered:
            self.settled.emit(attempt.id)
        if not attempt.state.in_flight and self._said.get(attempt.id) is not attempt.state:
            self._said[attempt.id] = attempt.state
            followed = attempt.live is not None  # said when it was placed; the live cards say the rest
            if attempt.user_word is None and not followed:
                self.announced.emit(self._wording.announcement(row))

    def said_elsewhere(self, attempt: Attempt) -> None:
        """How this attempt stands now is said by whoever placed it; call it before :meth:`attempt_changed`."""
        self._said[attempt.id] = attempt.state

    def _follow(self, attempt: Attempt) -> None:
        """Show a new call's details by itself, as long as nobody is looking at another call."""
        log = self._view.log
        busy = log.hasFocus() or self._view.details.isAncestorOf(log.window().focusWidget() or log)
        if busy or log.verticalScrollBar().value() > 0 or log.current_id() not in ("", self._follows):
            return
        if log.go_to(attempt.id):
            self._follows = attempt.id

    # The list

    @Slot(str)
    def _search(self, text: str) -> None:
        self._enter_when_loaded = False
        self._log.ask(LogQuery(self._view.chips.current, text.strip()))

    @Slot()
    def _filter(self) -> None:
        self._log.ask(LogQuery(self._view.chips.current, self._view.search.text().strip()))

    @Slot()
    def _enter(self) -> None:
        """To the first row, also when the search is still being read: a fast Enter is not lost."""
        self._enter_when_loaded = not self._log.settled
        if self._log.settled and self._view.log.go_to_first():
            self._view.log.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._log.settled:
            self._messages.nothing_there()

    @Slot()
    def _show_everything(self) -> None:
        if self._messages.broken:
            self._log.refresh()
            return
        self._view.chips.choose(LogFilter.ALL)
        self._view.search.clear()
        self._log.ask(LogQuery())
        self._view.search.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _loaded(self) -> None:
        """Another query's first page: keep the call that is shown if it is among what was found."""
        shown = self._view.details.attempt_id
        self._loaded_message()
        if shown and not self._checking.revealing and not self._view.log.go_to(shown):
            self._view.hide_details()
        if self._enter_when_loaded:
            self._enter()

    def _loaded_message(self) -> None:
        self._messages.tell(self._log.wanted)

    @Slot(object)
    def _summed(self, summary: Summary) -> None:
        self._view.chips.set_counts(summary.counts)
        self._messages.count(self._log.wanted, summary.counts)
        self._checking.tell(summary)
        self._loaded_message()

    # One call

    @Slot(str)
    def _current_changed(self, attempt_id: str) -> None:
        if attempt_id != self._follows:
            self._follows = ""
        if attempt_id:
            self._load_details(attempt_id)
        else:
            self._view.hide_details()

    def _reload_details(self) -> None:
        if self._view.details.attempt_id:
            self._load_details(self._view.details.attempt_id)

    def _load_details(self, attempt_id: str) -> None:
        def done(details: Details | None) -> None:
            if self._view.log.current_id() != attempt_id:
                return
            if details is None:
                self._log.drop(attempt_id)
                return
            self._tell_details(self._log.told(details))
            self._checking.details_shown(attempt_id)

        self._tasks.read(lambda: self._reader.details(attempt_id), done, self._messages.not_read)

    def _tell_details(self, details: Details) -> None:
        view = self._view
        if not details.asked:
            view.leave(view.details.question)
        view.details.tell(details, self._wording)
        view.show_details()

    @Slot(str)
    def _put_into_dial(self, attempt_id: str) -> None:
        place = self._view.model.find(attempt_id)
        if place is not None:
            self.put_into_dial.emit(self._view.model.at(place).attempt)

    def _again(self, row: LogRow | None) -> None:
        if row is None:
            return
        if row.attempt.needs_check:
            self.call_again_anyway.emit(row.attempt)
        else:
            self.put_into_dial.emit(row.attempt)

    # The day

    def _set_midnight(self) -> None:
        now = QDateTime.currentDateTime()
        self._midnight.start(max(1000, now.msecsTo(now.date().addDays(1).startOfDay()) + 500))

    @Slot()
    def _new_day(self) -> None:
        self._say_anew()
        self._log.refresh()
        self._set_midnight()


def _region(account: Account | None) -> str:
    return account.home_region if account is not None else _HOME
