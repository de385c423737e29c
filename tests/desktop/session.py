"""A desktop of its own for the tests: screen, window manager, session bus, keyring and accessibility.

Everything runs in private directories, and whatever carries them in its environment is ended with the session.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.desktop.waiting import until

PROGRAMS = ("Xvfb", "openbox", "xdotool", "import", "xclip", "dbus-daemon", "gnome-keyring-daemon")
KEYRING_PASSWORD = "for tests only"
_MARK = "BASIX_TEST_DESKTOP"


class DesktopSession:
    """Starts on construction; :meth:`close` ends it. ``env`` is for processes that belong to it.

    ``keyring`` is "unlocked" (the usual state after signing in), "locked", or "none".
    """

    def __init__(self, keyring: str = "unlocked", size: str = "1280x800") -> None:
        self.root = Path(tempfile.mkdtemp(prefix="desktop-"))
        self._children: list[subprocess.Popen[bytes]] = []
        self.env = self._environment()
        try:
            self.env["DISPLAY"] = self._start_screen(size)
            self.env["DBUS_SESSION_BUS_ADDRESS"] = self._start_bus(keyring != "none")
            self._start_window_manager()
            if keyring == "unlocked":
                self.unlock_keyring()
        except BaseException:
            self.close()
            raise

    def run(self, *command: str, text: str = "") -> str:
        """Run a command of the desktop to its end; its output. Raises ``CalledProcessError``."""
        done = subprocess.run(command, env=self.env, input=text, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout

    def start(
        self, *command: str, log: str, stdin: bytes | None = None, pass_fd: int | None = None
    ) -> "subprocess.Popen[bytes]":
        """Start a process of the desktop; what it says goes to ``log`` in the session's directory."""
        kept = [] if pass_fd is None else [pass_fd]
        source = subprocess.DEVNULL if stdin is None else subprocess.PIPE
        with (self.root / f"{log}.log").open("ab") as output:
            process = subprocess.Popen(
                command, env=self.env, stdin=source, stdout=output, stderr=subprocess.STDOUT, pass_fds=kept
            )
        self._children.append(process)
        if process.stdin is not None:
            with process.stdin:
                process.stdin.write(stdin or b"")
        return process

    def log(self, name: str) -> str:
        """What the process with that log has said so far."""
        path = self.root / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def set_clipboard(self, text: str) -> None:
        """Put a text into the clipboard, as a program that goes on running does."""
        owner = self.start("xclip", "-selection", "clipboard", log="clipboard", stdin=text.encode())
        owner.wait(timeout=10)  # it goes on in the background
        until(lambda: self.clipboard() == text, "the clipboard has the text")

    def clipboard(self) -> str:
        """The text in the clipboard; empty where there is none."""
        try:
            return self.run("xclip", "-out", "-selection", "clipboard")
        except subprocess.CalledProcessError:
            return ""

    def picture(self, path: Path) -> Path:
        """Save a picture of the whole screen."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.run("import", "-window", "root", str(path))
        return path

    def unlock_keyring(self) -> None:
        """Start the keyring and unlock it, as signing in to a desktop does."""
        password = KEYRING_PASSWORD.encode()
        self.start(
            "gnome-keyring-daemon", "--unlock", "--foreground", "--components=secrets", log="keyring", stdin=password
        )
        until(lambda: "org.freedesktop.secrets" in self._names_on_bus(), "the keyring is on the bus")

    def processes(self) -> list[int]:
        """Every process that belongs to the session, also those that D-Bus started."""
        mark = f"{_MARK}={self.root}".encode()
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                with contextlib.suppress(OSError):
                    if mark in (folder / "environ").read_bytes().split(b"\0"):
                        found.append(int(folder.name))
        return found

    def close(self) -> None:
        """End everything that belongs to the session and delete its directories."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            for pid in self.processes():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, number)
            with contextlib.suppress(AssertionError):
                until(self._all_gone, "the session's processes have ended", seconds=5)
                break
        shutil.rmtree(self.root, ignore_errors=True)

    def _all_gone(self) -> bool:
        running = [child for child in self._children if child.poll() is None]
        return not running and not self.processes()

    def _environment(self) -> dict[str, str]:
        env = dict(os.environ)
        for variable, folder in (
            ("HOME", "home"),
            ("XDG_CONFIG_HOME", "home/.config"),
            ("XDG_DATA_HOME", "home/.local/share"),
            ("XDG_STATE_HOME", "home/.local/state"),
            ("XDG_CACHE_HOME", "home/.cache"),
            ("XDG_RUNTIME_DIR", "run"),
        ):
            path = self.root / folder
            path.mkdir(parents=True, exist_ok=True, mode=0o700)
            env[variable] = str(path)
        env.update({_MARK: str(self.root), "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"})
        env.update({"LANG": "C.UTF-8", "NO_AT_BRIDGE": "0", "GTK_A11Y": "atspi"})
        return env

    def _start_screen(self, size: str) -> str:
        options = ["-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"]
        return ":" + self._first_word("xvfb", lambda fd: ["Xvfb", "-displayfd", str(fd), *options])

    def _start_bus(self, services: bool) -> str:
        options = [f"--config-file={self._bus_config(services)}", "--nofork", "--nopidfile"]
        return self._first_word("bus", lambda fd: ["dbus-daemon", *options, f"--print-address={fd}"])

    def _first_word(self, name: str, command: Callable[[int], list[str]]) -> str:
        """Start a server that tells its address through a pipe once it is ready."""
        read, write = os.pipe()
        self.start(*command(write), log=name, pass_fd=write)
        os.close(write)
        with os.fdopen(read) as answer:
            word = answer.readline().strip()
        assert word, f"{name} did not start: {self.log(name)}"
        return word

    def _bus_config(self, services: bool) -> Path:
        """A session bus that can start services by itself, or one that cannot (then there is no keyring at all)."""
        folders = "<standard_session_servicedirs/>" if services else ""
        path = self.root / "bus.conf"
        path.write_text(
            "<busconfig><type>session</type>"
            f"<listen>unix:dir={self.root / 'run'}</listen><auth>EXTERNAL</auth>{folders}"
            '<policy context="default"><allow send_destination="*" eavesdrop="true"/>'
            '<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>'
        )
        return path

    def _start_window_manager(self) -> None:
        self.start("openbox", "--sm-disable", log="openbox")
        until(lambda: "_NET_SUPPORTING_WM_CHECK(WINDOW)" in self._root_properties(), "the window manager runs")

    def _root_properties(self) -> str:
        return self.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK")

    def _names_on_bus(self) -> str:
        to = "org.freedesktop.DBus"
        return self.run("dbus-send", "--session", "--print-reply", f"--dest={to}", "/", f"{to}.ListNames")
