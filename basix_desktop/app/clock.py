"""The clocks of this computer."""

from __future__ import annotations

import sys
import time
from functools import cache
from pathlib import Path


class SystemClock:
    """Implements ``services.ports.Clock``. Any thread."""

    def wall_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def boot_ms(self) -> int:
        """On Linux CLOCK_BOOTTIME; elsewhere ``time.monotonic``, which runs in sleep on Windows and is asked for the
        continuous clock on macOS. The dialer also looks at the wall clock (reliability.md L4)."""
        if sys.platform == "linux":
            return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
        continuous = getattr(time, "CLOCK_MONOTONIC_RAW", None)
        if sys.platform == "darwin" and continuous is not None:
            return time.clock_gettime_ns(continuous) // 1_000_000
        return time.monotonic_ns() // 1_000_000

    def boot_id(self) -> str:
        return _boot_id()


@cache
def _boot_id() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        started = time.time_ns() // 1_000_000_000 - time.monotonic_ns() // 1_000_000_000
        return f"since-{started // 60}"  # a minute's grain: the two clocks drift apart by less
