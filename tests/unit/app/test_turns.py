"""The window does not stand still while another thread is at work."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_CODE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from basix_desktop.app.cli_parser import parse
from basix_desktop.app.ending import leave
from basix_desktop.app.window import run_window

def usable():
    print(sys.getswitchinterval())
    QTimer.singleShot(0, QApplication.closeAllWindows)

leave(run_window(parse(["--data-dir", sys.argv[1]]).window, usable=usable))  # a thread may still be importing
"""


def test_the_window_waits_a_tenth_of_python_s_own_turn_for_another_thread(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CODE, str(tmp_path)], capture_output=True, text=True, timeout=60, check=True
    )
    assert float(done.stdout) * 10 == sys.getswitchinterval()
