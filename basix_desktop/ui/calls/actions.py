"""Copying, and deleting with a question in place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from basix_desktop.services.ports import Journal
from basix_desktop.ui.calls.log_presenter import LogPresenter
from basix_desktop.ui.calls.reading import LogRow
from basix_desktop.ui.calls.view import CallsView
from basix_desktop.ui.calls.wording import Wording, who_and_where
from basix_desktop.ui.tasks import Tasks


class CallActions(QObject):
    """Keys, buttons and the context menu lead here alike."""

    call_again = Signal(str)
    announced = Signal(str)
    failed = Signal(object)  # BasixError

    def __init__(
        self, view: CallsView, tasks: Tasks, log: LogPresenter, journal: Journal, wording: Callable[[], Wording]
    ) -> None:
        super().__init__(view)
        self._view = view
        self._tasks = tasks
        self._log = log
        self._journal = journal
        self._wording = wording
        self._asked = ""  # the attempt that the question is about
        self._told = ""  # the attempt that a refusal is about
        view.log.copy_wanted.connect(self._copy_number)
        view.log.delete_wanted.connect(self._ask)
        view.log.current_changed.connect(self._other_call)
        view.menu_chosen.connect(self._chosen)
        view.details.copy_uuid.connect(lambda: self._copy_uuid(view.details.attempt_id))
        view.notice.confirmed.connect(self._delete)
        view.notice.closed.connect(self._kept)

    @Slot(str, str)
    def _chosen(self, what: str, attempt_id: str) -> None:
        act = {
            "again": self.call_again.emit,
            "copy_number": self._copy_number,
            "copy_uuid": self._copy_uuid,
            "delete": self._ask,
        }
        act[what](attempt_id)

    @Slot(str)
    def _copy_number(self, attempt_id: str) -> None:
        row = self._row(attempt_id)
        if row is not None:
            QApplication.clipboard().setText(row.attempt.request.number)
            self.announced.emit(QCoreApplication.translate("Calls", "Number copied"))

    def _copy_uuid(self, attempt_id: str) -> None:
        row = self._row(attempt_id)
        if row is not None and row.attempt.uuids:
            QApplication.clipboard().setText("\n".join(row.attempt.uuids))
            self.announced.emit(QCoreApplication.translate("Calls", "Leg UUID copied"))

    @Slot(str)
    def _ask(self, attempt_id: str) -> None:
        row = self._row(attempt_id)
        if row is None:
            return
        if row.attempt.state.in_flight:
            self._refuse(
                attempt_id,
                QCoreApplication.translate("Calls", "This call is still being sent, so it cannot be deleted yet."),
            )
        elif row.attempt.unanswered:
            self._refuse(
                attempt_id,
                QCoreApplication.translate(
                    "Calls",
                    "This call may have been placed. "
                    "First say whether it rang, or that you don’t know; then it can be deleted.",
                ),
            )
        else:
            self._asked = attempt_id
            question = QCoreApplication.translate("Calls", "Delete this call from the log for good? {call}, {time}")
            question = question.replace("{time}", self._wording().short_moment(row.attempt.created_at))
            self._view.notice.ask(
                question.replace("{call}", who_and_where(row)),
                QCoreApplication.translate("Calls", "Delete"),
                QCoreApplication.translate("Calls", "Keep"),
            )

    def _refuse(self, attempt_id: str, text: str) -> None:
        self._asked, self._told = "", attempt_id
        self._view.notice.tell(text, QCoreApplication.translate("Calls", "OK"))

    @Slot(str)
    def _other_call(self, attempt_id: str) -> None:
        """A question or refusal about one call does not stay while another is looked at."""
        about = self._asked or self._told
        if about and attempt_id != about:
            self._asked = self._told = ""
            self._view.leave(self._view.notice)
            self._view.notice.hide()

    @Slot()
    def _delete(self) -> None:
        attempt_id, self._asked = self._asked, ""
        if attempt_id:
            self._tasks.db(
                lambda: self._journal.delete(attempt_id), lambda gone: self._ended(attempt_id, gone), self.failed.emit
            )
        self._view.log.setFocus()

    def _ended(self, attempt_id: str, gone: bool) -> None:
        if gone:
            self._log.drop(attempt_id)
            self.announced.emit(QCoreApplication.translate("Calls", "Call deleted"))
        else:
            self._log.refresh()
            self._refuse(
                attempt_id,
                QCoreApplication.translate("Calls", "The call has changed meanwhile, so it was not deleted."),
            )

    @Slot()
    def _kept(self) -> None:
        self._asked = self._told = ""
        self._view.log.setFocus()

    def _row(self, attempt_id: str) -> LogRow | None:
        place = self._view.model.find(attempt_id)
        return None if place is None else self._view.model.at(place)
