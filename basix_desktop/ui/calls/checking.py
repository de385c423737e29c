"""From the warning card through the question "Did it ring?" to the next call that waits for an answer."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from basix_desktop.domain.calls import Attempt, UserWord
from basix_desktop.domain.errors import BasixError
from basix_desktop.services.ports import Journal, LogFilter, LogQuery
from basix_desktop.ui.calls.log_presenter import LogPresenter
from basix_desktop.ui.calls.reading import LogRow, Summary
from basix_desktop.ui.calls.view import CallsView
from basix_desktop.ui.calls.wording import Wording, said_words, who_and_where
from basix_desktop.ui.explain import explain
from basix_desktop.ui.tasks import Tasks
from basix_desktop.ui.widgets.heard import focus_says

if TYPE_CHECKING:
    from basix_desktop.services.followed import Checked, Finding


#: Looks for the call of an attempt on the live feed.
FeedCheck = Callable[[Attempt], "Future[Checked]"]
_NOT_ASKED = object()


def finding_words(finding: str) -> str:
    """What the live feed says of a call that may have been placed; "" where the call's own row says it."""
    words = {
        "cannot_tell": QCoreApplication.translate(
            "Calls", "The live feed shows a call that may be this one, but cannot tell it from somebody else’s."
        ),
        "nothing": QCoreApplication.translate(
            "Calls",
            "The live feed was connected throughout and showed no such call: "
            "very likely it was not placed. This is not certain.",
        ),
        "nothing_sure": QCoreApplication.translate(
            "Calls",
            "The live feed shows no such call, but not every call since then was seen: it may have been missed.",
        ),
        "one_user": QCoreApplication.translate(
            "Calls", "The live feed follows one user’s calls only, as the account’s settings say: it cannot tell."
        ),
        "no_feed": QCoreApplication.translate("Calls", "There is no live connection to the PBX to look at."),
    }
    return words.get(finding, "")


class Checking(QObject):
    """Never proposes to call again: the way on from the card is to look and to answer."""

    changed = Signal(object)  # Attempt with the user's word
    announced = Signal(str)
    failed = Signal(object)  # BasixError

    def __init__(
        self,
        view: CallsView,
        tasks: Tasks,
        log: LogPresenter,
        journal: Journal,
        wording: Callable[[], Wording],
        *,
        check: FeedCheck | None = None,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._tasks = tasks
        self._log = log
        self._journal = journal
        self._wording = wording
        self._check_feed = check
        self._looked: dict[str, Finding | None] = {}  # what the feed said of whom; None while it is asked
        self._summary = Summary()
        self._reveal = ""  # to be selected as soon as it has been read
        self._focus = ""  # its question takes the focus once it is shown
        self._go_on = ""  # answered: the next one is shown once the summary is fresh
        view.card.check.connect(self._check)
        view.details.question.answered.connect(self._answered)
        log.loaded.connect(self._loaded)

    @property
    def latest(self) -> LogRow | None:
        """The newest call that the user has said nothing of."""
        return next(iter(self._summary.to_ask), None)

    @property
    def revealing(self) -> bool:
        """Whether a call is about to be selected."""
        return bool(self._reveal)

    def tell(self, summary: Summary) -> None:
        """What waits has been read anew."""
        self._summary = summary
        self._tell_card()
        if self._go_on:
            answered, self._go_on = self._go_on, ""
            following = summary.next_to_ask(answered)
            if following is not None:
                self._show(following.attempt.id)

    def _tell_card(self) -> None:
        latest = self.latest
        if latest is None:
            self._view.leave(self._view.card)
            self._view.card.hide()
            return
        wording = self._wording()
        waiting = self._summary.waiting
        title = self.tr("A call may have been placed.")
        if waiting > 1:
            title = self.tr("%n calls may have been placed.", None, waiting)
        what = explain(latest.attempt.failure, wording.language).text if latest.attempt.failure else ""
        words = QCoreApplication.translate("Calls", "Latest: {call}, {time}. {what}")
        text = words.replace("{time}", wording.short_moment(latest.attempt.created_at)).replace("{what}", what)
        self._view.card.tell(title, text.replace("{call}", who_and_where(latest)).strip())

    @Slot()
    def _check(self) -> None:
        first = self.latest or self._summary.newest
        if first is not None:
            self._ask_feed(first.attempt)
            self._show(first.attempt.id)
        else:
            self.announced.emit(self.tr("There is no call to check."))

    def _ask_feed(self, attempt: Attempt) -> None:
        """What the live feed knows of it stands beside the question as soon as it is known."""
        if self._check_feed is None or self._looked.get(attempt.id, _NOT_ASKED) is None:
            return
        self._looked[attempt.id] = None

        def done(checked: Checked) -> None:
            self._looked[attempt.id] = checked.finding
            if checked.attempt.state is not attempt.state:
                self.changed.emit(checked.attempt)
            self._tell_finding()
            words = finding_words(checked.finding)
            if words and attempt.id != self._focus and not focus_says(words):
                self.announced.emit(words)

        def failed(error: BasixError) -> None:
            del self._looked[attempt.id]
            self._tell_finding()
            self.failed.emit(error)

        self._tasks.follow(self._check_feed(attempt), done, failed)

    def _tell_finding(self) -> None:
        """Beside the question of the call that is shown."""
        finding = self._looked.get(self._view.details.attempt_id, _NOT_ASKED)
        if isinstance(finding, str):
            self._view.details.question.show_finding(finding_words(finding))
        else:
            asking = finding is None
            self._view.details.question.show_finding(self.tr("Asking the live feed…") if asking else "")

    def _show(self, attempt_id: str) -> None:
        """Select it; where the search or the chip hides it, show what is to be checked instead."""
        self._focus = attempt_id
        if self._view.details.attempt_id == attempt_id and self._view.log.current_id() == attempt_id:
            self.details_shown(attempt_id)
            return
        if self._view.log.go_to(attempt_id):
            return
        self._reveal = attempt_id
        self._view.chips.choose(LogFilter.TO_CHECK)
        self._view.search.clear()
        self._log.ask(LogQuery(LogFilter.TO_CHECK))

    @Slot()
    def _loaded(self) -> None:
        if self._reveal and self._log.settled:
            wanted, self._reveal = self._reveal, ""
            self._view.log.go_to(wanted)

    def details_shown(self, attempt_id: str) -> None:
        """The details of an attempt are in sight."""
        self._tell_finding()
        if attempt_id == self._focus:
            self._focus = ""
            self._view.details.question.take_focus()

    @Slot(UserWord)
    def _answered(self, word: UserWord) -> None:
        attempt_id = self._view.details.attempt_id
        if not attempt_id:
            return

        def done(attempt: Attempt) -> None:
            self._go_on = attempt_id
            self.announced.emit(said_words(word))
            self.changed.emit(attempt)

        self._tasks.db(lambda: self._journal.say(attempt_id, word), done, self.failed.emit)
