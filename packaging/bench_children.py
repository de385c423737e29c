"""Starting the processes that are measured, and reading what they say."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / ".dev"  # not part of the repository
_HERE = Path(__file__).resolve().parent
_PATIENCE = 120.0  # seconds for one process


class BenchError(Exception):
    """A process did not do what is to be measured."""


def environment() -> dict[str, str]:
    """The same for everything measured. Without a screen, Qt draws in memory. Bytecode is kept, as in an installed
    program, but beside the measurement's data rather than in the checkout."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPATH"] = str(ROOT)
    env["PYTHONPYCACHEPREFIX"] = str(WORK / "bench-bytecode")
    if sys.platform == "linux" and not (env.get("DISPLAY") or env.get("WAYLAND_DISPLAY")):
        env["QT_QPA_PLATFORM"] = "offscreen"
    return env


def command(script: str, *arguments: str) -> list[str]:
    return [sys.executable, str(_HERE / script), *arguments]


def run(script: str, *arguments: str) -> dict[str, Any]:
    """Run a script to its end. What its JSON lines say, merged, with ``started_at`` (monotonic, ns) of the process."""
    started_at = time.monotonic_ns()
    try:
        done = subprocess.run(
            command(script, *arguments),
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BenchError(f"{script} did not end within {_PATIENCE:.0f} s") from None
    said: dict[str, Any] = {"started_at": started_at}
    for line in done.stdout.splitlines():
        with contextlib.suppress(ValueError):
            said.update(json.loads(line))
    if done.returncode != 0:
        raise BenchError(f"{script} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return said


@contextlib.contextmanager
def lines_of(script: str, *arguments: str) -> Iterator[tuple["subprocess.Popen[str]", Iterator[dict[str, Any]]]]:
    """A running script and its JSON lines as they come. Its standard input is closed at the end, then it has 10 s."""
    process = subprocess.Popen(
        command(script, *arguments),
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield process, (json.loads(line) for line in process.stdout)
    finally:
        with contextlib.suppress(OSError):
            process.stdin.close()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
