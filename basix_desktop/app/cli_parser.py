"""What may stand on the command line (design.md section 8). Nothing heavy is imported here."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from basix_desktop import __version__

PROGRAM: Final = "basix-desktop"
COMMANDS: Final = ("call", "account", "log", "demo-pbx", "doctor")
LANGUAGES: Final = ("en", "ja")
#: How a link may begin that is given without ``--`` before it.
LINKS: Final = ("tel:", "callto:")
#: One more than any text that is read as a number: a longer link is refused by its length (reliability.md N10).
LONGEST_LINK: Final = 257


class WindowOptions(NamedTuple):
    """How the window is to be opened. ``number`` is text from outside: it is shown, never called."""

    data_dir: Path | None = None
    demo: bool = False
    minimized: bool = False
    language: str = ""
    number: str = ""


class Request(NamedTuple):
    """What a command line asks for: a command with its arguments, or (``command`` empty) the window."""

    command: str
    arguments: argparse.Namespace
    window: WindowOptions = WindowOptions()


def parse(argv: Sequence[str]) -> Request:
    """Ends the process with status 2 (wrong syntax) or 0 (``--help``, ``--version``)."""
    own, behind = _cut(argv)
    position = _command_position(own)
    if position is None:
        return _window(own, behind)
    name = own[position]
    before = _before_command().parse_args(own[:position])
    rest = [*own[position + 1 :], *(["--", *behind] if behind is not None else [])]
    arguments = _PARSERS[name]().parse_args(rest)
    arguments.data_dir = arguments.data_dir or before.data_dir
    arguments.language = arguments.language or before.language
    _refuse_unreadable(rest, name)
    if name == "call":
        _check_call(arguments)
    return Request(name, arguments)


def _cut(argv: Sequence[str]) -> tuple[list[str], list[str] | None]:
    """What stands before ``--`` and what behind it (None without one): there nothing is an option (reliability.md
    N11)."""
    words = list(argv)
    if "--" not in words:
        return words, None
    at = words.index("--")
    return words[:at], words[at + 1 :]


def _command_position(words: list[str]) -> int | None:
    skip = False
    for position, word in enumerate(words):
        if skip:
            skip = False
        elif word in ("--data-dir", "--lang"):
            skip = True
        elif not word.startswith("-"):
            return position if word in COMMANDS else None
    return None


def _window(own: list[str], behind: list[str] | None) -> Request:
    parser = _window_parser()
    arguments = parser.parse_args(own)
    words = arguments.link + (behind or [])
    if arguments.link and not arguments.link[0].lower().startswith(LINKS):
        parser.error(f"unknown command: {arguments.link[0][:40]!r} (commands: {', '.join(COMMANDS)})")
    number = " ".join(words)[:LONGEST_LINK]
    options = WindowOptions(arguments.data_dir, arguments.demo, arguments.minimized, arguments.language, number)
    return Request("", arguments, options)


def _common(options: argparse.ArgumentParser) -> argparse.ArgumentParser:
    options.add_argument(
        "--data-dir", type=_directory, metavar="D", help="directory of settings, call log and log files"
    )
    options.add_argument("--lang", dest="language", choices=LANGUAGES, default="", help="language of messages")
    return options


def _parser(command: str, description: str, epilog: str = "") -> argparse.ArgumentParser:
    return _common(
        argparse.ArgumentParser(
            prog=f"{PROGRAM} {command}".strip(),
            description=description,
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
    )


def _before_command() -> argparse.ArgumentParser:
    return _parser("", "Options that may stand before a command.")


_COMMANDS_HELP = """commands ("basix-desktop COMMAND --help" tells more):
  call      place a call and wait for the PBX's answer
  account   add, list or remove accounts
  log       print the call log
  demo-pbx  serve the demo PBX on this computer
  doctor    look for what keeps calls from being placed

Without a command the window opens. A tel: link is put into its number field; nothing is called by it.
"""


def _window_parser() -> argparse.ArgumentParser:
    parser = _parser("", "A desktop dialer for the Basix cloud PBX.", _COMMANDS_HELP)
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parser.add_argument("--demo", action="store_true", help="open on the built-in demo PBX; no real call is placed")
    parser.add_argument("--minimized", action="store_true", help="start without showing the window in front")
    parser.add_argument("link", nargs="*", metavar="tel:NUMBER", help="a number for the number field")
    return parser


_CALL_HELP = """exit status:
  0  placed
  2  wrong syntax
  3  certainly not placed
  4  unknown: the call may have been placed. Do not simply try again.
