"""From the first start to a call on the user's own account: the form, the real keyring, and what reaches the PBX."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.desktop.conftest import Start
from tests.desktop.first_start import connect, enter
from tests.desktop.log_rows import wait_for_placed
from tests.desktop.program import Program
from tests.desktop.session import DesktopSession
from tests.desktop.waiting import until

_READ_KEYRING = """
import secretstorage
bus = secretstorage.dbus_init()
for item in secretstorage.get_default_collection(bus).get_all_items():
    print(item.get_secret().decode())
bus.close()
"""


@dataclass(frozen=True)
class _Pbx:
    """A PBX in a process of its own that writes down every request."""

    server: str
    domain: str
    token: str
    requests: Path

    def calls(self) -> list[dict[str, object]]:
        """The requests to place a call, in order."""
        lines = self.requests.read_text(encoding="utf-8").splitlines() if self.requests.exists() else []
        return [request for line in lines if (request := json.loads(line)) and "call_external" in line]


@pytest.fixture
def pbx(start: Start, tmp_path: Path) -> Iterator[_Pbx]:
    """A demo PBX outside of the window's process."""
    requests = tmp_path / "requests.jsonl"
    options = ["--speed", "50", "--requests", str(requests)]
    program = start("-u", "-m", "basix_desktop.app.main", "demo-pbx", *options)
    told = until(
        lambda: next((line for line in program.output().splitlines() if line.startswith("{")), ""), "the PBX serves"
    )
    yield _Pbx(**{name: json.loads(told)[name] for name in ("server", "domain", "token")}, requests=requests)
    program.close()


@pytest.fixture
def start_own(start: Start, tmp_path: Path) -> Start:
    """Starts the window with a data directory of the test's own, and waits for it."""

    def start_one() -> Program:
        program = start("-m", "basix_desktop.app.main", "--lang", "en", "--data-dir", str(tmp_path / "data"))
        program.wait_for_window()
        return program

    return start_one


def _connect(program: Program, pbx: _Pbx) -> None:
    connect(program, server=pbx.server, domain=pbx.domain, token=pbx.token)


def _close(program: Program) -> None:
    """Close the window as a person does, and wait until everything that was under way is over."""
    program.keys("alt+F4")
    assert program.process.wait(timeout=20) == 0


def test_token_goes_through_the_keyring_and_nowhere_else(start_own: Start, pbx: _Pbx, tmp_path: Path) -> None:
    first = start_own()
    _connect(first, pbx)
    _close(first)
    kept = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert kept
    assert [path.name for path in kept if pbx.token.encode() in path.read_bytes()] == []
    second = start_own()
    second.wait_for_focus("numberEdit")
    enter(second, "0312345678", "sales")
    second.keys("Return")
    wait_for_placed(second, "03-1234-5678, to Sales")
    assert len(pbx.calls()) == 1


def test_the_keyring_holds_the_token_for_that_account(
    start_own: Start, pbx: _Pbx, desktop: DesktopSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    _connect(start_own(), pbx)
    stored = until(lambda: _secrets(desktop), "the keyring has a secret")
    assert pbx.token in stored


def _secrets(desktop: DesktopSession) -> list[str]:
    """Everything in the desktop's keyring."""
    return desktop.run(sys.executable, "-c", _READ_KEYRING).split()


@pytest.mark.parametrize("key", ["Return", "KP_Enter"])
def test_a_held_enter_is_one_call(start_own: Start, pbx: _Pbx, key: str) -> None:
    program = start_own()
    _connect(program, pbx)
    enter(program, "0312345678", "sales")
    program.hold(key, release_when="03-1234-5678, to ", at_least=2.5)
    wait_for_placed(program, "03-1234-5678, to Sales")
    _close(program)
    assert len(pbx.calls()) == 1


def test_enter_twice_at_once_is_one_call(start_own: Start, pbx: _Pbx) -> None:
    program = start_own()
    _connect(program, pbx)
    enter(program, "0312345678", "sales")
    program.keys("Return", "Return")
    wait_for_placed(program, "03-1234-5678, to Sales")
    _close(program)
    assert len(pbx.calls()) == 1
