"""What the operating system saw: INTENT synced before the connection, SENDING before the first byte of the POST."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.fault_server import FaultServer
from tests.integration.test_kill_matrix import answer, url

DIALS = 50
_CALLS = "trace=fdatasync,fsync,pwrite64,connect,sendto,sendmsg,write,writev"
_RESUMED = re.compile(r"^(\d+) +<\.\.\. (\w+) resumed>")
_UNFINISHED = re.compile(r"^(\d+) +(\w+)\((.*) <unfinished \.\.\.>")


def steps(trace: list[str], port: int) -> list[str]:
    """The trace as a row of words: ``write`` and ``sync`` of the journal, ``connect`` to and ``post`` to the server. A
    sync counts when it has returned, everything else when it begins."""
    found: list[str] = []
    pending: dict[str, str] = {}
    for line in trace:
        resumed, unfinished = _RESUMED.match(line), _UNFINISHED.match(line)
        if resumed:
            call = pending.pop(resumed[1], "")
            if "sync" in resumed[2] and "-wal" in call:
                found.append("sync")
            continue
        if unfinished:
            pending[unfinished[1]] = unfinished[3]
        step = step_of(line, port, finished=not unfinished)
        if step:
            found.append(step)
    return found


def step_of(line: str, port: int, *, finished: bool) -> str:
    if "pwrite64(" in line and "calls.sqlite3-wal" in line:
        return "write"
    if "sync(" in line and "calls.sqlite3-wal" in line:
        return "sync" if finished else ""
    if "connect(" in line and f"htons({port})" in line:
        return "connect"
    if '"POST /' in line:
        return "post"
    return ""


@pytest.mark.slow
def test_both_records_are_synced_before_the_first_byte(tmp_path: Path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed: packaging/dev.py test installs it on Debian and Ubuntu")
    log = tmp_path / "trace"
    with FaultServer(answer) as server:
        worker = [sys.executable, "-m", "tests.helpers.order_worker", str(tmp_path / "data"), url(server), str(DIALS)]
        run = [strace, "-f", "-y", "-s", "24", "-e", _CALLS, "-o", str(log), *worker]
        subprocess.run(run, check=True, timeout=100, capture_output=True, cwd=Path(__file__).parents[2])
        port = server.port
    seen = steps(log.read_text(errors="replace").splitlines(), port)
    dials = "".join({"write": "w", "sync": "s", "connect": "c", "post": "P"}[step] for step in seen).split("P")
    assert len(dials) == DIALS + 1, "one POST a dial"
    for dial in dials[:-1]:
        before, connected, after = dial.rpartition("c")
        assert connected, dial
        assert re.search(r"w+s$", before), f"INTENT was not synced before the connection: {dial}"
        assert re.search(r"^w+s$", after), f"SENDING was not synced before the POST: {dial}"
