"""A call while the network changes under it, in a network namespace of its own (``unshare --user --net``).

Arguments: folder, and what becomes of the route: ``deleted``, ``unreachable``, ``back`` (deleted and made again).
Prints one JSON line: state, failure, and how long it took.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from basix_desktop.app.clock import SystemClock
from basix_desktop.app.net_thread import NetThread
from basix_desktop.app.stores import Stores
from basix_desktop.credentials.memory import MemoryVault
from basix_desktop.domain.accounts import Account, Token
from basix_desktop.domain.calls import CallRequest
from basix_desktop.domain.numbers import read
from basix_desktop.net.exchange import Deadlines as NetDeadlines
from basix_desktop.net.http import Http
from basix_desktop.net.loop import new_event_loop
from basix_desktop.pbx.client import PbxClient
from basix_desktop.services.dialer import Deadlines, Dialer, Order

SERVER = "192.0.2.1"  # routed to the loopback device, where nobody has it: what is sent there is never answered
NET = "192.0.2.0/24"
CONNECT = 3.0
_SYN_SENT = "02"


def ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True)


def connecting() -> bool:
    lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    return any(line.split()[3] == _SYN_SENT for line in lines)


def change(how: str) -> None:
    ip("route", "del", NET, "dev", "lo")
    if how == "unreachable":
        ip("route", "add", "unreachable", NET)
    elif how == "back":
        ip("route", "add", NET, "dev", "lo")


def main() -> None:
    folder, how = Path(sys.argv[1]), sys.argv[2]
    ip("link", "set", "lo", "up")
    ip("route", "add", NET, "dev", "lo")
    stores, net = Stores(folder / "calls.sqlite3", folder / "instances", SystemClock()), NetThread(new_event_loop)
    office = Account("office", "example.com", f"https://{SERVER}/basix/api")
    dialer = Dialer(
        journal=stores.journal,
        db=stores.db,
        net=net,
        pbx=PbxClient(Http(), "0.0", deadlines=NetDeadlines(connect=CONNECT, answer=CONNECT)),
        vault=lambda _: MemoryVault({office.key: Token("t0ken")}),
        clock=SystemClock(),
        deadlines=Deadlines(connect=CONNECT),
    )
    stores.open().result(20)
    number = read("03-1234-1234")
    order = Order(office, CallRequest(number.sent, "sales"), number, "03-1234-1234", confirmed=frozenset({"*"}))
    began = time.monotonic()
    press = dialer.place(order, lambda _: None)
    while not connecting():
        assert time.monotonic() - began < 20, "it never began to connect"
        time.sleep(0.01)
    change(how)
    attempt = press.done.result(30)
    took = time.monotonic() - began
    net.stop()
    stores.close()
    failure = attempt.failure.id if attempt.failure else ""
    print(json.dumps({"state": attempt.state.value, "failure": failure, "took": took}))  # noqa: T201


if __name__ == "__main__":
    main()
