"""The call log on the screen, as it is read out."""

from tests.desktop.program import Program
from tests.desktop.tree import Node
from tests.desktop.waiting import until

_NOT_YET = ("under way", "not placed", "may have been placed")


def rows(program: Program) -> list[str]:
    """Every row in one sentence, newest first."""
    return _sentences(program.node("callLogView"))


def wait_for_row(program: Program, start: str) -> str:
    """The row that begins so, once it is there."""

    def look() -> str | None:
        return next((row for row in rows(program) if row.startswith(start)), None)

    return until(look, f"a row of the log begins with {start!r}")


def wait_for_placed(program: Program, who_and_where: str) -> str:
    """The row of that call, once it is placed; it goes on to say how far the call has come.

    Small and capital letters are the same: a typed destination is shown as the feed calls it, once there is a feed.
    """
    start = f"{who_and_where}, ".casefold()

    def look() -> str | None:
        found = (row for row in rows(program) if row.casefold().startswith(start) and not _waits(row[len(start) :]))
        return next(found, None)

    return until(look, f"{who_and_where!r} is placed")


def _waits(state: str) -> bool:
    return state.startswith(_NOT_YET)


def _sentences(log: Node) -> list[str]:
    return [node.name for node in log.walk() if node.role == "table cell" and ", to " in node.name]
