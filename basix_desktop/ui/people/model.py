"""The people shown, as a Qt list that changes in place, so that selection and scroll position survive."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt

from basix_desktop.domain.live import Person
from basix_desktop.ui.people.readiness_words import readiness_words
from basix_desktop.ui.widgets.text import clean, isolated, spoken, tooltip

Index = QModelIndex | QPersistentModelIndex
Key = tuple[bool, str]
_ROOT = QModelIndex()
#: With more rows coming or going than this, the list is filled anew.
_BY_ROW = 50


class Role(IntEnum):
    PERSON = Qt.ItemDataRole.UserRole
    WORDS = Qt.ItemDataRole.UserRole + 1
    AGE = Qt.ItemDataRole.UserRole + 2  # "as of 10:02", or "" while the feed is live


def key_of(person: Person) -> Key:
    """The same person or group, whatever is known of them."""
    return person.is_group, person.name


class PeopleModel(QAbstractListModel):
    """One row for each person or group found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._people: list[Person] = []
        self._rows: dict[Key, int] = {}
        self._age = ""
        self._locale = QLocale()

    def show(self, people: Sequence[Person], age: str = "") -> None:
        """Show these instead, touching only the rows that differ."""
        age_changed, self._age = age != self._age, age
        if len(people) == len(self._people) and all(map(_same_one, people, self._people)):
            self._update(people, everything=age_changed)
            return
        new = {key_of(person): person for person in people}
        survivors = [key_of(person) for person in self._people if key_of(person) in new]
        same_order = survivors == [key for key in new if key in self._rows]
        if not same_order or len(self._people) + len(new) - 2 * len(survivors) > _BY_ROW:
            self._fill(list(new.values()))
            return
        self._drop(new)
        self._insert(list(new.values()))
        self._update(list(new.values()), everything=age_changed)

    def set_locale(self, locale: QLocale) -> None:
        self._locale = locale
        self._update(self._people, everything=True)

    def at(self, row: int) -> Person:
        return self._people[row]

    def find(self, key: Key) -> int | None:
        return self._rows.get(key)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._people)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        person = self._people[index.row()]
        if role == Role.PERSON:
            return person
        if role == Role.WORDS:
            return readiness_words(person, self._locale)
        if role == Role.AGE:
            return self._age
        if role == Qt.ItemDataRole.DisplayRole:
            return clean(person.label)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(self.spoken(person))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(self.spoken(person))
        return None

    def spoken(self, person: Person) -> str:
        """The whole row as one sentence."""
        parts = [clean(person.label), self.tr("group") if person.is_group else ""]
        if person.extension:
            parts.append(self.tr("extension {number}").replace("{number}", clean(person.extension)))
        parts += [readiness_words(person, self._locale), self._age, self.members(person)]
        return ", ".join(part for part in parts if part)

    def second_line(self, person: Person) -> str:
        """What the PBX calls them, their extension, and who belongs to a group."""
        name = clean(person.name)
        parts = [name if name not in (clean(person.label), person.extension) else "", clean(person.extension)]
        return " · ".join(part for part in (*parts, self.members(person)) if part)

    @staticmethod
    def members(person: Person) -> str:
        return ", ".join(isolated(name) for name in person.names)

    def _fill(self, people: list[Person]) -> None:
        self.beginResetModel()
        self._take(people)
        self.endResetModel()

    def _take(self, people: list[Person]) -> None:
        self._people = people
        self._rows = {key_of(person): row for row, person in enumerate(people)}

    def _drop(self, new: dict[Key, Person]) -> None:
        for row in reversed([row for row, person in enumerate(self._people) if key_of(person) not in new]):
            self.beginRemoveRows(_ROOT, row, row)
            del self._people[row]
            self.endRemoveRows()
        self._take(self._people)

    def _insert(self, people: list[Person]) -> None:
        for row, person in enumerate(people):
            if key_of(person) not in self._rows:
                self.beginInsertRows(_ROOT, row, row)
                self._people.insert(row, person)
                self.endInsertRows()
        self._take(self._people)

    def _update(self, people: Sequence[Person], *, everything: bool) -> None:
        """Tell of changed rows, neighbours together."""
        old = self._people
        changed = [row for row, new in enumerate(people) if everything or (new is not old[row] and new != old[row])]
        self._people = list(people)
        for first, last in _runs(changed):
            self.dataChanged.emit(self.index(first), self.index(last))


def _same_one(one: Person, other: Person) -> bool:
    return one is other or key_of(one) == key_of(other)


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
