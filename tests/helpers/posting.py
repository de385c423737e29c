"""Sending one POST to a fault server, for the tests of ``net``."""

from __future__ import annotations

import asyncio

from basix_desktop.net.exchange import Deadlines, Exchange, Gate, Post
from basix_desktop.net.loop import new_event_loop
from tests.helpers.fault_rows import good_tls, http
from tests.helpers.fault_server import Connection, FaultServer, Script

TOKEN = "canary-token-91c4"
PATIENT = Deadlines(10, 10)


async def open_gate() -> None:
    """Lets everything through."""


def post_to(server: FaultServer, body: bytes = b"{}", **more: object) -> Post:
    url = str(more.pop("url", f"http://127.0.0.1:{server.port}/basix/api/call_external"))
    headers = (("X-Request-Id", "a1"), ("User-Agent", "basix-desktop/9"))
    return Post(url, body, "domain", TOKEN, headers, **more)  # type: ignore[arg-type]


def over_tls(script: Script) -> Script:
    def run(connection: Connection) -> None:
        connection.start_tls(good_tls())
        script(connection)

    return run


def send(post: Post, gate: Gate = open_gate, deadlines: Deadlines = PATIENT) -> Exchange:
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(http().post(post, gate, deadlines))
