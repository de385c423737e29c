"""The way that the focus goes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget


def focus_goes_through(act: Callable[[], None]) -> list[str]:
    """The widgets that get the focus, in order: a screen reader reads out each."""
    seen: list[str] = []

    def changed(_old: QWidget | None, now: QWidget | None) -> None:
        seen.append(type(now).__name__ if now is not None else "")

    QApplication.instance().focusChanged.connect(changed)  # type: ignore[union-attr]
    try:
        act()
    finally:
        QApplication.instance().focusChanged.disconnect(changed)  # type: ignore[union-attr]
    return seen
