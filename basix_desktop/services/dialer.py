"""One press of Call, from the journal's INTENT to its verdict (design.md section 4)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

from basix_desktop.domain.accounts import Account
from basix_desktop.domain.calls import Attempt, CallRequest, Origin
from basix_desktop.domain.numbers import Number


@dataclass(frozen=True, slots=True)
class Order:
    """What a press of Call asks for, read and checked field by field. ``confirmed`` holds the keys of the concerns that
    were confirmed for exactly these values; ``"*"`` confirms all."""

    account: Account
    request: CallRequest
    number: Number
    typed: str
    destination_label: str = ""
    origin: Origin = Origin.WINDOW
    confirmed: frozenset[str] = frozenset()


class Press(Protocol):
    """One press of Call under way."""

    @property
    def done(self) -> Future[Attempt]:
        """The attempt with its verdict, at the latest some 30 s after the gate; or the ``BasixError`` for which there is
        no row in the journal (``ConfirmationRequired``, ``AlreadyCalling``, ``StoreError``, ``InputRefused``)."""
        ...

    def cancel(self) -> None:
        """Any thread. Before the gate nothing is sent and the attempt ends as NOT_SENT ``cancelled``; later no effect."""
        ...


class Dialing(Protocol):
    """What the window and the command line need of the dialer."""

    def place(self, order: Order, progress: Callable[[Attempt], None]) -> Press:
        """Any thread; returns at once. ``progress`` is called on another thread with the attempt at INTENT, at SENDING (the
        gate has been passed: it can no longer be cancelled), at its verdict, and again if a late answer settles it."""
        ...
