"""What the fault server does on a connection, row by row."""

from __future__ import annotations

from collections.abc import Callable

from tests.helpers.fault_rows import SUCCESS
from tests.helpers.fault_server import Connection, Script

Ending = Callable[[Connection], None]


def http(status: int | str, body: bytes = b"", *headers: str, reason: str = "-", length: bool = True) -> bytes:
    """An HTTP answer as bytes; with ``length`` it states its length rightly."""
    lines = [f"HTTP/1.1 {status} {reason}", "Content-Type: application/json", *headers]
    if length:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def fin(connection: Connection) -> None:
    connection.fin()


def rst(connection: Connection) -> None:
    connection.rst()


def rst_unread(connection: Connection) -> None:
    """RST without reading. Not before the client speaks: earlier, it would depend on chance what the client is at."""
    connection.await_byte()
    connection.rst()


def hold(connection: Connection) -> None:
    connection.hold()


def deaf(connection: Connection) -> None:
    connection.deaf()


def says(raw: bytes, ending: Ending = fin, after: float = 0.0) -> Script:
    """Reads the whole POST, then says ``raw`` and ends."""

    def run(connection: Connection) -> None:
        connection.read_post()
        if after:
            connection.pause(after)
        connection.send(raw)
        ending(connection)

    return run


def answers(status: int | str, body: bytes = b"", *headers: str, reason: str = "-", length: bool = True) -> Script:
    """Reads the whole POST and gives an ordinary answer."""
    return says(http(status, body, *headers, reason=reason, length=length))


def json(body: bytes, status: int = 200) -> Script:
    return answers(status, body)


def reads_post_then(ending: Ending) -> Script:
    def run(connection: Connection) -> None:
        connection.read_post()
        ending(connection)

    return run


def reads_head_then(ending: Ending) -> Script:
    def run(connection: Connection) -> None:
        connection.read_head()
        ending(connection)

    return run


def reads_some_then(count: int, ending: Ending) -> Script:
    def run(connection: Connection) -> None:
        connection.read_head()
        connection.read_bytes(count)
        ending(connection)

    return run


def drips(raw: bytes, pause: float, ending: Ending = fin) -> Script:
    def run(connection: Connection) -> None:
        connection.read_post()
        connection.drip(raw, pause)
        ending(connection)

    return run


def floods(head: bytes, chunk: bytes = b" " * 65536) -> Script:
    """An answer without end."""

    def run(connection: Connection) -> None:
        connection.read_post()
        connection.send(head)
        while not connection.server.stopping.is_set():
            connection.send(chunk)

    return run


def retorts(raw: bytes) -> Script:
    """Says ``raw`` to whatever comes first."""

    def run(connection: Connection) -> None:
        connection.receive()
        connection.send(raw)
        connection.fin()

    return run


def proxy_says(raw: bytes, ending: Ending = fin) -> Script:
    """A proxy that answers CONNECT like this."""

    def run(connection: Connection) -> None:
        connection.read_head()
        if raw:
            connection.send(raw)
        ending(connection)

    return run


success = answers(200, SUCCESS)
