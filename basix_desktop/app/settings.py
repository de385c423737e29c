"""The settings file: readable JSON, with an IT department's policy file over it. Never a secret in either."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from basix_desktop.app.files import as_json, replace_file
from basix_desktop.app.settings_codec import read, read_account, read_accounts
from basix_desktop.app.settings_merge import document, flat_values, merged
from basix_desktop.domain.accounts import Account, Preferences, Settings
from basix_desktop.domain.errors import SettingsFailed

#: Seconds to wait for another process that is writing.
LOCK_TIMEOUT: Final = 5.0
MAX_BYTES: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SettingsProblem:
    """What was wrong with a file when it was read. ``kind``: "settings_damaged" (moved aside; ``detail`` is the new
    path), "settings_unreadable", "settings_value_ignored", "policy_unusable". ``where`` is a dotted path or a file."""

    kind: str
    where: str
    detail: str = ""


class JsonSettings:
    """Fills ``services.ports.SettingsStore``. Any thread; waits for the disk, so not the main one.

    Saving writes only what differs from what was last read, into the file as it is then: another process's changes and
    keys that this version does not know survive. What the policy fixes is never written.
    """

    def __init__(self, path: Path, policy_path: Path | None = None) -> None:
        self._path = path
        self._policy_path = policy_path
        self._guard = threading.RLock()
        self._base: Settings | None = None
        self._good: dict[str, Any] = {}  # the file's own content as it could last be read or was written
        self._locked: dict[str, str] = {}
        self._problems: list[SettingsProblem] = []

    @property
    def problems(self) -> tuple[SettingsProblem, ...]:
        """Found by the last :meth:`load`."""
        return tuple(self._problems)

    def load(self) -> Settings:
        """Never raises: what cannot be read is at its default, and named in :attr:`problems`."""
        with self._guard:
            self._problems = []
            self._base = self._under_policy(self._decode(self._read_own(), self._ignored))
            return self._base

    def save(self, settings: Settings) -> None:
        """Raises ``SettingsFailed``: "settings_not_saved" (disk), "fixed_by_policy" (a value that :meth:`locked`
        names differs)."""
        from filelock import FileLock, Timeout  # reading, which the first picture waits for, does without

        with self._guard:
            base = self._base if self._base is not None else self.load()
            self._refuse_fixed(base, settings)
            try:
                with FileLock(f"{self._path}.lock", timeout=LOCK_TIMEOUT, mode=0o600):
                    raw = self._read_own(strict=True)
                    now = merged(self._decode(raw, lambda *_: None), base, settings)
                    content = document(raw, now)
                    replace_file(self._path, as_json(content))
                    self._good = content
            except (OSError, Timeout) as error:
                raise SettingsFailed("settings_not_saved", f"{self._path}: {type(error).__name__}") from error
            self._base = settings

    def locked(self) -> dict[str, str]:
        """What the policy fixes: dotted path ("preferences.language", "accounts.NAME.server", "accounts.NAME",
        "active") to the policy file."""
        with self._guard:
            if self._base is None:
                self.load()
            return dict(self._locked)

    def _decode(self, raw: dict[str, Any], report: Callable[[str, str], None]) -> Settings:
        active = raw.get("active", "")
        if not isinstance(active, str):
            report("active", "is not of type str")
            active = ""
        preferences = read(Preferences, raw.get("preferences", {}), "preferences", report)
        return Settings(read_accounts(raw.get("accounts", []), report), active, preferences)

    def _ignored(self, where: str, detail: str) -> None:
        self._problems.append(SettingsProblem("settings_value_ignored", where, detail))

    def _read_own(self, *, strict: bool = False) -> dict[str, Any]:
        """The file's object; {} where there is none. A damaged file is moved aside; where one became so while we run,
        its last good content goes on. ``strict`` raises ``OSError`` where it cannot be read, so that it is not
        overwritten."""
        try:
            self._good = _read_object(self._path)
        except FileNotFoundError:
            self._good = {}
        except OSError as error:
            if strict:
                raise
            self._problems.append(SettingsProblem("settings_unreadable", str(self._path), type(error).__name__))
            return {}
        except ValueError as error:
            aside = _move_aside(self._path)
            self._problems.append(SettingsProblem("settings_damaged", str(self._path), f"{aside} ({error})"))
            if self._good:
                with suppress(OSError):  # the next change tries again
                    replace_file(self._path, as_json(self._good))
        return self._good

    def _under_policy(self, own: Settings) -> Settings:
        self._locked = {}
        if self._policy_path is None:
            return own
        try:
            policy = _read_object(self._policy_path)
        except FileNotFoundError:
            return own
        except (OSError, ValueError) as error:
            self._policy_unusable("", f"{type(error).__name__}")
            return own
        return self._apply(policy, own)

    def _apply(self, policy: dict[str, Any], own: Settings) -> Settings:
        preferences = own.preferences
        if isinstance(wanted := policy.get("preferences", {}), dict):
            preferences = read(Preferences, wanted, "preferences", self._policy_unusable, preferences)
            self._lock("preferences", wanted, {field.name for field in fields(Preferences)})
        settings = replace(own, accounts=self._policy_accounts(policy, own.accounts), preferences=preferences)
        if isinstance(active := policy.get("active"), str):
            self._locked["active"] = str(self._policy_path)
            settings = replace(settings, active=active)
        return settings

    def _policy_accounts(self, policy: dict[str, Any], own: tuple[Account, ...]) -> tuple[Account, ...]:
        """Policy accounts first, each over the user's account of that name where there is one."""
        by_name = {account.name: account for account in own}
        fixed: dict[str, Account] = {}
        entries = policy.get("accounts", [])
        for position, entry in enumerate(entries if isinstance(entries, list) else []):
            where = f"accounts[{position}]"
            name = entry.get("name") if isinstance(entry, dict) else None
            if not isinstance(name, str) or not name:
                self._policy_unusable(where, "has no name")
                continue
            account = read_account(entry, where, self._policy_unusable, by_name.get(name))
            if account is None:
                continue
            fixed[name] = account
            self._locked[f"accounts.{name}"] = str(self._policy_path)
            self._lock(f"accounts.{name}", entry, {field.name for field in fields(Account)} - {"name", "demo"})
        return (*fixed.values(), *(account for account in own if account.name not in fixed))

    def _policy_unusable(self, where: str, detail: str) -> None:
        source = f"{self._policy_path}: {where}" if where else str(self._policy_path)
        self._problems.append(SettingsProblem("policy_unusable", source, detail))

    def _lock(self, path: str, wanted: dict[str, Any], known: set[str]) -> None:
        self._locked.update({f"{path}.{name}": str(self._policy_path) for name in wanted if name in known})

    def _refuse_fixed(self, base: Settings, settings: Settings) -> None:
        before, after = flat_values(base), flat_values(settings)
        for path, source in self._locked.items():
            if before.get(path) != after.get(path):
                raise SettingsFailed("fixed_by_policy", f"{path}: {source}")


