"""Faults outside the server: name look-ups, routes, limits. Each is a context manager over a scene."""

from __future__ import annotations

import contextlib
import os
import resource
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

from tests.helpers.fault_rows import Scene, World

_real_look_up = socket.getaddrinfo


def names(answer: Callable[[str, int, Scene], list[str]], *hosts: str) -> World:
    """Look-ups of ``hosts`` give the addresses that ``answer`` returns, or raise what it raises."""

    @contextlib.contextmanager
    def world(scene: Scene) -> Iterator[None]:
        def look_up(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
            name = host.decode() if isinstance(host, bytes) else host
            if name not in hosts:
                return _real_look_up(host, port, *args, **kwargs)
            return [
                (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, int(port)))
                for address in answer(name, int(port), scene)
            ]

        with mock.patch("socket.getaddrinfo", look_up):
            yield

    return world


def leads_here(*hosts: str) -> World:
    return names(lambda *_: ["127.0.0.1"], *hosts)


def no_such_name(host: str, code: int = socket.EAI_NONAME) -> World:
    def answer(*_: object) -> list[str]:
        raise socket.gaierror(code, "a name that the resolver does not know")

    return names(answer, host)


@contextlib.contextmanager
def hanging_look_up(scene: Scene) -> Iterator[None]:
    """No answer while the scene lasts; then the right one, which must lead to nothing any more."""
    release = threading.Event()
    answered = threading.Event()

    def answer(*_: object) -> list[str]:
        release.wait(30)
        answered.set()
        return ["127.0.0.1"]

    with names(answer, "localhost")(scene):
        try:
            yield
        finally:
            release.set()
            assert answered.wait(10)
    assert scene.server.connections == 0


def connect_fails(code: int) -> World:
    """The system refuses every connection with this error number, as it does without a route."""

    @contextlib.contextmanager
    def world(scene: Scene) -> Iterator[None]:
        ports = {scene.server.port, scene.proxy.port if scene.proxy else 0}
        real = socket.socket.connect

        def connect(self: socket.socket, address: Any) -> None:
            if address[1] in ports and threading.current_thread().name != "fault server":
                raise OSError(code, os.strerror(code))
            real(self, address)

        with mock.patch("socket.socket.connect", connect):
            yield

    return world


@contextlib.contextmanager
def no_file_descriptors(_: Scene) -> Iterator[None]:
    """Not one more file or socket can be opened in this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with open(os.devnull) as free:  # noqa: PTH123 - the number of the first free descriptor
        first_free = free.fileno()
    taken = []
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (first_free + 8, hard))
        with contextlib.suppress(OSError):
            while True:
                taken.append(os.dup(0))
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        for descriptor in taken:
            os.close(descriptor)


@contextlib.contextmanager
def black_holes(*addresses: str, port: int) -> Iterator[None]:
    """Addresses where a SYN is never answered: listeners whose queue is full."""
    with contextlib.ExitStack() as stack:
        for address in addresses:
            listener = stack.enter_context(socket.socket())
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((address, port))
            listener.listen(0)
            for _ in range(4):
                filler = stack.enter_context(socket.socket())
                filler.setblocking(False)
                filler.connect_ex((address, port))
        yield


def silent_addresses(*addresses: str) -> World:
    """``localhost`` has these addresses, none of which answers."""

    @contextlib.contextmanager
    def world(scene: Scene) -> Iterator[None]:
        with (
            black_holes(*addresses, port=scene.server.port),
            names(lambda *_: list(addresses), "localhost")(scene),
        ):
            yield

    return world


def environment(**variables: str) -> World:
    @contextlib.contextmanager
    def world(_: Scene) -> Iterator[None]:
        with mock.patch.dict(os.environ, variables):
            yield

    return world
