"""Enter before everything that a call needs is there: kept for a moment, for exactly what was shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from basix_desktop.domain.accounts import Account
    from basix_desktop.ui.dial.draft import Draft

translate = QCoreApplication.translate

#: Milliseconds after which nobody expects a call any more that begins by itself.
KEPT = 5_000


@dataclass(frozen=True, slots=True)
class EarlyPress:
    """What stood in the column, the account that was shown, and when: milliseconds on a clock that goes on while the
    computer sleeps, so that no lid that is opened next morning places a call."""

    draft: Draft
    account: Account | None
    at: int

    def void(self, draft: Draft, account: Account | None, now: int, usual: str = "") -> str:
        """Why it may no longer become a call, in words; "" while it may. ``usual`` is the usual destination."""
        if account != self.account:
            return other_account()
        if not self.is_for(draft, usual):
            return translate(
                "EarlyPress", "Not called: what would be called has changed since Enter was pressed. Press it again."
            )
        if not self.is_fresh(now):
            return translate(
                "EarlyPress", "Not called: Enter was pressed before the program was ready. Press it again."
            )
        return ""

    def is_fresh(self, now: int) -> bool:
        """Whether somebody may still wait for it."""
        return 0 <= now - self.at <= KEPT

    def is_for(self, draft: Draft, usual: str = "") -> bool:
        """Whether this is the same call, its number grouped or not. Only the usual destination may have come since,
        into an empty field: that is what the press waits for."""
        if not self.draft.destination and draft.destination == usual:
            draft = replace(draft, destination="")
        return _ungrouped(draft).sends_as(_ungrouped(self.draft))


def other_account() -> str:
    """Why a press is not taken, in words."""
    return translate("EarlyPress", "Not called: the account has just changed. Press Enter again.")


def taken_back() -> str:
    """What Esc has done, in words."""
    return translate("EarlyPress", "Not called: Esc has taken Enter back.")


def _ungrouped(draft: Draft) -> Draft:
    return replace(draft, number=re.sub(r"[-\s()]+", "", draft.number))
