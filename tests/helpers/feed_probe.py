"""A feed at work against a ``FeedServer``, and what it told."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any, Self

from basix_desktop.cti.feed import make_feed
from basix_desktop.cti.policy import Timing
from basix_desktop.domain.accounts import Account, ProxyMode, ProxySetting, Token
from basix_desktop.domain.feed import FeedPhase, FeedStatus, Message
from basix_desktop.net.account_proxy import AccountProxy
from basix_desktop.net.http import Http
from basix_desktop.net.loop import new_event_loop
from basix_desktop.services.ports import LiveFeed

DIRECT = ProxySetting(ProxyMode.NONE)
CANARY = "tok-CANARY-9f8e7d6c5b4a"
#: Times that a test can wait for, the proportions kept.
QUICK = Timing(
    open=2.0, snapshot=2.0, message=0.6, ping=0.2, pong=0.3, close=0.2, tick=0.02, jump=30.0,
    first=0.02, longest=0.05, stable=60.0, slow=0.2, ghost=1.0, ghost_wait=0.1,
)  # fmt: skip


class TestClock:
    """The real wall clock's shape, moved by hand."""

    __test__ = False

    def __init__(self) -> None:
        self.slept = 0

    def wall_ms(self) -> int:
        return 1_800_000_000_000 + self._now() + self.slept

    def boot_ms(self) -> int:
        return self._now() + self.slept

    def boot_id(self) -> str:
        return "one"

    def _now(self) -> int:
        return int(asyncio.get_running_loop().time() * 1000)


class Probe:
    """An async context manager: the feed runs inside it, and is cancelled at its end."""

    def __init__(
        self,
        server: str,
        *,
        timing: Timing = QUICK,
        token: Callable[[], Token] = lambda: Token(CANARY),
        proxy: ProxySetting = DIRECT,
        proxy_password: str = "",
        http: Http | None = None,
        random: Callable[[], float] = lambda: 0.5,
        user: str = "",
    ) -> None:
        self.clock = TestClock()
        self.messages: list[Message] = []
        self.statuses: list[FeedStatus] = []
        self.events: list[Message | FeedStatus] = []
        self.on_message: Callable[[Message], None] = lambda _: None
        account = Account("One", "example", server, proxy=proxy, feed_user=user)
        factory = make_feed(
            http or Http(),
            self.clock,
            "1.0",
            proxy=AccountProxy(lambda _: proxy_password),
            timing=timing,
            random=random,
        )
        self.feed: LiveFeed = factory(account, token)
        self._news = asyncio.Event()

    async def __aenter__(self) -> Self:
        self.task = asyncio.create_task(self.feed.run(self._message, self._status))
        return self

    async def __aexit__(self, *_: object) -> None:
        self.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task

    @property
    def status(self) -> FeedStatus:
        return self.statuses[-1] if self.statuses else FeedStatus(FeedPhase.OFF)

    @property
    def phases(self) -> list[tuple[FeedPhase, str]]:
        """The statuses without their figures, repetitions left out."""
        steps: list[tuple[FeedPhase, str]] = []
        for status in self.statuses:
            if not steps or steps[-1] != (status.phase, status.reason):
                steps.append((status.phase, status.reason))
        return steps

    def count(self, phase: FeedPhase, reason: str | None = None) -> int:
        return sum(one is phase and reason in (None, why) for one, why in self.phases)

    def forget(self) -> None:
        self.messages.clear()
        del self.statuses[:-1]
        self.events.clear()

    async def until(self, holds: Callable[[], bool], seconds: float = 10) -> None:
        async with asyncio.timeout(seconds):
            while not holds():
                self._news.clear()
                await self._news.wait()

    async def reach(self, phase: FeedPhase, reason: str = "", seconds: float = 10) -> None:
        await self.until(lambda: (self.status.phase, self.status.reason) == (phase, reason), seconds)

    async def went(self, reason: str) -> None:
        """Until it has waited for this reason and is live again."""
        await self.until(lambda: self.count(FeedPhase.WAITING, reason) > 0 and self.status.phase is FeedPhase.LIVE)

    def _message(self, message: Message) -> None:
        self.messages.append(message)
        self.events.append(message)
        self._news.set()
        self.on_message(message)

    def _status(self, status: FeedStatus) -> None:
        self.statuses.append(status)
        self.events.append(status)
        self._news.set()


def quick(**changes: float) -> Timing:
    return replace(QUICK, **changes)


def run(coroutine: Coroutine[Any, Any, None]) -> None:
    """On the net thread's kind of loop."""
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(coroutine)
