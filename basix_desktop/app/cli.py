"""The commands: what they share (design.md section 8)."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from basix_desktop.app import crash, logs
from basix_desktop.app.cli_output import message, prepare_streams
from basix_desktop.app.cli_parser import Request
from basix_desktop.app.cli_session import Session
from basix_desktop.app.cli_words import error_line, say
from basix_desktop.app.paths import Paths
from basix_desktop.domain.errors import BasixError
from basix_desktop.ui.explain import explain_unexpected

#: Exit statuses. 2 is argparse's.
DONE: Final = 0
NOT_DONE: Final = 3
UNKNOWN: Final = 4
INTERRUPTED: Final = 130

_log = logging.getLogger(__name__)


def run(request: Request) -> int:
    """The exit status. Main thread. Nothing but results goes to standard output, and no traceback to anybody."""
    prepare_streams()
    if request.command == "demo-pbx":
        from basix_desktop.app import cli_demo

        return cli_demo.run(request.arguments)
    paths = Paths.choose(request.arguments.data_dir)
    with suppress(OSError):  # whoever needs the directory says what is wrong with it
        paths.prepare()
    log = logs.start(paths.logs)
    hooks = crash.install(paths.logs)
    try:
        return _guarded(_command(request.command), Session(paths, request.arguments, log.redactor))
    finally:
        hooks.remove()
        log.stop()


def _command(name: str) -> Callable[[Session], int]:
    """Imports only the one command."""
    if name == "call":
        from basix_desktop.app.cli_call import run as command
    elif name == "account":
        from basix_desktop.app.cli_account import run as command
    elif name == "log":
        from basix_desktop.app.cli_log import run as command
    else:
        from basix_desktop.app.cli_doctor import run as command
    return command


def _guarded(command: Callable[[Session], int], session: Session) -> int:
    try:
        _ = session.settings  # what is wrong with the file is said first
        return command(session)
    except BasixError as error:
        message(error_line(error, session.language))
        return NOT_DONE
    except KeyboardInterrupt:
        message(say("interrupt", session.language))
        return INTERRUPTED
    except Exception as error:
        _log.critical("unexpected error", exc_info=error)
        message(explain_unexpected(session.language).sentence())
        if sys.stderr is not None:
            message(f"({type(error).__name__})")
        return 1
