"""The ``basix-desktop`` command as a process, and a demo PBX as another."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAM = [sys.executable, "-m", "basix_desktop.app.main"]


@dataclass(frozen=True)
class Answer:
    """What a command ended with."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its one line of output."""
        (line,) = self.out.splitlines()
        return json.loads(line)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


def environment(home: Path, **extra: str) -> dict[str, str]:
    """No desktop, no keyring, no locale but C: what a script on a server has."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "VIRTUAL_ENV") if name in os.environ}
    places = {"HOME": str(home), "XDG_DATA_HOME": str(home / "share"), "XDG_CONFIG_HOME": str(home / "config")}
    no_bus = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={home}/there-is-none"}
    return {**kept, **places, **no_bus, "LANG": "C", **extra}


@dataclass(frozen=True)
class Cli:
    """Runs commands over one data directory."""

    home: Path
    environment: dict[str, str]

    @property
    def data_dir(self) -> Path:
        return self.home / "data"

    def command(self, *arguments: str) -> list[str]:
        return [*PROGRAM, "--data-dir", str(self.data_dir), *arguments]

    def run(self, *arguments: str, stdin: bytes = b"", timeout: float = 60, **extra: str) -> Answer:
        result = subprocess.run(
            self.command(*arguments),
            env={**self.environment, **extra},
            input=stdin,
            capture_output=True,
            timeout=timeout,
            check=False,
        )
        answer = Answer(result.returncode, result.stdout.decode("utf-8"), result.stderr.decode("utf-8"))
        assert "Traceback" not in answer.out + answer.err, answer
        return answer

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.command(*arguments),
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )


def cli_in(home: Path, **extra: str) -> Cli:
    return Cli(home, environment(home, **extra))


@dataclass(frozen=True)
class DemoProcess:
    """``basix-desktop demo-pbx`` and what it received."""

    server: str
    domain: str
    token: str
    requests_file: Path
    process: subprocess.Popen[str]

    @property
    def for_once(self) -> list[str]:
        """The options of an account that is stored nowhere."""
        return ["--server", self.server, "--domain", self.domain, "--token-stdin"]

    @property
    def bodies(self) -> list[Any]:
        lines = self.requests_file.read_text(encoding="utf-8").splitlines() if self.requests_file.exists() else []
        return [json.loads(line)["body"] for line in lines]


@contextmanager
def demo_process(home: Path) -> Iterator[DemoProcess]:
    requests = home / "requests.jsonl"
    process = subprocess.Popen(
        [*PROGRAM, "demo-pbx", "--speed", "100", "--seed", "1", "--requests", str(requests)],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        told = json.loads(process.stdout.readline())
        yield DemoProcess(told["server"], told["domain"], told["token"], requests, process)
    finally:
        process.send_signal(signal.SIGTERM)
        rest, errors = process.communicate(timeout=20)
    assert (process.returncode, rest, errors) == (0, "", "")
