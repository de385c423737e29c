"""The feed's way to the server: TLS, proxies, name look-ups; and a server that is not of our own making."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import logging
import socket
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import trustme
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from basix_desktop.demo.server import DemoPbx
from basix_desktop.domain.accounts import ProxyMode, ProxySetting
from basix_desktop.domain.errors import CertificateProblem, TokenUnavailable
from basix_desktop.domain.feed import Channel, ElementEvent, FeedPhase
from basix_desktop.etf import encode
from basix_desktop.net.http import Http
from tests.helpers import fault_server
from tests.helpers.fault_server import FaultServer
from tests.helpers.feed_probe import CANARY, Probe, quick, run
from tests.helpers.feed_server import FIELDS, FeedServer, live
from tests.unit.demo.client import call

USER, PASSWORD = "proxy", "pröxy p@ss:/CANARY"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def _served(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


def _http(authority: trustme.CA) -> Http:
    return Http(authority.cert_pem.bytes())


def test_tls(authority: trustme.CA) -> None:
    async def main() -> None:
        async with (
            FeedServer(live, context=_served(authority, "localhost")) as server,
            Probe(server.url, http=_http(authority)) as probe,
        ):
            await probe.reach(FeedPhase.LIVE)
            assert probe.feed.send({"cmd": "hangup", "uuid": "u"})
            await server.until(lambda: len(server.peers[0].commands) == 1)

    run(main())


@pytest.mark.parametrize("wrong", ["host", "authority"])
def test_a_certificate_that_is_not_good(authority: trustme.CA, wrong: str) -> None:
    """The token is not sent, and there is no haste."""
    context = _served(authority, "elsewhere.example" if wrong == "host" else "localhost")
    http = _http(authority if wrong == "host" else trustme.CA())

    async def main() -> None:
        async with FeedServer(live, context=context) as server, Probe(server.url, http=http) as probe:
            await probe.reach(FeedPhase.WAITING, "certificate")
            assert server.heads == []
            assert probe.status.retry_in >= 0.1

    run(main())


def test_a_plain_server_where_tls_was_meant(authority: trustme.CA) -> None:
    async def main() -> None:
        async with FeedServer(live) as server:
            url = f"https://localhost:{server.port}/basix/api"
            async with Probe(url, http=_http(authority), timing=quick(open=0.3)) as probe:
                await probe.until(lambda: probe.count(FeedPhase.WAITING, "lost") >= 2)
                assert server.heads == []

    run(main())


@asynccontextmanager
async def _tls_server(authority: trustme.CA) -> Any:
    """A PBX whose name only the proxy knows."""
    async with FeedServer(live, context=_served(authority, "pbx.example")) as server:
        yield server


@pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
@pytest.mark.parametrize("user", ["", USER], ids=["open", "sign-in"])
def test_through_a_proxy(authority: trustme.CA, secure: bool, user: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    heads: list[bytes] = []

    async def main() -> None:
        async with _tls_server(authority) as server:
            lead = fault_server.tunnel(lambda: server.port)

            def proxy_script(connection: fault_server.Connection) -> None:
                if secure:
                    connection.start_tls(_served(authority, "localhost"))
                heads.append(connection.read_head())
                lead(connection)

            with FaultServer(proxy_script) as proxy:
                setting = ProxySetting(
                    ProxyMode.CUSTOM, f"{'https' if secure else 'http'}://localhost:{proxy.port}", user
                )
                probe = Probe(
                    "https://pbx.example/basix/api", http=_http(authority), proxy=setting, proxy_password=PASSWORD
                )
                async with probe:
                    await probe.reach(FeedPhase.LIVE)
                    assert probe.feed.send({"cmd": "hangup", "uuid": "u"})
                    await server.until(lambda: len(server.peers[0].commands) == 1)

    run(main())
    head = heads[0].decode()
    assert head.startswith("CONNECT pbx.example:443 HTTP/1.1\r\nHost: pbx.example:443\r\n")
    pair = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    assert (f"Proxy-Authorization: Basic {pair}" in head) == bool(user)
    assert "example:tok" not in head
    assert "CANARY" not in caplog.text
    assert pair not in caplog.text


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 403 Forbidden\r\n\r\n",
        b"HTTP/1.1 301 Moved\r\nLocation: http://elsewhere.example\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 101 too much",
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"HTTP/1.1 2\xb2\xb3 OK\r\n\r\n",
        b"HTTP/1.1 " + b"9" * 20_000,
    ],
)
def test_a_proxy_that_does_not_lead_there(authority: trustme.CA, answer: bytes) -> None:
    _goes_no_further_than(authority, answer, "proxy")


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 502 Bad Gateway\r\n\r\n", b"HTTP/1.1 504 No\r\n\r\n", b"", b"HTTP/1.1 2"]
)
def test_a_proxy_that_does_not_get_through_just_now(authority: trustme.CA, answer: bytes) -> None:
    _goes_no_further_than(authority, answer, "lost")


def _goes_no_further_than(authority: trustme.CA, answer: bytes, reason: str) -> None:
    def script(connection: fault_server.Connection) -> None:
        connection.read_head()
        connection.send(answer)

    async def main() -> None:
        with FaultServer(script) as proxy:
            setting = ProxySetting(ProxyMode.CUSTOM, f"http://127.0.0.1:{proxy.port}")
            probe = Probe("https://pbx.example/basix/api", http=_http(authority), proxy=setting)
            async with probe:
                await probe.until(lambda: probe.count(FeedPhase.WAITING, reason) > 0)
                assert b"Authorization" not in proxy.received

    run(main())


@pytest.mark.parametrize("moment", ["connect", "tls"])
def test_a_silent_proxy_ends_with_the_time_limit(authority: trustme.CA, moment: str) -> None:
    left = threading.Event()

    def script(connection: fault_server.Connection) -> None:
        connection.read_head()
        if moment == "tls":
            connection.send(b"HTTP/1.1 200 OK\r\n\r\n")
        connection.hold()
        left.set()

    async def main() -> None:
        with FaultServer(script) as proxy:
            setting = ProxySetting(ProxyMode.CUSTOM, f"http://127.0.0.1:{proxy.port}")
            timing = quick(open=0.3, first=60, longest=60)
            probe = Probe("https://pbx.example/basix/api", http=_http(authority), proxy=setting, timing=timing)
            async with probe:
                await probe.reach(FeedPhase.WAITING, "lost")
                assert await asyncio.get_running_loop().run_in_executor(None, left.wait, 5)

    run(main())


def test_a_proxy_password_that_is_not_to_be_had(authority: trustme.CA) -> None:
    from basix_desktop.domain.accounts import Account
    from basix_desktop.domain.errors import ProxyProblem
    from basix_desktop.net.account_proxy import AccountProxy

    def locked(_: Account) -> str:
        raise TokenUnavailable("keyring_locked")

    account = Account(
        "One", "d", "https://pbx.example", proxy=ProxySetting(ProxyMode.CUSTOM, "http://p.example:1", "u")
    )

    async def main() -> None:
        with pytest.raises(ProxyProblem) as raised:
            await AccountProxy(locked).find(account, account.server)
        assert raised.value.id == "proxy_sign_in"

    run(main())


def test_one_user_is_followed_by_name() -> None:
    async def main() -> None:
        async with FeedServer(live) as server, Probe(server.url, user="佐藤 健") as probe:
            await probe.reach(FeedPhase.LIVE)
            assert server.peers[0].query == {"app_name": ["basix-desktop"], "user_name": ["佐藤 健"]}

    run(main())


def test_a_user_that_cannot_be_one_is_told_before_anything_is_sent() -> None:
    """A settings file may have been written by hand."""

    async def main() -> None:
        async with FeedServer(live) as server, Probe(server.url, user="he\nlen") as probe:
            await probe.reach(FeedPhase.STOPPED, "unusable")
            assert server.held == []

    run(main())


def test_the_demo_pbx_tells_a_user_of_no_call_but_theirs() -> None:
    """And of a user that it does not know it says so."""

    async def main() -> None:
        with DemoPbx(domain="example", token=CANARY, lively=False, by_hand=True) as pbx:
            async with Probe(pbx.server, user="helen") as hers, Probe(pbx.server) as everybody:
                await hers.reach(FeedPhase.LIVE)
                await everybody.reach(FeedPhase.LIVE)
                leg = call(pbx, "0312341234", "helen").json["uuids"][0]
                pbx.advance(leg)
                pbx.advance(leg)
                await everybody.until(lambda: len(_legs(everybody)) == 2)
                (inside,) = _legs(everybody) - {leg}
                await hers.until(lambda: _legs(hers) == {inside})
            async with Probe(pbx.server, user="nobody") as nobody:
                await nobody.reach(FeedPhase.WAITING, "refused")

    run(main())


def _legs(probe: Probe) -> set[str]:
    told = [message.element for message in probe.messages if isinstance(message, ElementEvent)]
    return {element.uuid for element in told if isinstance(element, Channel)}


def test_a_proxy_that_cannot_be_used_is_named() -> None:
    async def main() -> None:
        setting = ProxySetting(ProxyMode.CUSTOM, "socks5://proxy.example:1080")
        async with Probe("https://pbx.example/basix/api", proxy=setting) as probe:
            await probe.reach(FeedPhase.WAITING, "proxy")

    run(main())


def test_a_computer_that_cannot_set_up_tls_is_not_the_server_s_fault() -> None:
    class Broken(Http):
        async def tls_context(self) -> ssl.SSLContext:
            raise CertificateProblem("tls_failed")

    async def main() -> None:
        async with Probe("https://pbx.example/basix/api", http=Broken()) as probe:
            await probe.reach(FeedPhase.WAITING, "unable")

    run(main())


def test_a_library_that_cannot_be_loaded_is_not_the_server_s_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "basix_desktop.cti.connection", None)

    async def main() -> None:
        async with FeedServer(live) as server, Probe(server.url) as probe:
            await probe.reach(FeedPhase.WAITING, "unable")
            assert server.held == []

    run(main())


def test_loopback_never_goes_through_a_proxy() -> None:
    async def main() -> None:
        setting = ProxySetting(ProxyMode.CUSTOM, "http://127.0.0.1:9")
        async with FeedServer(live) as server, Probe(server.url, proxy=setting) as probe:
            await probe.reach(FeedPhase.LIVE)

    run(main())


def test_environment_proxies_are_read_by_our_rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """With "no proxy" chosen, none that the WebSocket library knows of is used either."""
    for name in ("wss_proxy", "ws_proxy", "https_proxy", "http_proxy", "all_proxy", "socks_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    async def main() -> None:
        async with FeedServer(live) as server, Probe(server.url) as probe:
            await probe.reach(FeedPhase.LIVE)

    run(main())


def test_a_look_up_that_hangs_ends_with_the_time_limit(monkeypatch: pytest.MonkeyPatch, authority: trustme.CA) -> None:
    release = threading.Event()

    def look_up(*_: object, **__: object) -> Iterator[object]:
        release.wait(10)
        raise socket.gaierror(socket.EAI_AGAIN, "")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)

    async def main() -> None:
        timing = quick(open=0.2)
        async with Probe("https://pbx.example/basix/api", http=_http(authority), timing=timing) as probe:
            await probe.until(lambda: probe.count(FeedPhase.WAITING, "lost") >= 2)

    try:
        run(main())
    finally:
        release.set()


def test_a_server_of_the_librarys_own() -> None:
    """Not of our making: compression on offer, two addresses, a user's message, a polite end."""
    heard: list[str | bytes] = []
    seen: dict[str, str] = {}

    async def pbx(socket: ServerConnection) -> None:
        request = socket.request
        assert request is not None
        seen.update({name.lower(): value for name, value in request.headers.raw_items()}, path=request.path)
        await socket.send(encode(("field_spec", "channel", FIELDS)))
        await socket.send([encode(("initial_info", "channel", []))[:5], encode(("initial_info", "channel", []))[5:]])
        with contextlib.suppress(ConnectionClosed):
            heard.append(await socket.recv())

    async def main() -> None:
        async with serve(pbx, "127.0.0.1", 0) as server:
            port = next(iter(server.sockets)).getsockname()[1]
            async with Probe(f"http://127.0.0.1:{port}/basix/api") as probe:
                await probe.reach(FeedPhase.LIVE)
                assert probe.feed.send({"cmd": "park", "uuid": "u", "timeout": 60})
                await probe.went("lost")
        assert heard[0] == '{"cmd":"park","uuid":"u","timeout":60}'

    run(main())
    assert seen["path"] == "/basix/api/ws_cti?app_name=basix-desktop&full_events=true"
    assert seen["user-agent"] == "basix-desktop/1.0"
    assert base64.b64decode(seen["authorization"].removeprefix("Basic ")).decode() == f"example:{CANARY}"
    assert "sec-websocket-extensions" not in seen
