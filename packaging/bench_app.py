"""The program itself, watched from inside its process, as it is started by a user with an account.

``--presses 0`` ends once the window shows the log; else Call is pressed that many times by keyboard. JSON lines (times
are monotonic, ns): ``usable_at``, the window is painted, its number field takes keys and the event loop is free;
``logged_at``, the newest rows of the log are painted too; ``size``; each press (``enter``, ``syncs``); at the end
``peak_kib``.

To place calls, a token for the session is entered, as people do where there is no keyring.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from bench_memory import peak_kib

NUMBER, DESTINATION = "0312340000", "sales"


def say(**what: Any) -> None:
    print(json.dumps(what), flush=True)


def keep_token_in_memory() -> None:
    """Give the vault a token for the session once this machine's keyring has been asked and has none."""
    from basix_desktop.credentials.vault import KeyringVault
    from basix_desktop.domain.accounts import Account, Token
    from basix_desktop.domain.errors import TokenUnavailable

    original = KeyringVault.get

    def get(self: KeyringVault, account: Account) -> Token:
        try:
            return original(self, account)
        except TokenUnavailable:
            self.set(account, Token("bench-token"), session_only=True)
            return original(self, account)

    KeyringVault.get = get  # type: ignore[method-assign]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--presses", type=int, default=0)
    parser.add_argument("--lang", default="ja")  # the translation and its glyphs are part of the work
    chosen = parser.parse_args()
    if chosen.presses:
        keep_token_in_memory()

    from basix_desktop.app import collector, importing
    from basix_desktop.app.cli_parser import parse

    collector.pause()  # as app.main does
    importing.plainly()
    from basix_desktop.app.window import run_window

    watches: list[Any] = []

    def painted() -> None:
        from bench_watch import Watch

        watches.append(Watch(logged))
        watches[0].when_free(lambda: say(usable_at=time.monotonic_ns()))

    def logged(window: Any) -> None:
        say(logged_at=time.monotonic_ns(), size=[window.width(), window.height()])
        if chosen.presses:
            from bench_keys import press

            try:
                press(window, chosen.data_dir, chosen.presses, say)
            except Exception as problem:  # the program's own hooks would only log it
                print(f"{type(problem).__name__}: {problem}", file=sys.stderr, flush=True)
                os._exit(1)
        window.close()

    code = run_window(parse(["--data-dir", str(chosen.data_dir), "--lang", chosen.lang]).window, usable=painted)
    say(peak_kib=peak_kib())
    return code


if __name__ == "__main__":
    from basix_desktop.app.ending import leave

    sys.exit(leave(main()))
