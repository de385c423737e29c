"""A plain client for the demo PBX, over a socket of its own for each request."""

import base64
import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from basix_desktop.demo.server import DemoPbx


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def credentials(pbx: DemoPbx) -> str:
    return "Basic " + base64.b64encode(f"{pbx.domain}:{pbx.token}".encode()).decode()


def connect(pbx: DemoPbx, timeout: float = 10.0) -> http.client.HTTPConnection:
    parts = urlsplit(pbx.server)
    return http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)


def send(
    pbx: DemoPbx,
    path: str,
    body: Any,
    *,
    authorization: str | None = None,
    content_type: str = "application/json",
    method: str = "POST",
    timeout: float = 10.0,
) -> Answer:
    """``body`` is sent as it is if bytes, else as JSON; ``authorization`` None is the right one, "" none at all."""
    given = credentials(pbx) if authorization is None else authorization
    headers = {"Content-Type": content_type, **({"Authorization": given} if given else {})}
    connection = connect(pbx, timeout)
    try:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        connection.request(method, urlsplit(pbx.server).path + path, raw, headers)
        response = connection.getresponse()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
    finally:
        connection.close()


def call(pbx: DemoPbx, number: Any, destination: str = "sales", *, timeout: float = 10.0, **more: Any) -> Answer:
    return send(pbx, "/call_external", {"target": number, "destination": destination, **more}, timeout=timeout)
