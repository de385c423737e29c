"""Enter before everything that a call needs is there: kept for a moment, for exactly what was shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from basix_desktop.domain.accounts import Account

#: Milliseconds after which nobody expects a call any more that begins by itself.
KEPT = 5_000


@dataclass(frozen=True, slots=True)
class EarlyPress:
    """``number`` as it was typed, the account that was shown, and when: milliseconds on a clock that goes on
    while the computer sleeps, so that no lid that is opened next morning places a call."""

    number: str
    account: Account | None
    at: int

    def is_fresh(self, now: int) -> bool:
        """Whether it may still become a call."""
        return 0 <= now - self.at <= KEPT

    def is_for(self, number: str, account: Account | None) -> bool:
        """Whether this is the same account, and the same number, grouped or not."""
        return account == self.account and _ungrouped(number) == _ungrouped(self.number)


def _ungrouped(number: str) -> str:
    return re.sub(r"[-\s()]+", "", number)
