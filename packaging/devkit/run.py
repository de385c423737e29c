"""Opens the window on the demo PBX; without a screen, shows what it would have shown."""

import os
import subprocess
import sys
import time

from devkit.console import StoppedError, run_step, say
from devkit.places import LOGS, ROOT, WORK, environment, tool

_SHOWCASE_MODULE = "basix_desktop.app.showcase"
_PROBE = "from PySide6.QtWidgets import QApplication; QApplication([])"


def run(arguments: list[str]) -> int:
    """Start the program with ``arguments`` and wait for its end; its exit code."""
    _check_qt()
    if _has_screen():
        say("Opening the window on the demo PBX.")
        command = [
            tool("python"),
            "-m",
            "basix_desktop.app.main",
            "--demo",
            "--data-dir",
            str(WORK / "demo"),
            *arguments,
        ]
        return subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode
    say("There is no screen here, so the window is drawn in memory, and calls a demo number by itself.")
    picture = WORK / "pictures" / f"demo-{time.strftime('%Y%m%d-%H%M%S')}.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    command = [tool("python"), "-m", _SHOWCASE_MODULE, "--picture", str(picture)]
    code = subprocess.run(command, cwd=ROOT, env=environment(QT_QPA_PLATFORM="offscreen"), check=False).returncode
    if picture.exists():
        say(f"A picture of the window is in {picture}")
    return code


def _check_qt() -> None:
    log = LOGS / "qt.log"
    probe = run_step(
        "Trying Qt", [tool("python"), "-c", _PROBE], env=environment(QT_QPA_PLATFORM="offscreen"), log=log, quick=True
    )
    if probe.code != 0:
        reason = next((line for line in reversed(probe.output.splitlines()) if line.strip()), "it said nothing")
        raise StoppedError(f"Qt cannot start on this system: {reason}")


def _has_screen() -> bool:
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in ("offscreen", "minimal"):
        return False
    if sys.platform != "linux":
        return True
    named = [name for name in ("WAYLAND_DISPLAY", "DISPLAY") if os.environ.get(name)]
    if not named:
        return False
    # Qt ends the process when a screen cannot be opened, so ask in another one
    probe = run_step(
        "Trying the screen", [tool("python"), "-c", _PROBE], env=environment(), log=LOGS / "screen.log", quick=True
    )
    if probe.code != 0:
        say(f"The screen named by {named[0]} ({os.environ[named[0]]}) cannot be opened.")
    return probe.code == 0
