"""A call of the demo PBX's that begins a moment later, while the server is being ended."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import random

from basix_desktop.demo.board import Board
from basix_desktop.demo.calls import Calls
from basix_desktop.demo.calls_pace import Tempo
from basix_desktop.demo.company import COMPANY
from basix_desktop.demo.parameters import Call
from basix_desktop.demo.stories import ANSWERED

_CALL = Call("0312341234", "sales", "", 30, "", {})
_SPEED = 20.0  # a late call begins after 8 ms


async def _slow_to_end() -> None:
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.Event().wait()
    await asyncio.sleep(0.1)


async def _ended_at_once(calls: Calls) -> asyncio.Task[None]:
    slow = asyncio.create_task(_slow_to_end())
    await asyncio.sleep(0)
    calls.place(_CALL, ANSWERED, "leg", lambda _: None, late=True)
    return slow


def test_none_begins_that_nobody_would_end() -> None:
    """Its task was destroyed while pending, which Python logs as an error: the log guard fails the test then."""
    calls = Calls(Board(COMPANY, "example.com"), Tempo(_SPEED), random.Random(1))
    asyncio.run(_ended_at_once(calls))
    assert calls.find("leg") is None
    gc.collect()


def test_one_begins_while_the_server_runs() -> None:
    board = Board(COMPANY, "example.com")
    calls = Calls(board, Tempo(_SPEED), random.Random(1))

    async def wait() -> None:
        begun = asyncio.Event()
        board.listen(lambda *_: begun.set())
        calls.place(_CALL, ANSWERED, "leg", lambda _: None, late=True)
        assert calls.find("leg") is None
        async with asyncio.timeout(10):
            await begun.wait()
        assert calls.find("leg") is not None

    asyncio.run(wait())
