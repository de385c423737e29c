"""Connections opened before their request, for the tests of ``net.ready``: a server that tells what became of each, and
a client whose loop runs only while the test lets it."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import itertools
import ssl
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from basix_desktop.net.exchange import Broke, Deadlines, Exchange, Gate, Post
from basix_desktop.net.http import Http
from basix_desktop.net.loop import new_event_loop
from tests.helpers import fault_scripts as do
from tests.helpers.fault_rows import SUCCESS, authority, server_context
from tests.helpers.fault_server import Connection, FaultServer, Script
from tests.helpers.posting import PATIENT, open_gate, post_to

LONG = 10.0
#: Leaves the end of the connection to the client.
HELD = do.says(do.http(200, SUCCESS), do.hold)


def placed(exchange: Exchange) -> bool:
    """It is the whole of ``HELD``'s answer."""
    return (exchange.status, exchange.body, exchange.complete, exchange.broke) == (200, SUCCESS, True, Broke.NO)


class Way(StrEnum):
    """How the server is spoken to."""

    PLAIN = "http"
    TLS_1_2 = "TLSv1.2"
    TLS_1_3 = "TLSv1.3"  # with tickets that arrive after the handshake


@functools.cache
def context_of(way: Way) -> ssl.SSLContext:
    context = server_context(authority().issue_cert("127.0.0.1", "localhost"))
    version = ssl.TLSVersion.TLSv1_2 if way is Way.TLS_1_2 else ssl.TLSVersion.TLSv1_3
    context.minimum_version = context.maximum_version = version
    return context


class MovedClock:
    """Milliseconds since a start of the computer that never was."""

    def __init__(self) -> None:
        self.now = 5_000_000

    def __call__(self) -> int:
        return self.now


def await_true(condition: Callable[[], bool]) -> None:
    """Look at another thread, or the system, until ``condition`` holds."""
    deadline = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


async def await_in_loop(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(LONG):
        while not condition():  # noqa: ASYNC110 - it also looks at other threads
            await asyncio.sleep(0.001)


def new_http(clock: Callable[[], int]) -> Http:
    made = Http(authority().cert_pem.bytes(), clock)
    made.prepare()
    return made


def is_ready(http: Http) -> bool:
    """There is a connection that a request sent now would use."""
    assert http._ready is not None
    opened = http._ready._opened
    stream = opened.stream if opened is not None else None
    return stream is not None and not stream.get_extra_info("is_readable")


def has_none(http: Http) -> bool:
    """Nothing is ready or being made so."""
    assert http._ready is not None
    return http._ready._opened is None


@dataclass
class Server:
    """``scripts``: what is done on the first, second ... connection, the last one on all that follow. They start when
    TLS is up, which sets ``up`` of the connection; ``over`` is set at its end."""

    scripts: tuple[Script, ...]
    way: Way = Way.PLAIN
    up: list[threading.Event] = field(default_factory=lambda: [threading.Event() for _ in range(8)])
    over: list[threading.Event] = field(default_factory=lambda: [threading.Event() for _ in range(8)])

    def __post_init__(self) -> None:
        self._numbers = itertools.count()
        self.faults = FaultServer(self._serve)

    def _serve(self, connection: Connection) -> None:
        number = next(self._numbers)
        try:
            if self.way is not Way.PLAIN:
                connection.start_tls(context_of(self.way))
            self.up[number].set()
            self.scripts[min(number, len(self.scripts) - 1)](connection)
        finally:
            self.over[number].set()

    def url(self, host: str = "127.0.0.1", path: str = "/basix/api/call_external") -> str:
        return f"{'http' if self.way is Way.PLAIN else 'https'}://{host}:{self.faults.port}{path}"

    def post(self, **more: object) -> Post:
        return post_to(self.faults, **{"url": self.url(), **more})  # type: ignore[arg-type]


class Client:
    """An ``Http`` on a loop that stands still between two of these calls."""

    def __init__(self, runner: asyncio.Runner) -> None:
        self.clock = MovedClock()
        self.http = new_http(self.clock)
        self.runner = runner
        self._tasks: list[asyncio.Task[None]] = []

    def begin(self, url: str) -> asyncio.Task[None]:
        """Start to make a connection ready."""

        async def start() -> asyncio.Task[None]:
            return asyncio.ensure_future(self.http.make_ready(url))

        self._tasks.append(self.runner.run(start()))
        return self._tasks[-1]

    def make_ready(self, server: Server, url: str = "") -> asyncio.Task[None]:
        """Until a connection is ready, TLS's own messages behind the handshake included."""
        number = server.faults.connections
        task = self.begin(url or server.url())
        self.until(server.up[number].is_set)
        self.until(lambda: is_ready(self.http))
        return task

    def until(self, condition: Callable[[], bool]) -> None:
        self.runner.run(await_in_loop(condition))

    def send(self, post: Post, gate: Gate = open_gate, deadlines: Deadlines = PATIENT) -> Exchange:
        return self.runner.run(self.http.post(post, gate, deadlines))

    def run(self, work: Callable[[], Awaitable[None]]) -> None:
        async def wait() -> None:
            await work()

        self.runner.run(wait())


@contextlib.contextmanager
def client() -> Iterator[Client]:
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        yield Client(runner)
