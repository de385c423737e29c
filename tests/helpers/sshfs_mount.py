"""A real file system of the kind that several machines share: sshfs, without a network between its two ends."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.helpers import kept_files

_SERVERS = ("/usr/lib/openssh/sftp-server", "/usr/libexec/openssh/sftp-server", "/usr/libexec/sftp-server")


def missing() -> str:
    """What it would take and is not here; "" if nothing."""
    tools = [tool for tool in ("sshfs", "fusermount3") if shutil.which(tool) is None]
    if _server() is None:
        tools.append("sftp-server")
    if not os.access("/dev/fuse", os.R_OK | os.W_OK):
        tools.append("/dev/fuse")
    return ", ".join(tools)


@contextmanager
def mounted(behind: Path, mount: Path) -> Iterator[None]:
    """``behind`` is seen at ``mount``; both are made. Skips the test where nothing may be mounted."""
    server = _server()
    if missing() or server is None:
        pytest.skip(f"needs {missing()}")
    for folder in (behind, mount):
        folder.mkdir(exist_ok=True)
    near, far = socket.socketpair()
    with near, far:
        serving = subprocess.Popen([server], stdin=far.fileno(), stdout=far.fileno(), stderr=subprocess.DEVNULL)
        command = ["sshfs", "-f", "-o", "passive", f":{behind}", str(mount)]
        mounting = subprocess.Popen(command, stdin=near.fileno(), stdout=near.fileno(), stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 10
        while not mount.is_mount():
            if mounting.poll() is not None or time.monotonic() > until:
                pytest.skip("nothing may be mounted here")
            time.sleep(0.01)
        yield
    finally:
        kept_files.let_go()
        subprocess.run(["fusermount3", "-u", str(mount)], check=False, capture_output=True, timeout=10)
        for process in (mounting, serving):
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _server() -> str | None:
    return next((path for path in _SERVERS if os.access(path, os.X_OK)), None)
