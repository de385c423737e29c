"""The program's own log file: small, redacted, and never in the way."""

from __future__ import annotations

import logging
import logging.handlers
import queue
import secrets
import threading
import time
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Final

from basix_desktop.app.redact import Redactor

FILE_NAME: Final = "basix-desktop.log"
KEY_NAME: Final = ".number-key"
MAX_BYTES: Final = 1_000_000
BACKUPS: Final = 3
#: Records waiting for the disk; more are dropped and counted.
WAITING: Final = 5_000
#: They log URLs with credentials, headers and bodies below WARNING (reliability.md S2).
LOUD: Final = (
    "asyncio",
    "concurrent",
    "filelock",
    "h11",
    "httpcore",
    "httpx",
    "jeepney",
    "keyring",
    "secretstorage",
    "starlette",
    "uvicorn",
    "websockets",
)


class FileLog:
    """What :func:`start` returns. Any thread."""

    def __init__(self, handler: _DroppingHandler, file: logging.Handler, redactor: Redactor) -> None:
        self._handler = handler
        self._file = file
        self.redactor = redactor
        self._former_level = logging.getLogger().level
        self._stop = threading.Event()
        self._writer = threading.Thread(target=self._write, name="log", daemon=True)
        self._writer.start()

    @property
    def dropped(self) -> int:
        return self._handler.dropped

    def stop(self, seconds: float = 1.0) -> None:
        """Take the log off, and give the disk this long to write what is waiting."""
        logging.getLogger().removeHandler(self._handler)
        logging.getLogger().setLevel(self._former_level)
        self._stop.set()
        self._handler.wake()
        self._writer.join(seconds)

    def _write(self) -> None:
        while True:
            record = self._handler.next()
            if record is not None:
                self._file.handle(record)
            elif self._stop.is_set():
                with suppress(OSError):  # what was not written before will not be now
                    self._file.close()
                return


def start(directory: Path, level: int = logging.INFO) -> FileLog:
    """Log to a rotating file in ``directory``, which need not be writable: then nothing is logged, and nothing breaks
    (reliability.md J9). Writing happens on a thread of its own. Nothing is printed."""
    redactor = Redactor(_number_key(directory))
    handler = _DroppingHandler(redactor)
    log = FileLog(handler, _file_handler(directory), redactor)
    root = logging.getLogger()
    root.setLevel(level)
    root.addHandler(handler)
    for name in LOUD:
        logger = logging.getLogger(name)
        logger.setLevel(max(logging.WARNING, logger.level))
    return log


class _DroppingHandler(logging.Handler):
    """Makes a record plain redacted text on the thread that logs, and never waits."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor
        self._queue: queue.Queue[logging.LogRecord | None] = queue.Queue(WAITING)
        self._formatter = logging.Formatter()
        self.dropped = 0

    def emit(self, record: logging.LogRecord) -> None:
        try:
            # Plain text here, so that no object with a secret waits in the queue; the traceback without locals.
            text = self._redactor.clean(self._formatter.format(record))
            plain = logging.LogRecord(record.name, record.levelno, "", 0, text, None, None)
            plain.created, plain.msecs, plain.threadName = record.created, record.msecs, record.threadName
            self._queue.put_nowait(plain)
        except queue.Full:
            self.dropped += 1
        except Exception:  # whatever str() of an argument raises
            self.dropped += 1

    def next(self) -> logging.LogRecord | None:
        return self._queue.get()

    def wake(self) -> None:
        try:
            self._queue.put(None, timeout=0.2)
        except queue.Full:
            self.dropped += 1


class _PrivateFile(logging.handlers.RotatingFileHandler):
    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).touch(mode=0o600)
        return super()._open()

    def doRollover(self) -> None:
        """Where another process holds the file open (Windows), go on with the full one."""
        try:
            super().doRollover()
        except OSError:
            if self.stream is None:
                self.stream = self._open()

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk costs the line, and is no reason to write to standard error."""


def _file_handler(directory: Path) -> logging.Handler:
    try:
        handler: logging.Handler = _PrivateFile(
            directory / FILE_NAME, maxBytes=MAX_BYTES, backupCount=BACKUPS, encoding="utf-8", errors="backslashreplace"
        )
    except OSError:
        return logging.NullHandler()
    formatter = logging.Formatter("%(asctime)s.%(msecs)03dZ %(levelname)s %(name)s [%(threadName)s] %(message)s")
    formatter.converter = time.gmtime
    formatter.datefmt = "%Y-%m-%dT%H:%M:%S"
    handler.setFormatter(formatter)
    return handler


def _number_key(directory: Path) -> bytes:
    """The key of the numbers' marks: kept beside the log, not in it. Where it cannot be kept, one for this run."""
    path = directory / KEY_NAME
    try:
        if len(kept := path.read_bytes()) >= 32:
            return kept
    except OSError:
        pass
    key = secrets.token_bytes(32)
    try:
        path.touch(mode=0o600)
        path.write_bytes(key)
    except OSError:
        pass
    return key
