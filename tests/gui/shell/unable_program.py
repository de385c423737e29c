"""The window of a program of which a module cannot be imported, used by keys.

``python -m tests.gui.shell.unable_program FOLDER MODULE LANGUAGE`` prints what can be read there, as JSON, and ends as
the program ends.
"""

from __future__ import annotations

import json
import sys
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QWidget

from basix_desktop.app.cli_parser import WindowOptions
from basix_desktop.app.window import run_window


class Missing(MetaPathFinder):
    """As where an update was interrupted."""

    def __init__(self, name: str) -> None:
        self._name = name

    def find_spec(self, name: str, path: object = None, target: object = None) -> Any:
        if name == self._name:
            raise ImportError(f"no {name}")
        return None


class Person:
    """Types a number and Enter, reads what comes, and quits."""

    def __init__(self) -> None:
        self.told: dict[str, Any] = {}
        self._typed = False
        self.timer = QTimer()
        self.timer.timeout.connect(self._look)
        self.timer.start(20)

    def _look(self) -> None:
        box = next((w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()), None)
        window = next((w for w in QApplication.topLevelWidgets() if w.objectName() == "mainWindow"), None)
        if box is not None:
            self._read(box)
            box.accept()
        elif window is not None and window.isVisible():
            self._use(window)

    def _use(self, window: QWidget) -> None:
        number = window.findChild(QWidget, "numberEdit")
        panel = window.findChild(QWidget, "unableNotice")
        if number is not None and not self._typed:
            self._typed = True
            QTest.keyClick(number, Qt.Key.Key_Return)
        if panel is not None and panel.isVisible():
            self._read(panel)
            self.told["can type"] = number is not None and number.isEnabled()
            self.timer.stop()
            button = window.findChild(QPushButton, "unableQuitButton")
            assert button is not None
            QTest.keyClick(button, Qt.Key.Key_Return)

    def _read(self, widget: QWidget) -> None:
        self.told["words"] = "\n".join(label.text() for label in widget.findChildren(QLabel))


def main() -> int:
    sys.meta_path.insert(0, Missing(sys.argv[2]))
    person: list[Person] = []
    boxes: Any = QMessageBox
    boxes.exec = lambda box: _exec(box, person)
    options = WindowOptions(data_dir=Path(sys.argv[1]), language=sys.argv[3])
    try:
        status = run_window(options, lambda: person.append(Person()))
    except ImportError:
        status = 1
    print(json.dumps(person[0].told))  # noqa: T201
    return status


def _exec(box: QMessageBox, person: list[Person]) -> None:
    person.append(Person())
    box.open()
    while box.isVisible():
        QApplication.processEvents()


if __name__ == "__main__":
    sys.exit(main())
