"""A PBX's feed in small: what happens to calls, as messages through the real tracker, as pictures for the window."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from basix_desktop.domain.calls import Attempt
from basix_desktop.domain.feed import (
    Change,
    Channel,
    ChannelState,
    ElementEvent,
    FeedPhase,
    FeedStatus,
    Group,
    GroupMember,
    Message,
    Snapshot,
    User,
)
from basix_desktop.domain.live import CallPhase, LiveCall, LiveView, Milestone
from basix_desktop.domain.readiness import people
from basix_desktop.domain.tracker import Live, track

HELEN, KEN, SALES = 1, 2, 10
LIVE = FeedStatus(FeedPhase.LIVE)


@dataclass
class Story:
    """``clock`` is the PBX's, in milliseconds. ``attempts`` maps attempts' ids to the UUIDs of their legs."""

    clock: int
    live: Live = field(default_factory=Live)
    attempts: dict[str, str] = field(default_factory=dict)
    status: FeedStatus = LIVE
    milestones: list[Milestone] = field(default_factory=list)
    _legs: dict[str, Channel] = field(default_factory=dict)

    def __post_init__(self) -> None:
        users = (
            User(HELEN, "helen", "Helen", "1001"),
            User(KEN, "ken", "Ken Mori", "1002"),
            User(3, "sato", "佐藤 健", "1003"),
        )
        self.hear(Snapshot("user", users))
        self.hear(Snapshot("group", (Group(SALES, "sales", "Sales", 0, "2001"),)))
        members = (GroupMember(1, SALES, HELEN), GroupMember(2, SALES, KEN))
        self.hear(Snapshot("group_member", members))

    def hear(self, message: Message) -> None:
        self.live, told = track(self.live, message)
        self.milestones += told

    def view(self) -> LiveView:
        """As the window gets it: what has ended is forgotten when it has been recorded."""
        calls = {}
        for attempt_id, uuid in self.attempts.items():
            leg = self.live.legs.get(uuid)
            calls[attempt_id] = leg.call if leg is not None else LiveCall(uuid)
        return LiveView(self.status, calls, people(self.live.tables))

    def forget(self, attempt: Attempt) -> None:
        self.attempts.pop(attempt.id)

    def pass_ms(self, ms: int) -> None:
        self.clock += ms

    # -- what happens

    def follow(self, attempt: Attempt) -> None:
        self.attempts[attempt.id] = attempt.uuids[0]

    def ring(self, attempt: Attempt) -> None:
        """The outside number rings."""
        self.follow(attempt)
        uuid = attempt.uuids[0]
        state = ChannelState("calling", self.clock, "ext", "pstn")
        number = attempt.request.number
        self._tell(
            Channel(uuid, "outbound", "external", called_number=number, offered_at=self.clock, state=state),
            Change.ADDED,
        )

    def answer(self, attempt: Attempt) -> None:
        leg = self._leg(attempt)
        self._tell(replace(leg, answered_at=self.clock, last_event="CHANNEL_ANSWER"))

    def ring_inside(self, attempt: Attempt, *users: int, group: int | None = None) -> None:
        """The telephones of these users ring."""
        leg = self._leg(attempt)
        kind = "group" if group is not None else "user"
        user = users[0] if group is None else None
        for each in users:
            channel = Channel(
                f"{leg.uuid}-{each}", "outbound", "internal", offered_at=self.clock, user_id=each, other_uuid=leg.uuid
            )
            self._tell(channel, Change.ADDED)
        state = ChannelState("calling", self.clock, "int", kind, user_id=user, group_id=group)
        self._tell(replace(leg, state=state, last_event="STATE_CHANGE"))

    def connect(self, attempt: Attempt, user: int) -> None:
        leg = self._leg(attempt)
        inside = self._legs[f"{leg.uuid}-{user}"]
        for each in [one for one in self._legs.values() if one.other_uuid == leg.uuid and one.uuid != inside.uuid]:
            self._gone(each, "send_cancel,LOSE_RACE")
        self._tell(replace(inside, answered_at=self.clock))
        state = ChannelState("bridged", self.clock)
        self._tell(replace(leg, state=state, other_uuid=inside.uuid, last_event="STATE_CHANGE"))

    def divert(self, attempt: Attempt, name: str, detail: str) -> None:
        """To voicemail, or into a park slot."""
        leg = self._leg(attempt)
        self._tell(replace(leg, state=ChannelState(name, self.clock, detail=detail), last_event="STATE_CHANGE"))

    def hand_out(self, attempt: Attempt, number: str) -> None:
        """To another outside number, which rings."""
        state = ChannelState("calling", self.clock, "ext", "pstn", address=number)
        self._tell(replace(self._leg(attempt), state=state, other_uuid="", last_event="STATE_CHANGE"))

    def end(self, attempt: Attempt, how: str = "recv_bye,NORMAL_CLEARING") -> None:
        self._gone(self._leg(attempt), how)

    def lose(self, since: int) -> None:
        """The feed is cut."""
        self.status = FeedStatus(FeedPhase.WAITING, "lost", 5.0, since)

    def restore(self, *, without: Attempt | None = None) -> None:
        """It is back, with a snapshot of what goes on."""
        gone = without.uuids[0] if without is not None else ""
        left = [one for one in self._legs.values() if one.uuid != gone and one.hung_up_at is None]
        self.status = LIVE
        self.hear(Snapshot("channel", tuple(left)))

    def call(self, attempt: Attempt) -> LiveCall:
        return self.live.legs[attempt.uuids[0]].call

    def ended(self, attempt: Attempt) -> bool:
        return self.call(attempt).phase is CallPhase.ENDED

    def _leg(self, attempt: Attempt) -> Channel:
        return self._legs[attempt.uuids[0]]

    def _gone(self, channel: Channel, how: str) -> None:
        ended = replace(channel, hung_up_at=self.clock, last_event="CHANNEL_HANGUP", last_event_data=how)
        self._tell(ended)
        self.hear(ElementEvent(Change.REMOVED, ended))
        self._legs.pop(channel.uuid)

    def _tell(self, channel: Channel, change: Change = Change.UPDATED) -> None:
        self._legs[channel.uuid] = channel
        self.hear(ElementEvent(change, channel))
