"""A journal, a history and favourites on a real file, with a clock that the test moves."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from basix_desktop.domain.calls import Attempt, CallRequest, EndUser, Intent, Origin, State, Verdict
from basix_desktop.domain.errors import Failure
from basix_desktop.services.ports import RepeatRules
from basix_desktop.store.database import Database, open_database
from basix_desktop.store.favourites import SqliteFavourites
from basix_desktop.store.history import SqliteHistory
from basix_desktop.store.instance import Instance
from basix_desktop.store.journal import SqliteJournal

SERVER = "https://pbx.example/basix/api"
DOMAIN = "aoba"
UUID = "69ef2ed4-9a50-461d-af0c-26a8bc1fd8f8"
PLACED = Verdict(State.ACCEPTED, uuids=(UUID,), http_status=200, answer='{"result_code":0}')
REFUSED = Verdict(State.REJECTED, Failure("channel_limit_reached", "channel_limit_reached", 500, "no line"))
UNKNOWN = Verdict(State.UNKNOWN, Failure("no_answer_in_time"))
OFFLINE = Failure("network_unreachable", detail="errno 101")
#: Rules under which no earlier call matters.
NO_RULES = RepeatRules(just_now=-1, going_on=-1, unsettled=-1, per_minute=10**6, per_hour=10**6)


class Clock:
    """Implements ``services.ports.Clock``."""

    def __init__(self) -> None:
        self.wall, self.boot, self.id = 1_790_000_000_000, 5_000_000, "first"

    def wall_ms(self) -> int:
        return self.wall

    def boot_ms(self) -> int:
        return self.boot

    def boot_id(self) -> str:
        return self.id

    def pass_(self, seconds: float) -> None:
        self.wall += round(seconds * 1000)
        self.boot += round(seconds * 1000)

    def restart(self, seconds: float) -> None:
        """The computer restarts; ``seconds`` pass on the wall clock."""
        self.wall += round(seconds * 1000)
        self.boot, self.id = 1000, self.id + "'"


def intent(number: str = "0312345678", key: str = "+81312345678", **changes: Any) -> Intent:
    """A press of Call. Keywords are fields of ``Intent``, ``CallRequest`` or ``EndUser`` (as ``user_name`` …)."""
    user = EndUser(**{name[5:]: str(value) for name, value in changes.items() if name.startswith("user_")})
    request = CallRequest(number, str(changes.pop("destination", "Helen")), end_user=user)
    made = Intent(
        id=str(uuid.uuid4()),
        account="Aoba",
        server=SERVER,
        domain=DOMAIN,
        request=request,
        number_key=key,
        body='{"target":"0312345678","destination":"Helen"}',
        typed="03-1234-5678",
        destination_label="Helen",
        origin=Origin.WINDOW,
    )
    return replace(made, **{name: value for name, value in changes.items() if not name.startswith("user_")})


@dataclass
class Desk:
    """Everything of one process."""

    path: Path
    clock: Clock
    instance: Instance
    database: Database
    reading: Database

    def __post_init__(self) -> None:
        self.journal = SqliteJournal(self.database, clock=self.clock, instance=self.instance, app_version="1.2.3")
        self.history = SqliteHistory(self.reading)
        self.favourites = SqliteFavourites(self.database)

    def begin(self, *, rules: RepeatRules = NO_RULES, **changes: Any) -> Attempt:
        return self.journal.begin(intent(**changes), (), rules)

    def sent(self, **changes: Any) -> Attempt:
        """An attempt in SENDING."""
        attempt = self.begin(**changes)
        self.journal.to_sending(attempt.id)
        return attempt

    def call(self, verdict: Verdict = PLACED, **changes: Any) -> Attempt:
        """A whole call."""
        return self.journal.settle(self.sent(**changes).id, verdict)

    def state(self, attempt_id: str) -> State:
        found = self.journal.get(attempt_id)
        assert found is not None
        return found.state


@contextmanager
def desk(folder: Path, clock: Clock | None = None) -> Iterator[Desk]:
    """A process's view of the data in ``folder``; several at once are several processes."""
    path = folder / "data" / "calls.sqlite3"
    with closing(open_database(path)) as database, closing(open_database(path, read_only=True)) as reading:
        instance = Instance(folder / "data" / "instances")
        try:
            yield Desk(path, clock or Clock(), instance, database, reading)
        finally:
            instance.close()
