"""Who lives and who is dead; what becomes of a dead one's attempts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from basix_desktop.domain.calls import State
from basix_desktop.domain.errors import AlreadyCalling
from basix_desktop.services.ports import LogFilter, LogQuery
from basix_desktop.store.instance import Instance
from tests.unit.store.kit import Desk
from tests.unit.store.kit import desk as process


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "instances"


def test_alive_until_it_ends(folder: Path) -> None:
    one, two = Instance(folder), Instance(folder)
    assert one.is_alive(two.id)
    assert two.is_alive(one.id)
    assert one.is_alive(one.id)
    two.close()
    two.close()
    assert not one.is_alive(two.id)
    assert not two.is_alive(two.id)
    assert one.is_alive(one.id)
    one.close()


@pytest.mark.parametrize("name", ["", "x", "../../etc/passwd", "0" * 32, "registry", "0" * 32 + "\n"])
def test_who_never_was_is_dead(folder: Path, name: str) -> None:
    one = Instance(folder)
    assert not one.is_alive(name)
    one.close()


def test_asking_takes_nobodys_lock(folder: Path) -> None:
    one, two, three = (Instance(folder) for _ in range(3))
    for _ in range(3):
        assert one.is_alive(three.id)
        assert two.is_alive(three.id)
    for each in (one, two, three):
        each.close()


def test_the_files_of_the_dead_are_removed(folder: Path) -> None:
    folder.mkdir()
    dead = folder / f"{'a' * 32}.lock"
    dead.touch()
    (folder / "note.txt").touch()
    one = Instance(folder)
    two = Instance(folder)
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [f"{one.id}.lock", f"{two.id}.lock", "registry.lock", "note.txt"]
    )
    two.close()
    one.close()


def test_a_lock_whose_file_was_deleted_is_taken_again(folder: Path) -> None:
    one, two = Instance(folder), Instance(folder)
    for file in folder.iterdir():
        file.unlink()
    assert not two.is_alive(one.id)
    one.verify()
    assert two.is_alive(one.id)
    one.close()
    two.close()


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a file in use cannot be replaced")
def test_a_lock_whose_file_was_replaced_is_taken_again(folder: Path) -> None:
    """A synchronizing program puts a copy in its place: the lock is on the file that went."""
    one, two = Instance(folder), Instance(folder)
    file = folder / f"{one.id}.lock"
    (folder / "copy").write_bytes(file.read_bytes())
    (folder / "copy").replace(file)
    assert not two.is_alive(one.id)
    for _ in "12":
        one.verify()
        assert two.is_alive(one.id)
    one.close()
    assert not two.is_alive(one.id)
    two.close()


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_private(folder: Path) -> None:
    before = os.umask(0)
    one = Instance(folder)
    os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    one.close()


def test_recovery_closes_what_the_dead_left(desk: Desk, tmp_path: Path) -> None:
    with process(tmp_path, desk.clock) as dead:
        intent, sending = dead.begin(domain="a"), dead.sent(domain="b")
        done = dead.call(domain="c")
        assert desk.journal.recover() == []  # it lives
    desk.clock.pass_(7)
    changed = {attempt.id: attempt for attempt in desk.journal.recover()}
    assert {key: (each.state, each.failure and each.failure.id) for key, each in changed.items()} == {
        intent.id: (State.NOT_SENT, "stopped_before_sending"),
        sending.id: (State.UNKNOWN, "stopped_while_sending"),
    }
    assert desk.history.attempt(done.id) == done
    last = desk.history.events(sending.id)[-1]
    assert (last.at, last.kind, last.data["owner"]) == (desk.clock.wall, "recovered", dead.instance.id)
    assert desk.journal.recover() == []
    assert len(desk.history.events(sending.id)) == 3
    assert [each.id for each in desk.history.page(LogQuery(LogFilter.TO_CHECK, "helen"), None, 9)] == [sending.id]


def test_recovery_leaves_our_own_alone(desk: Desk) -> None:
    attempt = desk.sent()
    assert desk.journal.recover() == []
    assert desk.state(attempt.id) is State.SENDING


def test_a_deleted_lock_file_does_not_cost_the_attempt(desk: Desk, tmp_path: Path) -> None:
    for file in (tmp_path / "data" / "instances").iterdir():
        file.unlink()
    attempt = desk.begin()
    with process(tmp_path) as other, pytest.raises(AlreadyCalling):
        other.begin()
    assert desk.state(attempt.id) is State.INTENT
