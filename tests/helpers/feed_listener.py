"""Somebody who listens to a demo PBX's feed: real sockets, our decoder and reader."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from websockets.sync.client import ClientConnection, connect

from basix_desktop.cti.messages import Parser
from basix_desktop.demo.server import DemoPbx
from basix_desktop.domain.feed import Change, Channel, Element, ElementEvent, Ignored, Message, Snapshot
from basix_desktop.etf import decode, limits_for
from tests.unit.demo.client import credentials

PATH = "/basix/api/ws_cti"
WHOLE = "app_name=tests&full_events=true"


def open_feed(pbx: DemoPbx, query: str = WHOLE, authorization: str | None = None) -> ClientConnection:
    """To be closed by whoever asks. Raises websockets' InvalidStatus where the PBX refuses."""
    given = credentials(pbx) if authorization is None else authorization
    return connect(
        f"ws://{urlsplit(pbx.server).netloc}{PATH}?{query}",
        additional_headers={"Authorization": given} if given else {},
        compression=None,
        proxy=None,
        max_size=None,
    ).__enter__()


class Listener:
    """``heard`` is everything so far, in order; it has heard the whole snapshot once made."""

    def __init__(self, pbx: DemoPbx, query: str = WHOLE, authorization: str | None = None) -> None:
        self.socket = open_feed(pbx, query, authorization)
        self.heard: list[Message] = []
        self._parser = Parser()
        self.until(lambda: Ignored("initial_info domain") in self.heard)

    def hear(self, timeout: float = 10.0) -> Message:
        """The next message. Raises TimeoutError, or websockets' ConnectionClosed."""
        frame = self.socket.recv(timeout)
        assert isinstance(frame, bytes)
        self.heard.append(self._parser.feed(decode(frame, limits_for(frame))))
        return self.heard[-1]

    def until(self, condition: Callable[[], bool], seconds: float = 10.0) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            self.hear(max(0.01, deadline - time.monotonic()))

    def until_channel(self, uuid: str, condition: Callable[[Channel], bool], seconds: float = 10.0) -> Channel:
        """The first telling of a leg, from now on or heard already, for which ``condition`` holds."""
        found: list[Channel] = []

        def happened() -> bool:
            found[:] = [each for each in self.tellings(uuid) if condition(each)]
            return bool(found)

        self.until(happened, seconds)
        return found[0]

    def until_removed(self, uuid: str, seconds: float = 10.0) -> None:
        self.until(lambda: any(e.change is Change.REMOVED for e in self.events(Channel) if _uuid(e) == uuid), seconds)

    def events(self, kind: type[Element]) -> list[ElementEvent]:
        return [one for one in self.heard if isinstance(one, ElementEvent) and isinstance(one.element, kind)]

    def tellings(self, uuid: str) -> list[Channel]:
        """Everything heard of one leg, oldest first, but for its removal."""
        kept = (event for event in self.events(Channel) if event.change is not Change.REMOVED)
        return [event.element for event in kept if isinstance(event.element, Channel) and event.element.uuid == uuid]

    def snapshot(self, kind: str) -> tuple[Element, ...]:
        return next(one.elements for one in self.heard if isinstance(one, Snapshot) and one.kind == kind)

    def command(self, **members: Any) -> None:
        self.socket.send(json.dumps(members))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.socket.close()


def _uuid(event: ElementEvent) -> str:
    return event.element.uuid if isinstance(event.element, Channel) else ""
