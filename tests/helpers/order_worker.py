"""Places calls one after another; run under strace by ``test_order``. Arguments: folder, server, how many."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.helpers.kill_zygote import Killer, place


def main() -> None:
    folder, server, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    for turn in range(count):
        attempt = place(folder, server, f"03-1234-{turn:04}", Killer(""))
        assert attempt.uuids, attempt


if __name__ == "__main__":
    main()
