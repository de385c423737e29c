"""The PBX's live feed for one account: connects, keeps alive, reconnects. Dialling never depends on it.

It asks for the events of the whole PBX (``full_events``), unless the account names a user: the account is a domain with
an API token, not one of its users, and the leg of a call that was made through the API belongs to no user before
somebody inside answers; the presence of everybody is wanted as well (basix-api.md 2.1).
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import json
import logging
import random
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, NoReturn

from basix_desktop.cti.connection_address import Address, Addresses
from basix_desktop.cti.messages import Parser
from basix_desktop.cti.policy import Closed, End, Policy, Step, Timing, Why
from basix_desktop.domain.accounts import Account, Token
from basix_desktop.domain.feed import FeedPhase, FeedStatus, Message, Snapshot, SystemMessage
from basix_desktop.etf import EVENT_LIMITS, EtfError, Limits, decode, limits_for
from basix_desktop.net.account_proxy import AccountProxy
from basix_desktop.net.http import Http
from basix_desktop.net.loop import run_on_daemon_thread
from basix_desktop.services.ports import Clock, FeedFactory, LiveFeed

if TYPE_CHECKING:
    from basix_desktop.cti.connection import Connection

log = logging.getLogger(__name__)

APP_NAME = "basix-desktop"
MOST_BAD_FRAMES = 100  # of one connection (reliability.md M5)
_SLICE = 0.01  # seconds of reading, after which the rest of the net thread has its turn
_ENDS = {"connection_replaced": Why.REPLACED, "connection_limit_reached": Why.LIMIT}


def make_feed(
    http: Http,
    clock: Clock,
    app_version: str,
    *,
    proxy: AccountProxy | None = None,
    timing: Timing | None = None,
    random: Callable[[], float] = random.random,
    app_name: str = APP_NAME,
) -> FeedFactory:
    """The maker of feeds. ``http`` lends its TLS context, ``proxy`` (by default the system's) finds the same proxy as
    for HTTP; ``random`` gives numbers from 0 up to 1."""
    ways, times, user_agent = proxy or AccountProxy(), timing or Timing(), f"{APP_NAME}/{app_version}"

    def make(account: Account, token: Callable[[], Token]) -> LiveFeed:
        addresses = Addresses(account, token, http=http, proxy=ways, app_name=app_name, user_agent=user_agent)
        return Feed(addresses, clock, times, random)

    return make


class Feed:
    """Fills ``services.ports.LiveFeed``. Net thread only.

    ``FeedStatus.since`` is the last moment at which what was told was whole: the last message, or the last answer to a
    ping, since messages that had been on their way came before it.
    """

    def __init__(self, addresses: Addresses, clock: Clock, timing: Timing, random: Callable[[], float]) -> None:
        self._addresses = addresses
        self._clock = clock
        self._timing = timing
        self._policy = Policy(timing, random, lambda: clock.boot_ms() / 1000)
        self._status = FeedStatus(FeedPhase.OFF)
        self._on_status: Callable[[FeedStatus], None] = lambda _: None
        self._on_message: Callable[[Message], None] = lambda _: None
        self._since: int | None = None
        self._wake = asyncio.Event()
        self._can_force = False
        self._forced = False
        self._connection: Connection | None = None
        self._opening: asyncio.Timeout | None = None
        self._slept = False
        self._next_try = 0.0
        self._complained = False

    # -- the port --------------------------------------------------------------------------------------------------

    async def run(self, on_message: Callable[[Message], None], on_status: Callable[[FeedStatus], None]) -> None:
        """See the port. A callback's exception is logged, and the feed goes on."""
        self._on_message, self._on_status = on_message, on_status
        watch = asyncio.get_running_loop().create_task(self._watch(), name="feed watch")
        try:
            while True:
                await self._rest(await self._once())
        finally:
            watch.cancel()
            await asyncio.wait([watch])
            self._report(FeedPhase.OFF)

    def send(self, command: dict[str, str | int]) -> bool:
        """See the port. True means that it is on its way; whether it had an effect, the events tell."""
        if self._status.phase is not FeedPhase.LIVE or self._connection is None:
            return False
        return self._connection.send(json.dumps(command, ensure_ascii=False, separators=(",", ":")))

    def use_here(self) -> None:
        """See the port. Forces only where another copy stands in the way; does nothing while the feed is live."""
        if self._status.phase is FeedPhase.LIVE:
            return
        self._forced = self._forced or self._can_force
        self._policy.asked()
        self._wake.set()

    # -- one connection --------------------------------------------------------------------------------------------

    async def _once(self) -> Step:
        """Connect, read until it ends, and say at once what comes next."""
        self._slept = False
        self._report(FeedPhase.CONNECTING)
        end: End | None = None
        try:
            connection = self._connection = await self._open()
            self._forced = False
            self._policy.opened()
            await self._read(connection)
        except Closed as closed:
            end = closed.end
            return self._announce(end)
        finally:
            left, self._connection = self._connection, None
            if left is not None:
                await left.close(end)

    async def _open(self) -> Connection:
        """Raises ``Closed``."""
        address = await self._addresses.find(self._forced)
        self._report(FeedPhase.CONNECTING)
        open_connection = await _opener()
        try:
            async with asyncio.timeout(self._timing.open) as self._opening:
                if self._slept:
                    raise TimeoutError
                return await open_connection(address, self._timing, self._heard)
        except TimeoutError:
            end = _SLEPT if self._slept else End(Why.LOST, "no answer in time")
        finally:
            self._opening = None
        raise Closed(end)

    async def _read(self, connection: Connection) -> NoReturn:
        """Raises ``Closed``."""
        parser, bad, loop = Parser(), 0, asyncio.get_running_loop()
        turn = loop.time()
        while True:
            message = await _parsed(parser, await connection.receive())
            if message is None:
                bad += 1
                if bad >= MOST_BAD_FRAMES:
                    log.warning("feed: %d frames that cannot be read", bad)
                    raise Closed(End(Why.LOST, "bad frames"))
            else:
                self._tell(message)
            if loop.time() - turn > _SLICE:
                await asyncio.sleep(0)
                turn = loop.time()

    # -- what comes ------------------------------------------------------------------------------------------------

    def _tell(self, message: Message) -> None:
        """Hand a message on. Raises ``Closed`` where the PBX says that it will not go on with us."""
        self._heard()
        try:
            self._on_message(message)
        except Exception:
            self._complain()
        if isinstance(message, SystemMessage) and message.text in _ENDS:
            raise Closed(End(_ENDS[message.text], message.text))
        whole = isinstance(message, Snapshot) and message.kind == "channel"
        if whole and self._status.phase is not FeedPhase.LIVE:
            self._policy.live()
            self._wake.clear()
            self._report(FeedPhase.LIVE)
            log.info("feed: live")

    def _heard(self) -> None:
        self._since = self._clock.wall_ms()

    def _report(self, phase: FeedPhase, reason: str = "", retry_in: float = 0.0) -> None:
        status = FeedStatus(phase, reason, round(max(0.0, retry_in), 1), self._since)
        if status == self._status:
            return
        self._status = status
        try:
            self._on_status(status)
        except Exception:
            self._complain()

    def _complain(self) -> None:
        """A defect of the consumer's is told once, and does not end the feed."""
        if not self._complained:
            self._complained = True
            log.exception("feed: its consumer failed")

    # -- time ------------------------------------------------------------------------------------------------------

    def _announce(self, end: End) -> Step:
        """Decide what follows an end, and say it."""
        step = self._policy.after(end)
        self._can_force = step.can_force
        then = "stopped" if step.seconds is None else f"next try in {step.seconds:.1f} s"
        log.info("feed: %s (%s); %s", end.why.value, end.detail, then)
        if step.seconds is None:
            self._report(FeedPhase.STOPPED, step.reason)
        else:
            self._next_try = asyncio.get_running_loop().time() + step.seconds
            self._report(FeedPhase.WAITING, step.reason, step.seconds)
        return step

    async def _rest(self, step: Step) -> None:
        """Wait as long as the policy says, or until somebody acts."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(None if step.seconds is None else self._next_try):
                await self._wake.wait()
        self._wake.clear()
        self._can_force = False

    async def _watch(self) -> None:
        """Once a second: has this computer slept, is a connection of no use, how old is what was told."""
        clock, timing = self._clock, self._timing
        before = clock.boot_ms()
        while True:
            await asyncio.sleep(timing.tick)
            now = clock.boot_ms()
            if now - before > (timing.tick + timing.jump) * 1000:
                self._after_sleep()
            before = now
            self._look()

    def _after_sleep(self) -> None:
        """The connection may be dead without a sign, and a wait's reason gone: begin at once (reliability.md L6)."""
        loop = asyncio.get_running_loop()
        self._slept = True
        if self._connection is not None:
            self._connection.abort(_SLEPT)
        elif self._opening is not None and not self._opening.expired():
            self._opening.reschedule(loop.time())
        elif self._status.phase is FeedPhase.WAITING:
            self._policy.asked()
            self._wake.set()

    def _look(self) -> None:
        now = asyncio.get_running_loop().time()
        phase = self._status.phase
        if phase is FeedPhase.LIVE:
            self._report(phase)
        elif phase is FeedPhase.WAITING:
            self._report(phase, self._status.reason, self._next_try - now)
        elif phase is FeedPhase.CONNECTING and self._addresses.asking:
            self._report(phase, "keyring")
        elif self._connection is not None and self._connection.age() > self._timing.snapshot:
            self._connection.abort(End(Why.SILENT, "no list of channels"))


_SLEPT = End(Why.WOKEN, "this computer slept")


_Opener = Callable[[Address, Timing, Callable[[], None]], Coroutine[Any, Any, "Connection"]]


async def _opener() -> _Opener:
    """``websockets`` takes some 50 ms to import: not before it is wanted, and not on the loop. Raises ``Closed``."""
    try:
        module = await run_on_daemon_thread(
            lambda: importlib.import_module("basix_desktop.cti.connection"), "feed library"
        )
    except Exception as problem:  # it is missing, or a malformed setting in the environment stops it
        end = End(Why.UNABLE, f"websockets: {type(problem).__name__}")
    else:
        opener: _Opener = module.open_connection
        return opener
    raise Closed(end)


async def _parsed(parser: Parser, frame: bytes | None) -> Message | None:
    """None for a frame that cannot be read. What may hold more than an event is read on a thread of its own, however
    small it is on the wire, where it may be compressed: the net thread has calls to place."""
    if frame is None:
        return None
    limits = limits_for(frame)
    if limits != EVENT_LIMITS:
        return await run_on_daemon_thread(lambda: _parse(parser, frame, limits), "feed snapshot")
    return _parse(parser, frame, limits)


def _parse(parser: Parser, frame: bytes, limits: Limits) -> Message | None:
    try:
        return parser.feed(decode(frame, limits))
    except EtfError as problem:
        reason = problem.reason
    except Exception as problem:  # a defect of ours: one frame is lost, not the feed
        reason = type(problem).__name__
    log.debug("feed: a frame of %d bytes is dropped: %s", len(frame), reason)
    return None
