"""That a log was lost and another begun: noted beside it until a person has been told (reliability.md I4, I5).

The new log knows nothing of the calls before it. So for as long as one of them would have been asked about, each call
is asked about, unless the person knows of the loss.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from basix_desktop.domain.concerns import Concern, ConcernKind
from basix_desktop.services.ports import RepeatRules
from basix_desktop.store.files import beside


@dataclass(frozen=True, slots=True)
class Loss:
    """``kept`` is the former file, or what lay beside it; None if there was nothing to keep. ``at`` is in UTC
    milliseconds."""

    kept: Path | None
    at: int


def note_of(path: Path) -> Path:
    """The note on the database at ``path``. It may be deleted by hand: then the loss counts as told."""
    return beside(path, ".lost")


def note(path: Path, aside: Path) -> None:
    """Durable, in the place of an earlier one: a file that is damaged is often followed by a restart. Raises
    ``OSError``."""
    descriptor = os.open(note_of(path), os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(os.fsencode(aside.name))
        file.flush()
        os.fsync(file.fileno())


def noted(path: Path) -> Loss | None:
    """The loss that nobody has been told of, as far as it can be read: that the note is there is enough."""
    try:
        at = int(note_of(path).stat().st_mtime * 1000)
    except OSError:
        return None
    try:
        aside = path.with_name(os.fsdecode(note_of(path).read_bytes()))
    except (OSError, ValueError):
        return Loss(None, at)
    places = (beside(aside, suffix) for suffix in ("", "-wal", "-shm", "-journal"))
    return Loss(next((place for place in places if place.exists()), None), at)


def told(path: Path) -> None:
    """A person knows. Raises ``OSError``."""
    note_of(path).unlink(missing_ok=True)


def concerns(path: Path, rules: RepeatRules, now: int) -> Iterator[Concern]:
    """Either way in time: a clock put right must not ask for ever, nor never. ``now`` is in UTC milliseconds."""
    loss = noted(path)
    if loss is not None and abs(age := (now - loss.at) / 1000) <= rules.unsettled:
        yield Concern(ConcernKind.LOG_LOST, seconds_ago=max(0, int(age)))
