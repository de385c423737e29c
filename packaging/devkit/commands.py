"""The commands of ``dev.py`` and what they set up before they start."""

import signal
import subprocess
import sys
import time

from devkit import checks, debian, i18n, lanes, lock, run, venv
from devkit.console import StoppedError, say
from devkit.places import ROOT, environment, tool
from devkit.results import Outcome, summary

_USAGE = """\
usage: python3 packaging/dev.py COMMAND

  run    [-- OPTIONS]   set up what is missing and open the window on the demo PBX
  test   [-- OPTIONS]   set up what is missing and run every check and test; OPTIONS go to pytest
                        (with any, only pytest runs), for example: test -- tests/unit -k numbers
  bench  [-- OPTIONS]   measure start, key press to first byte, and memory
  setup                 set up everything for running and testing, and stop there
  lint   [--fix]        style, types, layers and translations only
  i18n                  collect the window's texts into resources/i18n/*.ts
  lock   [--upgrade]    pin the dependencies anew in packaging/constraints

Everything is kept in .venv and .dev in this folder. On Debian and Ubuntu missing system packages are
installed with apt, as root or through sudo, after saying which and what for.
"""


def main(arguments: list[str]) -> int:
    """Carry out one command; its exit code: 2 for a command line not understood, 130 after Ctrl+C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where a shell started this in the background
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        say(_USAGE)
        return 0 if arguments else 2
    name, rest = arguments[0], [word for i, word in enumerate(arguments[1:]) if not (i == 0 and word == "--")]
    command = {
        "run": _run,
        "test": _test,
        "bench": _bench,
        "setup": _setup,
        "lint": _lint,
        "i18n": _i18n,
        "lock": _lock,
    }.get(name)
    if command is None:
        say(f"There is no command {name!r}.\n\n{_USAGE}")
        return 2
    try:
        return command(rest)
    except StoppedError as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130


def _run(rest: list[str]) -> int:
    debian.ensure(debian.WINDOW + venv.needs(), "The window")
    venv.ensure("run")
    return run.run(rest)


def _setup(_rest: list[str]) -> int:
    debian.ensure(debian.WINDOW + debian.DESKTOP_TESTS + venv.needs(), "Testing")
    venv.ensure("dev")
    say("Everything is set up.")
    return 0


def _test(rest: list[str]) -> int:
    started = time.monotonic()
    _setup([])
    outcomes = [*([] if rest else checks.run()), *lanes.run(rest)]
    code = _finish(outcomes, started)
    ran = any(outcome.passed + outcome.failed + outcome.errors + outcome.skipped for outcome in outcomes)
    return code or (0 if ran else 5)  # as pytest does where nothing was selected


def _lint(rest: list[str]) -> int:
    started = time.monotonic()
    venv.ensure("dev")
    return _finish(checks.run(fix="--fix" in rest), started)


def _finish(outcomes: list[Outcome], started: float) -> int:
    say(summary(outcomes, time.monotonic() - started))
    return 0 if all(outcome.ok for outcome in outcomes) else 1


def _bench(rest: list[str]) -> int:
    debian.ensure(debian.WINDOW + venv.needs(), "The window")
    venv.ensure("dev")
    command = [tool("python"), str(ROOT / "packaging" / "bench.py"), *rest]
    return subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode


def _i18n(_rest: list[str]) -> int:
    venv.ensure("dev")
    i18n.update()
    found = i18n.problems()
    say("\n".join(found) if found else "The translations are complete.")
    return 1 if found else 0


def _lock(rest: list[str]) -> int:
    venv.ensure("dev")
    lock.lock(upgrade="--upgrade" in rest)
    return 0
