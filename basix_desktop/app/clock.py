"""The clocks of this computer."""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path

from basix_desktop.services.boot_clock import boot_ms


class SystemClock:
    """Implements ``services.ports.Clock``. Any thread."""

    def wall_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def boot_ms(self) -> int:
        """See :func:`boot_ms`. The dialer also looks at the wall clock (reliability.md L4)."""
        return boot_ms()

    def boot_id(self) -> str:
        return _boot_id()


@cache
def _boot_id() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        started = time.time_ns() // 1_000_000_000 - time.monotonic_ns() // 1_000_000_000
        return f"since-{started // 60}"  # a minute's grain: the two clocks drift apart by less
