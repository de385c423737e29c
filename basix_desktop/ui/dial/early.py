"""Enter before everything that a call needs is there: kept for a moment, for exactly what was shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from basix_desktop.domain.accounts import Account

#: Milliseconds after which nobody expects a call any more: an attempt has as long to be sent.
KEPT = 15_000


@dataclass(frozen=True, slots=True)
class EarlyPress:
    """``number`` as it was typed, the account that was shown, and when (monotonic milliseconds)."""

    number: str
    account: Account | None
    at: int

    def holds(self, number: str, account: Account | None, now: int) -> bool:
        """Whether it may become a call now."""
        return self.is_for(number) and account == self.account and 0 <= now - self.at <= KEPT

    def is_for(self, number: str) -> bool:
        """Whether this is the same number, grouped or not."""
        return _ungrouped(number) == _ungrouped(self.number)


def _ungrouped(number: str) -> str:
    return re.sub(r"[-\s()]+", "", number)
