"""How long a thread may keep Python's interpreter while another waits for it.

The window takes the interpreter again and again within one paint or press. By Python's own 5 ms each of these waits as
long while another thread reads a snapshot of the live feed: ten of them are a window that stands still.
"""

from __future__ import annotations

import sys

#: Seconds.
TURN = 0.0005


def shorten() -> None:
    """For all threads of the process, from now on."""
    sys.setswitchinterval(TURN)
