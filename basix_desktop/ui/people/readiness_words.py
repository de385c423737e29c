"""How ready somebody is, in words, shape and colour: the same in People, on favourites and among proposals."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLineF, QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from basix_desktop.domain.feed import FeedPhase, FeedStatus
from basix_desktop.domain.live import Person, Readiness, Ready
from basix_desktop.ui.theme import Tokens


def readiness_words(person: Person, locale: QLocale | None = None, *, brief: bool = False) -> str:
    """ "free", "on a call since 10:02", "3 of 4 free"; "" where nothing is known. ``brief``: without since when."""
    readiness = person.readiness
    if person.is_group:
        return _group_words(readiness)
    if readiness.ready is Ready.BUSY and readiness.since and not brief:
        words = QCoreApplication.translate("Readiness", "on a call since {time}")
        return words.replace("{time}", moment_words(readiness.since, locale))
    return {
        Ready.FREE: QCoreApplication.translate("Readiness", "free"),
        Ready.BUSY: QCoreApplication.translate("Readiness", "on a call"),
        Ready.RINGING: QCoreApplication.translate("Readiness", "ringing"),
        Ready.DO_NOT_DISTURB: QCoreApplication.translate("Readiness", "do not disturb"),
        Ready.FORWARDED: QCoreApplication.translate("Readiness", "forwarded"),
        Ready.AWAY: QCoreApplication.translate("Readiness", "away"),
        Ready.UNKNOWN: "",
    }[readiness.ready]


def _group_words(readiness: Readiness) -> str:
    if readiness.ready is Ready.UNKNOWN:
        return ""
    if not readiness.members:
        return QCoreApplication.translate("Readiness", "nobody logged in")
    if not readiness.free and readiness.ready is Ready.BUSY:
        return QCoreApplication.translate("Readiness", "all on calls")
    if not readiness.free and readiness.ready is Ready.RINGING:
        return QCoreApplication.translate("Readiness", "ringing")
    words = QCoreApplication.translate("Readiness", "{free} of {members} free")
    return words.replace("{free}", str(readiness.free)).replace("{members}", str(readiness.members))


def moment_words(at: int, locale: QLocale | None = None) -> str:
    """The time of a moment (milliseconds since the epoch), with its day where that is not today."""
    locale = locale or QLocale()
    moment = QDateTime.fromMSecsSinceEpoch(at)
    time = locale.toString(moment.time(), "HH:mm")
    if moment.date() == QDateTime.currentDateTime().date():
        return time
    return f"{locale.toString(moment.date(), QLocale.FormatType.ShortFormat)} {time}"


def age_words(status: FeedStatus, locale: QLocale | None = None) -> str:
    """How old what is shown is: "as of 10:02"; "" while the feed is live."""
    if status.phase is FeedPhase.LIVE or status.since is None:
        return ""
    words = QCoreApplication.translate("Readiness", "as of {time}")
    return words.replace("{time}", moment_words(status.since, locale))


def is_ready(readiness: Readiness) -> bool:
    """Whether a call would reach somebody at once. What is not known is no reason to warn."""
    return readiness.ready in (Ready.FREE, Ready.UNKNOWN)


def readiness_colour(ready: Ready, tokens: Tokens, *, stale: bool = False) -> str:
    """The colour of a shape; grey for what is old."""
    if stale:
        return tokens.muted
    return {
        Ready.FREE: tokens.good,
        Ready.BUSY: tokens.warning,
        Ready.RINGING: tokens.info,
        Ready.DO_NOT_DISTURB: tokens.danger,
    }.get(ready, tokens.muted)


def draw_readiness(painter: QPainter, place: QRectF, ready: Ready, tokens: Tokens, *, stale: bool = False) -> None:
    """A shape of its own for each, drawn so that no font has to know it: dot, ring, dot in a ring, barred circle,
    arrow, dash; a dotted circle for what is not known."""
    colour = QColor(readiness_colour(ready, tokens, stale=stale))
    x, y, w, h = place.x(), place.y(), place.width(), place.height()
    pen = QPen(colour, max(1.4, h / 7))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    inner = place.adjusted(pen.widthF() / 2, pen.widthF() / 2, -pen.widthF() / 2, -pen.widthF() / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if ready is Ready.FREE:
        painter.setBrush(colour)
        painter.drawEllipse(inner)
    elif ready is Ready.BUSY:
        painter.setPen(QPen(colour, max(2.0, h / 4)))
        painter.drawEllipse(place.adjusted(h / 8, h / 8, -h / 8, -h / 8))
    elif ready is Ready.RINGING:
        painter.drawEllipse(inner)
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(x + w / 2, y + h / 2), w * 0.2, h * 0.2)
    elif ready is Ready.DO_NOT_DISTURB:
        painter.drawEllipse(inner)
        painter.drawLine(QLineF(x + w * 0.22, y + h * 0.22, x + w * 0.78, y + h * 0.78))
    elif ready is Ready.FORWARDED:
        tip, middle = QPointF(x + w * 0.95, y + h / 2), y + h / 2
        painter.drawLine(QLineF(QPointF(x + w * 0.05, middle), tip))
        painter.drawLine(QLineF(QPointF(x + w * 0.6, y + h * 0.18), tip))
        painter.drawLine(QLineF(QPointF(x + w * 0.6, y + h * 0.82), tip))
    elif ready is Ready.AWAY:
        painter.drawLine(QLineF(x + w * 0.12, y + h / 2, x + w * 0.88, y + h / 2))
    else:
        pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.drawEllipse(inner)
    painter.restore()
