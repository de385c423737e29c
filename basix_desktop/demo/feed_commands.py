"""The commands of basix-api.md 2.4. None is answered; what cannot be read or carried out is ignored."""

from __future__ import annotations

import json
import math
from typing import Any

from basix_desktop.demo.calls import Calls


def obey(text: str, calls: Calls) -> None:
    """Carry out one command. Never raises."""
    try:
        command = json.loads(text)
    except (ValueError, RecursionError):
        return
    if not isinstance(command, dict) or not isinstance(command.get("uuid"), str):
        return
    uuid = command["uuid"]
    match command.get("cmd"):
        case "hangup":
            calls.hang_up(uuid)
        case "transfer":
            calls.transfer(uuid, _destination(command, calls))
        case "park":
            calls.park(uuid, *_timeout(command.get("timeout")))


def _destination(command: dict[str, Any], calls: Calls) -> str:
    """``destination`` names anybody, ``user_name`` and ``user_id`` a user; the first that is given counts."""
    for name in ("destination", "user_name"):
        value = command.get(name)
        if isinstance(value, str) and value:
            return value
    user_id = command.get("user_id")
    user = calls.user(user_id) if type(user_id) is int else None
    return user.name if user else ""


def _timeout(value: Any) -> tuple[float, ...]:
    """Nothing if it is no number of seconds."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return ()
    return (float(min(value, 86400)),) if value > 0 and not math.isnan(value) else ()
