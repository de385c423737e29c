"""Where the program's files lie. One directory for everything but the keyring."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class Paths:
    """The files under one data directory. Nothing is created until :meth:`prepare`."""

    data_dir: Path

    @classmethod
    def choose(cls, data_dir: str | Path | None = None) -> Paths:
        """``--data-dir`` where it was given, else the platform's directory for a program's data."""
        if data_dir is not None:
            return cls(Path(data_dir).expanduser().absolute())
        return cls(platformdirs.user_data_path("basix-desktop", appauthor=False))

    @property
    def database(self) -> Path:
        return self.data_dir / "calls.sqlite3"

    @property
    def demo_database(self) -> Path:
        return self.data_dir / "demo.sqlite3"

    @property
    def settings(self) -> Path:
        return self.data_dir / "settings.json"

    @property
    def state(self) -> Path:
        """The window's geometry and the like: nothing is lost when it is."""
        return self.data_dir / "state.json"

    @property
    def token_places(self) -> Path:
        """Which keyring holds which account's token (reliability.md H12). Never the token."""
        return self.data_dir / "token-places.json"

    @property
    def logs(self) -> Path:
        return self.data_dir / "logs"

    @property
    def instances(self) -> Path:
        """Locks: one a process, by which others see that it lives."""
        return self.data_dir / "instances"

    def prepare(self) -> None:
        """Create the directories, readable by their owner only, and tighten ours where they are not (reliability.md
        I12). Raises ``OSError``."""
        for directory in (self.data_dir, self.logs, self.instances):
            existed = directory.is_dir()
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            if existed and (directory != self.data_dir or self._is_ours()):
                _tighten(directory)
        for file in self.data_dir.iterdir():
            if file.name.startswith(OUR_FILES):
                _tighten(file)

    def _is_ours(self) -> bool:
        """Not a directory of somebody's that ``--data-dir`` merely points at: its mode is none of our business."""
        names = [entry.name for entry in self.data_dir.iterdir()]
        return not names or any(name in OURS_ONLY for name in names)


OUR_FILES = ("calls.sqlite3", "demo.sqlite3", "settings.json", "state.json", "token-places.json")
OURS_ONLY = frozenset({"calls.sqlite3", "demo.sqlite3", "token-places.json"})


def policy_path() -> Path:
    """Where an IT department places the policy file that wins over the settings."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "Basix Desktop" / "policy.json"
    if sys.platform == "darwin":
        return Path("/Library/Application Support/Basix Desktop/policy.json")
    return Path("/etc/basix-desktop/policy.json")


def _tighten(path: Path) -> None:
    """Take rights from group and others. Links and what belongs to somebody else are left alone."""
    if sys.platform == "win32":
        return
    state = path.lstat()
    if stat.S_ISLNK(state.st_mode) or state.st_uid != os.geteuid() or not state.st_mode & 0o077:
        return
    with suppress(OSError):  # a file system without modes
        path.chmod(stat.S_IMODE(state.st_mode) & 0o700)
