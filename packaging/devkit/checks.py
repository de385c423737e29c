"""The checks that run no code of the program: style, types, layers, translations."""

import os
import time
from collections.abc import Callable

from devkit import i18n
from devkit.console import run_step, say
from devkit.places import LOGS, ROOT, environment, tool
from devkit.results import Outcome

_TARGETS = [str(ROOT / name) for name in ("basix_desktop", "tests", "packaging")]


def _commands() -> dict[str, list[str]]:
    config = str(ROOT / "pyproject.toml")
    return {
        "ruff check": [tool("ruff"), "check", "--config", config, *_TARGETS],
        "ruff format": [tool("ruff"), "format", "--check", "--diff", "--config", config, *_TARGETS],
        # without its cache, which now and then misses a module that has come or gone
        "mypy --strict": [tool("mypy"), "--config-file", config, "--no-color-output", "--cache-dir", os.devnull],
        "layers": [tool("lint-imports"), "--config", config, "--no-cache"],
    }


def run(fix: bool = False) -> list[Outcome]:
    """Run every check, each to its end; ``fix`` first repairs what ruff can repair."""
    if fix:
        run_step("ruff check --fix", [tool("ruff"), "check", "--fix", "--quiet", *_TARGETS], env=environment())
        run_step("ruff format", [tool("ruff"), "format", "--quiet", *_TARGETS], env=environment())
    outcomes = [_run_one(name, command) for name, command in _commands().items()]
    return [*outcomes, _timed("translations", i18n.problems)]


def _run_one(name: str, command: list[str]) -> Outcome:
    finished = run_step(name, command, env=environment(), log=LOGS / f"{name.partition(' ')[0]}.log")
    if finished.code != 0:
        say(finished.output.rstrip())
    return Outcome.of_check(name, finished.code == 0, finished.seconds)


def _timed(name: str, problems: Callable[[], list[str]]) -> Outcome:
    started = time.monotonic()
    found = problems()
    for line in found:
        say(f"  {line}")
    return Outcome.of_check(name, not found, time.monotonic() - started)
