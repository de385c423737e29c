"""The accounts and preferences in use: which one is active, changing them, testing them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from basix_desktop.domain.accounts import Account, Preferences, Settings, Token
from basix_desktop.domain.errors import AccountMissing, InputRefused
from basix_desktop.services.ports import Pbx, SettingsStore, Vault

_LONGEST_NAME = 64


class Desk:
    """Reading is immediate on any thread; what changes anything writes a file or the keyring and belongs on a thread
    that may wait. ``listeners`` are called on that thread after each change."""

    def __init__(self, store: SettingsStore, vault: Vault, pbx: Pbx) -> None:
        self._store = store
        self._vault = vault
        self._pbx = pbx
        self._lock = threading.Lock()
        self._settings = store.load()
        self.listeners: list[Callable[[], None]] = []

    @property
    def settings(self) -> Settings:
        return self._settings

    @property
    def account(self) -> Account | None:
        """The active account."""
        return self._settings.account

    @property
    def preferences(self) -> Preferences:
        return self._settings.preferences

    def locked(self) -> dict[str, str]:
        """What a policy file fixes: dotted path to the file's path."""
        return self._store.locked()

    def token_place(self) -> str:
        """Where tokens are kept, for people; "" where there is no keyring. May wait."""
        return self._vault.place()

    def choose(self, name: str) -> None:
        """Make an account the active one. Raises ``AccountMissing``, ``SettingsFailed``."""
        if name not in {account.name for account in self._settings.accounts}:
            raise AccountMissing("account_unknown", name)
        self._change(lambda settings: replace(settings, active=name))

    def save_account(
        self,
        account: Account,
        *,
        replacing: str = "",
        token: Token | None = None,
        proxy_password: str | None = None,
    ) -> bool:
        """Add an account, or put it in the place of ``replacing``; the first becomes active. ``None`` leaves a secret
        as it is. Returns whether the token is in the keyring (False: in memory for this session). Raises
        ``InputRefused``, ``TokenUnavailable``, ``SettingsFailed``."""
        self._check_name(account.name, replacing)
        kept = True
        if token is not None:
            kept = self._vault.set(account, token)
        if proxy_password is not None:
            self._vault.set_proxy_password(account, proxy_password)
        self._change(lambda settings: _with_account(settings, account, replacing))
        return kept

    def remove_account(self, name: str) -> None:
        """Forget an account and its token. Raises ``AccountMissing``, ``TokenUnavailable``, ``SettingsFailed``."""
        account = next((a for a in self._settings.accounts if a.name == name), None)
        if account is None:
            raise AccountMissing("account_unknown", name)
        if not any(other.key == account.key for other in self._settings.accounts if other.name != name):
            self._vault.remove(account)
        self._change(
            lambda settings: replace(
                settings, accounts=tuple(a for a in settings.accounts if a.name != name), active=_other(settings, name)
            )
        )

    def set_preferences(self, preferences: Preferences) -> None:
        """Raises ``SettingsFailed``."""
        self._change(lambda settings: replace(settings, preferences=preferences))

    async def test(self, account: Account, token: Token | None) -> None:
        """Try an account without placing a call (net thread). ``None`` takes the stored token. Raises what
        ``Pbx.test`` raises, and ``TokenUnavailable``."""
        from basix_desktop.services.daemon import in_daemon_thread

        if token is None:
            token = await in_daemon_thread(lambda: self._vault.get(account))
        await self._pbx.test(account, token)

    def _check_name(self, name: str, replacing: str) -> None:
        if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
            raise InputRefused("account_name_invalid", "name")
        if name != replacing and name in {account.name for account in self._settings.accounts}:
            raise InputRefused("account_name_taken", "name")

    def _change(self, change: Callable[[Settings], Settings]) -> None:
        with self._lock:
            changed = change(self._settings)
            self._store.save(changed)
            self._settings = self._store.load()  # what a policy fixes stays as it is
        for listener in list(self.listeners):
            listener()


def _with_account(settings: Settings, account: Account, replacing: str) -> Settings:
    names = [a.name for a in settings.accounts]
    accounts = list(settings.accounts)
    if replacing in names:
        accounts[names.index(replacing)] = account
    else:
        accounts.append(account)
    active = account.name if settings.active in ("", replacing) else settings.active
    return replace(settings, accounts=tuple(accounts), active=active)


def _other(settings: Settings, name: str) -> str:
    if settings.active != name:
        return settings.active
    return next((a.name for a in settings.accounts if a.name != name), "")
