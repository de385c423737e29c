"""The tests, in three lanes: side by side, one at a time (they measure time), and on a virtual screen."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass

from devkit import debian
from devkit.console import say
from devkit.places import ROOT, WORK, environment, tool
from devkit.results import Outcome

_TREES = ["tests/unit", "tests/integration", "tests/gui", "tests/e2e"]


@dataclass(frozen=True)
class Lane:
    """A pytest run over ``paths`` of the tests that ``marks`` selects."""

    name: str
    paths: list[str]
    marks: str
    options: list[str]


_LANES = [
    Lane(
        "tests, side by side",
        _TREES,
        "not serial and not desktop",
        ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "worksteal"],
    ),
    Lane("tests, one at a time", _TREES, "serial and not desktop", []),
]
_DESKTOP = Lane("tests on a screen", ["tests/desktop"], "desktop", [])


def run(arguments: list[str]) -> list[Outcome]:
    """Run every lane, each to its end. ``arguments`` go to pytest; paths among them replace the lanes' own."""
    outcomes = [_run_lane(lane, arguments) for lane in _LANES]
    reason = _why_no_desktop()
    if reason is None:
        return [*outcomes, _run_lane(_DESKTOP, arguments)]
    # what was not run must not look green where nobody reads along
    return [*outcomes, Outcome(_DESKTOP.name, ran=False, note=reason, ok="CI" not in os.environ)]


def _why_no_desktop() -> str | None:
    if sys.platform != "linux":
        return "the tests on a virtual screen are for Linux"
    missing = debian.missing(debian.DESKTOP_TESTS)
    if missing:
        return f"missing {', '.join(need.package for need in missing)}; {debian.command_for(missing)}"
    return None


def _run_lane(lane: Lane, arguments: list[str]) -> Outcome:
    say(f"\n{lane.name}")
    report = WORK / "results" / f"{lane.name.replace(' ', '-').replace(',', '')}.xml"
    report.unlink(missing_ok=True)
    own_paths = any((ROOT / word.partition("::")[0]).exists() for word in arguments if not word.startswith("-"))
    command = [
        tool("python"),
        "-m",
        "pytest",
        "-q",
        "-rfEs",
        f"--rootdir={ROOT}",
        f"--junitxml={report}",
        "-m",
        lane.marks,
    ]
    command += [*lane.options, *arguments, *([] if own_paths else lane.paths)]
    started = time.monotonic()
    env = environment(BASIX_DESKTOP_TESTS="1")
    code = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False).returncode
    return Outcome.of_pytest(lane.name, code, report, time.monotonic() - started)
