"""The ``basix-desktop`` command: decides quickly between the window and a command, and imports only what that needs."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from basix_desktop.app import collector, importing
from basix_desktop.app.cli_parser import parse
from basix_desktop.app.ending import leave


def main(argv: Sequence[str] | None = None) -> int:
    """The exit status. Main thread. Ends the process where threads are left over (``app.ending``)."""
    request = parse(sys.argv[1:] if argv is None else argv)
    if request.command:
        from basix_desktop.app.cli import run

        return leave(run(request))
    collector.pause()
    try:
        importing.plainly()
        from basix_desktop.app.window import run_window
    except ImportError as error:
        # Qt's own libraries are there, but one of the system's that they need is not.
        print(  # noqa: T201 - there is no window to say it in
            f"The window cannot be opened: {error}\n"
            "On Debian and Ubuntu: apt install libgl1 libegl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0 "
            "libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0",
            file=sys.stderr,
        )
        return 1
    return leave(run_window(request.window))


if __name__ == "__main__":
    sys.exit(main())
