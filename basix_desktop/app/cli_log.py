"""``basix-desktop log``."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from concurrent.futures import Future
from datetime import datetime
from typing import Final

from basix_desktop.app.cli_attempts import COLUMNS, csv_row, log_object
from basix_desktop.app.cli_output import message, result, result_json
from basix_desktop.app.cli_session import Session
from basix_desktop.app.cli_words import error_line
from basix_desktop.domain.calls import Attempt, Outcome
from basix_desktop.domain.errors import StoreError
from basix_desktop.domain.logged_number import shown
from basix_desktop.services.ports import LogQuery
from basix_desktop.store.files import was_here
from basix_desktop.ui.explain import plain, short_reason

PAGE: Final = 500
OUTCOMES: Final = {
    Outcome.PLACED: ("placed", "発信済み"),
    Outcome.NOT_PLACED: ("not placed", "発信せず"),
    Outcome.UNKNOWN: ("unknown", "発信された可能性"),
}


def run(session: Session) -> int:
    """Newest first, as far as somebody reads. Main thread."""
    arguments, language = session.arguments, session.language
    if arguments.csv and not result(_csv_line(COLUMNS)):
        return 0
    account = session.settings.account
    home = account.home_region if account is not None else "JP"
    for attempt in _attempts(session, arguments.limit):
        if arguments.json:
            told = result_json(log_object(attempt, language))
        elif arguments.csv:
            told = result(_csv_line(csv_row(attempt, language)))
        else:
            told = result(_line(attempt, language, home))
        if not told:
            break
    return 0


def _attempts(session: Session, limit: int | None) -> Iterator[Attempt]:
    if not session.paths.database.exists() and not was_here(session.paths.database):
        return
    with session.core() as core:
        try:
            opened = core.stores.open()  # brings it up to date, and closes the attempts of dead processes
            session.tell_loss(opened.result())
        except StoreError as error:
            message(error_line(error, session.language))  # it may be read all the same
        before: int | None = None
        left = limit
        while left is None or left > 0:
            wanted = PAGE if left is None else min(PAGE, left)
            page: Future[list[Attempt]] = core.stores.reader.submit(
                lambda before=before, wanted=wanted: core.stores.history.page(LogQuery(), before, wanted)  # type: ignore[misc]
            )
            attempts = page.result()
            yield from attempts
            if len(attempts) < wanted:
                return
            before = attempts[-1].row
            left = None if left is None else left - wanted


def _csv_line(cells: tuple[str, ...] | list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r").writerow(cells)
    return line.getvalue()  # the output adds the line feed: RFC 4180 ends lines with both


def _line(attempt: Attempt, language: str, home: str) -> str:
    """For people: local time, outcome, number, destination, who, and the leg or the reason."""
    user = attempt.request.end_user
    reason = short_reason(attempt.failure, language) if attempt.failure else " ".join(attempt.uuids)
    cells = (
        (_local(attempt.created_at), 19),
        (OUTCOMES[attempt.outcome][language == "ja"], 10),
        (shown(attempt.request.number, attempt.number_key, home), 15),
        (plain(attempt.destination_label or attempt.request.destination), 16),
        (plain(" ".join(filter(None, (user.name, user.organization)))), 16),
    )
    return "  ".join([*(_padded(text, width) for text, width in cells), plain(reason)]).rstrip()


def _local(milliseconds: int) -> str:
    try:
        return datetime.fromtimestamp(milliseconds / 1000).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except (OverflowError, OSError, ValueError):
        return "?"


def _padded(text: str, width: int) -> str:
    """Full-width characters take two columns of a terminal."""
    columns = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return text + " " * max(0, width - columns)
