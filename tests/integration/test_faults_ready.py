"""Rows of the fault matrix over a connection that was opened before: the same class as over a fresh one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from basix_desktop.domain.calls import State
from basix_desktop.domain.errors import BasixError
from basix_desktop.net.loop import new_event_loop
from tests.helpers.fault_matrix import MATRIX
from tests.helpers.fault_rows import Expected, Run, Scene, Via
from tests.helpers.fault_rows_network import AFTER, BEFORE
from tests.helpers.fault_rows_secure import CERTIFICATES
from tests.helpers.readying import MovedClock, has_none, is_ready, new_http

OPENED = [run for run in MATRIX if run.via is not Via.PROXY and not run.row.process_wide]
#: The fault begins when the request is there: nothing keeps the connection from being opened before.
LATER = [run for run in OPENED if run.row in AFTER]
#: Where no connection comes about, or not for long. Rows that hold one up for all of its life are left out.
EARLIER = [run for run in OPENED if run.row in BEFORE + CERTIFICATES and run.expected.failure != "connect_timeout"]


@pytest.fixture(scope="module")
def net() -> Iterator[asyncio.Runner]:
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        yield runner


async def _call(scene: Scene) -> tuple[Expected, bool]:
    """The class, and whether a connection was ready."""
    client = scene.client()
    opening = asyncio.ensure_future(client.make_ready(scene.account))
    async with asyncio.timeout(10):
        while not opening.done() and not is_ready(scene.http):  # noqa: ASYNC110 - it looks at a socket
            await asyncio.sleep(0.001)
    ready = is_ready(scene.http)

    async def gate() -> None:
        assert b"POST " not in scene.server.received

    try:
        verdict = await client.call_external(scene.account, scene.token, client.body(scene.request), gate, "attempt-1")
    except BasixError as problem:
        return Expected(State.NOT_SENT, problem.id), ready
    finally:
        opening.cancel()
        await asyncio.wait([opening])
    return Expected(verdict.state, verdict.failure.id if verdict.failure else ""), ready


@pytest.mark.parametrize("run", LATER, ids=str)
def test_what_comes_after_the_request_is_judged_as_ever(run: Run, net: asyncio.Runner) -> None:
    with run.scene() as scene:
        scene.http = new_http(MovedClock())
        found, ready = net.run(_call(scene))
        assert has_none(scene.http)
    assert (found, ready) == (run.expected, True)
    assert scene.posts() in run.row.posts
    assert scene.server.connections == 1


@pytest.mark.parametrize("run", EARLIER, ids=str)
def test_what_keeps_a_connection_from_coming_about_is_told_by_the_request(run: Run, net: asyncio.Runner) -> None:
    with run.scene() as scene:
        scene.http = new_http(MovedClock())
        found, _ = net.run(_call(scene))
    assert found == run.expected
    assert scene.posts() in run.row.posts
    assert scene.server.connections <= 2
