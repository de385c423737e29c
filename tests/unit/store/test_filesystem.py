"""A log on a file system that other machines may use too keeps to the rollback journal (reliability.md I11)."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from basix_desktop.domain.calls import State
from basix_desktop.domain.errors import StoreError
from basix_desktop.services.ports import LogQuery
from basix_desktop.store import filesystem
from basix_desktop.store.check import check
from basix_desktop.store.database import Database, open_database
from basix_desktop.store.files import APPLICATION_ID
from basix_desktop.store.filesystem import is_shared, kind_of, shared_kind
from basix_desktop.store.migrations import MIGRATIONS
from tests.helpers import sshfs_mount
from tests.helpers.mounts import mounts_with
from tests.unit.store.kit import Clock, desk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux tells of mounts")

TABLE = r"""
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,discard
36 27 0:50 / /home/a\040b rw,nosuid shared:7 master:3 - nfs4 nas:/export/a\040-\040b rw,vers=4.2
136 27 0:51 /x /mnt/x rw propagate_from:2 unbindable - fuse.sshfs me@host:/x rw
"""


@pytest.mark.parametrize(
    ("mount", "kind"), [("22", "proc"), ("27", "ext4"), ("36", "nfs4"), ("136", "fuse.sshfs"), ("6", ""), ("", "")]
)
def test_the_kind_stands_after_the_fields_that_vary_in_number(mount: str, kind: str) -> None:
    assert kind_of(mount, TABLE) == kind


@pytest.mark.parametrize("table", ["", "\n", "36", "36 27 0:50 / / rw nfs4", "36 27 - "])
def test_a_table_that_is_cut_says_nothing(table: str) -> None:
    assert kind_of("36", table) == ""


def test_what_others_may_have_mounted_too() -> None:
    shared = ["nfs", "nfs4", "cifs", "smb3", "9p", "afs", "ceph", "virtiofs", "vboxsf", "fuse", "fuse.sshfs", "fuse.x"]
    alone = ["ext4", "btrfs", "xfs", "zfs", "tmpfs", "overlay", "vfat", "exfat", "ntfs3", "fuseblk", "f2fs", ""]
    assert [kind for kind in shared + alone if is_shared(kind)] == shared


def test_the_file_may_be_reached_through_a_link_or_not_be_there_yet(tmp_path: Path) -> None:
    mounts = mounts_with("cifs", tmp_path)
    (tmp_path / "real").mkdir()
    (tmp_path / "link.sqlite3").symlink_to(tmp_path / "real" / "calls.sqlite3")
    assert shared_kind(tmp_path / "link.sqlite3", mounts) == "cifs"
    assert shared_kind(tmp_path / "real" / "calls.sqlite3", mounts) == "cifs"
    assert shared_kind(tmp_path / "nowhere" / "calls.sqlite3", mounts) == ""
    assert shared_kind(tmp_path / "calls.sqlite3", tmp_path / "no-table") == ""
    assert shared_kind(tmp_path / "calls.sqlite3", mounts_with("xfs", tmp_path)) == ""


@pytest.fixture
def on_nfs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel says that the test's folder is on NFS."""
    monkeypatch.setattr(filesystem, "MOUNTS", mounts_with("nfs4", tmp_path))


def pragma(database: Database, name: str) -> object:
    return database.execute(f"PRAGMA {name}").fetchone()[0]


def modes(database: Database) -> tuple[object, object]:
    return pragma(database, "journal_mode"), pragma(database, "synchronous")


@pytest.mark.usefixtures("on_nfs")
def test_records_go_into_the_file_at_the_most_careful(tmp_path: Path) -> None:
    with desk(tmp_path) as one:
        assert modes(one.database) == ("delete", 3)
        one.call()
        assert {file.name for file in one.path.parent.iterdir()} & {"calls.sqlite3-wal", "calls.sqlite3-shm"} == set()
        assert len(one.history.page(LogQuery(), None, 9)) == 1


def test_a_log_begun_on_a_disk_moves_there_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with desk(tmp_path) as one:
        one.call()
        assert modes(one.database) == ("wal", 2)
    with monkeypatch.context() as moved:
        moved.setattr(filesystem, "MOUNTS", mounts_with("nfs4", tmp_path))
        with desk(tmp_path) as one:
            one.call()
            assert modes(one.database) == ("delete", 3)
    with desk(tmp_path) as one:
        assert modes(one.database) == ("wal", 2)
        assert len(one.history.page(LogQuery(), None, 9)) == 2
        assert check(one.reading) == []


