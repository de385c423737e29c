"""The rows of the fault matrix (reliability.md A to G): what goes wrong, how, and what must come of it.

A ``Run`` is a row and a way to the server. ``run.scene()`` sets everything up and yields a ``Scene`` with the account
to call with; ``tests/integration`` drives it through the PBX client and through the whole dialer.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import trustme

from basix_desktop.domain.accounts import Account, ProxyMode, ProxySetting, Token
from basix_desktop.domain.calls import CallRequest, EndUser, State
from basix_desktop.net.exchange import Deadlines
from basix_desktop.net.http import Http
from basix_desktop.net.proxy import SystemProxy, from_environment
from basix_desktop.pbx.client import PbxClient
from tests.helpers.fault_server import Connection, FaultServer, Script, tunnel

LEG = "ede7b23e-c172-445e-832e-963b11ba2b96"
SUCCESS = b'{"result_code":0,"uuids":["%s"]}' % LEG.encode()
TOKEN = "canary-7f3a9c51e2d84b60a1"
PROXY_PASSWORD = "proxy-canary-55d1"
DOMAIN = "example-domain"
NAME = "pbx.test"  # what the server is called when a proxy or a patched look-up leads there

#: Long enough for a busy machine where nothing is meant to run out; short where something is.
PATIENT = Deadlines(connect=10.0, answer=10.0)
SHORT_CONNECT = Deadlines(connect=0.25, answer=10.0)
SHORT_ANSWER = Deadlines(connect=10.0, answer=0.25)


class Via(StrEnum):
    """The way to the server."""

    DIRECT = "direct"  # http to 127.0.0.1
    TLS = "tls"  # https to 127.0.0.1
    PROXY = "proxy"  # https to a name, through CONNECT


ALL = (Via.DIRECT, Via.TLS, Via.PROXY)
ENCRYPTED = (Via.TLS, Via.PROXY)


@dataclass(frozen=True, slots=True)
class Expected:
    """The class, exactly, and the failure's id."""

    state: State
    failure: str = ""


def not_sent(failure: str) -> Expected:
    return Expected(State.NOT_SENT, failure)


def refused(failure: str) -> Expected:
    return Expected(State.REJECTED, failure)


def unknown(failure: str) -> Expected:
    return Expected(State.UNKNOWN, failure)


PLACED = Expected(State.ACCEPTED)

#: What a row changes outside the server (name look-ups, limits), while the scene lasts.
World = Callable[["Scene"], contextlib.AbstractContextManager[None]]


@contextlib.contextmanager
def ordinary(_: Scene) -> Iterator[None]:
    yield


@dataclass(frozen=True, slots=True)
class Row:
    """One fault. ``posts`` are the numbers of complete POSTs that may reach the server; never two."""

    id: str
    fault: str
    script: Script
    expected: Expected
    via: tuple[Via, ...] = ALL
    posts: tuple[int, ...] = (1,)
    deadlines: Deadlines = PATIENT
    otherwise: Mapping[Via, Expected] = field(default_factory=dict)
    world: World = ordinary
    before_tls: Script | None = None  # instead of the handshake
    server_tls: Callable[[], ssl.SSLContext] | None = None
    proxy: Script | None = None  # instead of a good CONNECT proxy
    tunnel_bytes: int | None = None  # what the proxy lets through before it cuts
    url: str = ""  # instead of the server's own; {port} and {name} are filled in
    environ: Mapping[str, str] | None = None  # the system's proxy settings; {proxy} is the proxy's port
    padding: int = 0  # bytes by which the request is bigger
    process_wide: bool = False  # disturbs everything else in the process while it lasts


