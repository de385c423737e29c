"""What the operating system saw: INTENT synced before the connection, SENDING before the first byte of the POST."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.fault_server import FaultServer
from tests.helpers.mounts import mounts_with
from tests.integration.test_kill_matrix import answer, url

DIALS = 50
_CALLS = "trace=fdatasync,fsync,pwrite64,connect,sendto,sendmsg,write,writev,unlink,unlinkat"
_RESUMED = re.compile(r"^(\d+) +<\.\.\. \w+ resumed>")
_UNFINISHED = re.compile(r"^(\d+) .* <unfinished \.\.\.>")
#: These count when they have returned, everything else when it begins.
_AT_END = re.compile(r"sync\(|unlink")

#: What a record is made of, a letter each, and what it is when it is durable: in the write-ahead log …
_LOG = {r"pwrite64\(.*/calls\.sqlite3-wal>": "w", r"sync\(.*/calls\.sqlite3-wal>": "s"}
_IN_LOG = re.compile(r"w+s")
#: … and in the file itself, with a rollback journal beside it until its removal is durable, too.
_FILE = {
    r"pwrite64\(.*/calls\.sqlite3-journal>": "j",
    r"sync\(.*/calls\.sqlite3-journal>": "k",
    r"pwrite64\(.*/calls\.sqlite3>": "w",
    r"sync\(.*/calls\.sqlite3>": "s",
    r"unlink(at)?\(.*/calls\.sqlite3-journal": "u",
    r"sync\(.*/data>": "d",
}
_IN_FILE = re.compile(r"j+kdj+kw+sud")


def steps(trace: list[str], port: int, letters: dict[str, str]) -> str:
    """The trace as a word of ``letters``, with ``c`` for connecting to the server and ``P`` for a POST."""
    letters = {**letters, rf"connect\(.*htons\({port}\)": "c", r'"POST /': "P"}
    found: list[str] = []
    pending: dict[str, str] = {}
    for line in trace:
        resumed, unfinished = _RESUMED.match(line), _UNFINISHED.match(line)
        call = pending.pop(resumed[1], "") if resumed else line
        if unfinished and _AT_END.search(line):
            pending[unfinished[1]] = line
        else:
            found.extend(letter for pattern, letter in letters.items() if re.search(pattern, call))
    return "".join(found)


def traced(folder: Path, dials: int, letters: dict[str, str], *mounts: str) -> list[str]:
    """What each of that many calls did before its POST, and what the last one did after it."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed: packaging/dev.py test installs it on Debian and Ubuntu")
    log = folder / "trace"
    with FaultServer(answer) as server:
        command = ["-m", "tests.helpers.order_worker", str(folder / "data"), url(server), str(dials), *mounts]
        run = [strace, "-f", "-y", "-s", "24", "-e", _CALLS, "-o", str(log), sys.executable, *command]
        subprocess.run(run, check=True, timeout=100, capture_output=True, cwd=Path(__file__).parents[2])
        port = server.port
    return steps(log.read_text(errors="replace").splitlines(), port, letters).split("P")


def check(calls: list[str], dials: int, durable: re.Pattern[str]) -> None:
    assert len(calls) == dials + 1, "one POST a dial"
    for call in calls[:-1]:
        before, connected, after = call.rpartition("c")
        assert connected, call
        assert re.search(rf"{durable.pattern}$", before), f"INTENT was not durable before the connection: {call}"
        assert durable.fullmatch(after), f"SENDING was not durable before the POST: {call}"


@pytest.mark.slow
def test_both_records_are_synced_before_the_first_byte(tmp_path: Path) -> None:
    check(traced(tmp_path, DIALS, _LOG), DIALS, _IN_LOG)


@pytest.mark.slow
def test_so_they_are_where_other_machines_may_use_the_file(tmp_path: Path) -> None:
    check(traced(tmp_path, 20, _FILE, str(mounts_with("nfs4", tmp_path))), 20, _IN_FILE)
