"""A dialer on its real threads and a real journal, with a PBX that a test scripts and a clock that it moves."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from basix_desktop.app.net_thread import NetThread
from basix_desktop.app.stores import Stores
from basix_desktop.credentials.memory import MemoryVault
from basix_desktop.domain.accounts import Account, Preferences, Token
from basix_desktop.domain.calls import Attempt, CallRequest, State, Verdict
from basix_desktop.domain.concerns import Concern
from basix_desktop.domain.numbers import read
from basix_desktop.net.loop import new_event_loop
from basix_desktop.pbx.payload import call_external_body
from basix_desktop.services.dialer import DEADLINES, Deadlines, Dialer, Order, Press
from basix_desktop.services.ports import Gate, Vault

ACCOUNT = Account(name="office", domain="example.com", server="https://pbx.example.com/basix/api")
UUID = "ede7b23e-c172-445e-832e-963b11ba2b96"
PLACED = Verdict(State.ACCEPTED, uuids=(UUID,), http_status=200, answer="{}")
Script = Callable[[Gate], Awaitable[Verdict]]


class MovedClock:
    """Two clocks that a test moves apart."""

    def __init__(self) -> None:
        self.wall = 1_790_000_000_000
        self.boot = 5_000_000

    def wall_ms(self) -> int:
        return self.wall

    def boot_ms(self) -> int:
        return self.boot

    def boot_id(self) -> str:
        return "boot"

    def pass_ms(self, ms: int) -> None:
        self.wall += ms
        self.boot += ms


class ScriptedPbx:
    """Does what the test says, and remembers which attempts got past the gate."""

    def __init__(self) -> None:
        self.script: Script = self.place
        self.sent: list[str] = []

    async def place(self, gate: Gate) -> Verdict:
        await gate()
        return PLACED

    def body(self, request: CallRequest) -> str:
        return call_external_body(request)

    async def call_external(self, account: Account, token: Token, body: str, gate: Gate, attempt_id: str) -> Verdict:
        async def counted() -> None:
            await gate()
            self.sent.append(attempt_id)

        return await self.script(counted)

    async def make_ready(self, account: Account) -> None:
        raise NotImplementedError

    async def test(self, account: Account, token: Token) -> None:
        raise NotImplementedError


@dataclass
class Seen:
    """What ``progress`` was told, in order; :meth:`wait` for a state."""

    attempts: list[Attempt] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def __call__(self, attempt: Attempt) -> None:
        with self._changed:
            self.attempts.append(attempt)
            self._changed.notify_all()

    @property
    def states(self) -> list[State]:
        return [attempt.state for attempt in self.attempts]

    def wait(self, state: State, timeout: float = 10) -> Attempt:
        with self._changed:
            assert self._changed.wait_for(lambda: state in self.states, timeout), f"{state} not in {self.states}"
            return next(a for a in self.attempts if a.state is state)


class Bench:
    """One dialer and all that it stands on."""

    def __init__(self, folder: Path, *, deadlines: Deadlines = DEADLINES, vault: Vault | None = None) -> None:
        self.clock = MovedClock()
        self.pbx = ScriptedPbx()
        self.stores = Stores(folder / "calls.sqlite3", folder / "instances", self.clock)
        self.net = NetThread(new_event_loop)
        self.vault: Vault = vault or MemoryVault({ACCOUNT.key: Token("t0ken")})
        self.preferences = Preferences()
        self.dialer = Dialer(
            journal=self.stores.journal,
            db=self.stores.db,
            net=self.net,
            pbx=self.pbx,
            vault=lambda _: self.vault,
            clock=self.clock,
            preferences=lambda: self.preferences,
            deadlines=deadlines,
        )
        self.stores.open().result(10)

    def press(
        self,
        text: str = "03-1234-1234",
        *,
        confirmed: frozenset[str] = frozenset(),
        concerns: tuple[Concern, ...] = (),
    ) -> tuple[Press, Seen]:
        number = read(text)
        seen = Seen()
        order = Order(ACCOUNT, CallRequest(number.sent, "sales"), number, text, confirmed=confirmed, concerns=concerns)
        return self.dialer.place(order, seen), seen

    def on_disk(self, attempt_id: str) -> Attempt:
        found = self.stores.history.attempt
        attempt = self.stores.reader.submit(lambda: found(attempt_id)).result(10)
        assert attempt is not None
        return attempt

    def rows(self) -> int:
        from basix_desktop.services.ports import LogFilter

        return self.stores.reader.submit(lambda: self.stores.history.counts()[LogFilter.ALL]).result(10)

    def close(self) -> None:
        assert self.net.stop()
        assert self.stores.close()


@contextmanager
def bench(folder: Path, *, deadlines: Deadlines = DEADLINES, vault: Vault | None = None) -> Iterator[Bench]:
    made = Bench(folder, deadlines=deadlines, vault=vault)
    try:
        yield made
    finally:
        made.close()


async def forever(gate: Gate) -> Verdict:
    """A connection that never comes about."""
    await asyncio.Event().wait()
    raise AssertionError
