"""The press that is under way: the line above Call, and what is said of one that takes long."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from basix_desktop.services.dialer import Order
from basix_desktop.ui.dial.call_bar import CallBar
from basix_desktop.ui.dial.called import order_words
from basix_desktop.ui.dial.placing import Placing
from basix_desktop.ui.dial.waiting import Waiting

#: After how long whoever cannot see the line is told that it still goes on, in ms. Most calls are placed sooner.
_LONG = 2000


class UnderWay(QObject):
    """``announced`` carries words for the status line and screen readers."""

    announced = Signal(str)

    def __init__(self, bar: CallBar, placing: Placing, waiting: Waiting, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self._placing = placing
        self._waiting = waiting
        self._order: Order | None = None
        self._long = QTimer(self, singleShot=True, interval=_LONG)
        self._long.timeout.connect(self._tell_long)

    def begin(self, order: Order) -> None:
        """This press has been taken."""
        self._order = order
        self._long.start()

    def tell(self) -> None:
        """The line above Call."""
        order = self._placing.order
        words = self._waiting.words() if order is None else self._words(order)
        self._bar.tell(words, cancellable=order is not None and self._placing.cancellable)

    def refuse_another(self) -> bool:
        """Whether no press is taken now; if so, says what is under way."""
        order = self._placing.order
        if order is not None:
            words = self.tr("Not called: {call} is still being placed.").replace("{call}", order_words(order))
            self._bar.tell(words, cancellable=self._placing.cancellable)
            self.announced.emit(words)
            return True
        if self._waiting.seconds:
            self.announced.emit(self._waiting.words())
            return True
        return False

    def tell_too_late(self) -> None:
        """Esc has been pressed, and what has been sent goes on."""
        if self._placing.order is not None:
            self.announced.emit(self.tr("The call has been sent: it can no longer be cancelled."))

    def _words(self, order: Order) -> str:
        if self._placing.cancellable:
            words = self.tr("Connecting to the PBX… {call}")
        else:
            words = self.tr("Waiting for the PBX… {call}")
        return words.replace("{call}", order_words(order))

    def _tell_long(self) -> None:
        if self._order is not None and self._placing.order is self._order:
            self.announced.emit(self._words(self._order))
