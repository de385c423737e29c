"""Says what is going on, and runs long steps with a sign of life."""

import contextlib
import itertools
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_SPINNER = "|/-\\"
_QUIET_SECONDS = 10.0
_WIDTH = 100


class StoppedError(Exception):
    """Ends the command with one plain sentence for the person who started it."""


@dataclass(frozen=True)
class Finished:
    """A step's end: its exit code, everything it printed, and how long it took in seconds."""

    code: int
    output: str
    seconds: float


def say(text: str = "") -> None:
    """Print at once, whatever the terminal's encoding can show."""
    encoding = sys.stdout.encoding or "ascii"
    print(text.encode(encoding, "replace").decode(encoding), flush=True)


def run_step(
    title: str,
    command: Sequence[str],
    env: Mapping[str, str] | None = None,
    log: Path | None = None,
    quick: bool = False,
) -> Finished:
    """Run ``command`` with its output kept back, showing elapsed seconds meanwhile.

    On a terminal one line is redrawn; elsewhere a line comes every 10 s. A ``quick`` step that goes well says nothing
    unless it takes long. Ctrl+C ends the command too.

    Raises:
        StoppedError: the program is not there.
    """
    started = time.monotonic()
    try:
        process = subprocess.Popen(
            command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, encoding="utf-8", errors="replace",
        )  # fmt: skip
    except OSError as problem:
        raise StoppedError(f"{title}: {command[0]} cannot be started ({problem.strerror}).") from None
    lines: list[str] = []
    reader = threading.Thread(target=_collect, args=(process, lines), daemon=True)
    reader.start()
    with _ended_with_us(process):
        _show_life(title, process, lines, started, quick)
    reader.join(timeout=10)
    output, seconds = "".join(lines), time.monotonic() - started
    if log is not None:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(output, encoding="utf-8")
    if not quick or process.returncode != 0:
        say(f"{title}: {'done' if process.returncode == 0 else 'failed'}, {seconds:.1f} s")
    return Finished(process.returncode, output, seconds)


def _collect(process: "subprocess.Popen[str]", lines: list[str]) -> None:
    assert process.stdout is not None
    with process.stdout:
        lines.extend(iter(process.stdout.readline, ""))


@contextlib.contextmanager
def _ended_with_us(process: "subprocess.Popen[str]") -> Iterator[None]:
    try:
        yield
    except BaseException:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=5)
        process.kill()
        raise


def _show_life(title: str, process: "subprocess.Popen[str]", lines: list[str], started: float, quick: bool) -> None:
    on_terminal = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    if not on_terminal and not quick:
        say(f"{title} ...")
    next_line = started + _QUIET_SECONDS
    for sign in itertools.cycle(_SPINNER):
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.2)
        if process.poll() is not None:
            break
        elapsed = time.monotonic() - started
        doing = lines[-1].strip() if lines else ""
        if on_terminal:
            print(f"\r\033[K{f'{sign} {title}, {elapsed:.0f} s  {doing}'[:_WIDTH]}", end="", flush=True)
        elif time.monotonic() >= next_line:
            next_line += _QUIET_SECONDS
            say(f"  {title}, {elapsed:.0f} s: {doing}"[:_WIDTH])
    if on_terminal:
        print("\r\033[K", end="", flush=True)