@dataclass(slots=True)
class Scene:
    """A row set up. ``account`` leads to its server; ``posts()`` are the complete POSTs seen so far."""

    row: Row
    via: Via
    server: FaultServer
    proxy: FaultServer | None
    account: Account
    system: SystemProxy
    http: Http
    token: Token = field(default_factory=lambda: Token(TOKEN))

    @property
    def request(self) -> CallRequest:
        return CallRequest("0312341234", "sales", end_user=EndUser(name="x" * self.row.padding))

    def client(self) -> PbxClient:
        return PbxClient(
            self.http,
            "0.0",
            proxy_password=lambda _: PROXY_PASSWORD,
            deadlines=self.row.deadlines,
            system_proxy=lambda: self.system,
        )

    def posts(self) -> int:
        return self.server.count()

    def proxy_saw(self) -> bytes:
        """What the proxy itself was told, the tunnel's content excluded."""
        return bytes(self.proxy.received) if self.proxy else b""


@dataclass(frozen=True, slots=True)
class Run:
    """A row on one way."""

    row: Row
    via: Via

    @property
    def expected(self) -> Expected:
        return self.row.otherwise.get(self.via, self.row.expected)

    def __str__(self) -> str:
        return f"{self.row.id}-{self.via}"

    @contextlib.contextmanager
    def scene(self) -> Iterator[Scene]:
        """Set the row up and, at the end, wait until every connection is over: counts are final afterwards."""
        row, via = self.row, self.via
        with contextlib.ExitStack() as stack:
            server = stack.enter_context(FaultServer(_script(row, via), 4096 if row.padding else 0))
            proxy = None
            if via is Via.PROXY:
                proxy = stack.enter_context(FaultServer(row.proxy or tunnel(lambda: server.port, row.tunnel_bytes)))
            scene = Scene(row, via, server, proxy, *_account(row, via, server, proxy), http())
            stack.enter_context(row.world(scene))
            yield scene


def _script(row: Row, via: Via) -> Script:
    if via is Via.DIRECT:
        return row.script
    if row.before_tls is not None:
        return row.before_tls
    context = (row.server_tls or good_tls)()

    def run(connection: Connection) -> None:
        connection.start_tls(context)
        row.script(connection)

    return run


def _account(row: Row, via: Via, server: FaultServer, proxy: FaultServer | None) -> tuple[Account, SystemProxy]:
    urls = {
        Via.DIRECT: "http://127.0.0.1:{port}/basix/api",
        Via.TLS: "https://127.0.0.1:{port}/basix/api",
        Via.PROXY: "https://{name}/basix/api",
    }
    url = (row.url or urls[via]).format(port=server.port, name=NAME)
    port = proxy.port if proxy else 0
    if row.environ is not None:
        environ = {name: value.format(proxy=port) for name, value in row.environ.items()}
        return Account("matrix", DOMAIN, url), from_environment(environ)
    setting = ProxySetting(ProxyMode.CUSTOM, f"http://127.0.0.1:{port}", "proxy-user") if proxy else ProxySetting()
    return Account("matrix", DOMAIN, url, proxy=setting), SystemProxy()


@functools.cache
def authority() -> trustme.CA:
    return trustme.CA()


@functools.cache
def http() -> Http:
    """What the program holds once per process, with the test's authority trusted."""
    made = Http(extra_ca=authority().cert_pem.bytes())
    made.prepare()
    return made


def server_context(cert: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    cert.configure_cert(context)
    return context


@functools.cache
def good_tls() -> ssl.SSLContext:
    return server_context(authority().issue_cert("127.0.0.1", NAME))


@functools.cache
def tls_named(name: str) -> ssl.SSLContext:
    return server_context(authority().issue_cert(name))


@functools.cache
def tls_of_another_authority() -> ssl.SSLContext:
    return server_context(trustme.CA().issue_cert("127.0.0.1", NAME))


@functools.cache
def tls_expired() -> ssl.SSLContext:
    past = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    return server_context(authority().issue_cert("127.0.0.1", NAME, not_after=past))


def runs(rows: tuple[Row, ...]) -> list[Run]:
    return [Run(row, via) for row in rows for via in row.via]
