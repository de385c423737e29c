"""Putting a copy in the place of a damaged log (reliability.md I4): no call made since is lost, nor any file."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from basix_desktop.domain.calls import Attempt, CallResult, State, UserWord
from basix_desktop.domain.errors import StoreError
from basix_desktop.services.ports import LogFilter, LogQuery
from basix_desktop.store import backups, restore
from basix_desktop.store.check import check
from basix_desktop.store.database import StoreDamaged, open_database
from tests.unit.store.kit import DOMAIN, OFFLINE, PLACED, REFUSED, SERVER, UNKNOWN, Desk, desk

ROOT = Path(__file__).parents[3]


def back_up(one: Desk) -> Path:
    return backups.make(one.database, one.path, 1)


@pytest.fixture
def copied(tmp_path: Path) -> tuple[Path, Path]:
    """A log of which a copy was made with two calls in it and a favourite, then damaged and begun anew."""
    with desk(tmp_path) as one:
        one.call(user_name="山田 太郎")
        one.call(REFUSED)
        one.favourites.add(SERVER, DOMAIN, "sales", "Sales")
        copy, path = back_up(one), one.path
        one.call()
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(StoreDamaged):
        open_database(path)
    return path, copy


def calls_since(tmp_path: Path) -> list[Attempt]:
    """One of each kind, in the log that was begun anew."""
    with desk(tmp_path) as one:
        placed = one.call(replace(PLACED, uuids=("0f0f2ed4-9a50-461d-af0c-26a8bc1fd8f8",)), user_name="佐藤")
        one.call(REFUSED)
        unknown = one.call(UNKNOWN)
        one.journal.say(unknown.id, UserWord.RANG)
        one.journal.not_sent(one.begin().id, OFFLINE)
        by_result = one.sent()
        one.journal.take_result(by_result.id, CallResult(0, "1f0f2ed4-9a50-461d-af0c-26a8bc1fd8f8"))
        one.journal.settle(by_result.id, UNKNOWN)
        one.favourites.add(SERVER, DOMAIN, "helen", "Helen")
        one.favourites.add(SERVER, DOMAIN, "sales", "Sales desk")
        one.favourites.allow_country(SERVER, DOMAIN, "US")
        assert placed.state is State.ACCEPTED
        return [whole(one, each.id) for each in one.history.page(LogQuery(), None, 99)]


def whole(one: Desk, attempt_id: str) -> Attempt:
    found = one.history.attempt(attempt_id)
    assert found is not None
    return replace(found, row=0)


def test_calls_made_since_come_after_those_of_the_copy_exactly_as_they_were(
    copied: tuple[Path, Path], tmp_path: Path
) -> None:
    path, copy = copied
    since = calls_since(tmp_path)
    kept = restore.restore(path, copy)
    assert kept.is_file()
    with desk(tmp_path) as one:
        shown = [whole(one, each.id) for each in one.history.page(LogQuery(), None, 99)]
        assert shown[: len(since)] == since
        assert [each.state for each in shown[len(since) :]] == [State.REJECTED, State.ACCEPTED]
        assert check(one.reading) == []
        assert [each.request.end_user.name for each in one.history.page(LogQuery(text="佐藤"), None, 9)] == ["佐藤"]
        assert one.history.counts("佐藤")[LogFilter.PLACED] == 1
        labels = [(each.label, each.position) for each in one.favourites.list(SERVER, DOMAIN)]
        assert labels == [("Sales", 0), ("Helen", 1)]
        assert one.favourites.allowed_countries(SERVER, DOMAIN) == {"US"}
        assert one.begin().state is State.INTENT, "and it goes on"


def test_restoring_twice_adds_nothing(copied: tuple[Path, Path], tmp_path: Path) -> None:
    path, copy = copied
    since = calls_since(tmp_path)
    for _ in "12":
        restore.restore(path, copy)
    with desk(tmp_path) as one:
        assert one.history.counts()[LogFilter.ALL] == len(since) + 2


def test_a_log_that_stands_damaged_is_kept_and_replaced(tmp_path: Path) -> None:
    with desk(tmp_path) as one:
        one.call()
        copy, path = back_up(one), one.path
    broken = path.read_bytes()[:2000]
    path.write_bytes(broken)
    kept = restore.restore(path, copy)
    assert kept.read_bytes() == broken
    with desk(tmp_path) as one:
        assert one.history.counts()[LogFilter.ALL] == 1


def test_damage_within_the_pages_keeps_no_copy_back(tmp_path: Path) -> None:
    with desk(tmp_path) as one:
        for _ in range(30):
            one.call()
        copy, path = back_up(one), one.path
        one.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(path.read_bytes())
    content[8192 : len(content) - 4096] = os.urandom(len(content) - 4096 - 8192)
    path.write_bytes(content)
    kept = restore.restore(path, copy)
    assert kept.read_bytes() == content
    with desk(tmp_path) as one:
        assert one.history.counts()[LogFilter.ALL] == 30
        assert check(one.reading) == []


def test_nothing_changes_while_a_call_is_under_way_or_another_program_has_the_log(
    copied: tuple[Path, Path], tmp_path: Path
) -> None:
    path, copy = copied
    with desk(tmp_path) as one:
        attempt = one.sent()
        with pytest.raises(StoreError) as refused:
            restore.restore(path, copy)
        assert refused.value.id == "store_busy"
        one.journal.settle(attempt.id, PLACED)
    with desk(tmp_path) as one:
        attempt = one.sent()
    with pytest.raises(StoreError) as refused:
        restore.restore(path, copy)
    assert refused.value.id == "store_busy", "an attempt in flight is not copied"
    with desk(tmp_path) as one:
        assert one.state(attempt.id) is State.SENDING
        assert one.history.counts()[LogFilter.ALL] == 2
    assert not list(path.parent.glob("*.restoring-*"))


def test_a_damaged_copy_changes_nothing(copied: tuple[Path, Path], tmp_path: Path) -> None:
    path, copy = copied
    since = calls_since(tmp_path)
    copy.write_bytes(copy.read_bytes()[:-4096])
    with pytest.raises(StoreError) as refused:
        restore.restore(path, copy)
    assert refused.value.id == "store_damaged"
    with desk(tmp_path) as one:
        assert one.history.counts()[LogFilter.ALL] == len(since)
    assert not list(path.parent.glob("*.restoring-*"))


def test_the_newest_copy_that_is_good_is_offered(copied: tuple[Path, Path], tmp_path: Path) -> None:
    path, copy = copied
    with closing(sqlite3.connect(copy)) as good:
        last = good.execute("SELECT max(created_at) FROM attempt").fetchone()[0]
    (copy.parent / f"{path.stem}-v3-29990101T000000.000000Z.db").write_bytes(copy.read_bytes()[:5000])
    assert backups.newest_good(path) == backups.Backup(copy, 2, last)
    copy.unlink()
    assert backups.newest_good(path) is None


KILLED = """
import os, signal, sys
from pathlib import Path
from basix_desktop.store import restore
at = int(sys.argv[3])
steps = [0]
def counted(fn):
    def call(*args, **named):
        steps[0] += 1
        if steps[0] == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return fn(*args, **named)
    return call
for name in ("_copied", "_bring_up", "_have_alone", "_add_attempts", "_add_rest", "_put"):
    setattr(restore, name, counted(getattr(restore, name)))
restore.os.link = counted(os.link)
Path.replace = counted(Path.replace)
restore.files.remember = counted(restore.files.remember)
restore.restore(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.parametrize("at", range(1, 10))
def test_killed_anywhere_the_log_is_the_former_or_the_new_one(
    copied: tuple[Path, Path], tmp_path: Path, at: int
) -> None:
    path, copy = copied
    since = calls_since(tmp_path)
    command = [sys.executable, "-c", KILLED, str(path), str(copy), str(at)]
    assert subprocess.run(command, cwd=ROOT, check=False, timeout=60).returncode == -signal.SIGKILL
    with desk(tmp_path) as one:
        count = one.history.counts()[LogFilter.ALL]
        assert count == len(since) + (2 if at == 9 else 0)
        assert check(one.reading) == []
    restore.restore(path, copy)
    with desk(tmp_path) as one:
        assert one.history.counts()[LogFilter.ALL] == len(since) + 2
