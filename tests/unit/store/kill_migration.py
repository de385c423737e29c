"""Run by ``test_database``: kills a process before each statement of a migration and prints what each left behind."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from contextlib import closing
from itertools import count
from pathlib import Path

from basix_desktop.store import database as opening
from basix_desktop.store.database import Database, open_database
from basix_desktop.store.migrations import MIGRATIONS
from tests.unit.store.kit import desk
from tests.unit.store.test_database import LATER


class Mortal(Database):
    """Dies before its nth statement."""

    left = 0

    def execute(self, sql: str, parameters: object = (), /) -> sqlite3.Cursor:
        Mortal.left -= 1
        if Mortal.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(sql, parameters)  # type: ignore[arg-type]


def died(path: Path, at: int) -> bool:
    child = os.fork()
    if child == 0:
        Mortal.left = at
        opening.Database = Mortal  # type: ignore[misc]
        open_database(path, steps=LATER)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def state(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
        calls = connection.execute("SELECT count(*) FROM attempt").fetchone()[0]
        sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    if calls != 1 or not sound:
        return "lost"
    old, new = len(MIGRATIONS), len(LATER)
    return {(old, False): "old", (new, True): "new"}.get((version, "extra" in names), "between")


def main() -> None:
    for at in count(1):
        folder = Path(sys.argv[1]) / str(at)
        with desk(folder) as one:
            one.call()
        if not died(one.path, at):
            return
        print(state(one.path))  # noqa: T201
        with closing(open_database(one.path, steps=LATER)):
            if state(one.path) != "new":
                print("stuck")  # noqa: T201


if __name__ == "__main__":
    main()
