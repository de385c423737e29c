"""Whatever the order in which a call's messages come, however often, and whatever is lost: never backward, and right in
the end."""

from __future__ import annotations

from collections import Counter
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from basix_desktop.domain.feed import CHANNELS_FOLLOW, Change, ElementEvent, Message, Snapshot
from basix_desktop.domain.live import CallPhase, EndedBy, LiveCall, Milestone, Ready
from basix_desktop.domain.readiness import people
from basix_desktop.domain.tracker import Live, track
from tests.unit.domain.tracker_world import HELEN, KEN, LEG, OLIVE, PEOPLE, PLACES, Pbx

_RANK = {
    CallPhase.FOLLOWING: 0,
    CallPhase.RINGING: 1,
    CallPhase.ANSWERED: 2,
    CallPhase.DESTINATION_RINGING: 3,
    CallPhase.ENDED: 5,
}
_HANDED_ON = 4
_BY = {
    "recv_bye": {EndedBy.CALLER},
    "recv_refuse": {EndedBy.CALLER},
    "send_bye": {EndedBy.DESTINATION, EndedBy.PBX},
    "send_cancel": {EndedBy.PBX, EndedBy.DESTINATION},
    "": {EndedBy.UNTOLD},
}


_MISSED = {
    CallPhase.TRANSFERRED: (CallPhase.DESTINATION_RINGING,),
    CallPhase.SERVICE: (CallPhase.ANSWERED, CallPhase.DESTINATION_RINGING),
}


def _rank(call: LiveCall) -> int:
    return _RANK.get(call.phase, _HANDED_ON)


