"""What the person has to know about the program's own files, above everything else until it is put away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout

from basix_desktop.ui.theme import GAP, GRID, look
from basix_desktop.ui.widgets.buttons import PressButton
from basix_desktop.ui.widgets.panel import Panel

translate = QCoreApplication.translate


class Choice(NamedTuple):
    """A button: its object name, its words, and what it does. The notice stays until somebody else changes it."""

    name: str
    words: str
    act: Callable[[], None]


class Notices(QFrame):
    """Main thread. Takes the focus from nobody, and has no height while there is nothing to tell."""

    def __init__(self) -> None:
        super().__init__()
        look(self, "page")
        self._panels: dict[str, Panel] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(3 * GRID, GAP, 3 * GRID, GAP)
        self._column.setSpacing(GAP)
        self.hide()

    def tell(
        self,
        name: str,
        title: str,
        text: str,
        choices: Sequence[Choice] = (),
        *,
        close: str = "",
        closed: Callable[[], object] = lambda: None,
        style: str = "",
    ) -> None:
        """Show a notice, in the place of the one with that object name. ``close`` puts it away and changes nothing but
        what ``closed`` does: by then it has been read."""
        self.drop(name)
        panel = self._panels[name] = Panel(name, style or "panel-warning")
        for choice in choices:
            self._button(panel, choice.name, choice.words).clicked.connect(choice.act)
        closing = self._button(panel, f"{name}Close", close or translate("Notices", "Close"))
        closing.clicked.connect(lambda: self.drop(name))
        closing.clicked.connect(closed)
        panel.buttons.addStretch()
        self._column.addWidget(panel)
        panel.say(title, text)
        self.show()

    def add(self, name: str, text: str) -> None:
        """A further sentence in a notice that is there."""
        panel = self._panels.get(name)
        if panel is not None and text not in panel.body.text():
            panel.say(panel.title.text(), f"{panel.body.text()}\n{text}")

    def words(self) -> list[str]:
        """What is told now, one after another."""
        return [panel.accessibleName() for panel in self._panels.values()]

    def drop(self, name: str) -> None:
        panel = self._panels.pop(name, None)
        if panel is not None:
            self._column.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
        self.setVisible(bool(self._panels))

    def _button(self, panel: Panel, name: str, words: str) -> PressButton:
        button = PressButton(name)
        button.set_words(words)
        panel.buttons.addWidget(button)
        return button
