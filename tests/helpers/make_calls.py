"""Fill a database with plausible calls, fast: for measuring and for looking at a full log.

``python -m tests.helpers.make_calls PATH COUNT``
"""

from __future__ import annotations

import argparse
import json
import random
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from basix_desktop.domain.calls import CallRequest, EndUser, Intent, Origin
from basix_desktop.store import index, rows, search
from basix_desktop.store.database import Database, open_database
from basix_desktop.store.faults import transaction
from basix_desktop.store.rows import Cell

SERVER = "https://bcs.brastel.com/basix/api"
DOMAIN = "example"

_FAMILY = (
    "佐藤",
    "鈴木",
    "高橋",
    "田中",
    "伊藤",
    "渡辺",
    "山本",
    "小林",
    "佐々木",
    "林",
    "斎藤",
    "Tanaka",
    "Müller",
    "Smith",
)
_GIVEN = ("太郎", "花子", "一郎", "健", "美咲", "翔太", "さくら", "大輔", "恵", "Hanako", "Anna", "John")
_COMPANY = ("株式会社アオバ", "東京商事", "みどり歯科", "Nippon Foods", "北海道物産", "カワセミ工業", "さくら不動産")
_DESTINATIONS = [("Helen", "Helen"), ("sales", "営業部"), ("5001", "受付"), ("support", "サポート"), ("5104", "John")]
_STATES = ["ACCEPTED"] * 90 + ["REJECTED"] * 5 + ["NOT_SENT"] * 4 + ["UNKNOWN"]
_WORDS = ["rang", "did_not_ring", "rang", "dont_know"]
#: The calls lie at most so far apart, the first of them at most a year ago, the last an hour ago: milliseconds.
_STEP, _YEAR, _HOUR = 420_000, 365 * 86_400_000, 3_600_000


def make_calls(
    path: Path,
    count: int,
    *,
    seed: int = 1,
    server: str = SERVER,
    domain: str = DOMAIN,
    number: str = "",
    of: int = 0,
) -> None:
    """Add ``count`` settled calls in one transaction; ``number`` makes all of them go to one E.164 number.

    They were made in the past year, the last an hour ago. For a log that is filled in parts, ``of`` is how many rows it
    will have: the parts' times then follow each other.
    """
    with closing(open_database(path)) as database:
        born = database.execute("SELECT sql FROM sqlite_schema WHERE name = 'attempt_born'").fetchone()[0]
        with transaction(database):
            first = database.execute("SELECT coalesce(max(row), 0) + 1 FROM attempt").fetchone()[0]
            database.execute("DROP TRIGGER attempt_born")  # each call arrives with its end already known
            times = _Times.until_an_hour_ago(max(of, first + count - 1))
            calls = list(_calls(random.Random(seed), range(first, first + count), (server, domain), number, times))
            if calls:
                database.executemany(rows.insert(calls[0]), calls)
                database.executemany("INSERT INTO leg VALUES (?, 0, ?)", _legs(random.Random(seed), calls))
                database.executemany("INSERT INTO attempt_event VALUES (?, ?, ?, ?, ?)", _events(calls))
                _index(database, first)
            database.execute(born)


@dataclass(frozen=True)
class _Times:
    start: int
    step: int

    @classmethod
    def until_an_hour_ago(cls, rows: int) -> _Times:
        step = min(_STEP, _YEAR // max(1, rows))
        return cls(time.time_ns() // 1_000_000 - _HOUR - rows * step, step)

    def of(self, row: int) -> int:
        return self.start + row * self.step


def _calls(
    rng: random.Random, numbers: range, place: tuple[str, str], number: str, times: _Times
) -> Iterator[dict[str, Cell]]:
    for row in numbers:
        at = times.of(row)
        key = number or _number(rng)
        destination, label = rng.choice(_DESTINATIONS)
        user = EndUser(
            id=str(rng.randrange(10**6)) if rng.random() < 0.3 else "",
            name=f"{rng.choice(_FAMILY)} {rng.choice(_GIVEN)}" if rng.random() < 0.7 else "",
            organization=rng.choice(_COMPANY) if rng.random() < 0.4 else "",
        )
        sent = "0" + key[3:]
        request = CallRequest(sent, destination, calling_number="0312340000", end_user=user)
        body = json.dumps({"target": {"number": sent}, "destination": destination})
        intent = Intent(
            *(str(uuid.UUID(int=rng.getrandbits(128))), "Example", *place, request, key, body),
            *(f"{sent[:3]}-{sent[3:7]}-{sent[7:]}", label, Origin.WINDOW),
        )
        cells = rows.fixed_cells(intent, ()) | {
            "created_at": at,
            "boot_id": "made",
            "boottime": at - times.start,
            "instance": "made",
            "app_version": "made",
        }
        yield cells | {"checksum": rows.checksum(cells), "row": row} | _end(rng, at, at - times.start)


def _number(rng: random.Random) -> str:
    head = rng.choice(["+813", "+8190", "+8180", "+816", "+8152"])
    return head + "".join(rng.choice("0123456789") for _ in range(13 - len(head) if len(head) == 5 else 8))


def _end(rng: random.Random, at: int, boottime: int) -> dict[str, Cell]:
    state = rng.choice(_STATES)
    sent = state != "NOT_SENT"
    failure = {"REJECTED": "channel_limit_reached", "NOT_SENT": "network_unreachable", "UNKNOWN": "no_answer_in_time"}
    word = rng.choice(_WORDS) if state == "UNKNOWN" else None
    return {
        "state": state,
        "updated_at": at + 900,
        "sent_at": at + 200 if sent else None,
        "sent_boot_id": "made" if sent else None,
        "sent_boottime": boottime + 200 if sent else None,
        "settled_at": at + 900,
        "settled_boot_id": "made",
        "settled_boottime": boottime + 900,
        "settled_by": "made",
        "failure_id": failure.get(state),
        "user_word": word,
        "user_word_at": at + 60_000 if word else None,
        "answer": '{"result_code":0,"error":null}' if state == "ACCEPTED" else "",
    }


def _legs(rng: random.Random, calls: list[dict[str, Cell]]) -> Iterator[tuple[Cell, str]]:
    for call in calls:
        if call["state"] == "ACCEPTED":
            yield call["row"], str(uuid.UUID(int=rng.getrandbits(128), version=4))


def _events(calls: list[dict[str, Cell]]) -> Iterator[tuple[Cell, ...]]:
    for call in calls:
        yield call["row"], 0, call["created_at"], "intent", '{"origin": "window"}'
        if call["sent_at"]:
            yield call["row"], 1, call["sent_at"], "sending", "{}"
        yield call["row"], 2, call["settled_at"], "settled", json.dumps({"state": call["state"]})


def _index(database: Database, first: int) -> None:
    found = database.execute(f"{index.SEARCHED} WHERE row >= ?", (first,)).fetchall()
    texts = [(cells[0], cells[1], index.folded(cells)) for cells in found]
    database.executemany("INSERT INTO attempt_text (row, bucket, folded) VALUES (?, ?, ?)", texts)
    database.executemany(
        "INSERT INTO attempt_index (rowid, tokens) VALUES (?, ?)",
        ((row, search.tokens(folded, bucket)) for row, bucket, folded in texts),
    )
    database.execute("UPDATE attempt SET indexed = 1 WHERE row >= ?", (first,))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("count", type=int)
    arguments = parser.parse_args()
    make_calls(arguments.path, arguments.count)


if __name__ == "__main__":
    main()
