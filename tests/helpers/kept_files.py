"""Lets go of the files that ``store.first_bytes`` keeps open: a process of ours looks at one or two databases in its
life, a run of tests at thousands, some of them on what is to be unmounted."""

from __future__ import annotations

import contextlib
import os
import sys


def let_go() -> None:
    """Where the program's part has been imported at all."""
    first_bytes = sys.modules.get("basix_desktop.store.first_bytes")
    while first_bytes is not None and first_bytes._kept:
        with contextlib.suppress(OSError):  # a mount that is gone by now
            os.close(first_bytes._kept.popitem()[1])
