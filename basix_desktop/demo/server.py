"""The demo PBX as a real server on a loopback port, on a thread of its own.

It speaks basix-api.md 1.1 to 1.3 over HTTP and 2 over a WebSocket; the last four digits of a number choose what happens
(``stories``).
"""

from __future__ import annotations

import contextlib
import ipaddress
import math
import random
import secrets
import socket
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from basix_desktop.demo.board import Board
from basix_desktop.demo.calls import Calls
from basix_desktop.demo.calls_pace import Tempo
from basix_desktop.demo.company import COMPANY, Company
from basix_desktop.demo.control import Control, World
from basix_desktop.demo.exchange import DemoExchange
from basix_desktop.demo.feed import Feed
from basix_desktop.demo.feed_web import FeedEndpoint
from basix_desktop.demo.presence import Life
from basix_desktop.demo.records import Records
from basix_desktop.demo.web import BASE, application

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from basix_desktop.demo.loop import LoopServer
    from basix_desktop.demo.replies import Hangup

_START_BUDGET = 30.0  # seconds; a slow disk may take long to import the server
_STOP_BUDGET = 5.0


class DemoPbx(Control):
    """A PBX that places no real calls.

    ``port`` 0 takes any free one; ``seed`` makes the legs' UUIDs repeat from run to run; ``speed`` 2.0 is twice as
    fast as people; ``requests_file`` gets a JSON line for each request received. Unless it is ``lively``, nothing
    happens at the company by itself; ``by_hand``, calls go on only when :meth:`advance` tells them to. Only loopback
    addresses are served, since the token travels unencrypted. Any thread may call the methods, one at a time.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        seed: int | None = None,
        speed: float = 1.0,
        requests_file: Path | None = None,
        host: str = "127.0.0.1",
        domain: str = "demo",
        token: str | None = None,
        company: Company = COMPANY,
        lively: bool = True,
        by_hand: bool = False,
    ) -> None:
        super().__init__()
        if not (math.isfinite(speed) and speed > 0):
            raise ValueError("speed must be a positive number")
        if not ipaddress.ip_address(host).is_loopback:
            raise ValueError("the demo PBX serves loopback addresses only")
        self.domain = domain
        self.token = token or secrets.token_urlsafe(24)
        self.company = company
        self._address = (host, port)
        self._seed = seed
        self._tempo = Tempo(speed, by_hand)
        self._lively = lively
        self._requests_file = requests_file
        self._records = Records()
        self._running: LoopServer | None = None
        self._server = ""

    @property
    def server(self) -> str:
        """The account's server URL. Known once started."""
        if not self._server:
            raise RuntimeError("the demo PBX has not been started")
        return self._server

    @property
    def requests(self) -> list[dict[str, Any]]:
        """What was received since the start, oldest first: the same objects as in ``requests_file``."""
        return self._records.all()

    def start(self) -> None:
        """Returns once connections are accepted. Raises OSError if the port is taken or the file cannot be opened."""
        from basix_desktop.demo.loop import LoopServer

        if self._running:
            raise RuntimeError("the demo PBX runs already")
        family = socket.AF_INET6 if ":" in self._address[0] else socket.AF_INET
        listener = socket.create_server(self._address, family=family)
        try:
            self._records = Records(self._requests_file)
            running = LoopServer(listener, self._application)
            running.start(_START_BUDGET)
        except BaseException:
            listener.close()
            self._records.close()
            raise
        host, port = listener.getsockname()[:2]
        self._server = f"http://[{host}]:{port}{BASE}" if ":" in host else f"http://{host}:{port}{BASE}"
        self._running = self._loop = running

    def stop(self) -> None:
        """Ends every connection, answered or not, within a second. Harmless if it does not run."""
        running, self._running, self._loop = self._running, None, None
        if running:
            running.stop(_STOP_BUDGET)
            self._records.close()

    def _application(self, hangup: Hangup, abort: Hangup) -> ASGIApp:
        world = self._world = self._new_world()
        exchange = DemoExchange(
            domain=self.domain,
            token=self.token,
            company=self.company,
            records=self._records,
            speed=self._tempo.speed,
            rng=random.Random(self._seed),
            hangup=hangup,
            calls=world.calls,
        )
        feed = FeedEndpoint(
            world.feed,
            world.calls,
            self.company,
            tickets=exchange.tickets,
            authorize=exchange.authorize,
            abort=abort,
        )
        return application(exchange, hangup, feed)

    def _new_world(self) -> World:
        seeds = random.Random(None if self._seed is None else self._seed + 1)
        board = Board(self.company, self.domain)
        calls = Calls(board, self._tempo, random.Random(seeds.getrandbits(64)))
        feed = Feed(board)
        calls.cut_feed = lambda seconds: feed.drop(self._tempo.real(seconds))
        life = Life(board, calls, feed, self._tempo, random.Random(seeds.getrandbits(64)))
        if self._lively and not self._tempo.by_hand:
            life.watch()
        return World(board, calls, feed, life)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"DemoPbx({self._server or 'not started'})"


def serve_forever(pbx: DemoPbx, ready: Callable[[DemoPbx], None]) -> None:
    """Start ``pbx``, call ``ready`` once it accepts connections, and serve until Ctrl+C. Main thread.

    Prints nothing. Raises OSError as :meth:`DemoPbx.start` does.
    """
    with pbx, contextlib.suppress(KeyboardInterrupt):
        ready(pbx)
        while True:
            time.sleep(3600)  # interrupted by signals on every platform, which waiting for a lock is not
