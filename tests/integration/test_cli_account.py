"""``account`` and ``doctor`` with a real keyring, with none, and with a policy of settings that are broken."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers import sshfs_mount
from tests.integration import keyring_session
from tests.integration.cli_process import Cli, DemoProcess

with_keyring = pytest.mark.skipif(not keyring_session.available(), reason="needs dbus-daemon and gnome-keyring")


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Cli]:
    with keyring_session.keyring_session(tmp_path) as session:
        yield Cli(tmp_path, session.environment)


def findings(cli: Cli, *arguments: str) -> tuple[int, dict[str, bool | None]]:
    answer = cli.run("doctor", "--json", *arguments)
    return answer.status, {line["check"]: line["ok"] for line in answer.lines}


@with_keyring
def test_an_account_from_adding_to_forgetting(desktop: Cli, pbx: DemoProcess) -> None:
    add = ["account", "add", "本社", "--domain", pbx.domain, "--server", pbx.server, "--token-stdin"]
    added = desktop.run(*add, stdin=pbx.token.encode())
    assert (added.status, added.out) == (0, "")
    assert "GNOME Keyring" in added.err
    (listed,) = desktop.run("account", "list", "--json").lines
    assert (listed["name"], listed["domain"], listed["server"], listed["active"]) == (
        "本社",
        pbx.domain,
        pbx.server,
        True,
    )
    assert desktop.run("account", "list").out == f"* 本社\t{pbx.domain}\t{pbx.server}\n"
    for choice in ([], ["--account", "本社"]):
        assert desktop.run("call", "0312341234", "sales", "--yes", *choice).status == 0
    assert findings(desktop) == (
        0,
        dict.fromkeys(
            ["data_directory", "settings", "call_log", "keyring", "tls", "account", "proxy", "name", "sign_in"], True
        ),
    )
    again = desktop.run(*add, stdin=b"another-token")
    assert again.status == 3
    assert desktop.run("call", "0312341234", "sales", "--yes").status == 0, "the stored token is untouched"
    for file in desktop.data_dir.rglob("*"):
        assert not file.is_file() or pbx.token.encode() not in file.read_bytes()
    assert desktop.run("account", "remove", "本社").status == 0
    assert desktop.run("account", "list").out == ""
    assert desktop.run(*add, stdin=b"wrong").status == 0
    refused = desktop.run("call", "0612345678", "sales", "--json")
    assert refused.json["error"]["id"] == "authentication_required", "the old token is gone"
    assert findings(desktop)[1]["sign_in"] is False


@with_keyring
def test_a_locked_keyring_stores_nothing_and_calls_nobody(desktop: Cli, pbx: DemoProcess) -> None:
    add = ["account", "add", "A", "--domain", pbx.domain, "--server", pbx.server, "--token-stdin"]
    assert desktop.run(*add, stdin=pbx.token.encode()).status == 0
    locking = "import secretstorage; secretstorage.get_default_collection(secretstorage.dbus_init()).lock()"
    subprocess.run([sys.executable, "-c", locking], env=desktop.environment, check=True, timeout=30)
    before = len(pbx.bodies)
    call = desktop.run("call", "0312341234", "sales", "--json")
    assert (call.status, call.json["error"]["id"]) == (3, "keyring_locked")
    assert len(pbx.bodies) == before
    other = ["account", "add", "B", "--domain", "other", "--token-stdin"]
    assert desktop.run(*other, stdin=b"some-token").status == 3
    assert [account["name"] for account in desktop.run("account", "list", "--json").lines] == ["A"]
    assert desktop.run("account", "remove", "A").status == 3, "its token would remain unseen"
    assert findings(desktop)[1]["keyring"] is False


def test_without_a_keyring_the_account_is_kept_and_the_token_is_not(cli: Cli, pbx: DemoProcess) -> None:
    add = ["account", "add", "A", "--domain", pbx.domain, "--server", pbx.server, "--token-stdin"]
    added = cli.run(*add, stdin=pbx.token.encode())
    assert added.status == 0
    assert "--token-stdin" in added.err
    for file in cli.home.rglob("*"):
        assert not file.is_file() or pbx.token.encode() not in file.read_bytes()
    call = cli.run("call", "0312341234", "sales", "--json")
    assert (call.status, call.json["error"]["id"]) == (3, "keyring_absent")
    with_token = cli.run("call", "0312341234", "sales", "--account", "A", "--token-stdin", stdin=pbx.token.encode())
    assert with_token.status == 0


@pytest.mark.parametrize(
    ("arguments", "token", "words"),
    [
        (["A", "--domain", "a:b"], b"t0ken", "domain"),
        (["A", "--domain", "d", "--server", "http://pbx.example/api"], b"t0ken", "server"),
        (["A", "--domain", "d"], b"two words", "token"),
        (["", "--domain", "d"], b"t0ken", "name"),
        (["a\nb", "--domain", "d"], b"t0ken", "name"),
    ],
)
def test_an_account_that_cannot_be_is_refused_in_words(
    cli: Cli, arguments: list[str], token: bytes, words: str
) -> None:
    answer = cli.run("account", "add", *arguments, "--token-stdin", stdin=token)
    assert (answer.status, answer.out) == (3, "")
    assert words in answer.err
    assert token.decode() not in answer.err
    assert cli.run("account", "list").out == ""


def test_a_token_is_asked_for_only_where_somebody_can_answer(cli: Cli) -> None:
    answer = cli.run("account", "add", "A", "--domain", "d")
    assert answer.status == 3
    assert "--token-stdin" in answer.err


def test_an_account_that_is_not_there(cli: Cli) -> None:
    answer = cli.run("account", "remove", "nobody", "--lang", "ja")
    assert answer.status == 3
    assert "アカウント" in answer.err


def test_a_damaged_settings_file_is_said_and_kept(cli: Cli) -> None:
    cli.data_dir.mkdir()
    (cli.data_dir / "settings.json").write_text("{ not json", encoding="utf-8")
    answer = cli.run("account", "list")
    assert answer.status == 0
    (aside,) = cli.data_dir.glob("settings.damaged-*.json")
    assert aside.name in answer.err
    assert aside.read_text(encoding="utf-8") == "{ not json"


def test_the_doctor_names_what_is_wrong_and_what_to_do(cli: Cli) -> None:
    cli.data_dir.mkdir()
    account = {"name": "A", "domain": "d", "server": "https://pbx.invalid/basix/api", "answer_timeout": "long"}
    (cli.data_dir / "settings.json").write_text(json.dumps({"accounts": [account]}), encoding="utf-8")
    answer = cli.run("doctor", "--json", HTTPS_PROXY="http://127.0.0.1:9", NO_PROXY="[::1, pbx.example")
    by_check = {line["check"]: line for line in answer.lines}
    assert answer.status == 1
    wrong = {name for name, line in by_check.items() if line["ok"] is False}
    assert wrong >= {"settings", "keyring", "sign_in"}
    assert "answer_timeout" in by_check["settings"]["message"]
    assert all(line["fix"] for line in answer.lines if line["ok"] is False)
    people = cli.run("doctor", "--lang", "ja")
    assert people.status == 1
    assert "問題あり" in people.out
    assert "\x1b" not in people.out, "no colours into a pipe"


def test_the_doctor_without_a_writable_directory(cli: Cli) -> None:
    cli.data_dir.write_text("a file")
    status, found = findings(cli)
    assert status == 1
    assert (found["data_directory"], found["call_log"]) == (False, False)
    assert found["tls"] is True


def test_the_doctor_tells_of_a_shared_file_system(cli: Cli) -> None:
    with sshfs_mount.mounted(cli.home / "behind", cli.data_dir):
        (found,) = (line for line in cli.run("doctor", "--json").lines if line["check"] == "call_log")
        assert "共有ファイルシステム fuse.sshfs" in cli.run("doctor", "--lang", "ja").out
    assert found["ok"] is True
    assert "on fuse.sshfs, a shared file system" in found["message"]
    assert "--data-dir" in found["fix"]
    (local,) = (line for line in cli.run("doctor", "--json").lines if line["check"] == "call_log")
    assert "shared" not in local["message"]


def test_the_doctor_places_no_call(cli: Cli, pbx: DemoProcess) -> None:
    cli.run("account", "add", "A", "--domain", pbx.domain, "--server", pbx.server, "--token-stdin", stdin=b"t0ken")
    before = len(pbx.bodies)
    findings(cli)
    assert all("destination" not in (body or {}) for body in pbx.bodies[before:])
    assert cli.run("log", "--json").out == ""


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")
def test_a_typed_token_is_not_shown(cli: Cli) -> None:
    import pty

    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        cli.command("account", "add", "A", "--domain", "d"),
        env=cli.environment,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    )
    os.close(terminal)
    shown = b""
    while b"token" not in shown:
        shown += os.read(controller, 1024)
    os.write(controller, b"canary-typed-token\n")
    while True:
        try:
            part = os.read(controller, 1024)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(controller)
    assert process.wait(30) == 0
    assert b"canary-typed-token" not in shown
    assert cli.run("account", "list").out.startswith("* A\t")
