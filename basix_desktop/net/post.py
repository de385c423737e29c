"""One POST through httpx's transport, with the gate in front of its first byte.

The transport is used without httpx's client: no redirects, cookies, ``.netrc``, environment or log lines, by
construction.
The boundary between "not a byte sent" and "may have been sent" is httpcore's trace event
``http11.send_request_headers.started`` for a method other than CONNECT; exception classes cannot tell the two apart
(reliability.md, "Found out beforehand").
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from typing import Any

import httpcore
import httpx

from basix_desktop.domain.errors import NotReached
from basix_desktop.net import causes, tls
from basix_desktop.net.causes import Stage
from basix_desktop.net.exchange import MAX_BODY, MAX_HEADERS, Broke, Deadlines, Exchange, Gate, Post
from basix_desktop.net.proxy import Proxy
from basix_desktop.net.ready import Origin, ReadyConnection


class _Progress:
    """How far the request has come, as httpcore's trace events tell it."""

    def __init__(self, gate: Gate, limit: asyncio.Timeout, answer: float, proxied: bool) -> None:
        self._gate = gate
        self._limit = limit
        self._answer = answer
        self._proxied = proxied
        self._gate_awaited = False
        self.gate_problem: BaseException | None = None
        self.stream: Any = None
        self.stage = Stage.START
        self.connect_status: int | None = None
        self.crossed = False
        self.body_started = False
        self.status: int | None = None
        self.retry_after = ""
        self.body = bytearray()
        self.complete = False
        self.broke = Broke.NO

    async def trace(self, event: str, info: dict[str, Any]) -> None:
        match event:
            case "connection.connect_tcp.started":
                self.stage = Stage.TCP
            case "connection.connect_tcp.complete":
                self.stream = info["return_value"]
            case "connection.start_tls.started":
                self.stage = Stage.PROXY_TLS if self._proxied else Stage.TLS
            case "proxy.start_tls.started":
                self.stage = Stage.TLS
            case "http11.send_request_headers.started":
                if info["request"].method == b"CONNECT":
                    self.stage = Stage.CONNECT
                else:
                    await self._cross()
            case "http11.receive_response_headers.complete" if not self.crossed:
                self.connect_status = info["return_value"][1]
            case "http11.send_request_body.started" if self.crossed:
                self.body_started = True

    async def close(self) -> None:
        """httpcore forgets a connection whose TLS handshake is cancelled; it is not left to the garbage collector."""
        if self.stream is not None:
            await self.stream.aclose()

    async def _cross(self) -> None:
        """Await the gate, once. While it is awaited no deadline of ours runs: it answers for its own time."""
        if self._gate_awaited:
            raise RuntimeError("the gate opens once")
        self._gate_awaited = True
        self.stage = Stage.READY
        if self._limit.expired():  # its cancellation is on the way; let it arrive here, before the gate
            await asyncio.sleep(0)
            raise TimeoutError
        self._limit.reschedule(None)
        try:
            await self._gate()
        except BaseException as problem:
            self.gate_problem = problem
            raise
        self.crossed = True
        self._limit.reschedule(asyncio.get_running_loop().time() + self._answer)

    def exchange(self, problem: Exception | None) -> Exchange:
        broke = self.broke
        if problem is not None:
            broke = Broke.TIMEOUT if isinstance(problem, TimeoutError) else Broke.CONNECTION
        return Exchange(
            body_started=self.body_started,
            status=self.status,
            body=bytes(self.body),
            complete=self.complete,
            broke=broke,
            retry_after=self.retry_after,
            detail=type(problem).__name__ if problem is not None else "",
        )


async def send_once(
    post: Post, gate: Gate, deadlines: Deadlines, context: ssl.SSLContext, ready: ReadyConnection | None = None
) -> Exchange:
    """See ``Http.post``."""
    request = _request(post)
    if request is None:
        raise NotReached("address_not_found", "unusable address")
    problem: Exception | None = None
    limit = asyncio.timeout(deadlines.connect)
    progress = _Progress(gate, limit, deadlines.answer, post.proxy is not None)
    request.extensions["trace"] = progress.trace
    try:
        async with limit:
            stream = ready.take(_origin(request.url)) if ready is not None and post.proxy is None else None
            if stream is not None:
                progress.stream = stream
                transport: httpx.AsyncBaseTransport = _OverReady(stream)
            else:
                transport = _transport(post, request, context)
            try:
                await _read(await transport.handle_async_request(request), progress)
            finally:
                await transport.aclose()
                await progress.close()
    except Exception as raised:
        problem = raised
    if progress.gate_problem is not None:
        raise progress.gate_problem
    if progress.crossed:
        return progress.exchange(problem)
    if problem is None:
        raise RuntimeError("the transport answered without sending")
    # Raised here, outside "except": httpx's exceptions hold the request, its headers included.
    raise causes.explain(problem, progress.stage, post.proxy is not None, progress.connect_status) or problem


