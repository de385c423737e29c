"""The clocks of this computer."""

from __future__ import annotations

import sys
import time
from functools import cache
from pathlib import Path

_BOOT_CLOCK: int | None = {
    "linux": getattr(time, "CLOCK_BOOTTIME", None),
    "darwin": getattr(time, "CLOCK_MONOTONIC_RAW", None),
}.get(sys.platform)


class SystemClock:
    """Implements ``services.ports.Clock``. Any thread."""

    def wall_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def boot_ms(self) -> int:
        """CLOCK_BOOTTIME on Linux, CLOCK_MONOTONIC_RAW (which on macOS counts sleep) on macOS, ``time.monotonic`` on
        Windows, where it counts sleep too. The dialer also looks at the wall clock (reliability.md L4)."""
        return time.clock_gettime_ns(_BOOT_CLOCK) // 1_000_000 if _BOOT_CLOCK else time.monotonic_ns() // 1_000_000

    def boot_id(self) -> str:
        return _boot_id()


@cache
def _boot_id() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        started = time.time_ns() // 1_000_000_000 - time.monotonic_ns() // 1_000_000_000
        return f"since-{started // 60}"  # a minute's grain: the two clocks drift apart by less
