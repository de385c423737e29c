"""The guards are tested by running pytest on small test files that break each rule."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[3]
_CONFTEST = f"""
import sys
sys.path.insert(0, {str(_ROOT)!r})
from tests.conftest import *
from tests.conftest import _no_leftovers, _no_network, _no_unexpected_logs
"""

_LOOK_UP = """
import contextlib, socket
def test_it():
    with contextlib.suppress(OSError):
        socket.create_connection(("pbx.company.co.jp", 443))
"""
_CONNECT = """
import socket
def test_it():
    with socket.socket() as outside:
        outside.connect_ex(("8.8.8.8", 443))
"""
_LOG = """
import logging
def test_it():
    logging.getLogger("x").warning("odd")
"""
_THREAD = """
import threading
def test_it():
    threading.Thread(target=threading.Event().wait, args=(3,), name="holder").start()
"""
_PROCESS = """
import subprocess, sys
KEPT = []
def test_it():
    KEPT.append(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]))
"""
_HOME = """
import os, pathlib
def test_it():
    pathlib.Path(os.environ["OUTER_HOME"], "basix-notes").write_text("")
"""
_WELL_BEHAVED = """
import logging, os, pathlib, pytest, socket
@pytest.mark.logs_expected("od+")
def test_announced_record():
    logging.getLogger("x").warning("odd")
def test_names_and_networks_for_tests():
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("pbx.invalid", 443)
    with socket.socket() as outside, pytest.raises(OSError, match="nreachable"):
        outside.connect(("192.0.2.1", 443))
def test_loopback():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
def test_own_home():
    assert str(pathlib.Path.home()) != os.environ["OUTER_HOME"]
    (pathlib.Path.home() / "basix-notes").write_text("")
"""


def _run(tmp_path: Path, source: str) -> subprocess.CompletedProcess[str]:
    inner, home = tmp_path / "inner", tmp_path / "home"
    inner.mkdir()
    home.mkdir()
    (inner / "conftest.py").write_text(_CONFTEST)
    (inner / "test_case.py").write_text(source)
    options = ["-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--rootdir", str(inner)]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, "-c", str(_ROOT / "pyproject.toml"), str(inner)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={
            **os.environ,
            "HOME": str(home),
            "USERPROFILE": str(home),
            "OUTER_HOME": str(home),
            "LEFTOVER_PATIENCE": "0.3",
        },
    )


@pytest.mark.parametrize(
    ("source", "told"),
    [
        pytest.param(_LOOK_UP, "reached beyond the loopback interface: look-up of 'pbx.company.co.jp'", id="look-up"),
        pytest.param(_CONNECT, "reached beyond the loopback interface: connect_ex to ('8.8.8.8', 443)", id="connect"),
        pytest.param(_LOG, "WARNING x: odd", id="log"),
        pytest.param(_THREAD, "left behind: thread holder", id="thread"),
        pytest.param(_PROCESS, "left behind: process", id="process"),
        pytest.param(_HOME, "written into the real home directory", id="home"),
    ],
)
def test_breaking_a_rule_fails_the_run_and_says_which(tmp_path: Path, source: str, told: str) -> None:
    result = _run(tmp_path, source)
    assert result.returncode == 1, result.stdout + result.stderr
    assert told in result.stdout


def test_what_is_allowed_passes(tmp_path: Path) -> None:
    result = _run(tmp_path, _WELL_BEHAVED)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "4 passed" in result.stdout
