"""Who is ready, counted as often as the net thread can afford."""

from __future__ import annotations

import pytest

from basix_desktop.domain.feed import Terminal, User
from basix_desktop.domain.live import Ready
from basix_desktop.domain.tracker import Tables
from basix_desktop.services import headcount
from basix_desktop.services.headcount import PEOPLE, Headcount

HERE, ELSEWHERE = ("https://pbx.example", "one"), ("https://pbx.example", "two")
USERS = {1: User(1, "helen", "Helen")}
ON, OFF = Terminal(4, "desk", 1, registered=True), Terminal(4, "desk", 1, registered=False)


class Clock:
    """Moves when the test says so."""

    def __init__(self) -> None:
        self.ms = 1_000

    def boot_ms(self) -> int:
        return self.ms

    def wall_ms(self) -> int:
        return self.ms

    def boot_id(self) -> str:
        return "one"


def ready(count: Headcount, place: tuple[str, str], phone: Terminal) -> Ready:
    return count.count(place, Tables(users=USERS, terminals={4: phone}), ())[0].readiness.ready


def test_a_pbx_that_has_told_of_a_telephone_is_believed_when_the_last_one_goes() -> None:
    count = Headcount(Clock())
    assert [ready(count, HERE, phone) for phone in (OFF, ON, OFF)] == [Ready.FREE, Ready.FREE, Ready.AWAY]
    assert ready(count, ELSEWHERE, OFF) is Ready.FREE


def test_a_count_that_takes_long_is_not_repeated_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    count = Headcount(clock)
    took = [400, 0]

    def slowly(*_: object, **__: object) -> tuple[()]:
        clock.ms += took.pop(0)
        return ()

    monkeypatch.setattr(headcount, "people", slowly)
    count.count(HERE, Tables(), ())
    assert count.pause == 4.0
    count.count(HERE, Tables(), ())
    assert count.pause == PEOPLE
