"""The proxy that the operating system has set: the environment first, then what Windows or macOS keeps."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import urllib.request
from collections.abc import Iterable, Mapping
from dataclasses import replace

from basix_desktop.net.proxy import Bypass, SystemProxy, from_environment, read_bypass


def read_system_proxy(environ: Mapping[str, str] | None = None) -> SystemProxy:
    """The proxy in force now. Reads the environment, the registry or the system configuration: no network, some
    milliseconds at most. Never raises: what cannot be read is as if it were not set."""
    found = from_environment(os.environ if environ is None else environ)
    return found if found.url else _with_platform(found)


def _with_platform(found: SystemProxy) -> SystemProxy:
    if sys.platform == "win32" or sys.platform == "darwin":
        with contextlib.suppress(OSError, ValueError):
            url = urllib.request.getproxies().get("https", "")
            found = SystemProxy(url, _join(found.bypass, read_wildcards(_platform_exceptions())))
    return found


def read_wildcards(entries: Iterable[str]) -> Bypass:
    """Windows' and macOS' lists of exceptions: shell wildcards, networks, and ``<local>`` for names without a dot."""
    entries = [entry.strip().lower() for entry in entries if entry.strip()]
    wild = [entry for entry in entries if "*" in entry.removeprefix("*.") or "?" in entry]
    plain = [entry for entry in entries if entry not in wild and entry not in ("<local>", "<-loopback>")]
    patterns = tuple(_pattern(entry) for entry in wild)
    return replace(read_bypass(",".join(plain)), patterns=patterns, simple_names="<local>" in entries)


def _pattern(entry: str) -> str:
    """A wildcard as a regular expression over the host; an address may be written with its scheme."""
    host = entry.rpartition("://")[2]
    return re.escape(host).replace(r"\*", ".*").replace(r"\?", ".")


def _join(one: Bypass, other: Bypass) -> Bypass:
    return replace(
        other,
        everything=one.everything or other.everything,
        names=one.names + other.names,
        networks=one.networks + other.networks,
        ignored=one.ignored + other.ignored,
    )


def _platform_exceptions() -> list[str]:
    """urllib's own ``proxy_bypass`` looks names up, which may block for half a minute; the lists are read here."""
    entries: list[str] = []
    if sys.platform == "win32":
        import winreg

        path = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"
        with contextlib.suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, path) as key:
            entries = str(winreg.QueryValueEx(key, "ProxyOverride")[0]).split(";")
    elif sys.platform == "darwin":
        from _scproxy import _get_proxy_settings  # type: ignore[import-not-found]

        settings = _get_proxy_settings()
        entries = [str(entry) for entry in settings.get("exceptions", ()) if entry]
        if settings.get("exclude_simple"):
            entries.append("<local>")
    return entries
