"""Small widgets of the pane."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip

from basix_desktop.ui.theme import look
from basix_desktop.ui.widgets.labels import HeardLabel


def plain_label(name: str = "", style: str = "", *, wrap: bool = True) -> QLabel:
    """A label that never reads its text as HTML (reliability.md P12)."""
    label = HeardLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if style:
        look(label, style)
    return label


class ElidedLabel(HeardLabel):
    """One line of plain text in the first of several lengths that fits, the last one shortened if it must be. The first
    is the accessible text. ``tip`` is shown under the mouse: a tool tip set would be taken for the description, with
    its markup."""

    def __init__(self, name: str, style: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._versions = [""]
        self.tip: list[str] = []
        if style:
            look(self, style)

    def set_versions(self, versions: list[str]) -> None:
        """The same in fewer and fewer words."""
        self._versions = versions
        self.setText(versions[0])
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self.tip:
            QToolTip.showText(event.globalPos(), tool_tip(self.tip), self)
            return True
        return super().event(event)

    def shown(self) -> str:
        """What there is room for."""
        metrics, width = self.fontMetrics(), self.contentsRect().width()
        fitting = (text for text in self._versions if metrics.horizontalAdvance(text) <= width)
        return next(fitting, metrics.elidedText(self._versions[-1], Qt.TextElideMode.ElideRight, width))

    def minimumSizeHint(self) -> QSize:
        return QSize(8 * self.fontMetrics().averageCharWidth(), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        line = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(self.contentsRect(), line, self.shown())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()


def tool_tip(lines: list[str]) -> str:
    """Tool tips are read as HTML when they look like it, so they are HTML of ours with everything escaped."""
    text = "<br>".join(escape(line) for line in lines if line)
    return f"<qt>{text}</qt>" if text else ""
