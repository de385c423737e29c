"""The fault matrix through the PBX client: the class is exact, and there is never a second POST."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from basix_desktop.domain.calls import State
from basix_desktop.domain.errors import BasixError
from basix_desktop.net.loop import new_event_loop
from tests.helpers.fault_matrix import MATRIX
from tests.helpers.fault_rows import PROXY_PASSWORD, TOKEN, Expected, Run, Scene

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def net() -> Iterator[asyncio.Runner]:
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        yield runner


class Gate:
    """Counts, and looks at what the server has seen by then."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.opened = 0
        self.posts_before = 0

    async def __call__(self) -> None:
        self.opened += 1
        self.posts_before += b"POST " in self.scene.server.received


async def _call(scene: Scene, gate: Gate) -> tuple[Expected, str]:
    """The class, as the dialer takes it, and everything that would be stored or shown of it."""
    client = scene.client()
    try:
        verdict = await client.call_external(scene.account, scene.token, client.body(scene.request), gate, "attempt-1")
    except BasixError as problem:
        return Expected(State.NOT_SENT, problem.id), f"{problem!r} {problem.detail}"
    failure = verdict.failure
    return Expected(verdict.state, failure.id if failure else ""), repr(verdict)


@pytest.mark.parametrize("run", MATRIX, ids=str)
def test_class_is_exact_and_nothing_is_sent_twice(run: Run, net: asyncio.Runner) -> None:
    with run.scene() as scene:
        gate = Gate(scene)
        found, said = net.run(_call(scene, gate))
    assert found == run.expected, said
    assert scene.posts() in run.row.posts
    assert scene.server.connections <= 1
    assert gate.opened == (0 if found.state is State.NOT_SENT else 1)
    assert gate.posts_before == 0
    assert TOKEN not in said
    assert PROXY_PASSWORD not in said
    assert TOKEN.encode() not in scene.proxy_saw()


def test_the_matrix_is_large() -> None:
    assert len({run.row.id for run in MATRIX}) >= 60
    assert len(MATRIX) >= 300
    assert len({str(run) for run in MATRIX}) == len(MATRIX)
