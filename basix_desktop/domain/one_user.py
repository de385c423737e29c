"""What is known of people where the feed follows one user's events (basix-api.md 2.1)."""

from __future__ import annotations

from dataclasses import replace

from basix_desktop.domain.live import Person, Readiness, Ready


def as_one_user_sees(people: tuple[Person, ...], user: str) -> tuple[Person, ...]:
    """``people`` less what cannot be known: nobody else's calls are told of, so whoever seems free may be on one. What
    keeps somebody from taking calls at all is told of everybody."""
    return tuple(
        replace(person, readiness=Readiness())
        if person.readiness.ready is Ready.FREE and (person.is_group or person.name.casefold() != user.casefold())
        else person
        for person in people
    )
