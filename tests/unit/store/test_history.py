"""Reading the log."""

import json

import pytest

from basix_desktop.domain.calls import State, UserWord
from basix_desktop.services.ports import LogFilter, LogQuery
from tests.unit.store.kit import DOMAIN, OFFLINE, PLACED, REFUSED, SERVER, UNKNOWN, Desk


def rows(desk: Desk, chip: LogFilter = LogFilter.ALL, before: int | None = None, limit: int = 100) -> list[int]:
    return [attempt.row for attempt in desk.history.page(LogQuery(chip), before, limit)]


def test_newest_first_page_by_page(desk: Desk) -> None:
    for _ in range(7):
        desk.call()
    assert rows(desk, limit=3) == [7, 6, 5]
    assert rows(desk, before=5, limit=3) == [4, 3, 2]
    assert rows(desk, before=2, limit=3) == [1]
    assert rows(desk, before=1) == []
    for text in ("h", "helen", "03"):
        assert [attempt.row for attempt in desk.history.page(LogQuery(text=text), 5, 2)] == [4, 3]


def test_a_page_leaves_the_exchange_out(desk: Desk) -> None:
    attempt = desk.call()
    (row,) = desk.history.page(LogQuery(), None, 10)
    assert (row.body, row.answer) == ("", "")
    whole = desk.history.attempt(attempt.id)
    assert whole is not None
    assert json.loads(whole.body)["destination"] == "Helen"
    assert whole.answer == PLACED.answer


def test_whom_the_user_has_still_to_be_asked_about(desk: Desk) -> None:
    assert desk.history.unanswered(9) == (0, [])
    calls = [desk.call(UNKNOWN) for _ in range(6)]
    for attempt, word in zip(calls, UserWord, strict=False):
        desk.journal.say(attempt.id, word)
    desk.journal.settle(calls[3].id, PLACED)
    desk.sent()
    number, newest = desk.history.unanswered(1)
    assert (number, [attempt.id for attempt in newest]) == (2, [calls[5].id])
    assert len(rows(desk, LogFilter.TO_CHECK)) == 3, "what the user does not know stays to be checked"


def test_chips(desk: Desk) -> None:
    desk.call(PLACED)
    desk.call(REFUSED)
    desk.journal.not_sent(desk.begin().id, OFFLINE)
    unknown = [desk.call(UNKNOWN) for _ in range(4)]
    for attempt, word in zip(unknown, UserWord, strict=False):
        desk.journal.say(attempt.id, word)
    desk.sent()
    assert rows(desk) == [8, 7, 6, 5, 4, 3, 2, 1]
    assert rows(desk, LogFilter.PLACED) == [4, 1]
    assert rows(desk, LogFilter.NOT_PLACED) == [5, 3, 2]
    assert rows(desk, LogFilter.TO_CHECK) == [7, 6]
    assert [attempt.row for attempt in map(desk.history.attempt, (each.id for each in unknown)) if attempt] == [
        4,
        5,
        6,
        7,
    ]
    counts = desk.history.counts()
    assert [counts[chip] for chip in (LogFilter.ALL, LogFilter.PLACED, LogFilter.NOT_PLACED, LogFilter.TO_CHECK)] == [
        *(8, 2, 3, 2)
    ]
    assert all(len(rows(desk, chip)) == counts[chip] for chip in LogFilter)


def test_the_last_call_that_reached_the_pbx(desk: Desk) -> None:
    assert desk.history.last(SERVER, DOMAIN) is None
    placed = desk.call()
    desk.journal.not_sent(desk.begin().id, OFFLINE)
    desk.call(domain="other")
    assert desk.history.last(SERVER + "/", DOMAIN) == placed
    unknown = desk.call(UNKNOWN)
    assert desk.history.last(SERVER, DOMAIN) == unknown
    desk.begin()
    assert desk.history.last(SERVER, DOMAIN) == unknown


def test_recent_destinations(desk: Desk) -> None:
    for destination, label in [("a", "A"), ("b", "old"), ("c", ""), ("b", "new"), ("a", "A")]:
        desk.call(destination=destination, destination_label=label)
    desk.call(destination="z", domain="other")
    assert desk.history.recent_destinations(SERVER, DOMAIN, 9) == [("a", "A"), ("b", "new"), ("c", "")]
    assert desk.history.recent_destinations(SERVER, DOMAIN, 2) == [("a", "A"), ("b", "new")]
    assert desk.history.recent_destinations(SERVER, "nowhere", 2) == []


def test_the_version_tells_of_every_write(desk: Desk) -> None:
    seen = [desk.history.version()]
    attempt = desk.begin()
    seen.append(desk.history.version())
    desk.journal.to_sending(attempt.id)
    seen.append(desk.history.version())
    desk.journal.settle(attempt.id, UNKNOWN)
    seen.append(desk.history.version())
    desk.favourites.allow_country(SERVER, DOMAIN, "US")
    seen.append(desk.history.version())
    assert len(set(seen)) == 5
    desk.history.page(LogQuery(), None, 10)
    assert desk.history.version() == seen[-1]


@pytest.mark.parametrize("state", [State.INTENT, State.SENDING])
def test_what_is_in_flight_is_shown(desk: Desk, state: State) -> None:
    attempt = desk.begin() if state is State.INTENT else desk.sent()
    (row,) = desk.history.page(LogQuery(text="helen"), None, 10)
    assert (row.id, row.state) == (attempt.id, state)
    assert desk.history.events("nobody") == []
