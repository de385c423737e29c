"""Keeps the test process on the loopback interface.

Names under ``.invalid``, ``.test`` and ``.example`` (RFC 6761) answer as a real resolver would, with "no such name",
and the documentation networks (RFC 5737, RFC 3849) as a router without a way to them: for tests of failing networks.
Everything else outside this machine is refused the same way and, besides, fails the test that tried it.
"""

import errno
import ipaddress
import os
import socket
import threading
from collections.abc import Callable
from typing import Any

_NAMES_OF_THIS_MACHINE = {"", "localhost", "localhost.localdomain", "ip6-localhost", "0.0.0.0", "::", "*"}
_TEST_SUFFIXES = (".invalid", ".test", ".example", "invalid", "test", "example")
_TEST_NETWORKS = [
    *(ipaddress.ip_network(n) for n in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4")),
    ipaddress.ip_network("2001:db8::/32"),
]


class NetworkGuard:
    """Replaces the ways out of the process; ``violations`` names what was tried. Safe from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._violations: list[str] = []
        self._originals: list[tuple[object, str, Any]] = []

    def take_violations(self) -> list[str]:
        """What was tried since the last question."""
        with self._lock:
            taken, self._violations = self._violations, []
        return taken

    def install(self) -> None:
        """Patch ``socket``. Undone by :meth:`remove`."""
        for name in ("connect", "connect_ex", "sendto"):
            self._replace(socket.socket, name, self._guarded_method(name, getattr(socket.socket, name)))
        for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
            self._replace(socket, name, self._guarded_lookup(getattr(socket, name)))

    def remove(self) -> None:
        """Put the real functions back."""
        for owner, name, original in reversed(self._originals):
            setattr(owner, name, original)
        self._originals.clear()

    def _replace(self, owner: object, name: str, new: Callable[..., Any]) -> None:
        self._originals.append((owner, name, getattr(owner, name)))
        setattr(owner, name, new)

    def _guarded_method(self, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(sock: socket.socket, *args: Any) -> Any:
            address = args[-1]
            if sock.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(str(address[0])):
                self._note(str(address[0]), f"{name} to {address}")
                if name == "connect_ex":
                    return errno.ENETUNREACH
                raise OSError(errno.ENETUNREACH, os.strerror(errno.ENETUNREACH))
            return original(sock, *args)

        return guarded

    def _guarded_lookup(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(host: str | bytes | None, *args: Any, **kwargs: Any) -> Any:
            name = host.decode("ascii", "replace") if isinstance(host, bytes) else (host or "")
            if _is_address(name):
                return original(host, *args, **kwargs)
            if _is_here(name):
                return _look_up_here(original, host, *args, **kwargs)
            self._note(name, f"look-up of {name!r}")
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        return guarded

    def _note(self, host: str, what: str) -> None:
        if not _is_for_tests(host):
            with self._lock:
                self._violations.append(what)


def _look_up_here(original: Callable[..., Any], host: str | bytes | None, *args: Any, **kwargs: Any) -> Any:
    """A system without /etc/hosts does not know its own "localhost"; RFC 6761 says what it is all the same."""
    try:
        return original(host, *args, **kwargs)
    except socket.gaierror:
        return original("127.0.0.1", *args, **kwargs)


def _is_address(host: str) -> bool:
    return _address(host) is not None


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _is_here(host: str) -> bool:
    address = _address(host)
    if address is not None:
        mapped = getattr(address, "ipv4_mapped", None)
        return (mapped or address).is_loopback or address.is_unspecified
    name = host.lower().rstrip(".")
    return name in _NAMES_OF_THIS_MACHINE or name.endswith(".localhost") or name == socket.gethostname().lower()


def _is_for_tests(host: str) -> bool:
    address = _address(host)
    if address is not None:
        return any(address in network for network in _TEST_NETWORKS)
    return host.lower().rstrip(".").endswith(_TEST_SUFFIXES)
