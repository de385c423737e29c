"""``basix-desktop call`` and ``log`` against a demo PBX, all of them real processes."""

from __future__ import annotations

import base64
import contextlib
import csv
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.integration.cli_process import PROGRAM, Cli, DemoProcess, environment

UUID_LENGTH = 36


@pytest.fixture
def sent(pbx: DemoProcess) -> list[Any]:
    """The bodies that arrive during the test: read it after the call."""
    before = len(pbx.bodies)

    class Later(list[Any]):
        def __iter__(self) -> Iterator[Any]:
            return iter(pbx.bodies[before:])

    return Later()


EXCHANGES: list[tuple[list[str], dict[str, Any], int]] = [
    (["0312341234", "sales"], {"target": "0312341234", "destination": "sales"}, 0),
    (
        ["0312341234", "helen", "--end-user-name", "luke.s"],
        {"target": {"end_user": {"name": "luke.s"}, "called_number": "0312341234"}, "destination": "helen"},
        0,
    ),
    (
        ["09011112222", "campaign", "--calling-number", "05068601111"],
        {"target": {"calling_number": "05068601111", "called_number": "09011112222"}, "destination": "campaign"},
        0,
    ),
    (["090111122222", "campaign", "--yes"], {"target": "090111122222", "destination": "campaign"}, 3),
    (["0312341234", "1001"], {"target": "0312341234", "destination": "1001"}, 0),
]


@pytest.mark.parametrize("exchange", EXCHANGES)
def test_the_documented_exchanges(
    cli: Cli, pbx: DemoProcess, sent: list[Any], exchange: tuple[list[str], dict[str, Any], int]
) -> None:
    arguments, body, status = exchange
    answer = cli.run("call", *arguments, *pbx.for_once, "--json", stdin=pbx.token.encode())
    assert answer.status == status
    assert answer.err == ""
    assert list(sent) == [body]
    told = answer.json
    assert sorted(told) == ["attempt", "destination", "error", "number", "outcome", "uuids"]
    assert (told["number"], told["destination"]) == (arguments[0], arguments[1])
    assert len(told["attempt"]) == UUID_LENGTH
    if status == 0:
        assert (told["outcome"], told["error"]) == ("placed", None)
        assert [len(uuid) for uuid in told["uuids"]] == [UUID_LENGTH]
    else:
        assert (told["outcome"], told["uuids"], told["error"]["id"]) == ("not_placed", [], "channel_limit_reached")
        assert told["error"]["message"]


def test_every_parameter_is_sent_as_it_was_given(cli: Cli, pbx: DemoProcess, sent: list[Any]) -> None:
    answer = cli.run(
        *("call", "TEL: ０３－１２３４－１２３４（受付 9:00-18:00）", "営業部", "--json", *pbx.for_once),
        *("--calling-number", "0506868001", "--answer-timeout", "60", "--callback-url", "http://127.0.0.1:9/done?x=1"),
        *("--end-user-id", "42", "--end-user-name", "田中 花子", "--end-user-organization", "山田商事"),
        *("--end-user-avatar", "https://example.com/a.png", "--end-user-prefecture", "東京都"),
        stdin=f"{pbx.token}\n".encode(),
    )
    end_user = {
        "id": 42,
        "name": "田中 花子",
        "organization": "山田商事",
        "avatar": "https://example.com/a.png",
        "prefecture": "東京都",
    }
    target = {"called_number": "0312341234", "calling_number": "0506868001", "end_user": end_user}
    assert list(sent) == [
        {
            "target": target,
            "destination": "営業部",
            "answer_timeout": 60,
            "callback_url": "http://127.0.0.1:9/done?x=1",
        }
    ]
    told = answer.json
    assert told["destination"] == "営業部", "UTF-8 whatever the locale"
    assert (answer.status, told["error"]["id"]) == (3, "destination_not_found"), "the PBX's own word, as it is"


