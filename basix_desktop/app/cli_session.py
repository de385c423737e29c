"""What a command works with: its arguments, the settings, and a token from wherever it comes."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Final

from basix_desktop.app.cli_output import message
from basix_desktop.app.cli_words import choose_language, loss_words, say
from basix_desktop.app.paths import Paths, policy_path
from basix_desktop.app.redact import Redactor
from basix_desktop.app.settings import JsonSettings
from basix_desktop.app.wiring import Core, open_core
from basix_desktop.domain.accounts import Account, Settings, Token
from basix_desktop.domain.errors import AccountMissing, InputRefused
from basix_desktop.domain.servers import read_domain, read_server_url, read_token
from basix_desktop.store.loss import Loss, note_of
from basix_desktop.ui.explain import run_on

#: Bytes of standard input that are looked at: the token is its first line.
LONGEST_LINE: Final = 8192
_PROBLEMS: Final = {
    "settings_damaged": "damaged",
    "settings_unreadable": "unreadable",
    "settings_value_ignored": "ignored",
    "policy_unusable": "ignored",
}


class Session:
    """One run of a command. Main thread."""

    def __init__(self, paths: Paths, arguments: argparse.Namespace, redactor: Redactor) -> None:
        self.paths = paths
        self.arguments = arguments
        self.redactor = redactor

    @cached_property
    def settings(self) -> Settings:
        """Read once; what is wrong with the file is said on standard error."""
        store = JsonSettings(self.paths.settings, policy_path())
        settings = store.load()
        language = choose_language(self.arguments.language, settings.preferences.language)
        for problem in store.problems:
            message(say(_PROBLEMS[problem.kind], language, where=problem.where, detail=problem.detail))
        return settings

    @property
    def language(self) -> str:
        return choose_language(self.arguments.language, self.settings.preferences.language)

    def stored_account(self, name: str | None) -> Account:
        """By name, or the active one. Raises ``AccountMissing``."""
        if name is None:
            account = self.settings.account
        else:
            account = next((each for each in self.settings.accounts if each.name == name), None)
        if account is None:
            raise AccountMissing("account_missing" if name is None else "account_unknown", name or "")
        return account

    def chosen_account(self) -> tuple[Account, Token | None]:
        """What ``--account``, ``--server``, ``--domain`` and ``--token-stdin`` ask for. Raises ``AccountMissing``,
        ``InputRefused``."""
        if self.arguments.server is None:
            account = self.stored_account(self.arguments.account)
        else:
            domain = read_domain(self.arguments.domain)
            account = Account(domain, domain, read_server_url(self.arguments.server))
        return account, self.token_from_stdin() if self.arguments.token_stdin else None

    def token_from_stdin(self) -> Token:
        """The first line. Raises ``InputRefused`` ("token_invalid")."""
        source = getattr(sys.stdin, "buffer", None)
        try:
            line = source.readline(LONGEST_LINE).decode("utf-8-sig") if source is not None else ""
        except (OSError, UnicodeError):
            line = ""
        return self._token(line)

    def token_from_person(self) -> Token:
        """Asked for on the terminal, without showing it. Raises ``InputRefused`` ("token_invalid")."""
        if sys.stdin is None or not sys.stdin.isatty():
            message(say("token_from", self.language))
            raise InputRefused("token_invalid", "token")
        try:
            return self._token(getpass.getpass(say("token_prompt", self.language), stream=sys.stderr))
        except (EOFError, UnicodeError):
            raise InputRefused("token_invalid", "token") from None

    def tell_loss(self, loss: Loss | None) -> None:
        """Said until the window has told it: what the person sees lacks the calls before."""
        if loss is not None:
            words = loss_words(loss, self.language), say("until_told", self.language, note=str(self.loss_note))
            message(run_on(*words))

    @property
    def loss_note(self) -> Path:
        return note_of(self.paths.database)

    def _token(self, text: str) -> Token:
        self.redactor.hide(text.strip())
        return Token(read_token(text))

    @contextmanager
    def core(self, for_once: tuple[Account, Token] | None = None) -> Iterator[Core]:
        """The parts of the program that place calls and keep the log; closed in order."""
        core = open_core(self.paths, account_for_once=for_once, on_secret=self.redactor.hide)
        try:
            yield core
        finally:
            core.close()
