"""How long things take: at the pace of people, faster, or only when a test says so."""

from __future__ import annotations

import asyncio
import contextlib
import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tempo:
    """``speed`` 2.0 is twice as fast as people. ``by_hand``: no step of a call comes before it is told to."""

    speed: float = 1.0
    by_hand: bool = False

    def real(self, seconds: float) -> float:
        """People's seconds as the clock's."""
        return seconds / self.speed


class Pace:
    """The waits of one call; the one that is going on can be ended. Server's thread only."""

    def __init__(self, tempo: Tempo) -> None:
        self._tempo = tempo
        self._next: asyncio.Event | None = None

    async def wait(self, seconds: float) -> None:
        """``seconds`` as people count them; without end if infinite. Over at once when :meth:`advance` is called."""
        self._next = asyncio.Event()
        endless = self._tempo.by_hand or math.isinf(seconds)
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(None if endless else self._tempo.real(seconds)):
                    await self._next.wait()
        finally:
            self._next = None

    def advance(self) -> bool:
        """True if there was a wait to end."""
        waiting, self._next = self._next, None
        if waiting is not None:
            waiting.set()
        return waiting is not None
