"""API tokens and proxy passwords: in the operating system's keyring, or in memory for this session. Never a file."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Protocol, TypeVar

from basix_desktop.credentials.backends import Backend, find_backend, place_of
from basix_desktop.credentials.failures import token_unavailable
from basix_desktop.credentials.worker import PatientWorker
from basix_desktop.domain.accounts import Account, Token
from basix_desktop.domain.errors import TokenUnavailable

T = TypeVar("T")

SERVICE: Final = "basix-desktop"
PROXY_SERVICE: Final = "basix-desktop-proxy"
#: Seconds that any call may take (reliability.md H6): a little less than an attempt has until the gate, so that the
#: keyring is named and not the network.
BUDGET: Final = 14.0
#: The Secret Service may hold several items of the same name; removing takes one at a time.
MAX_COPIES: Final = 8


class Markers(Protocol):
    """Remembers which keyring holds an entry, so that its absence in another one can be explained (reliability.md
    H12)."""

    def get(self, entry: str) -> str: ...
    def put(self, entry: str, place: str) -> None:
        """An empty ``place`` forgets the entry. Does not raise: a marker is a help, not a condition."""
        ...


class NoMarkers:
    """Remembers nothing."""

    def get(self, entry: str) -> str:
        return ""

    def put(self, entry: str, place: str) -> None:
        return None


def entry_name(account: Account) -> str:
    """The user name in the keyring: ``DOMAIN@SERVER``. It outlives renaming the account, and two accounts for the same
    domain on the same server share their token."""
    server, domain = account.key
    return f"{domain}@{server}"


class KeyringVault:
    """Fills ``services.ports.Vault``. Any thread but the one that paints; every call ends within ``budget`` seconds.

    What was read or written once is kept in memory until the process ends (reliability.md H8). ``on_secret`` is told
    every secret before it can reach anything else, for whatever removes secrets from logs.
    """

    def __init__(
        self,
        *,
        markers: Markers | None = None,
        budget: float = BUDGET,
        find: Callable[[], Backend] = find_backend,
        name_place: Callable[[Backend], str] = place_of,
        on_secret: Callable[[str], None] | None = None,
    ) -> None:
        self._markers = markers or NoMarkers()
        self._worker = PatientWorker(budget)
        self._find = find
        self._name_place = name_place
        self._on_secret = on_secret or (lambda _secret: None)
        self._guard = threading.Lock()
        self._cache: dict[tuple[str, str], Token] = {}
        self._doubted: set[tuple[str, str]] = set()
        self._ages: dict[tuple[str, str], int] = {}  # counts changes, so that a late result is not taken for a new one

    def get(self, account: Account) -> Token:
        """Raises ``TokenUnavailable``: "token_missing" where the keyring works but has none for this account (its
        detail names the keyring it was once saved in, if that was another one), "keyring_locked", "keyring_absent",
        "keyring_timeout", "keyring_failed"."""
        return self._get((SERVICE, entry_name(account)))

    def known(self, account: Account) -> Token | None:
        """What was read or written once."""
        entry = (SERVICE, entry_name(account))
        with self._guard:
            return None if entry in self._doubted else self._cache.get(entry)

    def set(self, account: Account, token: Token, *, session_only: bool = False) -> bool:
        """True: in the keyring, read back and equal. False: in memory only, because that was asked for, because there
        is no trusted keyring, or because it did not give back what it was given. Raises ``TokenUnavailable``
        ("keyring_locked", "keyring_timeout", "keyring_failed") with the earlier token still in use."""
        return self._set((SERVICE, entry_name(account)), token, session_only)

    def remove(self, account: Account) -> None:
        """Forget token and proxy password. Raises ``TokenUnavailable`` if the keyring may still hold one of them; its
        detail says where (reliability.md H14)."""
        entries = [(service, entry_name(account)) for service in (SERVICE, PROXY_SERVICE)]
        for entry in entries:
            self._change(entry, None)
        self._run(lambda: self._delete_each(entries))

    def doubt(self, account: Account, token: Token) -> None:
        """See the port."""
        entry = (SERVICE, entry_name(account))
        with self._guard:
            if self._cache.get(entry) == token:
                self._doubted.add(entry)

    def proxy_password(self, account: Account) -> str:
        """ "" if there is none. Raises ``TokenUnavailable`` if the keyring is locked, slow or broken."""
        try:
            return self._get((PROXY_SERVICE, entry_name(account))).reveal()
        except TokenUnavailable as error:
            if error.id in ("token_missing", "keyring_absent"):
                return ""
            raise

    def set_proxy_password(self, account: Account, password: str) -> None:
        """An empty one is removed. Where there is no keyring it is kept for this session. Raises as :meth:`set`."""
        entry = (PROXY_SERVICE, entry_name(account))
        if password:
            self._set(entry, Token(password), session_only=False)
        else:
            self._change(entry, None)
            self._run(lambda: self._delete(entry))

    def place(self) -> str:
        """ "GNOME Keyring", "KWallet", "macOS Keychain" …; "" where there is none or it does not answer in time."""
        try:
            return self._run(lambda: self._name_place(self._find()))
        except TokenUnavailable:
            return ""

    def _get(self, entry: tuple[str, str]) -> Token:
        with self._guard:
            cached, age = self._cache.get(entry), self._ages.get(entry, 0)
            doubted = entry in self._doubted
        if cached and not doubted:
            return cached
        try:
            return self._run(lambda: self._read(entry, age))
        except TokenUnavailable:
            if cached:
                return cached
            raise

    def _set(self, entry: tuple[str, str], token: Token, session_only: bool) -> bool:
        self._on_secret(token.reveal())
        if session_only:
            self._change(entry, token)
            return False
        with self._guard:
            age = self._ages[entry] = self._ages.get(entry, 0) + 1
        return self._run(lambda: self._write(entry, token, age))

    def _change(self, entry: tuple[str, str], token: Token | None) -> None:
        with self._guard:
            self._ages[entry] = self._ages.get(entry, 0) + 1
            self._doubted.discard(entry)
            if token is None:
                self._cache.pop(entry, None)
            else:
                self._cache[entry] = token

    def _remember(self, entry: tuple[str, str], token: Token, age: int) -> None:
        with self._guard:
            if self._ages.get(entry, 0) == age:
                self._cache[entry] = token
                self._doubted.discard(entry)

    def _run(self, fn: Callable[[], T]) -> T:
        def translated() -> T:
            try:
                return fn()
            except TokenUnavailable:
                raise
            except Exception as error:
                raise token_unavailable(error) from None  # the original may hold the secret in its text

        return self._worker.run(translated)

    # Below: on the worker's thread.

    def _read(self, entry: tuple[str, str], age: int) -> Token:
        with self._guard:
            cached = self._cache.get(entry)
            if cached and entry not in self._doubted:  # an earlier call was answered while this one waited its turn
                return cached
        backend = self._find_saved(entry)
        try:
            value = backend.get_password(*entry) or ""
        except UnicodeError:  # altered by something else (reliability.md H13)
            value = ""
        if not usable(value):
            raise TokenUnavailable("token_missing", self._elsewhere(entry, backend))
        self._on_secret(value)
        token = Token(value)
        self._remember(entry, token, age)
        return token

    def _find_saved(self, entry: tuple[str, str]) -> Backend:
        try:
            return self._find()
        except TokenUnavailable as error:
            saved = self._markers.get(marker_name(entry))
            raise TokenUnavailable(error.id, f"saved in {saved}; {error.detail}" if saved else error.detail) from None

    def _elsewhere(self, entry: tuple[str, str], backend: Backend) -> str:
        saved, here = self._markers.get(marker_name(entry)), self._name_place(backend)
        return f"saved in {saved}, looked in {here}" if saved and saved != here else f"looked in {here}"

    def _write(self, entry: tuple[str, str], token: Token, age: int) -> bool:
        try:
            backend = self._find()
        except TokenUnavailable as error:
            if error.id != "keyring_absent":
                raise
            self._remember(entry, token, age)
            return False
        backend.set_password(*entry, token.reveal())
        kept = backend.get_password(*entry)
        self._remember(entry, token, age)
        if kept != token.reveal():
            _discard(backend, entry, kept)
            return False
        self._markers.put(marker_name(entry), self._name_place(backend))
        return True

    def _delete_each(self, entries: list[tuple[str, str]]) -> None:
        """All of them, even if one fails; then the first failure."""
        failures: list[TokenUnavailable] = []
        for entry in entries:
            try:
                self._delete(entry)
            except TokenUnavailable as error:
                failures.append(error)
        if failures:
            raise failures[0]

    def _delete(self, entry: tuple[str, str]) -> None:
        saved = self._markers.get(marker_name(entry))
        try:
            backend = self._find()
        except TokenUnavailable as error:
            if error.id == "keyring_absent" and not saved:
                return  # there never was a keyring to hold it
            raise TokenUnavailable(error.id, f"it remains in {saved}") from None
        try:
            gone = _delete_all(backend, entry)
        except Exception as error:
            raise TokenUnavailable(token_unavailable(error).id, self._remains(backend)) from None
        if not gone:
            raise TokenUnavailable("keyring_failed", self._remains(backend))
        self._markers.put(marker_name(entry), "")

    def _remains(self, backend: Backend) -> str:
        return f"it remains in {self._name_place(backend)}"


def _delete_all(backend: Backend, entry: tuple[str, str]) -> bool:
    for _ in range(MAX_COPIES):
        if backend.get_password(*entry) is None:
            return True
        backend.delete_password(*entry)
    return False


def _discard(backend: Backend, entry: tuple[str, str], kept: str | None) -> None:
    """Remove what a keyring made of a token: a mutilated one would be refused at the next start."""
    if kept is not None:
        with suppress(Exception):
            backend.delete_password(*entry)


def marker_name(entry: tuple[str, str]) -> str:
    return f"{entry[0]} {entry[1]}"


def usable(secret: str) -> bool:
    """Whether it can be a token or password at all; what is not was altered by something else."""
    return bool(secret) and not any(unicodedata.category(char) in ("Cc", "Cs") for char in secret)
