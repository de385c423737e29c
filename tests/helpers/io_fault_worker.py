"""Places calls while the n-th write or sync of the journal fails; run with ``io_faults.c`` preloaded.

Arguments: library, folder, server. For each fault one JSON line: what was told, what the next start finds, and what
became of a call placed right afterwards, in the same process.
"""

from __future__ import annotations

import ctypes
import errno
import json
import logging
import shutil
import sys
from pathlib import Path
from typing import Any

from basix_desktop.app.clock import SystemClock
from basix_desktop.app.net_thread import NetThread
from basix_desktop.app.stores import Stores
from basix_desktop.credentials.memory import MemoryVault
from basix_desktop.domain.accounts import Account, Token
from basix_desktop.domain.calls import CallRequest
from basix_desktop.domain.errors import BasixError
from basix_desktop.domain.numbers import read
from basix_desktop.net.http import Http
from basix_desktop.net.loop import new_event_loop
from basix_desktop.pbx.client import PbxClient
from basix_desktop.services.dialer import Dialer, Order
from basix_desktop.services.ports import LogQuery

SYNC, WRITE = 1, 2
KINDS = (("sync", SYNC, errno.EIO), ("write", WRITE, errno.EIO), ("full", WRITE, errno.ENOSPC))
NUMBERS = ("03-1234-0001", "03-1234-0002")


class Process:
    """The program's parts, as one start has them."""

    def __init__(self, folder: Path, server: str, http: Http) -> None:
        self.office = Account("office", "example.com", server)
        self.stores = Stores(folder / "calls.sqlite3", folder / "instances", SystemClock())
        self.net = NetThread(new_event_loop)
        self.dialer = Dialer(
            journal=self.stores.journal,
            db=self.stores.db,
            net=self.net,
            pbx=PbxClient(http, "0.0"),
            vault=lambda _: MemoryVault({self.office.key: Token("t0ken")}),
            clock=SystemClock(),
        )
        self.stores.open().result(20)

    def call(self, number: str) -> str:
        found = read(number)
        order = Order(self.office, CallRequest(found.sent, "sales"), found, number, confirmed=frozenset({"*"}))
        try:
            return self.dialer.place(order, lambda _: None).done.result(20).state.value
        except BasixError as error:
            return error.id

    def end(self) -> None:
        self.net.stop()
        self.dialer.finish(2)
        self.stores.close()

    def found(self) -> dict[str, str]:
        """State by number."""
        history = self.stores.history
        rows = self.stores.reader.submit(lambda: history.page(LogQuery(), None, 99)).result(20)
        return {row.typed: row.state.value for row in rows}


def run(library: Any, fault: tuple[int, int, int, bool], folder: Path, server: str, http: Http) -> dict[str, Any]:
    one = Process(folder, server, http)
    first = one.stores._writing
    library.io_fault_arm(*fault)
    told = one.call(NUMBERS[0])
    hit = library.io_fault_failed()
    library.io_fault_arm(0, 0, 0, False)
    after = one.call(NUMBERS[1])
    reopened = one.stores._writing is not first
    one.end()
    again = Process(folder, server, http)
    found = again.found()
    again.end()
    return {"hit": hit, "told": told, "after": after, "found": found, "reopened": reopened}


def main() -> None:
    logging.disable()
    library = ctypes.CDLL(sys.argv[1])
    folder, server = Path(sys.argv[2]), sys.argv[3]
    http = Http()
    http.prepare()
    for name, kind, code in KINDS:
        for on in (False, True):
            for n in range(1, 60, 3 if on and kind == WRITE else 1):
                place = folder / f"{name}-{on}-{n}"
                said = run(library, (kind, n, code, on), place, server, http)
                shutil.rmtree(place)
                if not said["hit"]:
                    break
                print(json.dumps({"fault": f"{name} {n}{'+' if on else ''}", **said}), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
