"""Finds what a test leaves behind: threads and child processes."""

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

_PATIENCE_SECONDS = float(os.environ.get("LEFTOVER_PATIENCE", "5"))
_OURS = ("basix", "net-", "db-")
_HELPERS_OF_PYTHON = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")


def threads() -> set[threading.Thread]:
    """The threads alive now."""
    return {thread for thread in threading.enumerate() if thread.is_alive()}


def left_threads(before: set[threading.Thread]) -> list[str]:
    """Threads started since ``before`` that hold the process or are ours, after giving them some seconds to end.

    A daemon thread that waits in somebody else's code (a name look-up) is let be: the program has such on purpose.
    """
    return _wait_for_none(lambda: [t.name for t in threads() - before if not t.daemon or t.name.startswith(_OURS)])


def children() -> set[int]:
    """The process ids of this process's children; empty where the system has no /proc."""
    found: set[int] = set()
    if sys.platform != "linux":
        return found
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(OSError):
            found.update(int(pid) for pid in (task / "children").read_text().split())
    return found


def left_children(before: set[int]) -> list[str]:
    """Children started since ``before`` and still there after some seconds, as ``pid command``; they are killed."""
    left = _wait_for_none(
        lambda: [f"{pid} {name}" for pid in children() - before if (name := _command(pid)) is not None]
    )
    for line in left:
        with contextlib.suppress(OSError, ValueError):
            os.kill(int(line.split()[0]), signal.SIGKILL)
    return left


def _command(pid: int) -> str | None:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return None
    return None if any(helper in command for helper in _HELPERS_OF_PYTHON) else command or "(not waited for)"


def _wait_for_none(look: Callable[[], list[str]]) -> list[str]:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while (found := look()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return found
