"""How long something has lasted, as people read it on a telephone. No Qt."""

from __future__ import annotations


def duration(ms: int) -> str:
    """ "0:06", "2:10", "1:02:10"; whole seconds that have passed, never negative."""
    seconds = max(0, ms) // 1000
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
