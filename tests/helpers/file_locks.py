"""Which locks the kernel says that this process holds on a file. Linux."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

import pytest

needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/locks")


def held(path: Path) -> list[str]:
    """``READ`` or ``WRITE`` for each POSIX lock of this process on the file (proc_locks(5))."""
    state = path.stat()
    file = f"{os.major(state.st_dev):02x}:{os.minor(state.st_dev):02x}:{state.st_ino}"
    lines = [line.split() for line in Path("/proc/locks").read_text(encoding="ascii").splitlines()]
    return [line[3] for line in lines if line[1] == "POSIX" and line[4:6] == [str(os.getpid()), file]]


def deleted() -> list[str]:
    """Files that this process has open under no name any more."""
    names = []
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the listing's own
            names.append(str(descriptor.readlink()))
    return [name for name in names if name.endswith("(deleted)") and "sqlite" in name]
