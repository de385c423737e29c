"""The call log as a Qt table: newest first, grown page by page, changed in place so that the selection survives."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from enum import IntEnum
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QDate, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from basix_desktop.domain.calls import Attempt, State
from basix_desktop.ui.calls.parts import tool_tip
from basix_desktop.ui.calls.plain import clean
from basix_desktop.ui.calls.reading import LogRow
from basix_desktop.ui.calls.wording import RowTexts, Wording, day_of, name_of
from basix_desktop.ui.widgets.text import spoken

_LET_GO = 4000
Index = QModelIndex | QPersistentModelIndex

#: How far an attempt has come; what was read before never takes a row back.
_PROGRESS = {
    State.INTENT: 0,
    State.SENDING: 1,
    State.UNKNOWN: 2,
    State.ACCEPTED: 3,
    State.REJECTED: 3,
    State.NOT_SENT: 3,
}


def further(new: Attempt, old: Attempt) -> bool:
    """Whether ``new`` may take the place of ``old``: it has come at least as far."""
    return (_PROGRESS[new.state], new.updated_at) >= (_PROGRESS[old.state], old.updated_at)


class Column(IntEnum):
    """In the order shown."""

    TIME = 0
    WHO = 1
    DESTINATION = 2
    OUTCOME = 3
    LENGTH = 4
    LEG = 5


class Role(IntEnum):
    """Roles of our own."""

    TEXTS = Qt.ItemDataRole.UserRole + 1  # RowTexts
    HEADING = Qt.ItemDataRole.UserRole + 2  # the day's name on its first row, else ""
    ATTEMPT_ID = Qt.ItemDataRole.UserRole + 3


class CallLogModel(QAbstractTableModel):
    """Rows are kept in the order of ``Attempt.row``, highest first. Never reads the database."""

    more_wanted = Signal()

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._rows: list[LogRow] = []
        self._keys: list[int] = []  # -Attempt.row: ascending, for bisect
        self._where: dict[str, int] = {}  # attempt id -> key
        self._texts: dict[str, RowTexts] = {}
        self._complete = True
        self.has_lengths = False  # whether a row has told how long both were connected
        self._leaving: list[LogRow] = []  # of an earlier query, given back little by little
        self._leave = QTimer(self)
        self._leave.timeout.connect(self._let_go)

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        if role == Role.HEADING:
            return self.heading(index.row())
        if role == Role.ATTEMPT_ID:
            return self._rows[index.row()].attempt.id
        texts = self.texts(index.row())
        if role == Role.TEXTS:
            return texts
        if role == Qt.ItemDataRole.DisplayRole:
            return _shown(texts, Column(index.column()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return texts.spoken if index.column() == Column.TIME else spoken(_shown(texts, Column(index.column())))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(self._tip_lines(index.row(), Column(index.column())))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        names = (
            *(self.tr("Time"), self.tr("Caller"), self.tr("Destination"), self.tr("Outcome")),
            *(self.tr("Length"), self.tr("Leg UUID")),
        )
        return names[section] if 0 <= section < len(names) else None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self.more_wanted.emit()

    # What the view and the presenter ask

    def texts(self, row: int) -> RowTexts:
        """What a row shows, worked out once."""
        logged = self._rows[row]
        texts = self._texts.get(logged.attempt.id)
        if texts is None:
            texts = self._texts[logged.attempt.id] = self._wording.texts(logged)
        return texts

    def heading(self, row: int) -> str:
        """The name of the day if the row is the first of its day."""
        day = self._day(row)
        return self._wording.day(day) if row == 0 or self._day(row - 1) != day else ""

    def lines(self, row: int) -> int:
        """How many lines the row needs; cheaper than all its words."""
        attempt = self._rows[row].attempt
        return 2 if attempt.user_word is not None or name_of(attempt) else 1

    def _day(self, row: int) -> QDate:
        return day_of(self._rows[row].attempt)

    def at(self, row: int) -> LogRow:
        return self._rows[row]

    def find(self, attempt_id: str) -> int | None:
        """The row of an attempt, if it has been read."""
        key = self._where.get(attempt_id)
        return None if key is None else bisect_left(self._keys, key)

    @property
    def oldest(self) -> int | None:
        """``Attempt.row`` of the last row, to go on from."""
        return -self._keys[-1] if self._keys else None

    @property
    def complete(self) -> bool:
        return self._complete

    # Changes

    def replace(self, rows: Iterable[LogRow], *, complete: bool) -> None:
        """Another query's first page."""
        self.beginResetModel()
        self._leaving += self._rows
        self._leave.start(0)
        self._rows = list(rows)
        self.has_lengths = any(has_length(row) for row in self._rows)
        self._keys = [-row.attempt.row for row in self._rows]
        self._where = {row.attempt.id: -row.attempt.row for row in self._rows}
        self._texts.clear()
        self._complete = complete
        self.endResetModel()

    def merge(self, rows: Iterable[LogRow], *, below: int | None, down_to: int | None) -> None:
        """``rows`` are all there is with ``down_to`` <= ``Attempt.row`` < ``below`` (None: no limit): take in what is
        new, drop what has gone, change what has changed."""
        fresh = {-row.attempt.row: row for row in rows}
        first = 0 if below is None else bisect_left(self._keys, 1 - below)
        last = len(self._keys) if down_to is None else bisect_left(self._keys, 1 - down_to)
        self._drop([place for place in range(first, last) if self._keys[place] not in fresh])
        ordered = [fresh[key] for key in sorted(fresh)]
        known = [row for row in ordered if row.attempt.id in self._where]
        self._insert([row for row in ordered if row.attempt.id not in self._where])
        for row in known:
            self.put(row)

    def put(self, row: LogRow) -> bool:
        """Change a row in place; False if there is no such row."""
        place = self.find(row.attempt.id)
        if place is None:
            return False
        old = self._rows[place]
        if old == row or not further(row.attempt, old.attempt):
            return True
        self._rows[place] = row
        self.has_lengths |= has_length(row)
        self._texts.pop(row.attempt.id, None)
        self._tell(place, place)
        return True

    def add(self, row: LogRow) -> None:
        """A new attempt, at its place."""
        if not self.put(row):
            self._insert([row])

    def remove(self, attempt_id: str) -> None:
        place = self.find(attempt_id)
        if place is not None:
            self._drop([place])

    def set_complete(self, complete: bool) -> None:
        """Whether everything the query finds has been read."""
        self._complete = complete

    def retell(self, wording: Wording) -> None:
        """Say everything anew: another language, or another day."""
        self._wording = wording
        self._texts.clear()
        if self._rows:
            self._tell(0, len(self._rows) - 1)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def _let_go(self) -> None:
        """Freeing 100,000 rows at once would take 120 ms."""
        del self._leaving[-_LET_GO:]
        if not self._leaving:
            self._leave.stop()

    def _insert(self, rows: list[LogRow]) -> None:
        """``rows`` are newest first; those that end up side by side go in together."""
        places = {id(row): bisect_left(self._keys, -row.attempt.row) for row in rows}
        for place, group in reversed([(p, list(g)) for p, g in groupby(rows, key=lambda row: places[id(row)])]):
            self.beginInsertRows(QModelIndex(), place, place + len(group) - 1)
            self._rows[place:place] = group
            self.has_lengths |= any(has_length(row) for row in group)
            self._keys[place:place] = [-row.attempt.row for row in group]
            self._where.update((row.attempt.id, -row.attempt.row) for row in group)
            self.endInsertRows()
            self._tell_follower(place + len(group))

    def _drop(self, places: list[int]) -> None:
        """Remove rows, those side by side together, from the end."""
        runs = [list(g) for _, g in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0])]
        for run in reversed(runs):
            first, last = run[0][1], run[-1][1]
            self.beginRemoveRows(QModelIndex(), first, last)
            for row in self._rows[first : last + 1]:
                self._where.pop(row.attempt.id, None)
                self._texts.pop(row.attempt.id, None)
            del self._rows[first : last + 1]
            del self._keys[first : last + 1]
            self.endRemoveRows()
            self._tell_follower(first)

    def _tell_follower(self, place: int) -> None:
        """The row behind a change may have become the first of its day, or no longer be it."""
        if place < len(self._rows):
            self._tell(place, place)

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    def _tip_lines(self, row: int, column: Column) -> list[str]:
        texts, attempt = self.texts(row), self._rows[row].attempt
        if column is Column.TIME:
            return [f"{self._wording.locale.toString(texts.day)} {texts.time}"]
        if column is Column.WHO:
            user = attempt.request.end_user
            return [texts.who, clean(user.organization) if user.name else "", texts.number]
        if column is Column.DESTINATION:
            address = clean(attempt.request.destination)
            return [texts.destination, address if address != texts.destination else ""]
        if column is Column.OUTCOME:
            return [texts.outcome, texts.said]
        return [texts.length if column is Column.LENGTH else texts.leg]


def has_length(row: LogRow) -> bool:
    """Cheaper than the row's words."""
    return row.attempt.live is not None and row.attempt.live.talked_ms is not None


def _shown(texts: RowTexts, column: Column) -> str:
    """A cell's whole text; the delegate shortens it."""
    if column is Column.TIME:
        return texts.time
    if column is Column.WHO:
        return "\n".join(part for part in (texts.who, texts.number) if part)
    if column is Column.DESTINATION:
        return texts.destination
    if column is Column.OUTCOME:
        return "\n".join(part for part in (texts.outcome, texts.said) if part)
    return texts.length if column is Column.LENGTH else texts.leg or "–"
