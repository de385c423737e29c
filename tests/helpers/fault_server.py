"""A server on raw sockets that does what a script says, and counts the complete POSTs that reached it."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

_LENGTH = re.compile(rb"^content-length:[ \t]*([0-9]+)", re.IGNORECASE | re.MULTILINE)
_REQUEST_ID = re.compile(rb"^x-request-id:[ \t]*([^\r\n]*)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SeenPost:
    """One POST that arrived to its last byte."""

    request_id: str
    head: bytes
    body: bytes


class Connection:
    """One accepted connection, in a thread of its own. A script calls these methods in order."""

    def __init__(self, server: FaultServer, sock: socket.socket) -> None:
        self.server = server
        self.sock = sock
        self.buffer = b""

    def start_tls(self, context: ssl.SSLContext) -> None:
        self.sock = context.wrap_socket(self.sock, server_side=True)

    def receive(self) -> bytes:
        """What came next; b"" at the end. Complete POSTs are counted as they become so."""
        data = self.sock.recv(65536)
        self.buffer += data
        self.server.note(self, data)
        return data

    def read_head(self) -> bytes:
        """Up to and including the empty line."""
        while b"\r\n\r\n" not in self.buffer:
            if not self.receive():
                raise ConnectionError("the client left")
        return self.buffer.partition(b"\r\n\r\n")[0]

    def read_post(self) -> None:
        before = len(self.server.posts)
        while len(self.server.posts) == before:
            if not self.receive():
                raise ConnectionError("the client left")

    def read_bytes(self, count: int) -> None:
        while len(self.buffer) < count and self.receive():
            pass

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def drip(self, data: bytes, pause: float) -> None:
        """A byte at a time, until the server stops."""
        for byte in data:
            if self.server.stopping.wait(pause):
                return
            self.send(bytes([byte]))

    def pause(self, seconds: float) -> None:
        self.server.stopping.wait(seconds)

    def fin(self) -> None:
        """Say no more; go on reading, so that the system sends no RST and late bytes are counted."""
        with contextlib.suppress(OSError):
            socket.socket.shutdown(self.sock, socket.SHUT_WR)
        self.hold()

    def hold(self) -> None:
        """Silence until the client leaves or the server stops."""
        with contextlib.suppress(OSError, ValueError):
            while self.receive():
                pass

    def deaf(self) -> None:
        """Not even read, until the server stops."""
        self.server.stopping.wait(30)

    def await_byte(self) -> None:
        """Until the client has said something, which is left unread."""
        raw = socket.socket(fileno=os.dup(self.sock.fileno()))
        with raw:
            raw.recv(1, socket.MSG_PEEK)

    def rst(self) -> None:
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()


Script = Callable[[Connection], None]


class FaultServer:
    """Listens on a loopback port from construction on; a context manager that leaves no thread and no socket."""

    def __init__(self, script: Script, receive_buffer: int = 0) -> None:
        self.script = script
        self.stopping = threading.Event()
        self.posts: list[SeenPost] = []
        self.received = bytearray()
        self.connections = 0
        self.connected = threading.Event()
        self._lock = threading.Lock()
        self._open: list[Connection] = []
        self._adopted: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if receive_buffer:
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen(256)  # a test may come with more than a hundred at once
        self.port: int = self._listener.getsockname()[1]

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        with self._lock:
            sockets = [*self._adopted, *(connection.sock for connection in self._open)]
        for sock in sockets:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive(), "a connection's script does not end"
        self._listener.close()

    def count(self, request_id: str | None = None) -> int:
        """Complete POSTs, of one attempt or of all."""
        with self._lock:
            return sum(request_id in (None, post.request_id) for post in self.posts)

    def idle(self) -> bool:
        """Whether every client has left and all that it had sent is read."""
        with self._lock:
            return not self._open

    def note(self, connection: Connection, data: bytes) -> None:
        with self._lock:
            self.received += data
            head, end, rest = connection.buffer.partition(b"\r\n\r\n")
            if not end or not head.startswith(b"POST "):
                return
            length = _LENGTH.search(head)
            wanted = int(length[1]) if length else 0
            if len(rest) >= wanted:
                found = _REQUEST_ID.search(head)
                request_id = found[1].decode() if found else ""
                self.posts.append(SeenPost(request_id, head, rest[:wanted]))
                connection.buffer = rest[wanted:]

    def adopt(self, sock: socket.socket) -> None:
        """A socket to shut down when the server stops, so that nobody waits on it."""
        with self._lock:
            self._adopted.append(sock)

    def spawn(self, work: Callable[[], None]) -> None:
        """A thread that the server waits for when it stops."""
        self._start(work)

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, name="fault server", daemon=True)
        with self._lock:
            self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.stopping.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # an RST must not overtake what was said
            connection = Connection(self, sock)
            with self._lock:
                self.connections += 1
                self._open.append(connection)
            self.connected.set()
            self._start(lambda connection=connection: self._serve(connection))  # type: ignore[misc]

    def _serve(self, connection: Connection) -> None:
        try:
            self.script(connection)
        except (OSError, ValueError):
            pass  # the client left in the middle: nothing to serve any more
        finally:
            with self._lock:
                self._open.remove(connection)
            connection.sock.close()


def tunnel(upstream: Callable[[], int], cut_after: int | None = None) -> Script:
    """A CONNECT proxy's script: whatever name is asked for leads to ``upstream()``, a loopback port. ``cut_after``:
    RST once that many bytes went towards the server."""

    def run(connection: Connection) -> None:
        connection.read_head()
        try:
            there = socket.create_connection(("127.0.0.1", upstream()), timeout=5)
        except OSError:
            connection.send(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
            return
        with there:
            there.settimeout(None)
            there.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.server.adopt(there)
            connection.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
            connection.server.spawn(lambda: _pump(there, connection.sock, None))
            _pump(connection.sock, there, cut_after)
            with contextlib.suppress(OSError):
                there.shutdown(socket.SHUT_RDWR)  # wakes the other direction

    return run


def _pump(source: socket.socket, sink: socket.socket, cut_after: int | None) -> None:
    """Copy until the end, or until ``cut_after`` bytes; then end both sides."""
    copied = 0
    try:
        while data := source.recv(65536):
            copied += len(data)
            if cut_after is not None and copied > cut_after:
                raise ConnectionResetError
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        for sock in (sink, source):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
