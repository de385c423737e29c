"""Unexpected errors, in processes of their own: hooks are the whole process's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PRELUDE = """
import sys, threading
from pathlib import Path
from basix_desktop.app import crash, logs
directory = Path(sys.argv[1])
log = logs.start(directory)
hooks = crash.install(directory, lambda: print("noticed", flush=True))
secret_local = "canary-" + "value"
"""


def ended(code: str, directory: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PRELUDE + code, str(directory)],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "code",
    [
        "def f(secret): raise LookupError('boom 0312341234')\ntry: f(secret_local)\nfinally: sys.exitfunc = log.stop\n",
        "t = threading.Thread(target=lambda: 1 / 0); t.start(); t.join(); log.stop()",
        "class D:\n def __del__(self): raise LookupError('boom')\nD(); log.stop()",
    ],
)
def test_an_unexpected_error_is_logged_noticed_and_not_printed(code: str, tmp_path: Path) -> None:
    code = code.replace(
        "\ntry: f(secret_local)\nfinally: sys.exitfunc = log.stop\n",
        "\nimport atexit; atexit.register(log.stop)\nf(secret_local)\n",
    )
    result = ended(code, tmp_path)
    text = (tmp_path / "basix-desktop.log").read_text(encoding="utf-8")
    assert "Error" in text
    assert "Traceback" in text
    assert "canary-value" not in text
    assert "0312341234" not in text
    assert result.stdout.strip() == "noticed"
    assert result.stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_crash_of_the_interpreter_leaves_where_it_was_and_no_core(tmp_path: Path) -> None:
    result = ended(
        "import os, resource, signal\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0], flush=True)\n"
        "def here(): os.kill(os.getpid(), signal.SIGSEGV)\nhere()",
        tmp_path,
    )
    assert result.returncode == -11
    assert result.stdout.strip() == "0"
    assert "here" in (tmp_path / "crash.log").read_text()
    assert not list(tmp_path.glob("core*"))


def test_where_nothing_can_be_written_the_hooks_work_all_the_same(tmp_path: Path) -> None:
    result = ended("raise LookupError('boom')", tmp_path / "nowhere")
    assert (result.returncode, result.stdout.strip(), result.stderr) == (1, "noticed", "")
