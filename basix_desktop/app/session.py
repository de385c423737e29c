"""One account's window, or the demo's: builds its parts, connects them, and ends them in order."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from basix_desktop.app.demo_session import furnish
from basix_desktop.app.dialogs import Dialogs
from basix_desktop.app.log_care import LogCare
from basix_desktop.app.paths import Paths
from basix_desktop.app.settings import SettingsProblem, WindowState
from basix_desktop.app.shell import Shell
from basix_desktop.app.wiring import open_core
from basix_desktop.domain.calls import Attempt
from basix_desktop.domain.errors import BasixError
from basix_desktop.ui.bridge import Bridge
from basix_desktop.ui.calls.presenter import CallsPresenter
from basix_desktop.ui.calls.view import CallsView
from basix_desktop.ui.calls.wording import Wording
from basix_desktop.ui.dial.presenter import DialPresenter
from basix_desktop.ui.dial.view import DialView
from basix_desktop.ui.explain import explain
from basix_desktop.ui.main_window import MainWindow
from basix_desktop.ui.notices import Notices
from basix_desktop.ui.right_pane import RightPane
from basix_desktop.ui.tasks import Tasks
from basix_desktop.ui.theme import Theme
from basix_desktop.ui.welcome.welcome_view import WelcomeView

if TYPE_CHECKING:
    from basix_desktop.app.live_window import LiveWindow

log = logging.getLogger(__name__)
translate = QCoreApplication.translate

#: How long closing waits for an attempt that has been sent, so that its verdict is known: seconds.
LAST_WORD = 5.0


class Session(QObject):
    """Main thread. ``switch`` asks for the other kind of session (demo or not), ``ended`` comes once everything is
    closed."""

    switch = Signal(bool)
    ended = Signal()
    usable = Signal()  # painted, and the number field takes keys

    def __init__(
        self,
        paths: Paths,
        theme: Theme,
        language: str,
        *,
        demo: bool,
        on_secret: Callable[[str], None] = lambda _: None,
        shell: Shell | None = None,
        problems: Sequence[SettingsProblem] = (),
        parent: QObject,
    ) -> None:
        """``shell`` is the window of the first picture, which this session takes over; else it makes its own.
        ``problems`` are those of the settings file, to be told."""
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._demo = demo
        self._ending = False
        self.core = open_core(paths, demo=demo, on_secret=on_secret)
        self.bridge = Bridge(self)
        self.tasks = Tasks(self.bridge, self.core.stores.db, self.core.stores.reader, self.core.net)
        self.window = shell.window if shell is not None else MainWindow(self.core.desk, theme, demo=demo)
        self.dial: DialPresenter | None = None
        self.calls: CallsPresenter | None = None
        self.live: LiveWindow | None = None
        self._right = RightPane()
        self._state = WindowState(paths.state)
        self._listener = lambda: self.bridge.post(self._accounts_changed)
        self.core.desk.listeners.append(self._listener)
        self._notices = Notices()
        self._log_care = LogCare(
            self.core.stores,
            self.tasks,
            self._notices,
            language=lambda: language,
            announced=self.announce,
            replaced=self._accounts_changed,
            parent=self,
        )
        self.dialogs = Dialogs(
            self.core,
            self.tasks,
            self.window,
            theme,
            language=lambda: language,
            parent=self,
        )
        self._connect_window()
        self._tell_problems(problems)
        if shell is not None:
            self._take_over(shell)
            return
        if self.core.desk.account is None:
            self._welcome()
        else:
            self._work(DialView(theme))
        self.window.restore(self._state.load())

    def _take_over(self, shell: Shell) -> None:
        """Go on where the first picture left off."""
        self.window.bar.show_accounts(self.core.desk)
        early = shell.hand_over()
        self._work(shell.dial)
        if early is not None and self.dial is not None:
            self.dial.press_once_loaded(early)
        self._after_paint()

    def show(self, *, minimized: bool = False) -> None:
        if minimized:
            self.window.showMinimized()
        else:
            self.window.show()
        if self.dial is not None:
            self.dial.focus_number()

    def end(self) -> None:
        """Close in order: the window, an attempt that has been sent (a few seconds at most), network, journal. An
        attempt that has not been sent is cancelled."""
        if self._ending:
            return
        self._ending = True
        self._state.save(self.window.state() | (self.dial.state() if self.dial is not None else {}))
        self.window.hide()
        self.dialogs.close()
        waiting = self.dial.stop() if self.dial is not None else None
        if self.calls is not None:
            self.calls.stop()
        if self.live is not None:
            self.live.stop()
        self._log_care.stop()
        if waiting is None or waiting.done():
            self._finish()
            return
        self._last_word(waiting)

    def say(self, text: str) -> None:
        """The status line, and once for screen readers."""
        self.window.say(text)
        if text:
            self.announce(text)

    def announce(self, text: str) -> None:
        """For screen readers, of what stands elsewhere already."""
        self.window.announce(text)

    def _tell_problems(self, problems: Sequence[SettingsProblem]) -> None:
        if problems:
            from basix_desktop.app.settings_words import notices

            for notice in notices(problems):
                self._notices.tell(*notice)

    def _last_word(self, waiting: Future[Attempt]) -> None:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self._finish)
        timer.start(int(LAST_WORD * 1000))
        self.tasks.follow(waiting, lambda _: self._finish(), lambda _: self._finish())

    def _finish(self) -> None:
        if self.core.net.stopping:
            return
        self.bridge.close()
        self.core.close()
        self.window.deleteLater()
        self.ended.emit()

    def _connect_window(self) -> None:
        window, bar = self.window, self.window.bar
        window.put_above(self._notices)
        self.dialogs.announced.connect(self.announce)
        self.dialogs.said.connect(self.say)
        window.painted.connect(self._painted)
        window.closing.connect(self.end)
        bar.account_chosen.connect(self._choose_account)
        bar.demo_wanted.connect(lambda: self.switch.emit(True))
        bar.demo_left.connect(lambda: self.switch.emit(False))

    def _welcome(self) -> None:
        welcome = WelcomeView(desk=self.core.desk, tasks=self.tasks, theme=self._theme, language=lambda: self._language)
        welcome.demo_wanted.connect(lambda: self.switch.emit(True))
        welcome.connected.connect(self._connected)
        welcome.announced.connect(self.announce)
        self.window.show_welcome(welcome)
        welcome.focus_first()

    def _connected(self, _name: str, in_keyring: bool) -> None:
        if self.dial is None:
            self._work(DialView(self._theme))
            self._start_panes()
        if not in_keyring:
            self.say(translate("Session", "There is no keyring: the token is kept until the program ends."))

    def _work(self, dial_view: DialView) -> None:
        core, stores = self.core, self.core.stores
        from PySide6.QtCore import QDate

        calls_view = CallsView(self._theme, Wording(self._language, QDate.currentDate()))
        self.dial = DialPresenter(
            dial_view,
            self.tasks,
            core.dialer,
            stores.favourites,
            stores.history,
            account=lambda: core.desk.account,
            preferences=lambda: core.desk.preferences,
            language=lambda: self._language,
        )
        self.calls = CallsPresenter(
            calls_view,
            self.tasks,
            stores.history,
            stores.journal,
            account=lambda: core.desk.account,
            language=lambda: self._language,
            check=core.live.check,
        )
        if dial_view.parent() is None:
            self.window.show_dial(dial_view)
        dial_view.outcome.check_wanted.connect(self.window.action("check").trigger)
        self.calls.settled.connect(dial_view.outcome.settled)
        self._right.add_page("calls", calls_view)
        self.window.show_calls(self._right)
        self._connect_panes(self.dial, self.calls, calls_view)

    def _connect_panes(self, dial: DialPresenter, calls: CallsPresenter, calls_view: CallsView) -> None:
        dial.attempt_changed.connect(self._dialled)
        dial.announced.connect(self.say)
        dial.outdated.connect(self.window.unsay)
        calls.announced.connect(self.say)
        calls.put_into_dial.connect(dial.fill_from_attempt)
        calls.call_again_anyway.connect(dial.fill_from_attempt)
        self.window.number_wanted.connect(dial.focus_number)
        self.window.search_wanted.connect(lambda: self._to_calls(calls.focus_search))
        self.window.log_wanted.connect(lambda: self._to_calls(calls_view.log.setFocus))
        self.window.check_wanted.connect(lambda: self._to_calls(calls_view.card.check.emit))
        self.window.keypad_toggled.connect(dial.show_keypad)

    def _dialled(self, attempt: Attempt) -> None:
        """The dial column says how its own call went; the log says so of every other."""
        if self.dial is None or self.calls is None:
            return
        if self.dial.tells(attempt):
            self.calls.said_elsewhere(attempt)
        self.calls.attempt_changed(attempt)

    def _to_calls(self, then: Callable[[], object]) -> None:
        self._right.show_page("calls")
        then()

    def _painted(self) -> None:
        self.usable.emit()
        QTimer.singleShot(0, self._after_paint)

    def _after_paint(self) -> None:
        """What the first picture did not need: databases, the network library, the demo's server."""
        if self._ending:
            return
        for words in self._notices.words():
            self.announce(words)
        self.tasks.follow(self.core.stores.open(), self._opened, self._store_failed)
        threading.Thread(target=self._prepare_network, name="prepare-network", daemon=True).start()

    def _prepare_network(self) -> None:
        try:
            self.core.http.prepare()
            if self.core.demo is not None:
                self.core.demo.start()
        except (BasixError, OSError) as error:
            log.warning("the network could not be prepared: %s", error)  # told again by the call that needs it

    def _opened(self, _: object) -> None:
        self._log_care.opened()
        account, language = self.core.desk.account, self._language
        if self._demo and account is not None:
            favourites = self.core.stores.favourites
            self.tasks.db(lambda: furnish(favourites, account, language), lambda _: self._start_panes())
        else:
            self._start_panes()

    def _store_failed(self, error: BasixError) -> None:
        self.say(explain(error, self._language).sentence())
        self._start_panes()

    def _start_panes(self) -> None:
        if self.dial is not None and self.calls is not None and not self._ending:
            self.dial.refresh()
            self.calls.start()
            self._start_live(self.dial, self.calls)

    def _start_live(self, dial: DialPresenter, calls: CallsPresenter) -> None:
        """The feed and all that shows it: after everything that a call needs."""
        if self.live is not None:
            return
        from basix_desktop.app.live_window import LiveWindow
        from basix_desktop.ui.live.place import LivePlace

        self.live = LiveWindow(
            self.core,
            self.bridge,
            self.tasks,
            theme=self._theme,
            language=lambda: self._language,
            dial=dial,
            calls=calls,
            parent=self,
        )
        self.live.announced.connect(self.say)
        self.window.bar.put_feed(self.live.chip)
        self._right.add_page("people", self.live.people_view)
        LivePlace(self.live.cards, self.window, self._right)
        self.window.people_wanted.connect(self._show_people)
        self.live.start()

    def _show_people(self) -> None:
        self._right.show_page("people")
        if self.live is not None:
            self.live.focus_people()

    def _accounts_changed(self) -> None:
        if self.dial is not None:
            self.dial.account_changed()  # before the bar: where another is chosen between the two, no press is taken
        self.window.bar.refresh()
        if self.live is not None:
            self.live.account_changed()
        if self.calls is not None:
            self.calls.language_changed()

    def _choose_account(self, name: str) -> None:
        desk = self.core.desk
        self.tasks.slow(lambda: desk.choose(name), None, lambda error: self.say(explain(error, self._language).title))
