"""The filter chips above the log: one at a time, each with its count."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from basix_desktop.services.ports import LogFilter
from basix_desktop.ui.widgets.chips import ChipRow

_NAMES = {
    LogFilter.ALL: "chipAll",
    LogFilter.PLACED: "chipPlaced",
    LogFilter.CONNECTED: "chipConnected",
    LogFilter.NOT_ANSWERED: "chipNotAnswered",
    LogFilter.NOT_PLACED: "chipNotPlaced",
    LogFilter.TO_CHECK: "chipToCheck",
}


class FilterChips(ChipRow[LogFilter]):
    """See ``ChipRow``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._counts: dict[LogFilter, int] = {}
        self._locale = QLocale()
        super().__init__(_NAMES, parent)

    def set_counts(self, counts: dict[LogFilter, int]) -> None:
        self._counts = counts
        self.retranslate()

    def set_locale(self, locale: QLocale) -> None:
        self._locale = locale
        self.retranslate()

    def words(self) -> dict[LogFilter, str]:
        names = {
            LogFilter.ALL: self.tr("All"),
            LogFilter.PLACED: self.tr("Placed"),
            LogFilter.CONNECTED: self.tr("Connected"),
            LogFilter.NOT_ANSWERED: self.tr("Not answered"),
            LogFilter.NOT_PLACED: self.tr("Not placed"),
            LogFilter.TO_CHECK: self.tr("To check"),
        }
        return {one: self._counted(name, self._counts.get(one)) for one, name in names.items()}

    def _counted(self, name: str, count: int | None) -> str:
        return name if count is None else f"{name} {self._locale.toString(count)}"
