"""What an account's address, domain and token may be."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from basix_desktop.domain.errors import InputRefused
from basix_desktop.domain.servers import (
    MAX_TOKEN,
    is_loopback,
    read_domain,
    read_proxy_url,
    read_server_url,
    read_token,
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("https://bcs.brastel.com/basix/api", "https://bcs.brastel.com/basix/api"),
        (" HTTPS://BCS.Brastel.COM/basix/api/ \n", "https://bcs.brastel.com/basix/api"),
        ("https://pbx.example.com:443/Basix", "https://pbx.example.com/Basix"),
        ("https://pbx.example.com:8443", "https://pbx.example.com:8443"),
        ("https://pbx.example.com./api", "https://pbx.example.com/api"),
        ("https://10.1.2.3/api", "https://10.1.2.3/api"),
        ("https://[2001:DB8:0::1]:8443/api", "https://[2001:db8::1]:8443/api"),
        ("https://Bücher.example/api", "https://xn--bcher-kva.example/api"),
        ("http://127.0.0.1:8080/basix/api", "http://127.0.0.1:8080/basix/api"),
        ("http://127.8.9.1/x", "http://127.8.9.1/x"),
        ("http://localhost:80/x", "http://localhost/x"),
        ("http://[::1]:99/x", "http://[::1]:99/x"),
        ("https://pbx.example.com/a%20b/~c", "https://pbx.example.com/a%20b/~c"),
    ],
)
def test_addresses_have_one_spelling(typed: str, stored: str) -> None:
    assert read_server_url(typed) == stored
    assert read_server_url(stored) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "bcs.brastel.com/basix/api",
        "//bcs.brastel.com",
        "https://",
        "https:///basix",
        "https:/pbx.example.com",
        "http://pbx.example.com/basix/api",
        "http://127.0.0.1.example.com/",
        "http://localhost.example.com/",
        "http://0.0.0.0/",
        "http://127.1/",
        "https://0x7f.1/",
        "https://2130706433/",
        "https://256.1.1.1/",
        "ftp://pbx.example.com/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://user:secret@pbx.example.com/",
        "https://user@pbx.example.com/",
        "https://user:secret@pbx\u2100.example/",
        "https://user:secret@[::1/",
        "https://pbx.example.com/?a=b",
        "https://pbx.example.com/?",
        "https://pbx.example.com/#top",
        "https://pbx.example.com/a/../b",
        "https://pbx.example.com//a",
        "https://pbx.example.com/a b",
        "https://pbx.example.com/%zz",
        "https://pbx.example.com/日本",
        "https://pbx.example.com\\@evil.example/",
        "https://pbx.exa\nmple.com/",
        "https://pbx.example.com\x00/",
        "https://pbx.example.com:0/",
        "https://pbx.example.com:65536/",
        "https://pbx.example.com:٤٤٣/",
        "https://pbx.example.com:/",
        "https://pbx.example.com:44a/",
        "https://-pbx.example.com/",
        "https://pbx..example.com/",
        "https://[::1/",
        "https://[::1]x:80/",
        "https://[fe80::1%eth0]/",
        "https://[1.2.3.4]/",
        "https://" + "a" * 64 + ".example/",
        "https://pbx.example.com/" + "a" * 1000,
        "https://pbx\u200b.example.com/",
        "https://xn--/",
        "https://xn--a.xn--99999999999999/",
        "https://" + "電" * 60 + ".example/",
        "https://pbx\u202e.example.com/",
    ],
)
def test_anything_else_is_refused_beside_its_field(typed: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        read_server_url(typed)
    assert (refusal.value.id, refusal.value.field) == ("server_invalid", "server")
    assert "secret" not in str(refusal.value)


@given(st.one_of(st.text(), st.from_regex(r"https?://[a-z0-9.:\[\]@/%?#_\\-]{1,30}", fullmatch=True)))
def test_what_is_accepted_means_the_same_to_the_http_library(text: str) -> None:
    try:
        stored = read_server_url(text)
    except InputRefused:
        return
    url = httpx.URL(stored)
    assert url.scheme == "https" or is_loopback(url.host)
    assert not url.userinfo
    assert not url.query
    assert str(url).rstrip("/") == stored
    assert read_server_url(stored) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("proxy.example:3128", "http://proxy.example:3128"),
        ("http://proxy.example:3128/", "http://proxy.example:3128"),
        ("https://Proxy.example", "https://proxy.example"),
        ("[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_proxy_addresses(typed: str, stored: str) -> None:
    assert read_proxy_url(typed) == stored


@pytest.mark.parametrize("typed", ["", "socks5://p:1", "http://u:p@proxy:1", "http://proxy/pac", "::::", "proxy:port"])
def test_proxy_addresses_refused(typed: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        read_proxy_url(typed)
    assert (refusal.value.id, refusal.value.field) == ("proxy_invalid", "proxy")


@pytest.mark.parametrize("text", ["example", "exämple.jp", "会社", "a" * 255, "x/y"])
def test_domains(text: str) -> None:
    assert read_domain(f"  {text}\n") == text


@pytest.mark.parametrize("text", ["", "  ", "a:b", "a b", "a\tb", "a\x00", "a\u200bb", "a\ud800", "a" * 256])
def test_domains_refused(text: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        read_domain(text)
    assert (refusal.value.id, refusal.value.field) == ("domain_invalid", "domain")


@pytest.mark.parametrize("text", ["t", "tökén:鍵", "a" * MAX_TOKEN, "+/=="])
def test_tokens(text: str) -> None:
    assert read_token(f"{text}\r\n") == text


@pytest.mark.parametrize(
    "text", ["", " \n", "se cret", "se\ncret", "secret\x00", "secret\x7f", "se\ufeffcret", "\ud800", "s" * 1001]
)
def test_tokens_refused_without_quoting_them(text: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        read_token(text)
    assert (refusal.value.id, refusal.value.field) == ("token_invalid", "token")
    assert refusal.value.detail == ""
