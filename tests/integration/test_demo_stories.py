"""What the table of demo numbers promises is what the program makes of the answers."""

import asyncio

import pytest

from basix_desktop.demo.server import DemoPbx
from basix_desktop.demo.stories import STORIES, Story
from basix_desktop.domain.accounts import Account, Token
from basix_desktop.domain.calls import OUTCOMES, CallRequest, Outcome, Verdict
from basix_desktop.domain.errors import AccountTestFailed
from basix_desktop.net.exchange import Deadlines
from basix_desktop.net.http import Http
from basix_desktop.net.loop import new_event_loop
from basix_desktop.net.proxy import SystemProxy
from basix_desktop.pbx.client import PbxClient

SPEED = 20
PROMISES = {"Placed": Outcome.PLACED, "Not placed": Outcome.NOT_PLACED, "May have been placed": Outcome.UNKNOWN}


async def open_gate() -> None:
    pass


def client() -> PbxClient:
    """After 30 s of demo time an attempt counts as unknown."""
    return PbxClient(Http(), "0", deadlines=Deadlines(answer=30 / SPEED), system_proxy=SystemProxy)


def verdicts(pbx: DemoPbx) -> dict[str, Verdict]:
    caller = client()
    account = Account("demo", pbx.domain, pbx.server)

    async def call(story: Story) -> Verdict:
        body = caller.body(CallRequest(f"031234{story.digits}", "sales"))
        return await caller.call_external(account, Token(pbx.token), body, open_gate, story.id)

    async def call_all() -> list[Verdict]:
        return await asyncio.gather(*(call(story) for story in STORIES))

    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return dict(zip((story.id for story in STORIES), runner.run(call_all()), strict=True))


def test_every_story_ends_as_its_words_say() -> None:
    with DemoPbx(speed=SPEED) as pbx:
        ended = verdicts(pbx)
        legs = {record["story"]: record["uuids"] for record in pbx.requests}
    for story in STORIES:
        promised = next(outcome for words, outcome in PROMISES.items() if story.english.startswith(words))
        assert OUTCOMES[ended[story.id].state] is promised, story.id
        if promised is Outcome.PLACED:
            assert list(ended[story.id].uuids) == legs[story.id]
        if promised is Outcome.NOT_PLACED:
            assert legs[story.id] == []
    assert len({verdict.failure.id for verdict in ended.values() if verdict.failure}) >= 10
    assert ended["too_many_requests"].retry_after == 20


def test_the_account_test_tells_right_from_wrong_credentials() -> None:
    with DemoPbx(speed=SPEED) as pbx, asyncio.Runner(loop_factory=new_event_loop) as runner:
        account = Account("demo", pbx.domain, pbx.server)
        runner.run(client().test(account, Token(pbx.token)))
        with pytest.raises(AccountTestFailed) as caught:
            runner.run(client().test(account, Token("wrong")))
        assert caught.value.id == "token_refused"
        assert [record["path"] for record in pbx.requests] == ["/basix/api/gen_ws_ticket"] * 2
