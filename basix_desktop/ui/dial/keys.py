"""The dial column's keys in the whole window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from basix_desktop.ui.dial.view import DialView


class DialKeys(QObject):
    """Digits typed anywhere go to the number (fields take their own), Alt+1…9 choose a favourite, Ctrl+1…9 call to it.

    A held key counts once: auto-repeat is off.
    """

    def __init__(self, view: DialView, choose: Callable[[int], None], call: Callable[[int], None]) -> None:
        super().__init__(view)
        self._view = view
        for sign in "0123456789+":
            self._on(sign, partial(self._type, sign))
        for key in range(1, 10):
            self._on(f"Alt+{key}", partial(choose, key))
            self._on(f"Ctrl+{key}", partial(call, key))

    def _on(self, keys: str, act: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self._view)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)

    def _type(self, sign: str) -> None:
        edit = self._view.number.edit
        edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        edit.type_character(sign)
