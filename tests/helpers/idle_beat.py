"""A process that does nothing but wake every 5 ms: how late this computer lets anybody be. ``python -m
tests.helpers.idle_beat`` writes the longest lateness in milliseconds once its standard input is closed."""

from __future__ import annotations

import sys
import threading
import time

BEAT = 5


def _wait(ended: threading.Event) -> None:
    sys.stdin.read()
    ended.set()


def main() -> None:
    ended = threading.Event()
    threading.Thread(target=_wait, args=(ended,), daemon=True).start()
    longest, last = 0.0, time.perf_counter()
    while not ended.is_set():
        time.sleep(BEAT / 1000)
        now = time.perf_counter()
        longest, last = max(longest, (now - last) * 1000 - BEAT), now
    sys.stdout.write(f"{longest}\n")


if __name__ == "__main__":
    main()
