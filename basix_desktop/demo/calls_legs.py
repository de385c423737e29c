"""What happens to the legs of one call, each step an event on the feed (basix-api.md 2.5)."""

from __future__ import annotations

import asyncio
import random
import uuid
from dataclasses import replace
from typing import Any

from basix_desktop.demo.board import Board
from basix_desktop.demo.calls_pace import Tempo
from basix_desktop.demo.company import Group, GroupType, User
from basix_desktop.demo.feed_elements import Leg, Value, Waiting, Word, field_names

INBOUND, OUTBOUND = Word("inbound"), Word("outbound")
INTERNAL, EXTERNAL = Word("internal"), Word("external")
_CALLING = Word("calling")
_LINGERS = 0.4  # people's seconds from a leg's end until the PBX forgets it


class Legs:
    """``uuid`` is the first leg's; ``inside`` are the telephones that ring for it or are bridged to it, by UUID.
    Server's thread only."""

    def __init__(self, board: Board, tempo: Tempo, first: Leg, rng: random.Random) -> None:
        self.uuid = first.uuid
        self.inside: list[str] = []
        self._board = board
        self._tempo = tempo
        self._rng = rng
        board.put(first)

    @property
    def first(self) -> Leg:
        return self._leg(self.uuid)

    def answer(self, uid: str) -> None:
        if self._leg(uid).answer_timestamp is None:
            self._set(uid, answer_timestamp=self._board.now(), last_event="CHANNEL_ANSWER", last_event_data="")

    def calling(self, whom: User | Group) -> None:
        """The first leg now waits for somebody at ``whom``."""
        state = state_of(whom, self._board)
        if (self.first.state or ())[1:] != state:
            self._state(self.uuid, *state, target=target_of(whom), other_uuid=None, other_info=None)

    def ring(self, user_id: int, whom: User | Group) -> str:
        """A telephone of a user starts to ring; its leg's UUID."""
        first, user = self.first, self._board.user(user_id)
        uid = new_uuid(self._rng)
        person = ("user", first.user_id) if first.user_id else ("end_user", first.end_user)
        far = first.called_number if first.direction == OUTBOUND else first.calling_number
        now = self._board.now()
        self._board.put(
            Leg(
                uid,
                OUTBOUND,
                INTERNAL,
                first.calling_name,
                far,
                user.main_extension,
                now,
                other_uuid=self.uuid,
                user_id=user_id,
                group_id=whom.id if isinstance(whom, Group) else None,
                state=(now, _CALLING, Word("int"), Word("user"), (user_id,)),
                target=(Word("user"), user_id, user.name, user.main_extension),
                origination=first.origination,
                end_user=first.end_user,
                tags=first.tags,
                last_event="STATE_CHANGE",
                other_info=(
                    Word(person[0]), person[1], first.direction, first.peer_location, far, first.offer_timestamp,
                    whom.id if isinstance(whom, Group) else None, None,
                ),
                call_id=f"{uid[:13]}@demo.example",
            )
        )  # fmt: skip
        self.inside.append(uid)
        return uid

    def bridge(self, uid: str) -> None:
        """Both sides hear each other; the other telephones stop ringing."""
        self.answer(uid)
        for other in [one for one in self.inside if one != uid]:
            self.end_inside(other, "send_cancel", "LOSE_RACE")
        self.answer(self.uuid)
        inner = self._leg(uid)
        info = (
            Word("user"), inner.user_id, inner.direction, inner.peer_location, inner.called_number,
            inner.offer_timestamp, inner.group_id, None,
        )  # fmt: skip
        self._state(self.uuid, Word("bridged"), other_uuid=uid, other_info=info, last_bridged_user_id=inner.user_id)
        self._state(uid, Word("bridged"), last_bridged_user_id=self.first.user_id)

    def announce(self, ivr_id: int) -> None:
        """A voice greets whoever calls."""
        self.answer(self.uuid)
        self._state(self.uuid, Word("ivr"), ivr_id)

    def voicemail(self, whom: User | Group) -> None:
        kind = Word("group" if isinstance(whom, Group) else "user")
        self._state(self.uuid, Word("voicemail"), kind, whom.id, whom.name, other_uuid=None, other_info=None)

    def park(self, slot: str, parker: User | None) -> None:
        by = (parker.id, parker.name) if parker else (None, None)
        self._state(self.uuid, Word("park"), slot, None, *by, other_uuid=None, other_info=None)

    def wait_in(self, group: Group) -> Waiting:
        values = {name: getattr(self.first, name) for name in field_names(Leg)}
        return self._board.put(Waiting(**{**values, "group_id": group.id}))

    def talking_to(self) -> int | None:
        """The user on the other side of the bridge."""
        return next((leg.user_id for leg in map(self._board.leg, self.inside) if leg and leg.answer_timestamp), None)

    def end_inside(self, uid: str, side: str, cause: str) -> None:
        if uid in self.inside:
            self.inside.remove(uid)
            self._end(uid, side, cause)

    def end_all_inside(self, cause: str, *, by_them: bool = False) -> None:
        """``by_them``: whoever was on the line hung up."""
        for uid in list(self.inside):
            answered = self._leg(uid).answer_timestamp is not None
            side = "send_cancel" if not answered else "recv_bye" if by_them else "send_bye"
            self.end_inside(uid, side, "NORMAL_CLEARING" if answered else cause)

    def end_first(self, side: str, cause: str) -> None:
        self._end(self.uuid, side, cause)

    def _end(self, uid: str, side: str, cause: str) -> None:
        now = self._board.now()
        self._set(uid, hangup_timestamp=now, last_event="CHANNEL_HANGUP", last_event_data=f"{side},{cause}")
        ended = self._leg(uid)
        asyncio.get_running_loop().call_later(self._tempo.real(_LINGERS), self._board.remove, ended)

    def _state(self, uid: str, *state: Value, **changes: Any) -> None:
        told = (self._board.now(), *state)
        self._set(uid, state=told, last_event="STATE_CHANGE", last_event_data=str(state[0]), **changes)

    def _set(self, uid: str, **changes: Any) -> None:
        self._board.put(replace(self._leg(uid), **changes))

    def _leg(self, uid: str) -> Leg:
        leg = self._board.leg(uid)
        assert leg is not None, "a leg of a call that goes on"
        return leg


def new_uuid(rng: random.Random) -> str:
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))


def pstn_state(at: int, number: str) -> tuple[Value, ...]:
    return (at, _CALLING, Word("ext"), Word("pstn"), (number,))


def target_of(whom: User | Group) -> tuple[Value, ...]:
    return (Word("group" if isinstance(whom, Group) else "user"), whom.id, whom.name, whom.extension)


def state_of(whom: User | Group, board: Board) -> tuple[Value, ...]:
    if isinstance(whom, User):
        return (_CALLING, Word("int"), Word("user"), (whom.id,))
    kind = Word("ring" if whom.type is GroupType.RING else "hunt")
    queue = whom.id if board.has_queue(whom.id) else None
    return (_CALLING, Word("int"), Word("group"), (kind, whom.id, None, None, queue))
