"""A log that is lost knows of no call before: nothing is called unasked that may have been called a moment ago."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.cli_process import Cli, DemoProcess

CUT = "0312340444"  # the demo PBX: the connection is cut after the request
OTHER = "0612345678"


def garbage(path: Path) -> None:
    path.write_bytes(b"x" * 4096 + path.read_bytes()[4096:])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def truncated(path: Path) -> None:
    os.truncate(path, 20_000)


def gone(path: Path) -> None:
    path.unlink()


def log_of(cli: Cli) -> Path:
    return cli.data_dir / "calls.sqlite3"


def note_of(cli: Cli) -> Path:
    return cli.data_dir / "calls.sqlite3.lost"


@pytest.mark.parametrize("damage", [garbage, empty, truncated, gone])
def test_what_may_have_been_placed_before_is_asked_about(
    cli: Cli, pbx: DemoProcess, damage: Callable[[Path], None]
) -> None:
    before = len(pbx.bodies)

    def call(number: str, *options: str) -> tuple[int, str, str]:
        answer = cli.run("call", number, "sales", *pbx.for_once, "--json", *options, stdin=pbx.token.encode())
        error = answer.json["error"]
        return answer.status, error["id"] if error else "", answer.err + (error["message"] if error else "")

    assert call(CUT)[0] == 4
    damage(log_of(cli))
    for number in (CUT, OTHER, CUT):  # whichever meets the damage, and however often
        status, error, words = call(number)
        assert (status, error) == (3, "confirmation_required")
        assert "call log was lost" in words
        (kept,) = cli.data_dir.glob("*.damaged-*") if damage is not gone else ("was gone",)
        assert str(kept) in words
    assert len(pbx.bodies) == before + 1
    status, _, words = call(OTHER, "--yes")
    assert (status, "Attention" in words) == (0, True)
    assert len(pbx.bodies) == before + 2


@pytest.mark.parametrize("damage", [garbage, gone])
def test_log_and_doctor_tell_until_somebody_knows(cli: Cli, pbx: DemoProcess, damage: Callable[[Path], None]) -> None:
    cli.run("call", OTHER, "sales", *pbx.for_once, stdin=pbx.token.encode())
    assert cli.run("log").err == ""
    damage(log_of(cli))
    for _ in "12":
        told = cli.run("log", "--json")
        assert (told.status, told.out) == (0, "")
        assert "a new one was begun" in told.err
        assert str(note_of(cli)) in told.err
        (found,) = [line for line in cli.run("doctor", "--json").lines if line["check"] == "call_log"]
        assert (found["ok"], found["id"]) == (False, "log_lost")
    assert "新しい履歴" in cli.run("log", "--lang", "ja").err
    note_of(cli).unlink()
    assert cli.run("log").err == ""
    (found,) = [line for line in cli.run("doctor", "--json").lines if line["check"] == "call_log"]
    assert found["ok"]


def test_a_loss_long_ago_no_longer_stops_a_call(cli: Cli, pbx: DemoProcess) -> None:
    """An attempt that may have been placed would not be asked about any more either."""
    cli.run("call", CUT, "sales", *pbx.for_once, stdin=pbx.token.encode())
    garbage(log_of(cli))
    assert cli.run("call", CUT, "sales", *pbx.for_once, stdin=pbx.token.encode()).status == 3
    long_ago = time.time() - 3700
    os.utime(note_of(cli), (long_ago, long_ago))
    answer = cli.run("call", OTHER, "sales", *pbx.for_once, stdin=pbx.token.encode())
    assert (answer.status, "Attention" in answer.err) == (0, True)
