"""A server on a loopback port, in a process of its own, that notes when the first byte of each request arrived.

Prints its port, then for each request a JSON line: ``id`` (X-Request-Id) and ``first_byte`` (monotonic, ns). Answers
that the call was placed. Ends when its standard input does.
"""

import contextlib
import json
import re
import socket
import sys
import threading
import time
import uuid

LENGTH = re.compile(rb"^content-length:\s*(\d+)", re.IGNORECASE | re.MULTILINE)
REQUEST_ID = re.compile(rb"^x-request-id:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


def serve(connection: socket.socket) -> None:
    data = connection.recv(65536)
    first_byte = time.monotonic_ns()
    if not data:
        return
    while not complete(data):
        more = connection.recv(65536)
        if not more:
            return
        data += more
    body = json.dumps({"result_code": 0, "uuids": [str(uuid.uuid4())]}).encode()
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    connection.sendall(head.encode() + body)
    found = REQUEST_ID.search(data)
    print(json.dumps({"id": found[1].decode() if found else "", "first_byte": first_byte}), flush=True)


def complete(data: bytes) -> bool:
    head, end, body = data.partition(b"\r\n\r\n")
    length = LENGTH.search(head)
    return bool(end) and len(body) >= int(length[1] if length else 0)


def accept_for_ever(listener: socket.socket) -> None:
    while True:
        connection, _ = listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with connection, contextlib.suppress(OSError):
            serve(connection)


def main() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(json.dumps({"port": listener.getsockname()[1]}), flush=True)
        threading.Thread(target=accept_for_ever, args=(listener,), daemon=True).start()
        sys.stdin.read()


if __name__ == "__main__":
    main()
