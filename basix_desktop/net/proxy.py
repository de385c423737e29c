"""Which proxy leads to a server: our own reading of the system's settings (reliability.md F, S5).

httpx's own reading ends the program at start-up over one malformed entry; here such an entry is passed over and
reported. A proxy that is named but cannot be used is a ``ProxyProblem`` when calling, never a silent way round it.
Automatic configuration scripts (PAC) are not read.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from basix_desktop.domain.accounts import ProxyMode, ProxySetting
from basix_desktop.domain.errors import InputRefused, ProxyProblem
from basix_desktop.domain.servers import is_loopback, read_proxy_url

_NAME = re.compile(r"\.?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\Z")


@dataclass(frozen=True, slots=True)
class Proxy:
    """An HTTP proxy: address without credentials, and its sign-in."""

    url: str
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Bypass:
    """The entries of ``NO_PROXY`` that could be read. ``ignored`` are those that could not."""

    everything: bool = False
    names: tuple[tuple[str, int | None], ...] = ()  # (suffix without its dot, port)
    networks: tuple[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, int | None], ...] = ()
    simple_names: bool = False  # Windows' <local>: names without a dot
    patterns: tuple[str, ...] = ()  # Windows' and macOS' wildcards, as regular expressions
    ignored: tuple[str, ...] = ()

    def covers(self, host: str, port: int) -> bool:
        """Whether a server is reached without a proxy."""
        host = host.strip("[]").lower().removesuffix(".")
        if self.everything or is_loopback(host) or (self.simple_names and "." not in host and ":" not in host):
            return True
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return self._covers_name(host, port)
        return any(address in network and wanted in (None, port) for network, wanted in self.networks) or any(
            re.fullmatch(pattern, host) for pattern in self.patterns
        )

    def _covers_name(self, host: str, port: int) -> bool:
        named = any(
            (host == name or host.endswith(f".{name}")) and wanted in (None, port) for name, wanted in self.names
        )
        return named or any(re.fullmatch(pattern, host) for pattern in self.patterns)


@dataclass(frozen=True, slots=True)
class SystemProxy:
    """The system's proxy for ``https``: its address as found ("" for none), and what is reached without it."""

    url: str = field(default="", repr=False)  # may hold credentials
    bypass: Bypass = field(default_factory=Bypass)

    @property
    def problems(self) -> tuple[str, ...]:
        """What was found malformed, credentials masked: for the log and ``doctor``."""
        found = [f"NO_PROXY: {entry}" for entry in self.bypass.ignored]
        if self.url:
            try:
                parse_proxy(self.url)
            except ProxyProblem as problem:
                found.append(f"proxy: {problem.detail}")
        return tuple(found)


def choose(server: str, setting: ProxySetting, password: str, system: SystemProxy) -> Proxy | None:
    """The proxy for ``server`` (an address that ``read_server_url`` returned), or None to connect directly. Loopback
    never goes through a proxy. Raises ``ProxyProblem("proxy_unusable")``."""
    parts = urlsplit(server)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    if setting.mode is ProxyMode.NONE or is_loopback(host):
        return None
    if setting.mode is ProxyMode.CUSTOM:
        try:
            return Proxy(read_proxy_url(setting.url), setting.user, password if setting.user else "")
        except InputRefused:
            raise ProxyProblem("proxy_unusable", masked(setting.url)) from None
    if not system.url or system.bypass.covers(host, port):
        return None
    return parse_proxy(system.url)


def parse_proxy(text: str) -> Proxy:
    """A proxy's address as environments hold it, with or without scheme and credentials. Raises
    ``ProxyProblem("proxy_unusable")`` with the credentials masked, also for SOCKS and other kinds."""
    text = text.strip()
    bare = text if "://" in text else f"http://{text}"
    scheme, _, rest = bare.partition("://")
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    credentials, _, address = authority.rpartition("@")
    user, _, password = credentials.partition(":")
    try:
        return Proxy(read_proxy_url(f"{scheme.lower()}://{address}"), unquote(user), unquote(password))
    except InputRefused:
        raise ProxyProblem("proxy_unusable", masked(text)) from None


def masked(text: str) -> str:
    """An address fit to be shown: whatever stands before its last ``@`` is left out, control characters too."""
    scheme, separator, rest = text.strip().partition("://")
    if not separator:
        scheme, rest = "", scheme
    shown = f"***@{rest.rpartition('@')[2]}" if "@" in rest else rest
    return "".join(c if c.isprintable() else "?" for c in f"{scheme}{separator}{shown}")[:200]


def read_bypass(text: str) -> Bypass:
    """``NO_PROXY``: names (a leading dot or ``*.`` makes no difference), addresses, networks, each with an optional
    port, between commas or spaces; ``*`` is everything. Malformed entries are passed over and named."""
    names: list[tuple[str, int | None]] = []
    networks: list[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, int | None]] = []
    ignored: list[str] = []
    everything = False
    for entry in re.split(r"[,\s]+", text.strip()):
        if entry == "*":
            everything = True
        elif entry:
            try:
                read = _read_entry(entry.lower())
            except ValueError:
                ignored.append(masked(entry))
                continue
            if isinstance(read[0], str):
                names.append((read[0], read[1]))
            else:
                networks.append((read[0], read[1]))
    return Bypass(everything, tuple(names), tuple(networks), ignored=tuple(ignored))


def _read_entry(entry: str) -> tuple[str | ipaddress.IPv4Network | ipaddress.IPv6Network, int | None]:
    host, port = _split_port(entry)
    try:
        return ipaddress.ip_network(host.replace("[", "").replace("]", ""), strict=False), port
    except ValueError:
        name = host.removeprefix("*").removeprefix(".").removesuffix(".")
        looks_numeric = "/" in host or re.fullmatch(r"[0-9.]+", name)
        if looks_numeric or not name.isascii() or not _NAME.match(name):
            raise
        return name, port


def _split_port(entry: str) -> tuple[str, int | None]:
    """``host:port`` apart; a bare IPv6 address has no port."""
    match = re.fullmatch(r"(\[[^\[\]]+\](?:/[0-9]+)?|[^:\[\]]+)(?::([0-9]{1,5}))?", entry)
    if match:
        return match[1], int(match[2]) if match[2] else None
    if entry.count(":") > 1 and "[" not in entry and "]" not in entry:
        return entry, None
    raise ValueError(entry)


def from_environment(environ: Mapping[str, str]) -> SystemProxy:
    """``https_proxy`` before ``all_proxy``, lower case before upper case as curl has it; an empty one is none."""
    found = [environ.get(name, "").strip() for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")]
    bypass = environ.get("no_proxy") or environ.get("NO_PROXY") or ""
    return SystemProxy(next(filter(None, found), ""), read_bypass(bypass))
