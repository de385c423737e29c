"""What the dial column's parts need of the rest of the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from basix_desktop.domain.accounts import Account, Preferences
from basix_desktop.services.ports import Favourites, History
from basix_desktop.ui.tasks import Tasks
from basix_desktop.ui.widgets.enter import Milliseconds

_NO_ACCOUNT = Account(name="", domain="")


@dataclass(frozen=True, slots=True)
class Around:
    """``account`` is the one that the window shows, ``active`` the one that was chosen last, which the window shows a
    moment later. They, ``preferences`` and ``language`` are asked anew each time; ``now`` is a monotonic clock."""

    tasks: Tasks
    favourites: Favourites
    history: History
    account: Callable[[], Account | None]
    active: Callable[[], Account | None]
    preferences: Callable[[], Preferences]
    language: Callable[[], str]
    now: Milliseconds

    @property
    def rules(self) -> Account:
        """The active account, or one with the usual rules for reading numbers while there is none."""
        return self.account() or _NO_ACCOUNT
