"""Compare the vendor's own reader of the feed with ours, field by field, over a recording (``record_feed``).

``python -m tests.helpers.compare_vendor CHECKOUT RECORDING``, where CHECKOUT is a checkout of the vendor's
``basix_ws_cti`` library. Needs Node.js. Prints figures and each difference; ends with 1 if there is any.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from basix_desktop.cti.messages import Parser
from basix_desktop.domain.feed import Channel, Element, ElementEvent, Ignored, Message, Snapshot, SystemMessage
from basix_desktop.etf import decode, limits_for
from tests.helpers.record_feed import read_frames

#: Frames come as lengths and bytes on standard input; for each, a line of JSON: what its callbacks were told.
_NODE = """
const lines = []; let told = [];
console.log = () => {};
const parser = require(process.argv[1] + '/lib/message_parser.js');
parser.init({
  on_initial_info: (e, d) => told.push({what: 'initial_info', element: String(e), data: Object.values(d)}),
  on_info_event: (e, d, n) => told.push({what: 'info_event', element: String(e), data: d, event: String(n)}),
  on_system_msg: (m) => told.push({what: 'system_msg', text: String(m)}),
  on_msg: (m) => told.push({what: 'msg'}),
}, {base_url: null});
const all = require('fs').readFileSync(0);
for (let at = 0; at < all.length; ) {
  const size = all.readUInt32BE(at); told = [];
  try { parser.handle_message(all.subarray(at + 4, at + 4 + size)); } catch (e) { told = [{error: String(e)}]; }
  lines.push(JSON.stringify(told)); at += 4 + size;
}
process.stdout.write(lines.join('\\n'));
"""

_ELEMENTS_WE_LEAVE_OUT = frozenset({"channel_waiting", "domain"})
#: The vendor's name of a field, ours, and how the vendor's value reads as ours.
_Plain = tuple[str, str, Callable[[Any], Any]]


def _same(value: Any) -> Any:
    return value


def _text(value: Any) -> Any:
    """The vendor's text is one character per byte, UTF-8 unread; no value is no text."""
    return "" if value is None else str(value).encode("latin-1").decode()


def _moment(value: Any) -> Any:
    return None if value is None else value // 1000


def _state(value: Any) -> Any:
    if value is None:
        return None
    data = value["data"]
    address = _text(data.get("address"))
    details = ("target_name", "group_queue_id", "url", "ivr_id", "operation", "room_id", "slot", "uuid")
    extras = ("parker_name", "eavesdrop_state")
    whose = {"user": data.get("target_id")} if data.get("target_type") == "user" else {"group": data.get("target_id")}
    return {
        "name": value["name"],
        "at": _moment(value["ts"]),
        "location": _text(data.get("target_location")),
        "target_type": _text(data.get("target_type")),
        "user_id": data.get("user_id", data.get("parker_id", whose.get("user"))),
        "group_id": data.get("group_id", whose.get("group")),
        "address": address,
        "detail": next((_text(data[name]) for name in details if name in data), ""),
        "extra": next((_text(data[name]) for name in extras if name in data), ""),
    }


def _target(value: Any) -> Any:
    if value is None:
        return None
    return {
        name: value.get(name) if name == "id" else _text(value.get(name)) for name in ("type", "id", "name", "address")
    }


def _people(value: Any) -> Any:
    names = ("id", "name", "organization", "avatar", "prefecture")
    items = [] if not value else value["items"]
    assert not value or value["count"] == len(items), "the vendor counts otherwise than it lists"
    return [{name: item.get(name) or "" for name in names} for item in items]


def _other(value: Any) -> Any:
    if value is None:
        return None
    texts = {name: _text(value.get(name)) for name in ("type", "direction", "peer_location", "address", "whoscall")}
    return {
        **texts,
        "user_id": value.get("user_id"),
        "end_users": _people(value.get("end_user")),
        "offered_at": _moment(value.get("offer_timestamp")),
        # Of an end user, the vendor leaves the group out.
        **({"group_id": value.get("group_id")} if value.get("type") == "user" else {}),
    }


_CHANNEL: tuple[_Plain, ...] = (
    *((name, name, _text) for name in ("uuid", "direction", "peer_location", "calling_name", "calling_number")),
    *((name, name, _text) for name in ("called_number", "other_uuid", "last_event", "last_event_data", "call_id")),
    *((name, name, _same) for name in ("user_id", "group_id", "last_bridged_user_id")),
    ("offer_timestamp", "offered_at", _moment),
    ("answer_timestamp", "answered_at", _moment),
    ("hangup_timestamp", "hung_up_at", _moment),
    ("state", "state", _state),
    ("target", "target", _target),
    ("end_user", "end_users", _people),
    ("other_info", "other", _other),
    ("origination", "origination", lambda value: value or []),
    ("tags", "tags", lambda value: [_text(one) for one in value] if value else []),
)
_FIELDS: dict[str, tuple[_Plain, ...]] = {
    "channel": _CHANNEL,
    "user": (
        ("label", "label", _same),
        *((name, name, _text) for name in ("name", "main_extension", "email", "avatar", "presence")),
        ("id", "id", _same),
        ("do_not_disturb_status", "do_not_disturb", _same),
        ("fwd_always_status", "forward_always", _same),
        ("followme", "follow_me", _same),
    ),
    "group": (
        *((name, name, _same) for name in ("id", "label", "type", "queue")),
        *((name, name, _text) for name in ("name", "main_extension")),
        ("check_login_status", "check_login", _same),
    ),
    "group_member": (
        *((name, name, _same) for name in ("id", "group_id", "user_id", "priority")),
        ("login_status", "logged_in", _same),
        ("role", "role", _text),
    ),
    "terminal": (
        *((name, name, _same) for name in ("id", "registered")),
        *((name, name, _text) for name in ("name", "type")),
        ("assoc_user_id", "user_id", _same),
    ),
}


