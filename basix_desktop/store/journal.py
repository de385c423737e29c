"""The attempts on disk: the state machine of reliability.md section 3, one durable transaction a step."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Protocol

from basix_desktop.domain.calls import Attempt, CallResult, Intent, LiveSummary, State, UserWord, Verdict
from basix_desktop.domain.concerns import Concern
from basix_desktop.domain.errors import AlreadyCalling, ConfirmationRequired, Failure, Stopped, StoreError
from basix_desktop.domain.live import Milestone
from basix_desktop.services.ports import Clock, RepeatRules
from basix_desktop.store import index, live, results, rows
from basix_desktop.store.database import Database
from basix_desktop.store.events import append
from basix_desktop.store.faults import transaction, translated
from basix_desktop.store.files import beside
from basix_desktop.store.moments import Moment
from basix_desktop.store.repeats import earlier_concerns
from basix_desktop.store.reserve import Reserve

_FORWARD: Final = {
    State.SENDING: frozenset({State.ACCEPTED, State.REJECTED, State.UNKNOWN}),
    State.UNKNOWN: frozenset({State.ACCEPTED, State.REJECTED}),
}
_VERDICTS: Final = _FORWARD[State.SENDING]
_ALL: Final = "*"
#: Bytes of write-ahead log after which a settled attempt has it written back. The first record after that pays a second
#: sync: about one call in forty.
_LOG_SIZE: Final = 4 << 20
#: Attempts that one recovery puts into the index at most.
_CATCH_UP: Final = 2000

_IN_FLIGHT = "SELECT row, id, state, instance FROM attempt WHERE state IN ('INTENT', 'SENDING')"
#: What nobody has said anything of yet has to be asked about first (the trigger ``attempt_stays`` holds it too).
_DELETABLE = """
SELECT row FROM attempt WHERE id = ? AND bucket <> 'in_flight' AND (bucket <> 'to_check' OR user_word IS NOT NULL)
"""
_TO_SENDING = """
UPDATE attempt SET state = 'SENDING', updated_at = ?, sent_at = ?, sent_boot_id = ?, sent_boottime = ?
WHERE id = ? AND state = 'INTENT' AND instance = ?
"""
_SETTLE = """
UPDATE attempt SET state = ?, updated_at = ?, settled_at = ?, settled_boot_id = ?, settled_boottime = ?, settled_by = ?,
  failure_id = ?, failure_pbx_id = ?, failure_http_status = ?, failure_detail = ?,
  answer = coalesce(nullif(?, ''), answer), uuid_seen_before = ?
