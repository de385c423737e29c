"""How the live feed is, beside the account: shape, words and colour, and what can be done where it is not live."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDateTime, QEvent, QLineF, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from basix_desktop.domain.feed import FeedPhase, FeedStatus
from basix_desktop.domain.live import NO_FEED
from basix_desktop.ui.calls.parts import ElidedLabel, tool_tip
from basix_desktop.ui.live.feed_reasons import cause, hint
from basix_desktop.ui.live.presenter import wall_ms
from basix_desktop.ui.theme import GAP, GRID, Theme, Tokens
from basix_desktop.ui.widgets.buttons import PressButton
from basix_desktop.ui.widgets.enter import is_enter

_TAKE_OVER = ("replaced", "limit_reached")


class _Shape(QWidget):
    """A dot when live, a ring while it is being connected, an arc's gap while it waits, a bar when stopped or off."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.phase = FeedPhase.OFF
        self.setFixedSize(QSize(3 * GRID, 3 * GRID))
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(_colour(self._theme.tokens, self.phase))
        place = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.setPen(QPen(colour, 2))
        if self.phase is FeedPhase.LIVE:
            painter.setBrush(colour)
            painter.drawEllipse(place)
        elif self.phase is FeedPhase.CONNECTING:
            painter.drawEllipse(place)
        elif self.phase is FeedPhase.WAITING:
            painter.drawArc(place, 60 * 16, 270 * 16)
        elif self.phase is FeedPhase.STOPPED:
            painter.drawLine(QLineF(place.topLeft(), place.bottomRight()))
            painter.drawLine(QLineF(place.topRight(), place.bottomLeft()))
        else:
            middle = place.center().y()
            painter.drawLine(QLineF(QPointF(place.left(), middle), QPointF(place.right(), middle)))


class _Words(ElidedLabel):
    """Takes the room of its longest words where there is some, and none where not even the shortest have room."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "muted")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(width + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


class FeedChip(QWidget):
    """Shows what it is told with :meth:`tell`; counts down by itself. A stop for the keyboard, at which a screen reader
    says how the feed is; no key does anything there."""

    use_here_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, now: Callable[[], int] = wall_ms) -> None:
        super().__init__(parent)
        self.setObjectName("feedChip")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._now = now
        self._status = NO_FEED
        self._until = 0  # our clock, when the next try is due
        self._shape = _Shape(theme)
        self._words = _Words("feedChipText")
        self.button = PressButton("feedChipButton", "chip", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._shape)
        row.addWidget(self._words)
        row.addWidget(self.button)
        row.addStretch(1)
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.button.clicked.connect(self.use_here_wanted)
        self._tick = QTimer(self)
        self._tick.setInterval(1_000)
        self._tick.timeout.connect(self._say)
        self._say()

    @Slot(object)
    def tell(self, status: FeedStatus) -> None:
        """The feed's state from now on. The same one again does not begin the countdown anew."""
        if status == self._status:
            return
        self._status = status
        self._until = self._now() + round(status.retry_in * 1000)
        if status.phase is FeedPhase.WAITING:
            self._tick.start()
        else:
            self._tick.stop()
        self._say()

    def tab_stops(self) -> list[QWidget]:
        """From left to right."""
        return [self, self.button]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses nothing here, also not the Call that it means elsewhere."""
        if is_enter(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), GRID, GRID)

    def give_way(self, pixels: int) -> None:
        """Its words take so much less room than they do, or more where ``pixels`` is negative."""
        taken = min(self._words.sizeHint().width(), self._words.maximumWidth())
        self._words.setMaximumWidth(max(0, taken - pixels))

    def words(self) -> str:
        """All that it says, shown or not for want of room."""
        return self._words.text()

    @Slot()
    def _say(self) -> None:
        phase, state, age = self._status.phase, self._state(), self._age()
        full = f"{state} · {age}" if age else state
        waiting = cause(self._status) or self.tr("reconnecting")
        if self._words.text() != full:
            shorter = [waiting] if phase is FeedPhase.WAITING else []
            self._words.set_versions([full, state, *shorter, ""])
            self._words.updateGeometry()
        self._shape.phase = phase
        self._shape.update()
        spoken = self.tr("Live status: {state}").replace("{state}", full)
        if phase is FeedPhase.WAITING:  # a screen reader does not hear it count down
            spoken = self.tr("Live status: {state}").replace("{state}", f"{waiting} {age}".strip())
        self.setAccessibleName(spoken)
        self.setToolTip(tool_tip([full, hint(self._status)]))
        self.setAccessibleDescription(hint(self._status) or state)  # else Qt takes the tool tip, with its markup
        self._offer()

    def _offer(self) -> None:
        """What the press does is what it says: where another copy stands in the way, it throws that one out."""
        wanted = ""
        if self._status.phase in (FeedPhase.STOPPED, FeedPhase.WAITING) and self._status.reason in _TAKE_OVER:
            wanted = self.tr("Use it here")
        elif self._status.phase is FeedPhase.STOPPED:
            wanted = self.tr("Try again")
        elif self._status.phase is FeedPhase.WAITING:
            wanted = self.tr("Try now")
        if wanted and self.button.text() != wanted:
            self.button.set_words(wanted)
        self.button.setAccessibleDescription(f"{self.accessibleName()}. {hint(self._status)}".strip())
        if bool(wanted) == self.button.isHidden():
            self.button.setVisible(bool(wanted))

    def _state(self) -> str:
        phase = self._status.phase
        if phase is FeedPhase.LIVE:
            return self.tr("live")
        if phase is FeedPhase.CONNECTING:
            return self.tr("waiting for the keyring…") if self._status.reason == "keyring" else self.tr("connecting…")
        if phase is FeedPhase.OFF:
            return self.tr("off")
        if phase is FeedPhase.WAITING:
            why, seconds = cause(self._status), max(0, self._until - self._now() + 999) // 1000
            words = self.tr("{why}, next try in {seconds} s") if why else self.tr("reconnecting in {seconds} s")
            return words.replace("{why}", why).replace("{seconds}", str(seconds))
        return cause(self._status) or self.tr("stopped")

    def _age(self) -> str:
        """How old is what is shown."""
        since = self._status.since
        if self._status.phase is FeedPhase.LIVE or since is None:
            return ""
        moment = QDateTime.fromMSecsSinceEpoch(since)
        today = QDateTime.fromMSecsSinceEpoch(self._now()).date()
        time = self.locale().toString(moment, "HH:mm" if moment.date() == today else "yyyy-MM-dd HH:mm")
        return self.tr("as of {time}").replace("{time}", time)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()


def _colour(t: Tokens, phase: FeedPhase) -> str:
    colours = {FeedPhase.LIVE: t.good, FeedPhase.CONNECTING: t.info, FeedPhase.WAITING: t.warning}
    return colours.get(phase, t.danger if phase is FeedPhase.STOPPED else t.muted)
