"""A locked keyring asks for its password, and nobody answers (reliability.md H6)."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.desktop.conftest import Start, check_programs
from tests.desktop.session import DesktopSession
from tests.desktop.tree import TreeReader
from tests.desktop.waiting import until

_LOCK = "import secretstorage as s; s.get_default_collection(s.dbus_init()).lock()"
_PROMPTER = Path("/usr/libexec/gcr-prompter")
#: Seconds: what the keyring may take, and what a busy machine may add to it.
_BUDGET, _BUSY = 15.0, 8.0
#: Seconds in which the window tells a screen reader all that is in it; 0.4 where nothing is wrong.
_RESPONSIVE = 3.0


@pytest.fixture
def desktop() -> Iterator[DesktopSession]:
    """A desktop of the test's own: its keyring gets locked."""
    check_programs()
    if not _PROMPTER.exists():
        pytest.skip("needs gcr, which asks for the keyring's password")
    session = DesktopSession()
    yield session
    session.close()
    assert session.processes() == []


@pytest.fixture
def reader(desktop: DesktopSession) -> Iterator[TreeReader]:
    reader = TreeReader(desktop)
    yield reader
    reader.close()


@dataclass(frozen=True)
class _Locked:
    """A program whose account has its token in a locked keyring, and what the PBX was asked."""

    session: DesktopSession
    command: list[str]
    requests: Path

    def asked(self) -> list[str]:
        """The X ids of the windows that ask for the keyring's password."""
        search = ["xdotool", "search", "--onlyvisible", "--name", "^Unlock .*Keyring"]
        found = subprocess.run(search, env=self.session.env, capture_output=True, text=True, check=False)
        return found.stdout.split()

    def calls(self) -> list[str]:
        lines = self.requests.read_text(encoding="utf-8").splitlines() if self.requests.exists() else []
        return [line for line in lines if "call_external" in line]


@pytest.fixture
def locked(desktop: DesktopSession, start: Start, tmp_path: Path) -> _Locked:
    """The account is added while the keyring is open; then the keyring is locked."""
    requests = tmp_path / "requests.jsonl"
    pbx = start("-u", "-m", "basix_desktop.app.main", "demo-pbx", "--requests", str(requests))
    line = until(lambda: next((text for text in pbx.output().splitlines() if text[:1] == "{"), ""), "the PBX serves")
    told = json.loads(line)
    command = ["-m", "basix_desktop.app.main", "--lang", "en", "--data-dir", str(tmp_path / "data")]
    account = ["account", "add", "Office", "--domain", told["domain"], "--server", told["server"], "--token-stdin"]
    desktop.run(sys.executable, *command, *account, text=told["token"])
    desktop.run(sys.executable, "-c", _LOCK)
    return _Locked(desktop, command, requests)


def test_the_window_goes_on_says_so_and_ends(locked: _Locked, start: Start, reader: TreeReader) -> None:
    program = start(*locked.command)
    pid = program.process.pid
    until(locked.asked, "the keyring asks for its password")
    for field, text in (("destinationEdit", "sales"), ("numberEdit", "0312345678")):
        until(lambda field=field, text=text: reader.write(pid, field, text), f"{field} takes a text")  # type: ignore[misc]
    until(lambda: "sensitive" in program.node("callButton").states, "Call can be pressed")
    program.press("callButton")
    began, longest, words = time.monotonic(), 0.0, ""
    while "Not placed: the keyring does not answer" not in words:
        asked = time.monotonic()
        words = program.tree().words()
        longest = max(longest, time.monotonic() - asked)
        assert time.monotonic() - began < _BUDGET + _BUSY, words
    assert "A window asking for its password may be waiting." in words
    assert longest < _RESPONSIVE
    assert locked.asked(), "nobody has answered"
    ends = time.monotonic()
    program.press("quit")
    assert program.process.wait(timeout=10) == 0
    assert time.monotonic() - ends < _RESPONSIVE
    assert locked.calls() == []


def test_the_command_line_says_so_and_ends(locked: _Locked, start: Start) -> None:
    began = time.monotonic()
    program = start(*locked.command, "call", "0312345678", "sales", "--yes", "--json")
    until(locked.asked, "the keyring asks for its password")
    assert program.process.wait(timeout=60) == 3
    assert time.monotonic() - began < _BUDGET + _BUSY
    told = json.loads(next(line for line in program.output().splitlines() if line[:1] == "{"))
    assert (told["outcome"], told["error"]["id"]) == ("not_placed", "keyring_timeout")
    assert locked.calls() == []
