"""What the database itself refuses, whoever writes: tried directly by SQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from basix_desktop.domain.calls import State, UserWord
from basix_desktop.store.check import check
from basix_desktop.store.rows import FIXED
from tests.unit.store.kit import OFFLINE, PLACED, REFUSED, UNKNOWN, Desk

ALLOWED = {
    State.INTENT: {State.SENDING, State.NOT_SENT},
    State.SENDING: {State.ACCEPTED, State.REJECTED, State.UNKNOWN},
    State.UNKNOWN: {State.ACCEPTED, State.REJECTED},
}


def bring(desk: Desk, state: State) -> str:
    """An attempt in that state."""
    verdicts = {State.ACCEPTED: PLACED, State.REJECTED: REFUSED, State.UNKNOWN: UNKNOWN}
    attempt = desk.begin()
    if state is State.NOT_SENT:
        desk.journal.not_sent(attempt.id, OFFLINE)
    elif state is not State.INTENT:
        desk.journal.to_sending(attempt.id)
    if state in verdicts:
        desk.journal.settle(attempt.id, verdicts[state])
    return attempt.id


@pytest.fixture
def raw(desk: Desk) -> Iterator[sqlite3.Connection]:
    """Somebody else's connection, without any of our pragmas."""
    with closing(sqlite3.connect(desk.path, isolation_level=None)) as connection:
        yield connection


@pytest.mark.parametrize("new", State)
@pytest.mark.parametrize("old", State)
def test_the_lattice(desk: Desk, raw: sqlite3.Connection, old: State, new: State) -> None:
    attempt_id = bring(desk, old)
    statement = "UPDATE attempt SET state = ? WHERE id = ?"
    if new in ALLOWED.get(old, set()) or new is old:
        raw.execute(statement, (new, attempt_id))
    else:
        with pytest.raises(sqlite3.IntegrityError, match="does not move that way"):
            raw.execute(statement, (new, attempt_id))
        assert desk.state(attempt_id) is old


def test_sending_goes_back_only_in_the_owners_name(desk: Desk, raw: sqlite3.Connection) -> None:
    attempt_id = bring(desk, State.SENDING)
    statement = "UPDATE attempt SET state = 'NOT_SENT', settled_by = ? WHERE id = ?"
    for other in (None, "", "0" * 32):
        with pytest.raises(sqlite3.IntegrityError, match="does not move that way"):
            raw.execute(statement, (other, attempt_id))
    raw.execute(statement, (desk.instance.id, attempt_id))
    assert desk.state(attempt_id) is State.NOT_SENT


@pytest.mark.parametrize("column", [*FIXED, "checksum", "row"])
def test_what_was_pressed_does_not_change(desk: Desk, raw: sqlite3.Connection, column: str) -> None:
    attempt_id = bring(desk, State.ACCEPTED)
    with pytest.raises(sqlite3.IntegrityError, match="does not change"):
        raw.execute(f"UPDATE attempt SET {column} = 7 WHERE id = ?", (attempt_id,))


def test_an_attempt_begins_as_intent(desk: Desk, raw: sqlite3.Connection) -> None:
    bring(desk, State.ACCEPTED)
    columns = ", ".join([*FIXED, "checksum", "updated_at"]).replace("id,", "'x',", 1)
    names = ", ".join([*FIXED, "checksum", "updated_at"])
    with pytest.raises(sqlite3.IntegrityError, match="begins as INTENT"):
        raw.execute(f"INSERT INTO attempt ({names}, state) SELECT {columns}, 'ACCEPTED' FROM attempt")


@pytest.mark.parametrize("state", State)
def test_only_what_is_settled_can_be_deleted(desk: Desk, raw: sqlite3.Connection, state: State) -> None:
    attempt_id = bring(desk, state)
    statement = "DELETE FROM attempt WHERE id = ?"
    if state in (State.INTENT, State.SENDING, State.UNKNOWN):
        with pytest.raises(sqlite3.IntegrityError, match="open attempt"):
            raw.execute(statement, (attempt_id,))
    if state is State.UNKNOWN:
        desk.journal.say(attempt_id, UserWord.DONT_KNOW)
    if not state.in_flight:
        assert raw.execute(statement, (attempt_id,)).rowcount == 1


def test_events_are_only_ever_added(desk: Desk, raw: sqlite3.Connection) -> None:
    bring(desk, State.ACCEPTED)
    with pytest.raises(sqlite3.IntegrityError, match="does not change"):
        raw.execute("UPDATE attempt_event SET kind = 'sending'")
    with pytest.raises(sqlite3.IntegrityError, match="not deleted"):
        raw.execute("DELETE FROM attempt_event")


def test_a_second_one_in_flight_is_refused_by_the_index(desk: Desk, raw: sqlite3.Connection) -> None:
    bring(desk, State.SENDING)
    names = ", ".join([*FIXED, "checksum", "updated_at", "state"])
    copied = names.replace("id,", "'x',", 1)
    with pytest.raises(sqlite3.IntegrityError, match=r"attempt\.server, attempt\.domain"):
        raw.execute(
            f"INSERT INTO attempt ({names}) SELECT {copied.replace('state', repr('INTENT'))} FROM attempt LIMIT 1"
        )


def test_a_flipped_bit_is_found(desk: Desk, raw: sqlite3.Connection) -> None:
    attempt_id = bring(desk, State.ACCEPTED)
    assert check(desk.reading) == []
    raw.execute("DROP TRIGGER attempt_is_fixed")
    raw.execute("UPDATE attempt SET number = '0312345679' WHERE id = ?", (attempt_id,))
    assert check(desk.database) == ["attempt 1 was changed"]
