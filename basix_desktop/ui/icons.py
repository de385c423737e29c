"""The program's own line icons, in the colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from basix_desktop.ui.resources import resource

#: Device-independent pixels of an icon in a line of text.
SMALL = 16
_ON_DENSE_SCREENS = 2
_APP_SIZES = (16, 24, 64)


def icon(name: str, colour: str, *sizes: int) -> QIcon:
    """``resources/icons/NAME.svg`` with ``currentColor`` replaced by ``colour`` (#rrggbb), drawn for these sizes in
    device-independent pixels (:data:`SMALL` if none is given) and for screens of twice the usual density."""
    source = resource(f"icons/{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(source.encode())
    result = QIcon()
    wanted = sizes or (SMALL,)
    for size in {*wanted, *(_ON_DENSE_SCREENS * size for size in wanted)}:
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        result.addPixmap(picture)
    return result


def app_icon() -> QIcon:
    """The program's icon, in its own colours."""
    return icon("app", "#0b6e4f", *_APP_SIZES)
