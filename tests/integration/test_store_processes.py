"""The store among processes: pressing at once, dying, holding the file, and a disk that cannot be written."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from basix_desktop.app.clock import SystemClock
from basix_desktop.app.stores import Stores
from basix_desktop.domain.calls import State
from basix_desktop.domain.errors import AlreadyCalling, ConfirmationRequired, StoreError
from basix_desktop.services.ports import LogFilter, LogQuery, RepeatRules
from basix_desktop.store import backups
from basix_desktop.store.check import check
from basix_desktop.store.database import open_database
from basix_desktop.store.history import SqliteHistory
from tests.helpers.make_calls import DOMAIN, SERVER, make_calls
from tests.unit.store.kit import OFFLINE, desk, intent

ROOT = Path(__file__).parents[2]
ROUNDS = 12


class Child:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def tell(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def hear(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()


@contextmanager
def child(what: str, folder: Path) -> Iterator[Child]:
    command = [sys.executable, "-m", "tests.integration.store_child", what, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Child(process)
        finally:
            process.kill()


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    """A window's view of the data in the test's folder."""
    made = Stores(tmp_path / "data" / "calls.sqlite3", tmp_path / "data" / "instances", SystemClock())
    made.open().result(20)
    yield made
    made.close()


def left_by(what: str, folder: Path) -> str:
    """The attempt that a process left behind when it was killed."""
    with child(what, folder) as one:
        attempt_id = one.hear()
        one.tell("die")
        assert one.process.wait(20) == -signal.SIGKILL
    return attempt_id


def test_four_processes_press_at_once(tmp_path: Path) -> None:
    """One wins each round; the others learn which (reliability.md I14, G5)."""
    with ExitStack() as stack:
        players = [stack.enter_context(child("race", tmp_path)) for _ in range(4)]
        assert [player.hear() for player in players] == ["ready"] * 4
        for _ in range(ROUNDS):
            for player in players:
                player.tell("go")
            words = [player.hear().split() for player in players]
            won = [attempt_id for word, attempt_id in words if word == "won"]
            assert len(won) == 1
            assert {attempt_id for _, attempt_id in words} == set(won)
            for player in players:
                player.tell("end")
            assert sorted(player.hear() for player in players) == ["nothing to settle"] * 3 + ["settled"]
    with desk(tmp_path) as one:
        assert one.history.counts()[LogFilter.PLACED] == one.history.counts()[LogFilter.ALL] == ROUNDS
        assert check(one.reading) == []


@pytest.mark.parametrize(("left", "found"), [("intent", State.NOT_SENT), ("sending", State.UNKNOWN)])
def test_what_a_killed_process_leaves(tmp_path: Path, left: str, found: State) -> None:
    with desk(tmp_path) as one:
        attempt_id = left_by(left, tmp_path)
        for _ in range(3):  # killed while it recovers, again and again (K15)
            with child("die_recovering", tmp_path) as again:
                assert again.process.wait(20) == -signal.SIGKILL
            assert one.state(attempt_id).in_flight
        assert [(each.id, each.state) for each in one.journal.recover()] == [(attempt_id, found)]
        assert [event.kind for event in one.history.events(attempt_id)][-1] == "recovered"
        assert one.begin().state is State.INTENT


def test_the_living_are_left_alone(tmp_path: Path) -> None:
    with desk(tmp_path) as one, child("sending", tmp_path) as other:
        attempt_id = other.hear()
        assert one.journal.recover() == []
        with pytest.raises(AlreadyCalling) as refused:
            one.begin()
        assert refused.value.attempt_id == attempt_id


@pytest.mark.logs_expected("the log is damaged")
@pytest.mark.parametrize("readable", [True, False])
@pytest.mark.parametrize("wanted", ["empty log", "copy"])
def test_no_log_is_begun_anew_while_another_process_may_be_calling(
    tmp_path: Path, stores: Stores, readable: bool, wanted: str
) -> None:
    """Its attempt, past the gate, would be in no log that is looked at before the next call."""
    data = tmp_path / "data"
    copy = stores.db.submit(lambda: backups.make(stores._writer()[0], data / "calls.sqlite3", 1)).result(20)
    chosen = None if wanted == "empty log" else copy
    with child("sending", tmp_path) as other:
        attempt_id = other.hear()
        if not readable:
            with (data / "calls.sqlite3").open("r+b") as file:
                file.write(b"x" * 4096)
        replaced = stores.replace_log(chosen).exception(20)
        assert isinstance(replaced, StoreError)
        if readable:
            assert replaced.id == "store_busy"
            assert stores.db.submit(lambda: stores.journal.get(attempt_id)).result(20) is not None
        else:  # opening it again found the damage: nothing is called unasked
            again = stores.db.submit(lambda: stores.journal.begin(intent(), (), RepeatRules())).exception(20)
            assert isinstance(again, ConfirmationRequired)
        assert not list(data.glob("calls.sqlite3.restoring-*"))


def test_a_log_is_begun_anew_once_nobody_is_calling(tmp_path: Path, stores: Stores) -> None:
    dead = left_by("sending", tmp_path)  # a damaged file may keep it from being recovered
    ours = stores.db.submit(lambda: stores.journal.begin(intent(domain="other"), (), RepeatRules())).result(20)
    replaced = stores.replace_log(None).exception(20)
    assert isinstance(replaced, StoreError)
    assert replaced.id == "store_busy"
    stores.db.submit(lambda: stores.journal.not_sent(ours.id, OFFLINE)).result(20)
    assert stores.replace_log(None).result(20).exists()
    assert stores.db.submit(lambda: stores.journal.get(dead)).result(20) is None


def test_a_database_held_by_another_is_busy_within_five_seconds(tmp_path: Path) -> None:
    """reliability.md I1; reading goes on."""
    with desk(tmp_path) as one:
        one.call()
        with child("exclusive", tmp_path) as other:
            assert other.hear() == "held"
            started = time.monotonic()
            with pytest.raises(StoreError) as refused:
                one.begin()
            assert time.monotonic() - started < 5.5
            assert refused.value.id == "store_busy"
            assert len(one.history.page(LogQuery(), None, 10)) == 1
            other.tell("let go")
            assert other.process.wait(20) == 0
        assert one.begin().row == 2


@contextmanager
def nobody() -> Iterator[None]:
    """Without root's right to write anywhere."""
    if os.geteuid() == 0:
        os.setegid(65534)
        os.seteuid(65534)
    try:
        yield
    finally:
        if os.getuid() == 0:
            os.seteuid(0)
            os.setegid(0)


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_where_nothing_can_be_written_the_log_is_still_shown(tmp_path: Path) -> None:
    """reliability.md J6."""
    with desk(tmp_path) as one:
        one.call()
    folder = Path(tempfile.mkdtemp()) / "data"  # pytest's own folders are closed to others
    folder.parent.chmod(0o755)
    shutil.copytree(one.path.parent, folder)
    try:
        for file in folder.rglob("*"):
            file.chmod(0o555 if file.is_dir() else 0o444)
        folder.chmod(0o555)
        with nobody():
            with pytest.raises(StoreError) as refused:
                open_database(folder / one.path.name)
            assert refused.value.id == "store_read_only"
            with closing(open_database(folder / one.path.name, read_only=True)) as reading:
                assert len(SqliteHistory(reading).page(LogQuery(text="helen"), None, 10)) == 1
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder.parent)


