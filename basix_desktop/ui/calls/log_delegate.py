"""Draws the log's cells: two lines, shapes for outcomes, day headings. Everything as plain text, shortened to fit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLineF, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from basix_desktop.ui.calls.log_model import Column, Role
from basix_desktop.ui.calls.wording import RowTexts, Tone
from basix_desktop.ui.theme import GAP, GRID, MARGIN, Tokens

Index = QModelIndex | QPersistentModelIndex
_TEXT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_FIGURES = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_UUID_SHOWN = 8
PADDING = 2 * GRID  # above and below a row's text
ARROW = "→ "


class CallDelegate(QStyledItemDelegate):
    """``tokens`` gives the colours of the moment. Paints from the model's ready texts only."""

    def __init__(self, tokens: Callable[[], Tokens], view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self._tokens = tokens
        self.set_font(QFont())

    def set_font(self, font: QFont) -> None:
        """The view's font; the others follow from it."""
        self._font = font
        self._bold = QFont(font)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._small = QFont(font)
        self._small.setPointSizeF(max(6.0, font.pointSizeF() * 0.9))
        self._mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self._mono.setPointSizeF(self._small.pointSizeF())
        self._line = QFontMetrics(self._bold).height()
        self._small_line = QFontMetrics(self._small).height()

    def row_height(self, lines: int, heading: bool) -> int:
        """Pixels for a row; ``heading`` adds the day's name above it."""
        text = self._line + (self._small_line + 1 if lines > 1 else 0)
        return text + 2 * PADDING + 1 + (self.heading_height() if heading else 0)

    def heading_height(self) -> int:
        return self._line + 3 * GRID

    def time_width(self) -> int:
        return MARGIN + QFontMetrics(self._font).horizontalAdvance("00:00") + 5 * GRID

    def length_width(self) -> int:
        return QFontMetrics(self._font).horizontalAdvance("0:00:00") + 6 * GRID

    def leg_width(self) -> int:
        return QFontMetrics(self._mono).horizontalAdvance("0" * (_UUID_SHOWN + 1)) + MARGIN + GAP

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        texts: RowTexts = index.data(Role.TEXTS)
        heading: str = index.data(Role.HEADING)
        painter.save()
        painter.setClipRect(option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRect(option.rect)
        if heading:
            self._paint_heading(painter, option, index, heading)
            body.setTop(body.top() + self.heading_height())
        self._paint_ground(painter, option, body, index.column())
        body.adjust(MARGIN if index.column() == Column.TIME else 0, PADDING, -GAP, -PADDING - 1)
        self._paint_cell(painter, texts, Column(index.column()), body)
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, heading: str) -> None:
        """The day's name runs over all columns: each cell draws the part of it that lies in the cell."""
        left = option.rect.left() - self._column_start(index.column())
        place = QRect(left + MARGIN, option.rect.top() + GRID, 10_000, self.heading_height() - GRID)
        painter.setFont(self._bold)
        painter.setPen(QColor(self._tokens().muted))
        painter.drawText(place, _TEXT, heading)

    def _column_start(self, column: int) -> int:
        view = self._view
        return sum(view.columnWidth(before) for before in range(column) if not view.isColumnHidden(before))

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, body: QRect, column: int) -> None:
        t = self._tokens()
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(body, QColor(t.selection))
            if column == Column.TIME and self._view.hasFocus():
                painter.fillRect(QRect(body.left(), body.top(), GRID - 1, body.height()), QColor(t.accent))
        painter.fillRect(QRect(body.left(), body.bottom(), body.width(), 1), QColor(t.border))

    def _paint_cell(self, painter: QPainter, texts: RowTexts, column: Column, body: QRect) -> None:
        t = self._tokens()
        if column is Column.TIME:
            self._text(painter, body, texts.time, self._font, t.text)
        elif column is Column.WHO:
            self._two_lines(painter, body, (texts.who, self._bold if texts.number else self._font), texts.number)
        elif column is Column.DESTINATION:
            self._text(painter, body, ARROW + texts.destination, self._font, t.text)
        elif column is Column.OUTCOME:
            self._paint_outcome(painter, texts, body)
        elif column is Column.LENGTH:
            self._text(painter, body.adjusted(0, 0, -3 * GRID, 0), texts.length, self._font, t.text, how=_FIGURES)
        else:
            short = texts.leg[:_UUID_SHOWN] + "…" if len(texts.leg) > _UUID_SHOWN else texts.leg
            self._text(painter, body, short or "–", self._mono, t.muted)

    def _paint_outcome(self, painter: QPainter, texts: RowTexts, body: QRect) -> None:
        colour = _colour(self._tokens(), texts.tone)
        size = round(self._line * 0.62)
        first_line = self._line if texts.said else body.height()
        middle = body.top() + self._offset(body, bool(texts.said)) + first_line / 2
        draw_shape(painter, QRectF(body.left(), middle - size / 2, size, size), texts.tone, colour)
        words = body.adjusted(size + 2 * GRID - 2, 0, 0, 0)
        self._two_lines(painter, words, (texts.outcome, self._font), texts.said, colour)

    def _offset(self, body: QRect, two: bool) -> int:
        return (body.height() - self._line - self._small_line - 1) // 2 if two else 0

    def _two_lines(
        self, painter: QPainter, body: QRect, first: tuple[str, QFont], second: str, colour: str | None = None
    ) -> None:
        t = self._tokens()
        text, font = first
        if not second:
            self._text(painter, body, text, font, colour or t.text)
            return
        top = body.top() + self._offset(body, True)
        self._text(painter, QRect(body.left(), top, body.width(), self._line), text, font, colour or t.text)
        below = QRect(body.left(), top + self._line + 1, body.width(), self._small_line)
        self._text(painter, below, second, self._small, t.muted)

    @staticmethod
    def _text(
        painter: QPainter,
        place: QRect,
        text: str,
        font: QFont,
        colour: str,
        *,
        how: Qt.AlignmentFlag | Qt.TextFlag = _TEXT,
    ) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, how, shown)


