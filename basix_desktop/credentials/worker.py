"""One daemon thread that a keyring may block for as long as it likes."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import TypeVar

from basix_desktop.domain.errors import TokenUnavailable

T = TypeVar("T")


class PatientWorker:
    """Runs calls one after another and waits ``budget`` seconds for each (reliability.md H6, H9).

    One thread, so that an unanswered unlock prompt is never joined by a second one and an older write never lands after
    a newer one. A call that has not begun when its time is up is dropped; one that has begun goes on, and what waits
    behind it times out too. The thread lives while there is something to do, and never holds the end of the process.
    """

    def __init__(self, budget: float) -> None:
        self._budget = budget
        self._lock = threading.Lock()
        self._jobs: deque[Callable[[], None]] = deque()
        self._working = False

    def run(self, fn: Callable[[], T]) -> T:
        """Any thread. Raises ``TokenUnavailable`` ("keyring_timeout"), or whatever ``fn`` raises."""
        result: Future[T] = Future()
        self._submit(lambda: _settle(result, fn))
        try:
            return result.result(self._budget)
        except FutureTimeout:
            if not result.cancel() and result.done():  # it ended just now, or fn itself raised TimeoutError
                return result.result()
            raise TokenUnavailable("keyring_timeout", f"no answer within {self._budget:g} s") from None

    def _submit(self, job: Callable[[], None]) -> None:
        with self._lock:
            self._jobs.append(job)
            if self._working:
                return
            self._working = True
        threading.Thread(target=self._work, name="keyring", daemon=True).start()

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._jobs:
                    self._working = False
                    return
                job = self._jobs.popleft()
            job()


def _settle(result: Future[T], fn: Callable[[], T]) -> None:
    if not result.set_running_or_notify_cancel():
        return
    try:
        result.set_result(fn())
    except BaseException as error:  # it is the caller's, on another thread
        result.set_exception(error)
