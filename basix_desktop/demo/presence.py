"""The company's own life: people go on do-not-disturb, away, out of their groups, and call each other; customers call.

A few people are left alone, so that whoever tries the demo always finds somebody to call.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable

from basix_desktop.demo.board import Board
from basix_desktop.demo.calls import Calls
from basix_desktop.demo.calls_pace import Tempo
from basix_desktop.demo.company import Group, User
from basix_desktop.demo.feed import Feed
from basix_desktop.demo.feed_elements import end_users_text

STEADY = frozenset({"helen", "ken", "olive", "reception"})
_BETWEEN = 8.0  # people's seconds between two happenings, on average
_LASTS = (20.0, 120.0)
_AWAY_AT_ONCE = 3
_CUSTOMERS: tuple[tuple[str, str, tuple[dict[str, str | int], ...]], ...] = (
    ("0312340001", "Aoi Trading", ({"id": 4401, "name": "Rin Abe", "organization": "Aoi Trading & Co. *"},)),
    ("09055550123", "山本 あきら", ({"id": "K-77", "name": "山本 あきら", "prefecture": "大阪府"},)),
    ("0668001234", "", ()),
    ("05031234567", "北川商店", ({"name": "北川 | 一"}, {"name": "北川 二+三", "avatar": "kitagawa.png"})),
)


class Life:
    """Goes on while somebody watches the feed. Server's thread only; the same ``rng`` makes the same happenings."""

    def __init__(self, board: Board, calls: Calls, feed: Feed, tempo: Tempo, rng: random.Random) -> None:
        self._board = board
        self._calls = calls
        self._feed = feed
        self._tempo = tempo
        self._rng = rng
        self._own = [user for user in board.company.users if user.name not in STEADY]
        self._changed: set[int] = set()
        self._started: list[str] = []  # legs of calls made here
        self._task: asyncio.Task[None] | None = None

    def watch(self) -> None:
        """From now on, follow who listens."""
        self._feed.changed = self._check

    def leave_alone(self, user_id: int) -> None:
        """Nothing happens to this user by itself any more."""
        self._own = [user for user in self._own if user.id != user_id]

    def _check(self) -> None:
        if self._feed.connections and self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._live())
        elif not self._feed.connections and self._task is not None:
            self._task.cancel()
            self._task = None

    async def _live(self) -> None:
        happenings: tuple[Callable[[], None], ...] = (
            self._mood,
            self._log_out,
            self._chat,
            self._customer,
            self._hand_on,
        )
        while True:
            await asyncio.sleep(self._tempo.real(min(40.0, self._rng.expovariate(1 / _BETWEEN))))
            self._rng.choices(happenings, weights=(4, 2, 5, 3, 1))[0]()

    def _mood(self) -> None:
        user = self._somebody()
        if user is None or len(self._changed) >= _AWAY_AT_ONCE:
            return
        presence = self._rng.choice(("do_not_disturb", "do_not_disturb", "forwarded", "away"))
        self._board.set_presence(user.id, presence)
        self._for_a_while(user, lambda: self._board.set_presence(user.id, "available"))

    def _log_out(self) -> None:
        user = self._somebody()
        mine = [group for group in self._board.company.groups if user is not None and user.name in group.members]
        if user is None or not mine:
            return
        group = self._rng.choice(mine)
        self._board.set_login(user.id, group.id, False)
        self._for_a_while(user, lambda: self._board.set_login(user.id, group.id, True))

    def _chat(self) -> None:
        caller = self._somebody()
        others = [user for user in self._own if user != caller and self._is_free(user)]
        if caller is not None and others:
            self._started.append(self._calls.between(caller, self._rng.choice(others)))

    def _customer(self) -> None:
        groups = [one for one in self._board.company.groups if not STEADY.intersection(one.members)]
        free = [user for user in self._own if self._is_free(user)]
        if groups and free:
            number, name, people = self._rng.choice(_CUSTOMERS)
            choices: list[User | Group] = [*groups, self._rng.choice(free)]
            self._started.append(self._calls.arrive(number, self._rng.choice(choices), name, end_users_text(people)))

    def _hand_on(self) -> None:
        """Somebody parks a caller, or transfers them to a colleague."""
        legs = [leg for leg in map(self._board.leg, self._started) if leg is not None]
        self._started = [leg.uuid for leg in legs]
        talking = [leg.uuid for leg in legs if leg.other_uuid is not None and leg.hangup_timestamp is None]
        colleague = self._somebody()
        if talking and colleague is not None:
            uuid = self._rng.choice(talking)
            if self._rng.random() < 0.5:
                self._calls.park(uuid, 10.0)
            else:
                self._calls.transfer(uuid, colleague.name)

    def _somebody(self) -> User | None:
        free = [user for user in self._own if self._is_free(user)]
        return self._rng.choice(free) if free else None

    def _is_free(self, user: User) -> bool:
        return user.id not in self._changed and self._board.unreachable(user.id) is None

    def _for_a_while(self, user: User, undo: Callable[[], None]) -> None:
        self._changed.add(user.id)

        def back() -> None:
            self._changed.discard(user.id)
            if user in self._own:
                undo()

        asyncio.get_running_loop().call_later(self._tempo.real(self._rng.uniform(*_LASTS)), back)
