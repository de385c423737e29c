"""The processes around a measurement."""

import http.client
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bench_children import BenchError, lines_of, run

PACKAGING = Path(__file__).parents[3] / "packaging"


def test_the_server_notes_when_the_first_byte_of_each_request_came() -> None:
    with lines_of("bench_server.py") as (process, said):
        port = next(said)["port"]
        for request_id in ("one", "two"):
            before = time.monotonic_ns()
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("POST", "/basix/api/call_external", b"{}", {"X-Request-Id": request_id})
            answer = json.loads(connection.getresponse().read())
            connection.close()
            noted = next(said)
            assert answer["result_code"] == 0
            assert answer["uuids"]
            assert noted["id"] == request_id
            assert before < noted["first_byte"] < time.monotonic_ns()
    assert process.returncode == 0


def test_the_bare_window_says_when_it_was_painted_and_what_it_took() -> None:
    said = run("bench_bare.py", "--text", "--size", "400x300")
    assert 0 < said["started_at"] < said["painted_at"] < time.monotonic_ns()
    assert said["peak_kib"] > 10_000


def test_a_process_that_fails_is_not_a_figure() -> None:
    with pytest.raises(BenchError, match="unrecognized arguments"):
        run("bench_bare.py", "--no-such-option")


@pytest.mark.skipif(sys.platform != "linux", reason="the figure is the system's own")
def test_the_peak_stays_after_memory_was_given_back() -> None:
    """In a process of its own: this one has had its peak long ago."""
    script = (
        "from bench_memory import peak_kib\n"
        "before = peak_kib()\n"
        "block = bytearray(64 << 20)\n"
        "block[::4096] = b'x' * len(block[::4096])\n"
        "at_peak = peak_kib()\n"
        "del block\n"
        "print(before, at_peak, peak_kib())\n"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=PACKAGING, capture_output=True, text=True, check=True)
    before, at_peak, after = map(int, run.stdout.split())
    assert after >= at_peak - 1024 > before + 50_000
