"""The note on a lost log: there before anything is moved, whatever can be read of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from basix_desktop.domain.concerns import ConcernKind
from basix_desktop.domain.errors import ConfirmationRequired, StoreError
from basix_desktop.services.ports import RepeatRules
from basix_desktop.store import files, loss
from basix_desktop.store.database import StoreDamaged, open_database
from tests.unit.store.kit import desk, intent


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A log with one call, no longer readable."""
    with desk(tmp_path) as one:
        one.call()
    one.path.write_bytes(b"rubbish" * 1000)
    return one.path


def test_it_is_there_before_the_file_is_moved(damaged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed in between, the next start meets the damage again; the other way round nobody would be told."""
    with monkeypatch.context() as killed:
        killed.setattr(Path, "rename", lambda *_: (_ for _ in ()).throw(OSError("killed")))
        with pytest.raises(StoreError):
            open_database(damaged)
    assert damaged.exists()
    assert loss.noted(damaged) is not None
    with pytest.raises(StoreDamaged) as moved:
        open_database(damaged)
    found = loss.noted(damaged)
    assert found is not None
    assert found.kept == moved.value.aside


@pytest.mark.parametrize("content", [b"", b"../../etc/passwd", b"a\0b", b"\xff\xfe", b"calls.sqlite3.damaged-nowhere"])
def test_that_it_is_there_is_enough(damaged: Path, content: bytes) -> None:
    loss.note_of(damaged).write_bytes(content)
    found = loss.noted(damaged)
    assert found is not None
    assert found.kept is None
    loss.told(damaged)
    loss.told(damaged)
    assert loss.noted(damaged) is None


def test_what_lay_beside_a_file_that_is_gone_is_named(damaged: Path) -> None:
    damaged.unlink()
    files.beside(damaged, "-wal").write_bytes(b"calls not yet written back")
    with pytest.raises(StoreDamaged) as moved:
        open_database(damaged)
    found = loss.noted(damaged)
    assert found is not None
    assert found.kept == files.beside(moved.value.aside, "-wal")


def test_every_number_is_asked_about_for_as_long_as_one_of_them_might_be(damaged: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreDamaged):
        open_database(damaged)
    with desk(tmp_path) as one:
        for age, asked in ((7, True), (3599, True), (3601, False), (-3599, True), (-3601, False)):
            at = one.clock.wall / 1000 - age
            os.utime(loss.note_of(damaged), (at, at))
            if asked:
                with pytest.raises(ConfirmationRequired) as refused:
                    one.begin(rules=RepeatRules())
                (concern,) = refused.value.concerns
                assert (concern.kind, concern.seconds_ago) == (ConcernKind.LOG_LOST, max(0, age))
        confirmed = intent(confirmed=("log_lost",))
        os.utime(loss.note_of(damaged), (one.clock.wall / 1000, one.clock.wall / 1000))
        assert one.journal.begin(confirmed, (), RepeatRules()).id == confirmed.id
