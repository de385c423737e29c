"""Who owns an attempt: each process holds a lock of its own, which the operating system frees when the process dies."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from basix_desktop.domain.errors import StoreError
from basix_desktop.store.faults import translated

_ID = re.compile(r"[0-9a-f]{32}")
#: Seconds to wait for another process that looks at or makes a lock.
_PATIENCE = 4.0


class Instance:
    """This process, to others. Locks are ``<folder>/<id>.lock``; ``registry.lock`` is held while one is made or looked
    at, so that none is taken for dead between its making and its locking.

    Any thread may ask :meth:`is_alive`. Raises ``StoreError`` at construction where no lock can be made.
    """

    def __init__(self, folder: Path) -> None:
        self.id = uuid.uuid4().hex
        self._folder = folder
        with translated():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = self._file(self.id)
            with self._registry():
                self._take()
                self._clean()

    def is_alive(self, instance_id: str) -> bool:
        """Does a process hold this lock? When it cannot be told (the registry is stuck): yes, which changes nothing."""
        if instance_id == self.id:
            return self._lock.is_locked
        if not _ID.fullmatch(instance_id):
            return False
        try:
            with self._registry():
                return self._held(instance_id)
        except (StoreError, OSError):
            return True

    def verify(self) -> None:
        """Take the lock again if its file is gone or another stands in its place: others would take this process for
        dead. Raises ``StoreError``."""
        if self._standing() == self._taken is not None:
            return
        with translated(), self._registry():
            self._lock.release(force=True)
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._take()

    @contextmanager
    def only_one(self) -> Iterator[None]:
        """Raise ``StoreError`` ``store_busy`` if another process lives. None can take its lock within, and without one
        no attempt is begun."""
        with translated(), self._registry():
            others = [stem for path in self._folder.glob("*.lock") if (stem := path.stem) != self.id]
            if any(_ID.fullmatch(other) and self._held(other) for other in others):
                raise StoreError("store_busy", "another program is running")
            yield

    def close(self) -> None:
        """Give the lock up: from now on this process's open attempts count as a dead one's. Idempotent."""
        self._lock.release(force=True)
        self._path(self.id).unlink(missing_ok=True)

    def _take(self) -> None:
        """Only with the registry held."""
        self._lock.acquire(timeout=0)
        self._taken = self._standing()

    def _standing(self) -> tuple[int, int] | None:
        """Which file others would look at."""
        try:
            state = self._path(self.id).stat()
        except FileNotFoundError:
            return None
        return state.st_dev, state.st_ino

    def _path(self, instance_id: str) -> Path:
        return self._folder / f"{instance_id}.lock"

    def _file(self, instance_id: str) -> FileLock:
        return FileLock(self._path(instance_id), mode=0o600, thread_local=False)

    @contextmanager
    def _registry(self) -> Iterator[None]:
        try:
            with FileLock(self._folder / "registry.lock", timeout=_PATIENCE, mode=0o600):
                yield
        except Timeout as error:
            raise StoreError("store_busy", "the register of running programs is in use") from error

    def _held(self, instance_id: str) -> bool:
        if not self._path(instance_id).exists():
            return False
        lock = self._file(instance_id)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return True
        lock.release(force=True)
        return False

    def _clean(self) -> None:
        """Remove the files of the dead. Only with the registry held."""
        for path in self._folder.glob("*.lock"):
            if path.stem != self.id and _ID.fullmatch(path.stem) and not self._held(path.stem):
                path.unlink(missing_ok=True)
