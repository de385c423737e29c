"""The chips *Connected* and *Not answered*: what the feed told of placed calls, in SQL as in the rows' own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from basix_desktop.domain.calls import LiveSummary, State
from basix_desktop.domain.course import HANDED_ON, was_connected, was_not_answered
from basix_desktop.domain.live import UNTOLD, CallPhase, EndedBy, Milestone
from basix_desktop.services.ports import LogFilter, LogQuery
from tests.unit.store.kit import REFUSED, UNKNOWN, UUID, Desk, desk

TALKED = LiveSummary(CallPhase.ENDED, "Helen", 130_000, EndedBy.CALLER, "NORMAL_CLEARING")
BUSY = LiveSummary(CallPhase.ENDED, "", None, EndedBy.PBX, "USER_BUSY")
UNSEEN = LiveSummary(CallPhase.ENDED, "", None, EndedBy.UNKNOWN, "")


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as made:
        yield made


def tell(one: Desk, attempt_id: str, summary: LiveSummary, *reached: CallPhase) -> None:
    told = tuple(Milestone(UUID, phase, 10 + place, {}) for place, phase in enumerate(reached))
    one.journal.tell_live(attempt_id, summary, told)


def shown(one: Desk, chip: LogFilter, text: str = "", before: int | None = None, limit: int = 100) -> list[int]:
    return [attempt.row for attempt in one.history.page(LogQuery(chip, text), before, limit)]


def typical(one: Desk) -> None:
    """1 connected, 2 busy, 3 unseen, 4 refused by the PBX, 5 may have been placed, 6 nobody watched, 7 voicemail,
    8 on the phone, 9 connected before the feed was lost."""
    for verdict in (None, None, None, REFUSED, UNKNOWN, None, None, None, None):
        whom = "Ken" if verdict is None else "Helen"
        one.call(*([verdict] if verdict else []), destination=whom, destination_label=whom)
    ids = {row.row: row.id for row in one.history.page(LogQuery(), None, 100)}
    tell(one, ids[1], TALKED, CallPhase.RINGING, CallPhase.CONNECTED)
    tell(one, ids[2], BUSY, CallPhase.RINGING)
    tell(one, ids[3], UNSEEN, CallPhase.RINGING)
    tell(one, ids[7], UNSEEN, CallPhase.ANSWERED, CallPhase.VOICEMAIL)
    tell(one, ids[8], LiveSummary(CallPhase.CONNECTED, "Helen"), CallPhase.CONNECTED)
    tell(one, ids[9], UNSEEN, CallPhase.ANSWERED, CallPhase.CONNECTED)


def test_the_chips_hold_what_the_feed_told(one: Desk) -> None:
    typical(one)
    assert shown(one, LogFilter.CONNECTED) == [9, 8, 1]
    assert shown(one, LogFilter.NOT_ANSWERED) == [7, 2]
    assert shown(one, LogFilter.PLACED) == [9, 8, 7, 6, 3, 2, 1]
    assert shown(one, LogFilter.CONNECTED, before=9, limit=1) == [8]
    assert shown(one, LogFilter.CONNECTED, before=8) == [1]


@pytest.mark.parametrize("text", ["k", "ken", "ken 0312"])
def test_a_search_narrows_them(one: Desk, text: str) -> None:
    typical(one)
    assert shown(one, LogFilter.CONNECTED, text) == [9, 8, 1]
    assert shown(one, LogFilter.NOT_ANSWERED, text, before=7) == [2]
    assert shown(one, LogFilter.CONNECTED, "helen ken") == [], "placed for Ken, whoever answered"
    counts = one.history.counts(text)
    chips = (LogFilter.ALL, LogFilter.PLACED, LogFilter.CONNECTED, LogFilter.NOT_ANSWERED)
    assert [counts[chip] for chip in chips] == [7, 7, 3, 2]


def test_a_call_left_out_of_the_index_is_found_there_too(one: Desk) -> None:
    typical(one)
    one.database.execute("DELETE FROM attempt_text")
    one.database.execute("INSERT INTO attempt_index (attempt_index) VALUES ('delete-all')")
    one.database.execute("UPDATE attempt SET indexed = 0")
    assert shown(one, LogFilter.CONNECTED, "ken") == [9, 8, 1]
    assert one.history.counts("ken")[LogFilter.NOT_ANSWERED] == 2


def test_the_counts_follow_every_change(one: Desk) -> None:
    typical(one)
    counts = one.history.counts()
    assert (counts[LogFilter.ALL], counts[LogFilter.CONNECTED], counts[LogFilter.NOT_ANSWERED]) == (9, 3, 2)
    counts[LogFilter.CONNECTED] = 99  # whoever asked may do with them what they like
    tell(one, one.call().id, BUSY, CallPhase.RINGING)
    counts = one.history.counts()
    assert (counts[LogFilter.ALL], counts[LogFilter.CONNECTED], counts[LogFilter.NOT_ANSWERED]) == (10, 3, 3)


def test_a_conference_is_neither_and_a_talk_before_voicemail_counts(one: Desk) -> None:
    hung_up = LiveSummary(CallPhase.ENDED, "", None, EndedBy.CALLER, "NORMAL_CLEARING")
    for phase in UNTOLD:
        tell(one, one.call().id, hung_up, CallPhase.ANSWERED, phase)
    talked = one.call()
    tell(one, talked.id, replace(UNSEEN, connected_with="Helen"), CallPhase.CONNECTED, CallPhase.VOICEMAIL)
    assert shown(one, LogFilter.CONNECTED) == [talked.row]
    assert shown(one, LogFilter.NOT_ANSWERED) == []
    lives = [attempt.live for attempt in one.history.page(LogQuery(), None, 100) if attempt.live is not None]
    assert [was_connected(live) for live in lives] == [True, *[False] * len(UNTOLD)]
    assert not any(was_not_answered(live) for live in lives)


def test_sql_and_rows_never_disagree(one: Desk) -> None:
    """All phases, ends, causes and ways come by: the database and ``domain.course`` say the same of each."""
    phases = (CallPhase.FOLLOWING, CallPhase.PARKED, CallPhase.CONNECTED, CallPhase.ENDED)
    reached = (None, CallPhase.RINGING, CallPhase.CONNECTED, CallPhase.TRANSFERRED, CallPhase.VOICEMAIL, UNTOLD[0])
    ends = ("", EndedBy.CALLER, EndedBy.UNKNOWN)
    talks = (("", None), ("Helen", None), ("", 0))
    for phase, way, (who, talked), by, cause in product(phases, reached, talks, ends, ("USER_BUSY", *HANDED_ON)):
        tell(one, one.call().id, LiveSummary(phase, who, talked, by, cause), *((way,) if way else ()))
    everything = one.history.page(LogQuery(), None, 1000)
    assert all(attempt.live is not None and attempt.state is State.ACCEPTED for attempt in everything)
    connected = [a.row for a in everything if a.live is not None and was_connected(a.live)]
    not_answered = [a.row for a in everything if a.live is not None and was_not_answered(a.live)]
    assert connected
    assert not_answered
    assert not set(connected) & set(not_answered)
    assert shown(one, LogFilter.CONNECTED, limit=1000) == connected
    assert shown(one, LogFilter.NOT_ANSWERED, limit=1000) == not_answered
    counts = one.history.counts()
    assert (counts[LogFilter.CONNECTED], counts[LogFilter.NOT_ANSWERED]) == (len(connected), len(not_answered))