def leave_log(path: Path) -> None:
    """As if a process had died with a call of which only the write-ahead log tells."""
    log = path.with_name(path.name + "-wal")
    with closing(open_database(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        sql = "INSERT INTO favourite (server, domain, destination, label, position) VALUES ('s', 'd', 'x', 'X', 0)"
        database.execute(sql)
        left, file = log.read_bytes(), path.read_bytes()
    log.write_bytes(left)
    path.write_bytes(file)


@pytest.mark.usefixtures("on_nfs")
def test_a_log_that_a_dead_process_left_is_brought_in_without_shared_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "calls.sqlite3"
    with monkeypatch.context() as local:
        local.setattr(filesystem, "MOUNTS", mounts_with("ext4", tmp_path))
        leave_log(path)
    path.with_name("calls.sqlite3-shm").mkdir()  # whoever wants to share memory fails
    with closing(open_database(path)) as database:
        assert database.execute("SELECT label FROM favourite").fetchall() == [("X",)]
        assert modes(database) == ("delete", 3)


@pytest.mark.usefixtures("on_nfs")
@pytest.mark.parametrize(
    ("sql", "id_"), [("PRAGMA user_version = 9999", "store_newer"), ("PRAGMA application_id = 7", "store_foreign")]
)
def test_what_is_not_ours_keeps_its_log(tmp_path: Path, sql: str, id_: str) -> None:
    path = tmp_path / "calls.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        ours = f"PRAGMA application_id = {APPLICATION_ID}"
        for each in ("PRAGMA journal_mode = WAL", "CREATE TABLE t (x)", ours, sql):
            other.execute(each).close()
    before = path.read_bytes()
    with pytest.raises(StoreError) as refused:
        open_database(path)
    assert refused.value.id == id_
    assert path.read_bytes() == before, "it still says that it has a log"


@pytest.mark.usefixtures("on_nfs")
def test_another_program_that_still_uses_the_log_is_left_in_peace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "calls.sqlite3"
    with monkeypatch.context() as local:
        local.setattr(filesystem, "MOUNTS", mounts_with("ext4", tmp_path))
        earlier = open_database(path)
    monkeypatch.setattr("basix_desktop.store.database.BUSY_TIMEOUT", 0.2)
    with closing(earlier):
        with pytest.raises(StoreError) as refused:
            open_database(path)
        assert refused.value.id == "store_busy"
        assert modes(earlier) == ("wal", 2)
        earlier.execute("DELETE FROM favourite")
    with closing(open_database(path)) as database:
        assert modes(database) == ("delete", 3)


@pytest.mark.usefixtures("on_nfs")
def test_an_update_of_the_schema_there_leaves_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "calls.sqlite3"
    with closing(open_database(path, steps=MIGRATIONS[:-1])):
        pass
    with closing(open_database(path)) as database:
        assert pragma(database, "user_version") == len(MIGRATIONS)
        assert modes(database) == ("delete", 3)
    assert len(list((tmp_path / "backups").glob("*.db"))) == 1


@pytest.fixture
def over_ssh(tmp_path: Path) -> Iterator[Path]:
    """A folder that the kernel really has from elsewhere."""
    with sshfs_mount.mounted(tmp_path / "behind", tmp_path / "mount"):
        yield tmp_path / "mount"


def test_a_real_one_is_known_and_used_by_several(over_ssh: Path) -> None:
    assert shared_kind(over_ssh / "calls.sqlite3") == "fuse.sshfs"
    assert shared_kind(over_ssh.parent / "calls.sqlite3") == ""
    clock = Clock()
    with desk(over_ssh, clock) as window, desk(over_ssh, clock) as command:
        assert modes(window.database) == ("delete", 3)
        placed = window.call()
        open_ = command.sent()
        assert window.journal.recover() == [], "its owner lives"
        assert window.state(open_.id) is State.SENDING
        assert [each.id for each in command.history.page(LogQuery(), None, 9)] == [open_.id, placed.id]
    with desk(over_ssh, clock) as later:
        assert [each.id for each in later.journal.recover()] == [open_.id]
        assert later.state(open_.id) is State.UNKNOWN
        assert check(later.reading) == []
    behind = over_ssh.parent / "behind" / "data"
    assert {file.name for file in behind.iterdir()} >= {"calls.sqlite3"}
    assert not list(behind.glob("*-wal")) + list(behind.glob("*-shm"))
