"""A ticket opens one URI once."""

from basix_desktop.demo.tickets import LIFETIME, Tickets


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_once_only() -> None:
    tickets = Tickets()
    ticket = tickets.issue("/a")
    assert tickets.redeem(ticket, "/a")
    assert not tickets.redeem(ticket, "/a")


def test_for_its_own_uri_only() -> None:
    tickets = Tickets()
    assert not tickets.redeem(tickets.issue("/a"), "/b")
    assert not tickets.redeem("made up", "")


def test_for_a_few_seconds_only() -> None:
    clock = Clock()
    tickets = Tickets(clock)
    early, late = tickets.issue("/a"), tickets.issue("/a")
    clock.now += LIFETIME - 0.1
    assert tickets.redeem(early, "/a")
    clock.now += 0.2
    assert not tickets.redeem(late, "/a")


def test_the_store_stays_small() -> None:
    tickets = Tickets()
    first = tickets.issue("/a")
    last = [tickets.issue("/a") for _ in range(1000)][-1]
    assert tickets.redeem(last, "/a")
    assert not tickets.redeem(first, "/a")
