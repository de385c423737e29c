"""The file: made private, refused untouched, moved aside, brought up to date whole or not at all."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from basix_desktop.domain.errors import StoreError
from basix_desktop.services.ports import LogQuery
from basix_desktop.store import files
from basix_desktop.store.database import Database, StoreDamaged, open_database
from basix_desktop.store.files import APPLICATION_ID
from basix_desktop.store.history import SqliteHistory
from basix_desktop.store.migrations import MIGRATIONS, Step
from tests.unit.store.kit import desk

LATER: tuple[Step, ...] = (
    *MIGRATIONS,
    (
        "CREATE TABLE extra (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
        "INSERT INTO extra (text) SELECT id FROM attempt",
        "ALTER TABLE favourite ADD COLUMN colour TEXT",
    ),
    ("DROP INDEX attempt_place", "CREATE INDEX attempt_place ON attempt (domain, server, account)"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "calls.sqlite3"


@pytest.fixture
def used(tmp_path: Path, path: Path) -> Path:
    """A database with one call, closed."""
    with desk(tmp_path) as one:
        one.call()
    return path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def content(folder: Path) -> dict[str, str]:
    """File names and digests: a failing comparison of whole databases would take minutes to print."""
    return {file.name: digest(file) for file in folder.iterdir() if file.is_file()}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def calls(path: Path) -> int:
    with closing(open_database(path)):  # brings a write-ahead log into the file
        pass
    with closing(open_database(path, read_only=True)) as reading:
        return len(SqliteHistory(reading).page(LogQuery(), None, 100))


def edit(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(sql)


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def pragma(database: Database, name: str) -> object:
    return database.execute(f"PRAGMA {name}").fetchone()[0]


def test_durable_and_wary(path: Path) -> None:
    with closing(open_database(path)) as database:
        found = {
            name: pragma(database, name)
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "secure_delete")
        }
        assert found == {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "trusted_schema": 0,
            "secure_delete": 1,
        }
        assert pragma(database, "application_id") == APPLICATION_ID
        assert pragma(database, "user_version") == len(MIGRATIONS)
        assert 0 < int(str(pragma(database, "busy_timeout"))) <= 5000
        tables = database.execute(
            "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
            "AND name NOT LIKE 'sqlite%'"
        ).fetchall()
        assert tables
        assert [name for name, strict in tables if not strict] == []


def test_a_reader_cannot_write(used: Path) -> None:
    with closing(open_database(used, read_only=True)) as database, pytest.raises(sqlite3.OperationalError):
        database.execute("DELETE FROM favourite")


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_private_whatever_the_umask(path: Path) -> None:
    with umask(0), closing(open_database(path)) as database:
        database.execute("INSERT INTO favourite (server, domain, destination, label, position) VALUES ('','','','',0)")
        made = {file.name: mode(file) for file in path.parent.iterdir()}
    assert {"calls.sqlite3", "calls.sqlite3-wal", "calls.sqlite3-shm"} <= set(made)
    assert set(made.values()) == {0o600}
    assert mode(path.parent) == 0o700


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_what_others_may_do_is_taken_away_at_the_start(path: Path) -> None:
    with closing(open_database(path)) as database:
        edit(path, "DELETE FROM favourite")
        companions = [path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")]
        for file in companions:
            file.chmod(0o644)
        path.parent.chmod(0o755)
        with closing(open_database(path)):
            assert [mode(file) for file in companions] == [0o600] * 3
            assert mode(path.parent) == 0o700
        assert pragma(database, "user_version") == len(MIGRATIONS)


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_somebody_elses_folder_is_not_closed(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("theirs")
    tmp_path.chmod(0o755)
    with closing(open_database(tmp_path / "calls.sqlite3")):
        assert mode(tmp_path) == 0o755
        assert mode(tmp_path / "calls.sqlite3") == 0o600


@pytest.mark.parametrize("name", ["a b?c#d%41.sqlite3", "通話.sqlite3"])
def test_any_file_name(tmp_path: Path, name: str) -> None:
    with closing(open_database(tmp_path / name)), closing(open_database(tmp_path / name, read_only=True)):
        assert (tmp_path / name).stat().st_size > 0


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    ("sql", "error"),
    [
        ("PRAGMA user_version = 9999", "store_newer"),
        ("PRAGMA application_id = 252006674", "store_foreign"),
        ("PRAGMA application_id = 0", "store_foreign"),
    ],
)
def test_newer_and_foreign_files_stay_untouched(used: Path, sql: str, error: str, read_only: bool) -> None:
    edit(used, sql)
    with closing(sqlite3.connect(used)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = content(used.parent)
    with pytest.raises(StoreError) as refused:
        open_database(used, read_only=read_only)
    assert refused.value.id == error
    assert content(used.parent) == before


def test_an_update_after_the_first_look_is_seen(used: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By another machine, on a file system that shows a descriptor's bytes as they were when it was opened."""
    header = files.read_header(used)
    edit(used, "PRAGMA user_version = 9999")
    monkeypatch.setattr(files, "read_header", lambda _: header)
    with pytest.raises(StoreError) as refused:
        open_database(used)
    assert refused.value.id == "store_newer"
    with closing(sqlite3.connect(used)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (9999,)


def test_newer_in_the_log_alone_is_seen(used: Path) -> None:
    """The first page in the file is older than the one in the write-ahead log of another program still running."""
    with closing(sqlite3.connect(used, isolation_level=None)) as other:
        other.execute("PRAGMA wal_autocheckpoint = 0")
        other.execute("PRAGMA user_version = 9999")
        before = content(used.parent)
        with pytest.raises(StoreError) as refused:
            open_database(used)
        after = content(used.parent)
    assert refused.value.id == "store_newer"
    assert "9999" in refused.value.detail
    assert {name: after[name] for name in before if not name.endswith("-shm")} == {
        name: before[name] for name in before if not name.endswith("-shm")
    }


def test_another_programs_database_without_an_id_is_foreign(path: Path) -> None:
    path.parent.mkdir()
    edit(path, "CREATE TABLE theirs (x)")
    before = digest(path)
    with pytest.raises(StoreError) as refused:
        open_database(path)
    assert refused.value.id == "store_foreign"
    assert digest(path) == before


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER evil AFTER INSERT ON attempt BEGIN DELETE FROM favourite; END",
        "CREATE VIEW evil AS SELECT 1",
        "CREATE TABLE attempt_index_evil (x)",
        "DROP TRIGGER attempt_moves",
        "DROP INDEX attempt_in_flight",
    ],
)
@pytest.mark.parametrize("read_only", [False, True])
def test_a_schema_that_is_not_ours_is_not_used(used: Path, sql: str, read_only: bool) -> None:
    edit(used, sql)
    with pytest.raises(StoreError, match="unexpected schema") as refused:
        open_database(used, read_only=read_only)
    assert refused.value.id == "store_foreign"


