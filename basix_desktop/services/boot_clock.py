"""The clock for everything that may have become too old: never set, and it goes on while the computer sleeps."""

from __future__ import annotations

import sys
import time

_CLOCK: int | None = {
    "linux": getattr(time, "CLOCK_BOOTTIME", None),
    "darwin": getattr(time, "CLOCK_MONOTONIC_RAW", None),
}.get(sys.platform)


def boot_ms() -> int:
    """Milliseconds. CLOCK_BOOTTIME on Linux, CLOCK_MONOTONIC_RAW (which on macOS counts sleep) on macOS,
    ``time.monotonic`` on Windows, where it counts sleep too."""
    return time.clock_gettime_ns(_CLOCK) // 1_000_000 if _CLOCK is not None else time.monotonic_ns() // 1_000_000
