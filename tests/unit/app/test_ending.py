"""The process ends at once, and with its status, whatever a left-over thread is doing."""

from __future__ import annotations

import subprocess
import sys

import pytest

#: A thread that is inside Qt over and over again when the main thread is done, as a look-up's may be.
_BUSY = """
import sys, threading
from PySide6.QtCore import QObject, Signal
from basix_desktop.app.ending import leave

class Bridge(QObject):
    posted = Signal(object)

def work(bridge, begun):
    while True:
        bridge.posted.emit(None)
        begun.set()

bridge, begun = Bridge(), threading.Event()
if {busy}:
    threading.Thread(target=work, args=(bridge, begun), daemon=True).start()
    begun.wait()
print("said before the end", end="")
sys.exit(leave(7))
"""


@pytest.mark.parametrize("busy", [True, False])
def test_the_status_and_what_was_said_survive(busy: bool) -> None:
    for _ in range(5):
        done = subprocess.run(
            [sys.executable, "-c", _BUSY.format(busy=busy)], capture_output=True, text=True, timeout=60, check=False
        )
        assert (done.returncode, done.stdout, done.stderr) == (7, "said before the end", "")
