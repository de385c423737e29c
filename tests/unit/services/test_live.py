"""The feed joined to attempts: milestones recorded, unknown attempts settled, commands confirmed. Real threads and
journal; the feed is a script."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from basix_desktop.credentials.memory import MemoryVault
from basix_desktop.domain.accounts import Account, Token
from basix_desktop.domain.calls import Attempt, State, Verdict
from basix_desktop.domain.errors import Failure, FeedProblem
from basix_desktop.domain.feed import (
    Change,
    Channel,
    ChannelState,
    ElementEvent,
    FeedPhase,
    FeedStatus,
    Group,
    Message,
    Snapshot,
    User,
)
from basix_desktop.domain.live import CallPhase, LiveView, Ready
from basix_desktop.services import commands, live, recorder
from basix_desktop.services.followed import FOLLOWED, Finding
from basix_desktop.services.live import LiveDesk
from basix_desktop.services.ports import Gate, LiveFeed
from tests.helpers.dialing import ACCOUNT, PLACED, UUID, Bench, bench

T = TypeVar("T")
NUMBER = "0312341234"
HELEN = User(1, name="helen", label="Helen Clarke", main_extension="1001")
SALES = Group(101, name="sales", label="Sales", main_extension="2001")


class ScriptedFeed:
    """Says what the test says, and remembers commands."""

    def __init__(self) -> None:
        self.sent: list[dict[str, str | int]] = []
        self.on_command: Callable[[dict[str, str | int]], None] = lambda _: None
        self.live = True
        self.started = threading.Event()
        self.used_here = threading.Event()
        self.running = 0

    async def run(self, on_message: Callable[[Message], None], on_status: Callable[[FeedStatus], None]) -> None:
        self.on_message, self.on_status = on_message, on_status
        self.started.set()
        self.running += 1
        try:
            await asyncio.Event().wait()
        finally:
            self.running -= 1

    def send(self, command: dict[str, str | int]) -> bool:
        if self.live:
            self.sent.append(command)
            self.on_command(command)
        return self.live

    def use_here(self) -> None:
        self.used_here.set()


class StageVault(MemoryVault):
    """Remembers whose token was doubted."""

    def __init__(self) -> None:
        super().__init__({ACCOUNT.key: Token("t0ken")})
        self.doubted: list[str] = []

    def known(self, account: Account) -> Token | None:
        """The one token there is, whatever the account."""
        return super().known(ACCOUNT)

    def doubt(self, account: Account, token: Token) -> None:
        self.doubted.append(token.reveal())


class Stage:
    """A live desk beside a dialer on the same threads."""

    def __init__(self, desk: Bench) -> None:
        self.desk = desk
        self.feed = ScriptedFeed()
        self.vault = StageVault()
        self.made: list[Account] = []  # whose feeds were made
        self.views: list[LiveView] = []
        self.told: list[Attempt] = []
        self._changed = threading.Condition()
        self.live = LiveDesk(
            net=desk.net,
            db=desk.stores.db,
            journal=desk.stores.journal,
            make_feed=self._make,
            vault=lambda _: self.vault,
            clock=desk.clock,
            publish=lambda view: self._add(self.views, view),
            changed=lambda attempt: self._add(self.told, attempt),
        )
        self.live.start(ACCOUNT).result(10)
        assert self.feed.started.wait(10)
        self.status(FeedPhase.LIVE)
        self.say(Snapshot("user", (HELEN,)), Snapshot("group", (SALES,)), Snapshot("channel", ()))

    def _make(self, account: Account, token: Callable[[], Token]) -> LiveFeed:
        assert token() == self.vault.get(account)
        self.made.append(account)
        return self.feed

    def _add(self, items: list[T], item: T) -> None:
        with self._changed:
            items.append(item)
            self._changed.notify_all()

    def wait(self, condition: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(condition, 10)

    def status(self, phase: FeedPhase, reason: str = "", since: int | None = None) -> None:
        self._on_loop(lambda: self.feed.on_status(FeedStatus(phase, reason, since=since)))

    def say(self, *messages: Message) -> None:
        def tell() -> None:
            for message in messages:
                self.feed.on_message(message)

        self._on_loop(tell)

    def _on_loop(self, fn: Callable[[], None]) -> None:
        async def run() -> None:
            fn()

        self.desk.net.run(run()).result(10)

    def placed(self) -> Attempt:
        press, seen = self.desk.press()
        attempt = press.done.result(10)
        for each in seen.attempts:
            self.live.watch(each)
        self.say()  # it has heard of it
        return attempt

    def unknown(self, confirmed: frozenset[str] = frozenset()) -> Attempt:
        async def cut(gate: Gate) -> Verdict:
            await gate()
            return Verdict(State.UNKNOWN, Failure("connection_broke"))

        self.desk.pbx.script = cut
        press, _ = self.desk.press(confirmed=confirmed)
        attempt = press.done.result(10)
        self.live.watch(attempt)
        return attempt

    def view(self, condition: Callable[[LiveView], bool]) -> LiveView:
        self.wait(lambda: bool(self.views) and condition(self.views[-1]))
        return self.views[-1]


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setattr(live, "SECOND", 0.02)
    monkeypatch.setattr(commands, "CONFIRM", 0.3)
    with bench(tmp_path) as desk:
        made = Stage(desk)
        yield made
        made.live.start(None).result(10)


def leg(uuid: str = UUID, **changes: object) -> Channel:
    channel = Channel(
        uuid,
        direction="outbound",
        peer_location="external",
        called_number=NUMBER,
        offered_at=1_000,
        origination=("call_external", "sales"),
        state=ChannelState("calling", at=1_000, location="ext", target_type="pstn", address=NUMBER),
    )
    return replace(channel, **changes)  # type: ignore[arg-type]


def added(channel: Channel) -> ElementEvent:
    return ElementEvent(Change.ADDED, channel)


def updated(channel: Channel) -> ElementEvent:
    return ElementEvent(Change.UPDATED, channel)


def ended(channel: Channel) -> Channel:
    """The caller hangs up."""
    end = "recv_bye,NORMAL_CLEARING"
    return replace(channel, hung_up_at=139_000, last_event="CHANNEL_HANGUP", last_event_data=end)


RINGING_INSIDE = ChannelState("calling", at=6_000, location="int", target_type="group", group_id=101)
BRIDGED = ChannelState("bridged", at=9_000)


def whole_call() -> list[Message]:
    answered = leg(answered_at=5_000, state=RINGING_INSIDE)
    inside = Channel("inside", "outbound", "internal", other_uuid=UUID, user_id=1, offered_at=6_000)
    bridged = replace(answered, state=BRIDGED, other_uuid="inside")
    return [added(leg()), updated(answered), added(inside), updated(bridged), updated(ended(bridged))]


def sent_bye() -> ElementEvent:
    """The end as the PBX makes it, for us or for who is connected."""
    bridged = whole_call()[3]
    assert isinstance(bridged, ElementEvent)
    assert isinstance(bridged.element, Channel)
    data = "send_bye,NORMAL_CLEARING"
    return updated(replace(bridged.element, hung_up_at=20_000, last_event="CHANNEL_HANGUP", last_event_data=data))


def test_a_call_is_followed_to_its_end_and_recorded(stage: Stage) -> None:
    attempt = stage.placed()
    stage.say(*whole_call())
    stage.wait(lambda: bool(stage.told) and stage.told[-1].live is not None and stage.told[-1].live.phase == "ended")
    found = stage.desk.on_disk(attempt.id).live
    assert found is not None
    assert (found.connected_with, found.talked_ms, found.ended_by) == ("Helen Clarke", 130_000, "caller")
    events = stage.desk.stores.reader.submit(lambda: stage.desk.stores.history.events(attempt.id)).result(10)
    kinds = [event.kind for event in events if event.kind.startswith("live_")]
    assert kinds == ["live_ringing", "live_answered", "live_destination_ringing", "live_connected", "live_ended"]


def test_events_before_the_answer_are_joined(stage: Stage) -> None:
    stage.say(*whole_call()[:4])
    attempt = stage.placed()
    stage.wait(lambda: any(told.live and told.live.phase == "connected" for told in stage.told))
    view = stage.view(lambda v: attempt.id in v.calls and v.calls[attempt.id].phase is CallPhase.CONNECTED)
    assert view.calls[attempt.id].connected_with == "Helen Clarke"


def test_what_may_have_been_placed_is_settled_by_its_leg(stage: Stage) -> None:
    attempt = stage.unknown()
    stage.say(added(leg()))
    stage.wait(lambda: any(told.state is State.ACCEPTED for told in stage.told))
    assert stage.desk.on_disk(attempt.id).uuids == (UUID,)


def test_a_colleague_s_identical_call_cannot_be_told_apart(stage: Stage) -> None:
    attempt = stage.unknown()
    stage.say(added(leg()), added(leg("7c1f02aa-0000-4000-8000-000000000001")))
    assert stage.live.check(attempt).result(10).finding is Finding.CANNOT_TELL
    assert stage.desk.on_disk(attempt.id).state is State.UNKNOWN


@pytest.mark.parametrize(
    "other",
    [
        leg(called_number="0399999999"),
        leg(direction="inbound"),
        leg(peer_location="internal"),
    ],
)
def test_another_call_settles_nothing(stage: Stage, other: Channel) -> None:
    attempt = stage.unknown()
    stage.say(added(other))
    assert stage.live.check(attempt).result(10).finding is Finding.NOTHING
    assert stage.desk.on_disk(attempt.id).state is State.UNKNOWN


def test_check_says_how_sure_nothing_is(stage: Stage) -> None:
    attempt = stage.unknown()
    assert stage.live.check(attempt).result(10).finding is Finding.NOTHING
    stage.status(FeedPhase.WAITING)
    assert stage.live.check(attempt).result(10).finding is Finding.NO_FEED
    stage.desk.clock.pass_ms(5_000)
    stage.status(FeedPhase.LIVE)
    stage.say(Snapshot("channel", ()))
    assert stage.live.check(attempt).result(10).finding is Finding.NOTHING_SURE


def test_hanging_up_is_confirmed_by_its_event_and_ours(stage: Stage) -> None:
    attempt = stage.placed()
    stage.say(*whole_call()[:4])
    stage.feed.on_command = lambda _: stage.feed.on_message(sent_bye())
    stage.live.hang_up(attempt.id).result(10)
    assert stage.feed.sent == [{"cmd": "hangup", "uuid": UUID}]
    stage.wait(lambda: any(told.live and told.live.ended_by == "us" for told in stage.told))


def test_whoever_hangs_up_while_our_hang_up_waits_did_it(stage: Stage) -> None:
    attempt = stage.placed()
    stage.say(*whole_call()[:4])
    stage.feed.on_command = lambda _: stage.feed.on_message(whole_call()[4])
    stage.live.hang_up(attempt.id).result(10)
    stage.wait(lambda: any(told.live and told.live.ended_by == "caller" for told in stage.told))


def test_a_hang_up_that_takes_effect_late_is_ours(stage: Stage) -> None:
    attempt = stage.placed()
    stage.say(*whole_call()[:4])
    with pytest.raises(FeedProblem):
        stage.live.hang_up(attempt.id).result(10)
    stage.say(sent_bye())
    stage.wait(lambda: bool(stage.told) and stage.told[-1].live is not None and stage.told[-1].live.phase == "ended")
    assert stage.told[-1].live is not None
    assert stage.told[-1].live.ended_by == "us"
    events = stage.desk.stores.reader.submit(lambda: stage.desk.stores.history.events(attempt.id)).result(10)
    assert events[-1].data["by"] == "us"


def test_a_hang_up_that_was_not_sent_has_no_effect(stage: Stage) -> None:
    attempt = stage.placed()
    stage.say(*whole_call()[:4])
    stage.feed.live = False
    with pytest.raises(FeedProblem):
        stage.live.hang_up(attempt.id).result(10)
    stage.say(sent_bye())
    stage.wait(lambda: any(told.live and told.live.ended_by == "destination" for told in stage.told))


def test_a_command_without_effect_says_so(stage: Stage) -> None:
    attempt = stage.placed()
    stage.say(added(leg()))
    with pytest.raises(FeedProblem) as unanswered:
        stage.live.hang_up(attempt.id).result(10)
    assert unanswered.value.id == "command_unanswered"
    stage.feed.live = False
    with pytest.raises(FeedProblem) as dead:
        stage.live.hang_up(attempt.id).result(10)
    assert dead.value.id == "feed_not_live"


def test_a_call_that_ended_while_nobody_listened_says_so(stage: Stage) -> None:
    attempt = stage.placed()
    stage.say(*whole_call()[:4])
    stage.status(FeedPhase.WAITING)
    stage.status(FeedPhase.LIVE)
    stage.say(Snapshot("channel", ()))
    stage.wait(lambda: any(told.live and told.live.phase == "ended" for told in stage.told))
    found = stage.desk.on_disk(attempt.id).live
    assert found is not None
    assert found.ended_by == "unknown"
    events = stage.desk.stores.reader.submit(lambda: stage.desk.stores.history.events(attempt.id)).result(10)
    assert events[-1].kind == "live_ended"
    assert events[-1].at >= attempt.created_at  # the PBX has told no time for it


def ended_unseen(stage: Stage, attempt: Attempt) -> bool:
    """After a list of channels that does not hold its leg, and what had to be recorded."""
    stage.say(Snapshot("channel", ()))
    stage.desk.stores.db.submit(lambda: None).result(10)
    found = stage.desk.on_disk(attempt.id).live
    return found is not None and (found.phase, found.ended_by) == ("ended", "unknown")


def reconnected(stage: Stage) -> None:
    for phase in (FeedPhase.WAITING, FeedPhase.CONNECTING):
        stage.status(phase)


def test_a_placed_call_that_a_new_connection_does_not_show_is_over_but_not_at_once(stage: Stage) -> None:
    """Its leg may be told of a little later than its answer."""
    attempt = stage.placed()
    stage.desk.clock.pass_ms(recorder.NEVER_SEEN)
    reconnected(stage)
    assert not ended_unseen(stage, attempt)
    stage.desk.clock.pass_ms(1)
    reconnected(stage)
    assert ended_unseen(stage, attempt)
    stage.say(added(leg()))
    reconnected(stage)
    assert ended_unseen(stage, attempt), "the end is final"


def test_a_list_that_comes_late_ends_no_call_that_is_newer_than_its_connection(stage: Stage) -> None:
    """However late: it was made when the connection was opened, before the call."""
    attempt = stage.placed()
    stage.desk.clock.pass_ms(12 * 3600_000)
    assert not ended_unseen(stage, attempt)
    stage.say(*whole_call()[:4])
    stage.feed.on_command = lambda _: stage.feed.on_message(sent_bye())
    stage.live.hang_up(attempt.id).result(10)
    assert stage.feed.sent == [{"cmd": "hangup", "uuid": UUID}]
    stage.wait(lambda: any(told.live and told.live.ended_by == "us" for told in stage.told))


@pytest.mark.parametrize("step", [15_000, 3600_000, -15_000])
def test_a_clock_that_is_put_right_ends_no_call(stage: Stage, step: int) -> None:
    attempt = stage.placed()
    stage.desk.clock.wall += step
    reconnected(stage)
    assert not ended_unseen(stage, attempt)
    stage.say(added(leg()))
    stage.view(lambda v: attempt.id in v.calls and v.calls[attempt.id].phase is CallPhase.RINGING)


def test_a_call_of_an_earlier_start_that_is_not_shown_is_over(stage: Stage) -> None:
    attempt = stage.placed()
    stage.live.start(None).result(10)
    stage.desk.clock.pass_ms(recorder.NEVER_SEEN + 1)
    stage.live.start(ACCOUNT).result(10)
    assert ended_unseen(stage, attempt)


def test_a_call_that_is_not_shown_is_pictured_as_followed_for_a_minute_of_its_own(stage: Stage) -> None:
    attempt = stage.placed()
    stage.desk.clock.wall += 3600_000
    stage.desk.clock.boot += FOLLOWED
    stage.say(added(leg("another")))
    view = stage.view(lambda v: attempt.id in v.calls)
    assert view.calls[attempt.id].phase is CallPhase.FOLLOWING
    stage.desk.clock.boot += 1
    stage.say(added(leg("one more")))
    stage.view(lambda v: v.status.phase is FeedPhase.LIVE and attempt.id not in v.calls)


def test_a_placed_call_that_was_shown_once_ends_by_what_it_was_told(stage: Stage) -> None:
    attempt = stage.placed()
    stage.say(*whole_call())
    stage.desk.clock.pass_ms(recorder.NEVER_SEEN + 1)
    reconnected(stage)
    assert not ended_unseen(stage, attempt)


@pytest.mark.parametrize(("age", "followed"), [(live.OLDEST, True), (live.OLDEST + 1, False)])
def test_how_old_a_call_is_that_is_followed_again(stage: Stage, age: int, followed: bool) -> None:
    attempt = stage.placed()
    stage.live.start(None).result(10)
    stage.view(lambda v: v.status.phase is FeedPhase.OFF)
    stage.desk.clock.pass_ms(age)
    stage.live.start(ACCOUNT).result(10)
    stage.say(Snapshot("channel", (leg(), leg("a colleague's"))))
    stage.status(FeedPhase.LIVE)
    assert (attempt.id in stage.view(lambda v: v.status.phase is FeedPhase.LIVE).calls) is followed


def test_open_calls_are_followed_again_after_a_start(stage: Stage) -> None:
    attempt = stage.placed()
    stage.live.start(None).result(10)
    stage.live.start(ACCOUNT).result(10)
    stage.say(Snapshot("channel", (leg(),)))
    view = stage.view(lambda v: attempt.id in v.calls and v.calls[attempt.id].phase is CallPhase.RINGING)
    assert view.calls[attempt.id].uuid == UUID


def test_a_call_that_was_connected_before_the_start_is_recorded_with_whom(stage: Stage) -> None:
    """The list of channels comes first, then that of the users."""
    attempt = stage.placed()
    stage.live.start(None).result(10)
    stage.live.start(ACCOUNT).result(10)
    answered = leg(answered_at=5_000, state=BRIDGED, other_uuid="inside")
    inside = Channel("inside", "outbound", "internal", other_uuid=UUID, user_id=1, offered_at=6_000, answered_at=9_000)
    stage.say(Snapshot("channel", (answered, inside)), Snapshot("user", (HELEN,)), Snapshot("group", (SALES,)))
    stage.wait(
        lambda: bool(stage.told) and stage.told[-1].live is not None and stage.told[-1].live.phase == "connected"
    )
    events = stage.desk.stores.reader.submit(lambda: stage.desk.stores.history.events(attempt.id)).result(10)
    connected = [event for event in events if event.kind == "live_connected"]
    assert [event.data["who"] for event in connected] == ["Helen Clarke"]


def test_hanging_up_a_leg_that_went_without_being_shown_is_done(stage: Stage) -> None:
    attempt = stage.placed()
    stage.feed.on_command = lambda _: stage.feed.on_message(ElementEvent(Change.REMOVED, Channel(UUID)))
    stage.live.hang_up(attempt.id).result(10)
    stage.wait(lambda: any(told.live and told.live.ended_by == "unknown" for told in stage.told))


def test_an_earlier_call_that_no_feed_has_shown_is_not_pictured(stage: Stage) -> None:
    attempt = stage.placed()
    stage.view(lambda v: attempt.id in v.calls and v.calls[attempt.id].phase is CallPhase.FOLLOWING)
    stage.desk.clock.pass_ms(60_001)
    stage.say(updated(leg("a colleague's")))
    assert stage.view(lambda v: attempt.id not in v.calls).status.phase is FeedPhase.LIVE


def test_a_call_that_no_feed_has_shown_is_not_pictured_while_the_feed_is_lost(stage: Stage) -> None:
    attempt = stage.placed()
    stage.view(lambda v: attempt.id in v.calls)
    stage.status(FeedPhase.WAITING)
    assert stage.view(lambda v: v.status.phase is FeedPhase.WAITING).calls == {}
    stage.status(FeedPhase.LIVE)
    stage.view(lambda v: v.status.phase is FeedPhase.LIVE and attempt.id in v.calls)


def test_readiness_reaches_the_window(stage: Stage) -> None:
    view = stage.view(lambda v: len(v.people) == 2)
    assert {person.name: person.readiness.ready for person in view.people} == {
        "helen": Ready.FREE,
        "sales": Ready.UNKNOWN,  # nobody has told who belongs to it
    }


def test_another_account_s_attempts_are_left_alone(stage: Stage) -> None:
    attempt = stage.placed()
    stage.live.watch(replace(attempt, id="elsewhere", domain="other.example"))
    stage.say(added(leg()))
    view = stage.view(lambda v: attempt.id in v.calls)
    assert set(view.calls) == {attempt.id}


def test_a_leg_that_may_be_a_second_attempt_s_settles_neither(stage: Stage) -> None:
    """Called again before the first was settled: one leg cannot tell which of the two it belongs to."""
    first = stage.unknown()
    second = stage.unknown(confirmed=frozenset({"*"}))
    stage.say(added(leg()))
    for attempt in (first, second):
        assert stage.live.check(attempt).result(10).finding is Finding.CANNOT_TELL
        assert stage.desk.on_disk(attempt.id).state is State.UNKNOWN


def test_a_leg_of_a_call_that_has_no_answer_yet_is_not_an_earlier_one_s(stage: Stage) -> None:
    """The second call is on its way: its leg shows on the feed before its answer comes."""
    first, answer = stage.unknown(), asyncio.Event()

    async def slow(gate: Gate) -> Verdict:
        await gate()
        await answer.wait()
        return PLACED

    stage.desk.pbx.script = slow
    press, seen = stage.desk.press(confirmed=frozenset({"*"}))
    seen.wait(State.SENDING)
    stage.say(added(leg()))
    assert stage.live.check(first).result(10).finding is Finding.CANNOT_TELL

    async def come() -> None:
        answer.set()

    stage.desk.net.run(come()).result(10)
    assert press.done.result(10).uuids == (UUID,)
    assert stage.live.check(first).result(10).finding is Finding.NOTHING
    assert stage.desk.on_disk(first.id).state is State.UNKNOWN


def test_another_account_s_feed_proves_nothing(stage: Stage) -> None:
    attempt = stage.unknown()
    elsewhere = replace(ACCOUNT, name="branch", domain="other.example")
    stage.live.start(elsewhere).result(10)
    stage.status(FeedPhase.LIVE)
    stage.say(added(leg()))
    assert stage.live.check(attempt).result(10).finding is Finding.NO_FEED
    assert stage.desk.on_disk(attempt.id).state is State.UNKNOWN


def test_two_starts_at_once_leave_one_feed(stage: Stage) -> None:
    for future in [stage.live.start(replace(ACCOUNT, name=str(n))) for n in range(5)]:
        future.result(10)
    stage.status(FeedPhase.LIVE)  # one step of the loop: the last feed's task has begun
    assert stage.feed.running == 1
