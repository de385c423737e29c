"""What a screen reader says by itself, so that it need not be announced too."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from basix_desktop.ui.widgets.text import spoken


def focus_says(words: str) -> bool:
    """Whether whoever has the focus is described by these words: screen readers read that out when it changes, and when
    the focus comes there. An announcement of the same would be heard as a second one."""
    focus = QApplication.focusWidget()
    return bool(words) and focus is not None and spoken(words) in spoken(focus.accessibleDescription())
