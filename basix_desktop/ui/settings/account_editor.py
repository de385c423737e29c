"""An account form with its *Test* and *Save*: what the first start and the settings have in common."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton

from basix_desktop.domain.accounts import Account
from basix_desktop.domain.errors import BasixError, InputRefused
from basix_desktop.services.desk import Desk, Saved
from basix_desktop.ui.explain import explain, refusal
from basix_desktop.ui.refusals import Refusals
from basix_desktop.ui.settings.account_form import AccountDraft, AccountForm
from basix_desktop.ui.tasks import Tasks
from basix_desktop.ui.theme import look

translate = QCoreApplication.translate


class AccountEditor(QObject):
    """Presenter. ``saved(name, in_keyring, note)`` comes once account and token are stored; ``note`` is what has to be
    told besides, or "". A result that arrives after the fields have changed is not shown: it would speak of something
    else. ``announced``: words for screen readers, of what is shown. While one press is at work others do nothing: a
    button that were disabled would lose the focus to the next one, which may be *Close*."""

    saved = Signal(str, bool, str)
    announced = Signal(str)

    def __init__(
        self,
        form: AccountForm,
        test_button: QPushButton,
        result: QLabel,
        *,
        desk: Desk,
        tasks: Tasks,
        language: Callable[[], str],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._result = result
        self._desk = desk
        self._tasks = tasks
        self._language = language
        self._replacing = ""
        self._revision = 0
        self._busy = False
        result.setTextFormat(Qt.TextFormat.PlainText)
        result.setWordWrap(True)
        form.changed.connect(self._edited)
        test_button.clicked.connect(self.test)

    def edit(self, account: Account | None, *, password_stored: bool = False) -> None:
        """Show an account that is stored (its token stays where it is), or empty fields for a new one."""
        self._replacing = account.name if account else ""
        self._form.show_account(account, token_stored=account is not None, password_stored=password_stored)
        self._say("")

    def test(self) -> None:
        """Try domain and token; places no call."""
        draft = None if self._busy else self._read()
        if draft is None:
            return
        revision = self._start(translate("AccountEditor", "Testing… no call is placed."))

        def done(_: None) -> None:
            if self._end(revision):
                said = translate("AccountEditor", "Domain and token accepted. No call was placed.")
                self._say(f"✓ {said}", "good")

        testing = self._desk.test(draft.account, draft.token, self._replacing)
        self._tasks.net(testing, done, lambda error: self._failed(revision, error))

    def save(self) -> None:
        """Store account and token."""
        draft = None if self._busy else self._read()
        if draft is None:
            return
        revision = self._start(translate("AccountEditor", "Saving…"))
        replacing = self._replacing

        def store() -> Saved:
            return self._desk.save_account(
                draft.account, replacing=replacing, token=draft.token, proxy_password=draft.proxy_password
            )

        def done(saved: Saved) -> None:
            self._end(revision)
            self._replacing = draft.account.name
            self._say("")
            self.saved.emit(draft.account.name, saved.in_keyring, _left_behind() if saved.left_behind else "")

        self._tasks.slow(store, done, lambda error: self._failed(revision, error))

    def _read(self) -> AccountDraft | None:
        try:
            return self._form.read()
        except Refusals as refusals:
            self._refuse(refusals.fields)
            return None

    def _refuse(self, fields: dict[str, InputRefused]) -> None:
        """The first is read out with the focus that goes there."""
        sentences = {name: refusal(error, self._language()) for name, error in fields.items()}
        self._form.refuse(sentences)
        _, *others = sentences.values()
        if others:
            self.announced.emit("\n".join(others))

    def _failed(self, revision: int, error: BasixError) -> None:
        if not self._end(revision):
            return
        if isinstance(error, InputRefused):
            self._refuse({error.field: error})
            self._say("")
            return
        said = explain(error, self._language(), places=self._form.places)
        self._say(said.sentence(), "error")

    def _edited(self) -> None:
        self._revision += 1
        self._busy = False
        self._say("")

    def _start(self, text: str) -> int:
        self._revision += 1
        self._busy = True
        self._say(text, "muted")
        return self._revision

    def _end(self, revision: int) -> bool:
        if revision != self._revision:
            return False
        self._busy = False
        return True

    def _say(self, text: str, kind: str = "muted") -> None:
        look(self._result, kind)
        self._result.setText(text)
        if text:
            self.announced.emit(text)


def _left_behind() -> str:
    return translate(
        "AccountEditor",
        "The token for the former domain or server could not be removed: it is still in this computer's keyring.",
    )
