"""Imports without PySide's look into every module's source."""

from __future__ import annotations

import subprocess
import sys

_CODE = """
import sys
from basix_desktop.app import importing
importing.plainly()
importing.plainly()
from PySide6.QtWidgets import QWidget
import basix_desktop.app.window
looked_at = sys.modules["shibokensupport.feature"].pyside_feature_dict
print([name for name in looked_at if name.startswith("basix_desktop") and name != "basix_desktop.app"])
print(QWidget.mro()[1].__name__)
"""


def run(code: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.splitlines()


def test_no_module_of_ours_is_read_for_switches_that_we_do_not_use() -> None:
    assert run(_CODE) == ["[]", "QObject"]


def test_without_it_pyside_reads_them() -> None:
    """Else this module is of no use any more."""
    assert "basix_desktop.app.shell" in run(_CODE.replace("importing.plainly()", ""))[0]