def _garbage(path: Path) -> None:
    path.write_bytes(os.urandom(20_000))


def _text(path: Path) -> None:
    path.write_text("SQLite format 3? no.")


def _short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50])


def _half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _first_page_gone(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 3996 + path.read_bytes()[4096:])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [_garbage, _text, _short, _half, _first_page_gone, _empty])
def test_a_damaged_file_is_moved_aside_and_kept(used: Path, damage: Callable[[Path], None]) -> None:
    damage(used)
    wrong = digest(used)
    for suffix in ("-wal", "-shm"):
        used.with_name(used.name + suffix).unlink(missing_ok=True)
    with pytest.raises(StoreDamaged) as moved:
        open_database(used)
    assert moved.value.id == "store_damaged"
    assert digest(moved.value.aside) == wrong
    assert moved.value.backup is None
    assert not used.exists()
    assert calls(used) == 0  # the next call starts afresh
    assert digest(moved.value.aside) == wrong


def test_the_companions_go_with_a_damaged_file(used: Path) -> None:
    _garbage(used)
    used.with_name(used.name + "-wal").write_bytes(b"log")
    used.with_name(used.name + "-shm").write_bytes(b"shared")
    with pytest.raises(StoreDamaged) as moved:
        open_database(used)
    aside = moved.value.aside
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"log"
    assert aside.with_name(aside.name + "-shm").read_bytes() == b"shared"


def test_a_reader_moves_nothing(used: Path) -> None:
    _empty(used)
    with pytest.raises(StoreError) as refused:
        open_database(used, read_only=True)
    assert refused.value.id == "store_damaged"
    assert used.exists()


def test_an_empty_file_where_none_was_is_a_new_database(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    assert calls(path) == 0


def test_a_log_without_its_database_is_kept(used: Path) -> None:
    log = used.with_name(used.name + "-wal")
    used.unlink()
    log.write_bytes(b"calls not yet written back")
    with pytest.raises(StoreDamaged) as moved:
        open_database(used)
    assert moved.value.aside.with_name(moved.value.aside.name + "-wal").read_bytes() == b"calls not yet written back"


def test_damage_names_the_newest_copy(used: Path) -> None:
    with closing(open_database(used, steps=LATER)):
        pass
    _garbage(used)
    with pytest.raises(StoreDamaged) as moved:
        open_database(used, steps=LATER)
    assert moved.value.backup is not None
    with closing(sqlite3.connect(moved.value.backup)) as copy:
        assert copy.execute("SELECT count(*) FROM attempt").fetchone() == (1,)


def test_an_update_is_preceded_by_a_copy(used: Path) -> None:
    with closing(open_database(used, steps=LATER)) as database:
        assert pragma(database, "user_version") == len(LATER)
        assert database.execute("SELECT count(*) FROM extra").fetchone() == (1,)
    (copy,) = (used.parent / "backups").iterdir()
    assert (mode(copy), mode(copy.parent)) == (0o600, 0o700)
    with closing(sqlite3.connect(copy)) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert old.execute("SELECT count(*) FROM attempt").fetchone() == (1,)
        assert old.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with pytest.raises(StoreError) as refused:
        open_database(used)
    assert refused.value.id == "store_newer"


def test_a_broken_step_changes_nothing(used: Path) -> None:
    before = schema(used)
    with pytest.raises(StoreError):
        open_database(used, steps=(*LATER, ("CREATE TABLE last (x INTEGER) STRICT", "INSERT INTO nowhere VALUES (1)")))
    assert schema(used) == before
    assert calls(used) == 1


def schema(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchall()
        return version + connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()


def test_an_old_version_is_shown_after_an_update_only(used: Path) -> None:
    with pytest.raises(StoreError) as refused:
        open_database(used, read_only=True, steps=LATER)
    assert refused.value.id == "store_read_only"


def test_reading_what_is_not_there(path: Path) -> None:
    with pytest.raises(StoreError) as refused:
        open_database(path, read_only=True)
    assert refused.value.id == "cannot_record"
    assert not path.exists()


def test_killed_at_any_statement_it_is_the_old_version_or_the_new(tmp_path: Path) -> None:
    """reliability.md I9: a process for each statement, ended by SIGKILL just before it."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.unit.store.kill_migration", str(tmp_path)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    outcomes = run.stdout.split()
    assert len(outcomes) > 20
    assert set(outcomes) == {"old", "new"}
