"""One connection to the listener: reads one request, answers with nothing but a status, and ends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from email.utils import formatdate
from typing import cast
from urllib.parse import urlsplit

import h11

from basix_desktop.callback.reading import read_result
from basix_desktop.domain.calls import CallResult
from basix_desktop.domain.errors import StoreError
from basix_desktop.services.callbacks import Results

log = logging.getLogger(__name__)

#: Bytes of the request line with all headers, and of the body.
MAX_HEAD = 8 * 1024
MAX_BODY = 8 * 1024
#: Bytes of a whole request, chunk lengths and the like included.
MAX_REQUEST = 24 * 1024
MAX_HEADERS = 64
#: Whoever is answered before everything was sent may go on for so long, and so much: closing at once would take the
#: answer away from them.
LINGER, MAX_LINGER = 1.0, 256 * 1024
#: Seconds for the journal to record a result.
RECORDING = 15.0

_ALLOWED = (b"GET", b"POST")


class Connection(asyncio.Protocol):
    """``ended`` is called once. ``taking`` is true while a whole request is being recorded."""

    def __init__(self, results: Results, deadline: float, ended: Callable[[Connection], None]) -> None:
        self._results = results
        self._deadline = deadline
        self._ended = ended
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=MAX_HEAD)
        self._transport: asyncio.Transport | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None
        self._request: h11.Request | None = None
        self._body = bytearray()
        self._received = 0
        self._answered = False
        self._given_up = False
        self.taking = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        if self._given_up:
            self._transport.abort()
            return
        self._end_in(self._deadline)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._ended(self)

    def eof_received(self) -> bool:
        """Whether to keep our side open: until what was asked is answered."""
        if not (self._answered or self.taking):
            self._feed(b"")
        return self.taking

    def data_received(self, data: bytes) -> None:
        room = max(0, MAX_REQUEST - self._received)
        self._received += len(data)
        if self._answered or self.taking:
            if self._received > MAX_REQUEST + MAX_LINGER:
                self.abort()
            return
        if data[:room]:
            self._feed(data[:room])
        if self._received > MAX_REQUEST and not (self._answered or self.taking):
            self._answer(413)

    def abort(self) -> None:
        """End at once, without an answer."""
        self._given_up = True
        if self._transport is not None:
            self._transport.abort()

    def _feed(self, data: bytes) -> None:
        try:
            self._http.receive_data(data)
            while not (self._answered or self.taking):
                event = self._http.next_event()
                if not isinstance(event, h11.Event):  # more is needed
                    self._go_on()
                    return
                self._take(event)
        except h11.RemoteProtocolError as error:
            self._answer(error.error_status_hint)

    def _go_on(self) -> None:
        if self._http.they_are_waiting_for_100_continue and self._transport is not None:
            waiting = self._http.send(h11.InformationalResponse(status_code=100, headers=[]))
            self._transport.write(waiting or b"")

    def _take(self, event: h11.Event) -> None:
        if isinstance(event, h11.Request):
            self._request = event
            refusal = self._refusal(event)
            if refusal:
                self._answer(refusal)
        elif isinstance(event, h11.Data):
            self._body += event.data
            if len(self._body) > MAX_BODY:
                self._answer(413)
        elif isinstance(event, h11.EndOfMessage):
            self._read()
        else:  # the connection was closed before a request
            self.abort()

    def _refusal(self, request: h11.Request) -> int:
        """The status that a request earns by its head alone, 0 if it may go on. What is no path of ours says nothing
        about what else would be wrong."""
        if not self._results.knows(_token(request)):
            return 404
        if request.method not in _ALLOWED:
            return 405
        size = sum(len(name) + len(value) + 4 for name, value in request.headers) + len(request.target)
        if size > MAX_HEAD or len(request.headers) > MAX_HEADERS:
            return 431
        length = next((value for name, value in request.headers if name == b"content-length"), b"0")
        return 413 if len(length) > 9 or int(length) > MAX_BODY else 0

    def _read(self) -> None:
        assert self._request is not None
        result = read_result(_query(self._request), bytes(self._body))
        if result is None:
            self._answer(400)
            return
        self.taking = True
        self._end_in(RECORDING)
        self._task = asyncio.get_running_loop().create_task(self._record(_token(self._request), result))

    async def _record(self, token: str, result: CallResult) -> None:
        try:
            await self._results.take(token, result)
            status = 200
        except StoreError as error:
            log.error("a call's result could not be recorded: %s", error.id)
            status = 503  # whoever tries again may have more luck
        except Exception:
            log.exception("a call's result could not be recorded")
            status = 500
        self.taking = False
        self._answer(status)

    def _answer(self, status: int) -> None:
        transport, self._answered = self._transport, True
        if transport is None or transport.is_closing():
            return
        headers = [("Date", formatdate(usegmt=True)), ("Content-Length", "0"), ("Connection", "close")]
        headers += [("Allow", "GET, POST")] if status == 405 else []
        if self._http.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            transport.close()
            return
        transport.write(self._http.send(h11.Response(status_code=status, headers=headers, reason=b"")) or b"")
        if self._http.their_state is h11.DONE or not transport.can_write_eof():
            transport.close()
            return
        transport.write_eof()
        self._end_in(LINGER)

    def _end_in(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(seconds, self.abort)


def _token(request: h11.Request) -> str:
    """The last part of the path, whatever a proxy on the way has put before it."""
    return _parts(request)[0].rstrip("/").rpartition("/")[2]


def _query(request: h11.Request) -> str:
    return _parts(request)[1]


def _parts(request: h11.Request) -> tuple[str, str]:
    try:
        parts = urlsplit(request.target.decode("ascii"))
    except ValueError:
        return "", ""
    return parts.path, parts.query
