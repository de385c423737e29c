"""A field for a secret: hidden, can be shown, never copied or completed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from basix_desktop.ui.icons import icon
from basix_desktop.ui.theme import LIGHT, Theme
from basix_desktop.ui.widgets.fields import EntryEdit


class TokenEdit(EntryEdit):
    """``stored`` says that a secret is kept already, so that an empty field leaves it as it is."""

    def __init__(self, name: str, parent: QWidget | None = None, *, theme: Theme | None = None) -> None:
        super().__init__(name, parent)
        self._theme = theme
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)
        self._reveal = QAction(self)
        self._reveal.setCheckable(True)
        self._reveal.toggled.connect(self._show)
        self.addAction(self._reveal, QLineEdit.ActionPosition.TrailingPosition)
        if theme is not None:
            theme.changed.connect(self._draw)
        self._draw()

    def set_stored(self, stored: bool) -> None:
        self.setPlaceholderText(QCoreApplication.translate("TokenEdit", "stored; type to replace") if stored else "")

    def _show(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._draw()

    def _draw(self) -> None:
        colour = (self._theme.tokens if self._theme else LIGHT).muted
        shown = self._reveal.isChecked()
        self._reveal.setIcon(icon("eye-off" if shown else "eye", colour))
        hide = QCoreApplication.translate("TokenEdit", "Hide what is typed")
        show = QCoreApplication.translate("TokenEdit", "Show what is typed")
        self._reveal.setText(hide if shown else show)
        self._reveal.setToolTip(self._reveal.text())
