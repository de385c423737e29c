"""Every write and sync of a dial fails once, and from some point on (reliability.md J1 to J5, G3): a library of ours is
preloaded that makes the operating system's own calls fail."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.fault_server import FaultServer
from tests.helpers.io_fault_worker import NUMBERS
from tests.integration.test_kill_matrix import answer, url

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "tests" / "helpers" / "io_faults.c"
#: What may be told of a call that the disk disturbed, and what the next start may then find of it.
TRUE = {
    "cannot_record": (None,),
    "store_full": (None,),
    "NOT_SENT": ("NOT_SENT",),
    "ACCEPTED": ("ACCEPTED",),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    compiler = shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        pytest.skip("needs a C compiler on Linux")
    made = tmp_path_factory.mktemp("library") / "io_faults.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(made), str(SOURCE), "-ldl"], check=True, timeout=60)
    return made


@pytest.mark.slow
def test_whatever_write_fails_the_call_and_the_log_agree(library: Path, tmp_path: Path) -> None:
    with FaultServer(answer) as server:
        command = [sys.executable, "-m", "tests.helpers.io_fault_worker", str(library), str(tmp_path), url(server)]
        environment = {**os.environ, "LD_PRELOAD": str(library)}
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=110, check=True
        )
        posts = len(server.posts)
    runs: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(runs) > 60
    assert {run["told"] for run in runs} == set(TRUE)
    for run in runs:
        first, second = NUMBERS
        assert run["found"].get(first) in TRUE[run["told"]], run
        assert run["after"] == run["found"][second] == "ACCEPTED", f"the next call goes through: {run}"
        assert run["reopened"] is not run["fault"].startswith("full"), f"a disk that failed is read anew: {run}"
    placed = sum(run["told"] == "ACCEPTED" for run in runs) + len(runs)
    unharmed = 2 * 6  # the call of each series that no fault met any more, and the one after it
    assert posts == placed + unharmed, "not a POST without its record, and none twice"
