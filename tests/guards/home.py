"""Gives the tests a home of their own and tells whether the real one was touched."""

import os
import shutil
import tempfile
from pathlib import Path

_REDIRECTED = {
    "HOME": "home",
    "XDG_CONFIG_HOME": "home/.config",
    "XDG_DATA_HOME": "home/.local/share",
    "XDG_STATE_HOME": "home/.local/state",
    "XDG_CACHE_HOME": "home/.cache",
    "XDG_RUNTIME_DIR": "run",
    "USERPROFILE": "home",
    "APPDATA": "home/AppData/Roaming",
    "LOCALAPPDATA": "home/AppData/Local",
}
_REMOVED = [
    # a screen, a session bus and a keyring that belong to the person at this machine
    *("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "GNOME_KEYRING_CONTROL", "AT_SPI_BUS_ADDRESS"),
    # whatever would change results from machine to machine
    *("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LC_TIME"),
    *("QT_STYLE_OVERRIDE", "QT_SCALE_FACTOR", "QT_QPA_PLATFORMTHEME"),
    *("http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
]
_PLACES = [
    *("", ".config", ".config/autostart", ".local/share", ".local/state", ".cache"),
    *("AppData/Local", "AppData/Roaming"),
    *("Library/Application Support", "Library/Preferences", "Library/Caches"),
]
_OUR_NAME = "basix"


class PrivateHome:
    """A temporary home directory for this process and its children, from construction until :meth:`remove`."""

    def __init__(self) -> None:
        self._real = Path.home()
        self._before = self._our_entries()
        self.root = Path(tempfile.mkdtemp(prefix="home-for-tests-"))
        for variable, folder in _REDIRECTED.items():
            path = self.root / folder
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.environ[variable] = str(path)
        for variable in _REMOVED:
            os.environ.pop(variable, None)
        os.environ["LANG"] = "C.UTF-8"

    def written_at_home(self) -> list[str]:
        """Entries named after this program that appeared in the real home directory meanwhile."""
        return sorted(self._our_entries() - self._before)

    def remove(self) -> None:
        """Delete the temporary home."""
        shutil.rmtree(self.root, ignore_errors=True)

    def _our_entries(self) -> set[str]:
        found: set[str] = set()
        for place in _PLACES:
            folder = self._real / place
            if folder.is_dir():
                found.update(str(entry) for entry in folder.iterdir() if _OUR_NAME in entry.name.lower())
        return found
