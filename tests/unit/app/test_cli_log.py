"""``basix-desktop log`` over a real log."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from basix_desktop.app import cli_log
from basix_desktop.app.cli_parser import parse
from basix_desktop.app.cli_session import Session
from basix_desktop.app.paths import Paths
from basix_desktop.app.redact import Redactor
from basix_desktop.app.settings import JsonSettings
from basix_desktop.app.stores import Stores
from basix_desktop.domain.accounts import Account, Settings
from basix_desktop.domain.calls import LiveSummary
from basix_desktop.domain.live import CallPhase, EndedBy
from basix_desktop.services.ports import RepeatRules
from tests.unit.store.kit import PLACED, Clock, intent

NOBODY = {"live_phase": "", "live_reached": "", "live_connected_with": "", "live_talked_ms": ""}


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A log of two calls to Osaka, made from Japan; the feed has seen the second. The account is in France."""
    paths = Paths.choose(tmp_path / "data")
    paths.prepare()
    stores = Stores(paths.database, paths.instances, Clock())
    stores.open().result(20)

    def call(ended: LiveSummary | None) -> None:
        made = intent("0612345678", "+81612345678")
        request = replace(made.request, answer_timeout=45, callback_url="https://example.com/done")
        attempt = stores.journal.begin(replace(made, request=request, confirmed=("*",)), (), RepeatRules())
        stores.journal.to_sending(attempt.id)
        stores.journal.settle(attempt.id, PLACED)
        if ended is not None:
            stores.journal.tell_live(attempt.id, ended, ())

    ended = LiveSummary(CallPhase.ENDED, "Helen Clarke", 130_000, EndedBy.CALLER, "NORMAL_CLEARING")
    for each in (None, ended):
        stores.db.submit(lambda ended=each: call(ended)).result(20)  # type: ignore[misc]
    stores.close()
    JsonSettings(paths.settings, tmp_path / "none").save(Settings((Account("Paris", "p.example", home_region="FR"),)))
    return paths


def printed(paths: Paths, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert cli_log.run(Session(paths, parse(["log", *options]).arguments, Redactor(b"key"))) == 0
    return capsys.readouterr().out


def test_a_number_is_grouped_as_where_it_was_dialled(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(paths, capsys).count(" 06-1234-5678 ") == 2


def test_json_tells_what_is_known_of_the_legs_and_all_options(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    newest, first = (json.loads(line) for line in printed(paths, capsys, "--json").splitlines())
    assert newest["live"] == {
        "phase": "ended",
        "connected_with": "Helen Clarke",
        "talked_ms": 130_000,
        "ended_by": "caller",
        "cause": "NORMAL_CLEARING",
        "reached": None,
    }
    assert first["live"] is None, "nobody watched it"
    assert (first["answer_timeout"], first["callback_url"]) == (45, "https://example.com/done")


def test_csv_tells_the_same(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    header, *cells = csv.reader(io.StringIO(printed(paths, capsys, "--csv"), newline=""))
    newest, first = (dict(zip(header, row, strict=True)) for row in cells)
    assert (newest["live_phase"], newest["live_connected_with"]) == ("ended", "Helen Clarke")
    assert (newest["live_talked_ms"], newest["live_ended_by"]) == ("130000", "caller")
    assert NOBODY.items() <= first.items()
    assert (first["answer_timeout"], first["callback_url"]) == ("45", "https://example.com/done")
    assert first["user_word"] == ""
