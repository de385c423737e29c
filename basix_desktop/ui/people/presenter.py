"""What the people pane does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLocale, QObject, Qt, QTimer, Signal

from basix_desktop.domain.feed import FeedPhase
from basix_desktop.domain.live import LiveView, Person
from basix_desktop.ui.people.feed_words import why_nobody
from basix_desktop.ui.people.finding import Kind, find
from basix_desktop.ui.people.readiness_words import age_words
from basix_desktop.ui.people.view import PeopleView
from basix_desktop.ui.widgets.hits import Hits
from basix_desktop.ui.widgets.text import clean, isolated


class PeoplePresenter(QObject):
    """Main thread only. ``destination_chosen`` and ``favourite_wanted`` carry what ``destination`` takes and what
    people call it. While the pane is out of sight it keeps what it is told and draws nothing."""

    destination_chosen = Signal(str, str)
    favourite_wanted = Signal(str, str)
    announced = Signal(str)

    def __init__(self, view: PeopleView, *, locale: Callable[[], QLocale] = QLocale) -> None:
        super().__init__(view)
        self._view = view
        self._locale = locale
        self._live = LiveView()
        self._drawn: LiveView | None = None
        self._hits = Hits(view.search)
        self._hits.announced.connect(self.announced)
        self._connect()
        self._draw()

    def _connect(self) -> None:
        view = self._view
        view.search.textChanged.connect(self._searched)
        view.search.entered.connect(self._enter_list)
        view.chips.chosen.connect(self._searched)
        view.clear_button.clicked.connect(self._clear)
        view.list.chosen.connect(self._choose)
        view.menu_chosen.connect(self._menu_chosen)
        view.shown.connect(self._draw_if_new)
        view.language_changed.connect(self._speak)

    def show(self, live: LiveView) -> None:
        """What the feed tells now."""
        self._live = live
        if self._view.isVisible():
            self._draw_if_new()

    def focus_search(self) -> None:
        self._view.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._view.search.selectAll()

    def _draw_if_new(self) -> None:
        drawn, live = self._drawn, self._live
        if drawn is None or drawn.people is not live.people or drawn.status != live.status:
            self._draw()

    def _draw(self) -> None:
        live, view = self._live, self._view
        self._drawn = live
        age = age_words(live.status, self._locale())
        found = find(view.search.text(), live.people, view.chips.current)
        view.model.show(found, age)
        if view.search.text().strip():
            self._hits.tell(self._found_words(len(found)))
        self._tell_age(age)
        if found:
            view.show_list()
        elif live.people:
            self._tell_nobody_found()
        else:
            title, text = why_nobody(live.status)
            view.show_empty(title, text, searching=False)

    def _tell_age(self, age: str) -> None:
        live = self._live.status.phase is FeedPhase.LIVE
        words = self.tr("Not connected to the PBX’s live feed: what is shown is {age}.").replace("{age}", age)
        self._view.show_age(words if age and not live and self._live.people else "")

    def _found_words(self, count: int) -> str:
        if not self._live.people:
            return why_nobody(self._live.status)[0]
        return self.tr("People and groups found: {count}").replace("{count}", str(count)) if count else self._nobody()

    def _nobody(self) -> str:
        return self.tr("Nobody matches “{text}”").replace("{text}", isolated(self._view.search.text()))

    def _tell_nobody_found(self) -> None:
        if clean(self._view.search.text()):
            self._view.show_empty(self._nobody(), "", searching=True)
        else:
            title = self.tr("No groups") if self._view.chips.current is Kind.GROUPS else self.tr("No people")
            self._view.show_empty(title, "", searching=False)

    def _searched(self) -> None:
        self._draw()
        self._view.list.start_at_top()

    def _enter_list(self) -> None:
        if self._view.model.rowCount():
            self._view.list.go_to_first()
        else:
            self._hits.again()

    def _clear(self) -> None:
        self._view.search.clear()
        self._view.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, person: Person) -> None:
        self.destination_chosen.emit(person.name, person.label)

    def _menu_chosen(self, what: str, person: Person) -> None:
        if what == "choose":
            self._choose(person)
        else:
            self.favourite_wanted.emit(person.name, person.label)

    def _speak(self) -> None:
        self._view.model.set_locale(self._locale())
        QTimer.singleShot(0, self, self._draw)