class Comparison:
    """``counts``: ``frames``, ``elements``, ``fields``, ``left_out`` (elements that mean nothing to us) and, per kind
    of message, ``initial_info`` …; ``differences`` in words."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.differences: list[str] = []
        self._parser = Parser()

    def frame(self, raw: bytes, told: list[dict[str, Any]]) -> None:
        message = self._parser.feed(decode(raw, limits_for(raw)))
        self.counts["frames"] += 1
        if not told:
            self._expect(isinstance(message, Ignored) and message.what.startswith("field_spec"), "silence", message)
            self.counts["field_spec"] += 1
            return
        what = told[0].get("what", "an error")
        self.counts[what] += 1
        match what:
            case "initial_info":
                self._snapshot(told[0], message)
            case "info_event":
                self._event(told[0], message)
            case "system_msg":
                self._expect(isinstance(message, SystemMessage) and message.text == told[0]["text"], what, message)
            case "msg":
                self._expect(message == Ignored("msg"), what, message)
            case _:
                self.differences.append(f"the vendor's reader failed: {told[0].get('error')}")

    def _snapshot(self, told: dict[str, Any], message: Message) -> None:
        if self._left_out(told["element"], message, len(told["data"])):
            return
        if not isinstance(message, Snapshot) or message.kind != told["element"]:
            self._expect(False, "initial_info", message)
            return
        key = "uuid" if told["element"] == "channel" else "id"
        theirs = {each[key]: each for each in told["data"]}
        self._expect(len(theirs) == len(message.elements), "as many elements", message.kind)
        for element in message.elements:
            self._element(told["element"], theirs.get(getattr(element, key), {}), element)

    def _event(self, told: dict[str, Any], message: Message) -> None:
        if self._left_out(told["element"], message, 1):
            return
        if not isinstance(message, ElementEvent) or message.change != told["event"]:
            self._expect(False, "info_event", message)
            return
        self._element(told["element"], told["data"], message.element)

    def _left_out(self, element: str, message: Message, number: int) -> bool:
        if element not in _ELEMENTS_WE_LEAVE_OUT:
            return False
        self._expect(isinstance(message, Ignored), f"{element} ignored", message)
        self.counts["left_out"] += number
        return True

    def _element(self, kind: str, theirs: dict[str, Any], ours: Element) -> None:
        self.counts["elements"] += 1
        if isinstance(ours, Channel) and ours.state is not None:
            self.counts[f"state {ours.state.name}"] += 1
        for their_name, our_name, read in _FIELDS[kind]:
            self.counts["fields"] += 1
            wanted, found = read(theirs.get(their_name)), _plain(getattr(ours, our_name))
            if isinstance(wanted, dict) and isinstance(found, dict):
                found = {name: found.get(name) for name in wanted}
            if wanted != found:
                self.differences.append(f"{kind}.{their_name}: theirs {wanted!r}, ours {found!r}")

    def _expect(self, right: bool, what: str, found: object) -> None:
        if not right:
            self.differences.append(f"expected {what}: {found!r}")


def _plain(value: Any) -> Any:
    """Ours without classes."""
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def vendor_reads(checkout: Path, frames: list[bytes]) -> Iterator[list[dict[str, Any]]]:
    """What the vendor's callbacks were told, frame by frame."""
    raw = b"".join(len(frame).to_bytes(4, "big") + frame for frame in frames)
    command = ["node", "-e", _NODE, str(checkout.resolve())]
    output = subprocess.run(command, input=raw, capture_output=True, check=True).stdout.decode()
    return map(json.loads, output.split("\n"))


def compare(checkout: Path, frames: list[bytes]) -> Comparison:
    comparison = Comparison()
    for raw, told in zip(frames, vendor_reads(checkout, frames), strict=True):
        comparison.frame(raw, told)
    return comparison


def main() -> int:
    parser = argparse.ArgumentParser(description="Compare the vendor's reader of the feed with ours.")
    parser.add_argument("checkout", type=Path)
    parser.add_argument("recording", type=Path)
    arguments = parser.parse_args()
    comparison = compare(arguments.checkout, list(read_frames(arguments.recording)))
    for name, count in sorted(comparison.counts.items()):
        print(f"{name:32}{count:>9}")  # noqa: T201
    print(f"{'differences':32}{len(comparison.differences):>9}")  # noqa: T201
    for difference in comparison.differences[:20]:
        print(difference)  # noqa: T201
    return 1 if comparison.differences else 0


if __name__ == "__main__":
    sys.exit(main())
