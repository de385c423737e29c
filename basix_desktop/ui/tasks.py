"""Work that may wait, started from the main thread and answered there."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, Protocol, TypeVar

from basix_desktop.domain.errors import BasixError
from basix_desktop.services.ports import Worker
from basix_desktop.ui.bridge import Bridge

T = TypeVar("T")
Done = Callable[[T], None]
Failed = Callable[[BasixError], None]


class CoroutineRunner(Protocol):
    """The net thread."""

    def run(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]: ...


class Tasks:
    """Main thread only. ``done`` and ``failed`` are called in the main thread; ``failed`` gets expected errors
    (``BasixError``) only, anything else is a defect and goes to ``sys.excepthook``."""

    def __init__(self, bridge: Bridge, db: Worker, reader: Worker, net: CoroutineRunner) -> None:
        self._bridge = bridge
        self._db = db
        self._reader = reader
        self._net = net

    def db(self, fn: Callable[[], T], done: Done[T] | None = None, failed: Failed | None = None) -> None:
        """On the database thread (writes, favourites)."""
        self.follow(self._db.submit(fn), done, failed)

    def read(self, fn: Callable[[], T], done: Done[T], failed: Failed | None = None) -> None:
        """On the reader thread (``History``)."""
        self.follow(self._reader.submit(fn), done, failed)

    def net(self, coroutine: Coroutine[Any, Any, T], done: Done[T], failed: Failed | None = None) -> None:
        """On the net thread."""
        self.follow(self._net.run(coroutine), done, failed)

    def slow(self, fn: Callable[[], T], done: Done[T] | None = None, failed: Failed | None = None) -> None:
        """On a daemon thread of its own: for what may block for ever (keyring, name look-ups)."""
        future: Future[T] = Future()
        threading.Thread(target=_fulfil, args=(future, fn), name="slow-task", daemon=True).start()
        self.follow(future, done, failed)

    def follow(self, future: Future[T], done: Done[T] | None, failed: Failed | None = None) -> None:
        """Report a future's end in the main thread."""
        future.add_done_callback(lambda ended: self._bridge.post(lambda: _report(ended, done, failed)))

    def post(self, fn: Callable[[], None]) -> None:
        """Any thread: run ``fn`` in the main thread."""
        self._bridge.post(fn)


def _fulfil(future: Future[T], fn: Callable[[], T]) -> None:
    try:
        future.set_result(fn())
    except BaseException as error:
        future.set_exception(error)


def _report(future: Future[T], done: Done[T] | None, failed: Failed | None) -> None:
    if future.cancelled():
        return
    error = future.exception()
    if error is None:
        if done is not None:
            done(future.result())
    elif isinstance(error, BasixError) and failed is not None:
        failed(error)
    else:
        sys.excepthook(type(error), error, error.__traceback__)
