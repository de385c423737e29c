"""HTTPS to the PBX: one POST, sent once or not at all."""

from __future__ import annotations

import logging
import ssl
import threading
from collections.abc import Callable

from basix_desktop.domain.errors import NotReached
from basix_desktop.net import tls
from basix_desktop.net.exchange import Deadlines, Exchange, Gate, Post
from basix_desktop.net.loop import run_on_daemon_thread
from basix_desktop.net.ready import ReadyConnection


class Http:
    """Sends POSTs. Holds the process's TLS context; each request has a fresh connection of its own, which may have been
    opened shortly before (reliability.md A12)."""

    def __init__(self, extra_ca: bytes | None = None, boot_ms: Callable[[], int] | None = None) -> None:
        """``extra_ca``: PEM certificates trusted besides the operating system's, for tests. ``boot_ms``: a clock in
        milliseconds that counts the time the computer sleeps; without one no connection is made ready."""
        self._extra_ca = extra_ca
        self._lock = threading.Lock()
        self._context: ssl.SSLContext | None = None
        self._ready = ReadyConnection(boot_ms) if boot_ms is not None else None

    def prepare(self) -> None:
        """Import the HTTP library and build the TLS context: some 100 ms, so never on the main thread. Any other
        thread, any number of times; the first request does it if nobody did. Raises ``CertificateProblem``."""
        with self._lock:
            if self._context is None:
                import anyio._backends._asyncio  # noqa: F401  # otherwise imported by the first connection

                import basix_desktop.net.post  # noqa: F401  # brings httpx

                for name in ("httpx", "httpcore"):  # they log addresses and headers (reliability.md S2)
                    logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger(name).level))
                self._context = tls.build_context(self._extra_ca)

    async def post(self, request: Post, gate: Gate, deadlines: Deadlines) -> Exchange:
        """Send ``request`` once. No redirect is followed, nothing is retried.

        Raises ``NotReached``, ``CertificateProblem`` or ``ProxyProblem``, or what ``gate`` raised, only if not a byte
        of the request was sent (a CONNECT to a proxy is not the request). After the gate everything is an ``Exchange``.
        Cancelled before the gate, it has sent nothing.
        """
        context = await self.tls_context()
        from basix_desktop.net.post import send_once

        return await send_once(request, gate, deadlines, context, self._ready)

    async def make_ready(self, url: str) -> None:
        """Open the connection that a direct POST to ``url`` within the next seconds will use. Tells of no failure: the
        POST will. Net thread."""
        if self._ready is None or self._context is None:  # not set up yet: the first call is not made wait for it
            return
        from basix_desktop.net.post import origin_of_url

        origin = origin_of_url(url)
        if origin is not None:
            await self._ready.open(origin, self._context)

    async def tls_context(self) -> ssl.SSLContext:
        """The process's TLS context, for the other ways of reaching the same server. Raises ``CertificateProblem``."""
        if self._context is None:
            await run_on_daemon_thread(self.prepare, "TLS set-up")
        context = self._context
        if context is None:  # pragma: no cover - prepare() either builds it or raises
            raise NotReached("network_failed", "TLS is not ready")
        return context