def test_a_large_log_reads_by_the_index(tmp_path: Path) -> None:
    """5,000 calls: the plans use indexes, and what is found agrees with a plain comparison of every row."""
    path = tmp_path / "data" / "calls.sqlite3"
    make_calls(path, 5_000)
    with closing(open_database(path, read_only=True)) as reading:
        history = SqliteHistory(reading)
        counts = history.counts()
        assert counts[LogFilter.ALL] == 5_000
        every = history.page(LogQuery(), None, 5_000)
        assert check(reading) == []
        for text, field in (("さくら", "さくら"), ("山田", "山田"), ("佐々木 太郎", "佐々木 太郎")):
            expected = [
                each.row
                for each in every
                if field in each.request.end_user.name + "\n" + each.request.end_user.organization
            ]
            assert [each.row for each in history.page(LogQuery(text=text), None, 5_000)] == expected
            assert history.counts(text)[LogFilter.ALL] == len(expected)
        typed = every[123].typed
        assert every[123].row in [each.row for each in history.page(LogQuery(text=typed), None, 100)]
        last = history.last(SERVER, DOMAIN)
        assert last is not None
        assert last.state is not State.NOT_SENT
        for sql in (
            "SELECT row FROM attempt a WHERE a.bucket = 'to_check' ORDER BY a.row DESC LIMIT 50",
            "SELECT row FROM attempt WHERE number_key = ? ORDER BY row DESC",
            "SELECT row FROM attempt WHERE domain = ? AND server = ? ORDER BY row DESC",
            "SELECT row FROM attempt WHERE state IN ('INTENT', 'SENDING')",
            "SELECT bucket, count(*) FROM attempt GROUP BY bucket",
            "SELECT row FROM attempt WHERE indexed = 0",
        ):
            plan = " ".join(row[3] for row in reading.execute("EXPLAIN QUERY PLAN " + sql, ("",) * sql.count("?")))
            assert "INDEX" in plan, sql
            assert "TEMP B-TREE" not in plan, sql
