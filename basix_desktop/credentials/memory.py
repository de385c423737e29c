"""A vault that is gone with the process: for the demo, and for a token from standard input."""

from __future__ import annotations

import threading

from basix_desktop.domain.accounts import Account, Token
from basix_desktop.domain.errors import TokenUnavailable


class MemoryVault:
    """Fills ``services.ports.Vault``. Any thread; never waits, touches no keyring."""

    def __init__(self, tokens: dict[tuple[str, str], Token] | None = None) -> None:
        """``tokens`` by :attr:`Account.key`."""
        self._lock = threading.Lock()
        self._tokens = dict(tokens or {})
        self._passwords: dict[tuple[str, str], str] = {}

    def get(self, account: Account) -> Token:
        token = self.known(account)
        if token is None:
            raise TokenUnavailable("token_missing")
        return token

    def known(self, account: Account) -> Token | None:
        with self._lock:
            return self._tokens.get(account.key)

    def doubt(self, account: Account, token: Token) -> None:
        return None  # there is nobody else to ask

    def set(self, account: Account, token: Token, *, session_only: bool = False) -> bool:
        with self._lock:
            self._tokens[account.key] = token
        return False

    def remove(self, account: Account) -> None:
        with self._lock:
            self._tokens.pop(account.key, None)
            self._passwords.pop(account.key, None)

    def proxy_password(self, account: Account) -> str:
        with self._lock:
            return self._passwords.get(account.key, "")

    def set_proxy_password(self, account: Account, password: str) -> None:
        with self._lock:
            self._passwords[account.key] = password

    def place(self) -> str:
        return ""