"""


def _call_parser() -> argparse.ArgumentParser:
    parser = _parser("call", "Ring NUMBER, and connect whoever answers to DESTINATION.", _CALL_HELP)
    parser.add_argument("number", metavar="NUMBER", help="the outside number, in any usual spelling")
    parser.add_argument("destination", metavar="DESTINATION", help="name, group or extension in the PBX")
    request = parser.add_argument_group("the call")
    request.add_argument("--calling-number", metavar="N", help="the number shown to the person called")
    request.add_argument("--answer-timeout", metavar="S", help="seconds to wait for an answer (default: 180)")
    request.add_argument("--callback-url", metavar="U", help="called by the PBX with the result")
    for part, what in _END_USER.items():
        request.add_argument(f"--end-user-{part}", metavar=part[0].upper(), default="", help=what)
    account = parser.add_argument_group("the account")
    account.add_argument("--account", metavar="NAME", help="one of the stored accounts (default: the active one)")
    account.add_argument("--server", metavar="URL", help="with --domain and --token-stdin: an account stored nowhere")
    account.add_argument("--domain", metavar="D")
    account.add_argument("--token-stdin", action="store_true", help="read the API token from standard input")
    parser.add_argument("--yes", action="store_true", help="place the call even if it asks for a second look")
    parser.add_argument("--json", action="store_true", help="print one JSON object on one line")
    return parser


_END_USER: Final = {
    "id": "the customer's id in your own systems",
    "name": "the customer's name",
    "organization": "the customer's organization",
    "avatar": "URL of a picture of the customer",
    "prefecture": "the customer's prefecture",
}


def _check_call(arguments: argparse.Namespace) -> None:
    together = [arguments.server is not None, arguments.domain is not None]
    error = _call_parser().error
    if any(together):
        if not all(together) or not arguments.token_stdin:
            error("--server, --domain and --token-stdin go together")
        if arguments.account is not None:
            error("--account cannot be combined with --server")


def _account_parser() -> argparse.ArgumentParser:
    parser = _parser("account", "Add, list or remove accounts.")
    actions = parser.add_subparsers(dest="action", required=True, metavar="add|list|remove")
    add = actions.add_parser("add", help="store an account; the token goes into the keyring", allow_abbrev=False)
    add.add_argument("name", metavar="NAME")
    add.add_argument("--domain", metavar="D", required=True)
    add.add_argument("--server", metavar="URL")
    add.add_argument("--token-stdin", action="store_true", help="read the API token from standard input")
    listing = actions.add_parser("list", help="print the accounts, the active one marked", allow_abbrev=False)
    listing.add_argument("--json", action="store_true", help="print one JSON object per line")
    remove = actions.add_parser("remove", help="forget an account and its token", allow_abbrev=False)
    remove.add_argument("name", metavar="NAME")
    for action in (add, listing, remove):
        action.add_argument("--data-dir", type=_directory, metavar="D", default=argparse.SUPPRESS)
        action.add_argument("--lang", dest="language", choices=LANGUAGES, default=argparse.SUPPRESS)
    return parser


def _log_parser() -> argparse.ArgumentParser:
    parser = _parser("log", "Print the call log, newest first.")
    parser.add_argument("--limit", type=_whole(1), metavar="N", help="at most N calls (default: all)")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object per line")
    form.add_argument("--csv", action="store_true", help="comma-separated values for a spreadsheet")
    return parser


def _demo_parser() -> argparse.ArgumentParser:
    from basix_desktop.demo.table import story_table

    stories = f"the last four digits of the number called choose what happens:\n{story_table()}\n"
    parser = _parser("demo-pbx", "Serve the demo PBX on this computer until it is interrupted.", stories)
    parser.add_argument("--port", type=_whole(0, 65535), default=0, metavar="P", help="default: any that is free")
    parser.add_argument("--seed", type=_whole(), metavar="N", help="makes everything repeat from run to run")
    parser.add_argument("--speed", type=_speed, default=1.0, metavar="X", help="2 is twice as fast as people")
    parser.add_argument("--requests", type=Path, metavar="FILE", help="append a JSON line per request received")
    return parser


def _doctor_parser() -> argparse.ArgumentParser:
    parser = _parser("doctor", "Look for what keeps calls from being placed. No call is placed.")
    parser.add_argument("--account", metavar="NAME", help="one of the stored accounts (default: the active one)")
    parser.add_argument("--json", action="store_true", help="print one JSON object per line")
    return parser


_PARSERS: Final[dict[str, Callable[[], argparse.ArgumentParser]]] = {
    "call": _call_parser,
    "account": _account_parser,
    "log": _log_parser,
    "demo-pbx": _demo_parser,
    "doctor": _doctor_parser,
}


def _refuse_unreadable(words: list[str], command: str) -> None:
    """Bytes that are not text in this locale cannot be sent or shown as they were meant."""
    for word in words:
        try:
            word.encode("utf-8")
        except UnicodeEncodeError:
            _parser(command, "").error("an argument is not valid text in this locale")


def _directory(text: str) -> Path:
    if not text.strip() or "\0" in text:  # an unset variable of a script must not mean the working directory
        raise argparse.ArgumentTypeError("is no directory")
    return Path(text)


def _whole(low: int | None = None, high: int | None = None) -> Callable[[str], int]:
    def whole_number(text: str) -> int:
        value = int(text) if len(text) <= 20 else int("x")
        if (low is not None and value < low) or (high is not None and value > high):
            raise argparse.ArgumentTypeError(f"{value} is out of range")
        return value

    return whole_number


def _speed(text: str) -> float:
    value = float(text)
    if not (math.isfinite(value) and 0 < value <= 1e6):
        raise argparse.ArgumentTypeError("must be a positive number")
    return value
