"""One press of Call, from the journal's INTENT to its verdict (design.md section 4).

The order is the promise: INTENT on disk, then the network, then the gate with SENDING on disk, then the first byte.
Nothing here ever sends a second time; a late answer to the first request may settle what was shown as unknown.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from basix_desktop.domain import guard
from basix_desktop.domain.accounts import Account, Preferences, Token
from basix_desktop.domain.calls import Attempt, Intent, State, Verdict
from basix_desktop.domain.concerns import Concern
from basix_desktop.domain.errors import BasixError, Failure, Stopped
from basix_desktop.domain.numbers import number_key
from basix_desktop.services.daemon import in_daemon_thread
from basix_desktop.services.endings import Endings
from basix_desktop.services.ports import Clock, Journal, Pbx, RepeatRules, Vault, Worker
from basix_desktop.services.press import Dialing, Order, Press, PressUnderWay, Progress

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds. ``age`` counts from the press, ``connect`` from INTENT, the others from the gate (design.md 4)."""

    connect: float = 15.0
    age: float = 15.0
    answer: float = 30.0
    late: float = 240.0


DEADLINES = Deadlines()
RULES = RepeatRules()


class Runner(Protocol):
    """The net thread: runs coroutines on its loop."""

    def run(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]: ...


class Dialer:
    """Places calls for every account. Thread-safe; the work runs on the net thread, the records on the database one."""

    def __init__(
        self,
        *,
        journal: Journal,
        db: Worker,
        net: Runner,
        pbx: Pbx,
        vault: Callable[[Account], Vault],
        clock: Clock,
        preferences: Callable[[], Preferences] = Preferences,
        allowed_countries: Callable[[Account], frozenset[str]] = lambda _: frozenset(),
        result_url: Callable[[Account, str], str] = lambda _account, _attempt_id: "",
        deadlines: Deadlines = DEADLINES,
        rules: RepeatRules = RULES,
    ) -> None:
        """``result_url`` (database thread) names where the PBX is to report this attempt's result if the order does not
        say; "" is nowhere."""
        self._journal = journal
        self._db = db
        self._net = net
        self._pbx = pbx
        self._vault = vault
        self._clock = clock
        self._preferences = preferences
        self._allowed_countries = allowed_countries
        self._result_url = result_url
        self._deadlines = deadlines
        self._rules = rules
        self._endings = Endings(journal, db)

    def expect(self, account: Account) -> None:
        """See :class:`Dialing`."""
        self._net.run(self._pbx.make_ready(account))

    def place(self, order: Order, progress: Progress) -> Press:
        """See :class:`Dialing`."""
        press, pressed = PressUnderWay(order, progress), self._now()
        # Recorded before the net thread is woken, which saves a change of threads.
        self._db.submit(lambda: self._begin(order)).add_done_callback(lambda begun: self._begun(press, begun, pressed))
        return press

    def finish(self, seconds: float) -> bool:
        """See :meth:`Endings.finish`."""
        return self._endings.finish(seconds)

    def _begun(self, press: PressUnderWay, begun: Future[Attempt], pressed: tuple[int, int]) -> None:
        """Database thread, or the caller's if that one has ended."""
        try:
            attempt = begun.result()
        except BaseException as error:
            press.fail(error)
        else:
            if self._net.run(self._follow(press, attempt, pressed)).cancelled():  # ending: nobody will send it
                press.fail(Stopped("stopped_before_sending", "the network has ended"))

    async def _follow(self, press: PressUnderWay, attempt: Attempt, started: tuple[int, int]) -> None:
        loop = asyncio.get_running_loop()
        cancelled = asyncio.Event()
        press.wake = lambda: _wake(loop, cancelled)
        if press.cancelled.is_set():  # before there was anything to wake
            cancelled.set()
        try:
            press.tell(attempt)
            await self._attempt(press, attempt, started, cancelled)
        except BaseException as error:
            press.fail(error)
            raise

    def _begin(self, order: Order) -> Attempt:
        """Database thread: the guard's concerns, the order's own and those of earlier attempts, in the transaction that
        records INTENT."""
        self._endings.catch_up()
        account, preferences = order.account, self._preferences()
        rules = guard.GuardRules(
            home=account.home_region,
            allowed_countries=self._allowed_countries(account) if order.number.foreign else frozenset(),
            allow_premium=preferences.allow_premium,
        )
        standing: tuple[Concern, ...] = (*guard.examine(order.number, rules), *order.concerns)
        attempt_id, request = str(uuid.uuid4()), order.request
        if not request.callback_url:
            request = replace(request, callback_url=self._result_url(account, attempt_id))
        intent = Intent(
            id=attempt_id,
            account=account.name,
            server=account.key[0],
            domain=account.domain,
            request=request,
            number_key=number_key(request.number, account.home_region),
            body=self._pbx.body(request),
            typed=order.typed,
            destination_label=order.destination_label or request.destination,
            origin=order.origin,
            confirmed=tuple(sorted(order.confirmed)),
        )
        repeat = RepeatRules(
            self._rules.just_now,
            self._rules.going_on,
            self._rules.unsettled,
            preferences.calls_per_minute,
            preferences.calls_per_hour,
        )
        return self._journal.begin(intent, standing, repeat)

    async def _attempt(
        self, press: PressUnderWay, attempt: Attempt, started: tuple[int, int], cancelled: asyncio.Event
    ) -> None:
        passed = asyncio.Event()
        exchange = asyncio.create_task(self._exchange(press, attempt, started, passed))
        try:
            interrupted = await self._until_gate(press, exchange, passed, cancelled)
            if passed.is_set():
                await self._after_gate(press, attempt, exchange)
                return
        except asyncio.CancelledError:  # the program ends
            self._note_last(attempt, exchange)
            raise
        failure = await self._not_sent(exchange, interrupted)
        press.resolve(
            await self._endings.record(
                lambda: self._journal.not_sent(attempt.id, failure, gate_never_returned=True),
                replace(attempt, state=State.NOT_SENT, failure=failure),
            )
        )

    async def _until_gate(
        self, press: PressUnderWay, exchange: asyncio.Task[Verdict], passed: asyncio.Event, cancelled: asyncio.Event
    ) -> str:
        """Wait for the gate, the exchange's end, the user or the deadline; the failure's id for the latter two."""
        waits = [asyncio.create_task(passed.wait()), asyncio.create_task(cancelled.wait())]
        try:
            await asyncio.wait([exchange, *waits], timeout=self._deadlines.connect, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waits:
                task.cancel()
        if passed.is_set() or exchange.done():
            return ""
        return "cancelled" if press.cancelled.is_set() else "connect_timeout"

    async def _not_sent(self, exchange: asyncio.Task[Verdict], interrupted: str) -> Failure:
        """The exchange ended, or is ended here, before the gate let anything through."""
        if interrupted:
            exchange.cancel()
        await asyncio.wait([exchange])
        if exchange.cancelled():
            return Failure(interrupted or "stopped_before_sending")
        error = exchange.exception()
        if isinstance(error, BasixError):
            return Failure(interrupted, detail=error.detail) if interrupted else error.failure
        if error is not None:
            log.error("an attempt failed before anything was sent", exc_info=error)
        return Failure(interrupted or "network_failed", detail=type(error).__name__ if error else "")

    async def _after_gate(self, press: PressUnderWay, attempt: Attempt, exchange: asyncio.Task[Verdict]) -> None:
        ended, _ = await asyncio.wait([exchange], timeout=self._deadlines.answer)
        if not ended:
            press.resolve(await self._settle(attempt, Verdict(State.UNKNOWN, Failure("no_answer_in_time"))))
            await asyncio.wait([exchange], timeout=max(0.0, self._deadlines.late - self._deadlines.answer))
            exchange.cancel()
            await asyncio.wait([exchange])
        verdict = _verdict(exchange)
        if not ended and verdict.state is State.UNKNOWN:
            return  # nothing new: it is on disk as unknown already
        press.resolve(await self._settle(attempt, verdict))

    def _note_last(self, attempt: Attempt, exchange: asyncio.Task[Verdict]) -> None:
        """What is known by now is still recorded, though nobody waits for it."""
        if exchange.done() and not exchange.cancelled() and exchange.exception() is None:
            verdict = exchange.result()
            self._endings.note(attempt.id, lambda: self._journal.settle(attempt.id, verdict))

    async def _settle(self, attempt: Attempt, verdict: Verdict) -> Attempt:
        settled = await self._endings.record(
            lambda: self._journal.settle(attempt.id, verdict),
            replace(attempt, state=verdict.state, failure=verdict.failure, uuids=verdict.uuids, answer=verdict.answer),
        )
        return replace(settled, retry_after=verdict.retry_after or 0)

    async def _exchange(
        self, press: PressUnderWay, attempt: Attempt, started: tuple[int, int], passed: asyncio.Event
    ) -> Verdict:
        token = await self._token(press.order.account)

        async def gate() -> None:
            self._may_send(press, started)
            await self._on_db(lambda: self._journal.to_sending(attempt.id))
            self._may_send(press, started)  # cancelled or asleep while the disk was writing
            press.gate_returned = True
            passed.set()
            press.tell(replace(attempt, state=State.SENDING))

        account = press.order.account
        verdict = await self._pbx.call_external(account, token, attempt.body, gate, attempt.id)
        if verdict.failure is not None and verdict.failure.id == "token_refused":
            self._vault(account).doubt(account, token)
        return verdict

    async def _token(self, account: Account) -> Token:
        """From memory, or on a daemon thread of its own: a keyring's prompt may never be answered."""
        vault = self._vault(account)
        known = vault.known(account)
        return known if known is not None else await in_daemon_thread(lambda: vault.get(account))

    def _may_send(self, press: PressUnderWay, started: tuple[int, int]) -> None:
        if press.gate_returned:
            raise Stopped("too_old", "the gate was asked twice")
        if press.cancelled.is_set():
            raise Stopped("cancelled")
        boot, wall = (now - then for now, then in zip(self._now(), started, strict=True))
        limit = self._deadlines.age * 1000
        # A wall clock set back says nothing about age; one far ahead means that the computer slept.
        if boot > limit or wall > limit:
            raise Stopped("too_old", f"{boot} ms old, {wall} ms by the wall clock")

    def _now(self) -> tuple[int, int]:
        return self._clock.boot_ms(), self._clock.wall_ms()

    async def _on_db(self, fn: Callable[[], T]) -> T:
        """On the database thread, to its end even if this task is cancelled meanwhile."""
        return await asyncio.shield(asyncio.wrap_future(self._db.submit(fn)))


def _verdict(exchange: asyncio.Task[Verdict]) -> Verdict:
    """What the exchange proved once the gate had been passed: whatever is not a verdict is unknown."""
    if exchange.cancelled():
        return Verdict(State.UNKNOWN, Failure("no_answer_in_time"))
    error = exchange.exception()
    if error is None:
        return exchange.result()
    log.error("an attempt failed after the gate", exc_info=error)
    return Verdict(State.UNKNOWN, Failure("connection_broke", detail=type(error).__name__))


def _wake(loop: asyncio.AbstractEventLoop, event: asyncio.Event) -> None:
    try:
        loop.call_soon_threadsafe(event.set)
    except RuntimeError:  # the loop is closed: the attempt is over
        log.debug("a cancel came after the end")


__all__ = ["Deadlines", "Dialer", "Dialing", "Order", "Press", "Progress"]
