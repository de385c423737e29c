"""Things to do once within some time, however often they are asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Once:
    """Net thread."""

    def __init__(self) -> None:
        self._due: dict[str, asyncio.TimerHandle] = {}

    def within(self, name: str, seconds: float, fn: Callable[[], object]) -> None:
        """Do it that much later, unless it is due already."""
        if name in self._due:
            return

        def run() -> None:
            self._due.pop(name, None)
            fn()

        self._due[name] = asyncio.get_running_loop().call_later(seconds, run)

    def forget(self) -> None:
        """Nothing is due any more."""
        for handle in self._due.values():
            handle.cancel()
        self._due.clear()