@pytest.mark.parametrize(
    ("number", "verdict"),
    [
        ("0312340001", (0, "placed", None)),
        ("0312340101", (3, "not_placed", "channel_limit_reached")),
        ("0312340102", (3, "not_placed", "trunk_under_maintenance")),
        ("0312340401", (3, "not_placed", "authentication_required")),
        ("0312340404", (3, "not_placed", "server_not_basix")),
        ("0312340429", (3, "not_placed", "too_many_requests")),
        ("0312340444", (4, "unknown", "connection_broke")),
        ("0312340445", (4, "unknown", "connection_broke")),
        ("0312340200", (4, "unknown", "answer_unusable")),
        ("0312340204", (4, "unknown", "answer_without_call_id")),
        ("0312340500", (4, "unknown", "gateway_error")),
    ],
)
def test_the_exit_status_tells_the_verdict(
    cli: Cli, pbx: DemoProcess, sent: list[Any], number: str, verdict: tuple[int, str, str | None]
) -> None:
    answer = cli.run("call", number, "sales", *pbx.for_once, "--json", stdin=pbx.token.encode())
    told = answer.json
    assert (answer.status, told["outcome"], told["error"] and told["error"]["id"]) == verdict
    assert len(list(sent)) == 1
    (row,) = cli.run("log", "--json").lines
    assert {name: row[name] for name in told} == told
    assert row["created_at"].endswith("Z")
    datetime.fromisoformat(row["created_at"])


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["", "sales"], "number_missing"),
        (["nonsense", "sales"], "not_a_number"),
        (["03-1234-1234 / 06-1234-5678", "sales"], "number_ambiguous"),
        (["1" * 300, "sales"], "number_too_long"),
        (["0312341234,,,99", "sales"], "number_has_pauses"),
        (["110", "sales", "--yes"], "emergency_number"),
        (["184119", "sales", "--yes"], "emergency_number"),
        (["+81118", "sales", "--yes"], "emergency_number"),
        (["0990123456", "sales", "--yes"], "number_blocked"),
        (["+14155552671", "sales"], "confirmation_required"),
        (["090111122222", "sales"], "confirmation_required"),
        (["0570000123", "sales"], "confirmation_required"),
        (["0312341234", " "], "destination_missing"),
        (["0312341234", "03-1234-5678"], "destination_is_external"),
        (["0312341234", "sales", "--answer-timeout", "soon"], "answer_timeout_invalid"),
        (["0312341234", "sales", "--answer-timeout=-5"], "answer_timeout_invalid"),
        (["0312341234", "sales", "--callback-url", "ftp://x"], "callback_url_invalid"),
        (["0312341234", "sales", "--end-user-avatar", "file:///etc/passwd"], "avatar_url_invalid"),
        (["0312341234", "sales", "--end-user-name", "a\nb"], "end_user_invalid"),
        (["0312341234", "sales", "--calling-number", "abc"], "calling_number_invalid"),
        (["0312341234", "sales", "--account", "nobody"], "account_unknown"),
        (["0312341234", "sales"], "account_missing"),
        (["0312341234", "sales", "--server", "http://pbx.example", "--domain", "d", "--token-stdin"], "server_invalid"),
        (
            ["0312341234", "sales", "--server", "https://p.example", "--domain", "a:b", "--token-stdin"],
            "domain_invalid",
        ),
    ],
)
def test_our_own_refusals_send_nothing_and_say_why(
    cli: Cli, pbx: DemoProcess, sent: list[Any], arguments: list[str], error: str
) -> None:
    named = error.startswith("account_") or "--server" in arguments
    whole = arguments if named else [*arguments, *pbx.for_once]
    answer = cli.run("call", *whole, "--json", stdin=pbx.token.encode())
    told = answer.json
    assert (answer.status, told["outcome"], told["attempt"], told["uuids"]) == (3, "not_placed", None, [])
    assert told["error"]["id"] == error
    assert len(told["error"]["message"]) > 20
    read = not error.startswith(("account_", "number_", "not_a_", "emergency_")) and "--server" not in arguments
    assert (told["number"] == "0312341234") == (read and "0312341234" in arguments), "as far as it was read"
    assert list(sent) == []
    assert attempts_recorded(cli) == 0


