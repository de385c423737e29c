"""The network changes while a call is connecting (reliability.md A15): not placed, at the deadline, whatever comes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.route_worker import CONNECT

ROOT = Path(__file__).parents[2]
NAMESPACE = ["unshare", "--user", "--map-root-user", "--net"]


def possible() -> bool:
    """Containers may forbid it, and other systems have no such thing."""
    if sys.platform != "linux" or not all(shutil.which(tool) for tool in ("unshare", "ip")):
        return False
    return subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode == 0


pytestmark = pytest.mark.skipif(not possible(), reason="needs network namespaces")


@pytest.mark.parametrize("how", ["deleted", "unreachable", "back"])
def test_a_route_that_goes_while_connecting(tmp_path: Path, how: str) -> None:
    worker = [sys.executable, "-m", "tests.helpers.route_worker", str(tmp_path), how]
    done = subprocess.run([*NAMESPACE, *worker], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["state"] == "NOT_SENT"
    assert told["failure"] in ("connect_timeout", "network_unreachable")
    assert told["took"] < CONNECT + 2
