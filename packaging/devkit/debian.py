"""The system's packages that a virtual environment cannot hold, on Debian, Ubuntu and their relatives."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from devkit.console import Finished, StoppedError, run_step, say
from devkit.places import LOGS

_LOCK_PATIENCE_SECONDS = 180


@dataclass(frozen=True)
class Need:
    """A package, what it is needed for, and how to see that it is there already, wherever it came from."""

    package: str
    purpose: str
    present: Callable[[], bool]


@cache
def _libraries() -> str:
    for ldconfig in ("/sbin/ldconfig", "/usr/sbin/ldconfig", "ldconfig"):
        try:
            return subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=True).stdout
        except (OSError, subprocess.CalledProcessError):
            continue
    return ""


def _library(package: str, soname: str, purpose: str) -> Need:
    return Need(package, purpose, lambda: f"\t{soname} " in _libraries())


def _program(package: str, program: str, purpose: str) -> Need:
    return Need(package, purpose, lambda: shutil.which(program) is not None)


def _file(package: str, purpose: str, *patterns: str) -> Need:
    return Need(package, purpose, lambda: any(any(Path("/usr").glob(pattern)) for pattern in patterns))


def _japanese_font_there() -> bool:
    if shutil.which("fc-list"):
        listed = subprocess.run(["fc-list", ":lang=ja", "family"], capture_output=True, check=False)
        return bool(listed.stdout.strip())
    names = ("*CJK*", "*ipag*", "*ipaex*", "*VL-*Gothic*", "*takao*", "*mplus*")
    return any(any(Path("/usr/share/fonts").rglob(name)) for name in names)


WINDOW = [
    _library("libgl1", "libGL.so.1", "Qt draws with it"),
    _library("libegl1", "libEGL.so.1", "Qt draws with it"),
    _library("libglib2.0-0", "libglib-2.0.so.0", "Qt's event loop"),
    _library("libdbus-1-3", "libdbus-1.so.3", "Qt's way to the desktop"),
    _library("libfontconfig1", "libfontconfig.so.1", "finding fonts"),
    _library("libxkbcommon0", "libxkbcommon.so.0", "the keyboard"),
    _library("libxkbcommon-x11-0", "libxkbcommon-x11.so.0", "the keyboard"),
    _library("libxcb-cursor0", "libxcb-cursor.so.0", "windows on X11"),
    _library("libxcb-icccm4", "libxcb-icccm.so.4", "windows on X11"),
    _library("libxcb-keysyms1", "libxcb-keysyms.so.1", "windows on X11"),
    _library("libxcb-shape0", "libxcb-shape.so.0", "windows on X11"),
    Need("fonts-noto-cjk", "Japanese names", _japanese_font_there),
]

DESKTOP_TESTS = [
    _program("xvfb", "Xvfb", "a virtual screen"),
    _program("xauth", "xauth", "a virtual screen"),
    _program("openbox", "openbox", "a window manager"),
    _program("xdotool", "xdotool", "typing into the window"),
    _program("x11-utils", "xprop", "looking at windows"),
    _program("imagemagick", "import", "pictures of the screen"),
    _program("xclip", "xclip", "the clipboard"),
    _program("dbus", "dbus-daemon", "a session bus"),
    _program("gnome-keyring", "gnome-keyring-daemon", "a real keyring"),
    _file(
        "at-spi2-core", "the accessibility tree", "libexec/at-spi-bus-launcher", "lib*/at-spi2-core/at-spi-bus-launcher"
    ),
    _file("gir1.2-atspi-2.0", "the accessibility tree", "lib/*/girepository-1.0/Atspi-2.0.typelib"),
    _file("python3-gi", "the accessibility tree", "lib/python3/dist-packages/gi/__init__.py"),
    _program("sshfs", "sshfs", "a file system shared over a network"),
    _file("openssh-sftp-server", "a file system shared over a network", "lib/openssh/sftp-server"),
    _program("strace", "strace", "the order of disk and network"),
    _program("erlang-base", "escript", "a real Erlang, to compare terms with"),
]


def has_apt() -> bool:
    """Whether this system's packages come through apt."""
    return sys.platform == "linux" and bool(shutil.which("apt-get")) and bool(shutil.which("dpkg"))


def missing(needs: Iterable[Need]) -> list[Need]:
    """The needs that are not met; empty on systems other than Linux."""
    return [need for need in needs if not need.present()] if sys.platform == "linux" else []


def command_for(needs: Iterable[Need]) -> str:
    """What a person would type to meet the needs."""
    return "sudo apt-get install " + " ".join(need.package for need in needs)


def ensure(needs: list[Need], what_for: str) -> list[Need]:
    """Install what is missing, as root or through sudo, saying so; return what is missing still, having said why.

    Raises:
        StoppedError: apt was tried and failed.
    """
    wanted = missing(needs)
    if not wanted:
        return []
    say(f"{what_for} needs from the system:")
    for need in wanted:
        say(f"  {need.package:22} {need.purpose}")
    if not has_apt():
        say("This system has no apt: please install their counterparts with its own package manager.")
        return wanted
    prefix = _way_to_root()
    if prefix is None:
        say(f"They cannot be installed from here, neither as root nor through sudo. Please run: {command_for(wanted)}")
        return wanted
    say(f"Installing them with apt-get{' through sudo' if prefix else ', as root'}.")
    _apt(prefix, "Updating the list of system packages", "update")
    names = [need.package for need in wanted]
    _apt(prefix, f"Installing {len(names)} system packages", "install", "--yes", "--no-install-recommends", *names)
    _libraries.cache_clear()
    return missing(needs)


def _way_to_root() -> list[str] | None:
    """The words to put before a command that needs root, or None where there is no way."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n"]
    if sys.stdin.isatty() and sys.stdout.isatty():
        say("sudo may ask for your password now.")
        if subprocess.run(["sudo", "-v"], check=False).returncode == 0:
            return ["sudo", "-n"]
    return None


def _apt(prefix: list[str], title: str, *arguments: str) -> None:
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C", "apt-get", "-o", "DPkg::Lock::Timeout=120"]
    deadline = time.monotonic() + _LOCK_PATIENCE_SECONDS
    while True:
        finished = run_step(title, [*command, *arguments], log=LOGS / f"apt-{arguments[0]}.log")
        if finished.code == 0 and not (arguments[0] == "update" and "Failed to fetch" in finished.output):
            return
        if "Could not get lock" not in finished.output or time.monotonic() > deadline:
            raise StoppedError(_apt_sentence(title, finished, arguments[0]))
        say("Another program is installing packages; waiting for it.")
        time.sleep(5)


def _apt_sentence(title: str, finished: Finished, name: str) -> str:
    log = LOGS / f"apt-{name}.log"
    for sign, sentence in (
        ("Could not get lock", "another program is holding apt's lock; please try again when it is done"),
        ("Unable to locate package", "apt does not know one of the packages"),
        ("Temporary failure resolving", "the package server's name cannot be found; please check the network"),
        ("Could not resolve", "the package server's name cannot be found; please check the network"),
        ("Failed to fetch", "the package server cannot be reached; please check the network"),
        ("enough free space", "the disk is full"),
    ):
        if sign in finished.output:
            return f"{title} failed: {sentence}. Everything apt said is in {log}"
    return f"{title} failed (apt-get ended with {finished.code}). Everything apt said is in {log}"
