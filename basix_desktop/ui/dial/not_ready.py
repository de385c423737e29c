"""Whether the destination of a call is ready, as far as the feed tells."""

from __future__ import annotations

from basix_desktop.domain.concerns import Concern, ConcernKind
from basix_desktop.services.dialer import Order
from basix_desktop.ui.people.directory import Directory
from basix_desktop.ui.people.readiness_words import is_ready


def not_ready(order: Order, directory: Directory | None) -> tuple[Concern, ...]:
    """The reason for a second look. None for whoever is ready, and for whatever is not known or no longer up to
    date."""
    if directory is None or not directory.is_live:
        return ()
    destination = order.request.destination
    person = directory.find(destination)
    if person is None or is_ready(person.readiness):
        return ()
    ready = person.readiness.ready.value
    concern = Concern(
        ConcernKind.NOT_READY, destination=destination, name=person.label, ready=ready, is_group=person.is_group
    )
    return (concern,)
