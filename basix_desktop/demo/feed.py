"""Who listens to the demo PBX, and how what happens there reaches them (basix-api.md 2.1 and 2.3)."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from basix_desktop.demo.board import Board
from basix_desktop.demo.feed_elements import ELEMENTS, Element, Leg
from basix_desktop.demo.feed_terms import field_spec, info_event, initial_info, system_msg

LIMIT = 2  # connections per user and app_name
_MOST_FRAMES = 5_000  # that wait for a reader, beyond the snapshot
_MOST_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a connection asked for. ``user_id`` None is the whole PBX."""

    app_name: str
    user_id: int | None = None
    forced: bool = False

    def includes(self, element: Element) -> bool:
        return self.user_id is None or not isinstance(element, Leg) or element.user_id == self.user_id


class Connection:
    """Frames on their way to one reader. ``abort`` ends the socket at once. Server's thread only."""

    def __init__(self, number: int, wanted: Subscription, abort: Callable[[], None]) -> None:
        self.number = number
        self.wanted = wanted
        self.abort = abort
        self._frames: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._bytes = 0

    def offer(self, frame: bytes) -> None:
        """Never waits: a reader so slow that too much is waiting for it is cut off."""
        self._frames.put_nowait(frame)
        self._bytes += len(frame)
        if self._frames.qsize() > _MOST_FRAMES or self._bytes > _MOST_BYTES:
            self.abort()

    def finish(self, last_words: str) -> None:
        """Close properly, once all that is waiting and a ``system_msg`` are out."""
        self._frames.put_nowait(system_msg(last_words))
        self._frames.put_nowait(None)

    async def frames(self) -> Iterator[bytes] | None:
        """What is to be sent now: all that waits. None once the connection is to be closed."""
        ready = [await self._frames.get()]
        while not self._frames.empty():
            ready.append(self._frames.get_nowait())
        taken = [frame for frame in ready if frame is not None]
        if not taken:
            return None
        if None in ready:
            self._frames.put_nowait(None)
        return self._taken(taken)

    def _taken(self, frames: list[bytes]) -> Iterator[bytes]:
        for frame in frames:
            yield frame
            self._bytes -= len(frame)


class Feed:
    """Server's thread only. ``changed`` is called when somebody comes or goes."""

    def __init__(self, board: Board, clock: Callable[[], float] = time.monotonic) -> None:
        self._board = board
        self._clock = clock
        self._connections: list[Connection] = []
        self._numbers = itertools.count(1)
        self._closed_until = 0.0
        self.changed: Callable[[], None] = _nothing
        board.listen(self._tell)

    @property
    def connections(self) -> tuple[Connection, ...]:
        return tuple(self._connections)

    @property
    def is_closed(self) -> bool:
        """Nobody can connect for the moment."""
        return self._clock() < self._closed_until

    def open(self, wanted: Subscription, abort: Callable[[], None]) -> Connection:
        """A connection with everything that exists now under way to it, or one that is told it is one too many."""
        connection = Connection(next(self._numbers), wanted, abort)
        same = [one for one in self._connections if _whose(one) == _whose(connection)]
        if len(same) >= LIMIT and not wanted.forced:
            connection.finish("connection_limit_reached")
            return connection
        for older in same[: max(0, len(same) - LIMIT + 1)]:
            self.leave(older)
            older.finish("connection_replaced")
        for frame in self._snapshot(wanted):
            connection.offer(frame)
        self._connections.append(connection)
        self.changed()
        return connection

    def leave(self, connection: Connection) -> None:
        """Harmless if it has left."""
        if connection in self._connections:
            self._connections.remove(connection)
            self.changed()

    def push(self, frame: bytes) -> None:
        """To everybody, whatever it says."""
        for connection in self.connections:
            connection.offer(frame)

    def drop(self, seconds: float = 0.0) -> None:
        """Cut every connection, without a word. For ``seconds`` by the clock nobody can connect."""
        self._closed_until = self._clock() + seconds
        for connection in self.connections:
            self.leave(connection)
            connection.abort()

    def _snapshot(self, wanted: Subscription) -> Iterator[bytes]:
        yield from map(field_spec, ELEMENTS)
        for element in ELEMENTS:
            yield initial_info(element.kind, filter(wanted.includes, self._board.all(element.kind)))

    def _tell(self, element: Element, change: str) -> None:
        readers = [one for one in self._connections if one.wanted.includes(element)]
        if readers:
            frame = info_event(element, change)
            for connection in readers:
                connection.offer(frame)


def _whose(connection: Connection) -> tuple[int | None, str]:
    return connection.wanted.user_id, connection.wanted.app_name


def _nothing() -> None:
    pass
