"""Who the live calls are with: their rows of the log, each read once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from basix_desktop.domain.accounts import Account
from basix_desktop.domain.calls import Attempt
from basix_desktop.domain.errors import BasixError
from basix_desktop.domain.logged_number import shown
from basix_desktop.services.ports import History
from basix_desktop.ui.calls.plain import clean
from basix_desktop.ui.calls.reading import LogReader, LogRow
from basix_desktop.ui.tasks import Tasks

#: Milliseconds after which a log that could not be read is read again.
AGAIN = 2_000


class CallRows(QObject):
    """Main thread. What is not in the log is asked for once."""

    known = Signal(object)  # LogRow

    def __init__(
        self, tasks: Tasks, history: History, account: Callable[[], Account | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._account = account
        self.reader = LogReader(
            history, lambda attempt: clean(shown(attempt.request.number, attempt.number_key, self.home()))
        )
        self._rows: dict[str, LogRow] = {}
        self._asked: set[str] = set()

    def get(self, attempt_id: str) -> LogRow | None:
        return self._rows.get(attempt_id)

    def take(self, attempt: Attempt) -> None:
        """An attempt as it now is."""
        self._know(self.reader.row(attempt))

    def read(self, attempt_id: str) -> None:
        """Ask the log, unless it is being asked; ``known`` tells."""
        if attempt_id in self._asked:
            return
        self._asked.add(attempt_id)

        def read() -> LogRow | None:
            details = self.reader.details(attempt_id)
            return details.row if details is not None else None

        def done(row: LogRow | None) -> None:
            if row is not None:
                self._asked.discard(attempt_id)
                self._know(row)

        def failed(_error: BasixError) -> None:
            QTimer.singleShot(AGAIN, self, lambda: self._asked.discard(attempt_id))

        self._tasks.read(read, done, failed)

    def say_anew(self) -> None:
        """Numbers are written another way now."""
        for row in list(self._rows.values()):
            self.take(row.attempt)

    def forget(self, attempt_id: str) -> None:
        self._rows.pop(attempt_id, None)

    def home(self) -> str:
        """The region by which numbers are written."""
        account = self._account()
        return account.home_region if account is not None else "JP"

    def _know(self, row: LogRow) -> None:
        self._rows[row.attempt.id] = row
        self.known.emit(row)
