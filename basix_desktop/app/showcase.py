"""The window without a screen: places one call on the demo PBX by keyboard, prints the log row, saves a picture.

``python -m basix_desktop.app.showcase --picture FILE`` is what ``packaging/dev.py run`` does where there is no screen.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from basix_desktop.domain.calls import Attempt, Outcome

NUMBER = "03-1234-1234"
_PATIENCE = 60.0  # seconds for the whole show; a slow disk imports slowly


def main(argv: Sequence[str] | None = None) -> int:
    """0 if the demo call was placed and stands in the log."""
    parser = argparse.ArgumentParser(prog="showcase", description="Place a demo call in a window without a screen.")
    parser.add_argument("--picture", type=Path, required=True, help="where the picture of the window goes (PNG)")
    parser.add_argument("--data-dir", type=Path, help="default: a temporary one")
    parser.add_argument("--lang", choices=("en", "ja"), default="")
    options = parser.parse_args(argv)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        return _show(options.data_dir or Path(folder), options.lang, options.picture)


def _show(folder: Path, language: str, picture: Path) -> int:
    from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QLineEdit

    from basix_desktop.app.cli_parser import WindowOptions
    from basix_desktop.app.paths import Paths
    from basix_desktop.app.window import Program

    app = QApplication(["basix-desktop"])
    app.setQuitOnLastWindowClosed(False)
    paths = Paths.choose(folder)
    paths.prepare()
    program = Program(app, paths, WindowOptions(data_dir=folder, demo=True, language=language))
    program.show()
    session, told = program.session, list[Attempt]()
    assert session is not None
    assert session.dial is not None
    session.dial.attempt_changed.connect(told.append)
    number = session.window.findChild(QLineEdit, "numberEdit")
    assert number is not None
    deadline = QDeadlineTimer(int(_PATIENCE * 1000))

    def settled() -> bool:
        return bool(told) and not told[-1].state.in_flight

    def wait(rest_ms: int = 0) -> None:
        pause = QDeadlineTimer(rest_ms)
        while not deadline.hasExpired() and not (settled() if not rest_ms else pause.hasExpired()):
            app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    wait(800)  # the favourites arrive
    QTest.keyClicks(number, NUMBER)
    QTest.keyClick(number, Qt.Key.Key_Return)
    wait()
    wait(800)  # the row and its details are drawn
    session.window.grab().save(str(picture))
    ended = list[bool]()
    session.ended.connect(lambda: ended.append(True))
    program.quit()
    while not ended:
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    program.close()
    return _tell(told[-1] if told else None)


def _tell(last: Attempt | None) -> int:
    if last is None:
        sys.stderr.write("The demo call was not placed.\n")
        return 1
    uuid = ", ".join(last.uuids) or "-"
    sys.stdout.write(f"{NUMBER} -> {last.destination_label}: {last.outcome}, leg UUID {uuid}\n")
    return 0 if last.outcome is Outcome.PLACED else 1


if __name__ == "__main__":
    sys.exit(main())
