"""What happens to an error that nobody expected: it is logged, and nothing else is revealed."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Final

FILE_NAME: Final = "crash.log"
MAX_BYTES: Final = 1_000_000

_log = logging.getLogger(__name__)


class CrashHooks:
    """What :func:`install` returns; keeps the file open that a crash writes to."""

    def __init__(self, file: IO[bytes] | None) -> None:
        self._file = file
        self._former = (sys.excepthook, threading.excepthook, sys.unraisablehook)

    def remove(self) -> None:
        """Put back what was there, for tests."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._former
        if self._file is not None:
            faulthandler.disable()
            self._file.close()


def install(directory: Path, on_error: Callable[[], None] | None = None) -> CrashHooks:
    """From now on unexpected errors of every thread go to the log as a traceback without values of variables, and a
    crash of the interpreter leaves its threads' positions in ``crash.log``. No core files (reliability.md S7).

    ``on_error`` is called after an error was logged, on the thread it happened on; what it raises is ignored. It may
    show that something went wrong; nothing is printed here.
    """
    _no_core_files()
    hooks = CrashHooks(_crash_file(directory))

    def report(
        message: str, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(Exception):  # at the end of the process hooks may find a half-dismantled world
            _log.critical(message, exc_info=(kind, error or kind(), trace))
            if on_error is not None:
                on_error()

    def on_main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        report("Unexpected error", kind, error, trace)

    def on_thread(args: threading.ExceptHookArgs) -> None:
        if not issubclass(args.exc_type, SystemExit):
            report("Unexpected error on a thread", args.exc_type, args.exc_value, args.exc_traceback)

    def on_unraisable(args: sys.UnraisableHookArgs) -> None:
        # Not the object itself: its repr may hold anything.
        report("Error that could not be raised", args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook, threading.excepthook, sys.unraisablehook = on_main, on_thread, on_unraisable
    return hooks


def _crash_file(directory: Path) -> IO[bytes] | None:
    path = directory / FILE_NAME
    try:
        path.touch(mode=0o600)
        file = path.open("wb" if path.stat().st_size > MAX_BYTES else "ab")
        faulthandler.enable(file)
    except OSError:
        return None
    return file


def _no_core_files() -> None:
    if sys.platform == "win32":
        return
    import resource

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
