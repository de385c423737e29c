"""A window that has nothing to do with the program: it shows that the desktop itself works."""

import sys

from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget


def main() -> int:
    app = QApplication(sys.argv)
    window = QWidget()
    window.setObjectName("tinyWindow")
    edit, label, button = QLineEdit(), QLabel("nothing yet"), QPushButton("Count")
    edit.setObjectName("tinyEdit")
    edit.setAccessibleName("Number")
    label.setObjectName("tinyLabel")
    button.setObjectName("tinyButton")
    returns: list[str] = []

    def count() -> None:
        returns.append(edit.text())
        label.setText(f"{len(returns)} times, last {edit.text()}")

    edit.returnPressed.connect(count)
    button.clicked.connect(count)
    layout = QVBoxLayout(window)
    for widget in (edit, button, label):
        layout.addWidget(widget)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
