"""Between a row and an :class:`Attempt`; the checksum over what was pressed."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from typing import Any, Final, Protocol

from basix_desktop.domain.calls import Attempt, CallRequest, EndUser, Intent, LiveSummary, Origin, State, UserWord
from basix_desktop.domain.errors import Failure

#: What is under the checksum, in its order: fixed from the first moment on.
FIXED: Final = (
    "id",
    "server",
    "domain",
    "account",
    "created_at",
    "boot_id",
    "boottime",
    "instance",
    "app_version",
    "origin",
    "number",
    "number_key",
    "typed",
    "destination",
    "destination_label",
    "calling_number",
    "answer_timeout",
    "callback_url",
    "end_user_id",
    "end_user_name",
    "end_user_organization",
    "end_user_avatar",
    "end_user_prefecture",
    "confirmed",
    "body",
)

_UUIDS = (
    "(SELECT json_group_array(uuid) FROM (SELECT uuid FROM leg WHERE leg.attempt = a.row ORDER BY position)) AS uuids"
)
#: How far the call of a row ``l`` of ``attempt_live`` came before its end.
REACHED: Final = (
    "(SELECT kind FROM milestone m WHERE m.attempt = l.attempt AND kind <> 'ended' ORDER BY at DESC, "
    "instr('ringing answered destination_ringing connected transferred parked voicemail menu conference passed_on "
    "service', kind) DESC LIMIT 1)"
)
_LIVE = (
    f"(SELECT json_array(phase, connected_with, talked_ms, ended_by, cause, {REACHED}) "  # noqa: S608 - constants only
    "FROM attempt_live l WHERE l.attempt = a.row) AS live"
)
_BRIEF: Final = (
    "a.row, a.id, a.state, a.server, a.domain, a.account, a.created_at, a.updated_at, a.origin, a.number, a.typed, "
    "a.destination, a.destination_label, a.calling_number, a.answer_timeout, a.callback_url, a.end_user_id, "
    "a.end_user_name, a.end_user_organization, a.end_user_avatar, a.end_user_prefecture, a.confirmed, a.failure_id, "
    "a.failure_pbx_id, a.failure_http_status, a.failure_detail, a.uuid_seen_before, a.user_word, a.user_word_at, "
    "a.number_key, " + _UUIDS + ", " + _LIVE
)
#: Columns of ``attempt a`` for :func:`attempt`, without and with the exchange itself.
BRIEF: Final = _BRIEF + ", '' AS body, '' AS answer"
WHOLE: Final = _BRIEF + ", a.body, a.answer"

Cell = str | int | None


def select(connection: sqlite3.Connection, sql: str, parameters: Sequence[Cell] = ()) -> list[sqlite3.Row]:
    """All rows, with columns by name."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor.execute(sql, parameters).fetchall()


def clean(text: str) -> str:
    """Text as it can be stored: half a surrogate pair, which no encoding can write, becomes U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def place(server: str, domain: str) -> tuple[str, str]:
    """The key of "in flight", favourites and recent calls, as ``Account.key`` has it."""
    return clean(server.rstrip("/")), clean(domain)


def checksum(cells: dict[str, Cell]) -> str:
    """64 bits over the fixed columns (reliability.md I6: SQLite itself notices few flipped bits)."""
    text = json.dumps([cells[name] for name in FIXED], ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def fixed_cells(intent: Intent, confirmed: tuple[str, ...]) -> dict[str, Cell]:
    """The columns that an intent fills; the journal adds when and by whom."""
    request, user = intent.request, intent.request.end_user
    server, domain = place(intent.server, intent.domain)
    return {
        "id": intent.id,
        "server": server,
        "domain": domain,
        "account": clean(intent.account),
        "origin": intent.origin.value,
        "number": clean(request.number),
        "number_key": clean(intent.number_key),
        "typed": clean(intent.typed),
        "destination": clean(request.destination),
        "destination_label": clean(intent.destination_label),
        "calling_number": clean(request.calling_number),
        "answer_timeout": request.answer_timeout,
        "callback_url": clean(request.callback_url),
        "end_user_id": clean(user.id),
        "end_user_name": clean(user.name),
        "end_user_organization": clean(user.organization),
        "end_user_avatar": clean(user.avatar),
        "end_user_prefecture": clean(user.prefecture),
        "confirmed": json.dumps([clean(key) for key in confirmed], ensure_ascii=False),
        "body": clean(intent.body),
    }


class Row(Protocol):
    """``sqlite3.Row``, or cells by name."""

    def __getitem__(self, name: str, /) -> Any: ...


#: The columns of :data:`WHOLE` that nobody fills before an attempt is settled.
_OPEN: Final[dict[str, Cell]] = {
    "failure_id": None,
    "uuids": "[]",
    "answer": "",
    "user_word": None,
    "user_word_at": None,
    "uuid_seen_before": 0,
    "live": None,
}


def begun(cells: dict[str, Cell], row: int) -> Attempt:
    """The attempt that was just inserted as ``cells``: what :func:`find` would read."""
    return attempt({**_OPEN, **cells, "row": row})


def attempt(row: Row) -> Attempt:
    """An attempt from a row of :data:`BRIEF` or :data:`WHOLE`."""
    return Attempt(
        id=row["id"],
        row=row["row"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        account=row["account"],
        server=row["server"],
        domain=row["domain"],
        request=_request(row),
        state=State(row["state"]),
        origin=Origin(row["origin"]),
        typed=row["typed"],
        destination_label=row["destination_label"],
        body=row["body"],
        confirmed=tuple(json.loads(row["confirmed"])),
        failure=_failure(row),
        uuids=tuple(json.loads(row["uuids"])),
        answer=row["answer"],
        user_word=None if row["user_word"] is None else UserWord(row["user_word"]),
        user_word_at=row["user_word_at"],
        uuid_seen_before=bool(row["uuid_seen_before"]),
        live=None if row["live"] is None else LiveSummary(*json.loads(row["live"])),
        number_key=row["number_key"],
    )


def _request(row: Row) -> CallRequest:
    return CallRequest(
        number=row["number"],
        destination=row["destination"],
        calling_number=row["calling_number"],
        answer_timeout=row["answer_timeout"],
        callback_url=row["callback_url"],
        end_user=EndUser(
            id=row["end_user_id"],
            name=row["end_user_name"],
            organization=row["end_user_organization"],
            avatar=row["end_user_avatar"],
            prefecture=row["end_user_prefecture"],
        ),
    )


def _failure(row: Row) -> Failure | None:
    if row["failure_id"] is None:
        return None
    return Failure(row["failure_id"], row["failure_pbx_id"], row["failure_http_status"], row["failure_detail"])


def attempts(connection: sqlite3.Connection, columns: str, where: str, cells: Sequence[Cell]) -> list[Attempt]:
    """Attempts by a condition on ``attempt a``; ``columns`` is :data:`BRIEF` or :data:`WHOLE`."""
    sql = f"SELECT {columns} FROM attempt a {where}"  # noqa: S608 - constants only
    return [attempt(row) for row in select(connection, sql, cells)]


def find(connection: sqlite3.Connection, attempt_id: str) -> Attempt | None:
    """One attempt, whole."""
    return next(iter(attempts(connection, WHOLE, "WHERE a.id = ?", (attempt_id,))), None)


def insert(cells: dict[str, Cell]) -> str:
    """The statement that stores ``cells`` (by name) as a new attempt."""
    names = list(cells)
    values = ", ".join(f":{name}" for name in names)
    return f"INSERT INTO attempt ({', '.join(names)}) VALUES ({values})"  # noqa: S608 - our column names
