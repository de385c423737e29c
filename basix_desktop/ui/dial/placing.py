"""One press of Call as the window follows it."""

from __future__ import annotations

import sys
from concurrent.futures import Future

from PySide6.QtCore import QObject, QTimer, Signal

from basix_desktop.domain.calls import Attempt, State
from basix_desktop.domain.errors import BasixError
from basix_desktop.services.dialer import Dialing, Order, Press
from basix_desktop.ui.tasks import Tasks

#: How long the way to the gate is not shown, in ms: showing it takes time from going there, and nobody sees it sooner.
_SOON = 100


class Placing(QObject):
    """At most one press at a time. Every signal comes in the main thread.

    ``progressed`` carries the attempts that the dialer reports, late answers too: verdicts at once, what comes before
    them a moment later and only the latest; ``ended`` the attempt with its
    verdict; ``failed`` the ``BasixError`` for which there is no attempt, or None for a defect of ours.
    ``order`` is the press under way, ``last`` also the one before.
    """

    gate_passed = Signal()  # of the press under way: it can no longer be cancelled
    progressed = Signal(object)
    ended = Signal(object)
    failed = Signal(object)

    def __init__(self, tasks: Tasks, dialing: Dialing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._dialing = dialing
        self._press: Press | None = None
        self._attempt_id = ""
        self._latest: Attempt | None = None  # not shown yet
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self._show_latest)
        self.order: Order | None = None
        self.last: Order | None = None
        self.cancellable = False

    def place(self, order: Order) -> None:
        """Press Call. Nothing happens while a press is under way."""
        if self.order is not None:
            return
        post = self._tasks.post
        self._press = self._dialing.place(order, lambda attempt: post(lambda: self._progress(attempt)))
        self.order = self.last = order
        self.cancellable = True
        self._attempt_id = ""
        self._press.done.add_done_callback(lambda future: post(lambda: self._end(future)))

    @property
    def attempt_id(self) -> str:
        """The attempt of the press under way; "" where there is none yet."""
        return self._attempt_id if self.order is not None else ""

    @property
    def done(self) -> Future[Attempt] | None:
        """The end of the press under way."""
        return self._press.done if self._press is not None else None

    def cancel(self) -> None:
        """Stop the press if nothing of it has been sent."""
        if self._press is not None and self.cancellable:
            self.cancellable = False
            self._press.cancel()

    def _progress(self, attempt: Attempt) -> None:
        if self.order is not None and attempt.state is State.INTENT:  # a late answer to an earlier press is not one
            self._attempt_id = attempt.id
        if attempt.id == self._attempt_id and attempt.state is not State.INTENT and self.cancellable:
            self.cancellable = False
            self.gate_passed.emit()
        if not attempt.state.in_flight:
            self._show_latest()
            self.progressed.emit(attempt)
            return
        self._latest = attempt
        if not self._soon.isActive():
            self._soon.start()

    def _show_latest(self) -> None:
        attempt, self._latest = self._latest, None
        self._soon.stop()
        if attempt is not None:
            self.progressed.emit(attempt)

    def _end(self, future: Future[Attempt]) -> None:
        self._press = None
        self.order = None
        self.cancellable = False
        error = None if future.cancelled() else future.exception()
        if future.cancelled():
            self.failed.emit(None)
        elif error is None:
            self.ended.emit(future.result())
        else:
            self.failed.emit(error if isinstance(error, BasixError) else None)
            if not isinstance(error, BasixError):
                sys.excepthook(type(error), error, error.__traceback__)
