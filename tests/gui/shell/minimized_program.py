"""The program started with ``--minimized``, then brought up by its person.

``python -m tests.gui.shell.minimized_program FOLDER [--demo]`` prints what the window was like, as JSON, and ends
as the program ends.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from basix_desktop.app.cli_parser import parse
from basix_desktop.app.ending import leave
from basix_desktop.app.window import run_window

#: What there is once the program has started behind its window: with an account at once, else once it is seen.
_WORKING = ("callLogView", "welcomeView")


class Person:
    """Looks at the window, brings it up, and closes it."""

    def __init__(self) -> None:
        self.told: dict[str, Any] = {}
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(20)

    def _look(self) -> None:
        window = next((w for w in QApplication.topLevelWidgets() if w.objectName() == "mainWindow"), None)
        if window is None or not window.isVisible():
            return
        if not any(window.findChild(QWidget, name) is not None for name in _WORKING):
            return  # the first picture alone; it has to come by itself, since nobody sees the window
        if not self.told:
            self.told["minimized"] = window.isMinimized()
            window.showNormal()
        elif window.isActiveWindow():
            self.told["brought up"] = not window.isMinimized()
            self.told["focus"] = getattr(QApplication.focusWidget(), "objectName", str)()
            self._timer.stop()
            window.close()


def main() -> int:
    options = parse(["--data-dir", *sys.argv[1:], "--minimized"]).window
    person: list[Person] = []
    QTimer.singleShot(0, lambda: person.append(Person()))
    status = run_window(options)
    print(json.dumps(person[0].told))  # noqa: T201
    return status


if __name__ == "__main__":
    sys.exit(leave(main()))  # as the program ends: a thread may still be importing
