"""The demo PBX's methods: one request, from its first byte to the decision what to answer."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
import logging
import random
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from basix_desktop.demo.callbacks import Callbacks, Result
from basix_desktop.demo.calls import Calls
from basix_desktop.demo.company import Company
from basix_desktop.demo.parameters import Refused, read_call, read_json, read_ticket_uri
from basix_desktop.demo.records import Records, shown_body, shown_headers
from basix_desktop.demo.replies import Answer, Hangup, answer_of
from basix_desktop.demo.stories import Placed, Story, story_for
from basix_desktop.demo.tickets import Tickets

if TYPE_CHECKING:
    from starlette.requests import Request

NOT_ANSWERED = 500  # result_code of a hunt that nobody answered
_HEARD = 0.05  # people's seconds by which the feed tells of a call before the answer does, mostly
_HEARD_LATE = 0.15  # how often the answer comes first
log = logging.getLogger(__name__)


class DemoExchange:
    """What the methods share. Server's thread only, but for what ``records`` offers."""

    def __init__(
        self,
        *,
        domain: str,
        token: str,
        company: Company,
        records: Records,
        speed: float,
        rng: random.Random,
        hangup: Hangup,
        calls: Calls,
    ) -> None:
        self.tickets = Tickets()
        self._credentials = f"{domain}:{token}".encode()
        self._company = company
        self._records = records
        self._speed = speed
        self._rng = rng
        self._hangup = hangup
        self._calls = calls
        self._callbacks = Callbacks(first=rng.randrange(3))
        self._deliveries: set[asyncio.Task[None]] = set()

    async def call_external(self, request: Request, raw: bytes) -> tuple[Answer, dict[str, Any]]:
        """The answer to a call, and what the record says of it."""
        call = read_call(_value(request, raw), self._company)
        story = story_for(call.called_number)
        leg = str(uuid.UUID(int=self._rng.getrandbits(128), version=4))
        late = self._rng.random() < _HEARD_LATE and _is_usual(story)
        if story.hunt:
            self._calls.place(
                call, story.hunt, leg, lambda answers: self._report(call.callback_url, leg, answers), late=late
            )
        head_start = _HEARD / self._speed if _is_usual(story) and not late else 0.0
        answer = answer_of(story, leg, self._speed, self._hangup)
        answer = replace(answer, delay=answer.delay + head_start)
        return answer, {"story": story.id, "uuids": [leg] if story.hunt else []}

    async def gen_ws_ticket(self, request: Request, raw: bytes) -> tuple[Answer, dict[str, Any]]:
        uri = read_ticket_uri(_value(request, raw))
        return Answer.of(200, {"result_code": 0, "ticket": self.tickets.issue(uri)}), {}

    def authorize(self, header: str) -> None:
        """Raises :class:`Refused` unless ``header`` holds the domain and token as HTTP Basic credentials."""
        scheme, _, encoded = header.partition(" ")
        try:
            given = base64.b64decode(encoded.strip(), validate=True)
        except (binascii.Error, ValueError):
            given = b""
        if scheme.lower() != "basic" or not hmac.compare_digest(given, self._credentials):
            raise Refused(401, "authentication_required")

    def record(self, request: Request, raw: bytes, complete: bool, **answer: Any) -> None:
        entry = {
            "method": request.method,
            "path": request.url.path,
            "query": request.url.query,
            "headers": shown_headers(request.scope["headers"]),
            **shown_body(raw),
            "complete": complete,
            "story": None,
            "uuids": [],
            **answer,
        }
        try:
            self._records.add(entry)
        except OSError as error:
            log.warning("the file of requests cannot be written: %s", type(error).__name__)

    def _report(self, url: str, leg: str, answers: bool) -> None:
        """The hunt is over: tell whoever asked to be told."""
        if url:
            task = asyncio.create_task(self._deliver(url, Result(0, leg) if answers else Result(NOT_ANSWERED)))
            self._deliveries.add(task)
            task.add_done_callback(self._deliveries.discard)

    async def _deliver(self, url: str, result: Result) -> None:
        if not await self._callbacks.deliver(url, result):
            log.debug("a result callback was not delivered")


def _is_usual(story: Story) -> bool:
    return isinstance(story.reply, Placed) and not story.delay


def _value(request: Request, raw: bytes) -> dict[str, Any]:
    return read_json(raw, request.headers.get("content-type", ""))
