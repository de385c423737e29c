"""What of the feed needs no server."""

import subprocess
import sys

import pytest

from basix_desktop.cti.connection_address import Address, feed_url
from basix_desktop.net.proxy import Proxy


@pytest.mark.parametrize(
    ("server", "url"),
    [
        ("https://bcs.brastel.com/basix/api", "wss://bcs.brastel.com/basix/api/ws_cti"),
        ("https://pbx.example:8443/api", "wss://pbx.example:8443/api/ws_cti"),
        ("https://[2001:db8::1]", "wss://[2001:db8::1]/ws_cti"),
        ("http://127.0.0.1:5000/basix/api", "ws://127.0.0.1:5000/basix/api/ws_cti"),
    ],
)
def test_the_feed_is_beside_the_other_methods(server: str, url: str) -> None:
    assert feed_url(server, "basix-desktop", False) == f"{url}?app_name=basix-desktop&full_events=true"
    assert feed_url(server, "a b&c", True) == f"{url}?app_name=a+b%26c&full_events=true&forced=true"
    assert feed_url(server, "a", False, "helen") == f"{url}?app_name=a&user_name=helen"
    assert feed_url(server, "a", True, "健 & co") == f"{url}?app_name=a&user_name=%E5%81%A5+%26+co&forced=true"


def test_an_address_shows_no_secret() -> None:
    shown = repr(Address("wss://x", "domain", "CANARY", proxy=Proxy("http://p:1", "user", "CANARY")))
    assert "CANARY" not in shown


def test_the_library_is_not_imported_before_the_first_connection() -> None:
    code = "import sys, basix_desktop.cti.feed; sys.exit('websockets' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
