"""Work that may block for ever, such as a keyring's prompt that nobody answers."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


async def in_daemon_thread(fn: Callable[[], T]) -> T:
    """Run what may block for ever without holding up the exit of the process."""
    future: Future[T] = Future()

    def run() -> None:
        try:
            result = fn()
        except BaseException as error:
            with suppress(InvalidStateError):  # nobody waits any more
                future.set_exception(error)
        else:
            with suppress(InvalidStateError):
                future.set_result(result)

    threading.Thread(target=run, name="may-block", daemon=True).start()
    return await asyncio.wrap_future(future)
