"""uvicorn on a thread of its own: quiet, without signal handlers, and gone within a second of being told to stop.

uvicorn and starlette are imported with this module, so it is imported late.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import uvicorn
from starlette.types import ASGIApp, Scope

from basix_desktop.demo.replies import Hangup

Result = TypeVar("Result")
_LARGEST_COMMAND = 64 * 1024


class _Server(uvicorn.Server):
    """Tells when it accepts connections; on its way out waits for nobody."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready
        self.loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self.loop = asyncio.get_running_loop()
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        # The connections learn of their end before their requests are cancelled: else uvicorn would answer those.
        await asyncio.sleep(0)
        tasks = list(self.server_state.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for server in self.servers:
            await server.wait_closed()

    def hang_up(self, scope: Scope, *, at_once: bool = False) -> None:
        """End the connection that ``scope`` came on, once what was written is out, or ``at_once``."""
        peer = tuple(scope["client"] or ())
        for connection in list(self.server_state.connections):
            if getattr(connection, "client", None) == peer:
                (connection.transport.abort if at_once else connection.transport.close)()


class LoopServer:
    """``build`` makes the application; it is given the ways to end a request's connection: politely and at once."""

    def __init__(self, listener: socket.socket, build: Callable[[Hangup, Hangup], ASGIApp]) -> None:
        self._listener = listener
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._server = _Server(self._config(build), self._ready.set)
        self._thread = threading.Thread(target=self._run, name="basix-demo-pbx", daemon=True)

    def _config(self, build: Callable[[Hangup, Hangup], ASGIApp]) -> uvicorn.Config:
        config = uvicorn.Config(
            build(self.hang_up, self.abort),
            loop="asyncio",
            http="h11",
            ws="websockets-sansio",
            ws_max_size=_LARGEST_COMMAND,
            ws_per_message_deflate=False,
            lifespan="off",
            interface="asgi3",
            log_config=None,
            log_level="critical",  # its loggers are nobody else's; failures of ours are logged by demo.web
            access_log=False,
            proxy_headers=False,
            server_header=False,
        )
        config.load()  # imports what it needs here, rather than while the loop runs
        return config

    def hang_up(self, scope: Scope) -> None:
        """See :data:`Hangup`. Server's thread."""
        self._server.hang_up(scope)

    def abort(self, scope: Scope) -> None:
        """End a connection without waiting for what is under way to it. Server's thread."""
        self._server.hang_up(scope, at_once=True)

    def run(self, work: Coroutine[Any, Any, Result], budget: float) -> Result:
        """Have the server's thread do ``work``. Raises TimeoutError after ``budget`` seconds. Any other thread."""
        assert self._server.loop is not None, "started"
        return asyncio.run_coroutine_threadsafe(work, self._server.loop).result(budget)

    def start(self, budget: float) -> None:
        self._thread.start()
        if not self._ready.wait(budget):
            self._server.should_exit = True
            raise TimeoutError("the demo PBX did not start in time")
        if self._failure:
            raise self._failure

    def stop(self, budget: float) -> None:
        self._server.should_exit = True
        self._thread.join(budget)

    def _run(self) -> None:
        try:
            asyncio.run(self._server.serve(sockets=[self._listener]))
        except BaseException as error:
            self._failure = error
        finally:
            self._listener.close()
            self._ready.set()
