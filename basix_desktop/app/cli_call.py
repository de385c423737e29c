"""``basix-desktop call``: one call, one verdict, one exit status."""

from __future__ import annotations

import argparse
import logging
import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass, replace
from typing import Final

from basix_desktop.app.cli_attempts import outcome_object, refusal_object
from basix_desktop.app.cli_output import message, result, result_json
from basix_desktop.app.cli_session import Session
from basix_desktop.app.cli_words import error_line, say, verdict_line
from basix_desktop.domain.accounts import Account
from basix_desktop.domain.calls import Attempt, CallRequest, Origin, Outcome, State
from basix_desktop.domain.destinations import read_destination
from basix_desktop.domain.errors import BasixError, Failure, Stopped
from basix_desktop.domain.inputs import read_answer_timeout, read_callback_url, read_calling_number, read_end_user
from basix_desktop.domain.numbers import Number, read
from basix_desktop.services.dialer import Order, Press

STATUS: Final = {Outcome.PLACED: 0, Outcome.NOT_PLACED: 3, Outcome.UNKNOWN: 4}
#: Seconds until the dialer has certainly said something: the keyring's time, the connection's and the answer's.
PATIENCE: Final = 90.0
#: Seconds that an interrupted call has to end as "not placed".
LAST_WORD: Final = 2.0

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Seen:
    """The attempt as the dialer last reported it; written on its threads."""

    attempt: Attempt | None = None

    def __call__(self, attempt: Attempt) -> None:
        self.attempt = attempt


class Unexpected(BasixError):
    """A defect of ours, before anything was sent."""

    ids = frozenset({"unexpected"})


def run(session: Session) -> int:
    """The exit status: 0 placed, 3 certainly not placed, 4 unknown. Main thread; waits for the verdict."""
    number: str | None = None
    attempt, seen = None, Seen()
    problem: BasixError = Unexpected("unexpected")
    try:
        account, token = session.chosen_account()
        number = _read_number(session.arguments, account).sent  # told even if another field is refused
        order = read_order(session.arguments, account)
        with session.core((account, token) if token is not None else None) as core:
            session.tell_loss(core.stores.open().result())
            attempt = verdict(core.dialer.place(order, seen), seen)
    except BasixError as error:
        problem = error
    except KeyboardInterrupt:
        problem = Stopped("cancelled")
    except Exception as error:
        _log.critical("a call ended unexpectedly", exc_info=error)
    if attempt is None and seen.attempt is not None:  # interrupted at an odd moment: there is a row all the same
        attempt = _as_seen(seen)
    return _refused(session, problem, number) if attempt is None else _tell(session, attempt)


def read_order(arguments: argparse.Namespace, account: Account) -> Order:
    """Every field read as the window reads it. Raises ``InputRefused``."""
    number = _read_number(arguments, account)
    calling, timeout, callback = arguments.calling_number, arguments.answer_timeout, arguments.callback_url
    request = CallRequest(
        number=number.sent,
        destination=read_destination(arguments.destination, account.home_region),
        calling_number=read_calling_number(
            account.default_calling_number if calling is None else calling, account.home_region
        ),
        answer_timeout=account.answer_timeout if timeout is None else read_answer_timeout(timeout),
        callback_url=read_callback_url(account.callback_url if callback is None else callback),
        end_user=read_end_user(
            id=arguments.end_user_id,
            name=arguments.end_user_name,
            organization=arguments.end_user_organization,
            avatar=arguments.end_user_avatar,
            prefecture=arguments.end_user_prefecture,
        ),
    )
    return Order(
        account=account,
        request=request,
        number=number,
        typed=arguments.number,
        origin=Origin.COMMAND_LINE,
        confirmed=frozenset({"*"}) if arguments.yes else frozenset(),
    )


def _read_number(arguments: argparse.Namespace, account: Account) -> Number:
    return read(arguments.number, account.home_region, account.dial_format)


def verdict(press: Press, seen: Seen) -> Attempt:
    """Wait for it, whatever happens meanwhile. Raises where there is no attempt."""
    try:
        return press.done.result(PATIENCE)
    except BasixError:
        raise
    except BaseException as error:  # interrupted from the keyboard, or a defect of ours
        if not isinstance(error, KeyboardInterrupt):
            _log.critical("a call ended unexpectedly", exc_info=error)
        press.cancel()
        settled = _within(press.done, LAST_WORD)
        if settled is None and seen.attempt is None:
            raise
        return settled or _as_seen(seen)


def _as_seen(seen: Seen) -> Attempt:
    """What is certain of an attempt that nobody waits for any more."""
    assert seen.attempt is not None
    if seen.attempt.state.in_flight:
        # Still before the gate, it may pass it until the process has ended: only recovery can tell.
        return replace(seen.attempt, state=State.UNKNOWN, failure=Failure("stopped_while_sending"))
    return seen.attempt


def _within(done: Future[Attempt], seconds: float) -> Attempt | None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            return done.result(max(0.01, until - time.monotonic()))
        except KeyboardInterrupt:  # pressed again: these two seconds are worth it
            continue
        except (FutureTimeout, Exception):
            return None
    return None


def _refused(session: Session, error: BasixError, number: str | None) -> int:
    """Nothing was recorded and nothing was sent."""
    if session.arguments.json:
        result_json(refusal_object(error, number, session.arguments.destination, session.language))
    else:
        message(say("refused", session.language, reason=error_line(error, session.language)))
    _log.info("refused: %s", error.id)
    return STATUS[Outcome.NOT_PLACED]


def _tell(session: Session, attempt: Attempt) -> int:
    language = session.language
    _log.info("attempt %s: %s %s", attempt.id, attempt.state, attempt.failure.id if attempt.failure else "")
    if session.arguments.json:
        result_json(outcome_object(attempt, language))
    elif attempt.outcome is Outcome.PLACED:
        result(verdict_line(attempt, language))
    else:
        message(verdict_line(attempt, language))
    if attempt.uuid_seen_before:
        message(say("leg_seen", language))
    return STATUS[attempt.outcome]
