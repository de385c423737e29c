"""Colours, spacing and the style sheet: one accent on the platform's own style, light, dark and high contrast.

Widgets ask for a look by the dynamic property ``look`` (set with :func:`look`): ``primary``, ``secondary``, ``danger``,
``flat``, ``link``, ``chip``, ``card``, ``panel-warning``, ``panel-danger``, ``panel-info``, ``field-label``, ``muted``,
``title``, ``favourite``, ``heading``, ``hint``, ``error``, ``badge``, ``number`` (the large field), ``surface``,
``page`` and ``bar``.
"""

from __future__ import annotations

from string import Template
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from basix_desktop.ui.resources import resource

#: Every distance is a multiple of this many device-independent pixels.
GRID = 4
MARGIN = 4 * GRID  # around a column
GAP = 2 * GRID  # between neighbours that belong together
SECTION = 4 * GRID  # between sections
CONTROL = 9 * GRID  # height of a field or button
RADIUS = 6
SCROLL_BAR = 2 * GRID
NUMBER_POINTS = 20


class Tokens(NamedTuple):
    """The colours by purpose. Text colours reach a contrast of at least 4.5:1 on the surfaces they stand on."""

    page: str
    surface: str
    text: str
    muted: str
    border: str
    control_border: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    accent_off: str
    selection: str
    info: str
    info_soft: str
    good: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    warning_border: str
    dark: bool = False


LIGHT = Tokens(
    page="#f4f6f8",
    surface="#ffffff",
    text="#16191d",
    muted="#59636e",
    border="#dde1e6",
    control_border="#c3c9d1",
    accent="#0b6e4f",
    accent_hover="#095c42",
    on_accent="#ffffff",
    accent_soft="#e7f1ed",
    accent_off="#93bdae",
    selection="#e9f1fc",
    info="#1b5aa6",
    info_soft="#e6effb",
    good="#0b6e4f",
    danger="#b3261e",
    danger_soft="#fdecea",
    warning="#855a00",
    warning_soft="#fff4de",
    warning_border="#c98a00",
)

DARK = Tokens(
    page="#16181b",
    surface="#1f2327",
    text="#eef0f2",
    muted="#a2abb5",
    border="#33393f",
    control_border="#4a525b",
    accent="#3fb68b",
    accent_hover="#57c79d",
    on_accent="#06140e",
    accent_soft="#1d3229",
    accent_off="#2c5646",
    selection="#24384f",
    info="#8ab8f2",
    info_soft="#1d2e44",
    good="#4fc79a",
    danger="#ff8a80",
    danger_soft="#3d2422",
    warning="#f0c060",
    warning_soft="#3a2e17",
    warning_border="#c98a00",
    dark=True,
)


def high_contrast(base: Tokens) -> Tokens:
    """The same roles without any soft colour: pure text on pure ground, strong borders."""
    ground, text = ("#000000", "#ffffff") if base.dark else ("#ffffff", "#000000")
    bright = {"accent": "#5cffb9", "danger": "#ff9c94", "warning": "#ffd773", "info": "#9cc8ff"}
    deep = {"accent": "#00543a", "danger": "#8c0f08", "warning": "#5c3d00", "info": "#003d80"}
    colour = bright if base.dark else deep
    return Tokens(
        page=ground,
        surface=ground,
        text=text,
        muted=text,
        border=text,
        control_border=text,
        accent=colour["accent"],
        accent_hover=colour["accent"],
        on_accent=ground,
        accent_soft=ground,
        accent_off=base.muted,
        selection="#1a3a66" if base.dark else "#cfe2ff",
        info=colour["info"],
        info_soft=ground,
        good=colour["accent"],
        danger=colour["danger"],
        danger_soft=ground,
        warning=colour["warning"],
        warning_soft=ground,
        warning_border=colour["warning"],
        dark=base.dark,
    )


def look(widget: QWidget, name: str) -> None:
    """Give a widget one of the looks above; restyles it if it has been shown."""
    if widget.property("look") != name:
        widget.setProperty("look", name)
        restyle(widget)


def colour(role: QPalette.ColorRole) -> QColor:
    """A colour to paint with. A styled widget's own palette has other muted colours than the tokens."""
    return QGuiApplication.palette().color(role)


def restyle(widget: QWidget) -> None:
    """Let the style sheet see a changed property. What has never been shown is styled when it is."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Theme(QObject):
    """Follows the system's colour scheme. ``changed`` comes after palette and style sheet are in place."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self.tokens = LIGHT
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        hints = QGuiApplication.styleHints()
        tokens = DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT
        self.apply(high_contrast(tokens) if _wants_contrast() else tokens)

    def apply(self, tokens: Tokens) -> None:
        """Use these colours from now on."""
        self.tokens = tokens
        self._app.setPalette(palette(tokens))
        self._app.setStyleSheet(style_sheet(tokens))
        self.changed.emit()


def _wants_contrast() -> bool:
    accessibility = getattr(QGuiApplication.styleHints(), "accessibility", None)  # Qt 6.10 and later
    if accessibility is None:
        return False
    return "High" in str(accessibility().contrastPreference())


def palette(tokens: Tokens) -> QPalette:
    """The tokens as palette roles, so that everything Qt draws by itself agrees."""
    result = QPalette()
    roles = {
        QPalette.ColorRole.Window: tokens.page,
        QPalette.ColorRole.Base: tokens.surface,
        QPalette.ColorRole.AlternateBase: tokens.page,
        QPalette.ColorRole.Button: tokens.surface,
        QPalette.ColorRole.Text: tokens.text,
        QPalette.ColorRole.WindowText: tokens.text,
        QPalette.ColorRole.ButtonText: tokens.text,
        QPalette.ColorRole.PlaceholderText: tokens.muted,
        QPalette.ColorRole.ToolTipBase: tokens.surface,
        QPalette.ColorRole.ToolTipText: tokens.text,
        QPalette.ColorRole.Highlight: tokens.accent,
        QPalette.ColorRole.HighlightedText: tokens.on_accent,
        QPalette.ColorRole.Link: tokens.info,
        QPalette.ColorRole.Mid: tokens.border,
        QPalette.ColorRole.Accent: tokens.accent,
    }
    for role, colour in roles.items():
        result.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.muted))
    return result


def style_sheet(tokens: Tokens) -> str:
    """The looks, of ``resources/style.qss``, in these colours."""
    sizes = {"radius": RADIUS, "scroll_bar": SCROLL_BAR, "number_points": NUMBER_POINTS}
    looks = resource("style.qss").read_text(encoding="utf-8")
    return Template(looks).substitute(tokens._asdict(), **sizes)
