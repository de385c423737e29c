"""A damaged log: told plainly, with what can be done about it (reliability.md I4 to I6). No file is ever deleted."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QObject, QTimer

from basix_desktop.app.stores import Damage, Stores
from basix_desktop.domain.errors import BasixError
from basix_desktop.store.backups import Backup
from basix_desktop.store.loss import Loss
from basix_desktop.ui.explain import explain
from basix_desktop.ui.notices import Choice, Notices
from basix_desktop.ui.tasks import Tasks

log = logging.getLogger(__name__)
translate = QCoreApplication.translate

NOTICE = "logDamagedNotice"
# Milliseconds after the log was opened until it is examined: the start comes first.
EXAMINE_AFTER = 15_000


class LogCare(QObject):
    """Main thread. ``announced`` is given what is told, for screen readers; ``replaced`` is called once another file is
    in the place of the log."""

    def __init__(
        self,
        stores: Stores,
        tasks: Tasks,
        notices: Notices,
        *,
        language: Callable[[], str],
        announced: Callable[[str], None],
        replaced: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._stores = stores
        self._tasks = tasks
        self._notices = notices
        self._language = language
        self._announced = announced
        self._replaced = replaced
        self._known: Loss | None = None
        stores.lost = lambda loss: tasks.post(lambda: self._lost(loss))
        self._timer = QTimer(self, singleShot=True, interval=EXAMINE_AFTER)
        self._timer.timeout.connect(self.examine)

    def opened(self) -> None:
        """The log is open."""
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def examine(self) -> None:
        """Look for damage that opening did not meet."""
        self._tasks.slow(self._examined, self._found, lambda error: log.info("the log was not examined: %s", error.id))

    def _examined(self) -> Damage | None:
        """A thread that may wait."""
        found = self._stores.examine()
        if not found:
            return None
        log.error("the log is damaged: %s", "; ".join(found[:3]))
        return self._stores.damage()

    def _lost(self, loss: Loss) -> None:
        """A damaged log has been kept aside and a new one begun, by this process or another, at any time."""
        if loss != self._known:
            self._known = loss
            self._tasks.slow(lambda: self._stores.damage(loss), self._begun_anew)

    def _begun_anew(self, damage: Damage) -> None:
        if damage.kept is None:
            text = translate(
                "LogCare", "Its file is gone. A new log has been begun; the calls before it are missing from it."
            )
        else:
            text = translate(
                "LogCare",
                "Its file could not be read. It is kept as {file}; nothing was deleted. A new log has been begun; the "
                "calls before it are missing from it.",
            ).format(file=damage.kept.name)
        keep = translate("LogCare", "Keep the new log")
        self._tell(translate("LogCare", "The call log was damaged"), text, damage, (), keep)

    def _found(self, damage: Damage | None) -> None:
        if damage is None:
            return
        text = translate(
            "LogCare",
            "Calls may be missing from it or shown wrongly, and new ones may not be recorded. Whatever is chosen here, "
            "its file is kept.",
        )
        anew = Choice("beginLogButton", translate("LogCare", "Begin a new log"), lambda: self._replace(None))
        self._tell(
            translate("LogCare", "The call log is damaged"), text, damage, (anew,), translate("LogCare", "Later")
        )

    def _tell(self, title: str, text: str, damage: Damage, choices: tuple[Choice, ...], close: str) -> None:
        backup = damage.backup
        if backup is not None:
            text = f"{text}\n{self._about(backup)}"
            words = translate("LogCare", "Use the copy")
            choices = (Choice("useCopyButton", words, lambda: self._replace(backup.path)), *choices)
        self._notices.tell(NOTICE, title, text, choices, close=close, style="panel-danger", closed=self._heard)
        self._announced(f"{title}\n{text}")

    def _about(self, backup: Backup) -> str:
        when = QLocale(self._language()).toString(
            QDateTime.fromMSecsSinceEpoch(backup.last), QLocale.FormatType.ShortFormat
        )
        return translate(
            "LogCare",
            "A copy from an earlier update goes up to {when} (number of calls: {count}). Calls in the present log "
            "that it lacks are added to it.",
        ).format(when=when, count=backup.calls)

    def _heard(self) -> None:
        """The person knows: until then each call is asked about, and the next start tells again."""
        self._tasks.db(self._stores.told, None, lambda error: log.warning("told again later: %s", error.id))

    def _replace(self, copy: Path | None) -> None:
        self._heard()
        self._tasks.follow(self._stores.replace_log(copy), self._done, self._failed)

    def _done(self, kept: Path) -> None:
        title = translate("LogCare", "The call log was replaced")
        text = translate("LogCare", "The former file is kept as {file}.").format(file=kept.name)
        self._notices.tell(NOTICE, title, text, style="panel-info")
        self._announced(f"{title}\n{text}")
        self._replaced()

    def _failed(self, error: BasixError) -> None:
        text = explain(error, self._language()).text
        if error.id == "store_busy":
            text = translate(
                "LogCare", "A call is being placed, or another program has the log open: try again in a moment."
            )
        self._notices.add(NOTICE, text)
        self._announced(text)
