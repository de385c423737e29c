"""Writes down what programs announce to screen readers: a line of JSON for each, with the program's process id.

Runs under the system's Python, which alone has ``gi``.
"""

import json
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi


def heard(event: Any) -> None:
    """Called for each announcement."""
    print(json.dumps({"pid": event.source.get_process_id(), "text": event.any_data}), flush=True)  # noqa: T201


listener = Atspi.EventListener.new(heard)
listener.register("object:announcement")
print(json.dumps({"pid": 0, "text": "listening"}), flush=True)  # noqa: T201
Atspi.event_main()