def origin_of_url(url: str) -> Origin | None:
    """Where a POST to ``url`` is sent; None for an address that httpx does not take."""
    try:
        return _origin(httpx.URL(url))
    except (httpx.InvalidURL, UnicodeError):
        return None


def _origin(url: httpx.URL) -> Origin:
    return Origin(url.scheme, url.raw_host.decode("ascii"), url.port or (443 if url.scheme == "https" else 80))


class _OverReady(httpx.AsyncBaseTransport):
    """One request over a connection that is open already."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        place = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        asked = httpcore.Request(
            request.method, place, headers=request.headers.raw, content=request.stream, extensions=request.extensions
        )
        answer = await httpcore.AsyncHTTP11Connection(place.origin, self._stream).handle_async_request(asked)
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer), extensions=dict(answer.extensions)
        )

    async def aclose(self) -> None:
        await self._stream.aclose()


class _Body(httpx.AsyncByteStream):
    """An answer's body as httpx has it."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._answer.aiter_stream():
            yield chunk

    async def aclose(self) -> None:
        await self._answer.aclose()


def _transport(post: Post, request: httpx.Request, context: ssl.SSLContext) -> httpx.AsyncHTTPTransport:
    if request.url.scheme == "http":
        context = tls.bare_context()
    return httpx.AsyncHTTPTransport(
        verify=context,
        http1=True,
        http2=False,
        retries=0,
        trust_env=False,
        limits=httpx.Limits(max_connections=1, max_keepalive_connections=0),
        proxy=_httpx_proxy(post.proxy, context) if post.proxy else None,
    )


def _request(post: Post) -> httpx.Request | None:
    """None for an address that httpx does not take, such as one with a malformed international name."""
    headers = [("Accept", "application/json"), ("Accept-Encoding", "identity"), ("Connection", "close")]
    try:
        request = httpx.Request(
            "POST",
            post.url,
            headers=[*post.headers, *headers],
            content=post.body,
            extensions={"timeout": httpx.Timeout(None).as_dict()},  # one budget for all: httpx has none of its own
        )
    except (httpx.InvalidURL, UnicodeError):
        return None
    return next(httpx.BasicAuth(post.user, post.password).auth_flow(request))


def _httpx_proxy(proxy: Proxy, context: ssl.SSLContext) -> httpx.Proxy:
    return httpx.Proxy(
        proxy.url,
        auth=(proxy.user, proxy.password) if proxy.user else None,
        # Without this, httpcore would build one that writes to SSLKEYLOGFILE.
        ssl_context=context if proxy.url.startswith("https:") else None,
    )


async def _read(response: httpx.Response, progress: _Progress) -> None:
    """Read at most 64 KiB of the answer, and tell whether that is all of it."""
    progress.status = response.status_code
    headers = response.headers
    progress.retry_after = headers.get_list("retry-after")[0] if "retry-after" in headers else ""
    progress.broke = _refusal(headers, response.extensions.get("reason_phrase", b""))
    try:
        if progress.broke is Broke.NO and isinstance(response.stream, httpx.AsyncByteStream):
            async for chunk in response.stream:
                progress.body += chunk[: MAX_BODY + 1 - len(progress.body)]
                if len(progress.body) > MAX_BODY:
                    del progress.body[MAX_BODY:]
                    progress.broke = Broke.TOO_LARGE
                    return
            progress.complete = True
    finally:
        await response.aclose()


def _refusal(headers: httpx.Headers, reason: bytes) -> Broke:
    """What in the head alone makes the body not worth reading (reliability.md C12, D5-D7)."""
    if any(byte < 0x20 or byte == 0x7F for byte in reason.replace(b"\t", b"")):
        return Broke.FRAMING
    if len(headers.raw) > MAX_HEADERS:
        return Broke.TOO_LARGE
    if "transfer-encoding" in headers and "content-length" in headers:
        return Broke.FRAMING
    encodings = {part.strip().lower() for value in headers.get_list("content-encoding") for part in value.split(",")}
    return Broke.ENCODED if encodings - {"", "identity"} else Broke.NO
