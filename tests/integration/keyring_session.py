"""A session bus of its own with a real gnome-keyring, and what is asked of it in a process of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

#: No service directories: nothing is started by asking for it.
BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir={directory}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="false"/><allow eavesdrop="false"/><allow own="*"/>
</policy></busconfig>
"""
PASSWORD = b"the keyring's own password"


def available() -> bool:
    return sys.platform == "linux" and all(shutil.which(tool) for tool in ("dbus-daemon", "gnome-keyring-daemon"))


@dataclass(frozen=True)
class Session:
    """A desktop session's environment. ``ask`` runs Python in it."""

    environment: dict[str, str]
    daemon: subprocess.Popen[bytes] | None

    def ask(self, code: str, timeout: float = 60, **extra: str) -> str:
        """What the code prints. Its errors fail the test."""
        result = subprocess.run(
            [sys.executable, "-c", code],
            env={**self.environment, **extra},
            capture_output=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )
        assert result.returncode == 0, result.stderr
        return result.stdout.strip()


def base_environment(home: Path, bus: str) -> dict[str, str]:
    """Nothing of the developer's own session: no display, no keyring, a home of its own."""
    runtime = home / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "VIRTUAL_ENV", "COVERAGE_PROCESS_START") if name in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_DATA_HOME": str(home / "share"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "DBUS_SESSION_BUS_ADDRESS": bus,
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def session_without_bus(home: Path) -> Session:
    return Session(base_environment(home, f"unix:path={home}/there-is-none"), None)


@contextmanager
def session_bus(home: Path) -> Iterator[Session]:
    """A session bus and nobody on it."""
    config = home / "bus.conf"
    config.write_text(BUS_CONFIG.format(directory=home), encoding="utf-8")
    bus = subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert bus.stdout is not None
    try:
        yield Session(base_environment(home, bus.stdout.readline().decode().strip()), None)
    finally:
        end(bus)
        bus.stdout.close()


@contextmanager
def keyring_session(home: Path, *, unlock: bool = True) -> Iterator[Session]:
    """A session bus with gnome-keyring on it, its collection made and open (or, without ``unlock``, as it was left by
    an earlier session of this home: locked)."""
    with session_bus(home) as session:
        daemon = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--components=secrets", *(["--unlock"] if unlock else [])],
            env=session.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert daemon.stdin is not None
        daemon.stdin.write(PASSWORD if unlock else b"")
        daemon.stdin.close()
        try:
            session.ask(WAIT_FOR_SERVICE)
            yield Session(session.environment, daemon)
        finally:
            end(daemon)


WAIT_FOR_SERVICE = """
import secretstorage, time
until = time.monotonic() + 20
connection = secretstorage.dbus_init()
while not secretstorage.check_service_availability(connection):
    assert time.monotonic() < until, "gnome-keyring did not come"
    time.sleep(0.02)
"""


def end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGCONT)
        process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