WHERE row = ?
"""


class Owner(Protocol):
    """Who this process is, and who else lives: :class:`basix_desktop.store.instance.Instance`."""

    @property
    def id(self) -> str: ...
    def is_alive(self, instance_id: str) -> bool: ...
    def verify(self) -> None: ...


class SqliteJournal:
    """Implements ``services.ports.Journal`` on the one writing connection, on its thread."""

    def __init__(self, connection: Database, *, clock: Clock, instance: Owner, app_version: str) -> None:
        self._connection = connection
        self._clock = clock
        self._instance = instance
        self._app_version = app_version
        self._reserve = Reserve(connection.path)

    def begin(self, intent: Intent, standing: tuple[Concern, ...], rules: RepeatRules) -> Attempt:
        """See ``Journal.begin``. Further raises ``StoreError`` ``store_replaced`` if a file was moved or deleted."""
        now = Moment.now(self._clock)
        place = rows.place(intent.server, intent.domain)
        with translated():
            self._connection.verify_files()
            self._instance.verify()
        begun: Attempt | None = None
        with transaction(self._connection):
            refusal: AlreadyCalling | ConfirmationRequired | None = self._in_flight(place, now)
            if refusal is None:
                key = (rows.clean(intent.number_key), *place)
                concerns = (*standing, *earlier_concerns(self._connection, key, rules, now))
                refusal = _unconfirmed(concerns, intent.confirmed)
            if refusal is None:
                begun = self._insert(intent, tuple(dict.fromkeys(concern.key for concern in concerns)), now)
        # Raised only here, so that what was recovered on the way stays recovered.
        if begun is None:
            assert refusal is not None
            raise refusal
        return begun

    def to_sending(self, attempt_id: str) -> None:
        """See ``Journal.to_sending``. Raises ``StoreError`` if it cannot be recorded: then nothing may be sent."""
        now = Moment.now(self._clock)
        with translated():
            self._connection.verify_files()
        with transaction(self._connection):
            cells = (now.wall, now.wall, now.boot_id, now.boot, attempt_id, self._instance.id)
            if self._connection.execute(_TO_SENDING, cells).rowcount != 1:
                raise Stopped("stopped_before_sending", "it is no longer this program's to send")
            append(self._connection, self._row(attempt_id), "sending", now.wall)

    def not_sent(self, attempt_id: str, failure: Failure, *, gate_never_returned: bool = False) -> Attempt:
        """See ``Journal.not_sent``. Repeating it changes nothing; raises ``StoreError`` for any other state."""
        return self._settled(attempt_id, lambda: self._not_sent(attempt_id, failure, gate_never_returned))

    def settle(self, attempt_id: str, verdict: Verdict) -> Attempt:
        """See ``Journal.settle``. Repeating a verdict changes nothing; raises ``StoreError`` for any other state."""
        if verdict.state not in _VERDICTS:
            raise ValueError(f"{verdict.state} is not a verdict")
        return self._settled(attempt_id, lambda: self._settle(attempt_id, verdict))

    def say(self, attempt_id: str, word: UserWord) -> Attempt:
        """See ``Journal.say``. The last word counts; raises ``StoreError`` for an attempt in flight."""
        now = self._clock.wall_ms()
        with transaction(self._connection):
            row = self._row(attempt_id)
            if self._state(row).in_flight:
                raise StoreError("cannot_record", "the attempt is in flight")
            self._connection.execute(
                "UPDATE attempt SET user_word = ?, user_word_at = ?, updated_at = ? WHERE row = ?",
                (word.value, now, now, row),
            )
            append(self._connection, row, "user_word", now, word=word.value)
            index.add(self._connection, row)
        return self._known(attempt_id)

    def recover(self) -> list[Attempt]:
        """See ``Journal.recover``. Also puts into the index what an earlier version or a fault left out of it."""
        self._reserve.keep()
        with translated():
            open_rows = self._connection.execute(_IN_FLIGHT).fetchall()
            unindexed = index.missing(self._connection, _CATCH_UP)
        if not open_rows and not unindexed:
            return []  # the usual start: nothing is written
        now = Moment.now(self._clock)
        with transaction(self._connection):
            recovered = self._recover_dead(now)
            for row in index.missing(self._connection, _CATCH_UP):
                index.add(self._connection, row)
        return [self._known(attempt_id) for attempt_id in recovered]

    def delete(self, attempt_id: str) -> bool:
        """See ``Journal.delete``. Overwrites what was stored (``secure_delete``), in the write-ahead log too."""
        with transaction(self._connection):
            found = self._connection.execute(_DELETABLE, (attempt_id,)).fetchone()
            if found is None:
                return False
            index.remove(self._connection, found[0])
            self._connection.execute("DELETE FROM attempt WHERE row = ?", (found[0],))
        self._write_back("TRUNCATE")
        return True

    def tell_live(self, attempt_id: str, summary: LiveSummary, milestones: tuple[Milestone, ...]) -> Attempt:
        """See ``Journal.tell_live``."""
        with transaction(self._connection):
            live.tell(self._connection, self._row(attempt_id), summary, milestones)
        return self._known(attempt_id)

    def prove(self, attempt_id: str, uuid: str, how: str) -> Attempt:
        """See ``Journal.prove``."""
        return self._settled(attempt_id, lambda: self._prove(attempt_id, uuid, how))

    def take_result(self, attempt_id: str, result: CallResult) -> Attempt | None:
        """See ``Journal.take_result``."""
        if self.get(attempt_id) is None:
            return None
        news: list[bool] = []
        attempt = self._settled(attempt_id, lambda: news.append(self._take_result(attempt_id, result)))
        return attempt if news[-1] else None

    def callback_secret(self) -> bytes:
        """See ``Journal.callback_secret``."""
        with transaction(self._connection):
            return results.secret(self._connection)

    def to_follow(self, server: str, domain: str, since: int) -> list[Attempt]:
        """See ``Journal.to_follow``; oldest first."""
        with translated():
            return live.to_follow(self._connection, server, domain, since)

    def sent_at(self, attempt_id: str) -> int:
        """See ``Journal.sent_at``."""
        with translated():
            return live.sent_at(self._connection, attempt_id)

    def rivals(self, attempt_id: str) -> tuple[int, ...]:
        """See ``Journal.rivals``."""
        with translated():
            return live.rivals(self._connection, attempt_id)

    def held(self, uuids: frozenset[str]) -> frozenset[str]:
        """See ``Journal.held``."""
        with translated():
            return live.held(self._connection, uuids)

    def get(self, attempt_id: str) -> Attempt | None:
        with translated():
            return rows.find(self._connection, attempt_id)

    # -- inside a transaction

    def _in_flight(self, place: tuple[str, str], now: Moment) -> AlreadyCalling | None:
        found = self._connection.execute(_IN_FLIGHT + " AND server = ? AND domain = ?", place).fetchone()
        if found is None:
            return None
        if self._instance.is_alive(found[3]):
            return AlreadyCalling(found[1])
        self._recover(found, now)
        return None

    def _insert(self, intent: Intent, confirmed: tuple[str, ...], now: Moment) -> Attempt:
        cells = rows.fixed_cells(intent, confirmed) | {
            "created_at": now.wall,
            "boot_id": now.boot_id,
            "boottime": now.boot,
            "instance": self._instance.id,
            "app_version": self._app_version,
        }
        cells |= {"checksum": rows.checksum(cells), "updated_at": now.wall, "state": State.INTENT.value}
        row = self._connection.execute(rows.insert(cells), cells).lastrowid or 0
        append(self._connection, row, "intent", now.wall, origin=intent.origin.value, confirmed=" ".join(confirmed))
        return rows.begun(cells, row)

    def _not_sent(self, attempt_id: str, failure: Failure, gate_never_returned: bool) -> None:
        row = self._row(attempt_id)
        state = self._state(row)
        if state is State.NOT_SENT:
            return
        if state is not State.INTENT and not (state is State.SENDING and gate_never_returned):
            raise StoreError("cannot_record", f"{state} does not become NOT_SENT")
        self._write(row, Verdict(State.NOT_SENT, failure), Moment.now(self._clock), "settled")

    def _settle(self, attempt_id: str, verdict: Verdict) -> None:
        row = self._row(attempt_id)
        state = self._state(row)
        if results.settled_by_proof(self._connection, row):
            results.note_late(self._connection, row, verdict, _told(verdict), self._clock.wall_ms())
            index.add(self._connection, row)
            return
        if state is verdict.state:
            return
        if verdict.state not in _FORWARD.get(state, frozenset()):
            raise StoreError("cannot_record", f"{state} does not become {verdict.state}")
        self._write(row, verdict, Moment.now(self._clock), "settled")

    def _prove(self, attempt_id: str, uuid: str, how: str) -> None:
        row = self._row(attempt_id)
        uuids = (uuid,) if uuid else ()
        if live.held(self._connection, frozenset(uuids)):
            return
        if self._state(row) is State.UNKNOWN:
            self._write(row, Verdict(State.ACCEPTED, uuids=uuids), Moment.now(self._clock), "proven", how=how)
        elif uuid and results.only_result(self._connection, row):
            results.name_leg(self._connection, row, uuid, self._clock.wall_ms(), how)
            index.add(self._connection, row)

    def _take_result(self, attempt_id: str, result: CallResult) -> bool:
        row, now = self._row(attempt_id), Moment.now(self._clock)
        state = self._state(row)
        if state is State.INTENT or not results.record(self._connection, row, now.wall, result):
            return False
        if state is State.UNKNOWN:
            self._prove_by_result(row, result, now)
        return True

    def _prove_by_result(self, row: int, result: CallResult, now: Moment) -> None:
        """The path is the proof, so that a leg which another attempt holds does not take it back."""
        named = frozenset({result.uuid} if result.uuid else ())
        uuids = tuple(named - live.held(self._connection, named))
        self._write(row, Verdict(State.ACCEPTED, uuids=uuids), now, "proven", how="callback")

    def _write(self, row: int, verdict: Verdict, now: Moment, kind: str, **data: str) -> None:
        failure = verdict.failure
        cells = (
            *(verdict.state.value, now.wall, now.wall, now.boot_id, now.boot, self._instance.id),
            *_failure_cells(failure),
            rows.clean(verdict.answer),
            self._seen_before(row, verdict.uuids),
            row,
        )
        self._connection.execute(_SETTLE, cells)
        self._connection.executemany(
            "INSERT INTO leg (attempt, position, uuid) VALUES (?, ?, ?)",
            [(row, position, rows.clean(uuid)) for position, uuid in enumerate(dict.fromkeys(verdict.uuids))],
        )
        append(self._connection, row, kind, now.wall, **_told(verdict), **data)
        index.add(self._connection, row)
        if verdict.state is State.UNKNOWN and (result := results.of(self._connection, row)) is not None:
            self._prove_by_result(row, result, now)  # it came before the answer was given up

    def _seen_before(self, row: int, uuids: tuple[str, ...]) -> bool:
        sql = "SELECT EXISTS (SELECT 1 FROM leg WHERE uuid = ? AND attempt <> ?)"
        return any(self._connection.execute(sql, (rows.clean(uuid), row)).fetchone()[0] for uuid in uuids)

    def _recover_dead(self, now: Moment) -> list[str]:
        found = self._connection.execute(_IN_FLIGHT).fetchall()
        dead = [attempt for attempt in found if not self._instance.is_alive(attempt[3])]
        for attempt in dead:
            self._recover(attempt, now)
        return [attempt[1] for attempt in dead]

    def _recover(self, found: tuple[int, str, str, str], now: Moment) -> None:
        row, _, state, owner = found
        if State(state) is State.INTENT:
            verdict = Verdict(State.NOT_SENT, Failure("stopped_before_sending"))
        else:
            verdict = Verdict(State.UNKNOWN, Failure("stopped_while_sending"))
        self._write(row, verdict, now, "recovered", owner=owner)

    def _row(self, attempt_id: str) -> int:
        found = self._connection.execute("SELECT row FROM attempt WHERE id = ?", (attempt_id,)).fetchone()
        if found is None:
            raise StoreError("cannot_record", "there is no such attempt")
        return int(found[0])

    def _state(self, row: int) -> State:
        return State(self._connection.execute("SELECT state FROM attempt WHERE row = ?", (row,)).fetchone()[0])

    # -- around a transaction

    def _settled(self, attempt_id: str, write: Callable[[], None]) -> Attempt:
        try:
            with transaction(self._connection):
                write()
        except StoreError as error:
            if error.id != "store_full" or not self._reserve.release():
                raise
            with transaction(self._connection):
                write()
        self._write_back("PASSIVE", _LOG_SIZE)
        return self._known(attempt_id)

    def _write_back(self, how: str, at_least: int = 0) -> None:
        """Bring the write-ahead log into the database here, where nobody waits for a call to go out."""
        with suppress(sqlite3.Error, OSError):  # what was recorded stays recorded; the next time will do
            if beside(self._connection.path, "-wal").stat().st_size >= at_least:
                self._connection.execute(f"PRAGMA wal_checkpoint({how})")

    def _known(self, attempt_id: str) -> Attempt:
        attempt = self.get(attempt_id)
        if attempt is None:
            raise StoreError("cannot_record", "there is no such attempt")
        return attempt


def _unconfirmed(concerns: tuple[Concern, ...], confirmed: tuple[str, ...]) -> ConfirmationRequired | None:
    left = () if _ALL in confirmed else tuple(concern for concern in concerns if concern.key not in confirmed)
    return ConfirmationRequired(left) if left else None


def _failure_cells(failure: Failure | None) -> tuple[str | int | None, ...]:
    if failure is None:
        return (None, "", None, "")
    return (failure.id, rows.clean(failure.pbx_id), failure.http_status, rows.clean(failure.detail))


def _told(verdict: Verdict) -> dict[str, str]:
    """The verdict as an event's data: only what there is."""
    failure = verdict.failure
    told = {
        "state": verdict.state.value,
        "failure": failure.id if failure else "",
        "pbx_id": failure.pbx_id if failure else "",
        "http_status": str(verdict.http_status or ""),
        "retry_after": "" if verdict.retry_after is None else str(verdict.retry_after),
        "uuids": " ".join(verdict.uuids),
    }
    return {name: value for name, value in told.items() if value}
