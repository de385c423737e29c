"""When a second look may be confirmed: freshly, not too soon, for exactly the values shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from basix_desktop.domain.concerns import Concern, ConcernKind
from basix_desktop.services.dialer import Order
from basix_desktop.ui.dial.concern_words import concern_words
from basix_desktop.ui.dial.draft import Draft
from basix_desktop.ui.dial.panels import SecondLookPanel
from basix_desktop.ui.widgets.enter import Milliseconds

#: A press that comes sooner was meant for something else (reliability.md P4). Milliseconds.
TOO_SOON_MS = 500


class SecondLook:
    """One question at a time. ``now`` is a monotonic clock."""

    def __init__(self, panel: SecondLookPanel, now: Milliseconds) -> None:
        self._panel = panel
        self._now = now
        self._order: Order | None = None
        self._concerns: tuple[Concern, ...] = ()
        self._draft = Draft()
        self._asked_at = 0

    @property
    def open(self) -> bool:
        return self._order is not None

    def ask(self, order: Order, draft: Draft, concerns: Sequence[Concern], what: str, language: str) -> str:
        """Show the reasons, who is not ready last: the others may cost money or ring somebody twice. Returns them with
        what would be called, for screen readers."""
        concerns = sorted(concerns, key=lambda concern: concern.kind is ConcernKind.NOT_READY)
        self._order, self._draft, self._concerns = order, draft, tuple(concerns)
        self._asked_at = self._now()
        self._panel.ask([concern_words(concern, language) for concern in concerns], what)
        return self._panel.accessibleName()

    def keep_only_for(self, draft: Draft) -> None:
        """Close it if another call would be sent than the one shown."""
        if self.open and not draft.sends_as(self._draft):
            self.close()

    def close(self) -> None:
        self._order = None
        self._panel.hide()

    def confirm(self) -> tuple[Order, list[str]] | None:
        """The order with its concerns confirmed, and the countries allowed by that; None if it is too soon."""
        order = self._order
        if order is None or self._now() - self._asked_at < TOO_SOON_MS:
            return None
        self.close()
        keys = order.confirmed | {concern.key for concern in self._concerns}
        countries = [c.country for c in self._concerns if c.kind is ConcernKind.FOREIGN and c.country]
        return replace(order, confirmed=keys), countries
