"""The disk under the journal: the file goes away while it is open; there is no room."""

from __future__ import annotations

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
