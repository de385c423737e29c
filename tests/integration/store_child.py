"""A process of its own on a database: ``python -m tests.integration.store_child WHAT FOLDER``."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from basix_desktop.domain.errors import AlreadyCalling
from basix_desktop.store import index
from tests.unit.store.kit import PLACED, Desk, desk


def say(word: str) -> None:
    print(word, flush=True)  # noqa: T201


def race(one: Desk) -> None:
    """``go``: press Call. ``end``: settle what was won."""
    won = ""
    say("ready")
    for line in map(str.strip, sys.stdin):
        if line == "go":
            try:
                won = one.sent().id
            except AlreadyCalling as refused:
                say(f"refused {refused.attempt_id}")
            else:
                say(f"won {won}")
        elif won:
            one.journal.settle(won, PLACED)
            won = ""
            say("settled")
        else:
            say("nothing to settle")


def intent(one: Desk) -> None:
    """Leaves INTENT behind."""
    say(one.begin().id)
    sys.stdin.readline()
    os.kill(os.getpid(), signal.SIGKILL)


def sending(one: Desk) -> None:
    """Leaves SENDING behind."""
    say(one.sent().id)
    sys.stdin.readline()
    os.kill(os.getpid(), signal.SIGKILL)


def die_recovering(one: Desk) -> None:
    """Is killed within the transaction of the recovery, when the first attempt has been changed."""
    index.add = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    one.journal.recover()


def exclusive(one: Desk) -> None:
    """Holds the whole database until a line comes in."""
    one.database.execute("BEGIN EXCLUSIVE")
    say("held")
    sys.stdin.readline()
    one.database.execute("ROLLBACK")


def main() -> None:
    with desk(Path(sys.argv[2])) as one:
        {each.__name__: each for each in (race, intent, sending, die_recovering, exclusive)}[sys.argv[1]](one)


if __name__ == "__main__":
    main()
