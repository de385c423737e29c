"""What to propose as a destination: favourites and recent ones, then whom the PBX's feed knows. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

from basix_desktop.domain.live import Person
from basix_desktop.ui.dial.matching import Choice, suggestions
from basix_desktop.ui.people.directory import Directory

_PEOPLE = 8


def choice_of(person: Person) -> Choice:
    return Choice(person.name, person.label)


def proposals(text: str, choices: Sequence[Choice], directory: Directory) -> tuple[Choice, ...]:
    """Best first; what was typed among them, last where it is letters and somebody fits better."""
    own = suggestions(text, choices)
    if not own or not directory.people:
        return own
    from basix_desktop.ui.people.finding import find

    typed = next((choice for choice in own if choice.typed), None)
    named = directory.named(text) if typed is not None else None
    taken = {choice.destination.casefold() for choice in own if not choice.typed}
    first = (choice_of(named),) if named is not None and named.name.casefold() not in taken else ()
    taken |= {choice.destination.casefold() for choice in first}
    found = map(choice_of, find(text, directory.people))
    people = tuple(choice for choice in found if choice.destination.casefold() not in taken)[:_PEOPLE]
    if named is not None:
        return (*first, *(choice for choice in own if choice is not typed), *people)
    if typed is not None and own[-1] is typed and not text.strip().isdecimal():
        return (*own[:-1], *people, typed)
    return (*own, *people)


def everyone(choices: Sequence[Choice], directory: Directory) -> tuple[Choice, ...]:
    """All that can be proposed."""
    taken = {choice.destination.casefold() for choice in choices}
    people = (choice_of(person) for person in directory.people if person.name.casefold() not in taken)
    return (*choices, *people)
