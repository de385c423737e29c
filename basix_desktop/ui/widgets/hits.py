"""How many a search has found, for who cannot see the list below it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit

#: Milliseconds without a key after which somebody listens.
_QUIET_MS = 400


class Hits(QObject):
    """Says what a search has found once no key has come for a while, or as soon after that as it is known. Made before
    the search itself listens to ``edit``."""

    announced = Signal(str)  # "" takes back what was said

    def __init__(self, edit: QLineEdit) -> None:
        super().__init__(edit)
        self._words = ""  # "" until it is known
        self._due = self._said = False
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._quiet.timeout.connect(self._say)
        edit.textChanged.connect(self._typed)

    def tell(self, words: str) -> None:
        """What the text that stands in the field has found; "" where it searches nothing."""
        self._words = words
        if self._due:
            self._say()

    def again(self) -> None:
        """A key that would go to what is found, of which there is nothing."""
        if self._words:
            self._say()

    def _typed(self, text: str) -> None:
        self._words, self._due = "", False
        if text.strip():
            self._quiet.start()
            return
        self._quiet.stop()
        if self._said:
            self._said = False
            self.announced.emit("")

    def _say(self) -> None:
        self._due = not self._words
        if self._words:
            self._quiet.stop()
            self._said = True
            self.announced.emit(self._words)
