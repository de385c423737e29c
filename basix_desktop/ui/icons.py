"""The program's own line icons, in the colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from basix_desktop.ui.resources import resource

_SIZES = (16, 24, 32, 48)


def icon(name: str, colour: str) -> QIcon:
    """``resources/icons/NAME.svg`` with ``currentColor`` replaced by ``colour`` (#rrggbb)."""
    source = resource(f"icons/{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    result = QIcon()
    for size in _SIZES:
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        result.addPixmap(picture)
    return result


def app_icon() -> QIcon:
    """The program's icon, in its own colours."""
    return icon("app", "#0b6e4f")
