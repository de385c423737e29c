"""The demo PBX inside the program's process: an account that is stored nowhere, on a server that starts when needed."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from basix_desktop.domain.accounts import Account, Settings, Token
from basix_desktop.domain.calls import CallRequest, Verdict
from basix_desktop.domain.feed import FeedStatus, Message
from basix_desktop.services.daemon import in_daemon_thread
from basix_desktop.services.ports import Favourites, FeedFactory, Gate, LiveFeed, Pbx, SettingsStore

DEMO_DOMAIN = "demo"
_SPEED = 1.0


def demo_account() -> Account:
    """Its server's port is known only once the demo PBX runs; everything stored is filed under ``Account.key``."""
    return Account(
        name="Demo PBX",
        domain=DEMO_DOMAIN,
        calling_numbers=("05068601111", "0312341234"),
        default_calling_number="",
        demo=True,
    )


class DemoSettings:
    """The demo account over the user's own preferences. Changes of the account last as long as the session."""

    def __init__(self, own: SettingsStore, account: Account) -> None:
        self._own = own
        self._accounts: tuple[Account, ...] = (account,)

    def load(self) -> Settings:
        own = self._own.load()
        return Settings(self._accounts, self._accounts[0].name if self._accounts else "", own.preferences)

    def save(self, settings: Settings) -> None:
        own = self._own.load()
        if settings.preferences != own.preferences:
            self._own.save(replace(own, preferences=settings.preferences))
        self._accounts = settings.accounts

    def locked(self) -> dict[str, str]:
        return {path: source for path, source in self._own.locked().items() if path.startswith("preferences")}


class DemoLink:
    """Starts the demo PBX once, on whichever thread asks first."""

    def __init__(self) -> None:
        from basix_desktop.demo.server import DemoPbx

        self.token = Token(secrets.token_urlsafe(24))
        self._pbx = DemoPbx(domain=DEMO_DOMAIN, token=self.token.reveal(), speed=_SPEED)
        self._lock = threading.Lock()
        self._started = self._ended = False

    @property
    def requests(self) -> list[dict[str, Any]]:
        """What the demo PBX has received so far."""
        return self._pbx.requests

    def start(self) -> str:
        """The server's address; starts it if need be (imports a web server: not on the main thread). Raises OSError
        after :meth:`stop`: a thread that asks late must not leave a server behind."""
        with self._lock:
            if self._ended:
                raise ConnectionAbortedError("the demo has ended")
            if not self._started:
                self._pbx.start()
                self._started = True
            return self._pbx.server

    def stop(self) -> None:
        with self._lock:
            self._ended = True
            if self._started:
                self._pbx.stop()
                self._started = False

    def through(self, pbx: Pbx) -> Pbx:
        """The same PBX client, led to the demo's port."""
        return _DemoClient(self, pbx)

    def feeds(self, make: FeedFactory) -> FeedFactory:
        """The same feeds, led to the demo's port."""
        return lambda account, token: _DemoFeed(self, make, account, token)


class _DemoFeed:
    """A feed whose server has to be started first."""

    def __init__(self, link: DemoLink, make: FeedFactory, account: Account, token: Callable[[], Token]) -> None:
        self._link = link
        self._make = make
        self._account = account
        self._token = token
        self._feed: LiveFeed | None = None

    async def run(self, on_message: Callable[[Message], None], on_status: Callable[[FeedStatus], None]) -> None:
        server = await in_daemon_thread(self._link.start)
        self._feed = self._make(replace(self._account, server=server, demo=False), self._token)
        await self._feed.run(on_message, on_status)

    def send(self, command: dict[str, str | int]) -> bool:
        return self._feed is not None and self._feed.send(command)

    def use_here(self) -> None:
        if self._feed is not None:
            self._feed.use_here()


class _DemoClient:
    def __init__(self, link: DemoLink, pbx: Pbx) -> None:
        self._link = link
        self._pbx = pbx

    def body(self, request: CallRequest) -> str:
        return self._pbx.body(request)

    async def call_external(self, account: Account, token: Token, body: str, gate: Gate, attempt_id: str) -> Verdict:
        return await self._pbx.call_external(await self._led(account), token, body, gate, attempt_id)

    async def make_ready(self, account: Account) -> None:
        await self._pbx.make_ready(await self._led(account))

    async def test(self, account: Account, token: Token) -> None:
        await self._pbx.test(await self._led(account), token)

    async def _led(self, account: Account) -> Account:
        return replace(account, server=await in_daemon_thread(self._link.start))


def furnish(favourites: Favourites, account: Account, language: str) -> None:
    """Database thread: the favourites of a first look at the demo, its reception's usual destination first."""
    from basix_desktop.demo.company import COMPANY

    if favourites.list(*account.key):
        return
    wanted = ("sales", "support", "helen", "sato")
    for name in wanted:
        found = COMPANY.find(name)
        if found is not None:
            favourites.add(*account.key, found.name, found.label)
    first = next(iter(favourites.list(*account.key)), None)
    if first is not None:
        favourites.set_usual(first.id, *account.key)