class WindowState:
    """Size, position and the like of the window: a JSON object of its own, so that losing it loses no setting. Any
    thread."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> dict[str, Any]:
        """{} where there is none or it cannot be read."""
        try:
            return _read_object(self._path)
        except (OSError, ValueError):
            return {}

    def save(self, state: dict[str, Any]) -> None:
        """Never raises for the disk's sake: the window's size is not worth a message."""
        with suppress(OSError):
            replace_file(self._path, as_json(state))


class TokenPlaces:
    """Fills ``credentials.vault.Markers``: which keyring holds which entry. Any thread, several processes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, entry: str) -> str:
        place = WindowState(self._path).load().get(entry, "")
        return place if isinstance(place, str) else ""

    def put(self, entry: str, place: str) -> None:
        from filelock import FileLock, Timeout

        with suppress(OSError, Timeout), FileLock(f"{self._path}.lock", timeout=LOCK_TIMEOUT, mode=0o600):
            places = WindowState(self._path).load()
            if places.get(entry, "") == place:
                return
            others = {name: value for name, value in places.items() if name != entry}
            replace_file(self._path, as_json(others | ({entry: place} if place else {})))


def _read_object(path: Path) -> dict[str, Any]:
    """Raises ``OSError``, or ``ValueError`` where it is not a JSON object."""
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    try:
        document = json.loads(content.decode("utf-8-sig")) if len(content) <= MAX_BYTES else None
    except (ValueError, RecursionError) as error:
        raise ValueError(type(error).__name__) from error
    if not isinstance(document, dict):
        raise ValueError("not a JSON object")
    return document


def _move_aside(path: Path) -> Path:
    """Rename to a name that is free; the damaged file is the user's to look at."""
    from datetime import UTC, datetime

    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    for number in range(100):
        aside = path.with_name(f"{path.stem}.damaged-{stamp}{f'-{number}' if number else ''}{path.suffix}")
        if not aside.exists():
            with suppress(OSError):
                path.rename(aside)
            return aside
    return path
