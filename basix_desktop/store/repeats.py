"""Reasons for a second look that lie in earlier attempts (reliability.md P10, P16, S14).

Inside the INTENT transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from basix_desktop.domain.concerns import Concern, ConcernKind
from basix_desktop.domain.live import CallPhase
from basix_desktop.services.ports import RepeatRules
from basix_desktop.store.moments import Moment

#: The plus signs keep SQLite to the index of numbers: that of places holds a whole account's log.
_SAME_NUMBER = """
SELECT id, bucket, (SELECT phase FROM attempt_live WHERE attempt = attempt.row),
  settled_at, settled_boot_id, settled_boottime FROM attempt
WHERE number_key = ? AND +server = ? AND +domain = ? AND state IN ('ACCEPTED', 'UNKNOWN') ORDER BY row DESC
"""
_SENT = """
SELECT sent_at, sent_boot_id, sent_boottime FROM attempt
WHERE sent_at IS NOT NULL AND state <> 'NOT_SENT' ORDER BY row DESC LIMIT ?
"""
_MINUTE = 60
_HOUR = 3600
#: Attempts looked at beyond those that count: bounds the work when times make no sense.
_LOOKED_AT = 1000


def earlier_concerns(
    connection: sqlite3.Connection, key: tuple[str, str, str], rules: RepeatRules, now: Moment
) -> tuple[Concern, ...]:
    """For ``key`` (number key, server, domain): at most one concern of each kind, about the latest attempt."""
    return (*_same_number(connection, key, rules, now), *_rate(connection, rules, now))


def _same_number(
    connection: sqlite3.Connection, key: tuple[str, str, str], rules: RepeatRules, now: Moment
) -> Iterator[Concern]:
    open_kinds = {ConcernKind.MAY_HAVE_BEEN_PLACED, ConcernKind.CALLED_JUST_NOW, ConcernKind.ON_CALL}
    for attempt_id, bucket, phase, *settled in connection.execute(_SAME_NUMBER, key):
        age = now.seconds_since(Moment(*settled))
        if age > max(rules.just_now, rules.unsettled, rules.going_on) or not open_kinds:
            return
        kind = _kind(bucket, phase, age, rules)
        if kind in open_kinds:
            open_kinds.remove(kind)
            yield Concern(kind, seconds_ago=max(0, int(age)), attempt_id=attempt_id)


def _kind(bucket: str, phase: str | None, age: float, rules: RepeatRules) -> ConcernKind | None:
    if phase not in (None, CallPhase.ENDED) and abs(age) <= rules.going_on:
        return ConcernKind.ON_CALL
    if bucket == "to_check" and age <= rules.unsettled:
        return ConcernKind.MAY_HAVE_BEEN_PLACED
    # A time that lies ahead by more than the window is a clock put right since, not a call just now.
    if bucket != "not_placed" and abs(age) <= rules.just_now:
        return ConcernKind.CALLED_JUST_NOW
    return None


def _rate(connection: sqlite3.Connection, rules: RepeatRules, now: Moment) -> Iterator[Concern]:
    """Counts what is less than an hour away either way: a clock put right must not ask for ever, nor never."""
    minute = hour = 0
    for wall, boot_id, boot in connection.execute(_SENT, (rules.per_hour + _LOOKED_AT,)):
        # As Moment.seconds_since has it, without an object for each of some hundred rows.
        age = (now.boot - boot if boot_id == now.boot_id else now.wall - wall) / 1000
        if age > _HOUR or hour >= rules.per_hour:
            break
        hour += abs(age) <= _HOUR
        minute += abs(age) <= _MINUTE
    if minute >= rules.per_minute:
        yield Concern(ConcernKind.DIAL_RATE, count=minute, seconds_ago=_MINUTE)
    elif hour >= rules.per_hour:
        yield Concern(ConcernKind.DIAL_RATE, count=hour, seconds_ago=_HOUR)
