"""The vault over a real gnome-keyring on a session bus of its own, and over what the environment may name instead."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration import keyring_session

pytestmark = pytest.mark.skipif(not keyring_session.available(), reason="needs dbus-daemon and gnome-keyring")

TOKEN = "canary-Ωトークン✓-4711"
PRELUDE = """
import sys, time
from pathlib import Path
from basix_desktop.app.settings import TokenPlaces
from basix_desktop.credentials.vault import KeyringVault
from basix_desktop.domain.accounts import Account, Token
from basix_desktop.domain.errors import TokenUnavailable
account = Account("Head office", "example", "https://pbx.example/basix/api")
token = Token("canary-Ωトークン✓-4711")
vault = KeyringVault(markers=TokenPlaces(Path.home() / "token-places.json"), budget=10)
def say(fn):
    try:
        value = fn()
        print(value.reveal() if isinstance(value, Token) else value)
    except TokenUnavailable as error:
        print(error.id)
"""
SAVE = PRELUDE + "say(lambda: vault.set(account, token)); say(vault.place)"
LOAD = PRELUDE + "say(lambda: vault.get(account))"
LOCK = """
import secretstorage
secretstorage.get_default_collection(secretstorage.dbus_init()).lock()
"""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[keyring_session.Session]:
    with keyring_session.keyring_session(tmp_path) as session:
        yield session


def test_a_token_outlives_the_process_and_the_session(tmp_path: Path) -> None:
    with keyring_session.keyring_session(tmp_path) as session:
        assert session.ask(LOAD) == "token_missing"
        assert session.ask(SAVE).split("\n") == ["True", "GNOME Keyring"]
        assert session.ask(LOAD) == TOKEN
    with keyring_session.keyring_session(tmp_path) as session:
        assert session.ask(LOAD) == TOKEN
        assert session.ask(PRELUDE + "vault.remove(account); say(lambda: vault.get(account))") == "token_missing"
        assert session.ask(LOAD) == "token_missing"


def test_what_the_program_writes_beside_the_keyring_is_not_the_token(
    session: keyring_session.Session, tmp_path: Path
) -> None:
    session.ask(SAVE)
    ours = tmp_path / "token-places.json"
    assert "GNOME Keyring" in ours.read_text(encoding="utf-8")
    for file in tmp_path.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert TOKEN.encode() not in content
            assert TOKEN.encode("utf-16-le") not in content


def test_a_locked_keyring_says_so_and_nothing_is_lost(session: keyring_session.Session) -> None:
    session.ask(SAVE)
    session.ask(LOCK)
    assert session.ask(LOAD) == "keyring_locked"
    assert session.ask(SAVE).split("\n")[0] == "keyring_locked"
    assert session.ask(PRELUDE + "say(lambda: vault.remove(account))") == "keyring_locked"


def test_a_token_in_use_survives_locking_and_death_of_the_keyring(session: keyring_session.Session) -> None:
    session.ask(SAVE)
    assert session.daemon is not None
    hold = PRELUDE + (
        "say(lambda: vault.get(account)); sys.stdout.flush(); sys.stdin.readline()\n"
        "say(lambda: vault.get(account)); say(lambda: vault.set(account, Token('another-token')))\n"
        "say(lambda: vault.get(account))"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", hold],
        env=session.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == TOKEN
    session.daemon.kill()
    session.daemon.wait()
    rest, _ = holder.communicate("go on\n", timeout=30)
    answers = rest.split()
    assert answers[0] == TOKEN
    assert answers[1] in ("False", "keyring_absent", "keyring_locked")
    assert answers[2] == ("another-token" if answers[1] == "False" else TOKEN)


def test_a_keyring_that_hangs_ends_in_time_and_holds_no_exit(session: keyring_session.Session) -> None:
    session.ask(SAVE)
    assert session.daemon is not None
    session.daemon.send_signal(signal.SIGSTOP)
    code = PRELUDE + (
        "vault = KeyringVault(budget=0.5); begin = time.monotonic()\n"
        "say(lambda: vault.get(account)); print(time.monotonic() - begin < 5)"
    )
    assert session.ask(code, timeout=30).split() == ["keyring_timeout", "True"]


def test_without_a_bus_or_without_a_keyring_on_it(tmp_path: Path) -> None:
    wanted = ["False", "", "keyring_absent"]
    save_and_load = SAVE + "\nsay(lambda: KeyringVault().get(account))"
    assert keyring_session.session_without_bus(tmp_path).ask(save_and_load).split("\n") == wanted
    with keyring_session.session_bus(tmp_path) as session:
        assert session.ask(save_and_load).split("\n") == wanted


@pytest.mark.parametrize(
    "backend",
    [
        "keyring.backends.null.Keyring",
        "keyring.backends.fail.Keyring",
        "keyrings.alt.file.PlaintextKeyring",
        "no.such.X",
    ],
)
def test_what_is_not_trusted_is_refused(session: keyring_session.Session, backend: str, tmp_path: Path) -> None:
    config = tmp_path / "config" / "python_keyring"
    config.mkdir(parents=True)
    assert session.ask(SAVE, PYTHON_KEYRING_BACKEND=backend).split("\n")[0] == "False"
    assert session.ask(LOAD, PYTHON_KEYRING_BACKEND=backend) == "keyring_absent"
    (config / "keyringrc.cfg").write_text(f"[backend]\ndefault-keyring={backend}\n", encoding="utf-8")
    assert session.ask(SAVE).split("\n")[0] == "False"
    (config / "keyringrc.cfg").unlink()
    assert session.ask(LOAD) == "token_missing", "nothing was written anywhere"


@pytest.mark.parametrize(
    "backend", ["keyring.backends.SecretService.Keyring", "keyring.backends.chainer.ChainerBackend"]
)
def test_a_trusted_choice_and_the_chainer_lead_to_the_keyring(
    session: keyring_session.Session, backend: str, tmp_path: Path
) -> None:
    assert session.ask(SAVE, PYTHON_KEYRING_BACKEND=backend).split("\n") == ["True", "GNOME Keyring"]
    damaged = tmp_path / "config" / "python_keyring"
    damaged.mkdir(parents=True)
    (damaged / "keyringrc.cfg").write_bytes(b"\xff\xfe not a configuration")
    assert session.ask(LOAD) == TOKEN
