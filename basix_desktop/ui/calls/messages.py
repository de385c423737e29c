"""What the pane says in place of calls: an empty log, nothing found, or a log that cannot be read or written."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal, Slot

from basix_desktop.domain.errors import BasixError
from basix_desktop.services.ports import LogFilter, LogQuery
from basix_desktop.ui.calls.plain import clean
from basix_desktop.ui.calls.view import CallsView
from basix_desktop.ui.explain import explain, short_reason
from basix_desktop.ui.widgets.hits import Hits

_BY_THE_FEED = frozenset({LogFilter.CONNECTED, LogFilter.NOT_ANSWERED})
_ABOUT_THE_FILE = frozenset({"store_damaged", "store_newer", "store_foreign"})


class LogMessages(QObject):
    """``broken`` while the log cannot be read."""

    announced = Signal(str)

    def __init__(self, view: CallsView, language: Callable[[], str]) -> None:
        super().__init__(view)
        self._view = view
        self._language = language
        self.broken = False
        self._placed = ""  # the latest call, until it has been seen in the log
        self._hits = Hits(view.search)
        self._hits.announced.connect(self.announced)

    def placed(self, attempt_id: str) -> None:
        """A new call: where a search or a chip hides it, the pane says so."""
        self._placed = attempt_id

    def count(self, query: LogQuery, counts: Mapping[LogFilter, int]) -> None:
        """How many calls a search has found; the newest of them have been read by now."""
        if query == LogQuery() or self._view.model.find(self._placed) is not None:
            self._placed = ""
        self._view.show_hint(self.tr("The latest call is not among the calls shown here.") if self._placed else "")
        found = counts.get(query.filter, 0)
        if not query.text:
            self._hits.tell("")
        elif found:
            self._hits.tell(self.tr("Calls found: {count}").replace("{count}", str(found)))
        else:
            self._hits.tell(self._no_match())

    def nothing_there(self) -> None:
        """A key that goes to the first call found no call."""
        self._hits.again()

    def _no_match(self) -> str:
        return self.tr("No calls match “{text}”").replace("{text}", clean(self._view.search.text()))

    def tell(self, query: LogQuery) -> None:
        """The log, or why it is empty."""
        if self._view.model.rowCount():
            self._view.show_log()
        elif query.text:
            self._view.show_message(self._no_match(), "", self.tr("Clear search"))
        elif query.filter is LogFilter.TO_CHECK:
            self._view.show_message(
                self.tr("Nothing to check"), self.tr("Every call is settled."), self.tr("Show all calls")
            )
        elif query.filter is not LogFilter.ALL:
            told = self.tr("A call stands here once the live feed has shown how it went on.")
            why = told if query.filter in _BY_THE_FEED else ""
            self._view.show_message(self.tr("No calls here"), why, self.tr("Show all calls"))
        else:
            self._view.show_message(
                self.tr("No calls yet"),
                self.tr(
                    "Enter a number, choose whom to connect, and press Enter. "
                    "Every call is listed here with what became of it."
                ),
            )

    @Slot(object)
    def not_read(self, error: BasixError | None) -> None:
        """None: reading works again."""
        self.broken = error is not None
        if error is None:
            self._view.show_error("")
            return
        title, text = self._unreadable(error)
        if self._view.model.rowCount():
            self._view.show_error(self.tr("{title}. {text}").replace("{title}", title).replace("{text}", text))
        else:
            self._view.show_message(title, text, self.tr("Try again"))

    @Slot(object)
    def not_written(self, error: BasixError) -> None:
        """What the user asked for could not be recorded."""
        reason = short_reason(error.failure, self._language())
        text = self.tr("This could not be written to the call log on this computer: {reason}. Try again.")
        self._view.notice.tell(text.replace("{reason}", reason), self.tr("OK"))

    def _unreadable(self, error: BasixError) -> tuple[str, str]:
        """The sentences about the store are those of a call that was not placed; here nothing was to be placed."""
        if error.id in _ABOUT_THE_FILE:
            said = explain(error, self._language())
            return said.title, said.sentence()
        reason = short_reason(error.failure, self._language())
        text = self.tr("Reading it failed on this computer: {reason}. Calls already placed are not affected.")
        return self.tr("The call log cannot be read"), text.replace("{reason}", reason)
