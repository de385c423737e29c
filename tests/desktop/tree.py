"""The accessibility tree of a program on the tests' desktop."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.desktop.session import DesktopSession
from tests.desktop.waiting import until

_HELPER = Path(__file__).with_name("atspi_helper.py")
_LISTENER = Path(__file__).with_name("announcement_helper.py")
#: the only Python that has ``gi`` is the system's
SYSTEM_PYTHON = "/usr/bin/python3"


@dataclass(frozen=True)
class Node:
    """What a screen reader knows of one widget, and the widgets in it."""

    role: str
    name: str
    description: str
    object_name: str
    text: str
    states: frozenset[str]
    children: tuple["Node", ...]

    def walk(self) -> Iterator["Node"]:
        """This node and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def find(self, object_name: str) -> "Node | None":
        """The first node of that object name, or None."""
        return next((node for node in self.walk() if node.object_name == object_name), None)

    def words(self) -> str:
        """Every name and text below, one a line: what can be read there."""
        return "\n".join(word for node in self.walk() for word in (node.name, node.text, node.description) if word)

    def outline(self, depth: int = 0) -> str:
        """The tree for a person to read."""
        states = " ".join(sorted(self.states - {"enabled", "sensitive", "visible", "showing"}))
        own = f"{'  ' * depth}{self.role} {self.object_name} {self.name!r} {self.text!r} {states}"
        return "\n".join([own.rstrip(), *(child.outline(depth + 1) for child in self.children)])


class TreeReader:
    """Asks the helper; one for a session. :meth:`close` ends it."""

    def __init__(self, session: DesktopSession) -> None:
        with (session.root / "tree.log").open("ab") as log:
            self._helper = subprocess.Popen(
                [SYSTEM_PYTHON, str(_HELPER)],
                env=session.env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self._session = session

    def tree(self, pid: int) -> Node | None:
        """The whole tree of the program with that process id; None while it has none, or while it changes."""
        found = self._ask({"do": "tree", "pid": pid})
        return _node(found) if found else None

    def act(self, pid: int, object_name: str, action: str = "Press") -> bool:
        """Do what a screen reader's user does: an action on a widget. Whether the widget has it."""
        return bool(self._ask({"do": "act", "pid": pid, "object": object_name, "action": action}))

    def write(self, pid: int, object_name: str, text: str) -> bool:
        """Put a text into a field without the keyboard, as dictation does. Whether there is such a field."""
        return bool(self._ask({"do": "write", "pid": pid, "object": object_name, "text": text}))

    def close(self) -> None:
        """End the helper."""
        for pipe in (self._helper.stdin, self._helper.stdout):
            if pipe is not None:
                pipe.close()
        self._helper.wait(timeout=10)

    def _ask(self, request: dict[str, Any]) -> Any:
        assert self._helper.stdin is not None
        assert self._helper.stdout is not None
        self._helper.stdin.write(json.dumps(request) + "\n")
        self._helper.stdin.flush()
        line = self._helper.stdout.readline()
        assert line, f"the accessibility helper ended: {self._session.log('tree')}"
        return json.loads(line).get("ok")


class Announcements:
    """What programs on the desktop have announced to screen readers since construction."""

    def __init__(self, session: DesktopSession, log: str) -> None:
        self._session = session
        self._log = log
        self._listener = session.start(SYSTEM_PYTHON, str(_LISTENER), log=log)
        until(lambda: self.of(0), "the listener listens")

    def of(self, pid: int) -> list[str]:
        """The announcements of the program with that process id, in order."""
        lines = [
            line for line in self._session.log(self._log).splitlines() if line.startswith("{") and line.endswith("}")
        ]
        return [heard["text"] for line in lines if (heard := json.loads(line))["pid"] == pid]

    def close(self) -> None:
        """Stop listening."""
        self._listener.terminate()
        self._listener.wait(timeout=10)


def _node(found: dict[str, Any]) -> Node:
    return Node(
        role=found["role"],
        name=found["name"],
        description=found["description"],
        object_name=found["id"].rpartition(".")[2],
        text=found["text"],
        states=frozenset(found["states"]),
        children=tuple(_node(child) for child in found["children"]),
    )
