"""Our own reading of the system's proxy settings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basix_desktop.domain.accounts import ProxyMode, ProxySetting
from basix_desktop.domain.errors import ProxyProblem
from basix_desktop.net.proxy import (
    Proxy,
    SystemProxy,
    choose,
    from_environment,
    masked,
    parse_proxy,
    read_bypass,
)
from basix_desktop.net.system_proxy import read_system_proxy, read_wildcards

SERVER = "https://pbx.example.com/basix/api"
SYSTEM = ProxySetting()


@pytest.mark.parametrize(
    ("text", "proxy"),
    [
        ("http://p.example:3128", Proxy("http://p.example:3128")),
        ("p.example:3128", Proxy("http://p.example:3128")),
        ("HTTP://P.example:3128/", Proxy("http://p.example:3128")),
        ("https://p.example", Proxy("https://p.example")),
        ("http://[::1]:3128", Proxy("http://[::1]:3128")),
        ("http://u:p%40ss@p.example:3128", Proxy("http://p.example:3128", "u", "p@ss")),
        ("u:p@ss:w@p.example:3128", Proxy("http://p.example:3128", "u", "p@ss:w")),
        ("http://%E5%B1%B1@p.example/", Proxy("http://p.example", "山", "")),
    ],
)
def test_addresses(text: str, proxy: Proxy) -> None:
    assert parse_proxy(text) == proxy


@pytest.mark.parametrize(
    "text", ["socks5://u:canary@p:1", "ftp://u:canary@x", "::::", "http://", "http://u:canary@p:99999", "http://a b"]
)
def test_a_proxy_that_cannot_be_used_is_a_failure_and_keeps_its_secret(text: str) -> None:
    with pytest.raises(ProxyProblem) as problem:
        parse_proxy(text)
    assert problem.value.id == "proxy_unusable"
    assert "canary" not in str(problem.value)


@given(st.text(), st.text(alphabet="canry", min_size=5))
def test_masking_holds_for_any_address(host: str, secret: str) -> None:
    shown = masked(f"http://user:{secret}\x1b@{host.replace('@', '')}")
    assert secret not in shown or secret in host
    assert shown.isprintable()


def test_the_environment_is_read_as_curl_does() -> None:
    both = {"https_proxy": "low:1", "HTTPS_PROXY": "up:2", "ALL_PROXY": "all:3"}
    assert from_environment(both).url == "low:1"
    assert from_environment({"https_proxy": " ", "ALL_PROXY": "all:3"}).url == "all:3"
    assert from_environment({"HTTP_PROXY": "plain:1", "http_proxy": "plain:1"}).url == ""
    assert read_system_proxy({"HTTPS_PROXY": "up:2", "NO_PROXY": "*"}).bypass.everything


@pytest.mark.parametrize(
    ("no_proxy", "host", "port", "covered"),
    [
        ("example.com", "pbx.example.com", 443, True),
        (".example.com", "pbx.example.com", 443, True),
        ("*.example.com", "pbx.example.com", 443, True),
        (".example.com", "example.com", 443, True),
        ("EXAMPLE.com", "PBX.Example.COM.", 443, True),
        ("ample.com", "pbx.example.com", 443, False),
        ("pbx.example.com:8443", "pbx.example.com", 443, False),
        ("pbx.example.com:443", "pbx.example.com", 443, True),
        ("other, ,pbx.example.com", "pbx.example.com", 443, True),
        ("other pbx.example.com", "pbx.example.com", 443, True),
        ("10.0.0.0/8", "10.20.30.40", 443, True),
        ("10.0.0.0/8", "11.20.30.40", 443, False),
        ("10.1.2.3/8", "10.20.30.40", 443, True),
        ("10.0.0.1", "10.0.0.1", 443, True),
        ("10.0.0.1:80", "10.0.0.1", 443, False),
        ("2001:db8::/32", "[2001:db8::7]", 443, True),
        ("[2001:db8::7]:443", "[2001:db8::7]", 443, True),
        ("2001:db8::7", "[2001:db8::8]", 443, False),
        ("*", "anything.example", 443, True),
        ("", "127.0.0.1", 443, True),
        ("", "localhost", 443, True),
        ("", "[::1]", 443, True),
        ("", "pbx.example.com", 443, False),
    ],
)
def test_no_proxy(no_proxy: str, host: str, port: int, covered: bool) -> None:
    bypass = read_bypass(no_proxy)
    assert bypass.covers(host, port) is covered
    assert bypass.ignored == ()


@pytest.mark.parametrize(
    "entry", ["[::1", "::1]", "1.2.3.4/99", ":::", "1.2.3", "a..b", "http://x/y", "a:b:c", "host:port", "-x", "%%"]
)
def test_a_malformed_entry_is_passed_over_and_named(entry: str) -> None:
    bypass = read_bypass(f"{entry},good.example")
    assert bypass.ignored == (entry,)
    assert bypass.covers("good.example", 443)
    assert SystemProxy("", bypass).problems == (f"NO_PROXY: {entry}",)


@given(st.text())
def test_no_environment_raises(text: str) -> None:
    system = from_environment({"HTTPS_PROXY": text, "NO_PROXY": text})
    assert isinstance(system.problems, tuple)
    system.bypass.covers("pbx.example.com", 443)


def test_an_unusable_proxy_is_reported_masked() -> None:
    (problem,) = from_environment({"HTTPS_PROXY": "socks5://user:canary@p:1"}).problems
    assert "socks5" in problem
    assert "canary" not in problem


def test_whose_proxy_is_taken() -> None:
    system = from_environment({"HTTPS_PROXY": "sys.example:1", "NO_PROXY": "inside.example"})
    custom = ProxySetting(ProxyMode.CUSTOM, "own.example:2", "user")
    assert choose(SERVER, SYSTEM, "", system) == Proxy("http://sys.example:1")
    assert choose("https://pbx.inside.example/x", SYSTEM, "", system) is None
    assert choose(SERVER, ProxySetting(ProxyMode.NONE), "", system) is None
    assert choose(SERVER, custom, "pw", system) == Proxy("http://own.example:2", "user", "pw")
    assert choose("http://127.0.0.1:1/x", custom, "pw", system) is None
    assert choose(SERVER, SYSTEM, "", SystemProxy()) is None


def test_a_custom_proxy_that_cannot_be_used_is_a_failure() -> None:
    with pytest.raises(ProxyProblem) as problem:
        choose(SERVER, ProxySetting(ProxyMode.CUSTOM, "http://u:canary@own:2"), "", SystemProxy())
    assert problem.value.id == "proxy_unusable"
    assert "canary" not in str(problem.value)


def test_a_proxy_shows_no_password() -> None:
    assert "canary" not in repr(Proxy("http://p:1", "u", "canary"))
    assert "canary" not in repr(from_environment({"HTTPS_PROXY": "http://u:canary@p:1"}))


@pytest.mark.parametrize(
    ("entries", "host", "covered"),
    [
        (["*.example.com"], "pbx.example.com", True),
        (["10.*"], "10.1.2.3", True),
        (["10.*"], "11.1.2.3", False),
        (["pbx*.example.com"], "pbx3.example.com", True),
        (["p?x.example.com"], "pbx.example.com", True),
        (["https://pbx*.example.com"], "pbx1.example.com", True),
        (["<local>"], "intranet", True),
        (["<local>"], "pbx.example.com", False),
        (["169.254/16", "10.0.0.0/8"], "10.9.9.9", True),
        (["(x"], "pbx.example.com", False),
    ],
)
def test_the_lists_of_windows_and_macos(entries: list[str], host: str, covered: bool) -> None:
    assert read_wildcards(entries).covers(host, 443) is covered
