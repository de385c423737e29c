"""The demo PBX inside the program: it never outlives the session that it belongs to."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import pytest

from basix_desktop.app.demo_session import DemoLink


def test_it_starts_once_and_serves_until_it_is_stopped() -> None:
    link = DemoLink()
    server = urlsplit(link.start())
    assert link.start() == server.geturl()
    assert server.hostname
    assert server.port
    address = (server.hostname, server.port)
    with socket.create_connection(address, 5):
        pass
    link.stop()
    with pytest.raises(ConnectionRefusedError), socket.create_connection(address, 5):
        pass


def test_a_thread_that_asks_after_the_end_starts_no_server() -> None:
    link = DemoLink()
    link.stop()
    with pytest.raises(OSError, match="ended"):
        link.start()
    assert link.requests == []
