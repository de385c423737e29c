"""A thread that runs one function after another: the owner of a database connection."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")
_Job = tuple["Future[Any]", Callable[[], Any]]


class DbThread:
    """Implements ``services.ports.Worker``. A daemon thread, since a disk may block for ever and quitting must not."""

    def __init__(self, name: str) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self._lock = threading.Lock()  # nothing is queued behind the end, where it would wait for ever
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(self, fn: Callable[[], T]) -> Future[T]:
        """Any thread. After :meth:`stop` the future is cancelled at once."""
        future: Future[T] = Future()
        with self._lock:
            if not self._closed:
                self._jobs.put((future, fn))
                return future
        future.cancel()
        return future

    def stop(self, last: Callable[[], object] | None = None, timeout: float = 5.0) -> bool:
        """Run what is queued, then ``last``, then end. False if it has not ended within ``timeout`` seconds."""
        with self._lock:
            if not self._closed:
                self._closed = True
                if last is not None:
                    self._jobs.put((Future(), last))
                self._jobs.put(None)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            future, fn = job
            if not future.set_running_or_notify_cancel():
                continue
            try:
                result = fn()
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(result)
            del job, future, fn  # keep no caller alive while waiting
