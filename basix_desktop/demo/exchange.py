"""The demo PBX's methods: one request, from its first byte to the decision what to answer."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
import logging
import random
import uuid
from typing import TYPE_CHECKING, Any

from basix_desktop.demo.callbacks import Callbacks, Result
from basix_desktop.demo.company import Company
from basix_desktop.demo.parameters import Call, Refused, read_call, read_json, read_ticket_uri
from basix_desktop.demo.records import Records, shown_body, shown_headers
from basix_desktop.demo.replies import Answer, Hangup, answer_of
from basix_desktop.demo.stories import Hunt, story_for
from basix_desktop.demo.tickets import Tickets

if TYPE_CHECKING:
    from starlette.requests import Request

NOT_ANSWERED = 500  # result_code of a hunt that nobody answered
_DAY = 86400
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
    ) -> None:
        self.tickets = Tickets()
        self._credentials = f"{domain}:{token}".encode()
        self._company = company
        self._records = records
        self._speed = speed
        self._rng = rng
        self._hangup = hangup
        self._callbacks = Callbacks(first=rng.randrange(3))
        self._hunts: set[asyncio.Task[None]] = set()

    async def call_external(self, request: Request, raw: bytes) -> tuple[Answer, dict[str, Any]]:
        """The answer to a call, and what the record says of it."""
        call = read_call(_value(request, raw), self._company)
        story = story_for(call.called_number)
        leg = str(uuid.UUID(int=self._rng.getrandbits(128), version=4))
        if story.hunt:
            self._start_hunt(call, story.hunt, leg)
        answer = answer_of(story, leg, self._speed, self._hangup)
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

    def _start_hunt(self, call: Call, hunt: Hunt, leg: str) -> None:
        seconds, answers = hunt.value
        patience = min(call.answer_timeout, _DAY)
        result = Result(0, leg) if answers and seconds <= patience else Result(NOT_ANSWERED)
        if call.callback_url:
            task = asyncio.create_task(self._finish_hunt(min(seconds, patience), call.callback_url, result))
            self._hunts.add(task)
            task.add_done_callback(self._hunts.discard)

    async def _finish_hunt(self, seconds: float, url: str, result: Result) -> None:
        await asyncio.sleep(seconds / self._speed)
        if not await self._callbacks.deliver(url, result):
            log.debug("a result callback was not delivered")


def _value(request: Request, raw: bytes) -> dict[str, Any]:
    return read_json(raw, request.headers.get("content-type", ""))
