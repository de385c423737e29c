"""An HTTP server for nothing but results: one small request a connection, an empty answer, and the end of it.

Net thread. HTTP itself is read by h11. Every limit is here: whoever reaches the port can cost no more than
:data:`MAX_CONNECTIONS` times 64 KiB for :data:`DEADLINE` seconds.
"""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import socket
from contextlib import suppress

from basix_desktop.callback.connection import Connection
from basix_desktop.domain.errors import CallbackProblem
from basix_desktop.services.callbacks import Results

#: Connections at once. One more ends the oldest that has not sent its request yet, so that slow ones keep none out.
MAX_CONNECTIONS = 64
#: Seconds from accepting a connection to its request's last byte.
DEADLINE = 10.0
_BACKLOG = 128
_IDS = {
    errno.EADDRINUSE: "callback_port_taken",
    errno.EACCES: "callback_port_forbidden",
    errno.EPERM: "callback_port_forbidden",
    errno.EADDRNOTAVAIL: "callback_address_absent",
    errno.EAFNOSUPPORT: "callback_address_absent",
    10013: "callback_port_forbidden",  # Windows' WSAEACCES, WSAEADDRINUSE, WSAEADDRNOTAVAIL
    10048: "callback_port_taken",
    10049: "callback_address_absent",
}


class CallbackServer:
    """Fills ``services.callbacks.Server``. It ends with :meth:`stop`, or with the loop's tasks."""

    def __init__(self, results: Results, *, max_connections: int = MAX_CONNECTIONS, deadline: float = DEADLINE) -> None:
        self._results = results
        self._max_connections = max_connections
        self._deadline = deadline
        self._open: dict[Connection, None] = {}  # oldest first
        self._task: asyncio.Task[None] | None = None
        self.port = 0  # the one listened on, once started

    @property
    def connections(self) -> int:
        return len(self._open)

    async def start(self, address: str, port: int) -> None:
        """Returns once connections are accepted. ``address`` is a literal; ``port`` 0 takes any free one. Raises
        ``CallbackProblem``."""
        try:
            literal = ipaddress.ip_address(address)
        except ValueError as error:
            raise CallbackProblem("callback_address_invalid") from error
        try:
            server = await asyncio.get_running_loop().create_server(
                self._accept,
                address,
                port,
                family=socket.AF_INET if literal.version == 4 else socket.AF_INET6,
                backlog=_BACKLOG,
            )
        except (OSError, OverflowError) as error:
            number = getattr(error, "errno", None) or 0
            detail = f"{type(error).__name__} {errno.errorcode.get(number, number)}"
            raise CallbackProblem(_IDS.get(number, "callback_failed"), detail) from error
        self.port = server.sockets[0].getsockname()[1]
        self._task = asyncio.create_task(self._serve(server), name="callback-server")

    async def stop(self) -> None:
        """No connection is open afterwards. Harmless if it does not run."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _serve(self, server: asyncio.Server) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            server.close()
            for connection in list(self._open):
                connection.abort()
            await asyncio.sleep(0)  # the sockets are closed one step later

    def _accept(self) -> Connection:
        if len(self._open) >= self._max_connections:
            oldest = next((c for c in self._open if not c.taking), next(iter(self._open)))
            del self._open[oldest]  # it is told of its end one step later, when more may have been accepted
            oldest.abort()
        connection = Connection(self._results, self._deadline, self._ended)
        self._open[connection] = None
        return connection

    def _ended(self, connection: Connection) -> None:
        self._open.pop(connection, None)