def attempts_recorded(cli: Cli) -> int:
    database = cli.data_dir / "calls.sqlite3"
    if not database.exists():
        return 0
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM attempt").fetchone()[0])


@pytest.mark.parametrize("token", [b"", b"\n", b"two words", b"\xff\xfe", b"a\0b", b"x" * 2000])
def test_a_token_that_can_be_none_is_refused_unseen(cli: Cli, pbx: DemoProcess, sent: list[Any], token: bytes) -> None:
    answer = cli.run("call", "0312341234", "sales", *pbx.for_once, "--json", stdin=token)
    assert (answer.status, answer.json["error"]["id"]) == (3, "token_invalid")
    assert token not in (b"", b"\n") or list(sent) == []
    assert b"two words" not in answer.out.encode()


def test_a_confirmation_on_the_command_line_holds_for_that_call(cli: Cli, pbx: DemoProcess, sent: list[Any]) -> None:
    first = cli.run("call", "0312341234", "sales", *pbx.for_once, stdin=pbx.token.encode())
    again = cli.run("call", "+81 3-1234-1234", "support", *pbx.for_once, "--json", stdin=pbx.token.encode())
    confirmed = cli.run("call", "0312341234", "sales", *pbx.for_once, "--yes", stdin=pbx.token.encode())
    assert [first.status, again.status, confirmed.status] == [0, 3, 0]
    assert again.json["error"]["id"] == "confirmation_required"
    assert "--yes" in again.json["error"]["message"]
    assert len(list(sent)) == 2
    assert len(cli.run("log", "--json").lines) == 2


def test_for_people_the_verdict_is_one_sentence_in_their_language(cli: Cli, pbx: DemoProcess) -> None:
    placed = cli.run("call", "03-1234-1234", "sales", *pbx.for_once, stdin=pbx.token.encode())
    assert placed.out.count("\n") == 1
    assert "0312341234 -> sales" in placed.out
    assert placed.err == ""
    refused = cli.run("call", "0312340101", "sales", "--lang", "ja", *pbx.for_once, stdin=pbx.token.encode())
    assert refused.out == ""
    assert "発信していません" in refused.err
    japanese = cli.run("call", "abc", "sales", *pbx.for_once, stdin=pbx.token.encode(), LANG="ja_JP.UTF-8")
    assert "発信していません" in japanese.err


def test_one_call_at_a_time_and_an_interrupted_one_is_unknown(cli: Cli, pbx: DemoProcess, sent: list[Any]) -> None:
    first = cli.start("call", "0312340999", "sales", *pbx.for_once, "--json")
    assert first.stdin is not None
    first.stdin.write(pbx.token.encode())
    first.stdin.close()
    while not list(sent):
        assert first.poll() is None
    second = cli.run("call", "0612345678", "sales", *pbx.for_once, "--json", stdin=pbx.token.encode())
    assert (second.status, second.json["error"]["id"]) == (3, "call_in_progress")
    first.stdin = None
    first.send_signal(signal.SIGINT)
    out, err = first.communicate(timeout=30)
    told = json.loads(out)
    assert (first.returncode, told["outcome"]) == (4, "unknown")
    assert b"Traceback" not in err
    third = cli.run("call", "0612345678", "sales", *pbx.for_once, "--json", stdin=pbx.token.encode())
    assert third.status == 0, "the first one's end has let go of the account"
    rows = cli.run("log", "--json").lines
    assert [(row["number"], row["outcome"]) for row in rows] == [("0612345678", "placed"), ("0312340999", "unknown")]
    assert rows[1]["attempt"] == told["attempt"]
    assert len(list(sent)) == 2


@pytest.mark.slow
def test_without_an_answer_it_is_unknown_after_30_seconds(cli: Cli, pbx: DemoProcess) -> None:
    answer = cli.run("call", "0312340999", "sales", *pbx.for_once, "--json", stdin=pbx.token.encode(), timeout=60)
    assert (answer.status, answer.json["error"]["id"]) == (4, "no_answer_in_time")


