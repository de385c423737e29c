"""From the feed's pictures to the cards: what is shown, what is said once, and what the user wants of a live call."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from basix_desktop.domain.accounts import Account
from basix_desktop.domain.calls import Attempt
from basix_desktop.domain.errors import BasixError
from basix_desktop.domain.feed import FeedPhase
from basix_desktop.domain.live import CallPhase, LiveCall, LiveView
from basix_desktop.services.ports import History
from basix_desktop.ui.calls.reading import LogRow
from basix_desktop.ui.explain import explain
from basix_desktop.ui.live.announcer import Announcer, lost_words
from basix_desktop.ui.live.call_rows import CallRows
from basix_desktop.ui.live.card import LiveCard
from basix_desktop.ui.live.cards import LiveCards
from basix_desktop.ui.live.moment import to_next_second, tone_of
from basix_desktop.ui.live.pbx_clock import PbxClock
from basix_desktop.ui.live.recorded import as_recorded
from basix_desktop.ui.live.wording import LiveWording, unavailable
from basix_desktop.ui.tasks import Tasks
from basix_desktop.ui.widgets.heard import focus_says

#: Milliseconds that an ended call stays in sight, and that the record of its end is waited for.
STAYS, AWAITED = 6_000, 3_000
#: Ended calls that are remembered, so that a late picture does not bring a card back.
_REMEMBERED = 1_000


def wall_ms() -> int:
    return time.time_ns() // 1_000_000


@dataclass(slots=True)
class _Shown:
    """A call on a card. ``leaving``: the feed no longer tells of it."""

    row: LogRow
    call: LiveCall
    leaving: bool = False
    pending: str = ""  # a command under way: "hang_up" or "transfer"


class LivePresenter(QObject):
    """Main thread. :meth:`show` takes every ``LiveView``, :meth:`attempt_changed` every changed attempt. A command's
    end is told with :meth:`failed` or :meth:`done`; :meth:`carry_out` does both."""

    hang_up_wanted = Signal(str)
    transfer_wanted = Signal(str, str)
    announced = Signal(str)

    def __init__(
        self,
        view: LiveCards,
        tasks: Tasks,
        history: History,
        *,
        account: Callable[[], Account | None],
        language: Callable[[], str],
        now: Callable[[], int] = wall_ms,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._tasks = tasks
        self._language = language
        self._now = now
        self._clock = PbxClock(now)
        self._rows = CallRows(tasks, history, account, self)
        self._rows.known.connect(self._know)
        self._live = LiveView()
        self._wording: LiveWording | None = None
        self._shown: dict[str, _Shown] = {}
        self._over: dict[str, None] = {}  # in order, oldest first
        self.announcer = Announcer(self)
        self.announcer.announced.connect(self.announced)
        self._stopped = False
        self._tick = QTimer(self)
        self._tick.setSingleShot(True)
        self._tick.timeout.connect(self._tell_all)
        view.hang_up_wanted.connect(self._hang_up)
        view.transfer_wanted.connect(self._transfer)
        view.nothing.connect(lambda: self.announced.emit(self.tr("There is no call in progress.")))
        view.already_over.connect(lambda: self.announced.emit(self.tr("This call has ended.")))
        view.several.connect(lambda: self.announced.emit(self.tr("Several calls are live. Choose one with F6.")))

    def carry_out(self, hang_up: Callable[[str], Future[None]], transfer: Callable[[str, str], Future[None]]) -> None:
        """From now on commands go to these (``LiveDesk``'s), and their ends come back by themselves."""

        def follow(attempt_id: str, future: Future[None]) -> None:
            self._tasks.follow(future, lambda _: self.done(attempt_id), lambda error: self.failed(attempt_id, error))

        self.hang_up_wanted.connect(lambda attempt_id: follow(attempt_id, hang_up(attempt_id)))
        self.transfer_wanted.connect(lambda attempt_id, to: follow(attempt_id, transfer(attempt_id, to)))

    # -- what comes in

    @Slot(object)
    def show(self, view: LiveView) -> None:
        """All that the feed tells now."""
        if self._stopped:
            return
        self._clock.take(view)
        self._live = view
        self._view.know(view)
        for attempt_id, call in view.calls.items():
            self._take(attempt_id, call)
        for attempt_id, shown in list(self._shown.items()):
            if attempt_id not in view.calls and not shown.leaving and shown.call.phase is not CallPhase.ENDED:
                shown.leaving = True
                self._end_by_record(attempt_id)
                QTimer.singleShot(AWAITED, self, lambda each=attempt_id: self._give_up(each))
        self._tell_all()
        self.announcer.say_lost(lost=view.status.phase is not FeedPhase.LIVE, calls=bool(self._shown))

    @Slot(object)
    def attempt_changed(self, attempt: Attempt) -> None:
        """An attempt as the log now has it: its name and number for a card, and how its call ended."""
        if self._stopped:
            return
        if attempt.id in self._shown or attempt.id in self._live.calls:
            self._rows.take(attempt)

    @Slot(str)
    def done(self, attempt_id: str) -> None:
        """A command had its effect."""
        shown = self._shown.get(attempt_id)
        if shown is not None:
            transferred, shown.pending = shown.pending == "transfer", ""
            card = self._view.card(attempt_id)
            card.notice("")
            if transferred:
                card.transfer_row.close_row()

    @Slot(str, object)
    def failed(self, attempt_id: str, error: BasixError) -> None:
        """A command had none, and why."""
        shown = self._shown.get(attempt_id)
        if shown is None or shown.call.phase is CallPhase.ENDED:
            return
        shown.pending = ""
        sentence = explain(error, self._language()).sentence()
        self._view.card(attempt_id).notice(sentence, error=True)
        if not focus_says(sentence):
            self.announced.emit(sentence)

    @Slot()
    def language_changed(self) -> None:
        """Another language, or another account's way of writing numbers."""
        self._rows.say_anew()
        for attempt_id in self._shown:
            self._view.card(attempt_id).set_up(self._language(), self._rows.home())
        self._tell_all()

    @Slot()
    def stop(self) -> None:
        """Ask the reader nothing any more."""
        self._stopped = True
        self._tick.stop()

    # -- calls and their rows

    def _take(self, attempt_id: str, call: LiveCall) -> None:
        if attempt_id in self._over:
            return
        shown = self._shown.get(attempt_id)
        if shown is None:
            row = self._rows.get(attempt_id)
            if row is None:
                self._rows.read(attempt_id)
                return
            shown = self._shown[attempt_id] = _Shown(row, call)
            self._view.card(attempt_id).set_up(self._language(), self._rows.home())
        if shown.call.phase is CallPhase.ENDED:
            return
        shown.leaving = False
        if shown.call.phase is not call.phase and not shown.pending:
            self._view.card(attempt_id).notice("")
        shown.call = call
        self._say(shown)
        if call.phase is CallPhase.ENDED:
            self._ended(attempt_id)

    @Slot(object)
    def _know(self, row: LogRow) -> None:
        if self._stopped:
            return
        attempt_id = row.attempt.id
        shown = self._shown.get(attempt_id)
        if shown is not None:
            shown.row = row
            if shown.leaving:
                self._end_by_record(attempt_id)
        elif attempt_id in self._live.calls:
            self._take(attempt_id, self._live.calls[attempt_id])
        self._tell_all()

    def _end_by_record(self, attempt_id: str) -> None:
        """The feed forgets a call that has ended; the log knows how."""
        shown = self._shown[attempt_id]
        told = shown.row.attempt.live
        if shown.call.phase is CallPhase.ENDED or told is None or told.phase != CallPhase.ENDED:
            return
        shown.call = as_recorded(shown.call, told, self._clock.now())
        self._say(shown)
        self._ended(attempt_id)

    def _say(self, shown: _Shown) -> None:
        attempt_id = shown.row.attempt.id
        others = (call for each, call in self._live.calls.items() if each != attempt_id)
        several = any(call.phase is not CallPhase.ENDED for call in others)
        self.announcer.say(shown.row, shown.call, self._words(), several=several)

    def _ended(self, attempt_id: str) -> None:
        self._over[attempt_id] = None
        if len(self._over) > _REMEMBERED:
            del self._over[next(iter(self._over))]
        self._shown[attempt_id].pending = ""
        self._view.card(attempt_id).notice("")
        QTimer.singleShot(STAYS, self, lambda: self._remove(attempt_id))

    def _give_up(self, attempt_id: str) -> None:
        """The feed no longer tells of it and no end was recorded: another account's feed is followed now."""
        shown = self._shown.get(attempt_id)
        if shown is not None and shown.leaving and shown.call.phase is not CallPhase.ENDED:
            self._remove(attempt_id)

    def _remove(self, attempt_id: str) -> None:
        self._shown.pop(attempt_id, None)
        self.announcer.forget(attempt_id)
        self._rows.forget(attempt_id)
        self._view.remove(attempt_id)

    # -- what is shown

    @Slot()
    def _tell_all(self) -> None:
        """Every card in place, and again when the next second of any running time is full."""
        live = self._live.status.phase is FeedPhase.LIVE
        now = self._clock.now()
        wording = self._words()
        for attempt_id, shown in self._shown.items():
            card = self._view.card(attempt_id)
            ended = shown.call.phase is CallPhase.ENDED
            card.tell(wording.texts(shown.row, shown.call, now if live else None), tone_of(shown.call, live))
            if not ended:
                self._tell_notice(card, shown, live)
        if live and any(shown.call.phase is not CallPhase.ENDED for shown in self._shown.values()):
            self._tick.start(to_next_second((shown.call for shown in self._shown.values()), now))
        elif self._shown and not live:
            self._tick.start(1_000)
        else:
            self._tick.stop()

    def _tell_notice(self, card: LiveCard, shown: _Shown, live: bool) -> None:
        if shown.pending == "hang_up":
            card.notice(self.tr("Hanging up…"))
        elif shown.pending == "transfer":
            card.notice(self.tr("Transferring…"))
        elif not card.told_error and live:
            card.notice("")
        elif not card.told_error:
            age = unavailable(self._live.status.since, self._now(), self._language())
            card.notice(age, spoken=lost_words())

    # -- what is wanted

    @Slot(str)
    def _hang_up(self, attempt_id: str) -> None:
        shown = self._shown.get(attempt_id)
        if shown is None or shown.call.phase is CallPhase.ENDED or shown.pending == "hang_up":
            return
        shown.pending = "hang_up"
        self._tell_all()
        self.hang_up_wanted.emit(attempt_id)

    @Slot(str, str)
    def _transfer(self, attempt_id: str, destination: str) -> None:
        shown = self._shown.get(attempt_id)
        if shown is None or shown.call.phase is CallPhase.ENDED or shown.pending:
            return
        shown.pending = "transfer"
        self._tell_all()
        self.transfer_wanted.emit(attempt_id, destination)

    def _words(self) -> LiveWording:
        """Kept as long as language and people are the same."""
        known, language, people = self._wording, self._language(), self._live.people
        if known is None or known.language != language or known.people is not people:
            known = self._wording = LiveWording(language, people)
        return known
