"""Accounts and preferences: what the settings file holds. Never the API token."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DEFAULT_SERVER = "https://bcs.brastel.com/basix/api"
#: Seconds the PBX waits for the target when ``answer_timeout`` is not sent (basix-api.md 1.1).
DEFAULT_ANSWER_TIMEOUT = 180


class DialFormat(StrEnum):
    """How an outside number is written in ``called_number``."""

    NATIONAL = "national"  # as in the PBX's own examples: 0312341234; abroad 010 + country code
    E164 = "e164"


class ProxyMode(StrEnum):
    SYSTEM = "system"
    NONE = "none"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class ProxySetting:
    """How to reach the server. The proxy's password is in the keyring, never here."""

    mode: ProxyMode = ProxyMode.SYSTEM
    url: str = ""
    user: str = ""


@dataclass(frozen=True, slots=True)
class CallbackListener:
    """Whether the program itself receives the PBX's results (basix-api.md 1.2). ``address`` and ``port`` are where it
    listens on this computer, over plain HTTP; ``public_url`` is the http or https address that reaches it from the PBX,
    without a final slash."""

    enabled: bool = False
    address: str = "127.0.0.1"
    port: int = 0  # 1 to 65535 where enabled
    public_url: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A domain on a PBX server and how this company writes its numbers."""

    name: str
    domain: str
    server: str = DEFAULT_SERVER
    home_region: str = "JP"
    dial_format: DialFormat = DialFormat.NATIONAL
    calling_numbers: tuple[str, ...] = ()
    default_calling_number: str = ""
    answer_timeout: int = DEFAULT_ANSWER_TIMEOUT
    callback_url: str = ""
    proxy: ProxySetting = ProxySetting()
    listener: CallbackListener = CallbackListener()
    feed_user: str = ""  # whose events the live feed follows, by the PBX's name of the user; "" is the whole PBX
    demo: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What "in flight", favourites and recent calls belong to: (server, domain), whatever the account is called.
        The demo's port changes from start to start, so its server is just "demo"."""
        if self.demo:
            return ("demo", self.domain)
        return (self.server.rstrip("/"), self.domain)

    @property
    def feed(self) -> tuple[str, str, str]:
        """What its live feed tells of."""
        return (*self.key, self.feed_user)

    @property
    def way(self) -> tuple[str, ProxySetting]:
        """How its live feed is reached."""
        return (self.server, self.proxy)


class Token:
    """The API token in memory. It has no readable form but :meth:`reveal`, so that no log or traceback holds it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "Token(***)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Token) and other._value == self._value

    def __hash__(self) -> int:
        return hash(Token)

    def __reduce__(self) -> str:
        raise TypeError("a token is not pickled")


#: The largest of the two limits below that a settings file may hold.
MOST_PER_MINUTE, MOST_PER_HOUR = 10_000, 100_000


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the user may set for the whole program."""

    language: str = ""  # "" follows the system; "en", "ja"
    allow_premium: bool = False
    calls_per_minute: int = 10  # above: one confirmation (reliability.md S14)
    calls_per_hour: int = 120
    show_keypad: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings file, read."""

    accounts: tuple[Account, ...] = ()
    active: str = ""
    preferences: Preferences = Preferences()

    @property
    def account(self) -> Account | None:
        """The active account, or the first, or none."""
        by_name = {account.name: account for account in self.accounts}
        return by_name.get(self.active) or next(iter(self.accounts), None)