def test_nobody_listening(cli: Cli) -> None:
    account = ["--server", "http://127.0.0.1:9/basix/api", "--domain", "d", "--token-stdin"]
    answer = cli.run("call", "0312341234", "sales", *account, "--json", stdin=b"token")
    assert (answer.status, answer.json["error"]["id"]) == (3, "connection_refused")
    (row,) = cli.run("log", "--json").lines
    assert row["state"] == "NOT_SENT"


def test_what_cannot_be_recorded_is_not_sent(cli: Cli, pbx: DemoProcess, sent: list[Any]) -> None:
    cli.data_dir.write_text("a file where the directory should be")
    answer = cli.run("call", "0312341234", "sales", *pbx.for_once, "--json", stdin=pbx.token.encode())
    assert (answer.status, answer.json["attempt"], answer.json["outcome"]) == (3, None, "not_placed")
    assert list(sent) == []
    assert cli.data_dir.read_text() == "a file where the directory should be"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX descriptors")
@pytest.mark.parametrize("redirection", [">&-", ">/dev/full", "2>&-", ">&- 2>&-", "| true"])
def test_a_lost_reader_changes_neither_call_nor_status(
    cli: Cli, pbx: DemoProcess, sent: list[Any], redirection: str
) -> None:
    script = f'set -o pipefail; "$@" {redirection}'
    result = subprocess.run(
        ["bash", "-c", script, "_", *cli.command("call", "0312341234", "sales", *pbx.for_once, "--json")],
        env=cli.environment,
        input=pbx.token.encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 0
    assert b"Traceback" not in result.stderr
    assert b"Exception" not in result.stderr
    assert len(list(sent)) == 1


def test_the_log_newest_first_limited_and_as_csv(cli: Cli, pbx: DemoProcess) -> None:
    for number in ("0312341111", "0312340101", "0312341113"):
        caller = ["--end-user-name", "=SUM(A1)", "--end-user-organization", "山田商事"]
        cli.run("call", number, "sales", *caller, *pbx.for_once, stdin=pbx.token.encode())
    rows = cli.run("log", "--json").lines
    assert [row["number"] for row in rows] == ["0312341113", "0312340101", "0312341111"]
    assert [row["state"] for row in rows] == ["ACCEPTED", "REJECTED", "ACCEPTED"]
    assert [row["number"] for row in cli.run("log", "--json", "--limit", "2").lines] == ["0312341113", "0312340101"]
    (header, *cells) = csv.reader(io.StringIO(cli.run("log", "--csv").out, newline=""))
    table = [dict(zip(header, row, strict=True)) for row in cells]
    assert [row["number"] for row in table] == ["0312341113", "0312340101", "0312341111"]
    assert {row["end_user_name"] for row in table} == {"'=SUM(A1)"}
    assert table[1]["error"] == "channel_limit_reached"
    people = cli.run("log").out
    assert people.count("\n") == 3
    assert "山田商事" in people
    assert "03-1234-1113" in people


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_call_is_unknown_in_the_log(cli: Cli, pbx: DemoProcess, sent: list[Any]) -> None:
    process = cli.start("call", "0312340999", "sales", *pbx.for_once, "--json")
    assert process.stdin is not None
    process.stdin.write(pbx.token.encode())
    process.stdin.close()
    process.stdin = None
    while not list(sent):
        assert process.poll() is None
    process.kill()
    process.communicate(timeout=30)
    (row,) = cli.run("log", "--json").lines
    assert (row["state"], row["outcome"], row["error"]["id"]) == ("UNKNOWN", "unknown", "stopped_while_sending")


def test_a_newer_log_is_left_alone_in_words(cli: Cli, pbx: DemoProcess, sent: list[Any]) -> None:
    cli.run("call", "0312341234", "sales", *pbx.for_once, stdin=pbx.token.encode())
    with contextlib.closing(sqlite3.connect(cli.data_dir / "calls.sqlite3")) as connection:
        connection.execute("PRAGMA user_version = 9999")
    answer = cli.run("log", "--json")
    assert (answer.status, answer.out) == (3, "")
    assert answer.err
    call = cli.run("call", "0612345678", "sales", *pbx.for_once, "--json", stdin=pbx.token.encode())
    assert (call.status, call.json["error"]["id"]) == (3, "store_newer")
    assert len(list(sent)) == 1


def test_without_standard_input_there_is_no_token(cli: Cli, pbx: DemoProcess, sent: list[Any]) -> None:
    command = cli.command("call", "0312341234", "sales", *pbx.for_once, "--json")
    result = subprocess.run(
        ["sh", "-c", '"$@" <&-', "_", *command], env=cli.environment, capture_output=True, timeout=60, check=False
    )
    assert (result.returncode, json.loads(result.stdout)["error"]["id"]) == (3, "token_invalid")
    assert list(sent) == []


def test_an_empty_log_is_no_error_and_makes_no_database(cli: Cli) -> None:
    for form in ([], ["--json"]):
        assert cli.run("log", *form) == type(cli.run("log", *form))(0, "", "")
    assert not (cli.data_dir / "calls.sqlite3").exists()


def test_wrong_syntax_is_2_and_a_command_imports_no_window(cli: Cli) -> None:
    assert cli.run("call").status == 2
    code = (
        "import sys; from basix_desktop.app.main import main; code = main(['log', '--json']);"
        "assert 'PySide6' not in sys.modules and 'httpx' not in sys.modules; sys.exit(code)"
    )
    assert subprocess.run([sys.executable, "-c", code], env=cli.environment, check=False, timeout=60).returncode == 0


def test_a_port_that_is_taken(pbx: DemoProcess, tmp_path: Path) -> None:
    port = pbx.server.split(":")[2].split("/")[0]
    result = subprocess.run(
        [*PROGRAM, "demo-pbx", "--port", port], env=environment(tmp_path), capture_output=True, timeout=60, check=False
    )
    assert (result.returncode, result.stdout) == (1, b"")
    assert b"Traceback" not in result.stderr
    assert result.stderr.count(b"\n") == 1


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="reads /proc")
def test_the_token_reaches_nothing_but_the_pbx(cli: Cli, pbx: DemoProcess, sent: list[Any]) -> None:
    process = cli.start("call", "0312340999", "sales", *pbx.for_once, "--json")
    assert process.stdin is not None
    process.stdin.write(pbx.token.encode())
    process.stdin.close()
    while not list(sent):
        assert process.poll() is None
    proc = Path(f"/proc/{process.pid}")
    seen = [(proc / name).read_bytes() for name in ("cmdline", "environ")]
    process.stdin = None
    process.send_signal(signal.SIGINT)
    seen.extend(process.communicate(timeout=30))
    for number in ("0312340001", "0312340401", "0312340444", "0312340500"):
        answer = cli.run("call", number, "sales", "--yes", *pbx.for_once, stdin=pbx.token.encode())
        seen += [answer.out.encode(), answer.err.encode()]
    seen += [file.read_bytes() for file in cli.home.rglob("*") if file.is_file()]
    assert len(seen) > 12
    for form in _forms(pbx.token, pbx.domain):
        assert not any(form in each for each in seen)
    assert not list(cli.home.rglob("core*"))


def _forms(token: str, domain: str) -> list[bytes]:
    raw = token.encode()
    return [
        raw,
        raw.hex().encode(),
        token.encode("utf-16-le"),
        base64.b64encode(raw),
        base64.b64encode(f"{domain}:{token}".encode()),
    ]


def test_files_are_the_owners_only(cli: Cli, pbx: DemoProcess) -> None:
    before = os.umask(0)
    try:
        cli.run("call", "0312341234", "sales", *pbx.for_once, stdin=pbx.token.encode())
    finally:
        os.umask(before)
    if os.name == "posix":
        assert not [path for path in cli.data_dir.rglob("*") if path.stat().st_mode & 0o077]
        assert not cli.data_dir.stat().st_mode & 0o077
