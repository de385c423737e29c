"""The accounts: a list, the fields of one, test, save, remove."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from basix_desktop.domain.accounts import Account, ProxyMode
from basix_desktop.domain.errors import BasixError, TokenUnavailable
from basix_desktop.services.desk import Desk
from basix_desktop.ui.explain import explain, run_on
from basix_desktop.ui.settings.account_editor import AccountEditor
from basix_desktop.ui.settings.account_form import AccountForm
from basix_desktop.ui.settings.remove_question import RemoveQuestion
from basix_desktop.ui.tasks import Tasks
from basix_desktop.ui.theme import GAP, GRID, Theme, look
from basix_desktop.ui.widgets.buttons import PressButton
from basix_desktop.ui.widgets.text import without_key

translate = QCoreApplication.translate


class AccountsPage(QWidget):
    """Choosing a row only shows the account; the active one is switched in the main window. ``announced``: words for
    screen readers, of what is shown here."""

    announced = Signal(str)

    def __init__(self, *, desk: Desk, tasks: Tasks, theme: Theme, language: Callable[[], str]) -> None:
        super().__init__()
        self._desk = desk
        self._tasks = tasks
        self._language = language
        self._dirty = False
        self._warned = False
        self._removing = ""
        self.form = AccountForm(theme, language(), full=True)
        self._build()
        self.editor = AccountEditor(
            self.form, self.test_button, self.result, desk=desk, tasks=tasks, language=language, parent=self
        )
        self.editor.saved.connect(self._saved)
        self.editor.announced.connect(self.announced)
        self.form.changed.connect(self._edited)
        self.form.entered.connect(self.editor.save)
        self.list.currentRowChanged.connect(self._show_row)
        self.add_button.clicked.connect(self.add)
        self.remove_button.clicked.connect(self._ask_to_remove)
        self.question.confirmed.connect(self._remove)
        self.question.kept.connect(self._keep)
        self.save_button.clicked.connect(self.editor.save)
        self.fill(desk.account.name if desk.account else "")

    def fill(self, chosen: str) -> None:
        """List the accounts and show ``chosen``, or empty fields where there is none."""
        self.list.blockSignals(True)
        self.list.clear()
        for account in self._desk.settings.accounts:
            self.list.addItem(QListWidgetItem(account.name))
        self.list.blockSignals(False)
        names = [account.name for account in self._desk.settings.accounts]
        if chosen in names:
            self.list.setCurrentRow(names.index(chosen))
            self._show_row(names.index(chosen))
        else:
            self.add()

    def add(self) -> None:
        """Empty fields for a new account."""
        self.list.clearSelection()
        self.list.setCurrentRow(-1)
        self.editor.edit(None)
        self._clean()
        self.remove_button.setEnabled(False)
        self.form.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def warn_unsaved(self) -> bool:
        """Whether closing must wait, because something typed is not saved; says so once."""
        if not self._dirty or self._warned:
            return False
        self._warned = True
        self._say(translate("AccountsPage", "The changes are not saved yet. Save them, or close once more."), "error")
        self.save_button.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _build(self) -> None:
        self.list = QListWidget()
        self.list.setObjectName("accountsList")
        self.list.setAccessibleName(translate("AccountsPage", "Accounts"))
        self.list.setFixedWidth(45 * GRID)
        self.add_button = _button("addAccountButton", translate("AccountsPage", "&Add"))
        self.remove_button = _button("removeAccountButton", translate("AccountsPage", "Re&move…"))
        self.test_button = _button("testAccountButton", translate("AccountsPage", "&Test"))
        self.test_button.setAccessibleDescription(
            translate("AccountsPage", "Test domain and token without placing a call")
        )
        self.save_button = _button("saveAccountButton", translate("AccountsPage", "Sa&ve"))
        look(self.save_button, "primary")
        self.question = RemoveQuestion()
        self.result = QLabel()
        self.result.setObjectName("accountResultLabel")
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(self.list, 1)
        self._changing = QWidget()
        buttons = QHBoxLayout(self._changing)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(GAP)
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.remove_button)
        left.addWidget(self._changing)
        left.addWidget(self.question)
        right = QVBoxLayout()
        right.setSpacing(GAP)
        right.addWidget(self._scrolled(), 1)
        actions = QHBoxLayout()
        actions.setSpacing(GAP)
        actions.addWidget(self.test_button, 0, Qt.AlignmentFlag.AlignTop)
        actions.addWidget(self.result, 1, Qt.AlignmentFlag.AlignVCenter)
        actions.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignTop)
        right.addLayout(actions)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 3 * GRID, 0, 0)
        layout.setSpacing(4 * GRID)
        layout.addLayout(left)
        layout.addLayout(right, 1)

    def _scrolled(self) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, GAP, 0)
        inner.addWidget(self.form)
        inner.addStretch()
        area.setWidget(holder)
        return area

    def _shown(self) -> Account | None:
        row = self.list.currentRow()
        accounts = self._desk.settings.accounts
        return accounts[row] if 0 <= row < len(accounts) else None

    def _show_row(self, row: int) -> None:
        account = self._shown()
        if row < 0 or account is None:
            return
        self.editor.edit(account, password_stored=account.proxy.mode is ProxyMode.CUSTOM and bool(account.proxy.user))
        self._clean()
        self.remove_button.setEnabled(True)
        source = self._desk.locked().get("accounts", "")
        if source:
            said = translate("AccountsPage", "Set by your administrator ({source}).").format(source=source)
            self._say(said, "muted")

    def _saved(self, name: str, in_keyring: bool, note: str) -> None:
        self.fill(name)
        if note:
            self._say(run_on(translate("AccountsPage", "Saved."), note), "error")
        elif in_keyring:
            self._say("✓ " + translate("AccountsPage", "Saved."), "good")
        else:
            self._say(
                translate("AccountsPage", "Saved. There is no keyring: the token is kept until the program ends."),
                "muted",
            )

    def _ask_to_remove(self) -> None:
        """In place, with the focus on *Keep it*."""
        account = self._shown()
        if account is None:
            return
        self._removing = account.name
        template = translate("AccountsPage", "Remove “{name}” and its token from this computer? The log stays.")
        question = template.format(name=account.name)
        look(self.result, "error")
        self.result.setText(question)
        self.question.ask(question)
        self._changing.hide()

    def _keep(self) -> None:
        self._forget_removing()
        look(self.result, "muted")
        self.result.setText("")

    def _remove(self) -> None:
        name = self._removing
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)  # what is pressed goes, and the account too
        self._forget_removing()
        self._tasks.slow(lambda: self._desk.remove_account(name), lambda _: self._removed(name), self._remove_failed)

    def _removed(self, name: str) -> None:
        self.fill(self._desk.account.name if self._desk.account else "")
        self._say(translate("AccountsPage", "“{name}” was removed.").format(name=name), "muted")

    def _remove_failed(self, error: BasixError) -> None:
        reason = explain(error, self._language()).sentence()
        if isinstance(error, TokenUnavailable):
            reason = run_on(translate("AccountsPage", "Not removed, since its token would remain."), reason)
        self._say(reason, "error")

    def _edited(self) -> None:
        self._dirty, self._warned = True, False
        self._forget_removing()

    def _clean(self) -> None:
        self._dirty = self._warned = False
        self._forget_removing()

    def _forget_removing(self) -> None:
        """The question goes; the focus, if it is there, to where it came from."""
        self._removing = ""
        self._changing.show()
        if self.question.isAncestorOf(self.window().focusWidget() or self):
            self.remove_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.question.hide()

    def _say(self, text: str, kind: str) -> None:
        look(self.result, kind)
        self.result.setText(text)
        self.announced.emit(text)


def _button(name: str, text: str) -> PressButton:
    button = PressButton(name)
    button.setText(text)
    button.setAccessibleName(without_key(text))
    return button
