"""Favourites and recent destinations: loading, choosing, changing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from basix_desktop.domain.destinations import read_destination
from basix_desktop.domain.errors import BasixError, InputRefused
from basix_desktop.services.ports import Favourite
from basix_desktop.ui.dial.around import Around
from basix_desktop.ui.dial.destination_section import DestinationSection
from basix_desktop.ui.dial.matching import Choice, known
from basix_desktop.ui.explain import refusal
from basix_desktop.ui.widgets.text import clean

_RECENT = 100
_KEYS = 9


class FavouritesPresenter(QObject):
    """``announced`` carries words for the status line, ``failed`` a ``StoreError``, ``shown`` comes after new cards.
    ``known``: the account's favourites have been read, or why they could not be."""

    announced = Signal(str)
    failed = Signal(object)
    shown = Signal()

    def __init__(self, section: DestinationSection, around: Around, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._section = section
        self._tasks = around.tasks
        self._store = around.favourites
        self._history = around.history
        self._account = around.account
        self._language = around.language
        self._favourites: list[Favourite] = []
        self._recent: list[tuple[str, str]] = []
        self.choices: tuple[Choice, ...] = ()  # favourites, then recent destinations
        self.known = False
        self._key: tuple[str, str] | None = None
        grid = section.grid
        grid.chosen.connect(self._choose_id)
        grid.edit_asked.connect(self._edit)
        grid.usual_asked.connect(self._make_usual)
        grid.remove_asked.connect(self._remove)
        grid.move_asked.connect(self._move)
        section.add_asked.connect(self._add)
        section.editor.saved.connect(self._save)
        section.editor.closed.connect(self._leave_editor)

    def load(self) -> None:
        """Read both lists again, for the account there is now."""
        account = self._account()
        key = account.key if account is not None else None
        if key != self._key:
            self._leave(key)
        if key is None:
            self._show_favourites(None, [])
            return
        self._tasks.db(
            lambda: self._store.list(*key),
            lambda found: self._show_favourites(key, found),
            lambda error: self._unreadable(key, error),
        )
        self._tasks.read(
            lambda: self._history.recent_destinations(*key, _RECENT),
            lambda found: self._show_recent(key, found),
            self.failed.emit,
        )

    def _leave(self, key: tuple[str, str] | None) -> None:
        """Nobody of the last account's is called through this one. What was typed while the program started stays."""
        started, self._key = self._key is None, key
        self.known = False
        if started:
            return
        self._favourites, self._recent = [], []
        self._offer()
        self._section.grid.show_favourites([])
        self.back_to_usual()

    def _show_favourites(self, key: tuple[str, str] | None, found: list[Favourite]) -> None:
        if key != self._key:
            return
        typed = bool(self._section.edit.text())
        self._favourites = found
        self._offer()
        self._section.grid.show_favourites(found)
        if not typed and not (self.known and self._section.edit.hasFocus()):
            self.back_to_usual()
        self.known = True
        self.shown.emit()

    def _unreadable(self, key: tuple[str, str], error: BasixError) -> None:
        self.known = self.known or key == self._key
        self.failed.emit(error)

    def _show_recent(self, key: tuple[str, str], found: list[tuple[str, str]]) -> None:
        if key == self._key:
            self._recent = found
            self._offer()

    def _offer(self) -> None:
        keyed = [_choice(favourite, place) for place, favourite in enumerate(self._favourites)]
        recent = (Choice(destination, label) for destination, label in self._recent)
        self.choices = known(keyed, recent)
        self._section.edit.set_choices(self.choices)

    @property
    def usual(self) -> Choice:
        """The account's usual destination; none where no favourite is marked, or where they are not known yet."""
        usual = next((f for f in self._favourites if f.usual), None)
        return _choice(usual, 0) if usual else Choice("")

    def back_to_usual(self) -> None:
        """Choose the usual destination."""
        self._section.edit.choose(self.usual)

    def choose(self, number: int) -> bool:
        """The favourite with this key, 1 to 9; False if there is none."""
        if not 1 <= number <= min(_KEYS, len(self._favourites)):
            words = self.tr("There is no favourite {key}.").replace("{key}", str(number))
            self.announced.emit(words)
            return False
        self._choose(self._favourites[number - 1])
        return True

    def choose_destination(self, destination: str, label: str = "") -> None:
        """A destination by what the PBX calls it, favourite or not."""
        favourite = next((f for f in self._favourites if f.destination == destination), None)
        if favourite:
            self._choose(favourite)
        elif destination:
            self._section.edit.choose(Choice(destination, label))

    def connect_to(self, destination: str, label: str) -> None:
        """As :meth:`choose_destination`, and say so."""
        self.choose_destination(destination, label)
        if all(favourite.destination != destination for favourite in self._favourites):
            self._tell_choice(Choice(destination, label))

    def add(self, destination: str, label: str) -> None:
        """Keep a destination as a favourite, unless it is one or cannot be one."""
        if self.can_add(destination):
            self._save(0, destination, label)
        else:
            words = self.tr("Not added to favourites: {destination}")
            self.announced.emit(words.replace("{destination}", clean(label or destination)))

    def can_add(self, destination: str) -> bool:
        """Whether this could be a destination and is no favourite yet."""
        account = self._account()
        if account is None or any(favourite.destination == destination for favourite in self._favourites):
            return False
        try:
            return bool(read_destination(destination, account.home_region))
        except InputRefused:
            return False

    def _choose(self, favourite: Favourite) -> None:
        choice = _choice(favourite, 0)
        self._section.edit.choose(choice)
        self._tell_choice(choice)

    def _tell_choice(self, choice: Choice) -> None:
        words, readiness = self.tr("Connect to {destination}"), self._section.edit.readiness
        if readiness:
            words = self.tr("Connect to {destination}, {readiness}").replace("{readiness}", readiness)
        self.announced.emit(words.replace("{destination}", clean(choice.name)))

    def _choose_id(self, favourite_id: int) -> None:
        if favourite := self._by_id(favourite_id):
            self._choose(favourite)

    def _by_id(self, favourite_id: int) -> Favourite | None:
        return next((f for f in self._favourites if f.id == favourite_id), None)

    def _add(self) -> None:
        choice = self._section.edit.choice
        self._section.editor.open_for(0, choice.destination, choice.label)
        self._section.add_button.hide()

    def _edit(self, favourite_id: int) -> None:
        if favourite := self._by_id(favourite_id):
            self._section.editor.open_for(favourite.id, favourite.destination, favourite.label)

    def _save(self, favourite_id: int, destination: str, label: str) -> None:
        account = self._account()
        if account is None:
            return
        try:
            to = read_destination(destination, account.home_region)
        except InputRefused as error:
            self._section.editor.refuse(refusal(error, self._language()))
            return
        key, shown = account.key, clean(label) or to
        self._section.editor.close_editor()
        words = self.tr("Saved: {destination}").replace("{destination}", shown)
        if favourite_id:
            self._change(lambda: self._store.change(favourite_id, to, shown), words)
        else:
            self._change(lambda: self._store.add(*key, to, shown), words)

    def _leave_editor(self) -> None:
        self._section.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shown.emit()

    def _make_usual(self, favourite_id: int) -> None:
        account, favourite = self._account(), self._by_id(favourite_id)
        if account is None or favourite is None:
            return
        usual = None if favourite.usual else favourite.id
        key, name = account.key, clean(favourite.label or favourite.destination)
        words = self.tr("No usual destination") if usual is None else self.tr("Usual destination: {destination}")
        self._change(lambda: self._store.set_usual(usual, *key), words.replace("{destination}", name))

    def _remove(self, favourite_id: int) -> None:
        if favourite := self._by_id(favourite_id):
            name = clean(favourite.label or favourite.destination)
            words = self.tr("Removed from favourites: {destination}").replace("{destination}", name)
            self._change(lambda: self._store.remove(favourite_id), words)

    def _move(self, favourite_id: int, step: int) -> None:
        favourite = self._by_id(favourite_id)
        if favourite is None:
            return
        target = max(0, min(self._favourites.index(favourite) + step, len(self._favourites) - 1))
        words = self.tr("{destination} is now favourite {place}").replace("{place}", str(target + 1))
        name = clean(favourite.label or favourite.destination)
        self._change(lambda: self._store.move(favourite_id, target), words.replace("{destination}", name))

    def _change(self, change: Callable[[], object], words: str) -> None:
        def done(_: object) -> None:
            self.announced.emit(words)
            self.load()

        self._tasks.db(change, done, self.failed.emit)


def _choice(favourite: Favourite, place: int) -> Choice:
    return Choice(favourite.destination, favourite.label, place + 1 if place < _KEYS else 0)
