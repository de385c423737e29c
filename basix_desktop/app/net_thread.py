"""The thread of all network work: one plain daemon thread with a stock asyncio loop."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

log = logging.getLogger(__name__)
T = TypeVar("T")


class NetThread:
    """Started with the first coroutine. ``new_loop`` gives the loop whose name look-ups run on daemon threads."""

    def __init__(self, new_loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
        self._new_loop = new_loop
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[Any]] = set()  # asyncio itself keeps only weak references
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stopping = False

    @property
    def stopping(self) -> bool:
        return self._stopping

    def run(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Any thread. The future is cancelled if the thread is stopping."""
        future: Future[T] = Future()
        with self._lock:
            if self._stopping:
                coroutine.close()
                future.cancel()
                return future
            # Inside the lock: once stopping, the loop may be closed at any moment.
            self._started().call_soon_threadsafe(self._start_task, coroutine, future)
        return future

    def stop(self, timeout: float = 2.0) -> bool:
        """Cancel what runs, wait for it, end the loop. False if it has not ended within ``timeout`` seconds. Any number
        of times."""
        with self._lock:
            first, self._stopping = not self._stopping, True
            loop, thread = self._loop, self._thread
            if loop is None or thread is None:
                return True
            if first:
                loop.call_soon_threadsafe(self._cancel_all)
        thread.join(timeout)
        return not thread.is_alive()

    def _started(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = self._new_loop()
            self._loop.set_exception_handler(_report)
            self._thread = threading.Thread(target=self._serve, args=(self._loop,), name="net", daemon=True)
            self._thread.start()
        return self._loop

    def _serve(self, loop: asyncio.AbstractEventLoop) -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_forever()
            loop.run_until_complete(loop.shutdown_asyncgens())
        finally:
            asyncio.set_event_loop(None)
            loop.close()

    def _start_task(self, coroutine: Coroutine[Any, Any, T], future: Future[T]) -> None:
        assert self._loop is not None
        task = self._loop.create_task(coroutine)
        self._tasks.add(task)

        def ended(task: asyncio.Task[T]) -> None:
            self._tasks.discard(task)
            if not future.set_running_or_notify_cancel():
                return
            if task.cancelled():
                future.set_exception(asyncio.CancelledError())
            elif (error := task.exception()) is not None:
                future.set_exception(error)
            else:
                future.set_result(task.result())

        task.add_done_callback(ended)

    def _cancel_all(self) -> None:
        assert self._loop is not None
        loop = self._loop
        tasks = [task for task in asyncio.all_tasks(loop) if not task.done()]
        for task in tasks:
            task.cancel()

        async def wait() -> None:
            if tasks:
                await asyncio.wait(tasks, timeout=1.0)
            loop.stop()

        self._last = loop.create_task(wait())


def _report(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """The loop's own words hold objects' reprs; only the exception's type and traceback go to the log."""
    log.error("unhandled in the net thread: %s", context.get("message", ""), exc_info=context.get("exception"))
