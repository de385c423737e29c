"""A process that imports the program once and forks a child for every call it is told to place and to kill.

Reads one JSON object a line from standard input (``folder``, ``server``, ``number``, ``point`` or ``after`` seconds,
``mounts`` to read instead of the kernel's table of file systems), answers with one line once the child is dead: what
the child last said. Forking from here, where no thread runs, makes a run cost some 30 ms and no imports.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio._backends._asyncio  # noqa: F401 - everything is imported before the first fork

from basix_desktop.app import stores as stores_module
from basix_desktop.app.clock import SystemClock
from basix_desktop.app.net_thread import NetThread
from basix_desktop.app.stores import Stores
from basix_desktop.credentials.memory import MemoryVault
from basix_desktop.domain.accounts import Account, Token
from basix_desktop.domain.calls import Attempt, CallRequest, Verdict
from basix_desktop.domain.numbers import read
from basix_desktop.net import post as post_module
from basix_desktop.net.http import Http
from basix_desktop.net.loop import new_event_loop
from basix_desktop.pbx.client import PbxClient
from basix_desktop.services.dialer import Dialer, Order
from basix_desktop.store import filesystem
from basix_desktop.store.journal import SqliteJournal

#: Where in a call the process can be told to die, in order.
POINTS = (
    "pressed",
    "database open",
    "intent durable",
    "connected",
    "in the gate",
    "sending durable",
    "headers out",
    "body out",
    "status in",
    "answer in",
    "answer read",
    "before the verdict is written",
    "verdict durable",
    "closed",
)

_TRACED = {
    "connection.connect_tcp.complete": "connected",
    "http11.send_request_headers.complete": "headers out",
    "http11.send_request_body.complete": "body out",
    "http11.receive_response_headers.complete": "status in",
    "http11.receive_response_body.complete": "answer in",
}


HTTP = Http()


def account(server: str) -> Account:
    return Account(name="office", domain="example.com", server=server)


class Killer:
    """Ends the process, as a power cut would, when the named point is reached."""

    def __init__(self, point: str) -> None:
        self.point = point

    def reach(self, point: str) -> None:
        if point and point == self.point:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, fn: Callable[..., Any], before: str = "", after: str = "") -> Callable[..., Any]:
        def wrapped(*args: Any, **named: Any) -> Any:
            self.reach(before)
            result = fn(*args, **named)
            self.reach(after)
            return result

        return wrapped


def arm(killer: Killer) -> None:
    """Put the points into the program. This is the child, which never returns from it."""
    journal: Any = SqliteJournal
    journal.begin = killer.around(journal.begin, after="intent durable")
    journal.to_sending = killer.around(journal.to_sending, before="in the gate", after="sending durable")
    journal.settle = killer.around(journal.settle, before="before the verdict is written", after="verdict durable")
    stores: Any = stores_module
    stores.open_database = killer.around(stores.open_database, after="database open")
    progress: Any = post_module._Progress
    trace = progress.trace

    async def traced(self: Any, event: str, info: dict[str, Any]) -> None:
        await trace(self, event, info)
        killer.reach(_TRACED.get(event, ""))

    progress.trace = traced
    client: Any = PbxClient
    call_external = client.call_external

    async def called(self: Any, *args: Any) -> Verdict:
        verdict: Verdict = await call_external(self, *args)
        killer.reach("answer read")
        return verdict

    client.call_external = called


def mounted_as(table: str) -> None:
    """Let this process read another table of file systems than the kernel's."""
    if table:
        patched: Any = filesystem
        patched.MOUNTS = Path(table)


def place(folder: Path, server: str, number: str, killer: Killer) -> Attempt:
    """One call, as the command line places it."""
    office = account(server)
    killer.reach("pressed")
    stores = Stores(folder / "calls.sqlite3", folder / "instances", SystemClock())
    net = NetThread(new_event_loop)
    dialer = Dialer(
        journal=stores.journal,
        db=stores.db,
        net=net,
        pbx=PbxClient(HTTP, "0.0"),
        vault=lambda _: MemoryVault({office.key: Token("t0ken")}),
        clock=SystemClock(),
    )
    stores.open()
    found = read(number)
    order = Order(office, CallRequest(found.sent, "sales"), found, number, confirmed=frozenset({"*"}))
    attempt = dialer.place(order, lambda _: None).done.result(20)
    net.stop()
    stores.close()
    killer.reach("closed")
    return attempt


def child(job: dict[str, Any]) -> None:
    if "at" in job:  # several processes press at the same moment
        while time.monotonic() < job["at"]:
            pass
    killer = Killer(job.get("point", ""))
    arm(killer)
    mounted_as(job.get("mounts", ""))
    try:
        said = place(Path(job["folder"]), job["server"], job["number"], killer).state.value
    except Exception as error:
        said = getattr(error, "id", type(error).__name__)
    os.write(1, f"{said}\n".encode())


def main() -> None:
    sys.stdin.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    HTTP.prepare()  # once for all children
    for line in sys.stdin:
        job = json.loads(line)
        assert threading.active_count() == 1, "forking with threads is not safe"
        pid = os.fork()
        if pid == 0:
            try:
                child(job)
            finally:
                os._exit(0)
        if "after" in job:
            time.sleep(job["after"])
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        os.write(1, f"died {os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0}\n".encode())


if __name__ == "__main__":
    main()
