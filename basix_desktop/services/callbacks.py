"""Results by callback (basix-api.md 1.2): an unguessable path for each attempt, and what becomes of a result on it.

A path holds the attempt's id and a code that only this database's secret makes. So a result finds its attempt after a
restart, nothing has to be looked up to turn a wrong path away, and a right one proves that the PBX has acted.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import re
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar
from uuid import UUID

from basix_desktop.domain.accounts import Account, CallbackListener
from basix_desktop.domain.calls import Attempt, CallResult
from basix_desktop.domain.errors import InputRefused
from basix_desktop.domain.inputs import read_listener_url
from basix_desktop.services.dialer import Runner
from basix_desktop.services.ports import Journal, Worker

log = logging.getLogger(__name__)
T = TypeVar("T")

#: Bytes of the code: 128 bits cannot be tried out.
_CODE = 16
_TOKEN = re.compile(r"[0-9a-f]{64}\Z")


class Results(Protocol):
    """What the server asks. Net thread."""

    def knows(self, token: str) -> bool:
        """Whether this last part of a path is one that we gave out; in constant time, without a look at the disk."""
        ...

    async def take(self, token: str, result: CallResult) -> None:
        """Record a result. Returns once it is on disk, or was before; raises ``StoreError``."""
        ...


class Server(Protocol):
    """``callback.server.CallbackServer``. Net thread."""

    async def start(self, address: str, port: int) -> None:
        """Raises ``CallbackProblem``."""
        ...

    async def stop(self) -> None: ...


class CallbackDesk:
    """Listens while the active account wants it. Methods but :meth:`url_for` may be called from any thread; ``changed``
    is called on the net thread with an attempt for which a result has come."""

    def __init__(
        self,
        *,
        net: Runner,
        db: Worker,
        journal: Journal,
        make_server: Callable[[Results], Server],
        changed: Callable[[Attempt], None] = lambda _: None,
    ) -> None:
        self._net = net
        self._db = db
        self._journal = journal
        self._make_server = make_server
        self.changed = changed
        self._secret = b""
        self._server: Server | None = None
        self._where: tuple[str, int] | None = None
        self._one_by_one: asyncio.Lock | None = None

    def start(self, account: Account | None) -> Future[None]:
        """Listen as this account's settings say, or no longer; repeating it changes nothing. The future raises
        ``CallbackProblem`` or ``StoreError``: then nothing listens, and calls are placed all the same."""
        return self._net.run(self._follow(account.listener if account is not None else CallbackListener()))

    def stop(self) -> Future[None]:
        """Ending the net thread does it too."""
        return self.start(None)

    def url_for(self, account: Account, attempt_id: str) -> str:
        """Where the PBX is to report this attempt's result; "" if the account does not want it here, or names no usable
        address: a call is not to fail for that. Database thread. It does not ask whether this process listens: another
        one may, and the same one after its next start."""
        if not account.listener.enabled:
            return ""
        try:
            public = read_listener_url(account.listener.public_url)
        except InputRefused as error:
            log.warning("no result is asked for: the listener's public URL cannot be used (%s)", error.detail)
            return ""
        return f"{public}/{token_for(self._known_secret(), attempt_id)}"

    # -- for the server: Results

    def knows(self, token: str) -> bool:
        return bool(self._secret) and attempt_of(self._secret, token) is not None

    async def take(self, token: str, result: CallResult) -> None:
        attempt_id, journal = attempt_of(self._secret, token), self._journal
        if attempt_id is None:
            return
        attempt = await self._on_db(lambda: journal.take_result(attempt_id, result))
        if attempt is not None:
            self.changed(attempt)

    # -- net thread

    async def _follow(self, wanted: CallbackListener) -> None:
        if self._one_by_one is None:
            self._one_by_one = asyncio.Lock()
        async with self._one_by_one:
            where = (wanted.address, wanted.port) if wanted.enabled else None
            if where == self._where:
                return
            if self._server is not None:
                await self._server.stop()
            self._server = self._where = None
            if where is None:
                return
            await self._on_db(self._known_secret)
            server = self._make_server(self)
            await server.start(*where)
            self._server, self._where = server, where
            log.info("listening for results on port %d", where[1])

    def _known_secret(self) -> bytes:
        """Database thread."""
        if not self._secret:
            self._secret = self._journal.callback_secret()
        return self._secret

    async def _on_db(self, fn: Callable[[], T]) -> T:
        return await asyncio.shield(asyncio.wrap_future(self._db.submit(fn)))


def token_for(secret: bytes, attempt_id: str) -> str:
    """The last part of an attempt's path: 64 hexadecimal digits, which survive any rewriting of addresses."""
    attempt = UUID(attempt_id).bytes
    return (attempt + _code(secret, attempt)).hex()


def attempt_of(secret: bytes, token: str) -> str | None:
    """The attempt whose path this is; None for any other text."""
    if not _TOKEN.match(token):
        return None
    told = bytes.fromhex(token)
    attempt, code = told[:16], told[16:]
    return str(UUID(bytes=attempt)) if hmac.compare_digest(code, _code(secret, attempt)) else None


def _code(secret: bytes, attempt: bytes) -> bytes:
    return hmac.digest(secret, b"basix-desktop result path\0" + attempt, "sha256")[:_CODE]
