"""Places calls one after another; run under strace by ``test_order``. Arguments: folder, server, how many, and if
wanted a table of file systems to read instead of the kernel's."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.helpers.kill_zygote import Killer, mounted_as, place


def main() -> None:
    folder, server, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    mounted_as("".join(sys.argv[4:]))
    for turn in range(count):
        attempt = place(folder, server, f"03-1234-{turn:04}", Killer(""))
        assert attempt.uuids, attempt


if __name__ == "__main__":
    main()
