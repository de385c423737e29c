"""The disk under the journal: the file goes away while it is open; there is no room."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from basix_desktop.domain.calls import State
from basix_desktop.domain.errors import StoreError
from basix_desktop.services.ports import LogQuery
from tests.unit.store.kit import PLACED, desk


class TestOpenWhileItGoesAway:
    """reliability.md I7."""

    @pytest.mark.parametrize("step", ["begin", "to_sending"])
    @pytest.mark.parametrize("how", ["deleted", "replaced"])
    def test_nothing_is_recorded_into_a_lost_file(self, tmp_path: Path, step: str, how: str) -> None:
        with desk(tmp_path) as one:
            attempt = None if step == "begin" else one.begin()
            if how == "deleted":
                one.path.rename(tmp_path / "elsewhere")
            else:
                (tmp_path / "copy").write_bytes(one.path.read_bytes())
                (tmp_path / "copy").replace(one.path)
            with pytest.raises(StoreError) as refused:
                one.begin() if attempt is None else one.journal.to_sending(attempt.id)
            assert refused.value.id == "store_replaced"

    @pytest.mark.skipif(os.name != "posix", reason="elsewhere a file in use cannot be removed")
    @pytest.mark.parametrize("step", ["begin", "to_sending"])
    @pytest.mark.parametrize("how", ["deleted", "replaced"])
    @pytest.mark.parametrize("suffix", ["-wal", "-shm"])
    def test_nor_into_lost_companions(self, tmp_path: Path, step: str, how: str, suffix: str) -> None:
        """A cleaning or synchronizing program: SQLite goes on writing into what has no name any more."""
        with desk(tmp_path) as one:
            placed = one.call()
            attempt = None if step == "begin" else one.begin()
            companion = one.path.with_name(one.path.name + suffix)
            content = companion.read_bytes()
            companion.unlink()
            if how == "replaced":
                companion.write_bytes(content)
            with pytest.raises(StoreError) as refused:
                one.begin() if attempt is None else one.journal.to_sending(attempt.id)
            assert (refused.value.id, companion.name in refused.value.detail) == ("store_replaced", True)
            one.reading.close()
        with desk(tmp_path) as again:
            assert again.state(placed.id) is State.ACCEPTED, "an orderly end brings it into the file"

    @pytest.mark.skipif(os.name != "posix", reason="links")
    def test_a_log_behind_a_link_has_its_companions_there(self, tmp_path: Path) -> None:
        with desk(tmp_path / "disk") as one:
            one.call()
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "calls.sqlite3").symlink_to(one.path)
        with desk(tmp_path) as linked:
            linked.call()
            one.path.with_name("calls.sqlite3-wal").unlink()
            with pytest.raises(StoreError, match="sqlite3-wal"):
                linked.begin()

    def test_what_sqlite_does_with_them_itself_is_no_loss(self, tmp_path: Path) -> None:
        with desk(tmp_path) as one:
            one.call()
            for sql in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(RESTART)"):
                one.database.execute(sql).close()
                one.call()
            with desk(tmp_path) as other:
                other.call()
            one.call()


class TestFullDisk:
    """reliability.md J1 to J3, by ``max_page_count``: SQLite answers SQLITE_FULL as a full disk makes it do."""

    def test_what_cannot_be_recorded_is_not_begun(self, tmp_path: Path) -> None:
        with desk(tmp_path) as one:
            one.call()
            pages = one.database.execute("PRAGMA page_count").fetchone()[0]
            one.database.execute(f"PRAGMA max_page_count = {pages}")
            with pytest.raises(StoreError) as refused:
                one.begin(typed="x" * 50_000)
            assert refused.value.id == "store_full"
            one.database.execute("PRAGMA max_page_count = 1000000")
            assert one.begin().row == 2  # neither a row nor an open transaction was left

    def test_the_reserve_makes_room_for_the_outcome(self, tmp_path: Path) -> None:
        with desk(tmp_path) as one:
            one.journal.recover()
            reserve = one.path.with_name(one.path.name + ".reserve")
            assert reserve.stat().st_size >= 256 * 1024
            attempt, long = one.sent(), replace(PLACED, answer="x" * 60_000)
            one.database.execute(f"PRAGMA max_page_count = {one.database.execute('PRAGMA page_count').fetchone()[0]}")
            with pytest.raises(StoreError) as refused:
                one.journal.settle(attempt.id, long)
            assert refused.value.id == "store_full"
            assert not reserve.exists()  # given back before the second try
            assert one.state(attempt.id) is State.SENDING
            one.database.execute("PRAGMA max_page_count = 1000000")
            assert one.journal.settle(attempt.id, long).answer == long.answer
            one.journal.recover()
            assert reserve.exists()


def test_a_damaged_index_costs_no_verdict(tmp_path: Path) -> None:
    with desk(tmp_path) as one:
        one.call()
        attempt = one.sent()
        one.database.execute("DELETE FROM attempt_index_data")
        with pytest.raises(sqlite3.DatabaseError):
            one.database.execute("INSERT INTO attempt_index (rowid, tokens) VALUES (9, 'x')")
        assert one.journal.settle(attempt.id, PLACED).state is State.ACCEPTED
        assert one.journal.recover() == []
        assert [row.id for row in one.history.page(LogQuery(), None, 1)] == [attempt.id]
        assert one.begin().state is State.INTENT
