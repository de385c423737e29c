"""Room kept on the disk, so that a call's outcome can still be recorded when the disk is full (reliability.md J3)."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from basix_desktop.store.files import beside

SIZE = 256 * 1024


class Reserve:
    """A file of :data:`SIZE` bytes beside the database. It is a help, not a condition: no method raises ``OSError``."""

    def __init__(self, database: Path) -> None:
        self._path = beside(database, ".reserve")

    def keep(self) -> None:
        """Fill the reserve, if it is not full."""
        with suppress(OSError):
            if self._path.exists() and self._path.stat().st_size >= SIZE:
                return
            descriptor = os.open(self._path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(os.urandom(SIZE))  # not compressible: the room is really taken

    def release(self) -> bool:
        """Give the room back; False if there is none."""
        try:
            self._path.unlink()
        except OSError:
            return False
        return True
