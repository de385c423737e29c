"""The program itself, watched from inside its process, as it is started by a user with an account.

``--presses 0`` ends once the window can be used; else Call is pressed that many times by keyboard. JSON lines tell
``usable_at`` (monotonic, ns: the window and the newest rows of the log are painted, and the event loop is free),
``size``, each press (``enter``, ``syncs``, both ns) and at the end ``peak_kib``.

Of the program only the token's home is replaced: the keyring is asked as always, then the token comes from memory.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench_memory import peak_kib

NUMBER, DESTINATION = "0312340000", "sales"


def say(**what: Any) -> None:
    print(json.dumps(what), flush=True)


def keep_token_in_memory() -> None:
    """Let the window's vault answer with a token whatever this machine's keyring is like."""
    from basix_desktop.credentials.vault import KeyringVault
    from basix_desktop.domain.accounts import Account, Token
    from basix_desktop.domain.errors import TokenUnavailable

    original = KeyringVault.get

    def get(self: KeyringVault, account: Account) -> Token:
        try:
            return original(self, account)
        except TokenUnavailable:
            return Token("bench-token")

    KeyringVault.get = get  # type: ignore[method-assign]


def when_usable(then: Callable[[Any], None]) -> None:
    """Call ``then`` with the main window as soon as the event loop that the program starts has made it usable."""
    from PySide6.QtWidgets import QApplication

    original = QApplication.exec

    def watched(*arguments: Any) -> int:
        from bench_watch import Watch

        watch = Watch(then)
        result = original(*arguments)
        del watch
        return result

    QApplication.exec = watched  # type: ignore[method-assign]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--presses", type=int, default=0)
    chosen = parser.parse_args()
    keep_token_in_memory()

    def go(window: Any) -> None:
        usable_at = time.monotonic_ns()
        say(usable_at=usable_at, size=[window.width(), window.height()])
        if chosen.presses:
            from bench_keys import press

            press(window, chosen.data_dir, chosen.presses, say)
        window.close()

    when_usable(go)
    from basix_desktop.app.main import main as program

    code = program(["--data-dir", str(chosen.data_dir), "--lang", "ja"])
    say(peak_kib=peak_kib())
    return code


if __name__ == "__main__":
    sys.exit(main())
