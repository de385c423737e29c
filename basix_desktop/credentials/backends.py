"""Which keyring of the operating system may hold a token.

Only four are trusted, by their exact class: the null back end loses what it is given without a word, and others write
plain files (reliability.md H2, H3). Nothing but these modules is ever imported, whatever the environment names (H4).
"""

from __future__ import annotations

import configparser
import importlib
import os
from contextlib import closing
from pathlib import Path
from typing import Any, Final, Protocol, cast

from basix_desktop.domain.errors import TokenUnavailable

LINUX_SERVICE: Final = "keyring.backends.SecretService.Keyring"

#: Class to what people call it. The Secret Service has several providers: see :func:`place_of`.
TRUSTED: Final = {
    LINUX_SERVICE: "Secret Service",
    "keyring.backends.kwallet.DBusKeyring": "KWallet",
    "keyring.backends.macOS.Keyring": "macOS Keychain",
    "keyring.backends.Windows.WinVaultKeyring": "Windows Credential Manager",
}
#: A choice that stands for "several": one of the trusted is used.
CHAINER: Final = "keyring.backends.chainer.ChainerBackend"

#: Beginnings of process names (at most 15 characters on Linux) that provide the Secret Service.
PROVIDERS: Final = {
    "gnome-keyring": "GNOME Keyring",
    "kwalletd": "KWallet",
    "ksecretd": "KWallet",
    "keepassxc": "KeePassXC",
    "oo7-daemon": "oo7",
}


class Backend(Protocol):
    """What is used of a ``keyring`` back end."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


def find_backend() -> Backend:
    """The best trusted keyring that answers now. May wait for D-Bus, and takes 0.1 s or more the first time.

    Raises ``TokenUnavailable`` ("keyring_absent") where there is none, or where the environment or ``keyringrc.cfg``
    chooses one that is not trusted: that choice is respected as "no keyring", not overruled.
    """
    chosen = _chosen()
    if chosen and chosen != CHAINER and chosen not in TRUSTED:
        raise TokenUnavailable("keyring_absent", f"the chosen back end is not trusted: {chosen[:100]}")
    candidates = [chosen] if chosen in TRUSTED else list(TRUSTED)
    found = [(priority, backend) for priority, backend in map(_load, candidates) if backend is not None]
    if not found:
        raise TokenUnavailable("keyring_absent", "no trusted back end answers")
    return max(found, key=lambda pair: pair[0])[1]


def place_of(backend: Backend) -> str:
    """What people call this keyring. May wait for D-Bus."""
    name = _name(type(backend))
    if name == LINUX_SERVICE:
        return _provider() or TRUSTED[name]
    return TRUSTED.get(name, name)


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _chosen() -> str:
    """The class that the environment or keyring's own settings file names, or ""."""
    if name := os.environ.get("PYTHON_KEYRING_BACKEND", "").strip():
        return name
    from keyring.util import platform_

    config = configparser.RawConfigParser()
    try:
        config.read(Path(platform_.config_root()) / "keyringrc.cfg", encoding="utf-8")
        return config.get("backend", "default-keyring", fallback="").strip()
    except (configparser.Error, OSError, UnicodeError):
        return ""


def _load(name: str) -> tuple[float, Backend | None]:
    module, _, kind = name.rpartition(".")
    try:
        found: Any = getattr(importlib.import_module(module), kind)
        return float(found.priority), cast(Backend, found())
    except Exception:  # a back end says that it cannot work here by raising whatever comes to its mind
        return 0.0, None


def _provider() -> str:
    """Who owns the Secret Service on the session bus, by the name of its process."""
    try:
        secretstorage: Any = importlib.import_module("secretstorage")  # there on Linux only, as what keyring needs
        jeepney: Any = importlib.import_module("jeepney")
        with closing(secretstorage.dbus_init()) as connection:
            ask = jeepney.message_bus.GetConnectionUnixProcessID("org.freedesktop.secrets")
            (pid,) = connection.send_and_get_reply(ask).body  # or an error's text, which is no process
        process = Path(f"/proc/{int(pid)}/comm").read_text(encoding="utf-8", errors="replace").strip()
    except Exception:  # a name for people only; "Secret Service" does as well
        return ""
    return next((place for begin, place in PROVIDERS.items() if process.startswith(begin)), "")
