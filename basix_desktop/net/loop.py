"""The event loop of the net thread: a stock selector loop whose name look-ups never hold up the end of the process."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

T = TypeVar("T")


async def run_on_daemon_thread(fn: Callable[[], T], name: str) -> T:
    """Run ``fn``, which may block for ever, on a daemon thread of its own. Cancelling forgets its result.

    asyncio's executor is of no use here: the interpreter waits for its threads when the process ends, and a resolver
    may take half a minute.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, problem: Exception | None) -> None:
        if future.done():
            return
        if problem is None:
            future.set_result(cast(T, result))
        else:
            future.set_exception(problem)

    def work() -> None:
        result: T | None = None
        problem: Exception | None = None
        try:
            result = fn()
        except Exception as raised:  # handed to whoever awaits
            problem = raised
        with contextlib.suppress(RuntimeError):  # the loop was closed meanwhile: nobody waits any more
            loop.call_soon_threadsafe(settle, result, problem)

    try:
        threading.Thread(target=work, name=name, daemon=True).start()
    except RuntimeError as problem:  # the system has no thread left
        raise OSError(f"no thread for {name}") from problem
    return await future


class NetLoop(asyncio.SelectorEventLoop):
    """Looks names up on daemon threads; otherwise the stock selector loop."""

    async def getaddrinfo(
        self,
        host: Any,
        port: Any,
        *,
        family: int = 0,
        type: int = 0,  # noqa: A002 - the base class names it
        proto: int = 0,
        flags: int = 0,
    ) -> Any:
        look_up = socket.getaddrinfo  # read at the time of the call, as the stock loop does
        return await run_on_daemon_thread(lambda: look_up(host, port, family, type, proto, flags), "name look-up")

    async def getnameinfo(self, sockaddr: Any, flags: int = 0) -> Any:
        return await run_on_daemon_thread(lambda: socket.getnameinfo(sockaddr, flags), "reverse name look-up")


def new_event_loop() -> asyncio.AbstractEventLoop:
    """The loop for the net thread (and for ``asyncio.Runner(loop_factory=…)``)."""
    return NetLoop()
