"""What Windows and macOS keep about proxies, read through stand-ins for their own modules."""

from __future__ import annotations

import contextlib
import sys
import types
import urllib.request
from collections.abc import Iterator

import pytest

from basix_desktop.net.system_proxy import read_system_proxy

PROXIES = {"http": "http://plain.example:80", "https": "http://office.example:8080"}


@pytest.fixture(autouse=True)
def _proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(urllib.request, "getproxies", lambda: PROXIES)


def on_windows(monkeypatch: pytest.MonkeyPatch, override: str | None) -> None:
    @contextlib.contextmanager
    def open_key(root: str, path: str) -> Iterator[str]:
        assert (root, path.rpartition("\\")[2]) == ("HKCU", "Internet Settings")
        yield "key"

    def query(key: str, name: str) -> tuple[str, int]:
        assert (key, name) == ("key", "ProxyOverride")
        if override is None:
            raise FileNotFoundError
        return override, 1

    registry = types.ModuleType("winreg")
    vars(registry).update(HKEY_CURRENT_USER="HKCU", OpenKey=open_key, QueryValueEx=query)
    monkeypatch.setitem(sys.modules, "winreg", registry)
    monkeypatch.setattr(sys, "platform", "win32")


def on_macos(monkeypatch: pytest.MonkeyPatch, settings: dict[str, object]) -> None:
    configuration = types.ModuleType("_scproxy")
    vars(configuration).update(_get_proxy_settings=lambda: settings)
    monkeypatch.setitem(sys.modules, "_scproxy", configuration)
    monkeypatch.setattr(sys, "platform", "darwin")


def test_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    on_windows(monkeypatch, "*.inside.example;10.*;<local>")
    system = read_system_proxy({"NO_PROXY": "also.example"})
    assert system.url == "http://office.example:8080"
    for host in ("pbx.inside.example", "10.1.2.3", "intranet", "also.example"):
        assert system.bypass.covers(host, 443)
    assert not system.bypass.covers("pbx.example.com", 443)


def test_windows_without_exceptions(monkeypatch: pytest.MonkeyPatch) -> None:
    on_windows(monkeypatch, None)
    system = read_system_proxy({})
    assert system.url == "http://office.example:8080"
    assert not system.bypass.covers("pbx.example.com", 443)


def test_macos(monkeypatch: pytest.MonkeyPatch) -> None:
    on_macos(monkeypatch, {"exceptions": ("*.local", None, "10.0.0.0/8"), "exclude_simple": 1})
    system = read_system_proxy({})
    for host in ("pbx.local", "10.1.2.3", "intranet"):
        assert system.bypass.covers(host, 443)
    assert not system.bypass.covers("pbx.example.com", 443)


def test_the_environment_wins_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    on_macos(monkeypatch, {})
    assert read_system_proxy({"https_proxy": "own.example:1"}).url == "own.example:1"


def test_on_linux_there_is_only_the_environment() -> None:
    assert read_system_proxy({}).url == ""


def test_settings_that_cannot_be_read_are_as_if_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> dict[str, str]:
        raise OSError("the registry is locked")

    on_macos(monkeypatch, {})
    monkeypatch.setattr(urllib.request, "getproxies", broken)
    assert read_system_proxy({}).url == ""
