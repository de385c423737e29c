"""A PBX that makes one ``call_external`` with every message it would send (basix-api.md 2.5)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from basix_desktop.domain.calls import EndUser
from basix_desktop.domain.feed import (
    Change,
    Channel,
    ChannelState,
    ElementEvent,
    Group,
    GroupMember,
    Message,
    Snapshot,
    Target,
    User,
)
from basix_desktop.domain.live import CallPhase

LEG = "ede7b23e-c172-445e-832e-963b11ba2b96"
START = 1_795_000_000_000
HELEN, KEN, OLIVE = 11, 12, 13
SALES = 5
USERS = (
    User(HELEN, "helen", "Helen", "201"),
    User(KEN, "ken", "Ken Mori", "202"),
    User(OLIVE, "olive", "オリーブ", "203"),
)
GROUPS = (Group(SALES, "sales", "Sales", 0, "300"),)
MEMBERS = (GroupMember(1, SALES, HELEN, 1), GroupMember(2, SALES, KEN, 2))
NAMES = {user.id: user.label for user in USERS}
PLACES = {
    "park": CallPhase.PARKED,
    "voicemail": CallPhase.VOICEMAIL,
    "checking_voicemail": CallPhase.VOICEMAIL,
    "ivr": CallPhase.MENU,
    "xml_ivr": CallPhase.MENU,
    "conference": CallPhase.CONFERENCE,
    "calling_siptermination": CallPhase.PASSED_ON,
    "system_operation": CallPhase.SERVICE,
}
PEOPLE = (Snapshot("user", USERS), Snapshot("group", GROUPS), Snapshot("group_member", MEMBERS))


def outside(uuid: str = LEG, *, at: int = START, number: str = "0312341234") -> Channel:
    """The outside leg as it is first told of."""
    return Channel(
        uuid,
        direction="outbound",
        peer_location="external",
        called_number=number,
        offered_at=at,
        origination=("call_external",),
        end_users=(EndUser(id="12345678", name="Olive"),),
        state=ChannelState("calling", at, "ext", "pstn", address=number),
        target=Target("pstn", address=number),
        last_event="CHANNEL_CREATE",
    )


@dataclass
class Pbx:
    """The truth about one call, and the messages about it that nobody has heard yet. ``reached`` is true once somebody,
    a mailbox, a parking place or another function had the call, ``been`` what it has been through since, and
    ``talk_to`` when the last connection ended, unless with the call."""

    now: int = START
    leg: Channel | None = None
    inside: dict[str, Channel] = field(default_factory=dict)
    removed: bool = False
    phase: CallPhase = CallPhase.FOLLOWING
    connected_with: str = ""
    connections: list[tuple[int, str]] = field(default_factory=list)
    reached: bool = False
    been: list[CallPhase] = field(default_factory=list)
    talk_to: int | None = None
    by: str = ""
    made: int = 0
    unheard: list[Message] = field(default_factory=list)

    def offer(self) -> None:
        self._tick()
        self._leg(outside(at=self.now), Change.ADDED)
        self.phase = CallPhase.RINGING

    def answer(self) -> None:
        self._leg(replace(self._known(), answered_at=self._tick(), last_event="CHANNEL_ANSWER"))
        self.phase = CallPhase.ANSWERED

    def ring(self, *user_ids: int, at_once: bool = False) -> None:
        """Connect it to somebody, or to a group of several: for the first time, or handing it on. ``at_once``: their
        telephones ring within the same millisecond."""
        self._drop_inside()
        several = len(user_ids) > 1
        state = ChannelState(
            "calling",
            self._tick(),
            "int",
            "group" if several else "user",
            user_id=None if several else user_ids[0],
            group_id=SALES if several else None,
        )
        self._leg(replace(self._known(), state=state, other_uuid="", last_event="STATE_CHANGE"))
        self._go_on(CallPhase.TRANSFERRED if self.reached else CallPhase.DESTINATION_RINGING)
        for user_id in user_ids:
            self.made += 1
            made = Channel(
                f"inside-{self.made}",
                direction="outbound",
                peer_location="internal",
                offered_at=self.now if at_once else self._tick(),
                other_uuid=LEG,
                user_id=user_id,
                state=ChannelState("calling", self.now, "int", "user", user_id=user_id),
            )
            self._tell_inside(made, Change.ADDED)

    def hand_out(self, number: str = "09012345678", *, at_once: bool = False) -> None:
        """Connect it to another outside number."""
        self._drop_inside()
        self.made += 1
        state = ChannelState("calling", self._tick(), "ext", "pstn", address=number)
        self._leg(replace(self._known(), state=state, other_uuid="", last_event="STATE_CHANGE"))
        self._go_on(CallPhase.TRANSFERRED if self.reached else CallPhase.DESTINATION_RINGING)
        at = self.now if at_once else self._tick()
        made = replace(outside(f"away-{self.made}", at=at, number=number), other_uuid=LEG)
        self._tell_inside(made, Change.ADDED)

    def pick_up(self, which: int, *, at_once: bool = False) -> None:
        """Somebody who rings takes it; the others stop ringing. ``at_once``: as soon as it rang, where it can be told
        that it rang before: by ``last_bridged_user_id``, the first time that a user takes it."""
        taken = list(self.inside.values())[which % len(self.inside)]
        told_apart = taken.user_id is not None and self._known().last_bridged_user_id is None
        at = self.now if at_once and told_apart else self._tick()
        state = ChannelState("bridged", at)
        self._tell_inside(replace(taken, answered_at=at, state=state), Change.UPDATED)
        known = replace(self._known(), other_uuid=taken.uuid, state=state, last_event="STATE_CHANGE")
        self._leg(replace(known, last_bridged_user_id=taken.user_id or known.last_bridged_user_id))
        for other in [one for one in self.inside.values() if one.uuid != taken.uuid]:
            self._end_inside(other, "send_cancel,LOSE_RACE")
        who = NAMES[taken.user_id] if taken.user_id is not None else taken.called_number
        self.reached, self.connected_with, self.talk_to = True, who, None
        self._go_on(CallPhase.CONNECTED)
        self.connections.append((at, self.connected_with))

    def leave(self, where: str) -> None:
        """Into a mailbox, a parking place, another function of the PBX's: also one that nobody has heard of."""
        self._drop_inside()
        state = ChannelState(where, self._tick(), detail="7", extra="Helen")
        self._leg(replace(self._known(), state=state, other_uuid="", last_event="STATE_CHANGE"))
        if where in PLACES or self.reached:
            self.reached = True
            self._go_on(PLACES.get(where, CallPhase.SERVICE))

    def hang_up(self, side: str, cause: str) -> None:
        data = f"{side},{cause}"
        self._leg(
            replace(self._known(), hung_up_at=self._tick(), last_event="CHANNEL_HANGUP", last_event_data=data),
        )
        self.phase, self.by = CallPhase.ENDED, side
        self._drop_inside()

    def remove(self) -> None:
        self.unheard.append(ElementEvent(Change.REMOVED, self._known()))
        self.removed = True

    def snapshot(self) -> Snapshot:
        legs = () if self.leg is None or self.removed else (self.leg,)
        return Snapshot("channel", (*legs, *self.inside.values()))

    @property
    def rings(self) -> bool:
        return any(one.answered_at is None for one in self.inside.values())

    @property
    def over(self) -> bool:
        return self.phase is CallPhase.ENDED

    def _known(self) -> Channel:
        assert self.leg is not None
        return self.leg

    def _go_on(self, phase: CallPhase) -> None:
        state = self._known().state
        if self.phase is CallPhase.CONNECTED and phase is not CallPhase.CONNECTED and state is not None:
            self.talk_to = state.at
        self.phase = phase
        if self.reached and phase not in self.been:
            self.been.append(phase)

    def _tick(self) -> int:
        self.now += 1_000
        return self.now

    def _leg(self, leg: Channel, change: Change = Change.UPDATED) -> None:
        self.leg = leg
        self.unheard.append(ElementEvent(change, leg))

    def _tell_inside(self, channel: Channel, change: Change) -> None:
        self.inside[channel.uuid] = channel
        self.unheard.append(ElementEvent(change, channel))

    def _end_inside(self, channel: Channel, data: str) -> None:
        ended = replace(channel, hung_up_at=self._tick(), last_event="CHANNEL_HANGUP", last_event_data=data)
        self._tell_inside(ended, Change.UPDATED)
        del self.inside[channel.uuid]
        self.unheard.append(ElementEvent(Change.REMOVED, ended))

    def _drop_inside(self) -> None:
        for one in list(self.inside.values()):
            self._end_inside(one, "send_bye,NORMAL_CLEARING")
