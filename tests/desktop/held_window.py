"""A window that counts fresh presses of Return, repeats of it, and uses of a shortcut."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel

from basix_desktop.ui.widgets.held_keys import HeldKeys


class _Counter(QLabel):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("counts")
        self.setMinimumSize(300, 100)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._counts = {"fresh": 0, "repeats": 0, "shortcuts": 0}
        shortcut = QShortcut(QKeySequence("Ctrl+3"), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(lambda: self._count("shortcuts"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_3):
            self._count("repeats" if event.isAutoRepeat() else "fresh")

    def _count(self, what: str) -> None:
        self._counts[what] += 1
        self.setText(", ".join(f"{name} {number}" for name, number in self._counts.items()) + ".")


def main() -> int:
    app = QApplication(sys.argv)
    window = _Counter()
    window.show()
    held = HeldKeys(window)
    code = app.exec()
    held.deleteLater()
    return code


if __name__ == "__main__":
    sys.exit(main())
