"""What is asked of the dialer, and what whoever asked holds in hand meanwhile."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Protocol

from basix_desktop.domain.accounts import Account
from basix_desktop.domain.calls import Attempt, CallRequest, Origin
from basix_desktop.domain.concerns import Concern
from basix_desktop.domain.numbers import Number

Progress = Callable[[Attempt], None]

#: Seconds that the first reports of a press wait. Whoever hears one takes the interpreter from the threads that are
#: about to send the call, and nobody sees so short a difference.
HELD_BACK = 0.02


@dataclass(frozen=True, slots=True)
class Order:
    """What a press of Call asks for, read and checked field by field. ``confirmed`` holds the keys of the concerns
    that were confirmed for exactly these values; ``"*"`` confirms all. ``concerns`` are reasons for a second look that
    the dialer cannot know of: it adds its own, so that they are one question."""

    account: Account
    request: CallRequest
    number: Number
    typed: str
    destination_label: str = ""
    origin: Origin = Origin.WINDOW
    confirmed: frozenset[str] = frozenset()
    concerns: tuple[Concern, ...] = ()


class Press(Protocol):
    """One press of Call under way."""

    @property
    def done(self) -> Future[Attempt]:
        """The attempt with its verdict, at the latest some 30 s after the gate; or the ``BasixError`` for which there
        is no row in the journal (``ConfirmationRequired``, ``AlreadyCalling``, ``StoreError``, ``InputRefused``)."""
        ...

    def cancel(self) -> None:
        """Any thread. Before the gate nothing is sent and the attempt ends as NOT_SENT ``cancelled``; later no
        effect."""
        ...


class Dialing(Protocol):
    """What the window and the command line need of the dialer."""

    def expect(self, account: Account) -> None:
        """Any thread: a call is likely within seconds, have its connection ready. Returns at once; nothing is sent of
        any request."""
        ...

    def place(self, order: Order, progress: Progress) -> Press:
        """Any thread; returns at once. ``progress`` is called on another thread with the attempt at INTENT, at SENDING
        (the gate has been passed: it can no longer be cancelled), at its verdict, and again if a late answer settles
        it; in this order, and what comes before a verdict some :data:`HELD_BACK` later."""
        ...


@dataclass(slots=True, eq=False)
class PressUnderWay:
    """``gate_returned`` is set in the same step of the loop in which the request may leave; until then, whatever the
    journal says, nothing has been sent."""

    order: Order
    progress: Progress
    done: Future[Attempt] = field(default_factory=Future)
    cancelled: threading.Event = field(default_factory=threading.Event)
    wake: Callable[[], None] | None = None
    gate_returned: bool = False
    _held: list[Attempt] = field(default_factory=list)
    _later: asyncio.TimerHandle | None = None

    def tell(self, attempt: Attempt) -> None:
        """Net thread: report an attempt in flight, a little later."""
        self._held.append(attempt)
        if self._later is None:
            self._later = asyncio.get_running_loop().call_later(HELD_BACK, self._tell_held)

    def _tell_held(self) -> None:
        if self._later is not None:
            self._later.cancel()
        held, self._held, self._later = self._held, [], None
        for attempt in held:
            self.progress(attempt)

    def cancel(self) -> None:
        self.cancelled.set()
        if self.wake is not None:
            self.wake()

    def resolve(self, attempt: Attempt) -> None:
        self._tell_held()
        self.progress(attempt)
        if not self.done.done():
            self.done.set_result(attempt)

    def fail(self, error: BaseException) -> None:
        self._tell_held()
        if not self.done.done():
            self.done.set_exception(error)
