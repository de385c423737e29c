"""What holds for every window test: a Japanese font, and no window left open."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def _no_open_windows(qapp: QApplication) -> Iterator[None]:
    """Fails the test that leaves a window on the screen, where it would take the next test's focus."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    names = [f"{type(widget).__name__} {widget.objectName()!r}" for widget in left]
    for widget in left:
        widget.close()
        widget.deleteLater()
    if names:
        pytest.fail("left open: " + ", ".join(names))


@pytest.fixture(scope="session")
def japanese_font(qapp: QApplication) -> str:
    """The name of a font family that has Japanese; without one, text widths and pictures prove nothing."""
    families = QFontDatabase.families(QFontDatabase.WritingSystem.Japanese)
    if not families:
        pytest.fail("no font has Japanese: install one (Debian: fonts-noto-cjk)")
    return families[0]