def _colour(t: Tokens, tone: Tone) -> str:
    colours = {Tone.GOOD: t.good, Tone.BAD: t.danger, Tone.DOUBT: t.warning, Tone.BUSY: t.info, Tone.QUIET: t.text}
    return colours[tone]


def draw_shape(painter: QPainter, place: QRectF, tone: Tone, colour: str) -> None:
    """A shape of its own for each outcome, drawn so that no font has to know it: tick, barred circle, ?, three
    dots, open circle."""
    pen = QPen(QColor(colour), max(1.4, place.height() / 8))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, y, w, h = place.x(), place.y(), place.width(), place.height()
    if tone is Tone.GOOD:
        tip = QPointF(x + w * 0.38, y + h * 0.86)
        painter.drawLine(QLineF(QPointF(x + w * 0.08, y + h * 0.56), tip))
        painter.drawLine(QLineF(tip, QPointF(x + w * 0.95, y + h * 0.14)))
    elif tone is Tone.BAD:
        painter.drawEllipse(place.adjusted(1, 1, -1, -1))
        painter.drawLine(QLineF(x + w * 0.24, y + h * 0.24, x + w * 0.76, y + h * 0.76))
    elif tone is Tone.QUIET:
        painter.drawEllipse(place.adjusted(1, 1, -1, -1))
    elif tone is Tone.DOUBT:
        font = QFont(painter.font())
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        painter.drawText(place.adjusted(-w, -h, w, h), Qt.AlignmentFlag.AlignCenter, "?")
    else:
        painter.setBrush(QColor(colour))
        painter.setPen(Qt.PenStyle.NoPen)
        for step in (0.14, 0.5, 0.86):
            painter.drawEllipse(QPointF(x + w * step, y + h / 2), w * 0.11, w * 0.11)
