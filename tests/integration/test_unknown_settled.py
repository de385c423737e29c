"""Every fault after the request was sent (reliability.md B), with the feed on: what arrived is settled as placed with
its own UUID, what did not arrive never is."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from basix_desktop.app.paths import Paths
from basix_desktop.app.wiring import Core, open_core
from basix_desktop.domain.calls import Attempt, CallRequest, State
from basix_desktop.domain.numbers import read
from basix_desktop.services import live
from basix_desktop.services.dialer import Order
from tests.helpers.dialing import Seen, bench
from tests.helpers.fault_matrix import MATRIX
from tests.helpers.fault_rows import Run
from tests.unit.services.test_live import Stage, added, leg

UNKNOWNS = [run for run in MATRIX if run.row.id.startswith("B") and run.expected.state is State.UNKNOWN]


@pytest.mark.parametrize("run", UNKNOWNS, ids=str)
def test_what_arrived_is_settled_with_its_own_leg(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "SECOND", 0.02)
    with bench(tmp_path) as desk:
        stage = Stage(desk)
        with run.scene() as scene:
            number = read(scene.request.number)
            desk.pbx.script = lambda gate: scene.client().call_external(
                scene.account, scene.token, scene.client().body(scene.request), gate, "attempt"
            )
            press, seen = desk.press(number.shown)
            attempt = press.done.result(20)
        assert attempt.state is State.UNKNOWN
        arrived, its_leg = scene.posts() == 1, str(uuid.uuid4())
        if arrived:
            stage.say(added(leg(its_leg, called_number=scene.request.number)))
        for each in seen.attempts:
            stage.live.watch(each)
        stage.live.check(attempt).result(10)
        settled = desk.on_disk(attempt.id)
        assert (settled.state, settled.uuids) == ((State.ACCEPTED, (its_leg,)) if arrived else (State.UNKNOWN, ()))
        stage.live.start(None).result(10)


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Core]:
    paths = Paths.choose(tmp_path)
    paths.prepare()
    core = open_core(paths, demo=True)
    core.stores.open().result(10)
    core.live.start(core.desk.account).result(20)
    yield core
    core.close()


@pytest.mark.parametrize("story", ["0444", "0445", "0200", "0204"])
def test_the_demo_s_broken_answers_are_settled_over_the_real_feed(demo: Core, story: str) -> None:
    settled = Seen()
    demo.live.changed = settled
    number = read(f"03-1234-{story}")
    account = demo.desk.account
    assert account is not None
    order = Order(account, CallRequest(number.sent, "sales"), number, number.shown)
    attempt: Attempt = demo.dialer.place(order, demo.live.watch).done.result(20)
    assert attempt.state is State.UNKNOWN
    found = settled.wait(State.ACCEPTED, timeout=15)
    assert found.id == attempt.id
    assert demo.demo is not None
    (asked,) = [request for request in demo.demo.requests if request["path"].endswith("call_external")]
    assert list(found.uuids) == asked["uuids"]
