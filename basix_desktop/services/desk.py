"""The accounts and preferences in use: which one is active, changing them, testing them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from basix_desktop.domain.accounts import Account, Preferences, ProxyMode, Settings, Token
from basix_desktop.domain.errors import (
    AccountMissing,
    AccountTestFailed,
    InputRefused,
    SettingsFailed,
    TokenUnavailable,
)
from basix_desktop.services.ports import Pbx, SettingsStore, Vault

_LONGEST_NAME = 64
#: A keyring that works, or none at all, has nothing under that name.
_NOTHING_THERE = frozenset({"token_missing", "keyring_absent"})


@dataclass(frozen=True, slots=True)
class Saved:
    """``in_keyring``: the token outlives the program; else it is in memory for this session. ``left_behind`` is why the
    keyring still holds the token that the account had under its former domain or server, which nobody needs."""

    in_keyring: bool
    left_behind: TokenUnavailable | None = None


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
    ) -> Saved:
        """Add an account, or put it in the place of ``replacing``; the first becomes active. ``None`` leaves a secret
        as it is: with another domain it moves along, but never to another server than the one it was stored for. The
        former one is removed from the keyring once the new one is there. Raises ``InputRefused``, ``TokenUnavailable``,
        ``SettingsFailed``; then the former account is as it was."""
        self._check_name(account.name, replacing)
        former = self._former(account, replacing)
        if former is not None:
            token = token or self._carried(account, former)
            if proxy_password is None:
                proxy_password = self._carried_password(account, former)
        kept = True
        if token is not None:
            kept = self._vault.set(account, token)
        if proxy_password is not None:
            self._vault.set_proxy_password(account, proxy_password)
        try:
            self._change(lambda settings: _with_account(settings, account, replacing))
        except SettingsFailed:
            self._forget(account)  # nobody would see it there
            raise
        left = self._forget(former) if former is not None and kept else None
        return Saved(kept, left)

    def remove_account(self, name: str) -> None:
        """Forget an account and its token. Raises ``AccountMissing``, ``TokenUnavailable`` (the account stays, since
        nobody would see any more that its token does), ``SettingsFailed``."""
        account = next((a for a in self._settings.accounts if a.name == name), None)
        if account is None:
            raise AccountMissing("account_unknown", name)
        if source := self._store.locked().get(f"accounts.{name}"):
            raise SettingsFailed("fixed_by_policy", f"accounts.{name}: {source}")  # before its token is gone
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

    async def test(self, account: Account, token: Token | None, replacing: str = "") -> None:
        """Try an account without placing a call (net thread). ``None`` takes the stored token, as :meth:`save_account`
        would; where the PBX refuses it the keyring is asked afresh, since another program may have put a new one there.
        Raises what ``Pbx.test`` raises, ``InputRefused``, and ``TokenUnavailable``."""
        from basix_desktop.services.daemon import in_daemon_thread

        if token is not None:
            await self._pbx.test(account, token)
            return
        stored = await in_daemon_thread(lambda: self._stored(account, replacing))
        try:
            await self._pbx.test(account, stored)
        except AccountTestFailed as error:
            if error.id != "token_refused":
                raise
            fresh = await in_daemon_thread(lambda: self._stored(account, replacing, refused=stored))
            if fresh == stored:
                raise
            await self._pbx.test(account, fresh)

    def _stored(self, account: Account, replacing: str, refused: Token | None = None) -> Token:
        former = self._former(account, replacing)
        if refused is not None:
            self._vault.doubt(account, refused)
            if former is not None:
                self._vault.doubt(former, refused)
        carried = self._carried(account, former) if former is not None else None
        return carried or self._vault.get(account)

    def _former(self, account: Account, replacing: str) -> Account | None:
        """The account of that name, if its token is kept under another domain or server."""
        former = next((a for a in self._settings.accounts if replacing and a.name == replacing), None)
        return former if former is not None and former.key != account.key else None

    def _carried(self, account: Account, former: Account) -> Token | None:
        """The token that moves along; None where there is one for the new place already, or none at all."""
        try:
            self._vault.get(account)
        except TokenUnavailable as error:
            if error.id not in _NOTHING_THERE:
                raise
        else:
            return None
        if account.key[0] != former.key[0]:
            raise InputRefused("token_for_other_server", "token")
        try:
            return self._vault.get(former)
        except TokenUnavailable as error:
            if error.id not in _NOTHING_THERE:
                raise
            return None

    def _carried_password(self, account: Account, former: Account) -> str | None:
        same = account.proxy == former.proxy and account.proxy.mode is ProxyMode.CUSTOM
        return (self._vault.proxy_password(former) or None) if same else None

    def _forget(self, former: Account) -> TokenUnavailable | None:
        """Remove what is kept for a domain and server, if no account has them; why it could not be."""
        if any(account.key == former.key for account in self._settings.accounts):
            return None
        try:
            self._vault.remove(former)
        except TokenUnavailable as error:
            return error
        return None

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
