"""What screen readers are told of live calls: each state of a call once, and once that the feed is lost."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal

from basix_desktop.domain.live import UNTOLD, CallPhase, LiveCall
from basix_desktop.ui.calls.reading import LogRow
from basix_desktop.ui.live.wording import LiveWording
from basix_desktop.ui.widgets.heard import focus_says

_TO_SOMEWHERE = (CallPhase.TRANSFERRED, *UNTOLD)  # another place is another state


def lost_words() -> str:
    """Without the time it has been lost for, which would be read out every second."""
    return QCoreApplication.translate(
        "LivePresenter", "The live connection is lost: the status of the call is unavailable"
    )


class Announcer(QObject):
    """Main thread. Who rings in a group changes often and is not said anew; another person is another state."""

    announced = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._said: dict[str, set[tuple[str, str]]] = {}
        self._lost = False

    def say(self, row: LogRow, call: LiveCall, words: LiveWording, *, several: bool = False) -> None:
        """The state that a call is in, wherever the focus is: not every screen reader reads out that the focused card's
        name has changed. ``several``: it is not the only live call, so it is said which one is meant."""
        whom = call.destination if call.phase in _TO_SOMEWHERE else ""
        whom = call.connected_with if call.phase is CallPhase.CONNECTED else whom
        said = self._said.setdefault(row.attempt.id, set())
        if (call.phase, whom) in said:
            return
        said.add((call.phase, whom))
        text = words.announcement(row, call, several=several)
        if text:
            self.announced.emit(text)

    def placed_said(self, attempt_id: str) -> None:
        """That its number rings has been said with its having been placed."""
        self._said.setdefault(attempt_id, set()).add((CallPhase.RINGING, ""))

    def say_lost(self, *, lost: bool, calls: bool) -> None:
        """Whether the feed is lost, which matters while there are live calls. Not said on once it is back."""
        if not lost:
            if self._lost:
                self.announced.emit("")
            self._lost = False
        elif calls and not self._lost:
            self._lost = True
            if not focus_says(lost_words()):
                self.announced.emit(lost_words())

    def forget(self, attempt_id: str) -> None:
        """Its card is gone."""
        self._said.pop(attempt_id, None)