class OneCall(RuleBasedStateMachine):
    """The PBX goes on as it likes; what it says arrives in any order, again, or not at all."""

    def __init__(self) -> None:
        super().__init__()
        self.pbx = Pbx()
        self.live = Live()
        self.told: list[Milestone] = []
        self.heard: list[Message] = []
        self.complete = True  # everything said since the last snapshot has been heard, or is still to come
        self.whole = True  # nothing was ever lost
        for message in PEOPLE:
            self.live, _ = track(self.live, message)

    # What happens

    @precondition(lambda self: self.pbx.leg is None)
    @rule()
    def offer(self) -> None:
        self.pbx.offer()

    @precondition(lambda self: self.pbx.phase is CallPhase.RINGING)
    @rule()
    def answer(self) -> None:
        self.pbx.answer()

    @precondition(lambda self: self.pbx.phase not in (CallPhase.FOLLOWING, CallPhase.RINGING, CallPhase.ENDED))
    @rule(whom=st.sampled_from([(HELEN,), (KEN,), (HELEN, KEN), (OLIVE,)]), at_once=st.booleans())
    def ring(self, whom: tuple[int, ...], at_once: bool) -> None:
        self.pbx.ring(*whom, at_once=at_once)

    @precondition(lambda self: self.pbx.rings)
    @rule(which=st.integers(0, 1), at_once=st.booleans())
    def pick_up(self, which: int, at_once: bool) -> None:
        self.pbx.pick_up(which, at_once=at_once)

    @precondition(lambda self: self.pbx.phase not in (CallPhase.FOLLOWING, CallPhase.RINGING, CallPhase.ENDED))
    @rule(at_once=st.booleans())
    def hand_out(self, at_once: bool) -> None:
        self.pbx.hand_out(at_once=at_once)

    @precondition(lambda self: self.pbx.phase not in (CallPhase.FOLLOWING, CallPhase.RINGING, CallPhase.ENDED))
    @rule(where=st.sampled_from(sorted(PLACES)))
    def leave(self, where: str) -> None:
        self.pbx.leave(where)

    @precondition(lambda self: self.pbx.reached and not self.pbx.over)
    @rule()
    def leave_for_nobody_knows_where(self) -> None:
        self.pbx.leave("teleported")

    @precondition(lambda self: self.pbx.leg is not None and not self.pbx.over)
    @rule(side=st.sampled_from(sorted(_BY)))
    def hang_up(self, side: str) -> None:
        self.pbx.hang_up(side, "NORMAL_CLEARING")

    @precondition(lambda self: self.pbx.over and not self.pbx.removed)
    @rule()
    def remove(self) -> None:
        self.pbx.remove()

    # What is heard of it

    @precondition(lambda self: self.pbx.unheard)
    @rule(which=st.integers(0, 10))
    def hear(self, which: int) -> None:
        self._hear(self.pbx.unheard.pop(which % len(self.pbx.unheard)))

    @precondition(lambda self: self.heard)
    @rule(which=st.integers(0, 10))
    def hear_again(self, which: int) -> None:
        before = self.live
        told = len(self.told)
        self._hear(self.heard[which % len(self.heard)])
        assert self.live.legs == before.legs
        assert len(self.told) == told

    @precondition(lambda self: self.pbx.unheard)
    @rule(which=st.integers(0, 10))
    def lose(self, which: int) -> None:
        lost = self.pbx.unheard[which % len(self.pbx.unheard)]
        if not isinstance(lost, Snapshot):
            self.pbx.unheard.remove(lost)
            self.complete = self.whole = False

    @rule(people_last=st.booleans(), afresh=st.booleans())
    def reconnect(self, people_last: bool, afresh: bool) -> None:
        """``afresh``: the program was started again."""
        self._begin(afresh)
        channels = self.pbx.snapshot()
        for message in (channels, *PEOPLE) if people_last else (*PEOPLE, channels):
            self._hear(message)
        self._right()

    @rule(afresh=st.booleans())
    def reconnect_to_a_slow_list(self, afresh: bool) -> None:
        """What happens from now on may be heard before the list, which does not have it."""
        self._begin(afresh)
        self.pbx.unheard.append(self.pbx.snapshot())
        for message in PEOPLE:
            self._hear(message)

    def _begin(self, afresh: bool) -> None:
        if afresh:
            self.live, self.told = Live(), []
        self.whole = False
        self.pbx.unheard.clear()
        self.heard.clear()
        self.complete = True
        self._hear(CHANNELS_FOLLOW)

    def _hear(self, message: Message) -> None:
        before = self._call()
        self.live, milestones = track(self.live, message)
        self.told += [milestone for milestone in milestones if milestone.uuid == LEG]
        if isinstance(message, ElementEvent):
            self.heard.append(message)
        self._forward(before, self._call())

    def _call(self) -> LiveCall:
        leg = self.live.legs.get(LEG)
        return leg.call if leg is not None else LiveCall(LEG)

    def _forward(self, before: LiveCall, after: LiveCall) -> None:
        assert _rank(after) >= _rank(before)
        for name in ("offered_at", "answered_at", "ended_at", "ended_by"):
            assert getattr(before, name) in (None, getattr(after, name))
        assert before.connected_at is None or after.connected_at is not None
        if before.phase is CallPhase.ENDED:
            assert after == before

    @invariant()
    def each_milestone_once(self) -> None:
        counted = Counter((m.kind, m.at, m.data.get("who")) for m in self.told)
        assert all(count == 1 for count in counted.values()), counted
        kinds = Counter(m.kind for m in self.told)
        for once in (CallPhase.RINGING, CallPhase.ANSWERED, CallPhase.ENDED):
            assert kinds[once] <= 1
        connections = {at for at, _ in self.pbx.connections}
        assert {m.at for m in self.told if m.kind == CallPhase.CONNECTED} <= connections

    @precondition(lambda self: self.complete and not self.pbx.unheard)
    @invariant()
    def right_once_all_is_heard(self) -> None:
        self._right()

    def _right(self) -> None:
        call, pbx = self._call(), self.pbx
        if LEG not in self.live.legs:
            assert pbx.leg is None or pbx.removed
            return
        assert pbx.leg is not None
        if self.whole or pbx.leg.last_bridged_user_id is not None or pbx.phase not in _MISSED:
            assert call.phase is pbx.phase
        else:  # nobody heard that it had been taken
            assert call.phase in (pbx.phase, *_MISSED[pbx.phase])
        if call.ended_by is EndedBy.UNKNOWN:  # it ended while nobody listened
            assert pbx.over
            return
        assert (call.offered_at, call.answered_at) == (pbx.leg.offered_at, pbx.leg.answered_at)
        if self.whole and not call.ended_by:  # after the end nothing is learned of what was before
            assert call.connected_at == (pbx.connections[0][0] if pbx.connections else None)
            assert call.been == tuple(pbx.been)
            assert call.talk_from == (pbx.connections[-1][0] if pbx.connections else None)
            assert call.talk_to == pbx.talk_to
        if call.phase is CallPhase.CONNECTED:
            assert call.connected_with == pbx.connected_with
            assert call.stage_at == pbx.connections[-1][0]
        if call.phase is CallPhase.ENDED:
            assert call.ended_at == pbx.leg.hung_up_at
            assert call.ended_by in _BY[pbx.by]
            assert call.cause == "NORMAL_CLEARING"
        self._nobody_left_on_the_telephone()

    def _nobody_left_on_the_telephone(self) -> None:
        on_it = {user.user_id for user in self.pbx.inside.values()}
        users = self.live.tables.users.values()
        busy = {p.name for p in people(self.live.tables) if not p.is_group and p.readiness.ready is not Ready.FREE}
        assert busy == {user.name for user in users if user.id in on_it}


_STEP = st.sampled_from(["ring Helen", "ring Sales", "hand out", "pick up", *PLACES])


@given(steps=st.lists(_STEP, max_size=6), ends=st.booleans(), order=st.randoms(use_true_random=False))
def test_any_order_ends_the_same(steps: list[str], ends: bool, order: Random) -> None:
    machine = OneCall()
    pbx = machine.pbx
    pbx.offer()
    pbx.answer()
    for step in steps:
        if step.startswith("ring"):
            pbx.ring(*((HELEN,) if step == "ring Helen" else (HELEN, KEN)))
        elif step == "hand out":
            pbx.hand_out()
        elif step != "pick up":
            pbx.leave(step)
        elif pbx.rings:
            pbx.pick_up(1)
    if ends:
        pbx.hang_up("recv_bye", "NORMAL_CLEARING")
    end = ElementEvent(Change.UPDATED, pbx.leg) if ends and pbx.leg is not None else None
    messages = [message for message in pbx.unheard if message != end for _ in range(order.randint(1, 2))]
    order.shuffle(messages)
    messages += [end] if end is not None else []
    pbx.unheard.clear()
    for message in messages:
        machine._hear(message)
        machine.each_milestone_once()
    machine._right()
    first = pbx.connections[0][0] if pbx.connections else None
    assert machine._call().connected_at == first


TestOneCall = OneCall.TestCase
TestOneCall.settings = settings(max_examples=300, stateful_step_count=40)
