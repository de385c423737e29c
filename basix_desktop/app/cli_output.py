"""Standard output and standard error, whatever they are connected to."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import sys
from typing import Any, TextIO


def prepare_streams() -> None:
    """UTF-8 on both, whatever the locale says; what has no UTF-8 form is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(OSError, ValueError):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def result(line: str) -> bool:
    """A line of the result. False if nobody reads any more; then nothing further need be written."""
    return _write(sys.stdout, line)


def result_json(document: dict[str, Any]) -> bool:
    """One object on one line. What a line break would be to a line reader is escaped."""
    line = json.dumps(document, ensure_ascii=False)
    return result(line.replace("\x85", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def message(line: str) -> None:
    """Something for a person."""
    _write(sys.stderr, line)


def _write(stream: TextIO | None, line: str) -> bool:
    """Losing the reader changes neither what happened nor the exit status, so it is no error here."""
    if stream is None or stream.closed:
        return False
    try:
        stream.write(f"{line}\n")
        stream.flush()
    except OSError as error:
        _abandon(stream)
        if stream is sys.stdout and error.errno not in (errno.EPIPE, errno.EINVAL):
            message(f"The result could not be written: {os.strerror(error.errno or 0)}")
        return False
    return True


def _abandon(stream: TextIO) -> None:
    """Point the stream at nothing, so that flushing it at the end of the process raises nothing."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
