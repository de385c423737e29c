#!/usr/bin/env python3
"""Measures Basix Desktop against named yardsticks, all in one run, and fails where a limit is missed.

start   process start until the window can be used, with a log of 100,000 calls, against a bare PySide6 window of the
        same size
press   Enter until the first byte reaches a server on this computer, both durable records included, against two
        plain syncs in the same folder
memory  highest resident memory after calls were placed, against a bare window that shows Japanese text
feed    frames of the live feed decoded, parsed and tracked, against erlang_py that only decodes the same frames

Runs of the program and its yardstick alternate, so that a busy moment of the computer meets both.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench_children import ROOT, WORK, BenchError, environment, lines_of, run
from bench_table import Row, median, percentile, table

sys.path.insert(0, str(ROOT))

START_LIMIT = 1.8  # times a bare window
PRESS_LIMIT = 5.0  # ms at the 95th percentile beyond two syncs
MEMORY_LIMIT = 2.5  # times a bare window with Japanese text
MEMORY_RUNS, MEMORY_PRESSES = 3, 5
PARTS = ("start", "press", "memory", "feed")


@dataclass
class Bench:
    """One run: where the data lies, how much is measured, and the server that stands in for the PBX."""

    folder: Path
    starts: int
    presses: int
    served: Iterator[dict[str, Any]]
    sizes: list[str] = field(default_factory=list)

    def app(self, presses: int = 0) -> dict[str, Any]:
        """The program, started and ended once."""
        said = run("bench_app.py", "--data-dir", str(self.folder), "--presses", str(presses))
        if "usable_at" not in said or "logged_at" not in said:
            raise BenchError("the window never showed the log")
        self.sizes = [str(part) for part in said["size"]]
        return said

    def bare(self, *options: str) -> dict[str, Any]:
        """The yardstick, in the size that the program's window had."""
        return run("bench_bare.py", "--size", "x".join(self.sizes or ["1180", "760"]), *options)

    def start(self) -> list[Row]:
        self.app()  # once each beforehand: what the disk has to read is read
        self.bare()
        usable: list[float] = []
        logged: list[float] = []
        bare: list[float] = []
        for turn in range(self.starts):
            app, other = self.app(), self.bare()
            usable.append((app["usable_at"] - app["started_at"]) / 1e6)
            logged.append((app["logged_at"] - app["started_at"]) / 1e6)
            bare.append((other["painted_at"] - other["started_at"]) / 1e6)
            say(f"  start {turn + 1}/{self.starts}: ours {usable[-1]:.0f} ms, bare {bare[-1]:.0f} ms")
        return [
            Row("start to usable window, median", median(usable), "ms", decimals=0),
            Row("start to the log's newest rows, median", median(logged), "ms", decimals=0),
            Row("start to bare window, median", median(bare), "ms", decimals=0),
            Row("start, usable / bare", median(usable) / median(bare), limit=START_LIMIT),
            Row("start, the log's newest rows / bare", median(logged) / median(bare)),
        ]

    def press(self) -> list[Row]:
        say(f"  {self.presses} calls by keyboard ...")
        with lines_of("bench_app.py", "--data-dir", str(self.folder), "--presses", str(self.presses)) as (_, said):
            pressed = []
            for line in said:
                if "press" in line:
                    pressed.append(line)
                    if len(pressed) % 25 == 0:
                        say(f"  press {len(pressed)}/{self.presses}")
        if len(pressed) != self.presses:
            raise BenchError("the program ended before all calls were placed")
        arrived = [next(self.served)["first_byte"] for _ in pressed]
        total = [(byte - line["enter"]) / 1e6 for byte, line in zip(arrived, pressed, strict=True)]
        syncs = [line["syncs"] / 1e6 for line in pressed]
        return [
            Row("Enter to first byte, median", median(total), "ms"),
            Row("Enter to first byte, p95", percentile(total, 95), "ms"),
            Row("Enter to first byte, the first call", total[0], "ms"),
            Row("two syncs of the disk, median", median(syncs), "ms"),
            Row("two syncs of the disk, p95", percentile(syncs, 95), "ms"),
            Row(
                "Enter to first byte beyond two syncs, p95",
                percentile(total, 95) - percentile(syncs, 95),
                "ms",
                PRESS_LIMIT,
            ),
        ]

    def memory(self) -> list[Row]:
        ours: list[float] = []
        theirs: list[float] = []
        for turn in range(MEMORY_RUNS):
            ours.append(self.app(MEMORY_PRESSES)["peak_kib"] / 1024)
            for _ in range(MEMORY_PRESSES):
                next(self.served)
            theirs.append(self.bare("--text")["peak_kib"] / 1024)
            say(f"  memory {turn + 1}/{MEMORY_RUNS}: ours {ours[-1]:.0f} MiB, bare {theirs[-1]:.0f} MiB")
        return [
            Row("peak memory, ours, median", median(ours), "MiB", decimals=0),
            Row("peak memory, bare window with Japanese text", median(theirs), "MiB", decimals=0),
            Row("peak memory, ours / bare", median(ours) / median(theirs), limit=MEMORY_LIMIT),
        ]


def say(text: str) -> None:
    print(text, flush=True)


def main() -> int:
    chosen = _arguments()
    begun = time.monotonic()
    WORK.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=WORK))
    try:
        rows = _measure(chosen, folder)
    except BenchError as problem:
        say(f"The measurement failed: {problem}")
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    say("\n" + table(rows))
    missed = [row.name for row in rows if not row.ok]
    verdict = f"missed: {', '.join(missed)}" if missed else "within all limits"
    say(f"\n{verdict}; {time.monotonic() - begun:.0f} s, Qt on {environment().get('QT_QPA_PLATFORM', 'the screen')}")
    return 1 if missed else 0


def _measure(chosen: argparse.Namespace, folder: Path) -> list[Row]:
    wanted = chosen.only or PARTS
    rows = _with_window(chosen, folder, [name for name in PARTS if name in wanted and name != "feed"])
    if "feed" in wanted:
        from bench_feed import measure

        say("Measuring feed ...")
        rows += measure()
    return rows


def _with_window(chosen: argparse.Namespace, folder: Path, wanted: list[str]) -> list[Row]:
    """What is measured of the whole program, with a log of many calls."""
    if not wanted:
        return []
    from bench_prepare import prepare

    with lines_of("bench_server.py") as (_, served):
        port = next(served)["port"]
        say(f"Making a log of {chosen.calls} calls ...")
        prepare(folder, port, chosen.calls, lambda done: say(f"  {done}/{chosen.calls}"))
        calls = (line for line in served if line["id"])  # the live feed knocks at the same door, without an id
        bench = Bench(folder, chosen.starts, chosen.presses, calls)
        parts: dict[str, Callable[[], list[Row]]] = {
            "start": bench.start,
            "press": bench.press,
            "memory": bench.memory,
        }
        rows: list[Row] = []
        for name in wanted:
            say(f"Measuring {name} ...")
            rows += parts[name]()
        return rows


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, prog="dev.py bench"
    )
    parser.add_argument("--only", action="append", choices=PARTS, help="may be given repeatedly")
    parser.add_argument("--starts", type=int, default=11, help="pairs of starts (default: %(default)s)")
    parser.add_argument("--presses", type=int, default=200, help="calls placed (default: %(default)s)")
    parser.add_argument("--calls", type=int, default=100_000, help="calls in the log (default: %(default)s)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
