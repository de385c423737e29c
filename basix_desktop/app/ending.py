"""The end of the process where threads are left over that may block for ever: a keyring, a name look-up, an import."""

from __future__ import annotations

import logging
import os
import sys
import threading
from contextlib import suppress


def leave(status: int) -> int:
    """Main thread, after everything is closed. Returns ``status`` if no other thread is left; else the process ends
    here, at once: taking Python apart would end such a thread in the middle of C++ code, which aborts the process."""
    if threading.active_count() == 1:
        return status
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # closed, a broken pipe, or none
            stream.flush()
    os._exit(status)
