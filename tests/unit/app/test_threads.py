"""The two threads of a session end in order: nothing is left waiting for what will never come."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import CancelledError
from typing import Any

import pytest

from basix_desktop.app.db_thread import DbThread
from basix_desktop.app.net_thread import NetThread
from basix_desktop.net.loop import NetLoop


class Hesitant(NetLoop):
    """Lets somebody else end the thread at the moment when a coroutine is handed to the loop."""

    net: NetThread
    stopper: threading.Thread | None = None

    def call_soon_threadsafe(self, callback: Any, *args: Any, context: Any = None) -> asyncio.Handle:  # type: ignore[override]
        if self.stopper is None:
            self.stopper = threading.Thread(target=self.net.stop)
            self.stopper.start()
            self.stopper.join(0.2)
        return super().call_soon_threadsafe(callback, *args, context=context)


def test_a_coroutine_handed_over_while_the_net_thread_ends_is_answered() -> None:
    loop = Hesitant()
    net = loop.net = NetThread(lambda: loop)
    future = net.run(asyncio.sleep(60))
    with pytest.raises((CancelledError, asyncio.CancelledError)):
        future.result(5)
    assert net.stop()
    assert loop.stopper is not None
    loop.stopper.join(5)


def test_after_its_end_the_database_thread_refuses_at_once() -> None:
    db, done = DbThread("db"), list[str]()
    assert db.submit(lambda: 1).result(5) == 1
    assert db.stop(lambda: done.append("last"))
    assert done == ["last"]
    assert db.submit(lambda: 2).cancelled()
