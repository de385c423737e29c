"""``basix-desktop demo-pbx``."""

from __future__ import annotations

import argparse
import os
import signal
from types import FrameType

from basix_desktop.app.cli_output import message, result_json
from basix_desktop.demo.server import DemoPbx, serve_forever


def run(arguments: argparse.Namespace) -> int:
    """Print where it is served, then serve until SIGINT or SIGTERM. Main thread."""
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)  # a shell's background job is started with it ignored
    pbx = DemoPbx(arguments.port, seed=arguments.seed, speed=arguments.speed, requests_file=arguments.requests)
    try:
        serve_forever(pbx, _announce)
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        message(f"The demo PBX cannot be served: {os.strerror(error.errno or 0)}")
        return 1
    return 0


def _announce(pbx: DemoPbx) -> None:
    result_json({"server": pbx.server, "domain": pbx.domain, "token": pbx.token})


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
