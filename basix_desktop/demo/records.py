"""What the demo PBX received, request by request: in memory, and in a file if one was named."""

from __future__ import annotations

import json
import os
import threading
from collections import deque
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_SECRET = frozenset({"authorization", "proxy-authorization", "cookie"})
_KEPT = 10_000


def shown_headers(headers: Sequence[tuple[bytes, bytes]]) -> list[list[str]]:
    """Names in lower case with their values, in the order received; of a secret only that it was there."""
    pairs = ((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in headers)
    return [[name, "***" if name in _SECRET else value] for name, value in pairs]


def shown_body(raw: bytes) -> dict[str, Any]:
    """``body``: the JSON value (null if it is none), ``text``: the body exactly as received."""
    text = raw.decode("utf-8", errors="backslashreplace")
    try:
        return {"body": json.loads(raw, parse_constant=_no_constant), "text": text}
    except (ValueError, RecursionError):
        return {"body": None, "text": text}


def _no_constant(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity are not JSON


class Records:
    """One JSON object per request and line, written before the first byte of the answer. Any thread."""

    def __init__(self, path: Path | None = None) -> None:
        self._lock = threading.Lock()
        self._kept: deque[dict[str, Any]] = deque(maxlen=_KEPT)
        self._file = None if path is None else os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def add(self, record: dict[str, Any]) -> None:
        """Raises OSError if the file cannot be written."""
        stamped = {"received_at": datetime.now(UTC).isoformat(timespec="milliseconds"), **record}
        try:
            line = json.dumps(stamped) + "\n"
        except RecursionError:  # nested just so deep that it can be read but not written
            line = json.dumps({**stamped, "body": None}) + "\n"
        with self._lock:
            self._kept.append(json.loads(line))
            left = memoryview(line.encode())
            while self._file is not None and left:
                left = left[os.write(self._file, left) :]

    def all(self) -> list[dict[str, Any]]:
        with self._lock:
            return list(self._kept)

    def close(self) -> None:
        with self._lock:
            file, self._file = self._file, None
        if file is not None:
            os.close(file)
