"""What is called, in words: "03-1234-1234 → Sales"."""

from __future__ import annotations

from basix_desktop.domain import numbers
from basix_desktop.domain.calls import Attempt
from basix_desktop.services.dialer import Order
from basix_desktop.ui.calls.plain import clean, cut, isolated

#: Columns of a destination's name in what is told and read out of an outcome; the log has all of it.
_WHOM = 40


def order_words(order: Order) -> str:
    """Exactly what a press calls."""
    return f"{order.number.shown} → {isolated(order.destination_label or order.request.destination)}"


def attempt_words(attempt: Attempt, home: str) -> str:
    """What was called, as numbers are written in that region."""
    number = numbers.show(attempt.request.number, home)
    whom = cut(clean(attempt.destination_label or attempt.request.destination), _WHOM)
    return f"{number} → {isolated(whom)}"
