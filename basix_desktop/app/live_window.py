"""The live feed in one session's window: the chip above, the cards, the people, the readiness in the dial column.

Made after the first paint: a call can be typed and placed before any of this is there.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from PySide6.QtCore import QObject, Signal

from basix_desktop.app.wiring import Core
from basix_desktop.domain.calls import Attempt, State
from basix_desktop.domain.errors import BasixError
from basix_desktop.domain.live import LiveView
from basix_desktop.ui.bridge import Bridge
from basix_desktop.ui.calls.presenter import CallsPresenter
from basix_desktop.ui.dial.presenter import DialPresenter
from basix_desktop.ui.explain import explain
from basix_desktop.ui.live.cards import LiveCards
from basix_desktop.ui.live.feed_chip import FeedChip
from basix_desktop.ui.live.presenter import LivePresenter
from basix_desktop.ui.people.presenter import PeoplePresenter
from basix_desktop.ui.people.view import PeopleView
from basix_desktop.ui.tasks import Tasks
from basix_desktop.ui.theme import Theme


class LiveWindow(QObject):
    """Main thread. ``announced``: words for the status line and screen readers."""

    announced = Signal(str)

    def __init__(
        self,
        core: Core,
        bridge: Bridge,
        tasks: Tasks,
        *,
        theme: Theme,
        language: Callable[[], str],
        dial: DialPresenter,
        calls: CallsPresenter,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._core = core
        self._bridge = bridge
        self._tasks = tasks
        self._dial = dial
        self._calls = calls
        self._language = language
        self.chip = FeedChip(theme)
        self.cards = LiveCards(theme, choices=dial.choices)
        self.people_view = PeopleView(theme)
        self._people = PeoplePresenter(self.people_view)
        self._live = LivePresenter(
            self.cards,
            tasks,
            core.stores.history,
            account=lambda: core.desk.account,
            language=language,
        )
        self._connect()

    def start(self) -> None:
        """Follow the active account's feed, and listen for its results where it wants that."""
        account = self._core.desk.account
        self._core.live.start(account)
        self._tasks.follow(self._core.callbacks.start(account), None, self._tell)

    def account_changed(self) -> None:
        """Other settings, or another account: numbers may be written another way."""
        self.start()
        self._live.language_changed()

    def stop(self) -> None:
        """Before the session ends: show nothing any more."""
        self._core.live.publish = lambda _: None
        self._core.live.changed = lambda _: None
        self._core.callbacks.changed = lambda _: None

    def focus_people(self) -> None:
        self._people.focus_search()

    def _connect(self) -> None:
        live = self._core.live
        live.publish = lambda view: self._bridge.post(lambda: self._show(view))
        live.changed = lambda attempt: self._bridge.post(lambda: self._changed(attempt))
        self._core.callbacks.changed = self._settled_by_result
        self._dial.attempt_changed.connect(live.watch)
        self._dial.attempt_changed.connect(self._dialled)
        self._live.announced.connect(self.announced)
        self._live.hang_up_wanted.connect(self._hang_up)
        self._live.transfer_wanted.connect(self._transfer)
        self.cards.emptied.connect(self._dial.take_focus)
        self.chip.use_here_wanted.connect(live.use_here)
        self._people.destination_chosen.connect(self._choose)
        self._people.favourite_wanted.connect(self._add_favourite)
        self._people.announced.connect(self.announced)

    def _settled_by_result(self, attempt: Attempt) -> None:
        """Net thread."""
        self._core.live.watch(attempt)
        self._bridge.post(lambda: self._changed(attempt))

    def _show(self, view: LiveView) -> None:
        self.chip.tell(view.status)
        self._live.show(view)
        self._people.show(view)
        self._dial.show_live(view)
        self._calls.show_live(view)

    def _dialled(self, attempt: Attempt) -> None:
        """The dial column says of its own calls that they have been placed and are ringing."""
        if attempt.state is State.ACCEPTED and self._dial.tells(attempt):
            self._live.announcer.placed_said(attempt.id)

    def _changed(self, attempt: Attempt) -> None:
        if self._dial.settled(attempt):
            self._calls.said_elsewhere(attempt)
        self._live.attempt_changed(attempt)
        self._calls.attempt_changed(attempt)

    def _hang_up(self, attempt_id: str) -> None:
        self._command(attempt_id, self._core.live.hang_up(attempt_id))

    def _transfer(self, attempt_id: str, destination: str) -> None:
        self._command(attempt_id, self._core.live.transfer(attempt_id, destination))

    def _tell(self, error: BasixError) -> None:
        self.announced.emit(explain(error, self._language()).sentence())

    def _command(self, attempt_id: str, future: Future[None]) -> None:
        self._tasks.follow(
            future,
            lambda _: self._live.done(attempt_id),
            lambda error: self._live.failed(attempt_id, error),
        )

    def _choose(self, name: str, label: str) -> None:
        self._dial.choose_destination(name, label)

    def _add_favourite(self, name: str, label: str) -> None:
        self._dial.add_favourite(name, label)
