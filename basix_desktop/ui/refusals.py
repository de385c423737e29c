"""Reading fields one by one and refusing all that is wrong with them at once. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from basix_desktop.domain.errors import InputRefused

T = TypeVar("T")


class Refusals(Exception):
    """Remedy: change these fields. By field, in tab order."""

    def __init__(self, fields: dict[str, InputRefused]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


class FieldReader:
    """Reads on after a refusal. ``order``: the fields' names in tab order; others come last."""

    def __init__(self, order: Sequence[str]) -> None:
        self._order = order
        self._refused: dict[str, InputRefused] = {}

    def read(self, read: Callable[[], T], otherwise: T) -> T:
        """What ``read`` returns; ``otherwise`` where it raises ``InputRefused``. Of one field the first counts."""
        try:
            return read()
        except InputRefused as error:
            self._refused.setdefault(error.field, error)
            return otherwise

    def finish(self) -> None:
        """Raises ``Refusals`` if anything was refused."""
        if self._refused:
            raise Refusals({name: self._refused[name] for name in sorted(self._refused, key=self._place)})

    def _place(self, field: str) -> int:
        return self._order.index(field) if field in self._order else len(self._order)
