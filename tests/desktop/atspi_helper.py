"""Reads the accessibility tree for the desktop tests, as a screen reader would.

Runs under the system's Python, which alone has ``gi``. Each line of JSON on standard input is answered by one line.
"""

import json
import sys
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi

_STATES = ("FOCUSED", "ENABLED", "SENSITIVE", "SHOWING", "VISIBLE", "CHECKED", "SELECTED", "EXPANDED", "EDITABLE")
_MOST_CHILDREN = 300
_DEEPEST = 40


def application(pid: int) -> Any:
    """The application with that process id, or None."""
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(index)
        if child is not None and child.get_process_id() == pid:
            return child
    return None


def text_of(node: Any) -> str:
    """What an editable or a label holds; a password field gives its dots."""
    interface = node.get_text_iface()
    return Atspi.Text.get_text(interface, 0, Atspi.Text.get_character_count(interface)) if interface else ""


def described(node: Any, depth: int = 0) -> dict[str, Any]:
    """The node and all below it."""
    states = node.get_state_set()
    count = min(node.get_child_count(), _MOST_CHILDREN) if depth < _DEEPEST else 0
    children = (node.get_child_at_index(index) for index in range(count))
    return {
        "role": node.get_role_name(),
        "name": node.get_name() or "",
        "description": node.get_description() or "",
        "id": node.get_accessible_id() or "",
        "text": text_of(node),
        "states": [name.lower() for name in _STATES if states.contains(getattr(Atspi.StateType, name))],
        "children": [described(child, depth + 1) for child in children if child is not None],
    }


def found(node: Any, object_name: str, depth: int = 0) -> Any:
    """The first node below whose id ends in ``object_name``, or None."""
    if (node.get_accessible_id() or "").rpartition(".")[2] == object_name:
        return node
    for index in range(min(node.get_child_count(), _MOST_CHILDREN) if depth < _DEEPEST else 0):
        child = node.get_child_at_index(index)
        hit = found(child, object_name, depth + 1) if child is not None else None
        if hit is not None:
            return hit
    return None


def answer(request: dict[str, Any]) -> Any:
    """Carry out one request: ``tree``, or on the node of an object name ``act`` (an action such as Press) or ``write``
    (a text into a field)."""
    node = application(request["pid"])
    if node is None or request["do"] == "tree":
        return described(node) if node is not None else None
    node = found(node, request["object"])
    if node is None:
        return False
    if request["do"] == "write":
        field = node.get_editable_text_iface()
        return field is not None and Atspi.EditableText.set_text_contents(field, request["text"])
    names = [Atspi.Action.get_action_name(node, index) for index in range(Atspi.Action.get_n_actions(node))]
    return request["action"] in names and Atspi.Action.do_action(node, names.index(request["action"]))


def main() -> None:
    """Serve until standard input ends. A node that vanishes while being read is asked for again by the caller."""
    for line in sys.stdin:
        try:
            result = {"ok": answer(json.loads(line))}
        except (gi.repository.GLib.GError, AttributeError) as problem:
            result = {"gone": str(problem)}
        print(json.dumps(result), flush=True)  # noqa: T201


main()
